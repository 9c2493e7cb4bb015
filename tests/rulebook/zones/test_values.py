from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.vietnamese.numbers import format_number
from matxich.rulebook.zones.fields import BY_CODE, TENANT_FIELDS, ZONE_FIELDS, fields_for
from matxich.rulebook.zones.values import BadValue, Reading, exact_text, read_value


@pytest.mark.parametrize(
    ("code", "typed", "stored", "comparator"),
    [
        ("industrial_area", "52,5", "52.5", ""),
        ("industrial_area", "52,50 ha", "52.5", ""),
        ("industrial_area", 52.5, "52.5", ""),
        ("industrial_area", "525.000 m2", "52.5", ""),
        ("industrial_area", "525.000 m²", "52.5", ""),
        ("industrial_area", "khoảng 75 ha", "75", "≈"),
        ("leased_area", 0, "0", ""),
        ("wastewater_capacity", "2.000 m³/ngày đêm", "2000", ""),
        ("wastewater_capacity", "2.000", "2000", ""),
        ("workers", "1.250", 1250, ""),
        ("workers", "1.250 người", 1250, ""),
        ("registered_capital", "486,5 tỷ đồng", 486_500_000_000, ""),
        ("registered_capital", "trên 500 tỷ", 500_000_000_000, ">"),
        ("export_value", "12 triệu USD", 12_000_000, ""),
        ("established_on", "15/6/2024", "2024-06-15", ""),
        ("wastewater", "đang xây dựng", "building", ""),
        ("wastewater", "Đã hoàn thành", "operating", ""),
        ("wastewater", "chưa có", "none", ""),
        ("wastewater", "Chưa", "none", ""),
        ("wastewater", "operating", "operating", ""),
        ("operator_kind", "Hợp tác xã", "cooperative", ""),
        ("operator_tax_code", "0100233488", "0100233488", ""),
        ("operator", "  Công ty  Hạ tầng Mẫu ", "Công ty Hạ tầng Mẫu", ""),
    ],
)
def test_what_is_typed_becomes_an_exact_value(code: str, typed: object, stored: object, comparator: str) -> None:
    assert read_value(BY_CODE[code], typed) == Reading(stored, comparator)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "typed", "why"),
    [
        ("industrial_area", "nhiều", "not_a_number"),
        ("industrial_area", "-3", "negative"),
        ("industrial_area", "12 tỷ", "too_large"),
        ("industrial_area", "12 tấn", "wrong_unit"),
        ("registered_capital", "12 triệu USD", "wrong_unit"),
        ("export_value", "12 tỷ đồng", "wrong_unit"),
        ("workers", "12,5", "not_whole"),
        ("established_on", "hôm qua", "not_a_date"),
        ("wastewater", "tốt", "not_a_choice"),
        ("operator_kind", "tư nhân", "not_a_choice"),
        ("operator_tax_code", "0100233480", "not_a_tax_code"),
        ("operator_tax_code", "001099000001", "not_a_tax_code"),
        ("operator", "x" * 501, "too_long"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(code: str, typed: object, why: str) -> None:
    with pytest.raises(BadValue) as refused:
        read_value(BY_CODE[code], typed)
    assert refused.value.code == why
    assert refused.value.text % refused.value.params


def test_a_column_says_the_unit_of_bare_figures_only() -> None:
    area, money = BY_CODE["industrial_area"], BY_CODE["registered_capital"]
    assert read_value(area, 525_000, scale=Decimal("0.0001")).value == "52.5"
    assert read_value(area, "52,5 ha", scale=Decimal("0.0001")).value == "52.5"
    assert read_value(money, "486,5", scale=Decimal(10**9)).value == 486_500_000_000
    assert read_value(money, "486,5 tỷ", scale=Decimal(10**9)).value == 486_500_000_000


@given(st.decimals(min_value=0, max_value=500_000, places=4))
def test_an_area_shown_and_typed_again_is_the_same(area: Decimal) -> None:
    shown = format_number(area, 4, "vi")
    assert Decimal(str(read_value(BY_CODE["leased_area"], shown, decimal=",").value)) == area
    assert "E" not in exact_text(area)


def test_codes_are_unique_and_clusters_alone_are_asked_what_is_theirs() -> None:
    for fields in (ZONE_FIELDS, TENANT_FIELDS):
        assert len({one.code for one in fields}) == len(fields)
    assert {one.code for one in fields_for("CCN")} - {one.code for one in fields_for("KCN")} == {
        "cluster_kind",
        "craft_area",
    }


def test_money_that_would_tell_a_single_tenants_books_is_for_officials() -> None:
    assert {one.code for one in ZONE_FIELDS if not one.public} == {
        "tenant_capital", "revenue", "budget_paid", "export_value",
    }  # fmt: skip


def test_every_state_and_choice_is_read_back_from_its_own_words() -> None:
    for one in (*ZONE_FIELDS, *TENANT_FIELDS):
        for code, label in one.choices.items():
            assert (one.code, label, read_value(one, label).value) == (one.code, label, code)
