"""The sample round of a council: its money does not reach all that passed, so that every part of a ranking is seen."""

from datetime import UTC, datetime

import pytest

from demo.council import fill_council
from demo.people import fill_people
from demo.programmes import fill_programmes
from matxich.appraisal.models import Batch, Decision
from matxich.appraisal.queries.snapshot import snapshot_of
from matxich.kit.actor import system_actor


@pytest.mark.django_db
def test_the_money_ends_among_the_cases_that_passed() -> None:
    at = datetime(2026, 11, 27, 3, 30, tzinfo=UTC)
    fill_people(by=system_actor(), at=at)
    fill_programmes(at)
    fill_council(at)
    fill_council(at)
    assert Batch.objects.count() == 2
    decision = Decision.objects.get()
    ranked = snapshot_of(decision.batch, decision.run, decision.choices)["ranked"]
    passed = [row for row in ranked if row["recommended"] == "met"]
    cut = [row["cut"] for row in passed]
    reached = len([amount for amount in cut if amount])
    assert (len(ranked), len(passed), reached) == (16, 14, 10)
    assert all(cut[:reached]) and not any(cut[reached:])
    assert [row["reserve"] for row in passed] == [None] * reached + [1, 2, 3, 4]
    assert sum(row["amount"] for row in passed) > decision.run.problem["budget"]
    assert [row["optimum"] > 0 for row in passed] != [row["cut"] > 0 for row in passed]
    assert decision.run.result["inversions"] != []
    assert sum(bool(row["trims"]) for row in ranked) == 4
