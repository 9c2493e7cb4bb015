from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.zones.periods import NoSuchPeriod, due_next, of, parse, until

DAYS = st.dates(date(2024, 10, 1), date(2090, 12, 31))


def test_the_windows_and_deadlines_of_a_year() -> None:
    half, year = of(2026, "H1"), of(2026, "Y")
    assert (half.starts, half.ends, half.due_before) == (date(2025, 12, 15), date(2026, 6, 14), date(2026, 6, 20))
    assert (year.starts, year.ends, year.due_before) == (date(2025, 12, 15), date(2026, 12, 14), date(2026, 12, 20))


def test_late_begins_at_midnight_in_viet_nam() -> None:
    half = of(2026, "H1")
    last, first = datetime(2026, 6, 19, 16, 59, 59, tzinfo=UTC), datetime(2026, 6, 19, 17, tzinfo=UTC)
    assert half.deadline == first
    assert (half.is_late(last), half.is_late(first)) == (False, True)
    assert (half.is_late(date(2026, 6, 19)), half.is_late(date(2026, 6, 20))) == (False, True)


def test_a_deadline_on_a_day_off_does_not_move() -> None:
    """20/06/2027 is a Sunday, 20/12/2026 one too: the text names dates, not working days."""
    assert (of(2027, "H1").due_before.weekday(), of(2026, "Y").due_before.weekday()) == (6, 6)
    assert of(2027, "H1").is_late(date(2027, 6, 21))


def test_days_left_count_today_and_end_at_nought() -> None:
    half = of(2026, "H1")
    assert [half.days_left(date(2026, 6, day)) for day in (18, 19, 20, 21)] == [2, 1, 0, -1]


@pytest.mark.parametrize("key", ["2024-H1", "2023-Y", "2026", "2026-H2", "2026-h1", "", "9999-Y", "2026-Y "])
def test_a_period_without_a_rule_is_none(key: str) -> None:
    with pytest.raises(NoSuchPeriod):
        parse(key)


def test_the_first_period_is_the_year_in_which_the_circular_came_into_force() -> None:
    assert [one.key for one in until(date(2025, 6, 20), 9)] == ["2025-Y", "2025-H1", "2024-Y"]
    assert due_next(date(2020, 1, 1)).key == "2024-Y"


@given(DAYS)
def test_what_is_due_next_is_the_nearest_deadline_still_open(on: date) -> None:
    due = due_next(on)
    assert due.days_left(on) > 0
    assert due.previous is None or due.previous.days_left(on) <= 0
    assert (due.next.previous, parse(due.key)) == (due, due)
