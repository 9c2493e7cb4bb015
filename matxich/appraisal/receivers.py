"""What this room hears from below, and what it keeps back of the history."""

from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.dispatch import receiver

from matxich.accounts.personal_data.signals import personal_data_erasure
from matxich.appraisal.actions.councils import found_by_paper
from matxich.appraisal.actions.decisions import demand_not_issued, issue_decision
from matxich.appraisal.actions.moving import of_council
from matxich.appraisal.actions.plans import announce_by_paper
from matxich.appraisal.models import Ballot, Council, CouncilMember, CouncilPlan, Decision
from matxich.appraisal.permissions import shut_out
from matxich.appraisal.states import BallotState
from matxich.correspondence.signals import paper_issued, paper_withdrawn
from matxich.kit.actor import Actor
from matxich.ledger.actions import record
from matxich.ledger.withholding import withhold


@receiver(personal_data_erasure)
def wipe_person(subject: str, by: Actor, at: datetime, **kwargs: Any) -> None:
    """ "user:7": what a member told of money and contracts; seats and ballots stay, they are acts of office."""
    kind, _, number = subject.partition(":")
    if kind != "user" or not number.isdecimal():
        return
    for member in _told_of(int(number)):
        if not member.known:
            continue
        member.known = {}
        member.version += 1
        member.save()
        record(by=by, at=at, action="council.member_change", on=of_council(member.council), after={"erased": member.pk})


def _told_of(user: int) -> QuerySet[CouncilMember]:
    return CouncilMember.objects.select_for_update(of=("self",)).select_related("council").filter(user=user)


@receiver(paper_issued)
def paper_took_effect(
    owner_kind: str,
    owner_id: str,
    purpose: str,
    paper: int,
    number: str,
    on: date,
    by: Actor,
    at: datetime,
    **rest: Any,
) -> None:
    """The decision, the founding and the plan count from the issue of their paper, not a click. `paper`: its key."""
    match owner_kind, purpose:
        case "decision", "approval":
            decision = Decision.objects.get(pk=int(owner_id))
            issue_decision(decision=decision, number=number, on=on, paper=paper, by=by, at=at)
        case "council", "founding":
            found_by_paper(
                council=Council.objects.get(pk=int(owner_id)), number=number, on=on, paper=paper, by=by, at=at
            )
        case "council_plan", "announcement":
            announce_by_paper(plan=CouncilPlan.objects.get(pk=int(owner_id)), number=number, paper=paper, by=by, at=at)


@receiver(paper_withdrawn)
def paper_lost_effect(owner_kind: str, owner_id: str, purpose: str, **rest: Any) -> None:
    """Cases that were decided stay decided: another decision replaces this one. Raises DecisionStands."""
    if (owner_kind, purpose) == ("decision", "approval"):
        demand_not_issued(Decision.objects.get(pk=int(owner_id)))


@withhold
def sealed_ballots(actor: Actor) -> Q:
    """Who handed in a ballot is a count before the opening; one's own handing in is no secret to oneself."""
    sealed = Ballot.objects.exclude(state=BallotState.OPENED)
    return Q(object_kind="ballot", object_id__in=_keys(sealed, "pk")) & ~Q(actor_id=actor.id, actor_kind=actor.kind)


@withhold
def cases_shut_to(actor: Actor) -> Q:
    """History of a case is as shut as the case, one's own part in it too."""
    return Q(object_kind="case", object_id__in=_keys(shut_out(actor), "case_id"))


def _keys(rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    """Keys as the history writes them."""
    return rows.annotate(key=Cast(name, CharField())).values("key")
