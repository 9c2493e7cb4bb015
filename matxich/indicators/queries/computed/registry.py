"""A01, A02, A03, H04: firms of the register as of a day."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Min, Q

from matxich.indicators.queries.sources import Scope, kept_firms, source, splits_of
from matxich.registry.models import Statement
from matxich.registry.queries.enterprises import visible_enterprises
from matxich.registry.states import ImportState, Verification
from matxich.rulebook.capabilities.certificate import status
from matxich.rulebook.indicators.activity import has_ended
from matxich.rulebook.indicators.folding import Row

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


@source("A02", dated=True)
def qualified_firms(scope: Scope) -> list[Row]:
    """One for each certificate in force of an active firm; the firm is counted once."""
    qualified = _certified(scope.on)
    return [row for row in active_firms(scope) if row.key in qualified]


@source("A03", dated=True)
def qualified_share(scope: Scope) -> list[Row]:
    qualified = _certified(scope.on)
    return _shares(active_firms(scope), qualified)


@source("H04", dated=True)
def fresh_share(scope: Scope) -> list[Row]:
    """Of the active firms, those of which an agency's list or better told something in the last twelve months."""
    told = Statement.objects.filter(
        _TOLD, as_of__gt=scope.on - _YEAR, as_of__lte=scope.on, verification__gte=Verification.LIST
    )
    kept = kept_firms()
    fresh = {f"firm:{kept.get(pk, pk)}" for pk in told.values_list("enterprise", flat=True).distinct()}
    return _shares(active_firms(scope), fresh)


def _shares(rows: list[Row], chosen: set[str]) -> list[Row]:
    return [
        Row(row.record, row.key, row.begins, Decimal(row.key in chosen), Decimal(1), row.ends, row.splits)
        for row in rows
    ]


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


def _certified(on: date) -> set[str]:
    """Firms with a certificate verified by document or better, in force at the end of a day."""
    kept = kept_firms()
    told = Statement.objects.filter(
        _TOLD, field="certificate", superseded_by=None, verification__gte=Verification.DOCUMENT, as_of__lte=on
    )
    return {
        f"firm:{kept.get(pk, pk)}"
        for pk, value in told.values_list("enterprise", "value")
        if isinstance(value, dict) and status(value, on) == "valid"
    }
