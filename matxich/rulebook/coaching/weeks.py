"""Weeks of a cohort, what an expert can do at once, and when a firm is asked again."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MOST_WEEKS = 52
MOMENTS = {"m6": 6, "m12": 12, "m24": 24}
"""Follow-up, in months after closing: buyers gain later than suppliers, so one question at the end proves little."""
LEAD_DAYS = 30
"""A firm is told a month ahead."""
REMIND_AFTER_DAYS = 14
MOST_REMINDERS = 1
GIVE_UP_DAYS = 90
"""One policy for every survey: told a month ahead, reminded once after it is due, closed unanswered 90 days later."""


class BadWeeks(ValueError):
    """Weeks that do not add up: `why` "none", "too_many", "outside", "twice", "left_over"."""

    def __init__(self, why: str, week: int = 0) -> None:
        super().__init__(f"{why} {week}")
        self.why, self.week = why, week


def demand_weeks(weeks: int, theory: Iterable[int], site: Iterable[int]) -> None:
    """Every week is theory, on site or both; none lies outside."""
    if weeks < 1:
        raise BadWeeks("none")
    if weeks > MOST_WEEKS:
        raise BadWeeks("too_many")
    told = [*theory], [*site]
    for each in told:
        for week in each:
            if not 1 <= week <= weeks:
                raise BadWeeks("outside", week)
            if each.count(week) > 1:
                raise BadWeeks("twice", week)
    for week in range(1, weeks + 1):
        if week not in told[0] and week not in told[1]:
            raise BadWeeks("left_over", week)


def week_span(starts_on: date, week: int) -> tuple[date, date]:
    """[first day, day after the last) of a week counted from 1."""
    first = starts_on + timedelta(weeks=week - 1)
    return first, first + timedelta(weeks=1)


def week_of(starts_on: date, on: date, weeks: int) -> int | None:
    """Which week a day lies in; None before the first and after the last."""
    week = (on - starts_on).days // 7 + 1
    return week if 1 <= week <= weeks else None


def months_after(on: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    whole = on.year * 12 + on.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def due_on(closed_on: date, moment: str) -> date:
    """The day a follow-up is due: "end" on the day of closing itself."""
    return months_after(closed_on, MOMENTS.get(moment, 0))


def next_step(due: date, on: date, *, sent: bool, reminders: int) -> str:
    """What happens to a survey on a day: "wait", "send", "remind", "give_up" or "nothing".

    One that was answered or closed is not asked about here.
    """
    if on >= due + timedelta(days=GIVE_UP_DAYS):
        return "give_up"
    if not sent:
        return "send" if on >= due - timedelta(days=LEAD_DAYS) else "wait"
    if reminders < MOST_REMINDERS and on >= due + timedelta(days=REMIND_AFTER_DAYS):
        return "remind"
    return "nothing"


@dataclass(frozen=True, slots=True)
class Booking:
    """An expert is somewhere over [begins, ends)."""

    key: int
    where: int
    begins: datetime
    ends: datetime


def clashes(wanted: Booking, others: Iterable[Booking]) -> tuple[Booking, ...]:
    """Bookings elsewhere at the same time, first ones first; the same session moved is no clash with itself."""
    found = [
        each for each in others if each.key != wanted.key and each.begins < wanted.ends and wanted.begins < each.ends
    ]
    return tuple(sorted(found, key=lambda each: (each.begins, each.key)))
