"""One firm in its round: where it stands, what comes next, what was measured, done, written and seen."""

from dataclasses import dataclass
from datetime import date

from matxich.coaching.models import (
    ActionItem,
    Assessment,
    Baseline,
    ExpertAssignment,
    FollowUp,
    Interview,
    Participant,
    Photo,
    Session,
    Visit,
    WeeklyLog,
)
from matxich.coaching.permissions import (
    coaches,
    may_coach,
    may_decide,
    may_handle,
    may_open_original,
    may_rate,
    may_run,
    may_verify_for,
    may_work_on,
)
from matxich.coaching.queries.definitions import value_of
from matxich.coaching.queries.letters import letters_of
from matxich.coaching.queries.measures import Compared, Version, versions_of
from matxich.coaching.queries.showing import Slope, current_week, exact_text, gain_text, named, region_label, slope
from matxich.coaching.states import (
    ACTION_TRANSITIONS,
    LEFT,
    STAGE_DAYS,
    ActionState,
    BaselineState,
    CohortState,
    DraftState,
    LogState,
    ParticipantState,
)
from matxich.correspondence.models import OfficialPaper
from matxich.kit.actor import Actor
from matxich.kit.personal import mask
from matxich.kit.verdict import Verdict
from matxich.places.queries import name_of
from matxich.registry.permissions import manages_firm

P = ParticipantState


@dataclass(frozen=True, slots=True)
class KpiRow:
    told: Compared
    name: str
    where: str
    base: str
    weekly: tuple[tuple[int, str], ...]
    end: str
    gain: str
    is_better: bool
    slope: Slope | None
    verified: bool
    later: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VersionRows:
    version: Version
    rows: tuple[KpiRow, ...]


@dataclass(frozen=True, slots=True)
class ActionRow:
    item: ActionItem
    owner: str
    late: bool
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Workspace:
    participant: Participant
    place: str
    place_then: str
    region: str
    week: int | None
    next_step: str
    versions: tuple[VersionRows, ...]
    open_baseline: Baseline | None
    actions: tuple[ActionRow, ...]
    logs: tuple[WeeklyLog, ...]
    conflicts: tuple[WeeklyLog, ...]
    sessions: tuple[Session, ...]
    experts: tuple[ExpertAssignment, ...]
    visits: tuple[Visit, ...]
    interviews: tuple[Interview, ...]
    assessments: tuple[Assessment, ...]
    photos: tuple[Photo, ...]
    follow_ups: tuple[FollowUp, ...]
    letters: tuple[OfficialPaper, ...]
    may_handle: Verdict
    may_coach: Verdict
    may_work: Verdict
    may_run: Verdict
    may_decide: Verdict
    may_verify: Verdict
    may_rate: Verdict
    may_originals: bool
    is_firm: bool
    is_expert: bool

    @property
    def left(self) -> bool:
        return self.participant.state in LEFT

    @property
    def days(self) -> list[tuple[str, date]]:
        """What it came to, with the day, the first first."""
        found = [(str(P.LONGLISTED.label), self.participant.longlisted_on)]
        for state, column in STAGE_DAYS.items():
            if on := getattr(self.participant, column):
                found.append((str(state.label), on))
        return found


def workspace(participant: Participant, actor: Actor, today: date) -> Workspace:
    """Some twenty queries whatever there is."""
    cohort = participant.cohort
    versions = versions_of(participant)
    logs = list(participant.logs.order_by("week", "pk"))
    photos = tuple(participant.photos.filter(removed_at=None).order_by("-taken_on", "-pk")[:60])
    return Workspace(
        participant=participant,
        place=name_of(participant.province_34),
        place_then=name_of(participant.province_63, date(2025, 6, 30)),
        region=region_label(cohort, participant.province_63),
        week=current_week(cohort, today) if cohort.state == CohortState.RUNNING else None,
        next_step=next_step(participant, versions),
        versions=tuple(VersionRows(each, tuple(kpi_row(row) for row in each.rows)) for each in versions),
        open_baseline=next((each.baseline for each in versions if each.baseline.state == BaselineState.OPEN), None),
        actions=tuple(_action(item, today) for item in participant.actions.order_by("due", "pk")),
        logs=tuple(log for log in logs if log.state == LogState.KEPT),
        conflicts=tuple(log for log in logs if log.state == LogState.CONFLICT),
        sessions=tuple(participant.sessions.prefetch_related("experts").order_by("starts_at")),
        experts=tuple(participant.assignments.filter(until=None).select_related("expert").order_by("-is_lead", "pk")),
        visits=tuple(participant.visits.filter(state=DraftState.SENT).order_by("-pk")),
        interviews=tuple(participant.interviews.select_related("person").order_by("pk")),
        assessments=tuple(participant.assessments.order_by("on", "pk")),
        photos=photos,
        follow_ups=tuple(participant.follow_ups.order_by("due_on")),
        letters=letters_of(participant, actor),
        may_handle=may_handle(actor, participant),
        may_coach=may_coach(actor, participant),
        may_work=may_work_on(actor, participant),
        may_run=may_run(actor, cohort),
        may_decide=may_decide(actor, cohort),
        may_verify=may_verify_for(actor, participant),
        may_rate=may_rate(actor, participant),
        may_originals=bool(photos) and bool(may_open_original(actor, photos[0])),
        is_firm=manages_firm(actor, participant.enterprise),
        is_expert=coaches(actor, participant),
    )


def next_step(participant: Participant, versions: tuple[Version, ...]) -> str:
    """What the firm waits for: screen, visit, survey, interview, decide, agree, measure, lock, begin, weeks, verify,
    close, follow, or nothing."""
    told = {
        P.LONGLISTED: "screen", P.ELIGIBLE: "visit", P.VISITED: "survey", P.SURVEYED: "interview",
        P.INTERVIEWED: "decide", P.RESERVE: "wait", P.SELECTED: "agree", P.LOCKED: "begin", P.RUNNING: "weeks",
        P.MEASURED: "verify", P.VERIFIED: "close", P.CLOSED: "follow",
    }  # fmt: skip
    state = ParticipantState(participant.state)
    if state == P.AGREED:
        return "lock" if any(each.rows for each in versions) else "measure"
    return told.get(state, "")


def kpi_row(told: Compared) -> KpiRow:
    base, end = value_of(told.base), value_of(told.end)
    where = " · ".join(part for part in (told.measured.line, told.measured.product) if part)
    return KpiRow(
        told=told,
        name=named(told.kpi.names),
        where=where,
        base=exact_text(base.exact, told.kpi, base.why) if told.base else "–",
        weekly=tuple(
            (each.week or 0, exact_text(value_of(each).exact, told.kpi, value_of(each).why)) for each in told.weekly
        ),
        end=exact_text(end.exact, told.kpi, end.why) if told.end else "–",
        gain=gain_text(told.gain, told.kpi) if told.end else "",
        is_better=told.gain.is_better,
        slope=slope(base.exact, end.exact, told.kpi),
        verified=told.is_verified,
        later=tuple(
            (moment, exact_text(value_of(each).exact, told.kpi, value_of(each).why))
            for moment, each in told.later.items()
        ),
    )


def _action(item: ActionItem, today: date) -> ActionRow:
    waiting = item.state in (ActionState.TODO, ActionState.DOING)
    return ActionRow(
        item=item,
        owner=mask("name", item.owner),
        late=waiting and item.due < today,
        events=tuple(event for (state, event) in ACTION_TRANSITIONS if state == item.state),
    )
