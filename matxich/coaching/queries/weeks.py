"""A week of a round, and an expert's own weeks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from matxich.coaching.models import ActionItem, Cohort, Participant, Person, Session, WeeklyLog
from matxich.coaching.permissions import may_change_session, may_run, seen_participants
from matxich.coaching.states import LEFT, STARTED, ActionState, LogState, SessionState
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.verdict import Verdict
from matxich.rulebook.coaching.weeks import week_span


@dataclass(frozen=True, slots=True)
class SessionRow:
    session: Session
    experts: tuple[Person, ...]
    people: int | None
    may_change: Verdict
    is_over: bool


@dataclass(frozen=True, slots=True)
class FirmWeek:
    participant: Participant
    log: WeeklyLog | None
    conflicts: int
    due: tuple[ActionItem, ...]


@dataclass(frozen=True, slots=True)
class WeekPage:
    cohort: Cohort
    number: int
    first: date | None
    last: date | None
    is_theory: bool
    is_site: bool
    sessions: tuple[SessionRow, ...]
    firms: tuple[FirmWeek, ...]
    hours: Decimal
    missing: int
    may_run: Verdict
    weeks: tuple[Link, ...]


def week_page(cohort: Cohort, number: int, actor: Actor, at: datetime, links: Mapping[int, str]) -> WeekPage:
    """`links`: week → address. Ten queries and one a session the reader may change."""
    span = week_span(cohort.starts_on, number) if cohort.starts_on else None
    seen = seen_participants(actor).filter(cohort=cohort).values("pk")
    firms = list(
        Participant.objects.filter(pk__in=seen, started_on__isnull=False)
        .select_related("enterprise", "cohort__agency")
        .order_by("rank", "pk")
    )
    mine = [one.pk for one in firms]
    sessions = session_rows(
        cohort.sessions.filter(week=number).filter(participant__in=[*mine]) | cohort.sessions.filter(
            week=number, participant=None
        ), actor, at,
    )  # fmt: skip
    logs = WeeklyLog.objects.filter(participant__in=mine, week=number)
    kept = {log.participant_id: log for log in logs if log.state == LogState.KEPT}
    waiting: dict[int, int] = {}
    for log in logs:
        waiting[log.participant_id] = waiting.get(log.participant_id, 0) + (log.state == LogState.CONFLICT)
    due: dict[int, list[ActionItem]] = {}
    if span:
        items = ActionItem.objects.filter(
            participant__in=mine, due__gte=span[0], due__lt=span[1], state__in=[ActionState.TODO, ActionState.DOING]
        )
        for item in items:
            due.setdefault(item.participant_id, []).append(item)
    rows = tuple(
        FirmWeek(one, kept.get(one.pk), waiting.get(one.pk, 0), tuple(due.get(one.pk, ())))
        for one in firms
        if one.state in STARTED or (one.state in LEFT and number < (one.left_week or 0))
    )
    return WeekPage(
        cohort=cohort,
        number=number,
        first=span[0] if span else None,
        last=span[1] - timedelta(days=1) if span else None,
        is_theory=number in cohort.theory_weeks,
        is_site=number in cohort.site_weeks,
        sessions=sessions,
        firms=rows,
        hours=sum((log.expert_hours for log in kept.values()), Decimal(0)),
        missing=sum(1 for row in rows if row.log is None),
        may_run=may_run(actor, cohort),
        weeks=tuple(Link(str(each), links[each], current=each == number) for each in range(1, cohort.weeks + 1)),
    )


def session_rows(sessions: QuerySet[Session], actor: Actor, at: datetime) -> tuple[SessionRow, ...]:
    found = sessions.select_related("cohort__agency", "participant__enterprise", "participant__cohort__agency")
    rows = []
    for session in found.prefetch_related("experts", "attendance").order_by("starts_at", "pk").distinct():
        people = sum(each.people for each in session.attendance.all())
        rows.append(
            SessionRow(
                session=session,
                experts=tuple(session.experts.all()),
                people=people if session.state == SessionState.HELD else None,
                may_change=may_change_session(actor, session),
                is_over=session.starts_at <= at,
            )
        )
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """An expert's days: what is ahead, what was, the firms and the hours."""

    person: Person
    ahead: tuple[Day, ...]
    behind: tuple[Day, ...]
    firms: tuple[Participant, ...]
    hours: Decimal
    hours_ahead: Decimal


def schedule(person: Person, at: datetime) -> Schedule:
    """Sessions of the next twelve weeks and of the last four; hours of the last twelve months."""
    today = timezone.localdate(at)
    sessions = list(
        person.sessions.exclude(state=SessionState.CANCELLED)
        .filter(starts_at__gte=at - timedelta(weeks=4), starts_at__lt=at + timedelta(weeks=12))
        .select_related("cohort", "participant__enterprise")
        .order_by("starts_at", "pk")
    )
    ahead = [each for each in sessions if timezone.localdate(each.starts_at) >= today]
    behind = [each for each in sessions if timezone.localdate(each.starts_at) < today]
    firms = (
        Participant.objects.filter(assignments__expert=person, assignments__until=None)
        .select_related("enterprise", "cohort")
        .order_by("cohort", "pk")
        .distinct()
    )
    given = person.days.filter(on__gt=today - timedelta(days=365))
    return Schedule(
        person=person,
        ahead=_days(ahead),
        behind=tuple(reversed(_days(behind))),
        firms=tuple(firms),
        hours=sum((day.hours for day in given), Decimal(0)),
        hours_ahead=sum((each.hours for each in ahead), Decimal(0)),
    )


def _days(sessions: list[Session]) -> tuple[Day, ...]:
    found: dict[date, list[Session]] = {}
    for each in sessions:
        found.setdefault(timezone.localdate(each.starts_at), []).append(each)
    return tuple(Day(on, tuple(each)) for on, each in found.items())
