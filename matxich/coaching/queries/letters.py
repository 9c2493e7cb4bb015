"""Letters about the selection: which decisions no letter told yet, and the letters of one firm."""

from matxich.coaching.models import Cohort, Participant, Selection
from matxich.correspondence.models import OfficialPaper
from matxich.correspondence.permissions import may_open_paper
from matxich.correspondence.states import PaperState
from matxich.kit.actor import Actor

GONE = (PaperState.DISCARDED, PaperState.WITHDRAWN)


def untold(cohort: Cohort) -> list[Selection]:
    """The latest decision about each firm, where no letter that stands tells of it. Two queries."""
    decided = Selection.objects.filter(participant__cohort=cohort).select_related("participant__enterprise")
    latest = {one.participant_id: one for one in decided.order_by("pk")}
    letters = [one.letter for one in latest.values() if one.letter]
    standing = set(OfficialPaper.objects.filter(pk__in=letters).exclude(state__in=GONE).values_list("pk", flat=True))
    return [one for one in latest.values() if one.letter not in standing]


def letters_of(participant: Participant, actor: Actor) -> tuple[OfficialPaper, ...]:
    """Letters that told the firm its outcome, for those who may open them."""
    told = participant.selections.exclude(letter=None).values_list("letter", flat=True)
    papers = OfficialPaper.objects.select_related("agency").filter(pk__in=list(told)).order_by("pk")
    return tuple(one for one in papers if may_open_paper(actor, one))
