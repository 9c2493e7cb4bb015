"""What depends on the day of asking: whether a certificate counts then, and how old what is known is by then.

A certificate counts over a stretch of days, stored as the few blocks of days (of 1, 2, 4, 8 … from day to day aligned)
that make it up exactly. Each day lies in one block of every length, so "valid on that day" asks for at most LEVELS
terms of the index and is exact for any day, past or to come.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from matxich.rulebook.capabilities.model import Value

LEVELS = 17
LAST = 2**LEVELS
EPOCH = date(1900, 1, 1).toordinal()
VALID, UNKNOWN = "valid", "unknown"
STATUSES = (VALID, UNKNOWN)

# Classes of age by their upper end in months, youngest first; then what is older, and what has no date.
MONTHS = (6, 12, 24)
OLDER = "older"
AGES = (*map(str, MONTHS), OLDER, UNKNOWN)


class Certified(NamedTuple):
    """A certificate of a firm: the concept's code, since when (None: long ago), and the first day it no longer counts.

    `end` None: the end is not known, so it is never taken for valid.
    """

    code: str
    start: date | None = None
    end: date | None = None


def certified(codes: Iterable[str], value: Value) -> Iterator[Certified]:
    """As `rulebook.capabilities.certificate.status` judges the same value on any day."""
    start, end = value.get("valid_from") or value.get("issued"), value.get("valid_to")
    for code in codes:
        yield Certified(code, _day(start), _day(end))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def terms(one: Certified) -> tuple[str, ...]:
    """What the index stores of one certificate."""
    start = _number(one.start) if one.start else 0
    end = _number(one.end) if one.end else LAST
    status = VALID if one.end else UNKNOWN
    return tuple(_term(status, one.code, level, block) for level, block in _blocks(start, end))


def asked(codes: Iterable[str], status: str, on: date) -> list[str]:
    """The terms one of which a firm has exactly when one of these certificates of it has that status on that day."""
    day = min(_number(on), LAST - 1)
    return [_term(status, code, level, day >> level) for code in codes for level in range(LEVELS + 1)]


def _term(status: str, code: str, level: int, block: int) -> str:
    return f"{status[0]} {code} {level:x} {block:x}"


def _number(day: date) -> int:
    return min(max(day.toordinal() - EPOCH, 0), LAST)


@lru_cache(maxsize=16_384)
def _blocks(first: int, end: int) -> tuple[tuple[int, int], ...]:
    """The fewest aligned blocks, as (log2 of length, number), that make up the days from `first` to before `end`."""
    found = []
    while first < end:
        level = LEVELS if first == 0 else (first & -first).bit_length() - 1
        while first + (1 << level) > end:
            level -= 1
        found.append((level, first >> level))
        first += 1 << level
    return tuple(found)


def age_bounds(on: date) -> list[int]:
    """The first day of each age class as a day number, youngest first; what is older begins at 1, no date is 0."""
    return [*(_before(on, months).toordinal() for months in MONTHS), 1, 0]


def _before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month; the first day there is when there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_ranges(on: date) -> list[dict[str, Any]]:
    """The age classes as ranges of day numbers, each with its name."""
    ends: list[int | None] = [None]
    found = []
    for name, first in zip(AGES, age_bounds(on), strict=True):
        found.append({"key": name, "from": first} | ({"to": ends[-1]} if ends[-1] is not None else {}))
        ends.append(first)
    return found
