"""What of programmes waits for one person now: plans to approve, days ahead, steps that squeeze the firm."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from matxich.accounts.permissions import Person, holds
from matxich.kit.actor import Actor
from matxich.programmes.models import JointTask, Programme, YearPlan
from matxich.programmes.permissions import DECIDING, MANAGING, may_approve_plan
from matxich.programmes.queries.schedules import Tight, plans_to_time, tight_ones
from matxich.programmes.queries.showing import step_name, title_of
from matxich.programmes.states import CallState, PlanState, ProgrammeState, TaskState

AHEAD = timedelta(days=21)
"""How long before a day it is put before people."""
MOST = 25


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day of a call, of an agreement, or the deadline of a call."""

    on: date
    name: str
    what: str
    kind: str
    pk: int


@dataclass(frozen=True, slots=True)
class AtWork:
    to_approve: list[YearPlan]
    ahead: list[Ahead]
    tight: list[Tight]


def at_work(actor: Actor, at: datetime) -> AtWork:
    """Nothing for those who run no programme. A fixed number of queries, however many programmes there are."""
    if not holds(actor, MANAGING | DECIDING):
        return AtWork([], [], [])
    today = timezone.localdate(at)
    programmes = own_programmes(actor)
    plans = _plans(programmes, today) if programmes else []
    running = [plan for plan in plans if plan.programme.state == ProgrammeState.RUNNING and plan.year >= today.year]
    ahead = [*_of_calls(plans, today), *_of_agreements(actor, today)]
    return AtWork(
        to_approve=[plan for plan in plans if plan.state == PlanState.SUBMITTED and may_approve_plan(actor, plan)][
            :MOST
        ],
        ahead=sorted(ahead, key=lambda one: one.on)[:MOST],
        tight=tight_ones(running, today)[:MOST],
    )


def _plans(programmes: list[int], today: date) -> list[YearPlan]:
    """Those somebody may have work with: not closed, or with a call that the public still watches."""
    open_ones = Q(calls__state=CallState.PUBLISHED) | ~Q(state=PlanState.CLOSED) & Q(year__gte=today.year)
    return list(plans_to_time().filter(open_ones, programme__in=programmes).distinct())


def own_programmes(actor: Actor) -> list[int]:
    """Programmes of the actor's agencies, and of those that became part of them."""
    if actor.is_system:
        return list(Programme.objects.values_list("pk", flat=True))
    if not isinstance(actor, Person):
        return []
    mine = Q(agency__in=actor.agency_ids) | Q(agency__successions__successor__in=actor.agency_ids)
    return list(Programme.objects.filter(mine).distinct().values_list("pk", flat=True))


def _of_calls(plans: list[YearPlan], today: date) -> Iterable[Ahead]:
    """Deadlines, and days of the calendar that are not done yet, of published calls."""
    until = today + AHEAD
    for call in (call for plan in plans for call in plan.calls.all() if call.state == CallState.PUBLISHED):
        for dated in call.dates.all():
            if dated.on and dated.done_on is None and today <= dated.on <= until:
                yield Ahead(dated.on, step_name(dated.step, dated.label), title_of(call), "call", call.pk)
        if call.closes_at and today <= timezone.localdate(call.closes_at) <= until:
            yield Ahead(timezone.localdate(call.closes_at), step_name("closes"), title_of(call), "call", call.pk)


def _of_agreements(actor: Actor, today: date) -> Iterable[Ahead]:
    """Joint tasks of agreements the actor's agencies keep: those ahead and those overdue."""
    if not isinstance(actor, Person):
        return
    tasks = JointTask.objects.filter(
        agreement__agency__in=actor.agency_ids,
        state__in=(TaskState.TODO, TaskState.DOING),
        due__lte=today + AHEAD,
    ).select_related("agreement")
    for task in tasks:
        if task.due:
            yield Ahead(task.due, task.title, task.agreement.title, "agreement", task.agreement_id)
