"""What still keeps a proposal from being handed in, part by part, with the page on which to mend it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.policy.queries.showing import said
from matxich.programmes.contents import supports_of_call
from matxich.programmes.states import CallPhase
from matxich.proposals.models import Proposal
from matxich.proposals.packaged import forms
from matxich.proposals.queries.entitlement import Entitlement, entitlement
from matxich.proposals.queries.papers import paper_lines
from matxich.proposals.states import Mode, PartyRole, Shape, Status
from matxich.rulebook.proposals.costs import shares_match
from matxich.rulebook.proposals.forms import WHY, faults

COSTS, RESULTS, PARTIES, PAPERS, MANDATE = "du-toan", "ket-qua", "cac-ben", "tai-lieu", "uy-quyen"


@dataclass(frozen=True, slots=True)
class Gap:
    """`part`: the section or page; `field`: of the form, "" for the whole; `text`: what to do."""

    part: str
    field: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """`closed`: why it cannot be handed in whatever it says, "" when it can. `law`: what the law says of it now."""

    gaps: tuple[Gap, ...]
    closed: str
    law: Entitlement

    @property
    def is_ready(self) -> bool:
        return not self.gaps and not self.closed

    def of(self, part: str) -> tuple[Gap, ...]:
        return tuple(one for one in self.gaps if one.part == part)


def readiness(proposal: Proposal, actor: Actor, at: datetime) -> Readiness:
    law = entitlement(proposal, actor)
    return Readiness(tuple(_gaps(proposal, law)), why_closed(proposal, at), law)


def why_closed(proposal: Proposal, at: datetime) -> str:
    """To the second by the server's clock; a returned file is handed in again whatever the clock says."""
    if proposal.status == Status.RETURNED:
        return ""
    return {
        CallPhase.OPEN: "",
        CallPhase.COMING: _("Đợt nhận hồ sơ chưa mở."),
        CallPhase.PAST: _("Đã hết hạn nhận hồ sơ. Bản nháp vẫn được giữ."),
        CallPhase.DONE: _("Đợt nhận hồ sơ đã hoàn tất. Bản nháp vẫn được giữ."),
        CallPhase.CANCELLED: _("Đợt nhận hồ sơ đã bị hủy. Bản nháp vẫn được giữ."),
        CallPhase.DRAFT: _("Đợt nhận hồ sơ chưa được công bố."),
    }[proposal.call.phase(at)]


def _gaps(proposal: Proposal, law: Entitlement) -> list[Gap]:
    form = forms()[proposal.form_code]
    found = []
    for fault in faults(form, proposal.answers, shape=proposal.shape, content=proposal.content):
        one = form.field(fault.field)
        label = said(one.words) if one else fault.field
        found.append(Gap(fault.section, fault.field, label, said(WHY[fault.why])))
    return [*found, *_money(proposal, law), *_rows(proposal), *_filing(proposal)]


def _money(proposal: Proposal, law: Entitlement) -> list[Gap]:
    label, found = _("Dự toán"), []
    if not law.sums.amount:
        found.append(Gap(COSTS, "", label, _("Lập dự toán, ít nhất một dòng.")))
    elif not law.sums.state:
        found.append(Gap(COSTS, "", label, _("Ghi phần kinh phí nhà nước đề nghị.")))
    if law.over_call:
        found.append(Gap(COSTS, "", label, _("Kinh phí đề nghị vượt mức tối đa của đợt nhận hồ sơ.")))
    if proposal.min_part is not None and proposal.min_part > proposal.asked:
        found.append(Gap(COSTS, "min_part", label, _("Mức thấp nhất chấp nhận không thể lớn hơn mức đề nghị.")))
    if proposal.content not in supports_of_call(proposal.call):
        found.append(Gap("", "", _("Nội dung hỗ trợ"), _("Đợt này không hỗ trợ nội dung đã chọn.")))
    return found


def _rows(proposal: Proposal) -> list[Gap]:
    found = []
    if not proposal.results.exists():
        found.append(Gap(RESULTS, "", _("Kết quả cam kết"), _("Ghi ít nhất một kết quả, có mức ban đầu và mức đích.")))
    parties = list(proposal.parties.all())
    label = _("Các bên")
    if proposal.shape == Shape.GROUPED:
        members = [one for one in parties if one.role == PartyRole.BENEFICIARY]
        if len(members) < 2:
            found.append(Gap(PARTIES, "", label, _("Đề án nhóm có ít nhất hai đơn vị thụ hưởng.")))
        elif not shares_match(proposal.asked, (one.share for one in members)):
            found.append(
                Gap(PARTIES, "", label, _("Kinh phí của các đơn vị thụ hưởng phải cộng đúng bằng mức đề nghị."))
            )
    if proposal.shape == Shape.JOINT and not any(one.role == PartyRole.OWNER for one in parties):
        found.append(Gap(PARTIES, "", label, _("Ghi đơn vị cùng chủ trì.")))
    return found


def _filing(proposal: Proposal) -> list[Gap]:
    found = [
        Gap(PAPERS, line.paper.id, said(line.paper.words), _("Chưa có tệp."))
        for line in paper_lines(proposal)
        if line.is_missing
    ]
    if proposal.mode == Mode.ON_BEHALF and (not proposal.mandate_on or not proposal.mandate_from):
        found.append(Gap(MANDATE, "", _("Giấy nhờ nộp hộ"), _("Ghi ai nhờ và ngày ký giấy.")))
    return found
