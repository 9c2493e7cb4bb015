"""Councils with their members, sittings, plans and what each member did in a year."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from matxich.appraisal.models import Batch, Council, CouncilMember, CouncilPlan, Session
from matxich.appraisal.permissions import in_charge_of, seats_of
from matxich.appraisal.queries.my_cases import Year, year_of
from matxich.appraisal.states import CouncilPlanState
from matxich.kit.actor import Actor

SHOWN = 20


def councils_for(actor: Actor) -> QuerySet[Council]:
    """Those of agencies the actor answers for, of the places the actor oversees, and one's own."""
    mine = in_charge_of(actor) | Q(pk__in=seats_of(actor).values("council"))
    if places := actor.oversight:
        mine |= Q(place__in=places)
    rows = Council.objects.all() if actor.oversight is None else Council.objects.filter(mine)
    count = Count("members", filter=Q(members__valid_to=None))
    return rows.select_related("agency").annotate(seats=count).order_by("-id")


@dataclass(frozen=True, slots=True)
class MemberLine:
    member: CouncilMember
    year: Year | None


@dataclass(frozen=True, slots=True)
class CouncilPage:
    council: Council
    members: tuple[MemberLine, ...]
    former: tuple[CouncilMember, ...]
    sessions: tuple[Session, ...]
    plans: tuple[CouncilPlan, ...]
    batches: tuple[Batch, ...]
    year: int


def council_page(council: Council, year: int) -> CouncilPage:
    """Eight queries, whatever the number of members."""
    everybody = list(council.members.select_related("user").order_by("id"))
    members = [each for each in everybody if each.valid_to is None]
    years = year_of(members, year)
    order = ("chair", "vice", "reviewer", "finance", "member", "secretary")
    members.sort(key=lambda each: (order.index(each.role), each.pk))
    return CouncilPage(
        council=council,
        members=tuple(MemberLine(each, years.get(each.pk)) for each in members),
        former=tuple(each for each in everybody if each.valid_to is not None),
        sessions=tuple(council.sessions.order_by("-starts_at")[:SHOWN]),
        plans=tuple(council.plans.order_by("-year")[:SHOWN]),
        batches=tuple(council.batches.order_by("-id")[:SHOWN]),
        year=year,
    )


def announced_plans(year: int | None = None) -> QuerySet[CouncilPlan]:
    """What the public may read, newest first."""
    rows = CouncilPlan.objects.filter(state=CouncilPlanState.ANNOUNCED).select_related("council__agency")
    return rows.filter(year=year) if year else rows


def plan_of(council: Council, year: int) -> CouncilPlan | None:
    return CouncilPlan.objects.filter(council=council, year=year).first()
