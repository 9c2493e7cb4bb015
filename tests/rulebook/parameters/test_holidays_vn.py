"""The holiday data holds together with the law and the lunar calendar."""

from datetime import date, timedelta

import pytest

from matxich.rulebook.lunar import hung_kings_day, tet
from matxich.rulebook.parameters.holidays_vn import HOLIDAYS, SWAPS, UNSETTLED, YEARS, vietnam

OFF = {holiday.on: holiday.name for holiday in HOLIDAYS}
# Days off with pay under Điều 112: all but the days in lieu.
BY_LAW = {day: name for day, name in OFF.items() if not name.startswith("Nghỉ bù")}


@pytest.mark.parametrize("year", sorted(YEARS))
def test_eleven_days_by_law_each_made_up_when_on_a_weekend(year: int) -> None:
    days = [day for day in BY_LAW if day.year == year]
    in_lieu = [day for day in OFF if day.year == year and day not in BY_LAW]
    assert len(days) == 11
    assert len(in_lieu) == sum(day.weekday() >= 5 for day in days)
    assert all(day.weekday() < 5 for day in in_lieu)


@pytest.mark.parametrize("year", sorted(YEARS))
def test_moving_feasts_agree_with_the_lunar_calendar(year: int) -> None:
    assert OFF[hung_kings_day(year)] == "Giỗ Tổ Hùng Vương"
    feast = [day for day, name in BY_LAW.items() if name == "Tết Âm lịch" and day.year == year]
    assert feast == [feast[0] + timedelta(days=n) for n in range(5)]
    assert tet(year) in feast


@pytest.mark.parametrize("year", sorted(YEARS))
def test_fixed_feasts(year: int) -> None:
    names = [OFF[date(year, month, day)] for month, day in ((1, 1), (4, 30), (5, 1), (9, 2))]
    assert names == ["Tết Dương lịch", "Ngày Chiến thắng", "Ngày Quốc tế lao động", "Quốc khánh"]


def test_swaps_trade_a_weekday_for_a_saturday() -> None:
    for swap in SWAPS:
        assert swap.off.weekday() < 5 and swap.off not in OFF
        assert swap.worked.weekday() == 5 and swap.worked not in OFF


def test_every_row_names_its_source_once() -> None:
    assert len(OFF) == len(HOLIDAYS)
    assert all(row.source for row in (*HOLIDAYS, *SWAPS))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2024, 4, 27), date(2024, 5, 1)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2025, 4, 30), date(2025, 5, 4)),
        (date(2026, 1, 1), date(2026, 1, 4)),
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2026, 8, 29), date(2026, 9, 2)),
    ],
)
def test_published_breaks(first: date, last: date) -> None:
    calendar = vietnam()
    day = first - timedelta(days=1)
    assert calendar.is_working_day(day) and calendar.is_working_day(last + timedelta(days=1))
    assert calendar.working_days_between(day, last) == 0


def test_an_unsettled_day_is_no_holiday_yet() -> None:
    assert [day for day in UNSETTLED if not vietnam().is_working_day(day)] == []
