"""The case of a proposal before a council, and who stands outside it because of an interest."""

from django.db.models import QuerySet

from matxich.appraisal.models import Case
from matxich.appraisal.permissions import shut_out
from matxich.appraisal.states import CaseState
from matxich.kit.actor import Actor
from matxich.proposals.models import Proposal
from matxich.proposals.states import OWNER


def case_of(proposal: Proposal) -> Case | None:
    """The live one."""
    found = Case.objects.filter(owner_kind=OWNER, owner_id=proposal.pk).exclude(state=CaseState.WITHDRAWN)
    return found.select_related("batch").first()


def shut_proposals(actor: Actor) -> QuerySet[Case]:
    """Ids of proposals in which the actor, as a member of a council, has an interest nobody has cleared."""
    cases = Case.objects.filter(pk__in=shut_out(actor).values("case"), owner_kind=OWNER)
    return cases.values_list("owner_id", flat=True)  # type: ignore[return-value]
