"""The latest day of each step, counted back from the end of the budget year, and what lateness costs the firm."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook import programmes
from matxich.rulebook.calendar import Calendar
from matxich.rulebook.law.faults import BadValue, LawFault, MissingKey, Repeated
from matxich.rulebook.parameters.holidays_vn import vietnam
from matxich.rulebook.programmes.schedule import (
    Counting,
    bad_durations,
    latest_days,
    month_and_day,
    schedule,
    steps_of,
    year_end,
)

TEXT = (Path(programmes.__file__).parent / "data" / "schedule.yaml").read_text()
STEPS = steps_of("schedule.yaml", TEXT)
# Four steps, short enough to count by hand: approval, contract, the firm's ten days, payment.
SMALL = steps_of(
    "nho.yaml",
    """
fiscal_year_end: "31/12"
steps:
  - {id: plan_approved, vi: a, en: a, days: 0, unit: working_days}
  - {id: contracted, vi: b, en: b, days: 5, unit: working_days}
  - {id: carried_out, vi: c, en: c, days: 10, unit: working_days, firm: true}
  - {id: paid_out, vi: d, en: d, days: 7, unit: days}
dates: []
""",
)


def days_of(found: object) -> dict[str, date]:
    return {one.step.id: one.on for one in found}  # type: ignore[attr-defined]


def test_counted_back_by_hand() -> None:
    """31/12/2025 less 7 days; ten working days before 24/12; five before 10/12."""
    counting = Counting(vietnam())
    found = latest_days(SMALL.steps, year_end(SMALL, 2025), counting)
    assert days_of(found) == {
        "plan_approved": date(2025, 12, 3), "contracted": date(2025, 12, 10), "carried_out": date(2025, 12, 24),
        "paid_out": date(2025, 12, 31),
    }  # fmt: skip
    assert all(one.exact for one in found) and counting.missing == set()


def test_a_holiday_on_the_way_moves_what_comes_before() -> None:
    """2 May 2025 was off, Saturday 26 April was worked instead; 30/4 and 1/5 are holidays."""
    steps = SMALL.steps[:2]
    assert days_of(latest_days(steps, date(2025, 5, 6), Counting(vietnam())))["plan_approved"] == date(2025, 4, 25)


def test_on_time_the_firm_has_what_it_needs() -> None:
    found = schedule(
        SMALL, year=2025, today=date(2025, 11, 3), calendar=vietnam(), done={"plan_approved": date(2025, 11, 3)}
    )
    assert (found.firm_days, found.firm_wanted, found.is_tight, found.squeezed_by) == (32, 10, False, None)
    assert [line.is_late for line in found.lines] == [False] * 4


def test_a_late_approval_takes_its_days_from_the_firm() -> None:
    """Approved on 10/12, five working days late: contract on 17/12, so five days are left of ten.

    Paid on 07/01 then: 1 and 2 January 2026 are off, so three working days after 31/12.
    """
    approved = date(2025, 12, 10)
    found = schedule(SMALL, year=2025, today=approved, calendar=vietnam(), done={"plan_approved": approved})
    assert (found.firm_days, found.is_tight) == (5, True)
    assert found.squeezed_by is not None
    assert (found.squeezed_by.step.id, found.squeezed_by.late_by, found.squeezed_by.done) == (
        "plan_approved", 5, approved,
    )  # fmt: skip
    assert [(line.step.id, line.late_by) for line in found.late] == [
        ("plan_approved", 5), ("contracted", 5), ("carried_out", 5), ("paid_out", 3),
    ]  # fmt: skip


def test_nobody_plans_the_past() -> None:
    """A planned day that went by undone is expected today; one still ahead is taken as it is."""
    today = date(2025, 11, 20)
    gone = schedule(SMALL, year=2025, today=today, calendar=vietnam(), planned={"plan_approved": date(2025, 11, 3)})
    assert gone.lines[0].expected == today
    ahead = schedule(SMALL, year=2025, today=today, calendar=vietnam(), planned={"contracted": date(2025, 12, 15)})
    assert ahead.lines[1].expected == date(2025, 12, 15)
    assert ahead.squeezed_by is not None and ahead.squeezed_by.step.id == "contracted"


def test_a_year_without_holidays_is_said_and_bounded() -> None:
    """Without the holidays of 2027 only weekends count: the true day is never later."""
    found = schedule(STEPS, year=2027, today=date(2026, 11, 20), calendar=vietnam())
    assert 2027 in found.missing_years
    assert [line.latest.exact for line in found.lines] == [False] * 11 + [True]
    made_up = Calendar([*vietnam().holidays.values()], (), {*vietnam().years, 2027})
    known = schedule(STEPS, year=2027, today=date(2026, 11, 20), calendar=made_up)
    assert 2027 not in known.missing_years
    assert all(a.latest.on <= b.latest.on for a, b in zip(known.lines, found.lines, strict=True))


def test_other_durations_move_other_days() -> None:
    counting = Counting(vietnam())
    usual = days_of(latest_days(SMALL.steps, date(2025, 12, 31), counting))
    quick = days_of(latest_days(SMALL.steps, date(2025, 12, 31), counting, {"carried_out": 5}))
    assert quick["carried_out"] == usual["carried_out"] and quick["contracted"] == date(2025, 12, 17)


@given(
    st.dictionaries(st.sampled_from([step.id for step in STEPS.steps]), st.integers(0, 60)),
    st.integers(0, 700),
)
def test_days_never_run_backwards(durations: dict[str, int], later: int) -> None:
    found = schedule(
        STEPS, year=2026, today=date(2025, 6, 1) + timedelta(days=later), calendar=vietnam(), durations=durations
    )
    latest = [line.latest.on for line in found.lines]
    assert latest == sorted(latest) and latest[-1] == date(2026, 12, 31)
    expected = [line.expected for line in found.lines]
    assert expected == sorted(expected)
    assert found.is_tight == (found.squeezed_by is not None)


def test_bad_durations_are_named() -> None:
    tried = {"checked": 10, "carried_out": 401, "settled": -1, "khac": 3, "decided": 0}
    assert bad_durations(STEPS.steps, tried) == ["carried_out", "settled", "khac"]


@pytest.mark.parametrize(
    ("written", "found"), [("20/05", (5, 20)), ("31/12", (12, 31)), ("22/01", (1, 22))]
)  # fmt: skip
def test_a_day_of_the_year(written: str, found: tuple[int, int]) -> None:
    assert month_and_day(written) == found


@pytest.mark.parametrize("written", ["31/02", "5", "thang 5", ""])
def test_no_day_of_the_year(written: str) -> None:
    with pytest.raises(ValueError):
        month_and_day(written)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("    firm: true", "    firm: false", BadValue), ("  - id: money_allotted", "  - id: plan_approved", Repeated),
        ('"31/12"', '"31/13"', BadValue), ("    days: 90", "    days: 500", BadValue),
        ("    figure: KC-31 unit_by", "    unit: days", LawFault), ("    figure: KC-31 unit_by\n", "", MissingKey),
        ("    figure: KC-46 settle_days", "    figure: KC-46", BadValue),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused(before: str, after: str, fault: type[LawFault]) -> None:
    assert before in TEXT
    with pytest.raises(fault):
        steps_of("schedule.yaml", TEXT.replace(before, after, 1))


def test_days_of_the_law_are_figures_or_stay_empty() -> None:
    national = {each.id: each for each in STEPS.dates_for("kc_national")}
    assert {code: (each.figure, each.year) for code, each in national.items()} == {
        "unit_by": (("KC-31", "unit_by"), -1), "department_by": (("KC-31", "department_by"), -1),
        "close_by": (("KC-46", "close_by"), 1),
    }  # fmt: skip
    assert [(each.figure, each.unseen) for each in STEPS.dates_for("cnht_city")] == [(None, "CN-64")]
