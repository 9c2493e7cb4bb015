"""B10, B13, D13, E07: agreements, funding lines and programmes."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from matxich.indicators.queries.sources import Scope, source, splits_of
from matxich.programmes.models import Agreement, AgreementParty, FundingLine, MoneyEntry, Programme
from matxich.programmes.states import AgreementState, EntryKind, PartyRole, ProgrammeState
from matxich.rulebook.indicators.folding import Row

MONTHS = Decimal(12)


def _agreements(scope: Scope) -> QuerySet[Agreement]:
    found = Agreement.objects.exclude(state=AgreementState.DRAFT).filter(signed_on__lte=scope.on)
    return found.filter(pk=scope.agreement) if scope.agreement else found


def _agreement(one: Agreement, scope: Scope, value: Decimal = Decimal(1), *, ends: date | None = None) -> Row:
    assert one.signed_on is not None
    return Row(f"agreement:{one.pk}", f"agreement:{one.pk}", one.signed_on, value, ends=ends)


@source("B10")
def terms(scope: Scope) -> list[Row]:
    """Years an agreement runs, to the month."""
    found = _agreements(scope).filter(valid_from__isnull=False, valid_to__isnull=False)
    return [_agreement(one, scope, _months(one.valid_from, one.valid_to) / MONTHS) for one in found]  # type: ignore[arg-type]


def _months(start: date, end: date) -> Decimal:
    last = end - timedelta(days=1)
    return Decimal((last.year - start.year) * 12 + last.month - start.month + 1)


@source("B13")
def signed(scope: Scope) -> list[Row]:
    return [_agreement(one, scope) for one in _agreements(scope)]


@source("B13a")
def in_force(scope: Scope) -> list[Row]:
    rows = []
    for one in _agreements(scope):
        ended = one.valid_to if one.state != AgreementState.ENDED else min(one.valid_to or scope.on, scope.on)
        rows.append(_agreement(one, scope, ends=ended))
    return rows


@source("B13b")
def local_partners(scope: Scope) -> list[Row]:
    found = AgreementParty.objects.filter(agreement__in=_agreements(scope), role=PartyRole.LOCALITY)
    return [
        Row(f"agreement:{one.agreement_id}", f"agency:{one.agency_id or one.name}", one.agreement.signed_on)  # type: ignore[arg-type]
        for one in found.select_related("agreement")
    ]


@source("D13", dated=True)
def disbursed(scope: Scope) -> list[Row]:
    """Paid less repaid, of allotted less taken back, by the papers up to the day, for the lines of its year."""
    lines = FundingLine.objects.filter(year=scope.on.year).select_related("programme")
    if scope.programme:
        lines = lines.filter(programme=scope.programme)
    told = {line.pk: [Decimal(), Decimal()] for line in lines}
    for line, kind, amount in MoneyEntry.objects.filter(line__in=lines, on__lte=scope.on).values_list(
        "line", "kind", "amount"
    ):
        if kind in (EntryKind.PAY, EntryKind.REPAY):
            told[line][0] += amount if kind == EntryKind.PAY else -amount
        elif kind in (EntryKind.ALLOT, EntryKind.WITHDRAW_ALLOTMENT):
            told[line][1] += amount if kind == EntryKind.ALLOT else -amount
    begins = date(scope.on.year, 1, 1)
    return [
        Row(
            f"line:{line.pk}", f"line:{line.pk}", begins, told[line.pk][0], told[line.pk][1],
            splits=splits_of("", line.programme.place, scope, line=line.source),
        )
        for line in lines
        if told[line.pk][1]
    ]  # fmt: skip


@source("E07", dated=True)
def years(scope: Scope) -> list[Row]:
    """Whole years since a programme began, of those begun."""
    found = Programme.objects.exclude(state__in=(ProgrammeState.DRAFT, ProgrammeState.CANCELLED))
    found = found.filter(starts__lte=scope.on)
    if scope.programme:
        found = found.filter(pk=scope.programme)
    return [
        Row(
            f"programme:{one.pk}", f"programme:{one.pk}", one.starts, _whole_years(one.starts, min(scope.on, one.ends)),
            splits=splits_of("", one.place, scope),
        )
        for one in found
    ]  # fmt: skip


def _whole_years(start: date, end: date) -> Decimal:
    return Decimal(end.year - start.year - ((end.month, end.day) < (start.month, start.day)))
