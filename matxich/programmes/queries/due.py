"""What of programmes waits for one person now: plans to approve, days ahead, steps that squeeze the firm."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from matxich.accounts.permissions import Person, holds
from matxich.kit.actor import Actor
from matxich.programmes.models import Call, CallDate, JointTask, Programme, YearPlan
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
    waiting = plans_to_time().filter(programme__in=programmes, state=PlanState.SUBMITTED)[:MOST]
    plans = plans_to_time().filter(
        programme__in=programmes, programme__state=ProgrammeState.RUNNING, year__gte=today.year
    )
    return AtWork(
        to_approve=[plan for plan in waiting if may_approve_plan(actor, plan)],
        ahead=sorted(_ahead(programmes, actor, today), key=lambda one: one.on)[:MOST],
        tight=tight_ones(plans, today)[:MOST],
    )


def own_programmes(actor: Actor) -> list[int]:
    """Programmes of the actor's agencies, and of those that became part of them."""
    if actor.is_system:
        return list(Programme.objects.values_list("pk", flat=True))
    if not isinstance(actor, Person):
        return []
    mine = Q(agency__in=actor.agency_ids) | Q(agency__successions__successor__in=actor.agency_ids)
    return list(Programme.objects.filter(mine).distinct().values_list("pk", flat=True))


def _ahead(programmes: list[int], actor: Actor, today: date) -> Iterable[Ahead]:
    until = today + AHEAD
    dates = CallDate.objects.filter(
        call__plan__programme__in=programmes, call__state=CallState.PUBLISHED, done_on=None, on__range=(today, until)
    ).select_related("call")
    for dated in dates:
        if dated.on:
            yield Ahead(dated.on, step_name(dated.step, dated.label), title_of(dated.call), "call", dated.call_id)
    for call in Call.objects.filter(plan__programme__in=programmes, state=CallState.PUBLISHED):
        if call.closes_at and today <= timezone.localdate(call.closes_at) <= until:
            yield Ahead(timezone.localdate(call.closes_at), step_name("closes"), title_of(call), "call", call.pk)
    if isinstance(actor, Person):
        tasks = JointTask.objects.filter(
            agreement__agency__in=actor.agency_ids, state__in=(TaskState.TODO, TaskState.DOING), due__lte=until
        ).select_related("agreement")
        for task in tasks:
            if task.due:
                yield Ahead(task.due, task.title, task.agreement.title, "agreement", task.agreement_id)
