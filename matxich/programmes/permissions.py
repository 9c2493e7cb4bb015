"""Who may see programmes and their money, run them, decide about them, and who speaks for an agreement."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency, AgencySuccession
from matxich.accounts.permissions import Person, is_official, may_use_desk
from matxich.accounts.queries import ancestors, place_chain
from matxich.accounts.states import AgencyKind, Role
from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no
from matxich.programmes.models import Agreement, Call, Commitment, FundingLine, Programme, YearPlan
from matxich.programmes.states import CallState, PlanState, ProgrammeState

MANAGING = frozenset({Role.OFFICER, Role.HEAD})
DECIDING = frozenset({Role.HEAD, Role.LEADER})
MONEY = frozenset({Role.FINANCE, Role.HEAD, Role.LEADER})
OWNING = (
    AgencyKind.MINISTRY,
    AgencyKind.MINISTRY_DEPARTMENT,
    AgencyKind.PROVINCIAL_COMMITTEE,
    AgencyKind.PROVINCIAL_DEPARTMENT,
    AgencyKind.PROMOTION_CENTRE,
)
"""Kinds of agency that run programmes."""


def may_see_programmes(actor: Actor, *objects: object) -> Verdict:
    """Any official, of any province: a programme that worked is there to be followed."""
    return may_use_desk(actor)


def may_open_programme(actor: Actor, programme: Programme) -> Verdict:
    """The desk, and whoever's money is in it."""
    if may_use_desk(actor):
        return YES
    if isinstance(actor, Person) and programme.lines.filter(sponsor__in=actor.agency_ids).exists():
        return YES
    return no(_("Chương trình này dành cho cán bộ và nhà tài trợ của chương trình."))


def may_create_programme(actor: Actor, *objects: object) -> Verdict:
    """Open the form at all: for some agency of the actor's."""
    if actor.is_system or agencies_to_run_for(actor):
        return YES
    return no(_("Chuyên viên, trưởng phòng của Bộ, Sở Công Thương hoặc Trung tâm Khuyến công lập được chương trình."))


def may_create_for(actor: Actor, agency: Agency, place: str) -> Verdict:
    """A programme of an agency for a place ("" the whole country)."""
    if agency.kind in OWNING and answers_for(actor, agency.pk, MANAGING, place):
        return YES
    return no(_("Bạn chỉ lập được chương trình của cơ quan mình, trong địa bàn được giao."))


def may_manage(actor: Actor, programme: Programme) -> Verdict:
    """Change the programme, its plans, calls and lessons: officers and heads of its agency, or of its successor."""
    if answers_for(actor, programme.agency_id, MANAGING, programme.place):
        return YES
    return no(_("Chỉ chuyên viên, trưởng phòng của cơ quan chủ trì chương trình làm được việc này."))


def may_direct(actor: Actor, programme: Programme) -> Verdict:
    """Start, close or cancel a programme: its heads and leaders."""
    if answers_for(actor, programme.agency_id, DECIDING, programme.place):
        return YES
    return no(_("Chỉ trưởng phòng, lãnh đạo của cơ quan chủ trì chương trình làm được việc này."))


def may_approve_plan(actor: Actor, plan: YearPlan) -> Verdict:
    """A head or leader of the programme's agency or of one above it, and not the one who submitted the plan."""
    programme = plan.programme
    if plan.submitted_by == actor.id:
        return no(_("Người trình không tự phê duyệt; cần một người khác có thẩm quyền."))
    above = (programme.agency_id, *ancestors(programme.agency))
    if any(answers_for(actor, agency, DECIDING, programme.place) for agency in above):
        return YES
    return no(_("Trưởng phòng, lãnh đạo của cơ quan chủ trì hoặc cấp trên mới phê duyệt được kế hoạch."))


def may_manage_plan(actor: Actor, plan: YearPlan) -> Verdict:
    return may_manage(actor, plan.programme)


def may_open_plan(actor: Actor, plan: YearPlan) -> Verdict:
    return may_open_programme(actor, plan.programme)


def may_manage_call(actor: Actor, call: Call) -> Verdict:
    return may_manage(actor, call.plan.programme)


def may_publish_call(actor: Actor, call: Call) -> Verdict:
    """The public hears of it: a head or a leader of the programme's agency."""
    return may_direct(actor, call.plan.programme)


def may_cancel_call(actor: Actor, call: Call) -> Verdict:
    """What the public knows of is cancelled by who may publish; a draft by who writes it."""
    return may_publish_call(actor, call) if call.published_at else may_manage_call(actor, call)


def may_see_call(actor: Actor, call: Call) -> Verdict:
    """Everybody once it was published; a draft is the desk's."""
    if call.published_at is not None:
        return YES
    return may_use_desk(actor)


def may_open_money(actor: Actor, line: FundingLine) -> Verdict:
    """Each movement names who was promised what: officials over the place, and the sponsor of the line."""
    places = actor.oversight
    if is_official(actor) and (places is None or line.programme.place in places):
        return YES
    if line.sponsor_id and isinstance(actor, Person) and line.sponsor_id in actor.agency_ids:
        return YES
    return no(_("Từng khoản của nguồn này chỉ dành cho cán bộ phụ trách địa bàn và nhà tài trợ của nguồn."))


def may_open_commitment(actor: Actor, commitment: Commitment) -> Verdict:
    return may_open_money(actor, commitment.line)


def may_handle_money(actor: Actor, line: FundingLine) -> Verdict:
    """Record allotments, payments and what comes back: finance, heads and leaders of the programme's agency."""
    if answers_for(actor, line.programme.agency_id, MONEY, line.programme.place):
        return YES
    return no(_("Chỉ kế toán, trưởng phòng, lãnh đạo của cơ quan chủ trì ghi được kinh phí."))


def may_handle_commitment(actor: Actor, commitment: Commitment) -> Verdict:
    return may_handle_money(actor, commitment.line)


def may_commit(actor: Actor, line: FundingLine) -> Verdict:
    """Confirm a commitment: as for money; that it is another person than its maker is asked by the action."""
    return may_handle_money(actor, line)


def may_see_agreements(actor: Actor, *objects: object) -> Verdict:
    return may_use_desk(actor)


def may_open_agreement(actor: Actor, agreement: Agreement) -> Verdict:
    """The desk, and people of a party once it is signed."""
    if may_use_desk(actor) or _is_party(actor, agreement):
        return YES
    return no(_("Thỏa thuận này dành cho cán bộ và các bên tham gia."))


def _is_party(actor: Actor, agreement: Agreement) -> bool:
    if not isinstance(actor, Person) or agreement.signed_on is None:
        return False
    return agreement.parties.filter(agency__in=actor.agency_ids).exists()


def may_keep_agreements(actor: Actor, *objects: object) -> Verdict:
    """Open the form at all."""
    return may_create_programme(actor)


def may_keep_agreement(actor: Actor, agreement: Agreement) -> Verdict:
    """Officers and heads of the agency that keeps it."""
    return may_keep_for(actor, agreement.agency)


def may_keep_for(actor: Actor, agency: Agency) -> Verdict:
    if agency.kind in OWNING and answers_for(actor, agency.pk, MANAGING, agency.place):
        return YES
    return no(_("Chỉ chuyên viên, trưởng phòng của cơ quan giữ thỏa thuận này làm được việc này."))


def is_open_to_change(programme: Programme) -> bool:
    return programme.state in (ProgrammeState.DRAFT, ProgrammeState.RUNNING)


def plan_is_editable(plan: YearPlan) -> bool:
    return plan.state in (PlanState.DRAFT, PlanState.RETURNED)


def call_is_editable(call: Call) -> bool:
    return call.state == CallState.DRAFT


def agencies_to_run_for(actor: Actor) -> list[Agency]:
    """Agencies in whose name the actor may run programmes, by name; for a command every one that may."""
    owning = Agency.objects.filter(kind__in=OWNING, valid_to=None)
    if actor.is_system:
        return list(owning)
    if not isinstance(actor, Person):
        return []
    held = {each.agency_id for each in actor.standings if each.role in MANAGING}
    return list(owning.filter(pk__in=held)) if held else []


def answers_for(actor: Actor, agency: int, roles: Iterable[str], place: str) -> bool:
    """Does the actor hold one of the roles in the agency, or in what became of it, over the whole place?

    The system actor of a command holds every role.
    """
    if actor.is_system:
        return True
    if not isinstance(actor, Person):
        return False
    wanted, around = frozenset(roles), place_chain(place)
    held = {
        each.agency_id for each in actor.standings if each.role in wanted and (not each.scope or each.scope in around)
    }
    return bool(held) and not held.isdisjoint(_with_successors(agency))


def _with_successors(agency: int) -> frozenset[int]:
    """A programme of a merged agency is run by the one that answers for its open files."""
    known: set[int] = set()
    edge = {agency}
    while edge:
        known |= edge
        edge = set(AgencySuccession.objects.filter(predecessor__in=edge).values_list("successor", flat=True)) - known
    return frozenset(known)
