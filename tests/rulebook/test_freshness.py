"""A passport ages, is proven step by step, and says what would help most."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.registry.states import Verification
from matxich.rulebook.freshness import (
    BACKING,
    DECLARED,
    DOCUMENT,
    LINES,
    SECTION_POINTS,
    VISIT,
    Held,
    Step,
    assess,
    freshness,
)
from matxich.rulebook.sections import SECTIONS

ON = date(2026, 6, 15)


def held(field: str, age: int = 0, verification: int = DECLARED, until: date | None = None) -> Held:
    return Held(field, ON - timedelta(days=age), verification, until)


def everything(age: int = 0, verification: int = DECLARED) -> list[Held]:
    return [held(line.code, age, verification) for line in LINES]


def test_the_weights_are_what_is_declared() -> None:
    sums = {section: sum(line.points for line in LINES if line.section == section) for section in SECTIONS}
    assert {section: points for section, points in sums.items() if points} == SECTION_POINTS
    assert sum(SECTION_POINTS.values()) == 100
    codes = [code for line in LINES for code in line.codes]
    assert len(set(codes)) == len(codes)


def test_every_line_has_its_words() -> None:
    assert next(line.labels for line in LINES if line.code == "workers") == ("Lao động", "Workers")
    assert next(line.labels for line in LINES if line.code == "machine") == ("Máy móc", "Machines")
    assert all(all(line.labels) for line in LINES)


def test_levels_are_those_of_the_register_and_rise() -> None:
    assert sorted(BACKING) == sorted(Verification.values)
    assert (Verification.DECLARED, Verification.DOCUMENT, Verification.VISIT) == (DECLARED, DOCUMENT, VISIT)
    worths = [BACKING[level] for level in sorted(BACKING)]
    assert worths == sorted(set(worths))


@pytest.mark.parametrize(
    ("age", "half_life", "worth"),
    [
        (0, 12, 1000),
        (-5, 12, 1000),
        (182, 12, 750),
        (365, 12, 500),
        (730, 12, 250),
        (1095, 12, 125),
        (547, 18, 500),
        (730, 24, 500),
        (10_000, None, 1000),
        (10**6, 6, 0),
    ],
)
def test_ageing(age: int, half_life: int | None, worth: int) -> None:
    assert freshness(age, half_life) == worth


@given(st.integers(0, 20_000), st.integers(1, 120))
def test_nothing_grows_younger(age: int, half_life: int) -> None:
    assert 0 <= freshness(age + 1, half_life) <= freshness(age, half_life) <= 1000


def test_nothing_known() -> None:
    answer = assess([], ON)
    assert (answer.completeness, answer.freshness, answer.strength) == (0, 0, 0)
    assert len(answer.steps) == len(LINES)
    assert {step.why for step in answer.steps} == {"missing"}
    assert answer.steps[:3] == (
        Step("certificate", "missing", 360),
        Step("product", "missing", 320),
        Step("machine", "missing", 320),
    )


def test_everything_audited_today() -> None:
    answer = assess(everything(verification=4), ON)
    assert (answer.completeness, answer.freshness, answer.strength, answer.steps) == (100, 100, 10_000, ())
    assert set(answer.sections.values()) == {100}


@pytest.mark.parametrize(
    ("verification", "why", "gain"),
    [(0, "undocumented", 150), (1, "undocumented", 75), (2, "unvisited", 100), (3, None, 0), (4, None, 0)],
)
def test_what_proves_a_fact_further(verification: int, why: str | None, gain: int) -> None:
    answer = assess([held("workers", verification=verification)], ON)
    steps = [step for step in answer.steps if step.field == "workers"]
    assert steps == ([Step("workers", why, gain)] if why else [])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "freshness_now", "why"), [(-1, 0, "expired"), (0, 0, "expired"), (1, 100, "unvisited")]
)
def test_a_certificate_is_fresh_until_it_expires(days: int, freshness_now: int, why: str) -> None:
    """`until` is the first day it no longer counts: yesterday's last day is expired today."""
    answer = assess([held("certificate", 2000, DOCUMENT, ON + timedelta(days=days))], ON)
    assert answer.freshness == freshness_now
    assert next(step.why for step in answer.steps if step.field == "certificate") == why


def test_one_valid_certificate_among_expired_ones_counts() -> None:
    facts = [held("certificate", until=ON), held("certificate", until=ON + timedelta(days=9))]
    assert assess(facts, ON).freshness == 100


@pytest.mark.parametrize(
    ("field", "months"), [("contact", 18), ("phone", 18), ("capacity", 24), ("workers", 12), ("revenue", 12)]
)
def test_half_lives(field: str, months: int) -> None:
    days = months * 365 // 12
    assert assess([held(field, days)], ON).freshness == 50
    whys = [[step.why for step in assess([held(field, days + more)], ON).steps] for more in (0, 1 + days // 100)]
    assert ["stale" in one for one in whys] == [False, True]


def test_a_flat_field_says_what_a_structured_one_would() -> None:
    assert assess([held("machines")], ON).completeness == assess([held("machine")], ON).completeness == 8
    assert assess([held("machines"), held("machine")], ON).completeness == 8


def test_what_was_told_later_is_left_out() -> None:
    assert assess([held("workers", age=-1)], ON).completeness == 0


def test_fields_without_a_line_count_for_nothing() -> None:
    assert assess([held("note")], ON) == assess([], ON)


def test_nearly_complete_is_not_complete() -> None:
    facts = [one for one in everything() if one.field != "energy"]
    assert assess(facts, ON).completeness == 99


facts = st.lists(
    st.builds(
        Held,
        st.sampled_from([code for line in LINES for code in line.codes]),
        st.dates(date(2015, 1, 1), ON),
        st.sampled_from(sorted(BACKING)),
        st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    ),
    max_size=30,
)


@given(facts, st.randoms())
def test_the_order_told_makes_no_difference(told: list[Held], random: object) -> None:
    shuffled = list(told)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert assess(shuffled, ON) == assess(told, ON)


@given(facts, facts)
def test_telling_more_never_weakens(told: list[Held], more: list[Held]) -> None:
    before, after = assess(told, ON), assess([*told, *more], ON)
    assert after.completeness >= before.completeness
    assert after.strength >= before.strength


@given(facts)
def test_a_step_taken_gains_what_was_promised(told: list[Held]) -> None:
    before = assess(told, ON)
    for step in before.steps[:4]:
        if step.why == "missing":
            assert assess([*told, held(step.field)], ON).strength == before.strength + step.gain
    assert [step.gain for step in before.steps] == sorted((step.gain for step in before.steps), reverse=True)
    assert all(step.gain >= 0 for step in before.steps)
