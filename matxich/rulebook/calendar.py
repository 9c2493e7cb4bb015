"""Working days by dated holiday data, half-open dates, and the instant a local day ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

# Viet Nam has kept UTC+7 without summer time since 1975.
LOCAL_TIME = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off by law, a day in lieu included. `name` is a message key in Vietnamese."""

    on: date
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Swap:
    """A working day exchanged by decision: off on `off`, at work on the weekend day `worked`."""

    off: date
    worked: date
    source: str


class YearMissing(LookupError):
    """The holiday data of `year` is not there, so its working days are unknown."""

    def __init__(self, year: int) -> None:
        super().__init__(f"No holiday data for {year}.")
        self.year = year


class Calendar:
    """Which days are worked: Monday to Friday, less holidays, with swapped days exchanged.

    `years` are those whose holidays and swaps are complete. Every question that touches another year
    raises YearMissing; nothing is guessed.
    """

    def __init__(self, holidays: Iterable[Holiday], swaps: Iterable[Swap], years: Iterable[int]) -> None:
        swapped = tuple(swaps)
        self.years = frozenset(years)
        self.holidays = {holiday.on: holiday for holiday in holidays}
        self._off = self.holidays.keys() | {swap.off for swap in swapped}
        self._worked = frozenset(swap.worked for swap in swapped)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`; raises YearMissing."""
        if day.year not in self.years:
            raise YearMissing(day.year)
        return day in self._worked or (day.weekday() < 5 and day not in self._off)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, before it when negative; `day` itself is never counted.

        A term of 0 days ends on `day`. Raises YearMissing when the count runs into an unknown year.
        """
        step = _DAY if count > 0 else -_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` comes first.

        The inverse of add_working_days. Raises YearMissing.
        """
        if end < start:
            return -self.working_days_between(end - _DAY, start - _DAY)
        days = (start + _DAY * n for n in range(1, (end - start).days + 1))
        return sum(map(self.is_working_day, days))


def through_end_of(day: date) -> date:
    """The half-open end of a validity that lasts "đến hết ngày" `day`: the day after."""
    return day + _DAY


def as_of_instant(day: date) -> datetime:
    """The instant at which "as of `day`" is asked: 24:00 local time, in UTC."""
    return datetime.combine(day + _DAY, time(), LOCAL_TIME).astimezone(UTC)


def local_date(instant: datetime) -> date:
    """The date on the wall in Viet Nam at an aware `instant`; ValueError when it is naive."""
    if instant.tzinfo is None:
        raise ValueError("An instant needs a time zone.")
    return instant.astimezone(LOCAL_TIME).date()
