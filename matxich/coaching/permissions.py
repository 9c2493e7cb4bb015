"""Who may see rounds and firms in them, run them, coach, verify; a province its own firms, a sponsor its own rounds.

The ministry's officials see every round. An expert sees the firms it coaches, a firm itself and nobody else.
"""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.accounts.permissions import Person as SignedIn
from matxich.accounts.permissions import holds, is_official, may_use_desk
from matxich.accounts.queries import place_chain
from matxich.accounts.states import Role
from matxich.coaching.models import (
    ActionItem,
    Baseline,
    Certificate,
    Cohort,
    Course,
    Enrolment,
    FollowUp,
    Participant,
    Person,
    Photo,
    Session,
    StaffPost,
    WeeklyLog,
)
from matxich.coaching.states import CohortState, ParticipantState
from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no
from matxich.programmes.models import Agreement
from matxich.programmes.permissions import agencies_to_run_for, answers_for
from matxich.registry.permissions import FIRM_ROLES, firms_of, manages_firm

RUNNING = frozenset({Role.OFFICER, Role.HEAD})
DECIDING = frozenset({Role.HEAD, Role.LEADER})
FIELD = frozenset({Role.OFFICER, Role.HEAD, Role.COLLABORATOR})


def expert_of(actor: Actor) -> int | None:
    """The expert's own record of a signed-in person; None for everybody else. One query, for experts alone."""
    if not isinstance(actor, SignedIn) or not holds(actor, {Role.EXPERT}):
        return None
    return Person.objects.filter(user=actor.user_id).values_list("pk", flat=True).first()


def sponsoring(actor: Actor) -> frozenset[int]:
    """Agencies the actor speaks for as a sponsor."""
    standings = actor.standings if isinstance(actor, SignedIn) else ()
    return frozenset(each.agency_id for each in standings if each.role == Role.SPONSOR)


def seen_participants(actor: Actor) -> QuerySet[Participant]:
    """Every firm in a round the actor may see."""
    rows = Participant.objects.all()
    if actor.is_system or holds(actor, {*RUNNING, *DECIDING, Role.VIEWER, Role.ADMINISTRATOR}, places=()):
        return rows
    if is_official(actor) or may_use_desk(actor):
        places = actor.oversight
        mine = Q(province_34__in=places or ()) | Q(cohort__agency__in=_agencies(actor))
        if not is_official(actor):
            mine = Q(province_34__in=_scopes(actor))
        return rows.filter(mine)
    if sponsors := sponsoring(actor):
        return rows.filter(cohort__sponsor__agency__in=sponsors)
    if expert := expert_of(actor):
        return rows.filter(Q(assignments__expert=expert) | Q(sessions__experts=expert)).distinct()
    if firms := firms_of(actor):
        return rows.filter(enterprise__in=firms)
    return rows.none()


def _agencies(actor: Actor) -> frozenset[int]:
    return actor.agency_ids if isinstance(actor, SignedIn) else frozenset()


def _scopes(actor: Actor) -> frozenset[str]:
    return frozenset(each.scope for each in actor.standings) if isinstance(actor, SignedIn) else frozenset()


def may_see_cohorts(actor: Actor, *objects: object) -> Verdict:
    """The list: officials, sponsors and experts, each with what is theirs."""
    if may_use_desk(actor) or sponsoring(actor) or holds(actor, {Role.EXPERT}):
        return YES
    return no(_("Đợt tư vấn dành cho cán bộ, nhà tài trợ của đợt và chuyên gia được phân công."))


def seen_cohorts(actor: Actor) -> QuerySet[Cohort]:
    """Officials every round, with the firms of their own place in it; a sponsor its own; an expert where it coaches."""
    rows = Cohort.objects.all()
    if may_use_desk(actor):
        return rows
    if sponsors := sponsoring(actor):
        return rows.filter(sponsor__agency__in=sponsors)
    if expert := expert_of(actor):
        mine = Q(participants__assignments__expert=expert) | Q(sessions__experts=expert)
        return rows.filter(mine).distinct()
    return rows.none()


def may_open_cohort(actor: Actor, cohort: Cohort) -> Verdict:
    if seen_cohorts(actor).filter(pk=cohort.pk).exists():
        return YES
    return no(_("Đợt này thuộc nhà tài trợ hoặc chuyên gia khác."))


def may_create_cohort(actor: Actor, *objects: object) -> Verdict:
    if actor.is_system or agencies_to_run_for(actor):
        return YES
    return no(_("Chuyên viên, trưởng phòng của Bộ, Sở Công Thương hoặc Trung tâm Khuyến công lập được đợt tư vấn."))


def may_create_under(actor: Actor, agreement: Agreement) -> Verdict:
    """Under an agreement one's agency keeps, or that one's agency is a party of."""
    if answers_for(actor, agreement.agency_id, RUNNING, agreement.agency.place):
        return YES
    for party in agreement.parties.filter(agency__isnull=False).select_related("agency"):
        if party.agency and answers_for(actor, party.agency.pk, RUNNING, party.agency.place):
            return YES
    return no(_("Chỉ cơ quan giữ thỏa thuận hoặc là một bên của thỏa thuận lập được đợt tư vấn."))


def may_run(actor: Actor, cohort: Cohort) -> Verdict:
    """Change a round, its longlist, sessions and people: officers and heads of its agency."""
    if answers_for(actor, cohort.agency_id, RUNNING, cohort.place):
        return YES
    return no(_("Chỉ chuyên viên, trưởng phòng của cơ quan chủ trì đợt làm được việc này."))


def may_decide(actor: Actor, cohort: Cohort) -> Verdict:
    """Select, promote, decline, cancel: heads and leaders of its agency."""
    if answers_for(actor, cohort.agency_id, DECIDING, cohort.place):
        return YES
    return no(_("Chỉ trưởng phòng, lãnh đạo của cơ quan chủ trì đợt quyết định được việc này."))


def may_open_participant(actor: Actor, participant: Participant) -> Verdict:
    """Its province, the agency of the round, the ministry, the sponsor, its experts, and the firm itself."""
    if seen_participants(actor).filter(pk=participant.pk).exists() or manages_firm(actor, participant.enterprise):
        return YES
    return no(_("Doanh nghiệp này thuộc địa bàn, đợt hoặc chuyên gia khác."))


def may_handle(actor: Actor, participant: Participant) -> Verdict:
    """Screen, visit, interview, measure: the agency of the round, and officials in charge of the firm's place."""
    if may_run(actor, participant.cohort):
        return YES
    if holds(actor, FIELD, places=place_chain(participant.province_34)):
        return YES
    return no(_("Chỉ cơ quan chủ trì đợt và cán bộ phụ trách địa bàn của doanh nghiệp làm được việc này."))


def may_coach(actor: Actor, participant: Participant) -> Verdict:
    """Log weeks, add actions and photos, enter readings: whoever handles the firm, and its experts."""
    if coaches(actor, participant) or may_handle(actor, participant):
        return YES
    return no(_("Chỉ chuyên gia được phân công và cán bộ phụ trách làm được việc này."))


def coaches(actor: Actor, participant: Participant) -> bool:
    expert = expert_of(actor)
    if expert is None:
        return False
    mine = participant.assignments.filter(expert=expert, until__isnull=True).exists()
    return mine or participant.sessions.filter(experts=expert).exists()


def may_work_on(actor: Actor, participant: Participant) -> Verdict:
    """What the firm does too: readings, photos, moving its actions."""
    if manages_firm(actor, participant.enterprise) or may_coach(actor, participant):
        return YES
    return no(_("Chỉ doanh nghiệp, chuyên gia của doanh nghiệp và cán bộ phụ trách làm được việc này."))


def may_see_personal(actor: Actor, participant: Participant) -> Verdict:
    """Whom a visit met and what named people said: whoever handles the firm."""
    return may_handle(actor, participant)


def may_open_photo(actor: Actor, photo: Photo) -> Verdict:
    if photo.removed_at is not None:
        return no(_("Ảnh này đã được gỡ."))
    return may_open_participant(actor, photo.participant)


def may_open_original(actor: Actor, photo: Photo) -> Verdict:
    """With where and with what it was taken: officials in charge alone."""
    if photo.removed_at is not None:
        return no(_("Ảnh này đã được gỡ."))
    return may_handle(actor, photo.participant)


def may_remove_photo(actor: Actor, photo: Photo) -> Verdict:
    return may_coach(actor, photo.participant)


def may_settle_log(actor: Actor, log: WeeklyLog) -> Verdict:
    return may_coach(actor, log.participant)


def may_move_action(actor: Actor, item: ActionItem) -> Verdict:
    return may_work_on(actor, item.participant)


def may_change_baseline(actor: Actor, baseline: Baseline) -> Verdict:
    return may_coach(actor, baseline.participant)


def may_change_session(actor: Actor, session: Session) -> Verdict:
    """The agency of the round; at a firm, its experts too."""
    if session.participant is not None:
        return may_coach(actor, session.participant)
    return may_run(actor, session.cohort)


def may_verify_for(actor: Actor, participant: Participant) -> Verdict:
    """Verify a measurement: an official or expert in charge; that it is another person is asked by the action."""
    if participant.state != ParticipantState.MEASURED:
        return no(_("Chưa có kết quả cuối kỳ chờ kiểm chứng."))
    return may_coach(actor, participant)


def may_answer(actor: Actor, follow_up: FollowUp) -> Verdict:
    """The firm itself; an official in charge writes down what it said."""
    if manages_firm(actor, follow_up.participant.enterprise):
        return YES
    return may_handle(actor, follow_up.participant)


def may_handle_follow_up(actor: Actor, follow_up: FollowUp) -> Verdict:
    return may_handle(actor, follow_up.participant)


def may_rate(actor: Actor, participant: Participant) -> Verdict:
    """The firm's own people, once it was coached."""
    if not manages_firm(actor, participant.enterprise, FIRM_ROLES):
        return no(_("Chỉ doanh nghiệp được tư vấn đánh giá chuyên gia."))
    if participant.started_on is None:
        return no(_("Chỉ đánh giá sau khi tư vấn đã bắt đầu."))
    return YES


def may_see_people(actor: Actor, *objects: object) -> Verdict:
    return may_use_desk(actor)


def may_keep_people(actor: Actor, *objects: object) -> Verdict:
    """Open the forms at all: officers and heads of an agency that runs programmes."""
    if actor.is_system or agencies_to_run_for(actor):
        return YES
    return no(_("Chuyên viên, trưởng phòng của cơ quan chủ trì chương trình làm được việc này."))


def may_open_person(actor: Actor, person: Person) -> Verdict:
    """The desk, and the person itself."""
    if may_use_desk(actor):
        return YES
    if isinstance(actor, SignedIn) and person.user_id == actor.user_id:
        return YES
    return no(_("Hồ sơ này của người khác."))


def may_keep_person(actor: Actor, person: Person) -> Verdict:
    return may_keep_for(actor, person.agency)


def may_keep_for(actor: Actor, agency: Agency) -> Verdict:
    if answers_for(actor, agency.pk, RUNNING, agency.place):
        return YES
    return no(_("Chỉ chuyên viên, trưởng phòng của cơ quan giữ hồ sơ này làm được việc này."))


def may_see_contact(actor: Actor, person: Person) -> Verdict:
    """Phone and mail in full: the agency that keeps the record, and the person itself."""
    if isinstance(actor, SignedIn) and person.user_id == actor.user_id:
        return YES
    return may_keep_person(actor, person)


def may_open_course(actor: Actor, course: Course) -> Verdict:
    return may_use_desk(actor)


def may_keep_course(actor: Actor, course: Course) -> Verdict:
    return may_keep_for(actor, course.agency)


def may_keep_enrolment(actor: Actor, enrolment: Enrolment) -> Verdict:
    return may_keep_course(actor, enrolment.course)


def may_keep_certificate(actor: Actor, certificate: Certificate) -> Verdict:
    return may_keep_course(actor, certificate.enrolment.course)


def may_keep_posts(actor: Actor, post: StaffPost) -> Verdict:
    return may_keep_for(actor, post.agency)


def may_see_schedule(actor: Actor, *objects: object) -> Verdict:
    """The expert's own."""
    if holds(actor, {Role.EXPERT}) and not actor.is_system:
        return YES
    return no(_("Lịch làm việc dành cho chuyên gia có tài khoản."))


def is_editable(cohort: Cohort) -> bool:
    return cohort.state in (CohortState.PLANNED, CohortState.SCREENING, CohortState.SELECTING)
