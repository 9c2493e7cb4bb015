"""Money of lines as totals, entries and commitments."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from matxich.programmes.models import Call, Commitment, FundingLine, MoneyEntry, Programme
from matxich.rulebook.programmes.money import CannotBe, Entry, Totals, after, fold


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


@dataclass(frozen=True, slots=True)
class Walked:
    """Movements in their order, each with the totals after it. `broken`: one did not fit what stood before it."""

    steps: tuple[tuple[MoneyEntry, LineTotals], ...]
    totals: LineTotals
    broken: bool

    def agrees_with(self, line: FundingLine) -> bool:
        """Are the totals kept beside the line those its movements give?"""
        return not self.broken and self.totals == LineTotals(line.budget, line.committed, line.paid)


def walked(entries: Iterable[MoneyEntry]) -> Walked:
    """A movement that does not fit is passed over, so that a broken book can still be read."""
    now, broken, steps = Totals(), False, []
    for entry in entries:
        try:
            now = after(now, entry_of_rulebook(entry))
        except CannotBe:
            broken = True
        steps.append((entry, LineTotals(now.budget, now.committed, now.paid)))
    return Walked(tuple(steps), LineTotals(now.budget, now.committed, now.paid), broken)


def reconciled(line: FundingLine) -> Totals:
    """The totals as the entries alone give them; the line's own. Raises CannotBe when one does not fit."""
    return fold(entry_of_rulebook(entry) for entry in MoneyEntry.objects.filter(line=line).order_by("id"))
