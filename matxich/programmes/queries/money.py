"""Money of lines as totals, entries and commitments."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from matxich.programmes.models import Call, Commitment, FundingLine, MoneyEntry, Programme
from matxich.rulebook.programmes.money import Entry, Totals, fold


@dataclass(frozen=True, slots=True)
class LineTotals:
    """In đồng. `free` may still be committed; `unpaid` is committed and not paid."""

    budget: int = 0
    committed: int = 0
    paid: int = 0

    @property
    def free(self) -> int:
        return self.budget - self.committed

    @property
    def unpaid(self) -> int:
        return self.committed - self.paid


def line_totals(lines: Iterable[FundingLine] | QuerySet[FundingLine] | Programme) -> LineTotals:
    """Summed over lines, or over every line of a programme. One query at most."""
    if isinstance(lines, Programme):
        lines = lines.lines.all()
    if isinstance(lines, QuerySet):
        told = lines.order_by().aggregate(*(Sum(name) for name in ("budget", "committed", "paid")))
        return LineTotals(told["budget__sum"] or 0, told["committed__sum"] or 0, told["paid__sum"] or 0)
    rows = list(lines)
    return LineTotals(*(sum(getattr(line, name) for line in rows) for name in ("budget", "committed", "paid")))


def lines_of_call(call: Call) -> list[FundingLine]:
    """Where a call's money comes from, with what is free now."""
    return list(call.funding_lines.select_related("programme", "sponsor").order_by("id"))


def commitments_of(owner: tuple[str, str | int]) -> QuerySet[Commitment]:
    """What was promised to one record of an upper room."""
    found = Commitment.objects.filter(owner_kind=owner[0], owner_id=str(owner[1]))
    return found.select_related("line__programme")


def entry_of_rulebook(entry: MoneyEntry) -> Entry:
    return Entry(entry.kind, entry.amount, str(entry.commitment_id or ""))


def reconciled(line: FundingLine) -> Totals:
    """The totals as the entries alone give them; equal to the line's own, or something is broken."""
    return fold(entry_of_rulebook(entry) for entry in MoneyEntry.objects.filter(line=line).order_by("id"))
