"""The ranked list of a batch: legal means in order, and what went into the allocation beside it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from matxich.appraisal.criteria import criteria_of
from matxich.appraisal.models import Ballot, Batch, Case, Outcome
from matxich.appraisal.states import BallotState, CaseState
from matxich.rulebook.allocation import Case as Candidate
from matxich.rulebook.allocation import Problem, Quota
from matxich.rulebook.appraisal.ballots import sheet_of
from matxich.rulebook.appraisal.criteria import RESCALED
from matxich.rulebook.appraisal.exact import exact, written
from matxich.rulebook.appraisal.ranking import Entry, ranked
from matxich.rulebook.calibration import Score
from matxich.rulebook.law.truth import Truth

TRUTHS = {each.verdict: each for each in Truth}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A case at its place. `least`: the smallest amount it can work with, None when nothing is granted to it."""

    case: Case
    outcome: Outcome
    rank: int
    tie: str
    recommended: Truth
    mean: Fraction | None
    favourable: Fraction | None
    amount: int

    @property
    def least(self) -> int:
        return self.amount if self.case.min_part is None else min(self.case.min_part, self.amount)

    @property
    def score(self) -> Fraction:
        """What the money is weighed by: the mean, or for sheets of verdicts the share of favourable ones in points."""
        if self.mean is not None:
            return self.mean
        return (self.favourable or Fraction(0)) * 100


def ranked_list(batch: Batch) -> list[Ranked]:
    """Concluded and decided cases in order. Two queries."""
    rows = (
        batch.cases.filter(state__in=(CaseState.CONCLUDED, CaseState.DECIDED))
        .select_related("outcome", "enterprise")
        .order_by("id")
    )
    cases = {case.pk: case for case in rows}
    facts = {pk: _facts(case.outcome.result) for pk, case in cases.items()}
    entries = [
        Entry(
            pk,
            TRUTHS[case.outcome.recommended],
            facts[pk][0],
            facts[pk][1],
            case.outcome.amount or case.asked,
            case.submitted_at,
            case.reference,
        )
        for pk, case in cases.items()
    ]
    ties = batch.rank_rule.get("ties") or criteria_of(batch).rule.ties
    return [
        Ranked(
            case=cases[place.id],
            outcome=cases[place.id].outcome,
            rank=place.rank,
            tie=place.tie,
            recommended=TRUTHS[cases[place.id].outcome.recommended],
            mean=facts[place.id][0],
            favourable=facts[place.id][1],
            amount=cases[place.id].outcome.amount,
        )
        for place in ranked(entries, tuple(ties))
    ]


def _facts(result: Mapping[str, Any]) -> tuple[Fraction | None, Fraction | None]:
    mean = exact(result["mean"]) if result.get("mean") is not None else None
    share = next((step["found"] for step in result["steps"] if step["code"] == "favourable"), None)
    return mean, exact(share) if share is not None else None


def inputs_hash(rows: Sequence[Ranked]) -> str:
    """Changes with any conclusion, cut or order; not with how much money there is."""
    told = [
        [row.case.pk, row.rank, row.recommended.verdict, row.amount, row.least, row.outcome.result["mean"]]
        for row in rows
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def candidates(rows: Sequence[Ranked]) -> list[Candidate]:
    """Ids are places in the ranked list, so that the allocation breaks ties as the ranking does."""
    return [
        Candidate(
            id=f"{index:06d}",
            score=row.score,
            asked=row.amount,
            floor=row.least,
            passed=row.recommended == Truth.YES and row.amount > 0,
            fields=_fields(row.case),
        )
        for index, row in enumerate(rows)
    ]


def _fields(case: Case) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if case.province:
        found["province"] = case.province
    if case.sector:
        found["sector"] = case.sector
    if case.sme is not None:
        found["sme"] = case.sme
    return found


def problem_of(rows: Sequence[Ranked], budget: int, quotas: Sequence[Mapping[str, Any]]) -> Problem:
    return Problem(
        budget=budget,
        cases=candidates(rows),
        quotas=[Quota(each["by"], each["value"], each.get("min"), each.get("max")) for each in quotas],
    )


def problem_document(problem: Problem) -> dict[str, Any]:
    """As it is kept, exact, to be replayed."""
    return {
        "budget": problem.budget,
        "objective": problem.objective,
        "cases": [
            {
                "id": each.id,
                "score": written(each.score),
                "asked": each.asked,
                "floor": each.floor,
                "passed": each.passed,
            }
            | dict(each.fields)
            for each in problem.cases
        ],
        "quotas": [
            {"by": each.by, "value": each.value, "min": each.least, "max": each.most} for each in problem.quotas
        ],
    }


def scores_of(batch: Batch) -> list[Score]:
    """Totals of opened ballots, for the calibrated view; a member who could not say counts nowhere. One query."""
    criteria = criteria_of(batch)
    rows = Ballot.objects.filter(case__batch=batch, state=BallotState.OPENED).order_by("case_id", "member_id")
    scores = []
    for ballot in rows.only("case_id", "member_id", "values", "verdict", "comment"):
        sheet = sheet_of(str(ballot.member_id), ballot.values, ballot.verdict, ballot.comment)
        rescale = criteria.rule.not_applicable == RESCALED
        total = sheet.rescaled(criteria) if rescale else sheet.total(criteria)
        scores.append(Score(str(ballot.case_id), str(ballot.member_id), None if total is None else float(total)))
    return scores
