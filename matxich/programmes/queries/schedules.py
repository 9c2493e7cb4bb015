"""A plan year and each of its calls against the days by which its steps have to happen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Prefetch, QuerySet
from django.utils import timezone

from matxich.programmes.models import Call, CallDate, MoneyEntry, YearPlan
from matxich.programmes.queries.showing import step_name, working_days_text
from matxich.programmes.states import CallState, EntryKind, PlanState, ProgrammeState
from matxich.programmes.timing import law_durations, steps
from matxich.rulebook.parameters.holidays_vn import vietnam
from matxich.rulebook.programmes.schedule import Schedule, Standing, schedule


@dataclass(frozen=True, slots=True)
class Line:
    """One step as a page shows it. `state`: done, late_done, late, planned or coming; `room`: working days to spare."""

    code: str
    name: str
    latest: date
    exact: bool
    done: date | None
    expected: date
    state: str
    days: str
    firm: bool


@dataclass(frozen=True, slots=True)
class Timing:
    """`firm_days`: working days the firm has left, 0 at least. `squeezed_by`: the step whose lateness takes them, ""
    while it has what it needs."""

    lines: tuple[Line, ...]
    firm_days: int
    firm_wanted: int
    squeezed_by: str
    squeezed_days: int
    missing_years: tuple[int, ...]

    @property
    def is_tight(self) -> bool:
        return self.firm_days < self.firm_wanted

    @property
    def percent(self) -> int:
        """How much of its time the firm keeps."""
        return max(0, min(100, 100 * self.firm_days // max(1, self.firm_wanted)))


def plans_to_time() -> QuerySet[YearPlan]:
    """Plans with what their schedule rests on; three queries for any number of them."""
    calls = Call.objects.exclude(state=CallState.CANCELLED).order_by("opens_at", "pk").prefetch_related("dates")
    return YearPlan.objects.select_related("programme__agency").prefetch_related(Prefetch("calls", queryset=calls))


def first_allotments(plans: Iterable[YearPlan]) -> dict[int, date]:
    """Plan → the day money was first allotted to a line of its programme and year. One query."""
    asked = {(plan.programme_id, plan.year): plan.pk for plan in plans}
    rows = (
        MoneyEntry.objects.filter(
            kind=EntryKind.ALLOT,
            line__programme__in={programme for programme, _year in asked},
            line__year__in={year for _programme, year in asked},
        )
        .values("line__programme", "line__year")
        .annotate(first=Min("on"))
    )
    return {
        asked[row["line__programme"], row["line__year"]]: row["first"]
        for row in rows
        if (row["line__programme"], row["line__year"]) in asked
    }


@dataclass(frozen=True, slots=True)
class Ground:
    """What schedules of several plans rest on: plan → first allotment, year → days of steps that the law sets."""

    allotted: Mapping[int, date]
    terms: Mapping[int, Mapping[str, int]]


def ground_of(plans: Iterable[YearPlan]) -> Ground:
    """Two queries for a year, however many plans."""
    rows = list(plans)
    return Ground(
        first_allotments(rows) if rows else {}, {year: law_durations(year) for year in {p.year for p in rows}}
    )


def timing_of(plan: YearPlan, call: Call | None, today: date, ground: Ground | None = None) -> Timing:
    """Of a call, or of a plan that has none yet. `ground`: where several are asked for."""
    return _shown(schedule_of(plan, call, today, ground or ground_of([plan])))


def schedule_of(plan: YearPlan, call: Call | None, today: date, ground: Ground) -> Schedule:
    done, planned = _days(plan, call, today, ground.allotted)
    return schedule(
        steps(),
        year=plan.year,
        today=today,
        calendar=vietnam(),
        done=done,
        planned=planned,
        durations={**ground.terms[plan.year], **plan.durations},
    )


def _days(
    plan: YearPlan, call: Call | None, today: date, allotted: Mapping[int, date]
) -> tuple[dict[str, date], dict[str, date]]:
    """Step → day, of what happened and of what is planned."""
    done: dict[str, date] = {}
    planned: dict[str, date] = {}
    if plan.state in (PlanState.APPROVED, PlanState.CLOSED) and plan.decided_on:
        done["plan_approved"] = plan.decided_on
    if plan.pk in allotted:
        done["money_allotted"] = allotted[plan.pk]
    if call is None:
        return done, planned
    if call.published_at:
        done["published"] = timezone.localdate(call.published_at)
    elif call.opens_at:
        planned["published"] = timezone.localdate(call.opens_at)
    if call.closes_at:
        closes = timezone.localdate(call.closes_at)
        (done if call.published_at and closes < today else planned)["closes"] = closes
    known = steps().by_id
    for dated in call.dates.all():
        _one(dated, known, done, planned)
    return done, planned


def _one(dated: CallDate, known: Mapping[str, object], done: dict[str, date], planned: dict[str, date]) -> None:
    if dated.step not in known:
        return
    if dated.done_on:
        done[dated.step] = dated.done_on
    elif dated.on:
        planned[dated.step] = dated.on


def _shown(found: Schedule) -> Timing:
    squeezed = found.squeezed_by
    return Timing(
        lines=tuple(_line(line) for line in found.lines),
        firm_days=max(0, found.firm_days),
        firm_wanted=found.firm_wanted,
        squeezed_by=step_name(squeezed.step.id) if squeezed else "",
        squeezed_days=max(0, squeezed.late_by) if squeezed else 0,
        missing_years=found.missing_years,
    )


def _line(line: Standing) -> Line:
    if line.is_done:
        state = "late_done" if line.is_late else "done"
    elif line.is_late:
        state = "late"
    else:
        state = "planned" if line.planned else "coming"
    return Line(
        code=line.step.id,
        name=step_name(line.step.id),
        latest=line.latest.on,
        exact=line.latest.exact,
        done=line.done,
        expected=line.expected,
        state=state,
        days=working_days_text(abs(line.late_by)),
        firm=line.step.firm,
    )


@dataclass(frozen=True, slots=True)
class Tight:
    """A plan, or one call of it, that leaves the firm less time than it needs."""

    plan: YearPlan
    call: Call | None
    timing: Timing


def tight_ones(plans: Iterable[YearPlan], today: date) -> list[Tight]:
    """Calls still at work, and plans without a call, that squeeze the firm; the tightest first."""
    rows = [plan for plan in plans if plan.programme.state in (ProgrammeState.DRAFT, ProgrammeState.RUNNING)]
    rows = [plan for plan in rows if plan.state != PlanState.CLOSED and plan.year >= today.year]
    ground = ground_of(rows)
    found: list[Tight] = []
    for plan in rows:
        calls = [call for call in plan.calls.all() if call.state in (CallState.DRAFT, CallState.PUBLISHED)]
        alone: list[Call | None] = [] if plan.calls.all() else [None]
        for call in calls or alone:
            timing = timing_of(plan, call, today, ground)
            if timing.is_tight:
                found.append(Tight(plan, call, timing))
    return sorted(found, key=lambda one: one.timing.firm_days)
