"""One funding line with every movement behind each figure, and one commitment with its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.verdict import Verdict
from matxich.programmes.models import Commitment, FundingLine, MoneyEntry
from matxich.programmes.permissions import may_handle_money
from matxich.programmes.queries.money import LineTotals, Walked, walked
from matxich.programmes.queries.showing import layer_name, people_named
from matxich.programmes.states import EntryKind, ProgrammeState

SHOWN = 500
VIEWS: dict[str, tuple[EntryKind, ...]] = {
    "giao": (EntryKind.ALLOT, EntryKind.WITHDRAW_ALLOTMENT),
    "cam-ket": (EntryKind.COMMIT, EntryKind.RELEASE),
    "chi": (EntryKind.PAY, EntryKind.REPAY),
}
"""Which movements a total is made of."""
TAKES = frozenset({EntryKind.WITHDRAW_ALLOTMENT, EntryKind.RELEASE, EntryKind.REPAY})


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A movement with the totals after it. `signed`: as it counts in its own total."""

    entry: MoneyEntry
    signed: int
    by: str
    after: LineTotals


@dataclass(frozen=True, slots=True)
class LinePage:
    """`agrees`: the totals kept beside the line are those its movements give."""

    line: FundingLine
    layer: str
    totals: LineTotals
    entries: list[EntryRow]
    hidden: int
    view: str
    views: list[Link]
    commitments: list[Commitment]
    agrees: bool
    may_handle: Verdict
    programme_open: bool


def line_page(line: FundingLine, params: Mapping[str, str], actor: Actor) -> LinePage:
    """`xem`: which movements (giao, cam-ket, chi; all of them by default). Newest first."""
    view = params.get("xem", "") if params.get("xem", "") in VIEWS else ""
    entries = list(line.entries.select_related("commitment").order_by("pk"))
    told = walked(entries)
    rows = _rows(told)
    chosen = [row for row in reversed(rows) if not view or row.entry.kind in VIEWS[view]]
    totals = LineTotals(line.budget, line.committed, line.paid)
    return LinePage(
        line=line,
        layer=layer_name(line.layer),
        totals=totals,
        entries=chosen[:SHOWN],
        hidden=max(0, len(chosen) - SHOWN),
        view=view,
        views=_views(rows, view),
        commitments=list(line.commitments.order_by("-pk")[:SHOWN]),
        agrees=told.agrees_with(line),
        may_handle=may_handle_money(actor, line),
        programme_open=line.programme.state in (ProgrammeState.DRAFT, ProgrammeState.RUNNING),
    )


def _views(rows: list[EntryRow], current: str) -> list[Link]:
    labels = {"": _("Mọi khoản"), "giao": _("Giao"), "cam-ket": _("Cam kết"), "chi": _("Chi")}
    return [
        Link(
            label,
            f"?xem={code}" if code else "?",
            count=sum(1 for row in rows if not code or row.entry.kind in VIEWS[code]),
            current=code == current,
        )
        for code, label in labels.items()
    ]


def _rows(told: Walked) -> list[EntryRow]:
    """Oldest first."""
    names = people_named(entry.by for entry, _totals in told.steps)
    return [EntryRow(entry, signed_amount(entry), names[entry.by], totals) for entry, totals in told.steps]


def signed_amount(entry: MoneyEntry) -> int:
    """As it counts in its own total."""
    return -entry.amount if entry.kind in TAKES else entry.amount


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    commitment: Commitment
    entries: list[EntryRow]
    made_by: str
    confirmed_by: str
    confirmed_at: datetime
    decided_on: date | None
    decision_no: str
    may_handle: Verdict


def commitment_page(commitment: Commitment, actor: Actor) -> CommitmentPage:
    entries = list(commitment.entries.order_by("pk"))
    names = people_named([commitment.made_by, commitment.confirmed_by, *(entry.by for entry in entries)])
    first = entries[0] if entries else None
    return CommitmentPage(
        commitment=commitment,
        entries=[EntryRow(entry, signed_amount(entry), names[entry.by], LineTotals()) for entry in reversed(entries)],
        made_by=names[commitment.made_by],
        confirmed_by=names[commitment.confirmed_by],
        confirmed_at=commitment.confirmed_at,
        decided_on=first.on if first else None,
        decision_no=first.decision_no if first else "",
        may_handle=may_handle_money(actor, commitment.line),
    )
