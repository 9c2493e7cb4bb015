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
from matxich.rulebook.appraisal.ballots import sheet_of
from matxich.rulebook.appraisal.criteria import RESCALED
from matxich.rulebook.appraisal.exact import exact, written
from matxich.rulebook.appraisal.ranking import Entry, ranked
from matxich.rulebook.law.truth import Truth

TRUTHS: dict[str, Truth] = {each.verdict: each for each in Truth}


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


def ranked_document(row: Ranked) -> dict[str, Any]:
    """A line of the list as a run keeps it, so that a page reads it without working it out again."""
    favourable = None if row.favourable is None else written(row.favourable)
    return {
        "case": row.case.pk,
        "rank": row.rank,
        "tie": row.tie,
        "recommended": row.recommended.verdict,
        "mean": None if row.mean is None else written(row.mean),
        "favourable": favourable,
        "asked": row.case.asked,
        "amount": row.amount,
        "least": row.least,
    }


def inputs_hash(rows: Sequence[Ranked]) -> str:
    """Changes with any conclusion, cut or order; not with how much money there is."""
    told = [
        [row.case.pk, row.rank, row.recommended.verdict, row.amount, row.least, row.outcome.result["mean"]]
        for row in rows
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case as the allocation takes it. `id` is its place in the ranked list, so that both break ties alike."""

    id: str
    score: Fraction
    asked: int
    floor: int
    passed: bool
    fields: Mapping[str, Any]

    def document(self) -> dict[str, Any]:
        """As it is kept, exact, to be replayed."""
        told = {"id": self.id, "score": written(self.score), "asked": self.asked, "floor": self.floor}
        return told | {"passed": self.passed} | dict(self.fields)


def candidates(rows: Sequence[Ranked]) -> list[Candidate]:
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


def scores_of(batch: Batch) -> list[tuple[str, str, float | None]]:
    """(case, member, total) of opened ballots, for the calibrated view; None: could not say, counts nowhere. One
    query."""
    criteria = criteria_of(batch)
    rows = Ballot.objects.filter(case__batch=batch, state=BallotState.OPENED).order_by("case_id", "member_id")
    scores: list[tuple[str, str, float | None]] = []
    for ballot in rows.only("case_id", "member_id", "values", "verdict", "comment"):
        sheet = sheet_of(str(ballot.member_id), ballot.values, ballot.verdict, ballot.comment)
        rescale = criteria.rule.not_applicable == RESCALED
        total = sheet.rescaled(criteria) if rescale else sheet.total(criteria)
        scores.append((str(ballot.case_id), str(ballot.member_id), None if total is None else float(total)))
    return scores
