"""Opened ballots as sheets, and what the rule makes of them."""

from collections.abc import Iterable

from matxich.appraisal.criteria import criteria_of
from matxich.appraisal.models import Ballot, Case
from matxich.appraisal.states import BallotState
from matxich.rulebook.appraisal.ballots import Sheet, sheet_of
from matxich.rulebook.appraisal.decision import Result, decide


def sheets_of(ballots: Iterable[Ballot]) -> list[Sheet]:
    return [sheet_of(str(each.member_id), each.values, each.verdict, each.comment) for each in ballots]


def opened_ballots(case: Case) -> list[Ballot]:
    rows = Ballot.objects.filter(case=case, state=BallotState.OPENED)
    return list(rows.select_related("member__user").order_by("member_id"))


def result_of(case: Case) -> Result:
    """By the ballots that were opened and the members who could vote when they were."""
    return decide(criteria_of(case.batch), sheets_of(opened_ballots(case)), entitled=case.opening.entitled)
