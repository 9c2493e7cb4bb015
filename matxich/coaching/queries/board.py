"""The board of a round: the funnel with its reasons, firms week by week, what may be done next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from matxich.coaching.models import Cohort, KpiReading, Participant, WeeklyLog
from matxich.coaching.permissions import may_decide, may_run, seen_participants
from matxich.coaching.queries.definitions import kpi_of, value_of
from matxich.coaching.queries.letters import untold
from matxich.coaching.queries.showing import STEPS as STEP_NAMES
from matxich.coaching.queries.showing import Slope, current_week, exact_text, region_label, slope
from matxich.coaching.states import (
    COHORT_TRANSITIONS,
    LEFT,
    CohortState,
    LogState,
    Moment,
    ParticipantState,
)
from matxich.kit.actor import Actor
from matxich.kit.verdict import Verdict
from matxich.places.queries import name_of
from matxich.rulebook.coaching.selection import FunnelStep, Journey, funnel

REACHED = (
    ("finished", "closed_on"), ("started", "started_on"), ("agreed", "agreed_on"), ("selected", "selected_on"),
    ("interviewed", "interviewed_on"), ("surveyed", "surveyed_on"), ("visited", "visited_on"),
    ("eligible", "eligible_on"),
)  # fmt: skip


def furthest(participant: Participant) -> str:
    """The furthest step of the funnel a firm came to, by its days."""
    return next((step for step, column in REACHED if getattr(participant, column)), "longlisted")


def funnel_of(participants: Sequence[Participant]) -> tuple[FunnelStep, ...]:
    return funnel(
        [Journey(furthest(one), one.state in LEFT, one.reason if one.state in LEFT else "") for one in participants]
    )


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the funnel; `state` is "done", "now" or "" for what is to come."""

    name: str
    told: FunnelStep
    state: str


@dataclass(frozen=True, slots=True)
class Week:
    """One week of one firm, drawn at `x`: theory, site, late (no log though it is over), stopped, or to come."""

    number: int
    kind: str
    x: int


@dataclass(frozen=True, slots=True)
class FirmRow:
    participant: Participant
    place: str
    weeks: tuple[Week, ...]
    base: str
    now: str
    slope: Slope | None
    logs: int
    open_actions: int
    late_actions: int

    @property
    def left(self) -> bool:
        return self.participant.state in LEFT


@dataclass(frozen=True, slots=True)
class Board:
    cohort: Cohort
    steps: tuple[Step, ...]
    inside: tuple[FirmRow, ...]
    choosing: tuple[FirmRow, ...]
    gone: tuple[FirmRow, ...]
    week: int | None
    weeks: tuple[Week, ...]
    regions: tuple[tuple[str, int], ...]
    measured_name: str
    may_run: Verdict
    may_decide: Verdict
    letters_due: int
    events: tuple[str, ...]

    @property
    def total(self) -> int:
        return len(self.inside) + len(self.choosing) + len(self.gone)


STEP = 22
DECIDED = frozenset({CohortState.SELECTING, CohortState.RUNNING, CohortState.CLOSING})
"""Steps of a round in which firms wait to be told the outcome; a closed one of before has told them."""
COMING_BY_STATE = {
    CohortState.SCREENING: "eligible", CohortState.SELECTING: "interviewed", CohortState.RUNNING: "started",
    CohortState.CLOSING: "finished", CohortState.CLOSED: "finished",
}  # fmt: skip


def board(cohort: Cohort, actor: Actor, today: date) -> Board:
    """What the reader may see of it, in ten queries however many firms."""
    seen = seen_participants(actor).filter(cohort=cohort).values("pk")
    participants = list(
        Participant.objects.filter(pk__in=seen)
        .select_related("enterprise", "cohort")
        .annotate(
            open_actions=Count("actions", filter=Q(actions__state__in=["todo", "doing"]), distinct=True),
            late_actions=Count(
                "actions", filter=Q(actions__state__in=["todo", "doing"], actions__due__lt=today), distinct=True
            ),
        )
        .order_by("rank", "pk")
    )
    logs = _logs(participants)
    readings, name = _readings(participants)
    rows = [_row(one, cohort, logs.get(one.pk, set()), readings.get(one.pk, {}), today) for one in participants]
    told = funnel_of(participants)
    now = COMING_BY_STATE.get(CohortState(cohort.state), "longlisted")
    if cohort.state == CohortState.CLOSED:
        now = ""
    counted: dict[str, int] = {}
    for one in participants:
        if one.state not in LEFT and (label := region_label(cohort, one.province_63)):
            counted[label] = counted.get(label, 0) + 1
    runs = may_run(actor, cohort)
    chosen = [row for row in rows if row.participant.selected_on and not row.left]
    return Board(
        cohort=cohort,
        steps=tuple(
            Step(str(STEP_NAMES[each.step]), each, "now" if each.step == now else "done" if each.reached else "")
            for each in told
        ),
        inside=tuple(chosen),
        choosing=tuple(row for row in rows if not row.participant.selected_on and not row.left),
        gone=tuple(row for row in rows if row.left),
        week=current_week(cohort, today) if cohort.state == CohortState.RUNNING else None,
        weeks=tuple(Week(number, "", 10 + STEP * (number - 1)) for number in range(1, cohort.weeks + 1)),
        regions=tuple(sorted(counted.items(), key=lambda pair: -pair[1])),
        measured_name=name,
        may_run=runs,
        may_decide=may_decide(actor, cohort),
        letters_due=len(untold(cohort)) if runs and cohort.state in DECIDED else 0,
        events=tuple(event for (state, event) in COHORT_TRANSITIONS if state == cohort.state),
    )


def _logs(participants: Sequence[Participant]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = WeeklyLog.objects.filter(participant__in=participants, state=LogState.KEPT).values_list(
        "participant", "week"
    )
    for participant, week in rows:
        found.setdefault(participant, set()).add(week)
    return found


def _readings(participants: Sequence[Participant]) -> tuple[dict[int, dict[str, KpiReading]], str]:
    """Base and end of the first indicator of the baseline in force: the one the board draws, and its name."""
    found: dict[int, dict[str, KpiReading]] = {}
    rows = (
        KpiReading.objects.filter(
            participant__in=participants, moment__in=[Moment.BASE, Moment.END], replaced_at=None, measured__order=1,
            measured__baseline__state="locked",
        )
        .select_related("measured__definition", "measured__baseline")
        .order_by("measured__baseline__number", "pk")
    )  # fmt: skip
    names: set[str] = set()
    for reading in rows:
        mine = found.setdefault(reading.participant_id, {})
        if reading.moment == Moment.BASE:
            mine.clear()
        mine[reading.moment] = reading
        names.add(reading.measured.definition.names["vi"])
    return found, names.pop() if len(names) == 1 else ""


def _row(one: Participant, cohort: Cohort, logs: set[int], readings: Mapping[str, KpiReading], today: date) -> FirmRow:
    base, end = readings.get(Moment.BASE), readings.get(Moment.END)
    first, last = value_of(base), value_of(end)
    kpi = kpi_of(base.measured.definition) if base else None
    return FirmRow(
        participant=one,
        place=name_of(one.province_34),
        weeks=_weeks(one, cohort, logs, today) if one.started_on else (),
        base=exact_text(first.exact, kpi, first.why) if kpi else "–",
        now=exact_text(last.exact, kpi, last.why) if kpi and end else "–",
        slope=slope(first.exact, last.exact, kpi) if kpi else None,
        logs=len(logs),
        open_actions=one.open_actions,  # type: ignore[attr-defined]
        late_actions=one.late_actions,  # type: ignore[attr-defined]
    )


def _weeks(one: Participant, cohort: Cohort, logs: set[int], today: date) -> tuple[Week, ...]:
    done = one.state in (ParticipantState.MEASURED, ParticipantState.VERIFIED, ParticipantState.CLOSED)
    reached = cohort.weeks if done else _week_today(cohort, today)
    found = []
    for number in range(1, cohort.weeks + 1):
        if one.left_week and number >= one.left_week:
            kind = "x"
        elif number in logs:
            kind = "t" if number in cohort.theory_weeks else "s"
        elif number < reached:
            kind = "l"
        else:
            kind = "n"
        found.append(Week(number, kind, 1 + STEP * (number - 1)))
    return tuple(found)


def _week_today(cohort: Cohort, today: date) -> int:
    """The week under way; one past the last when they are over, 0 before the first."""
    if cohort.starts_on is None or today < cohort.starts_on:
        return 0
    return min((today - cohort.starts_on).days // 7 + 1, cohort.weeks + 1)
