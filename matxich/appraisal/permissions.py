"""Who may open a case, its ballots and its counts: one door for pages, exports and notices.

A member with an interest that nobody has cleared stands outside everything of the case; so does one who has not yet
answered whether there is an interest. Administrators of the system have no business in it.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.accounts.permissions import Person
from matxich.accounts.states import Role
from matxich.appraisal.models import Batch, Case, Council, CouncilMember, Declaration, Interest
from matxich.appraisal.states import OPEN_TO_SEE, SHUTTING, CaseState, SeatRole
from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no

RUNNING = frozenset({Role.OFFICER, Role.HEAD, Role.SECRETARY})
READING = RUNNING | {Role.LEADER, Role.FINANCE, Role.CLERK}
HEADING = frozenset({Role.HEAD, Role.LEADER})


def agencies(actor: Actor, roles: Iterable[str]) -> frozenset[int]:
    """Agencies in which the actor holds one of the roles."""
    wanted = frozenset(roles)
    standings = actor.standings if isinstance(actor, Person) else ()
    return frozenset(standing.agency_id for standing in standings if standing.role in wanted)


def seats_of(actor: Actor) -> QuerySet[CouncilMember]:
    """The actor's seats that have not ended, in councils that work."""
    if not isinstance(actor, Person):
        return CouncilMember.objects.none()
    return CouncilMember.objects.filter(user_id=actor.user_id, valid_to=None, council__state="founded")


def seat_in(actor: Actor, council_id: int | None) -> CouncilMember | None:
    return seats_of(actor).filter(council_id=council_id).select_related("council").first() if council_id else None


def in_charge(actor: Actor, agency_id: int, roles: Iterable[str] = READING) -> bool:
    return actor.is_system or agency_id in agencies(actor, roles)


def may_keep_criteria(actor: Actor, agency: Agency | None) -> Verdict:
    """Write an agency's own sets; those that ship belong to nobody."""
    if agency is not None and in_charge(actor, agency.pk, RUNNING):
        return YES
    return no(_("Cán bộ của cơ quan soạn được bộ tiêu chí của cơ quan mình; bộ kèm theo hệ thống không sửa được."))


def may_feed(actor: Actor, batch: Batch) -> Verdict:
    """Bring a case into a batch or take it out: officials of the agency the batch is of."""
    if in_charge(actor, batch.agency_id, READING):
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
    if in_charge(actor, case.batch.agency_id):
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
    as_official = Q(batch__agency__in=agencies(actor, READING))
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
    if in_charge(actor, council.agency_id, RUNNING) or (seat and seat.role in (SeatRole.SECRETARY, SeatRole.CHAIR)):
        return YES
    return no(_("Chỉ thư ký, chủ tịch hội đồng và cán bộ phụ trách làm được việc này."))
