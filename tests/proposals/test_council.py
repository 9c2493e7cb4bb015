"""Between the gates and the council: what is handed over, who is shut out, and what becomes of a decision."""

from collections.abc import Callable

import pytest
from django.test import Client

from matxich.appraisal.models import Batch, Case, Decision, RankingRun
from matxich.appraisal.signals import case_decided
from matxich.kit.refusals import Denied
from matxich.notices.models import Notice
from matxich.proposals.actions.appraising import GatesOpen, hand_over
from matxich.proposals.actions.checking import accept_dossier, pass_eligibility, pass_finance, return_proposal
from matxich.proposals.actions.holding import NotOpen
from matxich.proposals.actions.moving import WrongGateState
from matxich.proposals.actions.submitting import withdraw_proposal
from matxich.proposals.models import Proposal
from tests.conftest import NOW
from tests.proposals.conftest import People


@pytest.fixture
def passed(handed_in: Proposal, people: People) -> Proposal:
    """Through every gate before the council."""
    now = accept_dossier(proposal=handed_in, by=people.officer, at=NOW, base_version=handed_in.version)
    now = pass_eligibility(proposal=now, reason="Đã đối chiếu", by=people.officer, at=NOW, base_version=now.version)
    return pass_finance(proposal=now, reason="", by=people.finance, at=NOW, base_version=now.version)


def test_only_what_passed_every_gate_is_handed_over(handed_in: Proposal, people: People) -> None:
    now = accept_dossier(proposal=handed_in, by=people.officer, at=NOW, base_version=handed_in.version)
    with pytest.raises(GatesOpen):
        hand_over(proposal=now, by=people.officer, at=NOW)
    assert not Case.objects.exists() and not Batch.objects.exists()


def test_the_case_carries_the_frozen_version(passed: Proposal, people: People) -> None:
    case = hand_over(proposal=passed, by=people.officer, at=NOW)
    version = passed.current
    assert version is not None
    assert (case.owner_kind, case.owner_id, case.reference) == ("proposal", passed.pk, passed.code)
    assert (case.asked, case.counterpart, case.dossier_sha256) == (250_000_000, 350_000_000, version.sha256)
    assert [(line["item"], line["asked"], line["total"]) for line in case.lines] == [
        ("Máy phay CNC", 250_000_000, 600_000_000)
    ]
    assert [(one["role"], one["name"], one["phones"]) for one in case.parties] == [
        ("applicant", "Công ty TNHH Đúc Mẫu", ["0900 000 001"])
    ]
    assert case.batch.call == passed.call
    assert hand_over(proposal=passed, by=people.officer, at=NOW) == case and Case.objects.count() == 1


@pytest.mark.parametrize("who", ["representative", "stranger", "finance", "viewer"])
def test_who_may_not_hand_over(who: str, passed: Proposal, people: People) -> None:
    with pytest.raises(Denied):
        hand_over(proposal=passed, by=getattr(people, who), at=NOW)


def issued(case: Case) -> Decision:
    there = Decision.objects.filter(batch=case.batch).first()
    if there is not None:
        return there
    run = RankingRun.objects.create(
        batch=case.batch, problem={}, result={}, inputs="", rules_version="", by="os:x", at=NOW
    )
    return Decision.objects.create(batch=case.batch, run=run, prepared_by="os:x", prepared_at=NOW, number="12/QĐ-SCT")


def decided(case: Case, *, funded: bool, amount: int = 0, reserve: int | None = None) -> None:
    reasons = [{"vi": "Điểm trung bình 72", "en": "Mean 72", "article": "QĐ 2373/QĐ-BCT, Điều 9"}]
    case_decided.send(
        sender=Case, kind=case.owner_kind, id=case.owner_id, recommended=funded, amount=amount, reasons=reasons,
        decision=issued(case).pk, reserve=reserve,
    )  # fmt: skip


@pytest.mark.parametrize(("funded", "amount", "status"), [(True, 200_000_000, "approved"), (False, 0, "refused")])
def test_a_decision_is_heard_once(funded: bool, amount: int, status: str, passed: Proposal, people: People) -> None:
    case = hand_over(proposal=passed, by=people.officer, at=NOW)
    Notice.objects.all().delete()
    decided(case, funded=funded, amount=amount)
    decided(case, funded=not funded, amount=1)
    now = Proposal.objects.get(pk=passed.pk)
    assert (now.status, now.approved, now.decision) == (status, amount if funded else None, "12/QĐ-SCT")
    assert now.reasons[0]["article"] == "QĐ 2373/QĐ-BCT, Điều 9"
    assert Notice.objects.count() == 2


@pytest.mark.parametrize(("funded", "status"), [(True, "approved"), (False, "refused")])
def test_who_waits_on_the_reserve_list_is_told_so_and_then_what_came_of_it(
    funded: bool, status: str, passed: Proposal, people: People
) -> None:
    case = hand_over(proposal=passed, by=people.officer, at=NOW)
    Notice.objects.all().delete()
    decided(case, funded=False, reserve=2)
    decided(case, funded=False, reserve=2)
    now = Proposal.objects.get(pk=passed.pk)
    assert (now.status, now.approved, now.ended_at) == ("reserve", None, None)
    assert Notice.objects.count() == 2
    assert "thứ 2 trong danh sách dự phòng" in str(Notice.objects.order_by("id")[0].subject)
    decided(case, funded=funded, amount=100_000_000 if funded else 0)
    now = Proposal.objects.get(pk=passed.pk)
    assert (now.status, now.approved, now.ended_at is None) == (status, 100_000_000 if funded else None, False)


def test_who_waits_on_the_reserve_list_may_take_it_back(passed: Proposal, people: People) -> None:
    case = hand_over(proposal=passed, by=people.officer, at=NOW)
    decided(case, funded=False, reserve=1)
    withdraw_proposal(
        proposal=Proposal.objects.get(pk=passed.pk), reason="đã mua máy", by=people.representative, at=NOW
    )
    assert Proposal.objects.get(pk=passed.pk).status == "withdrawn"


def test_a_decision_about_something_else_is_not_heard(passed: Proposal, people: People) -> None:
    hand_over(proposal=passed, by=people.officer, at=NOW)
    case_decided.send(sender=Case, kind="product", id=passed.pk, recommended=True, amount=5, reasons=[], decision=1)
    assert Proposal.objects.get(pk=passed.pk).status == "appraising"


def test_taken_back_from_the_council(passed: Proposal, people: People) -> None:
    case = hand_over(proposal=passed, by=people.officer, at=NOW)
    withdraw_proposal(proposal=passed, reason="Không còn đủ vốn", by=people.representative, at=NOW)
    assert Proposal.objects.get(pk=passed.pk).status == "withdrawn"
    assert Case.objects.get(pk=case.pk).state == "withdrawn"


def test_what_was_decided_is_not_taken_back(passed: Proposal, people: People) -> None:
    case = hand_over(proposal=passed, by=people.officer, at=NOW)
    decided(case, funded=True, amount=5)
    with pytest.raises(NotOpen):
        withdraw_proposal(proposal=passed, reason="x", by=people.representative, at=NOW)


def test_what_a_council_judges_does_not_go_back_from_here(passed: Proposal, people: People) -> None:
    hand_over(proposal=passed, by=people.officer, at=NOW)
    now = Proposal.objects.get(pk=passed.pk)
    with pytest.raises(WrongGateState):
        return_proposal(proposal=now, notes={"": "x"}, by=people.officer, at=NOW, base_version=now.version)


def test_an_interest_shuts_this_room_too(
    passed: Proposal,
    people: People,
    world,
    sign_in: Callable[[object], Client],  # type: ignore[no-untyped-def]
) -> None:
    from datetime import date

    from matxich.appraisal.models import Council, CouncilMember, Interest
    from matxich.proposals.queries.listing import visible_proposals

    case = hand_over(proposal=passed, by=people.officer, at=NOW)
    council = Council.objects.create(
        name="Hội đồng mẫu",
        agency=world.agency,
        place="31",
        state="founded",
        created_by="x",
        created_at=NOW,
        founding_no="9/QĐ",
        founding_on=date(2026, 1, 5),
        term_from=date(2026, 1, 5),
        quorum={"share": "2/3"},
    )
    member = CouncilMember.objects.create(
        council=council, user=world.colleague, role="member", votes=True, valid_from=date(2026, 1, 1)
    )
    client, url = sign_in(world.colleague), f"/xet-de-an/{passed.pk}/"
    file = passed.files.get()
    assert client.get(url).status_code == 200
    interest = Interest.objects.create(
        case=case, member=member, category="organisation", origin="detected", by="x", at=NOW
    )
    assert client.get(url).status_code == 403
    assert client.get(f"{url}ho-so/").status_code == 403
    assert client.get(f"/de-an/tep/{file.pk}/").status_code == 403
    assert passed.code not in client.get("/xet-de-an/").text
    assert not visible_proposals(people.second).filter(pk=passed.pk).exists()
    interest.state, interest.reason, interest.decided_at = "cleared", "Không liên quan", NOW
    interest.save()
    assert client.get(url).status_code == 200
