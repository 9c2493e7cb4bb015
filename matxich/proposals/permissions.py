"""Who writes a proposal, who hands it in, who looks at it through which gate; who gathers needs and who takes them up.

Whoever prepared or handed in a proposal never judges it, and two gates are never passed by one person.
"""

from django.utils.translation import gettext_lazy as _

from matxich.accounts.permissions import Person, holds, is_official, may_use_desk
from matxich.accounts.queries import place_chain
from matxich.accounts.states import OFFICIAL_ROLES, Role
from matxich.appraisal.models import Case
from matxich.appraisal.permissions import may_open_case as may_open_the_case
from matxich.appraisal.permissions import shut_out
from matxich.appraisal.states import CaseState
from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no
from matxich.programmes.models import Call
from matxich.programmes.permissions import answers_for
from matxich.proposals.models import Gate, Need, Proposal, ProposalFile
from matxich.proposals.states import OWNER, GateKind, Mode, NeedLevel, NeedState, Status
from matxich.registry.models import Enterprise
from matxich.registry.permissions import EDITING, FIRM_ROLES, firms_of, may_state_on_behalf

CHECKING = frozenset({Role.OFFICER, Role.HEAD})
FINANCE = frozenset({Role.FINANCE, Role.HEAD})
HEADING = frozenset({Role.HEAD, Role.LEADER})
REPRESENTING = frozenset({Role.REPRESENTATIVE})


def may_see_own(actor: Actor, *objects: object) -> Verdict:
    """The list of what one writes: people of firms, and those who file for others."""
    if _of_a_firm(actor) or holds(actor, EDITING):
        return YES
    return no(_("Trang này dành cho người lập hồ sơ của doanh nghiệp và cán bộ nộp hộ."))


def may_start(actor: Actor, call: Call) -> Verdict:
    """Open the form at all; for whom is asked again."""
    if call.published_at is None:
        return no(_("Đợt nhận hồ sơ này chưa được công bố."))
    return may_see_own(actor)


def may_start_for(actor: Actor, firm: Enterprise, mode: str) -> Verdict:
    """A firm's own people for it; officials and khuyến công viên for a household or cooperative of their place."""
    if mode == Mode.ON_BEHALF:
        return may_state_on_behalf(actor, firm)
    if firm.pk in firms_of(actor):
        return YES
    return no(_("Bạn không quản lý hồ sơ của doanh nghiệp này."))


def may_start_in(actor: Actor, commune: str) -> Verdict:
    """For a household the register does not hold, in a commune of the actor's territory."""
    if holds(actor, EDITING, places=place_chain(commune)):
        return YES
    return no(_("Xã, phường này nằm ngoài địa bàn được giao của bạn."))


def is_writer(actor: Actor, proposal: Proposal) -> bool:
    """On the applicant's side: the firm's people; of one filed for somebody, its preparer and that office."""
    if proposal.enterprise_id and proposal.enterprise_id in firms_of(actor):
        return True
    if proposal.mode == Mode.OWN:
        return False
    if actor.kind == "person" and actor.id == proposal.prepared_by:
        return True
    return isinstance(actor, Person) and any(
        each.agency_id == proposal.agency_id and each.role in EDITING for each in actor.standings
    )


def may_open(actor: Actor, proposal: Proposal) -> Verdict:
    """The applicant's own page."""
    if is_writer(actor, proposal):
        return YES
    return no(_("Đề án này của đơn vị khác."))


def may_write(actor: Actor, proposal: Proposal) -> Verdict:
    """Change what it says, while it may be changed."""
    if proposal.mode == Mode.ON_BEHALF and not _files_for(actor, proposal):
        return no(_("Đề án này do cán bộ nộp hộ; nhờ cán bộ sửa."))
    return may_open(actor, proposal)


def may_submit(actor: Actor, proposal: Proposal) -> Verdict:
    """Hand it in or take it back: the firm's representative; of one filed for somebody, those who file."""
    if not (writing := may_write(actor, proposal)):
        return writing
    if proposal.mode == Mode.ON_BEHALF:
        return YES
    if proposal.enterprise_id in firms_of(actor, REPRESENTING):
        return YES
    return no(_("Người đại diện của doanh nghiệp nộp; người lập hồ sơ soạn rồi báo người đại diện."))


def _files_for(actor: Actor, proposal: Proposal) -> bool:
    mine = actor.kind == "person" and actor.id == proposal.prepared_by
    return mine or (
        isinstance(actor, Person)
        and any(each.agency_id == proposal.agency_id and each.role in EDITING for each in actor.standings)
    )


def may_open_file(actor: Actor, file: ProposalFile) -> Verdict:
    """A paper: whoever writes the proposal; once it was handed in whoever may look at it, and its council."""
    if is_writer(actor, file.proposal):
        return YES
    return may_review(actor, file.proposal) or may_open_dossier(actor, file.proposal)


def may_see_proposals(actor: Actor, *objects: object) -> Verdict:
    """The officials' list; which proposals, the queries say."""
    if is_official(actor):
        return YES
    return no(_("Danh sách đề án dành cho cán bộ."))


def may_review(actor: Actor, proposal: Proposal) -> Verdict:
    """Look at one handed in: officials of the programme's agency, of the applicant's province, national ones."""
    if proposal.status == Status.DRAFT or proposal.submitted_at is None:
        return no(_("Đề án chưa nộp; chỉ người lập xem được bản nháp."))
    if not (seeing := may_see_proposals(actor)):
        return seeing
    if is_shut_out(actor, proposal):
        return no(_("Bạn có lợi ích liên quan đến đề án này nên không mở được hồ sơ của nó."))
    programme = proposal.call.plan.programme
    if answers_for(actor, programme.agency_id, OFFICIAL_ROLES, programme.place):
        return YES
    if holds(actor, OFFICIAL_ROLES, places=place_chain(proposal.province)):
        return YES
    return no(_("Đề án này thuộc chương trình và địa bàn khác."))


def is_shut_out(actor: Actor, proposal: Proposal) -> bool:
    """An official who sits on the council with an interest nobody has cleared: every door is shut, this one too."""
    return shut_out(actor).filter(case__owner_kind=OWNER, case__owner_id=proposal.pk).exists()


def may_open_dossier(actor: Actor, proposal: Proposal) -> Verdict:
    """The frozen version as a council reads it: whoever may open the case, by the council's own door."""
    case = Case.objects.filter(owner_kind=OWNER, owner_id=proposal.pk).exclude(state=CaseState.WITHDRAWN).first()
    if case is None:
        return may_review(actor, proposal)
    return may_open_the_case(actor, case)


def may_check(actor: Actor, proposal: Proposal) -> Verdict:
    """Return, accept, refuse a dossier; conclude on eligibility: the programme's officers and heads, never writers."""
    return may_review(actor, proposal) and _judges(actor, proposal, CHECKING)


def may_check_finance(actor: Actor, proposal: Proposal) -> Verdict:
    return may_review(actor, proposal) and _judges(actor, proposal, FINANCE)


def may_conclude(actor: Actor, gate: Gate) -> Verdict:
    """One of the gates before the council, by somebody who concluded none of the others."""
    proposal = gate.proposal
    if gate.kind == GateKind.COUNCIL:
        return no(_("Thẩm định do hội đồng hoặc bộ phận thẩm định kết luận."))
    if not (may := (may_check_finance if gate.kind == GateKind.FINANCE else may_check)(actor, proposal)):
        return may
    other = {GateKind.ELIGIBILITY: GateKind.FINANCE, GateKind.FINANCE: GateKind.ELIGIBILITY}.get(GateKind(gate.kind))
    if other and proposal.gates.filter(kind=other, state="passed", decided_by=actor.id).exists():
        return no(_("Điều kiện và dự toán phải do hai người khác nhau kết luận."))
    return YES


def may_assign(actor: Actor, proposal: Proposal) -> Verdict:
    """Say whose a gate is: heads and leaders of the programme's agency."""
    return may_review(actor, proposal) and _judges(actor, proposal, HEADING)


def may_hand_over(actor: Actor, proposal: Proposal) -> Verdict:
    """Hand it over to whoever appraises."""
    return may_check(actor, proposal)


def _judges(actor: Actor, proposal: Proposal, roles: frozenset[Role]) -> Verdict:
    programme = proposal.call.plan.programme
    if not answers_for(actor, programme.agency_id, roles, programme.place):
        return no(_("Chỉ người có thẩm quyền của cơ quan chủ trì chương trình làm được việc này."))
    if actor.kind == "person" and actor.id in (proposal.prepared_by, proposal.represented_by):
        return no(_("Người lập hoặc nộp đề án không tự xét đề án đó."))
    if proposal.enterprise_id and proposal.enterprise_id in firms_of(actor):
        return no(_("Người quản lý hồ sơ của đơn vị nộp không xét đề án của đơn vị đó."))
    return YES


def may_see_needs(actor: Actor, *objects: object) -> Verdict:
    """The list; which sheets, the queries say."""
    if may_use_desk(actor) or _of_a_firm(actor):
        return YES
    return no(_("Phiếu nhu cầu dành cho doanh nghiệp, cơ sở và cán bộ."))


def may_record_needs(actor: Actor, *objects: object) -> Verdict:
    """Open the form at all."""
    if holds(actor, EDITING) or _of_a_firm(actor):
        return YES
    return no(_("Doanh nghiệp, khuyến công viên và cán bộ mới ghi được phiếu nhu cầu."))


def may_record_need_in(actor: Actor, commune: str) -> Verdict:
    return may_start_in(actor, commune)


def may_record_need_of(actor: Actor, firm: Enterprise) -> Verdict:
    if firm.pk in firms_of(actor) or holds(actor, EDITING, places=_around(firm)):
        return YES
    return no(_("Cơ sở này không thuộc bạn và nằm ngoài địa bàn được giao của bạn."))


def may_open_need(actor: Actor, need: Need) -> Verdict:
    """Whoever wrote it, the firm's people, and officials of the place once it was sent."""
    if _wrote(actor, need):
        return YES
    if need.state == NeedState.DRAFT:
        return no(_("Phiếu nháp chỉ người lập xem được."))
    if holds(actor, OFFICIAL_ROLES | EDITING, places=place_chain(need.commune or need.province)):
        return YES
    return no(_("Phiếu nhu cầu này thuộc địa bàn khác."))


def may_change_need(actor: Actor, need: Need) -> Verdict:
    return YES if _wrote(actor, need) else no(_("Chỉ người lập phiếu sửa được bản nháp."))


def may_check_need(actor: Actor, need: Need) -> Verdict:
    """Check, send further up, close: who is in charge of the place, never whoever wrote the sheet."""
    if not (opening := may_open_need(actor, need)):
        return opening
    if actor.kind == "person" and actor.id == need.created_by:
        return no(_("Người lập phiếu không tự kiểm tra; cần một người khác."))
    roles = EDITING if need.level == NeedLevel.COMMUNE else CHECKING
    if holds(actor, roles, places=place_chain(need.commune or need.province)):
        return YES
    return no(_("Người phụ trách địa bàn mới kiểm tra được phiếu nhu cầu này."))


def may_take_need(actor: Actor, need: Need, call: Call) -> Verdict:
    """Into a call: officers and heads of its programme's agency."""
    programme = call.plan.programme
    if may_check_need(actor, need) and answers_for(actor, programme.agency_id, CHECKING, programme.place):
        return YES
    return no(_("Chỉ cán bộ của cơ quan chủ trì đợt hỗ trợ đưa được nhu cầu vào đợt đó."))


def may_export_needs(actor: Actor, *objects: object) -> Verdict:
    if holds(actor, EDITING | HEADING):
        return YES
    return no(_("Cán bộ phụ trách địa bàn mới tải được danh sách nhu cầu."))


def _wrote(actor: Actor, need: Need) -> bool:
    if actor.kind == "person" and actor.id == need.created_by:
        return True
    return bool(need.enterprise_id) and need.enterprise_id in firms_of(actor)


def _of_a_firm(actor: Actor) -> bool:
    return isinstance(actor, Person) and any(each.role in FIRM_ROLES for each in actor.standings)


def _around(firm: Enterprise) -> frozenset[str]:
    return place_chain(firm.commune_34 or firm.province_34)
