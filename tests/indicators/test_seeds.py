"""The published figures of the programme come out of records, to the last firm (programmes.md 13)."""

from datetime import date
from decimal import Decimal

import pytest

from matxich.indicators.actions.figures import NotAnOutcome, Said, record_reported
from matxich.indicators.queries.figures import Answer, Asked, answer
from matxich.indicators.queries.telling import as_dict, sentence_of
from matxich.kit.actor import system_actor
from matxich.programmes.models import Agreement
from matxich.rulebook.indicators.formatting import written
from tests.conftest import NOW

END_2022, AUTUMN, END_2023 = date(2022, 12, 31), date(2023, 9, 14), date(2023, 12, 31)
DEMO_DAY = date(2026, 11, 20)


def told(code: str, on: date, edition: str | None = None, **more: object) -> Answer:
    return answer(Asked.of(code, on, edition, **more))  # type: ignore[arg-type]


def parts(one: Answer) -> dict[str, Decimal | None]:
    return {part.name: part.figure.value for part in one.parts}


def test_the_programme_of_two_years(memorandum: Agreement) -> None:
    firms = [told("B01", day, agreement=memorandum.pk) for day in (END_2022, AUTUMN, END_2023)]
    assert [one.figure.value for one in firms] == [26, 38, 52]
    assert [len(one.records) for one in firms] == [26, 38, 52]
    assert [told("B05", day).figure.value for day in (END_2022, AUTUMN, END_2023)] == [51, 87, 123]
    assert parts(told("B01", END_2022, by="region")) == {"Phía Bắc": 14, "Phía Nam": 12}
    assert parts(told("B04", END_2022)) == {"Phía Bắc": 14, "Phía Nam": 12}

    plan = [told("B07", END_2022).figure.value, told("B07", AUTUMN).figure.value]
    assert plan == [26, 24] and sum(plan) == 50  # type: ignore[arg-type]
    assert told("B09", END_2023).figure.value == 12
    assert [told(code, END_2023).figure.value for code in ("B09a", "B09b")] == [3, 9]
    assert told("B10", END_2022).figure.value == 2


def test_attainment_of_the_agreement(memorandum: Agreement) -> None:
    shares = {
        day: [told(code, day, agreement=memorandum.pk).figure.value for code in ("B08", "B08a")]
        for day in (END_2022, AUTUMN, END_2023)
    }
    assert shares == {END_2022: [52, 51], AUTUMN: [76, 87], END_2023: [104, 123]}
    late = told("B08", AUTUMN, agreement=memorandum.pk)
    assert (late.numerator, late.denominator, len(late.records)) == (38, 50, 38)


def test_one_round_on_both_maps(memorandum: Agreement) -> None:
    before = told("B02", AUTUMN, "63", by="province", round="1/2023")
    after = told("B02", AUTUMN, "34", by="province", round="1/2023")
    assert before.figure.value == after.figure.value == 12
    assert parts(before) == {"Bắc Ninh": 5, "Vĩnh Phúc": 1, "Hà Nội": 2, "Hưng Yên": 3, "Hà Nam": 1}
    assert parts(after) == {"Bắc Ninh": 5, "Phú Thọ": 1, "Hà Nội": 2, "Hưng Yên": 3, "Ninh Bình": 1}
    assert parts(told("B03", AUTUMN, "34", round="1/2023")) == parts(after)
    assert set(before.records) == set(after.records)


def test_provinces_reached_are_counted_anew_on_each_map(memorandum: Agreement) -> None:
    old = told("B06", AUTUMN, "63", by="region")
    assert (old.figure.value, parts(old)) == (9, {"Phía Bắc": 5, "Phía Nam": 4})
    assert told("B06", AUTUMN, "34").figure.value == 8  # Bình Dương lies in Hồ Chí Minh on the new map


def test_targets_of_ha_noi(memorandum: Agreement) -> None:
    aims = {code: told(code, END_2022, place="01").target for code in ("A01", "A02", "A04", "A05")}
    assert {code: written(one.figure, told(code, END_2022).indicator.unit) for code, one in aims.items() if one} == {
        "A01": "khoảng 920 doanh nghiệp", "A02": "khoảng 300 doanh nghiệp", "A04": "khoảng 16%", "A05": "trên 11%",
    }  # fmt: skip
    assert all(one and one.rebuilt for one in aims.values())
    on_new_map = told("A01", DEMO_DAY, "34", place="01").targets
    assert [(one.value, one.other_map) for one in on_new_map] == [(920, False)]  # no merger touched Hà Nội


def test_zones_of_hai_phong_stay_on_the_map_they_were_planned_on(memorandum: Agreement) -> None:
    end = date(2025, 6, 30)
    aims = {code: told(code, end, "63", place="31").target for code in ("A07", "A07a", "A08", "A08a")}
    assert {code: one.value for code, one in aims.items() if one} == {
        "A07": 15, "A07a": 6418, "A08": 23, "A08a": 973,
    }  # fmt: skip
    new = told("A07", DEMO_DAY, "34", place="31")
    assert new.target is None
    assert [(one.value, one.edition, one.other_map) for one in new.targets] == [(15, "63", True)]


def test_leverage_keeps_its_bound(memorandum: Agreement) -> None:
    year = date(2020, 12, 31)
    one = told("D06", year, place="31")
    assert one.origin == "reported"
    assert written(one.figure, one.indicator.unit) == "trên 7,7 lần"
    assert sentence_of(one).text == (
        "Trong kỳ từ 01/01/2020 đến 31/12/2020, hệ số thu hút vốn đối ứng của Hải Phòng là trên 7,7 lần."
    )
    assert written(told("D04", year, place="31").figure, told("D04", year).indicator.unit) == "chỉ 1,8 tỷ đồng"
    assert told("D06", year, "34", place="31").origin == "none"
    assert [each.edition for each in told("D05", year, "34", place="31").other_map] == ["63"]


def test_nobody_claims_the_trade_surplus(memorandum: Agreement) -> None:
    from matxich.programmes.models import Programme
    from matxich.programmes.states import ProgrammeKind

    programme = Programme.objects.create(
        code="X", name="X", kind=ProgrammeKind.CNHT_NATIONAL, agency=memorandum.agency, starts=date(2024, 1, 1),
        ends=date(2025, 1, 1), created_by="x", created_at=NOW,
    )  # fmt: skip
    said = Said(
        indicator="A06", value=Decimal(28), word="hơn", as_of=date(2024, 12, 2), source="báo", programme=programme.pk
    )
    with pytest.raises(NotAnOutcome):
        record_reported(said=said, by=system_actor(), at=NOW)
    assert written(told("A06", date(2024, 12, 31)).figure, told("A06", AUTUMN).indicator.unit) == "hơn 28 tỷ USD"


def test_the_json_of_the_command_line(memorandum: Agreement) -> None:
    found = as_dict(told("B01", END_2022, agreement=memorandum.pk, by="province"))
    assert {key: found[key] for key in ("code", "value", "comparator", "unit", "basis", "as_of", "boundaries")} == {
        "code": "B01", "value": 26, "comparator": "=", "unit": "firm", "basis": "cumulative", "as_of": "2022-12-31",
        "boundaries": "63",
    }  # fmt: skip
    assert found["target"]["value"] == 50 and found["target"]["attained_percent"] == 52
    assert sum(each["value"] for each in found["split"]) == len(found["records"]) == 26
    assert found["sentence_vi"] == (
        "Lũy kế đến 31/12/2022, số doanh nghiệp được tư vấn nhà máy thông minh đạt 26 doanh nghiệp, bằng 52% mục tiêu "
        "(50 doanh nghiệp); riêng từ 01/01/2022 là 26 doanh nghiệp."
    )


def test_what_has_no_room_says_so_and_is_no_nought(memorandum: Agreement) -> None:
    for code in ("F06", "G05", "H05", "D09"):
        one = told(code, END_2022)
        assert (one.figure.value, one.origin, one.records) == (None, "none", ())
        assert "chưa có nguồn" in sentence_of(one).text
