"""Ballots: kept half done, handed in once, sealed, opened together; conflicts shut them; a stale form loses nothing."""

import pytest

from matxich.appraisal.actions import ballots, interests
from matxich.appraisal.actions.ballots import BadBallot, BallotClosed, NoBallots, NoQuorum, NotAllIn
from matxich.appraisal.models import AgendaItem, Ballot, Case, Interest, Opening
from matxich.appraisal.permissions import may_open_case, may_see_ballots, may_see_turnout, may_vote, openable
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry
from tests.appraisal.conftest import actor, sheet, vote
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def voters(made):
    return [seat for seat in made.seats if seat.votes]


def fresh(case):
    return Case.objects.select_related("batch__council", "batch__criteria").get(pk=case.pk)


def test_a_half_sheet_is_kept_and_only_what_cannot_be_is_told(bench):
    made = bench(1)
    case, seat = made.cases[0], voters(made)[0]
    saved = ballots.save_ballot(
        case=case, told={"points-need": "17,5", "points-method": "31", "comment": "dở"}, by=actor(seat.user), at=NOW,
        base_version=0,
    )  # fmt: skip
    assert [each.path for each in saved.faults] == ["method"]
    kept = Ballot.objects.get()
    assert (kept.values["points"], kept.comment, kept.state, kept.version) == ({"need": "17.5"}, "dở", "draft", 1)
    assert not Entry.objects.filter(object_kind="ballot").exists()


def test_a_stale_form_overwrites_nothing(bench):
    made = bench(1)
    case, seat = made.cases[0], voters(made)[0]
    by = actor(seat.user)
    ballots.save_ballot(case=case, told={"comment": "mới"}, by=by, at=NOW, base_version=0)
    with pytest.raises(Stale):
        ballots.save_ballot(case=case, told={"comment": "cũ"}, by=by, at=NOW, base_version=0)
    with pytest.raises(Stale):
        ballots.submit_ballot(case=case, told=sheet(), by=by, at=NOW, base_version=0)
    assert Ballot.objects.get().comment == "mới"


def test_an_unfinished_sheet_is_not_handed_in_and_nothing_of_it_is_lost(bench):
    made = bench(1)
    case, seat = made.cases[0], voters(made)[0]
    by = actor(seat.user)
    ballots.save_ballot(case=case, told={"points-need": "10"}, by=by, at=NOW, base_version=0)
    with pytest.raises(BadBallot) as refused:
        ballots.submit_ballot(case=case, told={"points-need": "7"}, by=by, at=NOW, base_version=1)
    assert {each.path for each in refused.value.faults} == {"need", "method", "capacity", "costs", "effect", "verdict"}
    assert (Ballot.objects.get().values["points"], Ballot.objects.get().state) == ({"need": "10"}, "draft")


def test_pressing_twice_hands_in_once(bench):
    made = bench(1)
    case, seat = made.cases[0], voters(made)[0]
    one, two = vote(case, seat), vote(case, seat)
    assert (one.pk, one.seal) == (two.pk, two.seal)
    assert Entry.objects.filter(action="ballot.submit").count() == 1
    with pytest.raises(BallotClosed):
        vote(case, seat, sheet(60))


def test_history_holds_a_seal_and_no_content(bench):
    made = bench(1)
    vote(made.cases[0], voters(made)[0], sheet(comment="bí mật"))
    entry = Entry.objects.get(action="ballot.submit")
    ballot = Ballot.objects.get()
    assert entry.after == {"seal": ballot.seal}
    assert ballots.seal_of(ballot) == ballot.seal
    ballot.values["points"]["need"] = "1"
    assert ballots.seal_of(ballot) != ballot.seal


def test_a_ballot_is_taken_back_until_the_opening(bench):
    made = bench(1, kind="staff")
    case, seats = fresh(made.cases[0]), voters(made)
    for seat in seats:
        vote(case, seat)
    back = ballots.take_back(ballot=Ballot.objects.get(member=seats[0]), by=actor(seats[0].user), at=NOW)
    assert (back.state, back.seal, back.submitted_at) == ("taken_back", "", None)
    ballots.submit_ballot(case=case, told=sheet(60), by=actor(seats[0].user), at=NOW, base_version=back.version)
    ballots.open_ballots(case=case, by=actor(made.seats[0].user), at=NOW)
    with pytest.raises(Denied):
        ballots.take_back(ballot=Ballot.objects.get(member=seats[0]), by=actor(seats[0].user), at=NOW)


def test_ballots_open_together_once(bench, world):
    made = bench(1, kind="staff")
    case = fresh(made.cases[0])
    for seat in voters(made)[:-1]:
        vote(case, seat)
    with pytest.raises(NotAllIn) as refused:
        ballots.open_ballots(case=case, by=actor(world.owner), at=NOW)
    assert not any(letter.isdigit() for letter in f"{refused.value.message}{refused.value.hint}")
    assert not Ballot.objects.filter(state="opened").exists()
    opening = ballots.open_ballots(case=case, by=actor(world.owner), at=NOW, reason="Một ủy viên ốm")
    again = ballots.open_ballots(case=case, by=actor(world.owner), at=NOW)
    assert (opening.pk, opening.ballots, opening.entitled) == (again.pk, 5, 6)
    assert set(Ballot.objects.values_list("state", flat=True)) == {"opened"}
    assert Opening.objects.count() == 1
    with pytest.raises(Denied):
        vote(fresh(case), voters(made)[-1])


def test_when_every_reviewer_is_conflicted_there_is_nothing_to_open(bench, world):
    made = bench(1, kind="staff")
    case = fresh(made.cases[0])
    for seat in made.seats:
        interests.declare_interest(
            case=case, category="organisation", detail="cùng cơ quan", steps_back=True, by=actor(seat.user), at=NOW
        )
        assert not may_vote(actor(seat.user), case)
    with pytest.raises(NoBallots):
        ballots.open_ballots(case=case, by=actor(world.owner), at=NOW, reason="cứ mở")
    assert fresh(case).state == "voting"


def test_a_ballot_of_somebody_found_conflicted_stays_shut_and_counts_for_nothing(bench, world):
    made = bench(1, kind="staff")
    case, seats = fresh(made.cases[0]), voters(made)
    for seat in seats:
        vote(case, seat)
    interests.declare_interest(
        case=case, category="contract", detail="nhớ ra hợp đồng cũ", steps_back=False, by=actor(seats[0].user), at=NOW
    )
    opening = ballots.open_ballots(case=case, by=actor(world.owner), at=NOW)
    assert (opening.ballots, opening.entitled) == (5, 5)
    assert Ballot.objects.get(member=seats[0]).state == "submitted"


def test_a_council_opens_only_in_a_session_with_quorum(bench, world):
    made = bench(1)
    case = fresh(made.cases[0])
    for seat in voters(made):
        vote(case, seat)
    with pytest.raises(NoQuorum):
        ballots.open_ballots(case=case, by=actor(world.owner), at=NOW)
    assert not AgendaItem.objects.exists()


def test_an_interest_shuts_every_door_until_it_is_cleared(bench, world):
    made = bench(2)
    case, other, seat = fresh(made.cases[0]), made.cases[1], voters(made)[2]
    by = actor(seat.user)
    assert may_open_case(by, case) and may_vote(by, case)
    found = interests.declare_interest(
        case=case, category="contract", detail="hợp đồng 2024", steps_back=False, by=by, at=NOW
    )
    for door in (may_open_case, may_vote, may_see_ballots, may_see_turnout):
        assert not door(by, case), door
    assert set(Case.objects.filter(openable(by))) == {other}
    with pytest.raises(Denied):
        ballots.save_ballot(case=case, told={}, by=by, at=NOW, base_version=0)
    with pytest.raises(Denied):  # nobody clears their own
        interests.clear_interest(interest=found, by=by, at=NOW, reason="tôi thấy không sao")
    interests.clear_interest(interest=found, by=actor(world.owner), at=NOW, reason="hợp đồng đã thanh lý từ 2019")
    assert may_open_case(by, case)
    assert Interest.objects.get().state == "cleared"


def test_without_an_answer_about_interests_the_dossier_stays_shut(bench):
    made = bench(1, declared=False)
    by = actor(voters(made)[0].user)
    assert not may_open_case(by, fresh(made.cases[0]))
    interests.declare_none(cases=[fresh(made.cases[0])], by=by, at=NOW)
    assert may_open_case(by, fresh(made.cases[0]))


def test_the_door_and_its_condition_agree(bench, world):
    """`openable` is `may_open_case` for lists: for everybody, over every case."""
    made = bench(3, declared=False)
    seats = voters(made)
    interests.declare_none(cases=made.cases[:2], by=actor(seats[0].user), at=NOW)
    interests.declare_none(cases=made.cases, by=actor(seats[1].user), at=NOW)
    interests.declare_interest(
        case=made.cases[0], category="other", detail="x", steps_back=True, by=actor(seats[1].user), at=NOW
    )
    people = [actor(user) for user in (*world.people.values(), *(seat.user for seat in made.seats))]
    for one in people:
        expected = {case.pk for case in Case.objects.select_related("batch__council") if may_open_case(one, case)}
        assert set(Case.objects.filter(openable(one)).values_list("pk", flat=True)) == expected, one.name
    assert not Case.objects.filter(openable(actor(world.administrator))).exists()
    assert not Case.objects.filter(openable(actor(world.stranger))).exists()
    assert Case.objects.filter(openable(actor(world.owner))).count() == 3


def test_cuts_stay_within_what_is_asked_and_say_why(bench):
    made = bench(1)
    case, by = made.cases[0], actor(voters(made)[0].user)
    for told, wrong in [
        ({"cut-1": "200.000.001", "why-1": "x"}, ["cut-1"]), ({"cut-1": "-5", "why-1": "x"}, ["cut-1"]),
        ({"cut-1": "1" + "0" * 15, "why-1": "x"}, ["cut-1"]), ({"cut-1": "5"}, ["cut-1"]),
        ({"cut-1": "58.000.000", "why-1": "cao hơn trung vị"}, []),
    ]:  # fmt: skip
        current = Ballot.objects.filter(member__user=voters(made)[0].user).first()
        saved = ballots.save_ballot(case=case, told=told, by=by, at=NOW, base_version=current.version if current else 0)
        assert [each.path for each in saved.faults] == wrong, told
    assert Ballot.objects.get().proposed_amount == 242_000_000
