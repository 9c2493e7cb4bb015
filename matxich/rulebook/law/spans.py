"""When something holds: half-open local dates, of which a day, a month or only a year may be known."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from matxich.rulebook.law.truth import Truth

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A day, or the days among which it lies: `earliest` is possible, from `latest` on it has surely passed."""

    earliest: date
    latest: date

    @classmethod
    def of(cls, written: date | str | int) -> "Edge":
        """ "2018-05-11", "2018-05" (some day of May) or "2018". ValueError for anything else."""
        found = _WRITTEN.fullmatch(str(written))
        if not found:
            raise ValueError(f"{written} is no date")
        year, month, day = (int(part) if part else None for part in found.groups())
        if year is None:
            raise ValueError(f"{written} is no date")
        if day and month:
            exact = date(year, month, day)
            return cls(exact, exact)
        if month:
            return cls(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1))
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def exact(self) -> bool:
        return self.earliest == self.latest

    def passed(self, on: date) -> Truth:
        """Whether `on` lies at or after the edge."""
        return Truth.NO if on < self.earliest else Truth.YES if on >= self.latest else Truth.UNKNOWN

    def __str__(self) -> str:
        return self._written("%Y-%m-%d", "%Y-%m")

    @property
    def spoken(self) -> str:
        """ "11/05/2018", "05/2018" or "2018"."""
        return self._written("%d/%m/%Y", "%m/%Y")

    def _written(self, day: str, month: str) -> str:
        unsure = self.latest - self.earliest
        return self.earliest.strftime(day if not unsure else month if unsure < timedelta(days=32) else "%Y")


@dataclass(frozen=True, slots=True)
class Span:
    """[start, end); `end` None: no end is known."""

    start: Edge
    end: Edge | None = None

    @classmethod
    def of(cls, start: date | str | int, end: date | str | int | None = None) -> "Span":
        """ValueError where the end may come before the start."""
        span = cls(Edge.of(start), None if end is None else Edge.of(end))
        if span.end and span.end.earliest <= span.start.earliest:
            raise ValueError(f"{end} is not after {start}")
        return span

    def holds(self, on: date) -> Truth:
        ended = self.end.passed(on) if self.end else Truth.NO
        return Truth(min(self.start.passed(on), ended.opposite))

    def overlaps(self, other: "Span") -> bool:
        """Whether some day surely lies in both."""
        return _before(self.start.latest, other.end) and _before(other.start.latest, self.end)


def _before(day: date, end: Edge | None) -> bool:
    return end is None or day < end.earliest
