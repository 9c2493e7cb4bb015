"""The weeks: experts assigned, sessions planned and held, actions of the firm."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.coaching.actions.moving import (
    BadEntry,
    WrongState,
    cohort_subject,
    demand_fresh,
    demand_round,
    locked_cohort,
    locked_participant,
    move,
    participant_subject,
    reason_of,
)
from matxich.coaching.models import (
    ActionItem,
    Cohort,
    ExpertAssignment,
    ExpertDay,
    Participant,
    Person,
    Photo,
    Session,
    SessionAttendance,
)
from matxich.coaching.permissions import may_change_session, may_coach, may_move_action, may_run
from matxich.coaching.states import (
    ACTION_TRANSITIONS,
    SESSION_TRANSITIONS,
    ActionState,
    CohortState,
    Mode,
    PersonState,
    SessionState,
)
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.kit.templatetags.mx import moment as moment_text
from matxich.ledger.actions import record
from matxich.programmes.actions.moves import demand_text
from matxich.rulebook.coaching.weeks import Booking, clashes, week_span
from matxich.rulebook.vietnamese.text import squeeze

IN_POOL = (PersonState.CERTIFIED, PersonState.POOL)
CURRENT = (CohortState.SELECTING, CohortState.RUNNING, CohortState.CLOSING)


class ExpertBusy(Refusal):
    """An expert cannot be in two places at once; the message names the other place and time."""

    code = "expert_busy"
    field = "experts"


class NotAnExpert(Refusal):
    """Only people of the pool, or certified ones, coach."""

    code = "not_an_expert"
    status = 422
    field = "expert"


@transaction.atomic
def assign_expert(
    *, participant: Participant, expert: Person, is_lead: bool, since: date, by: Actor, at: datetime
) -> ExpertAssignment:
    """Raises Denied, NotAnExpert. Assigning again changes who leads."""
    current = locked_participant(participant)
    demand(may_run(by, current.cohort))
    if expert.state not in IN_POOL:
        raise NotAnExpert(_("%(name)s chưa vào nhóm chuyên gia.") % {"name": expert.name})
    if is_lead:
        current.assignments.filter(until=None, is_lead=True).update(is_lead=False)
    made, _new = ExpertAssignment.objects.update_or_create(
        participant=current, expert=expert, until=None,
        defaults={"is_lead": is_lead}, create_defaults={"is_lead": is_lead, "since": since, "by": by.id, "at": at},
    )  # fmt: skip
    record(
        by=by, at=at, action="participant.assign", on=participant_subject(current),
        after={"person": expert.pk, "is_lead": is_lead, "since": since},
    )  # fmt: skip
    return made


@transaction.atomic
def end_assignment(*, assignment: ExpertAssignment, until: date, by: Actor, at: datetime) -> ExpertAssignment:
    """Raises Denied, BadEntry."""
    participant = locked_participant(assignment.participant)
    demand(may_run(by, participant.cohort))
    if until < assignment.since:
        raise BadEntry("until", _("Ngày kết thúc ở trước ngày bắt đầu."))
    assignment.until = until
    assignment.save(update_fields=["until"])
    record(
        by=by, at=at, action="participant.assign", on=participant_subject(participant),
        before={"person": assignment.expert_id}, after={"until": until},
    )  # fmt: skip
    return assignment


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDraft:
    """As of Session. `experts`: ids. `hours` None: the whole span."""

    week: int
    mode: str
    starts_at: datetime
    ends_at: datetime
    topic: str
    experts: tuple[int, ...] = ()
    where: str = ""
    hours: Decimal | None = None


@transaction.atomic
def save_session(
    *, cohort: Cohort, draft: SessionDraft, by: Actor, at: datetime, participant: Participant | None = None,
    session: Session | None = None, base_version: int = 0,
) -> Session:  # fmt: skip
    """Planned anew or changed while it is planned. Without a firm it is theory for the whole round.

    Two officers who book one expert at once queue at that expert. Raises Denied, Stale, WrongState, NotInThisRound,
    BadEntry, NotAnExpert, ExpertBusy.
    """
    current = locked_cohort(cohort)
    if participant is not None and participant.cohort_id != current.pk:
        raise BadEntry("participant", _("Chọn doanh nghiệp của đợt này."))
    demand(may_coach(by, participant) if participant else may_run(by, current))
    demand_round(current, *CURRENT)
    made = Session(cohort=current, created_by=by.id, created_at=at)
    if session is not None:
        made = Session.objects.select_for_update(of=("self",)).get(pk=session.pk, cohort=current)
        demand(may_change_session(by, made))
        demand_fresh(made, base_version)
        move(made, "save", SESSION_TRANSITIONS)
        made.version += 1
    made.participant = participant
    _fill(made, draft)
    experts = _free_experts(made, draft)
    made.save()
    made.experts.set(experts)
    record(
        by=by, at=at, action="session.save",
        on=participant_subject(participant) if participant else cohort_subject(current),
        after={"session": made.pk, "week": made.week, "mode": made.mode, "starts_at": made.starts_at,
               "ends_at": made.ends_at, "experts": [one.pk for one in experts]},
    )  # fmt: skip
    return made


def _fill(session: Session, draft: SessionDraft) -> None:
    cohort = session.cohort
    if not 1 <= draft.week <= cohort.weeks:
        raise BadEntry("week", _("Đợt này có %(n)s tuần.") % {"n": cohort.weeks})
    if draft.mode not in Mode.values or (draft.mode == Mode.SITE and session.participant is None):
        raise BadEntry("mode", _("Buổi tại nhà máy ghi rõ doanh nghiệp nào."))
    if draft.ends_at <= draft.starts_at:
        raise BadEntry("ends_at", _("Giờ kết thúc phải sau giờ bắt đầu."))
    span = Decimal((draft.ends_at - draft.starts_at).total_seconds()) / 3600
    hours = draft.hours if draft.hours is not None else span
    if not 0 < hours <= min(span, Decimal(24)):
        raise BadEntry("ends_at", _("Số giờ không vượt quá khoảng thời gian và 24 giờ."))
    if cohort.starts_on:
        first, after = week_span(cohort.starts_on, draft.week)
        if not first <= timezone.localdate(draft.starts_at) < after:
            raise BadEntry("starts_at", _("Ngày này không nằm trong tuần %(week)s.") % {"week": draft.week})
    session.week, session.mode, session.where = draft.week, draft.mode, squeeze(draft.where)[:200]
    session.starts_at, session.ends_at = draft.starts_at, draft.ends_at
    session.hours = hours.quantize(Decimal("0.01"))
    session.topic = demand_text("topic", draft.topic, _("Ghi nội dung buổi làm việc."))[:300]


def _free_experts(session: Session, draft: SessionDraft) -> list[Person]:
    experts = list(Person.objects.select_for_update().filter(pk__in=draft.experts).order_by("pk"))
    if len(experts) != len(set(draft.experts)):
        raise BadEntry("experts", _("Chọn chuyên gia trong danh sách."))
    for expert in experts:
        if expert.state not in IN_POOL:
            raise NotAnExpert(_("%(name)s chưa vào nhóm chuyên gia.") % {"name": expert.name})
        booked = expert.sessions.exclude(state=SessionState.CANCELLED).select_related(
            "participant__enterprise", "cohort"
        )
        others = {each.pk: each for each in booked}
        wanted = Booking(session.pk or 0, session.participant_id or 0, session.starts_at, session.ends_at)
        bookings = [Booking(pk, each.participant_id or 0, each.starts_at, each.ends_at) for pk, each in others.items()]
        if busy := clashes(wanted, bookings):
            other = others[busy[0].key]
            place = other.participant.enterprise.name if other.participant else other.cohort.title
            raise ExpertBusy(
                _("%(name)s đã có buổi tại %(place)s từ %(begins)s đến %(ends)s.")
                % {"name": expert.name, "place": place, "begins": moment_text(other.starts_at),
                   "ends": moment_text(other.ends_at)},
                _("Đổi giờ hoặc chọn chuyên gia khác."),
            )  # fmt: skip
    return experts


@transaction.atomic
def hold_session(
    *, session: Session, attendance: Mapping[int, int], by: Actor, at: datetime, base_version: int, paid: bool = True
) -> Session:
    """It took place: how many of each firm came, and a day's hours for each expert.

    `attendance`: participant → people. Raises Denied, Stale, WrongState, BadEntry.
    """
    current = (
        Session.objects.select_for_update(of=("self",))
        .select_related("cohort__agency", "participant")
        .get(pk=session.pk)
    )
    demand(may_change_session(by, current))
    demand_fresh(current, base_version)
    if current.starts_at > at:
        raise BadEntry("", _("Buổi này chưa diễn ra."))
    move(current, "hold", SESSION_TRANSITIONS)
    allowed = set(current.cohort.participants.values_list("pk", flat=True))
    if current.participant_id:
        allowed = {current.participant_id}
    if not set(attendance) <= allowed or any(not 0 <= people <= 1000 for people in attendance.values()):
        raise BadEntry("", _("Ghi số người có mặt của doanh nghiệp trong buổi này."))
    SessionAttendance.objects.bulk_create(
        SessionAttendance(session=current, participant_id=pk, people=people) for pk, people in attendance.items()
    )
    current.version += 1
    current.save()
    on = timezone.localdate(current.starts_at)
    for expert in current.experts.order_by("pk"):
        _add_hours(expert, current.participant, on, current.hours, current.topic, paid, by, at)
    subject = participant_subject(current.participant) if current.participant else cohort_subject(current.cohort)
    record(
        by=by, at=at, action="session.hold", on=subject,
        after={"session": current.pk, "attendance": {str(pk): people for pk, people in attendance.items()}},
    )  # fmt: skip
    return current


def _add_hours(
    expert: Person, participant: Participant | None, on: date, hours: Decimal, note: str, paid: bool, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """A second session of one day adds to its hours, never above 24."""
    day, made = ExpertDay.objects.select_for_update().get_or_create(
        person=expert, participant=participant, on=on,
        defaults={"hours": hours, "paid": paid, "note": note[:300], "by": by.id, "at": at},
    )  # fmt: skip
    if not made:
        day.hours = min(Decimal(24), day.hours + hours)
        day.paid = day.paid or paid
        day.save(update_fields=["hours", "paid"])


@transaction.atomic
def cancel_session(*, session: Session, by: Actor, at: datetime, reason: str, base_version: int) -> Session:
    """Raises Denied, Stale, WrongState, NoReason."""
    current = (
        Session.objects.select_for_update(of=("self",))
        .select_related("cohort__agency", "participant")
        .get(pk=session.pk)
    )
    demand(may_change_session(by, current))
    demand_fresh(current, base_version)
    current.reason = reason_of(reason)
    move(current, "cancel", SESSION_TRANSITIONS)
    current.version += 1
    current.save()
    subject = participant_subject(current.participant) if current.participant else cohort_subject(current.cohort)
    record(by=by, at=at, action="session.cancel", on=subject, after={"session": current.pk}, reason=current.reason)
    return current


@transaction.atomic
def add_action(
    *, participant: Participant, week: int, title: str, owner: str, due: date | None, by: Actor, at: datetime
) -> ActionItem:
    """Raises Denied, WrongState, BadEntry."""
    current = locked_participant(participant)
    demand(may_coach(by, current))
    if current.started_on is None or current.left_on is not None:
        raise WrongState(_("Việc cải tiến ghi trong thời gian tư vấn."))
    if not 1 <= week <= current.cohort.weeks:
        raise BadEntry("week", _("Đợt này có %(n)s tuần.") % {"n": current.cohort.weeks})
    if due is None:
        raise BadEntry("due", _("Ghi hạn làm xong."))
    made = ActionItem.objects.create(
        participant=current, week=week, title=demand_text("title", title, _("Ghi việc phải làm."))[:300],
        owner=demand_text("owner", owner, _("Ghi người của doanh nghiệp làm việc này."))[:150], due=due,
        created_by=by.id, created_at=at,
    )  # fmt: skip
    record(
        by=by, at=at, action="action_item.add", on=participant_subject(current),
        after={"item": made.pk, "title": made.title, "due": due, "week": week},
    )  # fmt: skip
    return made


@transaction.atomic
def move_action(
    *, item: ActionItem, event: str, by: Actor, at: datetime, base_version: int, note: str = "",
    evidence: Photo | None = None,
) -> ActionItem:  # fmt: skip
    """`event`: start, finish, drop or resume. Raises Denied, Stale, WrongState, BadEntry."""
    current = ActionItem.objects.select_for_update(of=("self",)).select_related(
        "participant__cohort__agency", "participant__enterprise"
    ).get(pk=item.pk)  # fmt: skip
    demand(may_move_action(by, current))
    demand_fresh(current, base_version)
    if evidence is not None and evidence.participant_id != current.participant_id:
        raise BadEntry("evidence", _("Chọn ảnh của doanh nghiệp này."))
    before = current.state
    move(current, event, ACTION_TRANSITIONS)
    current.done_on = timezone.localdate(at) if current.state == ActionState.DONE else None
    current.note = squeeze(note)[:500] or current.note
    current.evidence = evidence or current.evidence
    current.version += 1
    current.save()
    record(
        by=by, at=at, action="action_item.move", on=participant_subject(current.participant),
        before={"item": current.pk, "state": before}, after={"item": current.pk, "state": current.state},
        reason=squeeze(note)[:500],
    )  # fmt: skip
    return current
