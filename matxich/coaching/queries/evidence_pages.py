"""The evidence of a firm as its page shows it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from matxich.coaching.permissions import coaches, may_handle
from matxich.coaching.queries.evidence import Pack, Pair
from matxich.coaching.queries.measures import in_force, sustained
from matxich.coaching.queries.workspace import KpiRow, kpi_row
from matxich.coaching.states import ParticipantState, SignatureSide
from matxich.kit.actor import Actor
from matxich.kit.verdict import Verdict
from matxich.registry.permissions import manages_firm
from matxich.rulebook.coaching.kpi import SustainedShare


@dataclass(frozen=True, slots=True)
class EvidenceVersion:
    number: int
    in_force: bool
    reason: str
    locked_at: object
    rows: tuple[KpiRow, ...]


@dataclass(frozen=True, slots=True)
class EvidencePage:
    pack: Pack
    finding: str
    versions: tuple[EvidenceVersion, ...]
    pairs: tuple[Pair, ...]
    sustained: SustainedShare
    may_sign: str
    may_handle: Verdict


def evidence_page(pack: Pack, actor: Actor) -> EvidencePage:
    """`may_sign`: the side the reader signs for, "" when none is left to sign."""
    participant = pack.participant
    ready = participant.state in (ParticipantState.VERIFIED, ParticipantState.CLOSED)
    side = ""
    if ready and coaches(actor, participant):
        side = str(SignatureSide.ADVISER)
    elif ready and manages_firm(actor, participant.enterprise):
        side = str(SignatureSide.FIRM)
    force = in_force(pack.versions)
    return EvidencePage(
        pack=pack,
        finding=finding(pack),
        versions=tuple(
            EvidenceVersion(
                each.baseline.number, each.in_force, each.baseline.reason, each.baseline.locked_at,
                tuple(kpi_row(row) for row in each.rows),
            )
            for each in pack.versions
            if each.rows
        ),
        pairs=pack.pairs,
        sustained=sustained(force.rows) if force else SustainedShare(0, 0),
        may_sign="" if side in pack.signed_sides else side,
        may_handle=may_handle(actor, participant),
    )  # fmt: skip


def finding(pack: Pack) -> str:
    """The title states what was found: how many of the indicators in force are better."""
    force = in_force(pack.versions)
    rows = [row for row in (force.rows if force else ()) if row.end is not None and row.gain.amount is not None]
    if not rows:
        return _("Chưa có kết quả cuối kỳ")
    better = sum(1 for row in rows if row.gain.is_better)
    return _("%(better)s trên %(all)s chỉ số tốt lên") % {"better": better, "all": len(rows)}
