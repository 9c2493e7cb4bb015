"""The page of one programme: its money line by line, plans, calls, agreements, lessons, where it came from."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone

from matxich.kit.actor import Actor
from matxich.kit.verdict import Verdict
from matxich.programmes.models import Agreement, Call, FundingLine, Lesson, Programme, YearPlan
from matxich.programmes.permissions import (
    may_create_programme,
    may_direct,
    may_handle_money,
    may_manage,
    may_open_money,
)
from matxich.programmes.queries.listing import years_of
from matxich.programmes.queries.money import LineTotals, line_totals
from matxich.programmes.queries.schedules import Tight, plans_to_time, tight_ones
from matxich.programmes.queries.showing import layer_name, phase_text, place_name, title_of
from matxich.programmes.states import CallPhase, LessonKind, ProgrammeState


@dataclass(frozen=True, slots=True)
class MoneyRow:
    line: FundingLine
    layer: str
    totals: LineTotals
    may_open: Verdict


@dataclass(frozen=True, slots=True)
class Year:
    """Lines of one year and their sum."""

    year: int
    rows: list[MoneyRow]
    totals: LineTotals


@dataclass(frozen=True, slots=True)
class CallRow:
    call: Call
    title: str
    phase: CallPhase
    phase_text: str


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    programme: Programme
    place: str
    years_text: str
    last_day: date
    totals: LineTotals
    years: list[Year]
    plans: list[YearPlan]
    plan_amounts: dict[int, int]
    calls: list[CallRow]
    agreements: list[Agreement]
    worked: list[Lesson]
    failed: list[Lesson]
    clones: list[Programme]
    tight: list[Tight]
    may_manage: Verdict
    may_direct: Verdict
    may_money: Verdict
    may_clone: Verdict

    @property
    def is_open(self) -> bool:
        return self.programme.state in (ProgrammeState.DRAFT, ProgrammeState.RUNNING)

    @property
    def is_draft(self) -> bool:
        return self.programme.state == ProgrammeState.DRAFT

    @property
    def is_running(self) -> bool:
        return self.programme.state == ProgrammeState.RUNNING


def programme_page(programme: Programme, at: datetime, actor: Actor) -> ProgrammePage:
    lines = list(programme.lines.select_related("sponsor").order_by("-year", "pk"))
    for line in lines:
        line.programme = programme
    plans = list(plans_to_time().filter(programme=programme).order_by("-year").prefetch_related("items"))
    lessons = list(programme.lessons.select_related("origin__programme").order_by("pk"))
    calls = [call for plan in plans for call in plan.calls.all()]
    may_money = (
        may_handle_money(actor, lines[0]) if lines else may_handle_money(actor, FundingLine(programme=programme))
    )
    today = timezone.localdate(at)
    return ProgrammePage(
        programme=programme,
        place=place_name(programme.place),
        years_text=years_of(programme),
        last_day=programme.ends - timedelta(days=1),
        totals=line_totals(lines),
        years=_years(lines, actor),
        plans=plans,
        plan_amounts={plan.pk: sum(item.amount for item in plan.items.all()) for plan in plans},
        calls=[CallRow(call, title_of(call), call.phase(at), phase_text(call, at)) for call in calls],
        agreements=list(programme.agreements.order_by("-signed_on", "-pk").prefetch_related("parties")),
        worked=[lesson for lesson in lessons if lesson.kind == LessonKind.WORKED],
        failed=[lesson for lesson in lessons if lesson.kind == LessonKind.FAILED],
        clones=list(programme.clones.select_related("agency").order_by("pk")),
        tight=tight_ones(plans, today),
        may_manage=may_manage(actor, programme),
        may_direct=may_direct(actor, programme),
        may_money=may_money,
        may_clone=may_create_programme(actor),
    )


def _years(lines: list[FundingLine], actor: Actor) -> list[Year]:
    found = []
    for year, grouped in groupby(lines, key=lambda line: line.year):
        rows = list(grouped)
        shown = [
            MoneyRow(line, layer_name(line.layer), line_totals([line]), may_open_money(actor, line)) for line in rows
        ]
        found.append(Year(year, shown, line_totals(rows)))
    return found
