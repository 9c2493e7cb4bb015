"""A01, A02, A03, H04: firms of the register as of a day."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Min, Q

from matxich.indicators.queries.sources import Scope, kept_firms, source, splits_of
from matxich.registry.models import Statement
from matxich.registry.queries.enterprises import visible_enterprises
from matxich.registry.states import ImportState, Verification
from matxich.rulebook.indicators.activity import has_ended
from matxich.rulebook.indicators.folding import Row, joined

_TOLD = Q(withdrawn_at=None) & (Q(batch=None) | Q(batch__state=ImportState.PUBLISHED))
_YEAR = timedelta(days=365)


@source("A01")
def active_firms(scope: Scope) -> list[Row]:
    """One for each firm with supporting-industry products or sectors, from the day it was first told of until it is
    told to have ended."""
    kept = kept_firms()
    begun = _first_told(kept)
    ended = _ended(kept)
    firms = visible_enterprises().filter(in_programme=True).order_by("pk")
    columns = ("pk", "province_63", "province_34", "sector", "size")
    return [
        Row(
            record=f"enterprise:{pk}", key=f"firm:{pk}", begins=begun[pk], ends=ended.get(pk),
            splits=splits_of(old, new, scope, sector=sector, size=size),
        )
        for pk, old, new, sector, size in firms.values_list(*columns)
        if pk in begun
    ]  # fmt: skip


@source("A02")
def qualified_firms(scope: Scope) -> list[Row]:
    """An active firm while it has a verified certificate in force."""
    return [row for row in qualified_share(scope) if row.value]


@source("A03")
def qualified_share(scope: Scope) -> list[Row]:
    """Each active firm in spans: 1 while it has a certificate in force, 0 otherwise."""
    return _in_spans(active_firms(scope), _certified())


@source("H04")
def fresh_share(scope: Scope) -> list[Row]:
    """Each active firm in spans: 1 while an agency's list or better told something in the twelve months before."""
    told = Statement.objects.filter(_TOLD, as_of__lte=scope.on, verification__gte=Verification.LIST).order_by()
    kept, found = kept_firms(), defaultdict(list)
    for pk, day in told.values_list("enterprise", "as_of").distinct():
        found[kept.get(pk, pk)].append((day, day + _YEAR))
    return _in_spans(active_firms(scope), found)


def _in_spans(rows: list[Row], spans: Mapping[int, list[tuple[date, date]]]) -> list[Row]:
    """Each row cut where its value changes."""
    found = []
    for row in rows:
        start = row.begins
        for begins, ends in joined(spans.get(int(row.record.partition(":")[2]), [])):
            first, last = max(begins, start), min(ends, row.ends or ends)
            if first >= last:
                continue
            if start < first:
                found.append(replace(row, begins=start, value=Decimal(), ends=first))
            found.append(replace(row, begins=first, value=Decimal(1), ends=last))
            start = last
        if row.ends is None or start < row.ends:
            found.append(replace(row, begins=start, value=Decimal()))
    return found


def _first_told(kept: dict[int, int]) -> dict[int, date]:
    """Record → the earliest day anything named it, or what was merged into it."""
    found: dict[int, date] = {}
    told = Statement.objects.filter(_TOLD, field="name").order_by().values_list("enterprise")
    for pk, day in told.annotate(first=Min("as_of")):
        head = kept.get(pk, pk)
        found[head] = min(found.get(head, day), day)
    return found


def _ended(kept: dict[int, int]) -> dict[int, date]:
    """Record → the day it is told to have ended; a later word that it is at work takes that back."""
    found: dict[int, tuple[date, bool]] = {}
    told = Statement.objects.filter(_TOLD, field="status", superseded_by=None).order_by("as_of", "pk")
    for pk, said, day in told.values_list("enterprise", "value", "as_of"):
        found[kept.get(pk, pk)] = (day, has_ended(str(said)))
    return {pk: day for pk, (day, ended) in found.items() if ended}


def _certified() -> dict[int, list[tuple[date, date]]]:
    """Record → the days its certificates verified by document or better are in force; without an end none is."""
    kept, found = kept_firms(), defaultdict(list)
    told = Statement.objects.filter(
        _TOLD, field="certificate", superseded_by=None, verification__gte=Verification.DOCUMENT
    )
    for pk, value, day in told.values_list("enterprise", "value", "as_of"):
        if isinstance(value, dict) and (end := value.get("valid_to")):
            start = value.get("valid_from") or value.get("issued")
            first = max(day, date.fromisoformat(start)) if start else day
            found[kept.get(pk, pk)].append((first, date.fromisoformat(end)))
    return found
