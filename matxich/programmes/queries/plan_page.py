"""The page of a plan year: what it does, how it fits its money, its calls and their latest days."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.verdict import Verdict
from matxich.programmes.contents import groups
from matxich.programmes.models import FundingLine, PlanItem, YearPlan
from matxich.programmes.permissions import may_approve_plan, may_direct, may_manage
from matxich.programmes.queries.programme_page import CallRow
from matxich.programmes.queries.schedules import Timing, ground_of, plans_to_time, timing_of
from matxich.programmes.queries.showing import group_article, group_name, people_named, phase_text, title_of
from matxich.programmes.states import PlanState


@dataclass(frozen=True, slots=True)
class ItemRow:
    item: PlanItem
    group: str
    article: Link | None


@dataclass(frozen=True, slots=True)
class LineUse:
    """What a plan asks of a line. `over`: by how many đồng that is more than the line was allotted."""

    line: FundingLine
    planned: int

    @property
    def over(self) -> int:
        return max(0, self.planned - self.line.budget)


@dataclass(frozen=True, slots=True)
class TimedCall:
    row: CallRow
    timing: Timing


@dataclass(frozen=True, slots=True)
class PlanPage:
    plan: YearPlan
    items: list[ItemRow]
    total: int
    lines: list[LineUse]
    calls: list[TimedCall]
    timing: Timing
    submitted_by: str
    approved_by: str
    may_manage: Verdict
    may_approve: Verdict
    may_direct: Verdict

    @property
    def is_editable(self) -> bool:
        return self.plan.state in (PlanState.DRAFT, PlanState.RETURNED)

    @property
    def is_submitted(self) -> bool:
        return self.plan.state == PlanState.SUBMITTED

    @property
    def is_approved(self) -> bool:
        return self.plan.state == PlanState.APPROVED


def plan_page(plan: YearPlan, at: datetime, actor: Actor) -> PlanPage:
    plan = plans_to_time().get(pk=plan.pk)
    today = timezone.localdate(at)
    items = list(plan.items.select_related("funding_line").order_by("order", "pk"))
    names = people_named([plan.submitted_by, plan.approved_by])
    calls, ground = list(plan.calls.all()), ground_of([plan])
    timed = [
        TimedCall(
            CallRow(call, title_of(call), call.phase(at), phase_text(call, at)), timing_of(plan, call, today, ground)
        )
        for call in calls
    ]
    own = min(
        (each.timing for each in timed),
        key=lambda timing: timing.firm_days,
        default=timing_of(plan, None, today, ground),
    )
    return PlanPage(
        plan=plan,
        items=[_item(item) for item in items],
        total=sum(item.amount for item in items),
        lines=_lines(plan, items),
        calls=timed,
        timing=own,
        submitted_by=names.get(plan.submitted_by, ""),
        approved_by=names.get(plan.approved_by, ""),
        may_manage=may_manage(actor, plan.programme),
        may_approve=may_approve_plan(actor, plan),
        may_direct=may_direct(actor, plan.programme),
    )


def _item(item: PlanItem) -> ItemRow:
    group = groups().get(item.content_group)
    return ItemRow(item, group_name(item.content_group), group_article(group) if group else None)


def _lines(plan: YearPlan, items: list[PlanItem]) -> list[LineUse]:
    planned: defaultdict[int, int] = defaultdict(int)
    for item in items:
        planned[item.funding_line_id] += item.amount
    lines = plan.programme.lines.filter(year=plan.year).order_by("pk")
    return [LineUse(line, planned[line.pk]) for line in lines]
