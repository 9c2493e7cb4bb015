"""The order of those who were interviewed, by visit and talk."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import OuterRef, Subquery

from matxich.coaching.models import Cohort, Interview, Participant, Visit
from matxich.coaching.states import DraftState, InterviewKind, Outcome, ParticipantState
from matxich.kit.templatetags.mx import number
from matxich.rulebook.coaching.kpi import rounded
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


@dataclass(frozen=True, slots=True)
class RankRow:
    """A firm in the order of the marks; `rank` and `mark` None where something was not scored."""

    participant: Participant
    rank: int | None
    mark: str
    visit: str
    talk: str
    within_quota: bool


@dataclass(frozen=True, slots=True)
class RankingPage:
    rows: list[RankRow]
    suggested: dict[int, str]
    digest: str
    places: int
    quota: int


def ranking_page(cohort: Cohort) -> RankingPage:
    """`places`: how many of the quota are free. Those within it are suggested, the rest for the reserve."""
    candidates = candidates_of(cohort)
    taken = cohort.participants.exclude(selected_on=None).filter(left_on=None).count()
    places = max(0, cohort.quota - taken)
    order, unmarked = ranked(candidates, cohort.quota)
    firms = {
        one.pk: one
        for one in cohort.participants.filter(pk__in=[one.id for one in candidates]).select_related("enterprise")
    }
    rows = [_rank_row(firms[each.candidate.id], each.candidate, each.rank, each.rank <= places) for each in order]
    rows += [_rank_row(firms[one.id], one, None, False) for one in unmarked]
    suggested: dict[int, str] = {
        row.participant.pk: Outcome.SELECTED
        if row.within_quota
        else Outcome.RESERVE
        if row.rank
        else Outcome.NOT_SELECTED
        for row in rows
    }
    return RankingPage(rows, suggested, ranking_digest(candidates, cohort.quota), places, cohort.quota)


def _rank_row(firm: Participant, one: Candidate, rank: int | None, within: bool) -> RankRow:
    return RankRow(firm, rank, _percent(one.mark), _percent(one.visit), _percent(one.interview), within)


def _percent(share: Fraction | None) -> str:
    return "–" if share is None else f"{number(rounded(share * 100, 1), 1)} %"
