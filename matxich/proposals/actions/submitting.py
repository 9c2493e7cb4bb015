"""Handing a proposal in: checked as a whole, frozen, to the second; and taking it back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.ledger.actions import record
from matxich.proposals.actions.appraising import take_out
from matxich.proposals.actions.drafting import CallClosed
from matxich.proposals.actions.holding import NotOpen, locked, subject_of
from matxich.proposals.actions.moving import held_gates, move
from matxich.proposals.actions.telling import tell_officers
from matxich.proposals.models import FieldNote, Proposal, ProposalVersion
from matxich.proposals.permissions import may_submit
from matxich.proposals.queries.readiness import Gap, readiness
from matxich.proposals.queries.snapshots import snapshot_of
from matxich.proposals.states import OPEN_TO_WRITE, OVER, GateKind, Status
from matxich.rulebook.proposals.comparing import changes, digest
from matxich.rulebook.vietnamese.text import squeeze


class NotReady(Refusal):
    """What still has to be mended before it can be handed in."""

    code = "not_ready"
    status = 422

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__(_("Đề án còn %(n)s chỗ cần sửa trước khi nộp.") % {"n": len(gaps)})
        self.gaps = gaps


class NothingChanged(Refusal):
    """A returned file handed in exactly as it was."""

    code = "nothing_changed"
    status = 422


class NoReason(Refusal):
    code = "no_reason"
    status = 422


@transaction.atomic
def submit_proposal(*, proposal: Proposal, token: UUID, base_version: int, by: Actor, at: datetime) -> ProposalVersion:
    """Freeze what it says and hand it in, once for one `token`: sent again, the same version comes back.

    `at` decides whether the call still takes it. Raises Denied, NotOpen, CallClosed, Stale, NotReady, NothingChanged.
    """
    current = locked(proposal)
    demand(may_submit(by, current))
    if known := ProposalVersion.objects.filter(proposal=current, token=token).first():
        return known
    if Status(current.status) not in OPEN_TO_WRITE:
        raise NotOpen(
            _("Đề án đang ở trạng thái “%(state)s”, không nộp được.") % {"state": current.get_status_display()},
            _("Tải lại trang để xem trạng thái hiện tại."),
        )
    told = readiness(current, by, at)
    if told.closed:
        raise CallClosed(told.closed, _("Liên hệ cơ quan nhận hồ sơ nếu bạn cần hỏi."))
    if current.version != base_version:
        raise Stale(
            _("Đề án đã được sửa sau khi bạn mở trang này."), _("Xem lại toàn bộ rồi nộp, để nộp đúng bản bạn đã đọc.")
        )
    if told.gaps:
        raise NotReady(told.gaps)
    snapshot = snapshot_of(current)
    version = _frozen(current, snapshot, token, by, at)
    standing = held_gates(current)
    move(current, standing, GateKind.DOSSIER, "submit", by, at)
    current.represented_by, current.current = by.id, version
    current.submitted_at = current.submitted_at or at
    current.version += 1
    current.save()
    after = {
        "number": version.number, "sha256": version.sha256, "asked": current.asked, "total": current.total,
        "due": standing[GateKind.DOSSIER].due,
    }  # fmt: skip
    record(by=by, at=at, action="proposal.submit", on=subject_of(current), after=after)
    tell_officers(current, at)
    return version


def _frozen(current: Proposal, snapshot: dict[str, Any], token: UUID, by: Actor, at: datetime) -> ProposalVersion:
    before = current.current
    sha256 = digest(snapshot)
    if before is not None and before.sha256 == sha256:
        raise NothingChanged(_("Bản này giống hệt bản đã nộp."), _("Sửa những chỗ cán bộ ghi rồi nộp lại."))
    version = ProposalVersion.objects.create(
        proposal=current, number=(before.number if before else 0) + 1, snapshot=snapshot, sha256=sha256, token=token,
        submitted_by=by.id, submitted_at=at,
    )  # fmt: skip
    if before is not None:
        touched = {one.path for one in changes(before.snapshot, snapshot)}
        parts = {path.partition(".")[0] for path in touched}
        open_notes = FieldNote.objects.filter(version__proposal=current, mended_in=None)
        mended = [note.pk for note in open_notes if note.path in touched or note.path in parts or not note.path]
        open_notes.filter(pk__in=mended).update(mended_in=version.number)
    return version


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, reason: str, by: Actor, at: datetime) -> Proposal:
    """Its owner takes it back; twice takes it back once. One under appraisal leaves the council's list as well.

    Raises Denied, NoReason (of one that was handed in), NotOpen once it was decided.
    """
    current = locked(proposal)
    demand(may_submit(by, current))
    if current.status == Status.WITHDRAWN:
        return current
    if Status(current.status) in OVER:
        raise NotOpen(
            _("Đề án đã có kết quả “%(state)s” nên không rút được.") % {"state": current.get_status_display()},
            _("Liên hệ cơ quan chủ trì chương trình."),
        )
    why = squeeze(reason)[:500]
    if current.submitted_at is not None and not why:
        raise NoReason(_("Chưa ghi lý do rút."), _("Ghi ngắn gọn vì sao rút đề án."))
    standing = held_gates(current)
    before = current.status
    council = standing[GateKind.COUNCIL]
    where = GateKind.COUNCIL if council.state in ("appraising", "reserve") else GateKind.DOSSIER
    move(current, standing, where, "withdraw", by, at, reason=why)
    if council.state == "withdrawn":
        take_out(proposal=current, reason=why, at=at)
    current.version += 1
    current.save()
    record(by=by, at=at, action="proposal.withdraw", on=subject_of(current), before={"status": before}, reason=why)
    return current
