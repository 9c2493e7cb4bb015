"""From a batch to an issued decision: sessions and quorum, the rule, the ranking, two people, money, papers."""

from datetime import date, timedelta

import pytest

from matxich.accounts.states import Role
from matxich.appraisal.actions import batches, concluding, decisions, interests, papers, sessions
from matxich.appraisal.actions.ballots import NoQuorum
from matxich.appraisal.actions.decisions import BadChoice, Choices
from matxich.appraisal.actions.moving import WrongState
from matxich.appraisal.models import ApprovedPrice, Attendance, Case, Decision, Outcome, RankingRun
from matxich.appraisal.signals import case_decided
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Denied
from matxich.programmes.actions.money import NotEnoughMoney, allot
from matxich.programmes.models import Commitment, FundingLine, Programme
from tests.appraisal.conftest import actor, dossier, new_user, sheet, vote
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


def money(world, amount=700_000_000):
    programme = Programme.objects.create(
        code="KC-2026", name="Khuyến công mẫu", kind="kc_local", agency=world.agency, place="31",
        starts=date(2026, 1, 1), ends=date(2027, 1, 1), state="running", created_by="os:x", created_at=NOW,
    )  # fmt: skip
    line = FundingLine.objects.create(
        programme=programme, year=2026, source="kc_local", layer="province:31", name="Nguồn mẫu", created_by="os:x",
        created_at=NOW,
    )  # fmt: skip
    allot(line=line, amount=amount, decision_no="1/QĐ", on=date(2026, 1, 5), by=system_actor(), at=NOW)
    line.refresh_from_db()
    return line


def concluded(made, world, totals, verdicts=None):
    """Staff route: every member votes alike on each case, opened and concluded."""
    from matxich.appraisal.actions.ballots import open_ballots

    for case, total in zip(made.cases, totals, strict=True):
        for seat in made.seats:
            if seat.votes:
                vote(case, seat, sheet(total, "pass" if total >= 65 else "fail"))
        open_ballots(case=case, by=actor(world.owner), at=NOW)
        concluding.conclude_case(case=case, conditions="", by=actor(world.owner), at=NOW)


def test_a_session_sits_with_a_quorum_and_loses_it_in_the_middle(bench, world):
    made = bench(2)
    seats, secretary = made.seats, made.seats[6]
    by = actor(secretary.user)
    session = sessions.plan_session(
        council=made.council, batch=made.batch, starts_at=LATER, venue="Phòng mẫu", online_url="", cases=made.cases,
        by=by, at=NOW,
    )  # fmt: skip
    session = sessions.convene(session=session, by=by, at=NOW, base_version=session.version)
    for seat in (seats[0], seats[2], seats[3], secretary):
        sessions.arrive(session=session, member=seat, by=by, at=LATER)
    with pytest.raises(NoQuorum):
        sessions.open_session(session=session, by=by, at=LATER, base_version=session.version)
    sessions.arrive(session=session, member=seats[5], by=by, at=LATER)
    session = sessions.open_session(session=session, by=by, at=LATER, base_version=session.version)
    first, second = session.items.order_by("order")
    sessions.move_item(item=first, event="present", by=by, at=LATER)
    sessions.move_item(item=first, event="vote", by=by, at=LATER)
    for seat in seats[:6]:
        vote(first.case, seat)
    sessions.leave(session=session, member=seats[5], by=by, at=LATER)
    with pytest.raises(NoQuorum):  # lost in mid-session: nothing opens
        sessions.move_item(item=first, event="open", by=by, at=LATER)
    sessions.arrive(session=session, member=seats[5], by=by, at=LATER + timedelta(minutes=5))
    assert Attendance.objects.filter(session=session, member=seats[5]).count() == 2
    sessions.move_item(item=first, event="open", by=by, at=LATER)
    done = sessions.conclude_item(item=first, conditions="Bổ sung báo giá", by=by, at=LATER)
    assert done.state == "decided"
    outcome = Outcome.objects.get()
    assert (outcome.recommended, outcome.amount, outcome.result["mean"]) == ("met", 300_000_000, "75")
    with pytest.raises(sessions.ItemsOpen):
        sessions.close_session(session=session, conclusion="", by=by, at=LATER, base_version=session.version)
    sessions.move_item(item=second, event="postpone", by=by, at=LATER, reason="thiếu hồ sơ")
    end = LATER + timedelta(minutes=10)
    closed = sessions.close_session(session=session, conclusion="Xong", by=by, at=end, base_version=session.version)
    assert closed.state == "closed"
    assert not Attendance.objects.filter(session=session, arrived__isnull=False, left=None).exists()


def test_somebody_recused_does_not_count_for_the_quorum_of_that_case(bench, world):
    made = bench(1)
    seats, by = made.seats, actor(made.seats[6].user)
    interests.declare_interest(
        case=made.cases[0], category="other", detail="x", steps_back=True, by=actor(seats[0].user), at=NOW
    )
    session = sessions.plan_session(
        council=made.council,
        batch=made.batch,
        starts_at=LATER,
        venue="P",
        online_url="",
        cases=made.cases,
        by=by,
        at=NOW,
    )
    session = sessions.convene(session=session, by=by, at=NOW, base_version=session.version)
    for seat in (*seats[2:6], seats[0], seats[6]):
        sessions.arrive(session=session, member=seat, by=by, at=LATER)
    session = sessions.open_session(session=session, by=by, at=LATER, base_version=session.version)
    with pytest.raises(NoQuorum):  # the chair is recused and the vice chair absent
        sessions.move_item(item=session.items.get(), event="present", by=by, at=LATER)
    sessions.arrive(session=session, member=seats[1], by=by, at=LATER)
    sessions.move_item(item=session.items.get(), event="present", by=by, at=LATER)


def test_from_ranking_to_an_issued_decision(bench, world):
    line = money(world)
    leader = new_user("lanh-dao@matxich.test", "Lãnh Đạo", world.agency, Role.LEADER)
    dossiers = [dossier(1), dossier(2, min_part=100_000_000), dossier(3), dossier(4)]
    made = bench(kind="staff", dossiers=dossiers, funding_line=line)
    concluded(made, world, (90, 80, 70, 50))
    concluding.set_trim(
        case=made.cases[0], line="1", proposed=150_000_000, reason="giá cao", by=actor(world.owner), at=NOW
    )
    concluding.conclude_case(case=made.cases[0], conditions="", by=actor(world.owner), at=NOW)
    made.batch.refresh_from_db()
    batch = batches.rank_batch(batch=made.batch, by=actor(world.owner), at=NOW, base_version=made.batch.version)
    run = RankingRun.objects.get()
    assert [each["rank"] for each in run.problem["ranks"]] == [1, 2, 3, 4]
    decision = decisions.draft_decision(batch=batch, by=actor(world.owner), at=NOW)
    keys = [case.pk for case in made.cases]
    # 250 + 300 million in full; the 150 left are below what the third, all or nothing, can work with.
    assert decision.choices["amounts"] == {str(keys[0]): 250_000_000, str(keys[1]): 300_000_000}
    by, at = actor(world.owner), NOW

    with pytest.raises(BadChoice):  # not recommended
        decisions.save_choices(
            decision=decision, choices=Choices(amounts={keys[3]: 1}), by=by, at=at, base_version=decision.version
        )
    with pytest.raises(BadChoice):  # more than the council left it
        decisions.save_choices(
            decision=decision, choices=Choices(amounts={keys[0]: 300_000_000}), by=by, at=at, base_version=1
        )
    departing = Choices(amounts={keys[0]: 250_000_000, keys[2]: 300_000_000}, reserve=(keys[1],))
    decision = decisions.save_choices(decision=decision, choices=departing, by=by, at=at, base_version=1)
    with pytest.raises(BadChoice):  # departures need their reasons
        decisions.submit_decision(decision=decision, by=by, at=at, base_version=decision.version)
    told = {keys[1]: "đã nhận hỗ trợ cùng nội dung", keys[2]: "thay hạng 2"}
    explained = Choices(amounts=departing.amounts, reserve=(keys[1],), departures=told)
    decision = decisions.save_choices(decision=decision, choices=explained, by=by, at=at, base_version=decision.version)
    decision = decisions.submit_decision(decision=decision, by=by, at=at, base_version=decision.version)
    with pytest.raises(Denied):  # the one who prepared it does not approve
        decisions.approve_decision(decision=decision, by=by, at=at, base_version=decision.version)
    with pytest.raises(WrongState):  # frozen
        decisions.save_choices(decision=decision, choices=departing, by=by, at=at, base_version=decision.version)
    approved = decisions.approve_decision(decision=decision, by=actor(leader), at=at, base_version=decision.version)
    line.refresh_from_db()
    assert (line.committed, Commitment.objects.count()) == (550_000_000, 2)
    returned = decisions.return_decision(
        decision=approved, by=actor(leader), at=at, base_version=approved.version, reason="sai số"
    )
    line.refresh_from_db()
    assert line.committed == 0
    again = decisions.save_choices(decision=returned, choices=explained, by=by, at=at, base_version=returned.version)
    again = decisions.submit_decision(decision=again, by=by, at=at, base_version=again.version)
    again = decisions.approve_decision(decision=again, by=actor(leader), at=at, base_version=again.version)
    line.refresh_from_db()
    assert line.committed == 550_000_000

    heard = []
    hear = lambda **told: heard.append((told["id"], told["recommended"], told["amount"]))  # noqa: E731
    case_decided.connect(hear)
    try:
        issued = decisions.issue_decision(
            decision=again, number="15/QĐ-SCT", on=date(2026, 11, 20), paper=0, by=system_actor(), at=at
        )
        decisions.issue_decision(decision=issued, number="x", on=date(2026, 11, 20), paper=0, by=system_actor(), at=at)
    finally:
        case_decided.disconnect(hear)
    assert heard == [(1, True, 250_000_000), (2, False, 0), (3, True, 300_000_000), (4, False, 0)]
    assert set(Case.objects.values_list("state", flat=True)) == {"decided"}
    prices = list(ApprovedPrice.objects.order_by("id").values_list("item", "asked_price", "unit_price"))
    assert prices[0] == ("Máy đúc mẫu", 400_000_000, 300_000_000)
    assert Decision.objects.get().snapshot["ranked"][3]["told"][0]["article"] == "QĐ 2373/QĐ-BCT, Điều 9.3.c"


def test_two_batches_cannot_commit_the_same_money(bench, world):
    line = money(world, 400_000_000)
    leader = new_user("lanh-dao@matxich.test", "Lãnh Đạo", world.agency, Role.LEADER)
    ready = []
    for number in (1, 2):
        made = bench(kind="staff", dossiers=[dossier(number)], funding_line=line)
        Case.objects.filter(pk__in=[case.pk for case in made.cases]).update(owner_kind=f"thing{number}")
        concluded(made, world, (90,))
        made.batch.refresh_from_db()
        batch = batches.rank_batch(batch=made.batch, by=actor(world.owner), at=NOW, base_version=made.batch.version)
        decision = decisions.draft_decision(batch=batch, by=actor(world.owner), at=NOW)
        ready.append(decisions.submit_decision(decision=decision, by=actor(world.owner), at=NOW, base_version=1))
    decisions.approve_decision(decision=ready[0], by=actor(leader), at=NOW, base_version=ready[0].version)
    with pytest.raises(NotEnoughMoney):
        decisions.approve_decision(decision=ready[1], by=actor(leader), at=NOW, base_version=ready[1].version)
    assert Decision.objects.get(pk=ready[1].pk).state == "submitted"


def test_a_decision_takes_effect_when_its_paper_is_issued(bench, world):
    from matxich.correspondence.models import OfficialPaper
    from matxich.correspondence.signals import paper_issued

    line = money(world)
    leader = new_user("lanh-dao@matxich.test", "Lãnh Đạo", world.agency, Role.LEADER)
    made = bench(kind="staff", dossiers=[dossier(1), dossier(2)], funding_line=line)
    concluded(made, world, (90, 40))
    made.batch.refresh_from_db()
    batch = batches.rank_batch(batch=made.batch, by=actor(world.owner), at=NOW, base_version=made.batch.version)
    decision = decisions.draft_decision(batch=batch, by=actor(world.owner), at=NOW)
    with pytest.raises(papers.NothingToWrite):
        papers.draft_approval(decision=decision, by=actor(world.owner), at=NOW)
    decision = decisions.submit_decision(decision=decision, by=actor(world.owner), at=NOW, base_version=1)
    decision = decisions.approve_decision(decision=decision, by=actor(leader), at=NOW, base_version=decision.version)
    paper = papers.draft_approval(decision=decision, by=actor(world.owner), at=NOW)
    assert papers.draft_approval(decision=decision, by=actor(world.owner), at=NOW) == paper
    assert paper.fields["cases"][0]["state"] == 300_000_000
    paper_issued.send(
        sender=OfficialPaper, owner_kind=paper.owner_kind, owner_id=paper.owner_id, purpose=paper.purpose,
        paper=paper.pk, kind=paper.kind, number="7/QĐ-SCT", on=date(2026, 11, 20), replaces=None, by=actor(leader),
        at=NOW,
    )  # fmt: skip
    decision.refresh_from_db()
    assert (decision.state, decision.number, decision.paper) == ("issued", "7/QĐ-SCT", paper.pk)
    letters = papers.draft_refusals(decision=decision, by=actor(world.owner), at=NOW)
    assert [each.owner_id for each in letters] == [str(made.cases[1].pk)]
    assert papers.draft_refusals(decision=decision, by=actor(world.owner), at=NOW) == letters


def test_a_session_that_is_over_tells_who_came(bench, world, sign_in):
    made = bench(1)
    seats, by = made.seats, actor(made.seats[6].user)
    session = sessions.plan_session(
        council=made.council, batch=made.batch, starts_at=LATER, venue="P", online_url="", cases=made.cases, by=by,
        at=NOW,
    )  # fmt: skip
    session = sessions.convene(session=session, by=by, at=NOW, base_version=session.version)
    for seat in seats[1:]:
        sessions.arrive(session=session, member=seat, by=by, at=LATER)
    session = sessions.open_session(session=session, by=by, at=LATER, base_version=session.version)
    sessions.move_item(item=session.items.get(), event="postpone", by=by, at=LATER, reason="thiếu hồ sơ")
    sessions.close_session(session=session, conclusion="", by=by, at=LATER, base_version=session.version)
    text = sign_in(seats[6].user).get(f"/phien-hop/{session.pk}/").text
    assert (text.count("đã dự"), text.count(">vắng<")) == (6, 1)
    assert "chưa đến" not in text and "điều kiện họp" not in text
