"""From records to a figure: which count on a day, how they add up, how they split, on either map.

Every record is placed once, by one commune, so that what adds up gives the same total on both maps. Counts of
provinces, ratios and medians are worked out anew for each part, never summed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from statistics import median

from matxich.rulebook.indicators.catalogue import Basis, Kind

HUNDRED = Decimal(100)
PLACES = ("province_63", "province_34", "region", "commune")
NOT_PLACED = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What one record says. `record`: "participant:31", what a reader opens; `key`: who is counted once.

    It counts on days of [begins, ends). `value`: what is added, taken the median of, or the numerator; `of`: the
    denominator. `splits`: its value of each way of splitting ("province_63": "24", "round": "1/2023").
    """

    record: str
    key: str
    begins: date
    value: Decimal = Decimal(1)
    of: Decimal = Decimal(1)
    ends: date | None = None
    splits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Folded:
    """`value` None: nothing to work it out from. `turns`: rows counted, where `value` counts each key once."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    turns: int
    records: tuple[str, ...]


def counting(rows: Iterable[Row], basis: Basis, since: date, on: date) -> list[Row]:
    """Those that count at the end of a day: what stands then, or for a flow what began since and was not undone."""
    return [
        row
        for row in rows
        if row.begins <= on and (row.ends is None or row.ends > on) and (basis != "flow" or row.begins >= since)
    ]


def joined(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Half-open spans in order, those that touch or overlap as one; empty ones are none."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if first >= last:
            continue
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def once(rows: Sequence[Row]) -> list[Row]:
    """Each key by its first record, by the day it began."""
    found: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: (row.begins, row.record)):
        found.setdefault(row.key, row)
    return list(found.values())


def fold(
    kind: Kind, rows: Sequence[Row], *, percent: bool = False, province: str = "province_34", opened: bool = True
) -> Folded:
    """`percent`: a ratio given in hundredths. `province`: which map provinces are counted on. `opened`: with the
    records, which nobody asks for in a series."""
    records = tuple(row.record for row in rows) if opened else ()
    if kind == "distinct":
        value = Decimal(len({row.key for row in rows}))
        return Folded(value, value, None, len(rows), records)
    if kind == "provinces":
        value = Decimal(len({row.splits.get(province, NOT_PLACED) for row in rows} - {NOT_PLACED}))
        return Folded(value, value, None, len(rows), records)
    if kind == "count":
        return Folded(Decimal(len(rows)), Decimal(len(rows)), None, len(rows), records)
    if not rows:
        empty = Decimal() if kind == "sum" else None
        return Folded(empty, empty, None, 0, records)
    if kind == "sum":
        value = sum((row.value for row in rows), Decimal())
        return Folded(value, value, None, len(rows), records)
    if kind == "median":
        return Folded(Decimal(median(row.value for row in rows)), None, Decimal(len(rows)), len(rows), records)
    numerator, denominator = (sum((part(row) for row in rows), Decimal()) for part in (_value, _of))
    share = numerator * (HUNDRED if percent else 1) / denominator if denominator else None
    return Folded(share, numerator, denominator, len(rows), records)


def _value(row: Row) -> Decimal:
    return row.value


def _of(row: Row) -> Decimal:
    return row.of


def split(
    kind: Kind, rows: Sequence[Row], by: str, *, percent: bool = False, province: str = "province_34"
) -> dict[str, Folded]:
    """One figure for each value of `by`. Firms counted once are placed once: they add up over places.

    By anything that is no place a firm stands under each value it has records of: rounds do not add up to firms.
    """
    parted: dict[str, list[Row]] = defaultdict(list)
    for row in once(rows) if kind == "distinct" and by in PLACES else rows:
        parted[row.splits.get(by, NOT_PLACED)].append(row)
    return {key: fold(kind, part, percent=percent, province=province) for key, part in parted.items()}
