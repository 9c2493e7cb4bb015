"""Reviewers assigned: proven, adopted, never across an interest; infeasible says what to relax; by hand at a cost."""

import pytest

from matxich.appraisal.actions import assignment, interests
from matxich.appraisal.actions.assignment import BadAssignment, NoAssignment, RunOutdated, Wanted
from matxich.appraisal.models import Assignment
from matxich.appraisal.permissions import may_open_case, may_vote
from matxich.kit.refusals import Denied
from matxich.notices.models import Notice
from matxich.rulebook.assignment import assign
from matxich.rulebook.assignment.reading import read_problem
from matxich.rulebook.assignment.telling import assignment_json
from tests.appraisal.conftest import actor
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def ask(made, world, **told):
    wanted = Wanted(**{"needs": 2, "least": 0, "most": 3} | told)
    return assignment.run_assignment(batch=made.batch, wanted=wanted, by=actor(world.owner), at=NOW)


def test_a_run_is_proven_kept_whole_and_replays(bench, world):
    made = bench(3, assigned_only=True)
    run = ask(made, world, one_per_organisation=True)
    assert (run.result["optimal"], run.result["total"], run.state) == (True, 6.0, "proposed")
    problem = read_problem(run.problem)
    assert assignment_json(problem, assign(problem)) == run.result
    assert not Assignment.objects.exists()


def test_adopting_gives_the_cases_and_tells_without_naming_them(bench, world):
    made = bench(3, assigned_only=True)
    run = assignment.adopt_run(run=ask(made, world), by=actor(world.owner), at=NOW)
    assert (run.state, Assignment.objects.filter(ended_at=None).count()) == ("adopted", 6)
    assert not any("Đề án mẫu" in notice.subject + notice.body for notice in Notice.objects.all())
    given = {(each.case_id, each.member_id) for each in Assignment.objects.all()}
    for case in made.cases:
        for seat in made.seats:
            one = actor(seat.user)
            expected = (case.pk, seat.pk) in given
            assert bool(may_vote(one, case)) == expected
            assert bool(may_open_case(one, case)) == (expected or seat.role in ("chair", "secretary"))
    again = assignment.adopt_run(run=ask(made, world), by=actor(world.owner), at=NOW)
    run.refresh_from_db()
    assert (run.state, again.state) == ("dropped", "adopted")


def test_an_interest_is_never_assigned_and_makes_a_run_outdated(bench, world):
    made = bench(1)
    first = ask(made, world, needs=5, most=5)
    seat = made.seats[2]
    interests.declare_interest(
        case=made.cases[0], category="other", detail="x", steps_back=False, by=actor(seat.user), at=NOW
    )
    if str(seat.pk) in first.result["assignment"][str(made.cases[0].pk)]:
        with pytest.raises(RunOutdated):
            assignment.adopt_run(run=first, by=actor(world.owner), at=NOW)
    run = ask(made, world, needs=5, most=5)
    assert str(seat.pk) not in run.result["assignment"][str(made.cases[0].pk)]
    adopted = assignment.adopt_run(run=run, by=actor(world.owner), at=NOW)
    with pytest.raises(BadAssignment):
        assignment.override(
            case=made.cases[0], gone=None, come=seat, by=actor(world.owner), at=NOW, reason="thiếu người"
        )
    assert adopted.state == "adopted"


def test_when_nothing_fits_the_rules_in_the_way_are_named(bench, world):
    made = bench(2)
    run = ask(made, world, needs=7, most=2)
    assert run.result["assignment"] == {}
    assert [each["rule"] for each in run.result["relax"]] == ["needs"]
    with pytest.raises(NoAssignment):
        assignment.adopt_run(run=run, by=actor(world.owner), at=NOW)


def test_a_change_by_hand_has_its_cost_and_reason(bench, world):
    made = bench(1)
    assignment.adopt_run(run=ask(made, world, needs=1), by=actor(world.owner), at=NOW)
    held = Assignment.objects.get().member
    other = next(seat for seat in made.seats if seat.votes and seat.pk != held.pk)
    other.expertise = []
    other.save()
    cost = assignment.override(
        case=made.cases[0], gone=held, come=other, by=actor(world.owner), at=NOW, reason="đi công tác"
    )
    assert cost == "1"
    standing = Assignment.objects.get(ended_at=None)
    assert (standing.member, standing.cost, standing.reason) == (other, "1", "đi công tác")
    with pytest.raises(Denied):
        assignment.override(case=made.cases[0], gone=other, come=held, by=actor(world.stranger), at=NOW, reason="x")
