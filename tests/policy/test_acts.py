"""Figures are recorded by those whose word counts, by two of them, and nothing recorded is ever changed."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from matxich.kit.actor import Actor, system_actor
from matxich.kit.refusals import Denied, NoReason
from matxich.ledger.models import Entry
from matxich.policy.actions.acts import (
    ActMoved,
    AlreadyProposed,
    DoesNotFit,
    Proposal,
    decide,
    propose,
    state_of,
    withdraw,
)
from matxich.policy.law import laid, law, packaged_law
from matxich.policy.models import FigureAct, FigureDecision
from matxich.policy.states import ActKind, ActState
from matxich.rulebook.law.answering import Case, answers
from tests.conftest import NOW
from tests.policy.conftest import Words, confirming, in_force, own

DAY = date(2026, 6, 1)


def most(content: str = "KC-12", budget: str = "national", on: date = DAY) -> int | None:
    return answers(law(), Case({}, on, content, budget))[0].amount.most


def test_nothing_counts_before_another_person_decided(people: Words) -> None:
    before = law().version
    act = propose(proposal=confirming(), by=people.ministry, at=NOW)
    assert (state_of(act), most("KC-13"), law().version) == (ActState.PROPOSED, None, before)
    decide(act=act, accept=True, by=people.second, at=NOW)
    row = law().parameters.at("KC-13", DAY).setting
    assert row and row.confirmed_by == "Cục Công nghiệp, 20/11/2026"
    assert (most("KC-13"), law().version == before) == (500_000_000, False)
    assert packaged_law().version == before


def test_whoever_proposed_does_not_decide(people: Words) -> None:
    act = propose(proposal=confirming(), by=people.ministry, at=NOW)
    with pytest.raises(Denied) as refused:
        decide(act=act, accept=True, by=people.ministry, at=NOW)
    assert "không tự quyết định" in str(refused.value)


def may(proposal: Proposal, by: Actor) -> bool:
    with transaction.atomic():
        try:
            propose(proposal=proposal, by=by, at=NOW)
        except Denied as refused:
            assert str(refused.message)
            return False
        transaction.set_rollback(True)
        return True


def test_whose_word_counts_for_which_figure(people: Words) -> None:
    """Rows: who; columns: national, programme, Hải Phòng, former Hải Dương (now Hải Phòng), Đồng Nai."""
    layers = ("national", "programme:kc-2026", "province:31", "province63:30", "province:75")
    table = {
        "ministry": (True, True, False, False, False),
        "owner": (False, False, True, True, False),
        "colleague": (False, False, True, True, False),
        "stranger": (False, False, False, False, True),
        "viewer": (False,) * 5,
        "administrator": (False,) * 5,
        "firm": (False,) * 5,
    }
    new = own(starts=date(2027, 1, 1))
    found = {name: tuple(may(replace(new, layer=layer), getattr(people, name)) for layer in layers) for name in table}
    assert found == table
    assert not may(new, system_actor())


def test_who_decides_a_province_s_figure(people: Words) -> None:
    """Another of the same department, or the ministry above it."""
    act = propose(proposal=own(), by=people.owner, at=NOW)
    for person in (people.owner, people.stranger, people.viewer, people.administrator, people.firm, system_actor()):
        with pytest.raises(Denied):
            decide(act=act, accept=True, by=person, at=NOW)
    assert most(budget="province:31") is None
    decide(act=act, accept=True, by=people.second, at=NOW)
    assert (most(budget="province:31"), most(budget="province:75"), most()) == (400_000_000, None, 300_000_000)
    colleague = in_force(own(starts=date(2026, 9, 1), cap=500_000_000), people.owner, people.colleague)
    assert state_of(colleague) == ActState.IN_FORCE
    told = [most(budget="province:31", on=on) for on in (date(2026, 8, 31), date(2026, 9, 1))]
    assert told == [400_000_000, 500_000_000]


def test_a_resolution_comes_into_the_library_with_the_act(people: Words) -> None:
    act = propose(proposal=own(), by=people.owner, at=NOW)
    assert act.instrument not in law().library.by_id
    decide(act=act, accept=True, by=people.colleague, at=NOW)
    assert law().library[act.instrument].short == "NQ 12/2026/NQ-HĐND"


def test_a_refusal_has_its_reason_and_a_proposal_is_withdrawn_by_its_own(people: Words) -> None:
    act = propose(proposal=confirming(), by=people.ministry, at=NOW)
    with pytest.raises(NoReason):
        decide(act=act, accept=False, by=people.second, at=NOW, reason=" ")
    with pytest.raises(Denied):
        withdraw(act=act, by=people.second, at=NOW)
    decide(act=act, accept=False, by=people.second, at=NOW, reason="Văn bản đã thay")
    again = propose(proposal=confirming(), by=people.ministry, at=NOW)
    withdraw(act=again, by=people.ministry, at=NOW)
    assert [state_of(each) for each in FigureAct.objects.order_by("pk")] == [ActState.REFUSED, ActState.WITHDRAWN]
    for done in (act, again):
        with pytest.raises(ActMoved):
            decide(act=done, accept=True, by=people.second, at=NOW)
    assert (most("KC-13"), law().version) == (None, packaged_law().version)


def test_the_same_waits_once(people: Words) -> None:
    propose(proposal=confirming(), by=people.ministry, at=NOW)
    with pytest.raises(AlreadyProposed):
        propose(proposal=confirming(), by=people.ministry, at=NOW)


def test_what_no_longer_fits_when_it_is_decided_is_refused(people: Words) -> None:
    """Two proposals for one row: the second one is judged against the law of the moment it is decided."""
    first = propose(proposal=own(starts=date(2026, 3, 10)), by=people.owner, at=NOW)
    second = propose(proposal=own(starts=date(2026, 3, 9)), by=people.colleague, at=NOW)
    decide(act=first, accept=True, by=people.colleague, at=NOW)
    with pytest.raises(DoesNotFit) as refused:
        decide(act=second, accept=True, by=people.owner, at=NOW)
    assert (refused.value.field, FigureDecision.objects.count()) == ("start", 1)


@pytest.mark.parametrize(
    ("told", "field"),
    [({"parameter": "KC-99"}, "parameter"), ({"row": "2019-01-01"}, "row"), ({"instrument": "x"}, "instrument"),
     ({"layer": "huyện"}, "layer"), ({"parameter": "KC-12"}, "row")],
)  # fmt: skip
def test_a_proposal_that_cannot_be_is_refused_with_the_place(people: Words, told: dict, field: str) -> None:
    with pytest.raises(DoesNotFit) as refused:
        propose(proposal=replace(confirming(), **told), by=people.ministry, at=NOW)
    assert (refused.value.field, FigureAct.objects.count()) == (field, 0)


def revoking(target: FigureAct) -> Proposal:
    return Proposal(
        kind=ActKind.REVOKE, parameter=target.parameter, layer=target.layer, instrument=target.instrument,
        target=target, reason="Ghi nhầm",
    )  # fmt: skip


def test_what_is_in_force_is_revoked_by_a_new_act_alone(people: Words) -> None:
    target = in_force(confirming(), people.ministry, people.second)
    revocation = propose(proposal=revoking(target), by=people.ministry, at=NOW)
    assert most("KC-13") == 500_000_000
    decide(act=revocation, accept=True, by=people.second, at=NOW)
    assert (most("KC-13"), state_of(target), state_of(revocation)) == (None, ActState.REVOKED, ActState.IN_FORCE)
    with pytest.raises(DoesNotFit):
        propose(proposal=revoking(target), by=people.ministry, at=NOW)


def test_an_act_on_which_another_rests_is_not_revoked_before_it(people: Words) -> None:
    first = in_force(own(), people.owner, people.colleague)
    end = Proposal(
        kind=ActKind.END, parameter="KC-12", layer="province:31", row="2026-03-10", ends=date(2026, 12, 31),
        instrument=first.instrument, reason="Hết hiệu lực",
    )  # fmt: skip
    in_force(end, people.owner, people.colleague)
    assert [most(budget="province:31", on=on) for on in (date(2026, 12, 30), date(2026, 12, 31))] == [400_000_000, None]
    with pytest.raises(DoesNotFit) as refused:
        propose(proposal=revoking(first), by=people.owner, at=NOW)
    assert "bãi bỏ quyết định sau trước" in str(refused.value)


def test_acts_are_written_down_and_the_database_refuses_to_change_them(people: Words) -> None:
    act = in_force(own(), people.owner, people.colleague)
    told = list(Entry.objects.filter(object_kind="figure_act").order_by("pk").values_list("action", "place", "reason"))
    assert told == [("figure_act.propose", "31", "Nghị quyết của HĐND"), ("figure_act.accept", "31", "")]
    changed = FigureAct.objects.filter(pk=act.pk)
    for change in (lambda: changed.update(reason="khác"), lambda: FigureDecision.objects.update(reason="khác"),
                   lambda: FigureDecision.objects.all().delete()):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_law_follows_every_decision_and_costs_one_query(people: Words) -> None:
    first = law()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert law() is first
    assert len(asked) == 1
    in_force(confirming(), people.ministry, people.second)
    second = law()
    in_force(own(), people.owner, people.colleague)
    assert len({first.version, second.version, law().version}) == 3
    assert laid().unfit == ()
