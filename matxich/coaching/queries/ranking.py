"""The order of those who were interviewed, by visit and talk."""

import hashlib
from collections.abc import Sequence
from fractions import Fraction

from django.db.models import OuterRef, Subquery

from matxich.coaching.models import Cohort, Interview, Visit
from matxich.coaching.states import DraftState, InterviewKind, ParticipantState
from matxich.rulebook.coaching.selection import Candidate, ranked


def candidates_of(cohort: Cohort) -> list[Candidate]:
    """Firms waiting for a decision, with shares of full marks of the last visit and talk."""
    visits = Visit.objects.filter(participant=OuterRef("pk"), state=DraftState.SENT).order_by("-pk")
    talks = Interview.objects.filter(participant=OuterRef("pk"), kind=InterviewKind.FIRM).order_by("-pk")
    rows = (
        cohort.participants.filter(state=ParticipantState.INTERVIEWED)
        .annotate(
            visit_points=Subquery(visits.values("points")[:1]),
            visit_of=Subquery(visits.values("of")[:1]),
            talk_points=Subquery(talks.values("points")[:1]),
            talk_of=Subquery(talks.values("of")[:1]),
        )
        .order_by("pk")
        .values_list("pk", "longlisted_on", "visit_points", "visit_of", "talk_points", "talk_of")
    )
    return [
        Candidate(id=pk, visit=_share(won, of), interview=_share(said, out_of), longlisted_on=on)
        for pk, on, won, of, said, out_of in rows
    ]


def _share(points: int | None, of: int | None) -> Fraction | None:
    return Fraction(points, of) if of and points is not None else None


def ranking_digest(candidates: Sequence[Candidate], quota: int) -> str:
    """Of the order a page showed: a decision on another order is refused."""
    order, unmarked = ranked(candidates, quota)
    told = [(each.rank, each.candidate.id, str(each.candidate.mark)) for each in order]
    return hashlib.sha256(repr((told, sorted(one.id for one in unmarked), quota)).encode()).hexdigest()
