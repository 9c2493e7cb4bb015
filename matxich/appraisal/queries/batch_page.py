"""Lists of batches and cases. A page of cases costs the same whether there are fifty or five thousand."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from matxich.accounts.permissions import Person
from matxich.appraisal.models import Batch, Case, Decision, Interest, Outcome
from matxich.appraisal.permissions import HEADING, in_charge_of, openable, seats_of, shut_out
from matxich.appraisal.queries.case_page import shown
from matxich.appraisal.states import CaseState, DecisionState, InterestState
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.rulebook.appraisal.exact import exact

PAGE = 50
ALL = _("Tất cả")


def batches_for(actor: Actor) -> QuerySet[Batch]:
    """Those of the agencies the actor answers for, and of councils the actor sits on."""
    mine = in_charge_of(actor) | Q(council__in=seats_of(actor).values("council"))
    return Batch.objects.filter(mine).select_related("agency", "council", "criteria", "call").order_by("-id")


def cases_for(actor: Actor) -> QuerySet[Case]:
    """Every case the actor may open: the one list that pages, exports and notices start from."""
    return Case.objects.filter(openable(actor))


@dataclass(frozen=True, slots=True)
class CaseLine:
    """`mean`, `recommended`: only of concluded cases, to whoever may see them."""

    case: Case
    mean: str
    recommended: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class CaseList:
    batch: Batch
    lines: tuple[CaseLine, ...]
    states: tuple[Link, ...]
    following: int | None
    total: int
    hidden: bool


def case_list(batch: Batch, actor: Actor, asked: Mapping[str, str], after: int | None) -> CaseList:
    """`asked`: "q" and "state". Cases shut to the reader are not on the list, and not in its counts."""
    rows = cases_for(actor).filter(batch=batch)
    counts = {row["state"]: row["n"] for row in rows.order_by().values("state").annotate(n=Count("pk"))}
    state = asked.get("state", "")
    found = rows.filter(state=state) if state in CaseState else rows.exclude(state=CaseState.WITHDRAWN)
    if text := asked.get("q", "").strip()[:80]:
        found = found.filter(Q(reference__icontains=text) | Q(title__icontains=text) | Q(organisation__icontains=text))
    found = found.filter(pk__gt=after) if after else found
    page = list(found.order_by("pk").select_related("outcome").defer("parties", "lines")[: PAGE + 1])
    live = sum(n for key, n in counts.items() if key != CaseState.WITHDRAWN)
    choices = [("", live), *((str(key), counts[key]) for key in CaseState if counts.get(key))]
    return CaseList(
        batch=batch,
        lines=tuple(_line(case, getattr(case, "outcome", None)) for case in page[:PAGE]),
        states=tuple(
            Link(CaseState(key).label if key else ALL, f"?state={key}", count, current=key == state)
            for key, count in choices
        ),
        following=page[PAGE - 1].pk if len(page) > PAGE else None,
        total=live,
        hidden=Case.objects.filter(batch=batch).count() != sum(counts.values()),
    )


def _line(case: Case, outcome: Outcome | None) -> CaseLine:
    if outcome is None:
        return CaseLine(case, "", "", None)
    mean = outcome.result.get("mean")
    return CaseLine(case, shown(exact(mean)) if mean is not None else "", outcome.recommended, outcome.amount)


def interests_to_decide(actor: Actor) -> QuerySet[Interest]:
    """Open ones of batches the actor answers for, never one's own, none of a case shut to the actor."""
    rows = Interest.objects.filter(state=InterestState.OPEN, case__batch__in=batches_for(actor).order_by().values("pk"))
    return rows.exclude(member__user_id=_user(actor)).filter(case__in=cases_for(actor).values("pk"))


def decisions_to_approve(actor: Actor) -> QuerySet[Decision]:
    """Submitted by somebody else, of batches the actor heads."""
    rows = Decision.objects.filter(in_charge_of(actor, HEADING, "batch__"), state=DecisionState.SUBMITTED)
    return rows.exclude(prepared_by=actor.id).select_related("batch__agency")


def interests_of(batch: Batch, actor: Actor) -> list[Interest]:
    """All of the batch that the reader may know of, open ones first."""
    rows = Interest.objects.filter(case__batch=batch).exclude(member__user_id=_user(actor))
    found = list(
        rows.exclude(case__in=shut_out(actor).values("case")).select_related("case", "member__user", "member__council")
    )
    order = {InterestState.OPEN: 0, InterestState.CONFIRMED: 1, InterestState.CLEARED: 2}
    return sorted(found, key=lambda each: (order[InterestState(each.state)], each.case.reference, each.pk))


def _user(actor: Actor) -> int:
    """0, which no account has, for a command."""
    return actor.user_id if isinstance(actor, Person) else 0
