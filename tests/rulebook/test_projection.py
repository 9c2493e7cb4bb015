"""Statements add up to one passport, whatever order they come in."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.capabilities.joining import DENIED, joined
from matxich.rulebook.projection import Told, in_force, project, same_value

AT = datetime(2026, 1, 1, tzinfo=UTC)


def told(id: int, field: str, value: object, **changes: object) -> Told:
    plain = {"verification": 1, "as_of": date(2025, 1, 1), "trust": 50, "recorded_at": AT, "in_programme": True}
    return Told(id, field, value, **(plain | changes))  # type: ignore[arg-type]


def test_a_better_backed_statement_wins_over_a_newer_one() -> None:
    visit = told(1, "workers", 80, verification=3)
    listed = told(2, "workers", 120, as_of=date(2026, 6, 1))
    assert project([listed, visit])["passport"] == {"workers": {"v": 80, "s": 1, "o": [2]}}


def test_then_the_newer_then_the_trusted_then_the_last_told() -> None:
    facts = [
        told(1, "name", "A", as_of=date(2026, 1, 1), trust=10),
        told(2, "name", "B", as_of=date(2026, 1, 1), trust=90),
        told(3, "name", "C", as_of=date(2026, 1, 1), trust=90),
        told(4, "name", "D"),
    ]
    assert project(facts)["passport"] == {"name": {"v": "C", "s": 3, "o": [2, 1, 4]}}


def test_the_same_value_said_twice_is_no_conflict() -> None:
    facts = [told(1, "name", "Công ty  Hòa Phát"), told(2, "name", "CÔNG TY HÒA PHÁT")]
    assert project(facts)["passport"] == {"name": {"v": "CÔNG TY HÒA PHÁT", "s": 2}}


FLAT, ABOUT = 120, {"value": 120, "comparator": "≈"}
MONEY = {"amount": 7_000_000, "currency": "VND"}


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (FLAT, ABOUT, True),
        ("35.5", {"value": "35.5", "comparator": "≈"}, True),
        (MONEY, MONEY | {"comparator": "≈"}, True),
        ({"value": 120, "year": 2025}, {"value": 120, "year": 2025, "comparator": "≈"}, True),
        ([80, 120], [80, ABOUT], True),
        (FLAT, {"value": 121, "comparator": "≈"}, False),
        (FLAT, {"value": 120, "year": 2025, "comparator": "≈"}, False),
        (MONEY, MONEY | {"currency": "USD", "comparator": "≈"}, False),
        (FLAT, {"value": 120, "comparator": ">"}, False),
        (FLAT, {"value": 120, "comparator": "≥"}, False),
        (ABOUT, {"value": 120, "comparator": ">"}, False),
        ({"value": 120, "comparator": "<"}, {"value": 120, "comparator": "≤"}, False),
    ],
)
def test_about_a_figure_agrees_with_the_figure_and_a_bound_does_not(one: object, other: object, agree: bool) -> None:
    assert (same_value(one, other), same_value(other, one)) == (agree, agree)
    conflicts = project([told(1, "workers", one), told(2, "workers", other)])["passport"]["workers"].get("o", [])
    assert conflicts == ([] if agree else [1])


def test_items_of_all_sources_add_up() -> None:
    facts = [told(1, "certificates", ["ISO 9001"]), told(2, "certificates", ["IATF 16949", "iso 9001"])]
    assert project(facts)["passport"] == {"certificates": {"m": [["IATF 16949", 2], ["iso 9001", 2]]}}


def test_a_superseded_statement_returns_when_its_successor_goes() -> None:
    old, new = told(1, "workers", 10, verification=4, superseded_by=2), told(2, "workers", 20)
    assert project([old, new])["workers"] == 20
    assert project([old])["workers"] == 10
    first, second, third = told(1, "a", 1, superseded_by=2), told(2, "a", 2, superseded_by=3), told(3, "a", 3)
    assert in_force([first, second, third]) == [third]


def test_columns() -> None:
    place = {"text": "Lô A1, KCN Nomura, An Dương, Hải Phòng", "province_34": "31", "zone": "KCN Nomura"}
    facts = [
        told(1, "name", "Công ty TNHH Cơ khí Bình Minh"),
        told(2, "tax_code", "9991274607"),
        told(3, "address", place),
        told(4, "workers", 80, as_of=date(2026, 5, 1)),
        told(5, "revenue", 40_000_000_000),
        told(6, "sectors", ["Cơ khí", "Điện tử"]),
    ]
    columns = project(facts)
    assert {name: columns[name] for name in columns if name != "passport"} == {
        "name": "Công ty TNHH Cơ khí Bình Minh",
        "name_en": "",
        "short_name": "",
        "company_key": columns["company_key"],
        "tax_code": "9991274607",
        "person_hash": None,
        "province_34": "31",
        "province_63": "",
        "commune_34": "",
        "commune_63": "",
        "zone": "KCN Nomura",
        "size": "small",
        "workers": 80,
        "sector": "Cơ khí",
        "in_programme": True,
        "verification": 1,
        "as_of": date(2026, 5, 1),
        "completeness": 26,
    }


def test_a_code_that_fails_its_check_digit_is_no_key() -> None:
    assert project([told(1, "tax_code", "0100233480")])["tax_code"] is None


def test_nothing_told_is_an_empty_passport() -> None:
    columns = project([])
    assert (columns["passport"], columns["as_of"], columns["in_programme"]) == ({}, None, False)


def test_of_what_is_told_in_parts_one_thing_stands_once_by_its_best() -> None:
    declared = {"text": "ISO 9001", "valid_to": "2030-01-01"}
    shown = {"text": "ISO 9001:2015", "valid_to": "2027-03-15"}
    facts = [told(1, "certificate", declared, verification=0), told(2, "certificate", shown, verification=2)]
    assert project(facts)["passport"] == {"certificate": {"m": [[shown, 2]]}}


def test_a_denial_takes_an_item_and_a_lists_words_away() -> None:
    lathe = {"kind": "Máy tiện"}
    facts = [
        told(1, "machines", ["Máy phay", "máy  Mài"]),
        told(2, "machine", lathe),
        told(3, "machine", DENIED, raw="Máy mài"),
    ]
    found = project(facts)["passport"]
    assert found["machine"] == {"m": [[lathe, 2]], "r": ["may mai"]}
    assert [item.text for item in joined(found, "machine", latest_year=2026)] == ["", "Máy phay"]


def test_parts_of_one_value_that_contradict_are_told() -> None:
    facts = [
        told(1, "exports", {"percent": "12"}),
        told(2, "exports", {"percent": "20", "year": 2025}, verification=2),
        told(3, "exports", {"year": 2025}),
    ]
    assert project(facts)["passport"] == {"exports": {"v": {"percent": "20", "year": 2025}, "s": 2, "o": [1]}}


def test_a_fact_denied_fills_nothing() -> None:
    assert project([told(1, "machine", DENIED)])["completeness"] == project([])["completeness"] == 0
    assert project([told(1, "machine", {"kind": "Máy tiện"})])["completeness"] == 8


_MACHINES = st.fixed_dictionaries(
    {"kind": st.sampled_from(["Máy tiện", "máy tiện", "Máy phay"])},
    optional={"year": st.integers(2000, 2002), "quantity": st.integers(1, 3)},
)
VALUES = {
    "name": st.sampled_from(["A", "a", "B"]),
    "workers": st.integers(0, 300),
    "products": st.lists(st.text()),
    "machine": _MACHINES | st.just(DENIED),
    "exports": st.fixed_dictionaries({}, optional={"percent": st.sampled_from(["1", "2"]), "year": st.just(2024)}),
}


@st.composite
def statements(draw: st.DrawFn) -> list[Told]:
    facts = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        field = draw(st.sampled_from(sorted(VALUES)))
        facts.append(
            told(
                number,
                field,
                draw(VALUES[field]),
                verification=draw(st.integers(0, 4)),
                as_of=date(2025, 1, draw(st.integers(1, 3))),
                trust=draw(st.integers(0, 2)),
                superseded_by=draw(st.none() | st.integers(number + 1, number + 3)),
                raw=draw(st.sampled_from(["", "", "máy", "MÁY"])),
            )
        )
    return facts


@given(statements(), st.randoms())
def test_order_does_not_matter(facts: list[Told], random: object) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert project(shuffled) == project(facts)


@given(statements())
def test_every_shown_value_was_told_and_stands(facts: list[Told]) -> None:
    standing = {fact.id: fact for fact in in_force(facts)}
    for code, current in project(facts)["passport"].items():
        if "s" in current:
            assert standing[current["s"]].value == current["v"]
            assert all(standing[other].field == code for other in current.get("o", []))
        for item, statement in current.get("m", []):
            said = standing[statement].value
            assert item == said if isinstance(said, dict) else item in said


def test_words_keep_the_concept_somebody_chose_whoever_else_says_them() -> None:
    listed = told(1, "processes", ["Chạy CNC", "Mài"], verification=2)
    chosen = told(2, "processes", [{"text": "chạy cnc", "concept": "cnc-milling"}], verification=0)
    kept = [[{"text": "chạy cnc", "concept": "cnc-milling"}, 1], ["Mài", 1]]
    assert project([listed, chosen])["passport"] == {"processes": {"m": kept}}
