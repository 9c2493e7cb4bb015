"""The monthly series dashboards read, worked out anew from records."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from time import monotonic

from django.db import transaction

from matxich.indicators.models import MonthlyFigure, MonthlyRun
from matxich.indicators.queries.sources import Scope, Source, source_of
from matxich.kit.bulk import insert_rows
from matxich.rulebook.indicators.catalogue import Indicator, catalogue
from matxich.rulebook.indicators.folding import Folded, Row, counting, fold

MONTHS = 60
EDITIONS = ("63", "34")
COLUMNS = ("indicator", "month", "edition", "place", "value", "numerator", "denominator", "turns")
_LARGEST = Decimal(10**17)


def month_ends(last: date, months: int) -> list[date]:
    """Last days of so many months up to that of a day, oldest first; the running month ends on the day itself."""
    found = [last]
    while len(found) < months:
        found.append(found[-1].replace(day=1) - timedelta(days=1))
    return found[::-1]


def rebuild(*, on: date, at: datetime, months: int = MONTHS) -> MonthlyRun:
    """All figures of all months, for the country and each province on both maps. One transaction replaces them."""
    began = monotonic()
    days = month_ends(on, months)
    rows = [row for indicator in catalogue().values() for row in _of(indicator, days)]
    with transaction.atomic():
        MonthlyFigure.objects.all().delete()
        insert_rows(MonthlyFigure, COLUMNS, rows)
        return MonthlyRun.objects.create(
            first=days[0], last=days[-1], figures=len(rows), seconds=round(monotonic() - began, 3), at=at
        )


def _of(indicator: Indicator, days: Sequence[date]) -> Iterator[tuple[object, ...]]:
    found = source_of(indicator.code) if indicator.is_computed else None
    if found is None:
        return
    percent = indicator.kind == "ratio" and indicator.unit.code in ("percent", "point")
    for day, rows in _by_day(found, days):
        counted = counting(rows, indicator.basis, date(day.year, 1, 1), day)
        if not rows or (found.silent and not counted):
            continue
        whole = None
        for edition in EDITIONS:
            column = f"province_{edition}"
            if whole is None or indicator.kind == "provinces":  # all else is the same of the country on either map
                whole = fold(indicator.kind, counted, percent=percent, province=column, opened=False)
            yield from _row(indicator.code, day, edition, "", whole)
            placed: dict[str, list[Row]] = defaultdict(list)
            for row in counted:
                placed[row.splits.get(column, "")].append(row)
            for place, part in placed.items():
                if place:
                    told = fold(indicator.kind, part, percent=percent, province=column, opened=False)
                    yield from _row(indicator.code, day, edition, place, told)


def _by_day(found: Source, days: Sequence[date]) -> Iterator[tuple[date, list[Row]]]:
    if found.dated:
        yield from ((day, found.rows(Scope(day))) for day in days)
        return
    rows = found.rows(Scope(days[-1]))
    yield from ((day, rows) for day in days)


def _row(code: str, day: date, edition: str, place: str, folded: Folded) -> Iterator[tuple[object, ...]]:
    if folded.value is not None and abs(folded.value) < _LARGEST:
        yield (
            code, day, edition, place, _kept(folded.value), _kept(folded.numerator), _kept(folded.denominator),
            folded.turns,
        )  # fmt: skip


def _kept(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 6)
