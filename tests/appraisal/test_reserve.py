"""The reserve list: nobody on it has been refused; money that comes back goes down it, by two people; it ends with
a reason."""

from datetime import date, timedelta

import pytest

from matxich.accounts.states import Role
from matxich.appraisal.actions import batches, decisions, papers, reserve
from matxich.appraisal.actions.decisions import BadChoice
from matxich.appraisal.actions.moving import ReasonMissing, WrongState
from matxich.appraisal.models import ApprovedPrice, Case, Decision
from matxich.appraisal.queries.snapshot import refused_rows, waiting_reserve
from matxich.appraisal.signals import case_decided
from matxich.correspondence.models import OfficialPaper
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry
from matxich.programmes.actions.money import NotEnoughMoney, allot
from tests.appraisal.conftest import actor, dossier, new_user
from tests.appraisal.test_flow import concluded, money
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
ISSUED = date(2026, 11, 20)


@pytest.fixture
def issued(bench, world):
    """300 million asked four times, 700 to give: two are supported, the third waits, the fourth is not recommended."""
    line = money(world)
    leader = new_user("lanh-dao@matxich.test", "Lãnh Đạo", world.agency, Role.LEADER)
    made = bench(kind="staff", dossiers=[dossier(number) for number in (1, 2, 3, 4)], funding_line=line)
    concluded(made, world, (90, 80, 70, 50))
    made.batch.refresh_from_db()
    by = actor(world.owner)
    batch = batches.rank_batch(batch=made.batch, by=by, at=NOW, base_version=made.batch.version)
    decision = decisions.draft_decision(batch=batch, by=by, at=NOW)
    decision = decisions.submit_decision(decision=decision, by=by, at=NOW, base_version=decision.version)
    decision = decisions.approve_decision(decision=decision, by=actor(leader), at=NOW, base_version=decision.version)
    decisions.issue_decision(decision=decision, number="15/QĐ", on=ISSUED, paper=0, by=system_actor(), at=NOW)
    return Decision.objects.get(), line, leader, [case.pk for case in made.cases]


@pytest.fixture
def heard():
    told = []
    hear = lambda **what: told.append((what["id"], what["recommended"], what["amount"], what["reserve"]))  # noqa: E731
    case_decided.connect(hear)
    yield told
    case_decided.disconnect(hear)


def more(line):
    allot(line=line, amount=300_000_000, decision_no="2/QĐ", on=ISSUED, by=system_actor(), at=NOW)


def promoted(decision, case, by, **changes):
    told = {"amount": 300_000_000, "number": "20/QĐ-SCT", "on": ISSUED + timedelta(days=5), "reason": "đơn vị 1 rút"}
    return reserve.promote(
        decision=decision, case=case, by=by, at=NOW, **(told | {"base_version": decision.version} | changes)
    )


def test_only_who_waits_for_nothing_gets_a_letter(issued, world):
    decision, _line, _leader, keys = issued
    assert [(row["case"], row["reserve"]) for row in waiting_reserve(decision)] == [(keys[2], 1)]
    assert [row["case"] for row in refused_rows(decision)] == [keys[3]]
    made = papers.draft_refusals(decision=decision, by=actor(world.owner), at=NOW)
    assert [paper.owner_id for paper in made] == [str(keys[3])]


def test_money_that_comes_back_goes_to_the_next_by_another_person(issued, heard, world):
    decision, line, leader, keys = issued
    with pytest.raises(NotEnoughMoney):
        promoted(decision, keys[2], actor(leader))
    more(line)
    for wrong, refusal in (
        ({"amount": 300_000_001}, BadChoice), ({"amount": 0}, BadChoice), ({"number": " "}, BadChoice),
        ({"reason": " "}, ReasonMissing), ({"base_version": 0}, Stale),
    ):  # fmt: skip
        with pytest.raises(refusal):
            promoted(decision, keys[2], actor(leader), **wrong)
    with pytest.raises(Denied):  # who prepared the decision
        promoted(decision, keys[2], actor(world.owner))
    with pytest.raises(WrongState):  # not recommended, so on no list
        promoted(decision, keys[3], actor(leader))
    assert heard == []
    now = promoted(decision, keys[2], actor(leader))
    line.refresh_from_db()
    assert (line.committed, now.total, waiting_reserve(now)) == (900_000_000, 900_000_000, [])
    assert heard == [(3, True, 300_000_000, None)]
    assert ApprovedPrice.objects.filter(case=keys[2]).count() == 2
    assert Entry.objects.filter(action="decision.promote").count() == 2
    with pytest.raises(WrongState):  # once
        promoted(now, keys[2], actor(leader))
    assert [row["case"] for row in refused_rows(now)] == [keys[3]]


def test_a_list_that_ends_is_told_with_its_reason(issued, heard, world):
    decision, _line, _leader, keys = issued
    by = actor(world.owner)
    with pytest.raises(ReasonMissing):
        reserve.end_reserve(decision=decision, case=keys[2], reason="", by=by, at=NOW, base_version=decision.version)
    with pytest.raises(Denied):
        reserve.end_reserve(
            decision=decision, case=keys[2], reason="x", by=actor(world.stranger), at=NOW, base_version=decision.version
        )
    now = reserve.end_reserve(
        decision=decision, case=keys[2], reason="hết năm ngân sách", by=by, at=NOW, base_version=decision.version
    )
    assert heard == [(3, False, 0, None)]
    assert [row["case"] for row in refused_rows(now)] == [keys[2], keys[3]]
    letter = papers.draft_refusals(decision=now, by=by, at=NOW)[0]
    reasons = OfficialPaper.objects.get(pk=letter.pk).fields["reasons"]
    assert [reason["what"] for reason in reasons][-2:] == [
        "Được đề nghị, xếp hạng 3; kinh phí của đợt chưa đủ, đứng thứ 1 trong danh sách dự phòng.",
        "hết năm ngân sách",
    ]


def test_the_page_of_the_decision_shows_who_waits(issued, sign_in, world):
    decision, line, leader, keys = issued
    more(line)
    address = f"/tham-dinh/phuong-an/{decision.pk}/"
    page = sign_in(world.owner).get(address).content.decode()
    assert "Danh sách dự phòng" in page and 'value="promote"' not in page and 'value="end"' in page
    client = sign_in(leader)
    assert 'value="promote"' in client.get(address).content.decode()
    sent = {
        "case": keys[2],
        "base_version": decision.version,
        "step": "promote",
        "amount": "300.000.000",
        "number": "20",
    }
    client.post(f"{address}du-phong/", sent)  # without a reason
    assert Decision.objects.get().reserve_after == {}
    client.post(f"{address}du-phong/", sent | {"reason": "đơn vị 1 rút", "on": "2026-11-25"})
    assert Decision.objects.get().reserve_after[str(keys[2])]["granted"] == 300_000_000
    assert "Danh sách dự phòng</h2>" not in client.get(address).content.decode()


def test_who_takes_the_case_back_is_no_longer_next(issued, heard, world):
    decision, line, leader, keys = issued
    more(line)
    reserve.leave_reserve(case=Case.objects.get(pk=keys[2]), by=system_actor(), at=NOW, reason="đã mua máy")
    reserve.leave_reserve(case=Case.objects.get(pk=keys[3]), by=system_actor(), at=NOW, reason="không ở danh sách")
    decision.refresh_from_db()
    assert (waiting_reserve(decision), list(decision.reserve_after), heard) == ([], [str(keys[2])], [])
    with pytest.raises(WrongState):
        promoted(decision, keys[2], actor(leader))
