"""Who may open a case, its ballots and its counts: one door for pages, exports and notices.

A member with an interest that nobody has cleared stands outside everything of the case; so does one who has not yet
answered whether there is an interest. Administrators of the system have no business in it.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.accounts.permissions import Person, is_official, may_use_desk
from matxich.accounts.queries import place_chain
from matxich.accounts.states import Role
from matxich.appraisal.models import (
    Batch,
    Case,
    Council,
    CouncilMember,
    Decision,
    Declaration,
    Interest,
    Session,
)
from matxich.appraisal.states import OPEN_TO_SEE, SHUTTING, CaseState, SeatRole
from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no
from matxich.places.queries import subtree

RUNNING = frozenset({Role.OFFICER, Role.HEAD, Role.SECRETARY})
READING = RUNNING | {Role.LEADER, Role.FINANCE, Role.CLERK}
HEADING = frozenset({Role.HEAD, Role.LEADER})


def charges(actor: Actor, roles: Iterable[str]) -> list[tuple[frozenset[int], str]]:
    """Agencies with the place for which the actor holds one of the roles, with those that merged into them."""
    wanted = frozenset(roles)
    if not isinstance(actor, Person):
        return []
    held = {(standing.agency_id, standing.scope) for standing in actor.standings if standing.role in wanted}
    return [(actor.with_predecessors(agency), scope) for agency, scope in sorted(held)]


def seats_of(actor: Actor) -> QuerySet[CouncilMember]:
    """The actor's seats that have not ended, in councils that work."""
    if not isinstance(actor, Person):
        return CouncilMember.objects.none()
    return CouncilMember.objects.filter(user_id=actor.user_id, valid_to=None, council__state="founded")


def seat_in(actor: Actor, council_id: int | None) -> CouncilMember | None:
    return seats_of(actor).filter(council_id=council_id).select_related("council").first() if council_id else None


def in_charge(actor: Actor, agency_id: int, roles: Iterable[str] = READING, place: str | None = None) -> bool:
    """Does the actor hold one of the roles in the agency, or in what became of it, over the place?"""
    if actor.is_system:
        return True
    around = None if place is None else place_chain(place)
    return any(
        agency_id in agencies and (not scope or around is None or scope in around)
        for agencies, scope in charges(actor, roles)
    )


def over_batch(actor: Actor, batch: Batch, roles: Iterable[str] = READING) -> bool:
    return in_charge(actor, batch.agency_id, roles, batch.place)


def in_charge_of(actor: Actor, roles: Iterable[str] = READING, prefix: str = "") -> Q:
    """`in_charge` as a condition on whatever has an agency and a place."""
    if actor.is_system:
        return Q()
    found = Q(pk__in=[])
    for agencies, scope in charges(actor, roles):
        here = Q(**{f"{prefix}agency__in": agencies})
        found |= here & Q(**{f"{prefix}place__in": (scope, *subtree(scope))}) if scope else here
    return found


def may_keep_criteria(actor: Actor, agency: Agency | None) -> Verdict:
    """Write an agency's own sets; those that ship belong to nobody."""
    if agency is not None and in_charge(actor, agency.pk, RUNNING):
        return YES
    return no(_("Cán bộ của cơ quan soạn được bộ tiêu chí của cơ quan mình; bộ kèm theo hệ thống không sửa được."))


def may_feed(actor: Actor, batch: Batch) -> Verdict:
    """Bring a case into a batch or take it out: officials of the agency the batch is of."""
    if over_batch(actor, batch):
        return YES
    return no(_("Chỉ cán bộ của %(agency)s đưa được hồ sơ vào đợt này.") % {"agency": batch.agency.name})


def shut_out(actor: Actor) -> QuerySet[Interest]:
    """The actor's interests that shut cases, whichever seat they were found for."""
    if not isinstance(actor, Person):
        return Interest.objects.none()
    return Interest.objects.filter(member__user_id=actor.user_id, state__in=SHUTTING)


def is_shut(actor: Actor, case: Case) -> bool:
    return shut_out(actor).filter(case_id=case.pk).exists()


def may_open_case(actor: Actor, case: Case) -> Verdict:
    """The dossier and the case's page."""
    if actor.is_system:
        return YES
    if is_shut(actor, case):
        return no(_("Bạn có lợi ích liên quan đến hồ sơ này nên không mở được hồ sơ, điểm và trao đổi về nó."))
    if over_batch(actor, case.batch):
        return YES
    seat = seat_in(actor, case.batch.council_id)
    if seat is None:
        return no(_("Chỉ cán bộ phụ trách và thành viên hội đồng được giao mở được hồ sơ này."))
    if not Declaration.objects.filter(case=case, member=seat).exists():
        return no(_("Trả lời về lợi ích liên quan trước khi mở hồ sơ."))
    if (
        case.batch.assigned_only
        and not case.assignments.filter(member=seat, ended_at=None).exists()
        and seat.role not in (SeatRole.CHAIR, SeatRole.SECRETARY)
    ):
        return no(_("Hồ sơ này được giao cho ủy viên khác."))
    return YES


def openable(actor: Actor) -> Q:
    """`may_open_case` as a condition on cases; the two are held together by a test."""
    if actor.is_system:
        return Q()
    if not isinstance(actor, Person):
        return Q(pk__in=[])
    seats = seats_of(actor)
    declared = Declaration.objects.filter(member__in=seats).values("case")
    everything = seats.filter(role__in=(SeatRole.CHAIR, SeatRole.SECRETARY)).values("council")
    mine = Q(batch__assigned_only=False) | Q(batch__council__in=everything)
    mine |= Q(pk__in=Case.objects.filter(assignments__member__in=seats, assignments__ended_at=None).values("pk"))
    as_member = Q(batch__council__in=seats.values("council"), pk__in=declared) & mine
    as_official = in_charge_of(actor, READING, "batch__")
    return (as_official | as_member) & ~Q(pk__in=shut_out(actor).values("case"))


def may_see_ballots(actor: Actor, case: Case) -> Verdict:
    """Scores, names on them and how many there are: after opening, by whoever may open the case."""
    if not (opening := may_open_case(actor, case)):
        return opening
    if case.state in OPEN_TO_SEE:
        return YES
    return no(_("Phiếu của mọi người chỉ xem được sau khi mở cùng một lúc."))


def may_see_turnout(actor: Actor, case: Case) -> Verdict:
    """Before opening: who has still to hand in. The council's secretary, where the council's rule allows it."""
    if not (opening := may_open_case(actor, case)):
        return opening
    if case.state in OPEN_TO_SEE:
        return YES
    seat = seat_in(actor, case.batch.council_id)
    if seat and seat.role == SeatRole.SECRETARY and seat.council.counts_shown:
        return YES
    return no(_("Chưa mở phiếu: chỉ thư ký hội đồng biết ai chưa nộp, nếu quy chế hội đồng cho phép."))


def may_vote(actor: Actor, case: Case) -> Verdict:
    """Fill in and hand in one's own ballot."""
    if not (opening := may_open_case(actor, case)):
        return opening
    seat = seat_in(actor, case.batch.council_id)
    if seat is None or not seat.votes:
        return no(_("Chỉ thành viên có quyền biểu quyết chấm được phiếu."))
    if case.batch.assigned_only and not case.assignments.filter(member=seat, ended_at=None).exists():
        return no(_("Hồ sơ này được giao cho ủy viên khác chấm."))
    if case.state in (CaseState.COLLECTED, CaseState.VOTING):
        return YES
    return no(_("Đã mở phiếu của hồ sơ này; không nhận thêm phiếu."))


def may_run(actor: Actor, council: Council) -> Verdict:
    """Prepare sessions, keep attendance and minutes: the secretariat and the council's own secretary and chair."""
    seat = seat_in(actor, council.pk)
    if in_charge(actor, council.agency_id, RUNNING, council.place) or (
        seat and seat.role in (SeatRole.SECRETARY, SeatRole.CHAIR)
    ):
        return YES
    return no(_("Chỉ thư ký, chủ tịch hội đồng và cán bộ phụ trách làm được việc này."))


def may_see_councils(actor: Actor, *objects: object) -> Verdict:
    """The officials' pages of councils; members have their own."""
    return may_use_desk(actor)


def may_prepare_council(actor: Actor, *objects: object) -> Verdict:
    """Open the form at all: for some agency of the actor's."""
    if actor.is_system or charges(actor, RUNNING | HEADING):
        return YES
    return no(_("Chuyên viên, trưởng phòng, lãnh đạo của cơ quan thẩm định mới lập được hội đồng, bộ phận thẩm định."))


def may_keep_council(actor: Actor, council: Council) -> Verdict:
    """Change a council and its members: officials of its agency."""
    return may_prepare_for(actor, council.agency, council.place)


def may_prepare_for(actor: Actor, agency: Agency, place: str) -> Verdict:
    if in_charge(actor, agency.pk, RUNNING | HEADING, place):
        return YES
    return no(_("Chỉ cán bộ của %(agency)s làm được việc này.") % {"agency": agency.name})


def may_found(actor: Actor, council: Council) -> Verdict:
    """Record that it was founded or dissolved: heads and leaders of its agency."""
    if in_charge(actor, council.agency_id, HEADING, council.place):
        return YES
    return no(_("Chỉ trưởng phòng, lãnh đạo của cơ quan ghi được việc thành lập, giải thể."))


def may_open_council(actor: Actor, council: Council) -> Verdict:
    """Its page with members and sessions: officials of its agency, those over its place, and its own members."""
    if seat_in(actor, council.pk) or in_charge(actor, council.agency_id, READING):
        return YES
    places = actor.oversight
    if is_official(actor) and (places is None or council.place in places):
        return YES
    return no(_("Hội đồng này thuộc cơ quan khác."))


def may_change_member(actor: Actor, member: CouncilMember) -> Verdict:
    """What is known of a member for conflicts: the member, and the secretariat."""
    if isinstance(actor, Person) and actor.user_id == member.user_id:
        return YES
    return may_keep_council(actor, member.council)


def may_open_batch(actor: Actor, batch: Batch) -> Verdict:
    """The batch's page and lists; each case in them asks its own door."""
    if over_batch(actor, batch) or seat_in(actor, batch.council_id):
        return YES
    return no(_("Đợt thẩm định này thuộc cơ quan khác."))


def may_lead(actor: Actor, batch: Batch) -> Verdict:
    """Start an appraisal, run assignments, rank, prepare the decision: officers, heads and secretaries in charge."""
    if over_batch(actor, batch, RUNNING):
        return YES
    return no(_("Chỉ chuyên viên, trưởng phòng, thư ký của cơ quan phụ trách đợt làm được việc này."))


def may_declare(actor: Actor, case: Case) -> Verdict:
    """Say whether there is an interest: a member of the council, about oneself."""
    if seat_in(actor, case.batch.council_id):
        return YES
    return no(_("Chỉ thành viên hội đồng của đợt khai được lợi ích liên quan."))


def may_see_interests(actor: Actor, batch: Batch) -> Verdict:
    """All members' interests: whoever decides about them, unless a case is shut to them."""
    seat = seat_in(actor, batch.council_id)
    if over_batch(actor, batch, RUNNING | HEADING) or (seat and seat.role in (SeatRole.CHAIR, SeatRole.SECRETARY)):
        return YES
    return no(_("Chỉ chủ tịch, thư ký hội đồng và cán bộ phụ trách xem được lợi ích liên quan của các thành viên."))


def may_decide_interest(actor: Actor, interest: Interest) -> Verdict:
    """Confirm or clear: never one's own, and not in a case that is shut to oneself."""
    if isinstance(actor, Person) and actor.user_id == interest.member.user_id:
        return no(_("Bạn không tự kết luận về lợi ích của mình."))
    if is_shut(actor, interest.case):
        return no(_("Bạn có lợi ích liên quan đến hồ sơ này nên không kết luận về người khác."))
    return may_see_interests(actor, interest.case.batch)


def may_speak(actor: Actor, case: Case) -> Verdict:
    """Write a remark: whoever may open the case."""
    return may_open_case(actor, case)


def may_conclude(actor: Actor, case: Case) -> Verdict:
    """Open the ballots, keep trims and conclusion: whoever runs the council, if the case is not shut to them."""
    if not (opening := may_open_case(actor, case)):
        return opening
    if case.batch.council is None:
        return no(_("Đợt chưa có hội đồng hoặc bộ phận thẩm định."))
    return may_run(actor, case.batch.council)


def may_run_session(actor: Actor, session: Session) -> Verdict:
    return may_run(actor, session.council)


def may_open_session(actor: Actor, session: Session) -> Verdict:
    return may_open_council(actor, session.council)


def may_open_decision(actor: Actor, decision: Decision) -> Verdict:
    """The ranked list and what was chosen; a member sees it once it is issued."""
    if over_batch(actor, decision.batch) or (decision.state == "issued" and seat_in(actor, decision.batch.council_id)):
        return YES
    return no(_("Phương án hỗ trợ chỉ dành cho cơ quan phụ trách đợt."))


def may_prepare_decision(actor: Actor, decision: Decision) -> Verdict:
    """Who leads the batch and has no interest in any of its cases: the money of one is weighed against all others."""
    if (verdict := may_lead(actor, decision.batch)) and shut_out(actor).filter(case__batch=decision.batch).exists():
        return no(_("Bạn có lợi ích liên quan đến một hồ sơ của đợt; người khác soạn phương án."))
    return verdict


def may_approve(actor: Actor, decision: Decision) -> Verdict:
    """A head or a leader in charge who did not prepare it."""
    if decision.prepared_by == actor.id:
        return no(_("Người soạn không tự duyệt; cần một người khác có thẩm quyền."))
    if over_batch(actor, decision.batch, HEADING):
        return YES
    return no(_("Chỉ trưởng phòng, lãnh đạo của cơ quan phụ trách đợt duyệt được phương án."))
