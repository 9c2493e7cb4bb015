"""Reporting periods of industrial clusters and their deadlines, by the law in force when a period ends."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from matxich.rulebook.calendar import LOCAL_TIME, local_date

Part = Literal["H1", "Y"]
NAMES: dict[Part, str] = {"H1": "6 tháng đầu năm %(year)s", "Y": "năm %(year)s"}
"""Message keys: Vietnamese source texts that screens translate, then fill."""
_KEY = re.compile(r"(\d{4})-(H1|Y)")


@dataclass(frozen=True, slots=True)
class ReportingRule:
    """Who reports by when. `half`, `year`: (month, day) of the first day that is too late ("trước ngày …").

    The text names fixed dates and no working days, so they do not move when they fall on a day off.
    """

    valid_from: date
    valid_to: date | None
    zone_kinds: frozenset[str]
    half: tuple[int, int]
    year: tuple[int, int]
    source: str


RULES = (
    ReportingRule(
        date(2024, 10, 1), None, frozenset({"CCN"}), (6, 20), (12, 20),
        "Thông tư 14/2024/TT-BCT, sửa đổi bởi Thông tư 38/2025/TT-BCT",
    ),
)  # fmt: skip


class NoSuchPeriod(ValueError):
    """Not a period, or one before the first rule."""


@dataclass(frozen=True, slots=True)
class Period:
    """First half of a year (15/12 to 14/06) or the year (15/12 to 14/12). `starts` and `ends` are both counted."""

    year: int
    part: Part
    rule: ReportingRule

    @property
    def key(self) -> str:
        return f"{self.year}-{self.part}"

    @property
    def name(self) -> str:
        """In Vietnamese: "6 tháng đầu năm 2026", "năm 2026"."""
        return NAMES[self.part] % {"year": self.year}

    @property
    def starts(self) -> date:
        return date(self.year - 1, 12, 15)

    @property
    def ends(self) -> date:
        return date(self.year, 6 if self.part == "H1" else 12, 14)

    @property
    def due_before(self) -> date:
        """The first day that is too late."""
        return date(self.year, *(self.rule.half if self.part == "H1" else self.rule.year))

    @property
    def deadline(self) -> datetime:
        """The instant from which a form is late: midnight in Viet Nam at the beginning of `due_before`."""
        return datetime.combine(self.due_before, time(), LOCAL_TIME)

    def is_late(self, received: date | datetime) -> bool:
        """Was what came in on this local day (or at this instant) too late?"""
        day = local_date(received) if isinstance(received, datetime) else received
        return day >= self.due_before

    def days_left(self, on: date) -> int:
        """Days on which it can still come in time, `on` counted: 1 on the last, 0 or less when overdue."""
        return (self.due_before - on).days

    @property
    def previous(self) -> "Period | None":
        try:
            return of(self.year, "H1") if self.part == "Y" else of(self.year - 1, "Y")
        except NoSuchPeriod:
            return None

    @property
    def next(self) -> "Period":
        return of(self.year, "Y") if self.part == "H1" else of(self.year + 1, "H1")


def of(year: int, part: Part) -> Period:
    """The period of a year; raises NoSuchPeriod before the first rule (2024, the whole year, is the first)."""
    if not 2000 <= year <= 2200:
        raise NoSuchPeriod(f"{year}-{part}")
    end = date(year, 6 if part == "H1" else 12, 14)
    for rule in RULES:
        if rule.valid_from <= end and (rule.valid_to is None or end < rule.valid_to):
            return Period(year, part, rule)
    raise NoSuchPeriod(f"{year}-{part}")


def parse(key: str) -> Period:
    """ "2026-H1" or "2026-Y"; raises NoSuchPeriod."""
    match = _KEY.fullmatch(key)
    if not match:
        raise NoSuchPeriod(key)
    return of(int(match[1]), "H1" if match[2] == "H1" else "Y")


def due_next(on: date) -> Period:
    """The period whose deadline comes next: the one to report for, on or after its first possible day."""
    candidates = (of(year, part) for year in (max(on.year, 2024), max(on.year, 2024) + 1) for part in _parts(year))
    return next(one for one in candidates if on < one.due_before)


def _parts(year: int) -> tuple[Part, ...]:
    return ("Y",) if year == 2024 else ("H1", "Y")


def until(on: date, count: int) -> list[Period]:
    """The period due next and those before it, latest first, at most `count`."""
    found: list[Period] = []
    one: Period | None = due_next(on)
    while one and len(found) < count:
        found.append(one)
        one = one.previous
    return found
