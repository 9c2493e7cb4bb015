"""Units on a day, subtrees, names of provinces, the map."""

from datetime import date
from typing import Any

import pytest

from matxich.places import queries
from matxich.places.queries.maps import class_breaks, outlines
from matxich.rulebook.addresses.model import Edition

BEFORE, AFTER, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("on", "provinces", "districts", "communes"),
    [(date(2020, 5, 1), 63, 696, 10_035), (BEFORE, 63, 696, 10_035), (AFTER, 34, 0, 3_321), (TODAY, 34, 0, 3_321)],
)
def test_units_as_of_a_day(loaded: Any, on: date, provinces: int, districts: int, communes: int) -> None:
    counts = [queries.units_as_of(on, level=level).count() for level in ("province", "district", "commune")]
    assert counts == [provinces, districts, communes]


def test_communes_per_province_add_up(loaded: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        counts = queries.communes_per_province(TODAY)
    assert (len(counts), sum(counts.values()), counts["75"]) == (34, 3_321, 95)
    assert sum(queries.communes_per_province(BEFORE).values()) == 10_035


def test_the_name_of_a_code_depends_on_the_day() -> None:
    assert [queries.name_of("24", on) for on in (BEFORE, AFTER)] == ["Bắc Giang", "Bắc Ninh"]
    assert queries.name_of("27") == "Bắc Ninh"
    assert queries.name_of("27", TODAY) == "27"
    assert queries.name_of("00000") == "00000"


def test_chains_go_up_to_the_province() -> None:
    assert queries.chain("26740", BEFORE) == ("26740", "760", "79")
    assert queries.chain("26740", TODAY) == ("26740", "79")
    assert queries.chain("") == ()


def test_subtrees() -> None:
    dong_nai = queries.subtree("75")
    assert len(dong_nai) == 96
    assert {"75", "26368"} <= dong_nai
    assert "25942" not in dong_nai
    assert {"760", "26740"} <= queries.subtree("79", BEFORE)
    assert len(queries.subtree("VN", TODAY)) == 1 + 34 + 3_321
    assert queries.subtree("27", TODAY) == frozenset()


def test_provinces_of_both_maps_follow_each_other() -> None:
    assert queries.provinces_63_of("25") == ("17", "25", "26")
    assert queries.province_34_of("27") == "24"
    assert queries.province_34_of("99") is None
    assert [len(queries.provinces("63")), len(queries.provinces("34"))] == [63, 34]
    assert [name for _, name in queries.province_choices("34")][:4] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng"]
    kinds = [{p.code: p.kind for p in queries.provinces("34", on)}["75"] for on in (date(2026, 4, 29), TODAY)]
    assert kinds == ["tỉnh", "thành phố"]


@pytest.mark.parametrize(
    ("text", "on_34", "on_63"),
    [
        ("24", ("24",), ("24",)),
        ("27", (), ("27",)),
        ("1", ("01",), ("01",)),
        ("Bắc Ninh", ("24",), ("27",)),
        ("bac ninh", ("24",), ("27",)),
        ("Tỉnh Bắc Giang", ("24",), ("24",)),
        ("Bac Ninh Province", ("24",), ("27",)),
        ("An Giang", ("91",), ("89",)),
        ("TPHCM", ("79",), ("79",)),
        ("TP. Hồ Chí Minh", ("79",), ("79",)),
        ("Sài Gòn", ("79",), ("79",)),
        ("BR-VT", ("79",), ("77",)),
        ("Thừa Thiên - Huế", ("46",), ("46",)),
        ("Dak Lak", ("66",), ("66",)),
        ("Bình Dương", ("79",), ("74",)),
        ("Tây Ninh", ("80",), ("72",)),
        ("Không đâu", (), ()),
        ("", (), ()),
    ],
)
def test_a_province_is_found_by_code_name_or_other_name(
    text: str, on_34: tuple[str, ...], on_63: tuple[str, ...]
) -> None:
    assert (queries.match_province(text, "34"), queries.match_province(text, "63")) == (on_34, on_63)


def test_communes_are_found_by_the_beginning_of_their_name(loaded: Any) -> None:
    assert {one.code for one in queries.find_communes("ben nghe", BEFORE)} == {"26740", "19777"} & {
        one.code for one in queries.find_communes("Bến Nghé", BEFORE)
    } | {"26740"}
    assert queries.find_communes("bến nghé", TODAY) == []
    assert [one.name for one in queries.find_communes("26740", TODAY)] == ["Sài Gòn"]
    assert queries.find_communes(" ", TODAY) == []


def test_a_unit_page_shows_its_past(loaded: Any) -> None:
    page = queries.unit_page("26740", TODAY)
    assert page
    assert [one.code for one in page.parents] == ["79"]
    assert {step.predecessor.name for step in page.origins} >= {"Bến Nghé"}
    assert queries.unit_page("26740", BEFORE).heirs[0].successor == page.unit  # type: ignore[union-attr]
    assert queries.unit_page("258", TODAY) is None
    closed = queries.unit_page("258", BEFORE)
    assert closed
    assert closed.closed_by == "Luật 72/2025/QH15"
    assert "KCN Yên Phong I" in map(str, closed.zones)


def test_resolution_as_json_has_the_public_fields() -> None:
    answer = queries.resolution_as_json("Phường Bến Nghé, Quận 1, TP.HCM")
    assert answer == {
        "text": "Phường Bến Nghé, Quận 1, TP.HCM",
        "province_63": "79",
        "commune_63": "26740",
        "province_34": "79",
        "commune_34": "26740",
        "zone": None,
        "lot": None,
        "confidence": 0.99,
        "alternatives": [],
    }


def test_the_resolver_is_made_once() -> None:
    assert queries.resolver() is queries.resolver()


@pytest.mark.parametrize(("edition", "provinces"), [("34", 34), ("63", 63)])
def test_maps_hold_every_province_and_both_archipelagos(edition: Edition, provinces: int) -> None:
    drawn = outlines(edition)
    assert [shape["code"] for shape in drawn["provinces"]] == sorted(p.code for p in queries.provinces(edition))
    assert len(drawn["provinces"]) == provinces
    assert all(shape["d"].startswith("M") and shape["d"].endswith("z") for shape in drawn["provinces"])
    islands = {one["name"]: (one["code"], one["d"].count("M") >= 8) for one in drawn["archipelagos"]}
    assert islands == {"Hoàng Sa": ("48", True), "Trường Sa": ("56", True)}


def test_a_map_carries_everything_its_page_needs() -> None:
    drawn = queries.province_map(
        "34",
        {"01": 587, "79": 1204, "24": 498, "12": 0},
        href=lambda code: f"/?noi={code}",
        noun="doanh nghiệp",
        on=TODAY,
        current=("24",),
    )
    assert drawn.total == 2_289
    assert [(one.code, one.count, one.bar) for one in drawn.ranked[:3]] == [
        ("79", 1204, 100),
        ("01", 587, 49),
        ("24", 498, 41),
    ]
    shapes = {one.code: one for one in drawn.provinces}
    assert shapes["24"].label == "Bắc Ninh: 498 doanh nghiệp"
    assert (shapes["24"].current, shapes["24"].href) == (True, "/?noi=24")
    assert (shapes["12"].css, shapes["96"].css) == ("q-0", "q-0")
    assert (shapes["12"].label, shapes["96"].label) == ("Lai Châu: 0 doanh nghiệp", "Cà Mau: chưa có số liệu")
    assert (shapes["79"].scale, shapes["24"].scale) == (3, 1)
    assert [step.label for step in drawn.legend] == ["từ 1.200", "580 đến 1.199", "1 đến 579", "chưa có"]
    assert [one.province for one in drawn.archipelagos] == ["Đà Nẵng", "Khánh Hòa"]


def test_an_empty_map_has_only_the_class_of_none() -> None:
    drawn = queries.province_map("63", {}, href=str, noun="", on=TODAY)
    assert {one.css for one in drawn.provinces} == {"q-0"}
    assert [step.scale for step in drawn.legend] == [0]


@pytest.mark.parametrize(
    ("values", "breaks"),
    [
        ([], []),
        ([0, 0], []),
        ([7], []),
        ([1, 2, 3, 4, 5], [2, 3, 4, 5]),
        (list(range(1, 101)), [20, 40, 60, 80]),
        ([3, 3, 3, 1_487], [1_400]),
    ],
)
def test_class_breaks(values: list[int], breaks: list[int]) -> None:
    assert class_breaks(values) == breaks
