"""A proposal locked for one who changes it, and its name in the history."""

from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.ledger.actions import Subject
from matxich.proposals.models import Proposal
from matxich.proposals.permissions import may_write
from matxich.proposals.states import OPEN_TO_WRITE, Status


class NotOpen(Refusal):
    """A proposal that was handed in is not written to any more."""

    code = "proposal_not_open"


def subject_of(proposal: Proposal) -> Subject:
    """Named by its code: whose it is may be a person."""
    return Subject("proposal", str(proposal.pk), proposal.code, proposal.commune or proposal.province)


def locked(proposal: Proposal, base_version: int | None = None) -> Proposal:
    """As it stands now, held until the transaction ends. Raises Stale where it moved on since `base_version`."""
    current = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("call__plan__programme__agency", "enterprise", "current")
        .get(pk=proposal.pk)
    )
    if base_version is not None and current.version != base_version:
        raise Stale(
            _("Đề án đã thay đổi sau khi bạn mở trang."), _("Tải lại trang, xem thay đổi rồi làm lại phần của bạn.")
        )
    return current


def held_for_writing(proposal: Proposal, by: Actor) -> Proposal:
    """Locked and open to this writer. Raises Denied, NotOpen.

    A page saves behind its writer's back again and again, so only the row itself is read anew: whose it is and for
    which call never changes.
    """
    current = Proposal.objects.select_for_update().get(pk=proposal.pk)
    current.call, current.enterprise = proposal.call, proposal.enterprise
    demand(may_write(by, current))
    if Status(current.status) not in OPEN_TO_WRITE:
        raise NotOpen(
            _("Đề án đang ở trạng thái “%(state)s” nên không sửa được.") % {"state": current.get_status_display()},
            _("Chờ kết quả, hoặc chờ cán bộ trả lại để sửa."),
        )
    return current
