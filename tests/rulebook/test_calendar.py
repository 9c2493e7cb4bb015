"""Working days, half-open dates and local instants."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.calendar import (
    Calendar,
    Holiday,
    Swap,
    YearMissing,
    as_of_instant,
    local_date,
    through_end_of,
)

VICTORY, LABOUR = date(2025, 4, 30), date(2025, 5, 1)
CALENDAR = Calendar(
    [Holiday(VICTORY, "Ngày Chiến thắng", "law"), Holiday(LABOUR, "Ngày Quốc tế lao động", "law")],
    [Swap(off=date(2025, 5, 2), worked=date(2025, 4, 26), source="decision")],
    [2024, 2025],
)
days = st.dates(date(2024, 3, 1), date(2025, 10, 31))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2025, 4, 25), True),
        (date(2025, 4, 26), True),
        (date(2025, 4, 27), False),
        (VICTORY, False),
        (LABOUR, False),
        (date(2025, 5, 2), False),
        (date(2025, 5, 3), False),
        (date(2025, 5, 5), True),
    ],
)
def test_is_working_day(day: date, worked: bool) -> None:
    assert CALENDAR.is_working_day(day) is worked


def test_a_term_over_the_holidays() -> None:
    assert CALENDAR.add_working_days(date(2025, 4, 29), 1) == date(2025, 5, 5)
    assert CALENDAR.add_working_days(date(2025, 4, 25), 2) == date(2025, 4, 28)
    assert CALENDAR.add_working_days(date(2025, 5, 5), -1) == date(2025, 4, 29)
    assert CALENDAR.add_working_days(LABOUR, 0) == LABOUR
    assert CALENDAR.working_days_between(date(2025, 4, 29), date(2025, 5, 5)) == 1
    assert CALENDAR.working_days_between(LABOUR, LABOUR) == 0


@given(days, st.integers(1, 30))
def test_adding_and_counting_are_inverse(day: date, count: int) -> None:
    end = CALENDAR.add_working_days(day, count)
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_between(day, end) == count
    if CALENDAR.is_working_day(day):
        assert CALENDAR.add_working_days(end, -count) == day


@given(days, days)
def test_counting_backwards_undoes_the_count_of_a_term(start: date, end: date) -> None:
    count = CALENDAR.working_days_between(start, end)
    assert (count >= 0) is (start <= end) or count == 0


def test_an_unknown_year_is_named_not_guessed() -> None:
    for ask in (
        lambda: CALENDAR.is_working_day(date(2026, 1, 5)),
        lambda: CALENDAR.add_working_days(date(2025, 12, 30), 5),
        lambda: CALENDAR.working_days_between(date(2025, 12, 1), date(2026, 1, 1)),
    ):
        with pytest.raises(YearMissing) as caught:
            ask()
        assert caught.value.year == 2026


def test_through_end_of_is_half_open() -> None:
    assert through_end_of(date(2025, 8, 31)) == date(2025, 9, 1)


def test_as_of_a_date_is_its_local_midnight() -> None:
    assert as_of_instant(date(2025, 6, 30)) == datetime(2025, 6, 30, 17, tzinfo=UTC)
    assert as_of_instant(date(2025, 6, 30)).tzinfo is UTC


def test_local_date() -> None:
    assert local_date(datetime(2025, 6, 30, 16, 59, tzinfo=UTC)) == date(2025, 6, 30)
    assert local_date(as_of_instant(date(2025, 6, 30))) == date(2025, 7, 1)
    assert local_date(datetime(2025, 7, 1, 2, tzinfo=timezone(timedelta(hours=9)))) == date(2025, 7, 1)
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime(2025, 7, 1))  # noqa: DTZ001
