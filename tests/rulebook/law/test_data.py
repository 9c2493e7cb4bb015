"""The law as it ships: what stands in the files, spot checks to the đồng and the day, and what the loader refuses."""

import gc
import weakref
from datetime import date
from pathlib import Path

import pytest

from matxich.rulebook import law
from matxich.rulebook.law.faults import (
    BadValue,
    Gap,
    LawFault,
    MissingKey,
    NoArticle,
    NotYaml,
    Overlap,
    Repeated,
    UnknownInstrument,
    UnknownKey,
)
from matxich.rulebook.law.figures import Figure, Rate
from matxich.rulebook.law.instruments import library
from matxich.rulebook.law.parameters import NATIONAL, parameters
from matxich.rulebook.law.reading import parsed
from matxich.rulebook.law.supports.kinds import PROGRAMMES, SUPPORTS
from matxich.rulebook.law.truth import Truth

DATA = Path(law.__file__).parent / "data"
INSTRUMENTS = "instruments.yaml"
FILES = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("*.yaml"))]
LIBRARY = library([each for each in FILES if each[0] == INSTRUMENTS])
FIGURES = parameters([each for each in FILES if each[0] != INSTRUMENTS], LIBRARY.by_id)

NUMBERS_OF_THE_NOTES = """
nd-111-2015 nd-205-2025 nd-57-2021 nd-20-2026 nd-31-2021 nd-96-2026 nd-245-2026 tt-55-2015-bct tt-29-2018-btc
qd-68-2017-ttg qd-71-2024-ttg qd-10-2017-ttg qd-4572-2017-bct qd-1403-2020-bct qd-2811-2020-bct qd-2373-2022-bct
nq-115-2020-cp nq-198-2025-qh15 luat-143-2025-qh15 luat-67-2025-qh15 luat-tndn qd-1248-2026-ttg
qd-33-2022-ubnd-hau-giang nd-45-2012 nd-235-2025 tt-46-2012-bct tt-20-2017-bct tt-36-2013-bct tt-17-2018-bct
ttlt-26-2014 tt-28-2018-btc tt-64-2024-btc tt-26-2014-bct tt-14-2018-bct qd-1288-2014-ttg qd-1881-2020-ttg
qd-2646-2025-bct ct-20-2025-bct nq-23-2025-hdnd-phu-tho nq-42-2025-hdnd-tuyen-quang qd-36-2008-bct tt-20-2023-bkhcn
luat-93-2025-qh15 nd-267-2025 nd-268-2025 tt-36-2025-bkhcn tt-25-2026-bct nq-202-2025-qh15 luat-72-2025-qh15
qd-19-2025-ttg nq-30-2026-qh16 nq-237-2026-ubtvqh16 nd-139-2025 nd-146-2025 tt-38-2025-bct nq-66-18-2026-cp
nd-68-2017 nd-66-2020 nd-32-2024 tt-14-2024-bct vbhn-55-2025-bct nd-35-2022 luat-04-2017-qh14 nd-80-2021
tt-105-2020-btc tt-86-2024-btc tt-90-2026-btc luat-108-2025-qh15 nd-252-2026 nd-13-2023 luat-91-2025-qh15
nd-356-2025 nd-85-2016 tt-12-2022-btttt luat-116-2025-qh15 tt-26-2020-btttt tt-32-2017-btttt nd-64-2007 nd-42-2022
nd-45-2026 luat-148-2025-qh15 nd-224-2026 nd-278-2025 luat-33-2024-qh15 tt-47-2026-bca nd-30-2020 nd-09-2019
tt-20-2012-bct tt-41-2016-bct tt-33-2022-bct
"""

IDS_WITH_FIGURES = """
CN-05-DEMAND CN-05-PARTS CN-05-TEXTILE CN-06 CN-10-DEMAND CN-10-FIRMS CN-10-OUTPUT CN-10-PARTS CN-10-TEXTILE CN-13
CN-30 CN-31 CN-32 CN-33 CN-34 CN-35 CN-36 CN-37 CN-40 CN-41 CN-42 CN-43 CN-44 CN-44-LATIN CN-45 CN-46 CN-47 CN-50
CN-50-CONDITIONS CN-51 CN-52 CN-53 CN-54 CN-54-REPORT CN-63 CN-63-FORM CN-64 QD-1248
KC-00h KC-01 KC-05 KC-06 KC-06-AREA KC-10 KC-11 KC-12 KC-13 KC-14 KC-15 KC-16 KC-17 KC-18 KC-19 KC-20 KC-21 KC-22
KC-23 KC-24 KC-25 KC-26 KC-27 KC-28 KC-29 KC-31 KC-34 KC-40 KC-41 KC-42 KC-46 KC-50 KC-51 KC-52 KC-53 KC-54 KC-55
KC-56 KC-57 KC-58 EV-XTTM EV-KHCN-UD EV-KHCN-XH EV-KHCN-SXTN EV-KHCN-BCT
AD-01 AD-02 AD-03 AD-04 IC-02 IC-03 IC-05 IC-05-DEPARTMENT DN-SIZE DN-20 DN-21 DN-22 DN-23 TX-03
PD-01 PD-05 PD-05-VIEW PD-06 SEC-01 ACC-01 WEB-03 WEB-04
RP-01 RP-02 RP-02-DAY RP-03 RP-04 RP-05 RP-06 RP-07 RP-08 RP-09 RP-10
VB-PAGE VB-FONT VB-PAGE-NUMBER VB-QUOC-HIEU VB-TIEU-NGU VB-CO-QUAN VB-SO VB-NGAY VB-TEN-LOAI VB-CAN-CU VB-NOI-DUNG
VB-CHU-KY VB-NOI-NHAN VB-PHU-LUC VB-CHU-KY-SO VB-BAN-QUET VB-CHAN-TRANG
"""

MILLION = 1_000_000
SHARE = Rate.of


def on(day: str) -> date:
    return date.fromisoformat(day)


def values(code: str, day: str) -> dict[str, Figure]:
    found = FIGURES.at(code, on(day))
    return dict(found.setting.values) if found.setting else {}


def standing(code: str, day: str) -> str:
    return FIGURES.at(code, on(day)).standing


# What stands there


def test_every_instrument_of_the_notes_is_in_the_library() -> None:
    assert [code for code in NUMBERS_OF_THE_NOTES.split() if code not in LIBRARY.by_id] == []


def test_every_figure_of_the_notes_is_a_parameter() -> None:
    assert [code for code in IDS_WITH_FIGURES.split() if code not in FIGURES.by_id] == []


def test_only_national_figures_ship() -> None:
    assert {row.layer for each in FIGURES.by_id.values() for row in each.rows} == {NATIONAL}


def test_every_text_is_in_both_languages() -> None:
    rows = [row for each in FIGURES.by_id.values() for row in each.rows]
    lone = [each.id for each in FIGURES.by_id.values() if not (each.vi and each.en)]
    lone += [each.id for each in LIBRARY.by_id.values() if not (each.vi and each.en)]
    lone += [str(each.key) for each in rows if bool(each.note_vi) != bool(each.note_en)]
    lone += [each.id for each in LIBRARY.by_id.values() if bool(each.note_vi) != bool(each.note_en)]
    assert lone == []


def test_a_figure_marked_low_is_never_written_down() -> None:
    assert [
        row.key for each in FIGURES.by_id.values() for row in each.rows if row.values and row.value_confidence == "low"
    ] == []


def test_no_figure_begins_before_its_instrument() -> None:
    """Of instruments whose start is known."""
    early = [
        (row.parameter, str(row.span.start), row.article.instrument)
        for each in FIGURES.by_id.values()
        for row in each.rows
        if (span := LIBRARY[row.article.instrument].span) and row.span.start.earliest < span.start.earliest
    ]
    assert early == []


def test_a_relation_never_points_to_its_own_instrument() -> None:
    assert [i.id for i in LIBRARY.by_id.values() for _how, target in i.relations if target == i.id] == []


def test_what_the_kinds_of_support_rest_on_is_there() -> None:
    """Each part that a level or a clock names stands in some row, unless no row of the parameter has a figure."""
    kinds = SUPPORTS.values()
    wanted = {(clock.parameter, clock.part) for kind in kinds for clock in kind.clocks}
    for kind in kinds:
        if kind.level:
            for option in kind.level.options:
                wanted |= {(option.parameter, option.share), (option.parameter, option.cap)}
                wanted.add((option.parameter, kind.level.line))
    parts = {code: {part for row in each.rows for part in row.values} for code, each in FIGURES.by_id.items()}
    assert {code for code, _part in wanted} | {kind.figure for kind in kinds if kind.figure} <= set(parts)
    assert sorted((code, part) for code, part in wanted if part and parts[code] and part not in parts[code]) == []


def test_the_programmes_are_in_the_library() -> None:
    assert {each.article.instrument for each in PROGRAMMES if each.article} <= set(LIBRARY.by_id)


# Instruments


@pytest.mark.parametrize(
    ("code", "day", "held"),
    [
        ("ttlt-26-2014", "2014-04-07", Truth.NO),
        ("ttlt-26-2014", "2014-04-08", Truth.YES),
        ("ttlt-26-2014", "2018-05-10", Truth.YES),
        ("ttlt-26-2014", "2018-05-11", Truth.NO),
        ("tt-28-2018-btc", "2018-05-11", Truth.YES),
        ("tt-29-2018-btc", "2018-04-30", Truth.NO),
        ("tt-29-2018-btc", "2018-05-15", Truth.UNKNOWN),
        ("tt-29-2018-btc", "2018-06-01", Truth.YES),
        ("nd-205-2025", "2025-08-31", Truth.NO),
        ("nd-205-2025", "2025-09-01", Truth.YES),
        ("nd-235-2025", "2025-10-14", Truth.NO),
        ("nd-235-2025", "2025-10-15", Truth.YES),
        ("qd-68-2017-ttg", "2025-12-31", Truth.YES),
        ("qd-68-2017-ttg", "2026-01-01", Truth.NO),
        ("nd-13-2023", "2025-12-31", Truth.YES),
        ("luat-91-2025-qh15", "2026-01-01", Truth.YES),
        ("tt-64-2024-btc", "2026-01-01", Truth.UNKNOWN),
    ],
)
def test_when_an_instrument_holds(code: str, day: str, held: Truth) -> None:
    assert LIBRARY[code].in_force(on(day)) == held


def test_who_changes_whom() -> None:
    assert [(how, each.id) for how, each in LIBRARY.related("nd-45-2012")] == [
        ("amends", "nd-235-2025"),
        ("guides", "tt-46-2012-bct"),
    ]
    assert LIBRARY["nd-224-2026"].relations == (
        ("replaces", "nd-42-2022"),
        ("replaces", "nd-64-2007"),
        ("replaces", "nd-45-2026"),
        ("guides", "luat-148-2025-qh15"),
    )


def test_how_it_is_cited() -> None:
    setting = FIGURES.at("KC-12", on("2018-05-11")).setting
    assert setting and LIBRARY.cite(setting.article) == "Điều 8 khoản 4 TT 28/2018/TT-BTC"
    assert LIBRARY["ttlt-26-2014"].full == "Thông tư liên tịch 26/2014/TTLT-BTC-BCT"


# Figures, to the đồng and the day


def test_machinery_on_either_side_of_the_new_circular() -> None:
    assert values("KC-12", "2018-05-10") == {"share": SHARE("50%"), "cap": 200 * MILLION}
    assert values("KC-12", "2018-05-11") == {
        "share": SHARE("50%"),
        "cap": 300 * MILLION,
        "line_multiplier": SHARE("1.5x"),
    }
    assert standing("KC-12", "2018-05-10") == standing("KC-12", "2018-05-11") == "high"
    assert standing("KC-12", "2014-04-07") == "absent"


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("KC-10", {"share": SHARE("30%"), "cap": 500 * MILLION}, {"share": SHARE("30%"), "cap": 1_000 * MILLION}),
        ("KC-11", {"cap": 100 * MILLION}, {"cap": 100 * MILLION}),
        ("KC-13", {}, {"share": SHARE("30%"), "cap": 500 * MILLION}),
        (
            "KC-14",
            {"cap_region": 100 * MILLION, "cap_national": 200 * MILLION, "per": "lan"},
            {"cap_region": 200 * MILLION, "cap_national": 400 * MILLION, "per": "lan"},
        ),
        ("KC-15", {"reward_region": 5 * MILLION, "reward_national": 10 * MILLION, "per": "san_pham"}, {}),
        (
            "KC-16",
            {"share": SHARE("100%"), "share_airfare": SHARE("100%")},
            {"share": SHARE("100%"), "share_airfare": SHARE("100%")},
        ),
        ("KC-17", {"share": SHARE("100%"), "share_joining": SHARE("80%")}, {}),
        ("KC-18", {"cap": 3_000 * MILLION}, {"cap": 6_000 * MILLION}),
        ("KC-19", {"cap": 10 * MILLION}, {}),
        ("KC-20", {"priority_multiplier": SHARE("1.5x")}, {"priority_multiplier": SHARE("1.5x")}),
        ("KC-21", {"share": SHARE("50%"), "cap": 35 * MILLION}, {}),
        ("KC-22", {"share": SHARE("50%"), "cap": 35 * MILLION}, {}),
        ("KC-23", {"share": SHARE("30%"), "cap_region": 70 * MILLION, "cap_national": 100 * MILLION}, {}),
        ("KC-24", {"share": SHARE("50%"), "cap": 150 * MILLION}, {}),
        ("KC-25", {"share": SHARE("50%"), "years": 2, "cap": 500 * MILLION, "per": "co_so"}, {}),
        ("KC-26", {"share": SHARE("30%"), "cap": 300 * MILLION, "cap_cluster": 1_500 * MILLION}, {}),
        ("KC-27", {"share": SHARE("50%"), "cap": 500 * MILLION}, {}),
        ("KC-28", {"agency": SHARE("1.5%"), "unit": SHARE("2.5%")}, {}),
        ("KC-29", {"share": SHARE("70%")}, {"share": SHARE("70%")}),
    ],
)
def test_industrial_promotion_in_2014_and_2018(code: str, before: dict[str, Figure], after: dict[str, Figure]) -> None:
    assert (values(code, "2014-04-08"), values(code, "2018-05-10")) == (before, before)
    assert (values(code, "2018-05-11"), values(code, "2026-11-28")) == (after, after)


@pytest.mark.parametrize(
    ("sure", "codes"),
    [
        ("high", "KC-10 KC-12 KC-14 KC-16 KC-18"),
        ("medium", "KC-11 KC-13 KC-20 KC-29"),
        ("low", "KC-15 KC-17 KC-19 KC-21 KC-22 KC-23 KC-24 KC-25 KC-26 KC-27 KC-28"),
    ],
)
def test_how_sure_promotion_is_since_2018(sure: str, codes: str) -> None:
    for code in codes.split():
        found = FIGURES.at(code, on("2026-01-01"))
        assert (code, found.standing, found.usable) == (code, sure, sure == "high")
        assert found.setting and found.setting.needs_check == ("tt-64-2024-btc",)
        assert found.setting.confirmed_until == (on("2025-12-29") if sure == "high" else None)
        assert code == "KC-13" or standing(code, "2018-05-10") == "high"


def test_supporting_industries_on_either_side_of_decree_205() -> None:
    assert (standing("CN-33", "2025-08-31"), standing("CN-33", "2025-09-01")) == ("absent", "high")
    assert values("CN-33", "2025-09-01") == {"share": SHARE("50%")}
    assert values("CN-34", "2025-09-01") == {"share": SHARE("70%")}
    assert (standing("CN-32", "2025-08-31"), standing("CN-32", "2025-09-01")) == ("medium", "absent")
    assert values("CN-32", "2025-08-31") == {"share": SHARE("75%"), "domestic_material_over": SHARE("85%")}
    assert [standing(code, "2025-09-01") for code in ("CN-35", "CN-36", "CN-37")] == ["low", "low", "high"]
    assert values("CN-37", "2025-09-01") == {"access": "yes"}
    assert (standing("CN-50", "2025-08-31"), standing("CN-50", "2025-09-01")) == ("high", "low")
    assert values("CN-50", "2025-08-31") == {"capacity_growth": SHARE("20%")}


def test_the_programme_begins_on_some_day_of_may_2018() -> None:
    assert [standing("CN-42", day) for day in ("2018-04-30", "2018-05-01", "2018-05-31", "2018-06-01")] == [
        "absent",
        "unsure_day",
        "unsure_day",
        "high",
    ]
    assert values("CN-42", "2018-06-01") == {"share": SHARE("70%"), "cap": 12 * MILLION, "per": "don_vi"}
    assert values("CN-43", "2018-06-01") == {"share": SHARE("70%"), "cap": 150 * MILLION, "per": "don_vi"}
    assert values("CN-44", "2018-06-01") == {"cap_asia": 28 * MILLION, "cap_far": 42 * MILLION, "per": "don_vi"}
    assert values("CN-44-LATIN", "2018-06-01") == {"cap_latin": 70 * MILLION, "per": "don_vi"}
    assert standing("CN-44-LATIN", "2018-06-01") == "medium"
    assert values("CN-45", "2018-06-01")["cap"] == 50 * MILLION
    assert values("CN-46", "2018-06-01")["cap"] == 70 * MILLION
    assert standing("CN-47", "2020-01-01") == "low"


def test_the_certificate_and_the_tax() -> None:
    days = ("2016-01-31", "2016-02-15", "2016-03-01", "2025-08-31", "2025-09-01")
    assert [standing("CN-53", day) for day in days] == ["absent", "unsure_day", "high", "high", "absent"]
    assert values("CN-53", "2025-08-31") == {
        "check_days": 15,
        "result_days": 30,
        "sets": 6,
        "originals": 1,
        "copies": 5,
    }
    assert values("CN-54-REPORT", "2025-09-01") == {"by": "15/04", "recheck_years": 2}
    assert standing("CN-54", "2025-09-01") == "low"
    tax = {"rate": SHARE("10%"), "years": 15, "exempt_years": 4, "half_years": 9}
    assert values("CN-51", "2025-10-01") == tax
    assert values("CN-51", "2025-09-30") == tax | {
        "expansion_assets": 20_000 * MILLION,
        "expansion_assets_difficult": 10_000 * MILLION,
        "expansion_assets_growth": SHARE("20%"),
        "expansion_capacity_growth": SHARE("20%"),
    }
    assert (standing("CN-51", "2025-09-30"), standing("CN-51", "2025-10-01")) == ("high", "medium")
    assert values("CN-52", "2020-01-01") == {
        "loan_share": SHARE("70%"),
        "collateral_share": SHARE("15%"),
        "own_share": SHARE("20%"),
    }


def test_sizes_of_enterprises() -> None:
    billion = 1_000 * MILLION
    table = {
        ("industry", "micro"): (10, 3, 3),
        ("industry", "small"): (100, 50, 20),
        ("industry", "medium"): (200, 200, 100),
        ("services", "micro"): (10, 10, 3),
        ("services", "small"): (50, 100, 50),
        ("services", "medium"): (100, 300, 100),
    }
    assert values("DN-SIZE", "2021-10-15") == {
        f"{size}_{what}_{sector}": limit if what == "workers" else limit * billion
        for (sector, size), limits in table.items()
        for what, limit in zip(("workers", "revenue", "capital"), limits, strict=True)
    }
    assert standing("DN-SIZE", "2021-10-14") == "absent"


def test_support_of_small_enterprises() -> None:
    assert values("DN-20", "2022-01-01") == {
        "share": SHARE("50%"),
        "cap_small": 50 * MILLION,
        "cap_medium": 100 * MILLION,
        "per": "nam",
    }
    assert values("DN-21", "2022-01-01") == {
        "share": SHARE("50%"),
        "cap_micro": 20 * MILLION,
        "cap_small": 50 * MILLION,
        "cap_medium": 100 * MILLION,
    }
    assert values("DN-22", "2022-01-01") == {"share": SHARE("50%"), "cap": 100 * MILLION}
    assert values("DN-23", "2022-01-01") == {
        "share_micro": SHARE("100%"),
        "cap_micro": 50 * MILLION,
        "cap_micro_women": 70 * MILLION,
        "share_small": SHARE("50%"),
        "cap_small": 100 * MILLION,
        "cap_small_women": 150 * MILLION,
        "share_medium": SHARE("30%"),
        "cap_medium": 150 * MILLION,
        "cap_medium_women": 200 * MILLION,
    }


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("KC-01", "2025-10-14", {"ward_years": 5, "counted_to": "31/12"}),
        ("KC-05", "2026-01-01", {"local_material_share": SHARE("50%"), "workers": 50}),
        ("KC-31", "2026-01-01", {"unit_by": "20/05", "department_by": "15/06", "unit_sets": 3, "department_sets": 1}),
        ("KC-40", "2026-01-01", {"share": SHARE("30%"), "progress_over": SHARE("50%")}),
        ("KC-41", "2026-01-01", {"share": SHARE("70%"), "progress_over": SHARE("70%")}),
        ("KC-42", "2026-01-01", {"share": SHARE("100%")}),
        ("KC-46", "2026-01-01", {"settle_days": 15, "close_by": "22/01"}),
        ("KC-54", "2026-01-01", {"min_mean": 70, "valid_years": 3, "valid_to": "31/12"}),
        ("KC-55", "2026-01-01", {"complain_days": 15, "answer_days": 10}),
        ("CN-63", "2022-12-01", {"min_mean": 65, "of": 100, "min_recommending": "2/3", "form": "Biểu mẫu 9"}),
        ("IC-02", "2024-05-01", {"min_ha": 10, "max_ha": 75, "min_ha_mountain": 5, "min_ha_craft": 5}),
        ("PD-01", "2025-12-31", {"access_hours": 72, "delete_hours": 72}),
        ("RP-07", "2026-01-01", {"every": "nam", "by": "15/04"}),
        ("RP-02", "2026-01-01", {"every": ("quy", "sau_thang", "nam", "dot_xuat")}),
        ("AD-01", "2026-04-29", {"units": 34, "cities": 6, "provinces": 28}),
        ("AD-01", "2026-04-30", {"units": 34, "cities": 7, "provinces": 27}),
        ("CN-06", "2024-01-17", {"budget": 870_700 * MILLION, "state_budget": 750_200 * MILLION,
                                 "other": 120_500 * MILLION}),
    ],
)  # fmt: skip
def test_other_figures(code: str, day: str, expected: dict[str, Figure]) -> None:
    assert values(code, day) == expected
    assert standing(code, day) == "high"


def test_points_of_a_product_make_a_hundred() -> None:
    form = values("KC-53", "2026-01-01")
    assert sum(form[part] for part in ("market", "technology_society_environment", "culture", "other")) == form["of"]  # type: ignore[misc]


@pytest.mark.parametrize("code", ["EV-KHCN-UD", "EV-KHCN-XH", "EV-KHCN-SXTN"])
def test_points_of_science_tasks_make_a_hundred(code: str) -> None:
    assert sum(map(int, values(code, "2024-01-01")["maxima"])) == 100  # type: ignore[arg-type]


def test_what_nobody_has_seen_stays_unknown() -> None:
    unseen = "CN-13 CN-35 CN-36 CN-47 CN-54 CN-63-FORM CN-64 KC-00h KC-21 KC-51 RP-02-DAY RP-08 IC-05-DEPARTMENT"
    assert {standing(code, "2026-01-01") for code in unseen.split()} == {"low"}
    assert [values(code, "2026-01-01") for code in unseen.split() if values(code, "2026-01-01")] == []


# What the loader refuses

HEAD = "- id: X\n  vi: Mức\n  en: Level\n  unit: dong\n  rows:\n"
ROW = "    - {from: 2018-05-11, article: tt-28-2018-btc Điều 8, values: {cap: 1}, value_confidence: high}\n"
EARLIER = "    - {from: 2014-04-08, to: %s, article: ttlt-26-2014, values: {cap: 1}, value_confidence: high}\n"
BLOCK = "    - from: 2018-05-11\n      article: tt-28-2018-btc\n      value_confidence: high\n      values:\n"
REASON = "  gaps:\n    - {from: 2018-05-01, to: 2018-05-11, vi: Chưa có, en: None yet}\n"


def load(text: str) -> None:
    parameters([("x.yaml", text)], LIBRARY.by_id)


@pytest.mark.parametrize(
    "text", [HEAD + ROW, HEAD + EARLIER % "2018-05-11" + ROW, HEAD + EARLIER % "2018-05-01" + ROW + REASON]
)
def test_what_is_right_is_read(text: str) -> None:
    load(text)


@pytest.mark.parametrize(
    ("text", "kind", "line", "said"),
    [
        (HEAD + EARLIER % "2018-05-12" + ROW, Overlap, 7, "chồng lên dòng từ 2014-04-08"),
        (HEAD + EARLIER % "2018-05-01" + ROW, Gap, 7, "từ 2018-05-01 đến 2018-05-11"),
        (HEAD + "    - {from: 2018-05-11, values: {cap: 1}, value_confidence: high}\n", NoArticle, 6, "điều, khoản"),
        (HEAD + ROW.replace("tt-28-2018-btc", "tt-82-2018-btc"), UnknownInstrument, 6, "“tt-82-2018-btc”"),
        (HEAD + ROW + HEAD + ROW, Repeated, 7, "“X” có hai lần"),
        (HEAD + ROW.replace("value_confidence", "value_confidense"), UnknownKey, 6, "Có phải là “value_confidence”?"),
        (HEAD + ROW.replace("high", "hihg"), BadValue, 6, "Có phải là “high”?"),
        (HEAD.replace("  unit: dong\n", "") + ROW, MissingKey, 1, "“unit”"),
        (HEAD + ROW.replace("{cap: 1}", "{cap: 1, cap: 2}"), Repeated, 6, "“cap” có hai lần"),
        (HEAD + ROW.replace("{cap: 1}", "&a {cap: 1}") + ROW.replace("{cap: 1}", "*a"), NotYaml, 7, "bí danh (*)"),
        (HEAD + ROW.replace("cap: 1", "cap: 300000000.5"), BadValue, 6, "phải là số nguyên"),
        (HEAD + ROW.replace("cap: 1", "cap: -1"), BadValue, 6, "từ 0 đến 10^15"),
        (HEAD + ROW.replace("cap: 1", 'share: "33.333%"'), BadValue, 6, "phần vạn"),
        (HEAD + ROW.replace("values: {cap: 1}, ", ""), BadValue, 6, "“high” phải có con số"),
        (HEAD + ROW.replace("2018-05-11", "11/05/2018"), BadValue, 6, "không phải là ngày"),
        (HEAD + EARLIER % "2014-04-08", BadValue, 6, "không sau ngày bắt đầu"),
        (HEAD + ROW.replace("from", "layer: tinh-24, from"), BadValue, 6, "không phải là lớp nào"),
        (HEAD + ROW + "   x", NotYaml, 7, ""),
        ("", NotYaml, 1, "trống"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_line(text: str, kind: type[LawFault], line: int, said: str) -> None:
    with pytest.raises(LawFault) as caught:
        load(text)
    assert (type(caught.value), caught.value.file, caught.value.line) == (kind, "x.yaml", line)
    assert said in caught.value.message
    assert caught.value.message_en


def test_a_file_of_three_megabytes_is_refused() -> None:
    with pytest.raises(NotYaml, match="quá dài"):
        load(HEAD + ROW + "#" * 3_000_000)


@pytest.mark.parametrize("written", ["0300000", "0x10", "0b11", "1:30", "+5"])
def test_a_number_is_written_in_plain_digits(written: str) -> None:
    """YAML would read 0300000 as 98304 and 1:30 as 90."""
    with pytest.raises(BadValue, match="số nguyên"):
        load(HEAD + ROW.replace("cap: 1", f"cap: {written}"))


@pytest.mark.parametrize(
    "written",
    ["300.000.000", "300,000,000", '"300.000.000"', "50,5%", '"1,5x"', "150%%", "300 triệu", "3 tỷ", "1.5 lần", "1e9",
     '"300000000"', "50 phần trăm"],
)  # fmt: skip
def test_a_mistyped_amount_is_not_taken_for_text(written: str) -> None:
    with pytest.raises(BadValue, match="viết tiền"):
        load(HEAD + BLOCK + f"        cap: {written}\n")


@pytest.mark.parametrize("written", ["20/05", "2/3", "1/3–1/2", "10×15", "31/12/2028", "2.0", "3a", "2026-07-01"])
def test_other_text_with_digits_stays_text(written: str) -> None:
    load(HEAD + ROW.replace("cap: 1", f'part: "{written}"'))


def test_reading_keeps_nothing() -> None:
    place = parsed("x.yaml", "a: 1").keys(())["a"]
    assert place.whole() == 1
    kept = weakref.ref(place.node)
    del place
    gc.collect()
    assert kept() is None


def test_half_a_character_is_refused() -> None:
    with pytest.raises(NotYaml):
        load(HEAD + ROW + "# \ud800")
