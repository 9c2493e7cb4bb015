"""Who may do what to a paper, as a truth table; who sees it; who keeps templates and registers."""

from typing import Any

import pytest

from matxich.accounts.queries import person
from matxich.correspondence.models import OfficialPaper
from matxich.correspondence.permissions import (
    RULES,
    may_attach,
    may_draft,
    may_keep_register,
    may_keep_templates,
    may_open_paper,
    may_see_register,
    may_see_templates,
    may_take,
)
from matxich.correspondence.queries.papers import queues_of, visible_papers, waiting_counts
from matxich.kit.actor import ANONYMOUS, system_actor
from tests.conftest import NOW, World
from tests.correspondence.conftest import STATES, Hands, brought, drafted

pytestmark = pytest.mark.django_db
WHO = (
    "drafter",
    "colleague",
    "head",
    "leader",
    "clerk",
    "viewer",
    "foreign_clerk",
    "stranger",
    "ministry",
    "anonymous",
)


def everybody(hands: Hands, world: World) -> dict[str, Any]:
    others = {
        name: person(getattr(world, name), NOW.date()) for name in ("colleague", "viewer", "stranger", "ministry")
    }  # type: ignore[arg-type]
    own = {name: getattr(hands, name) for name in ("drafter", "head", "leader", "clerk", "foreign_clerk")}
    return own | others | {"anonymous": ANONYMOUS}


@pytest.mark.parametrize(
    ("event", "state", "who"),
    [
        ("revise", "draft", "drafter head leader"),
        ("submit", "draft", "drafter head leader"),
        ("discard", "draft", "drafter head leader"),
        ("initial", "submitted", "head leader"),
        ("return", "submitted", "head leader"),
        ("sign", "initialled", "leader"),
        ("return", "initialled", "leader"),
        ("number", "signed", "clerk"),
        ("return", "signed", "clerk"),
        ("issue", "numbered", "clerk"),
        ("withdraw", "issued", "leader"),
        ("replace", "issued", "drafter colleague head leader clerk"),
        ("sign_own", "draft", ""),
    ],
)
def test_each_step_is_somebodys(hands: Hands, world: World, event: str, state: str, who: str) -> None:
    paper = brought(hands, state)
    people = everybody(hands, world)
    allowed = [name for name in WHO if may_take(people[name], paper, event)]
    assert " ".join(allowed) == who
    assert all(may_take(people[name], paper, event).reason for name in WHO if name not in allowed)
    assert bool(may_take(system_actor(), paper, event)) == (event != "sign_own")


def test_every_event_has_its_rule() -> None:
    from matxich.correspondence.states import PAPER_TRANSITIONS

    assert {event for _state, event in PAPER_TRANSITIONS} == set(RULES)


def test_nobody_looks_over_or_signs_what_they_drafted(hands: Hands) -> None:
    for who in (hands.head, hands.leader):
        paper = drafted(hands, by=who)
        assert not may_take(who, paper, "initial")
        assert not may_take(who, paper, "sign")


def test_a_head_signs_by_order_and_by_mandate_alone(hands: Hands) -> None:
    paper = drafted(hands)
    told = {"": False, "KT.": False, "TM.": False, "TL.": True, "TUQ.": True, "Q.": False}
    for signed_as, allowed in told.items():
        paper.signed_as = signed_as
        assert bool(may_take(hands.head, paper, "sign")) == allowed, signed_as


@pytest.mark.parametrize(
    ("confidential", "state", "who"),
    [
        (False, "draft", "drafter colleague head leader clerk"),
        (False, "issued", "drafter colleague head leader clerk viewer"),
        (True, "draft", "drafter"),
        (True, "submitted", "drafter head leader"),
        (True, "initialled", "drafter head leader"),
        (True, "signed", "drafter head leader clerk"),
        (True, "issued", "drafter head leader"),
    ],
)
def test_who_sees_a_paper(hands: Hands, world: World, confidential: bool, state: str, who: str) -> None:
    paper = brought(hands, state, is_confidential=confidential)
    people = everybody(hands, world)
    assert " ".join(name for name in WHO if may_open_paper(people[name], paper)) == who


@pytest.mark.parametrize("confidential", [False, True])
def test_lists_show_what_pages_open(hands: Hands, world: World, confidential: bool) -> None:
    papers = [brought(hands, state, is_confidential=confidential) for state in STATES if state != "replaced"]
    for name, actor in everybody(hands, world).items():
        listed = set(visible_papers(actor).values_list("pk", flat=True))
        opened = {one.pk for one in papers if may_open_paper(actor, OfficialPaper.objects.get(pk=one.pk))}
        assert listed == opened, name


def test_a_ballot_lies_with_its_member_alone(hands: Hands, world: World) -> None:
    ballot = drafted(hands, "ballot", is_confidential=True)
    people = everybody(hands, world)
    assert [name for name in WHO if may_open_paper(people[name], ballot)] == ["drafter"]
    assert [name for name in WHO if may_take(people[name], ballot, "sign_own")] == ["drafter"]


def test_who_drafts(hands: Hands, world: World) -> None:
    people = everybody(hands, world)
    who = [name for name in WHO if may_draft(people[name], hands.agency, "approval")]
    assert who == ["drafter", "colleague", "head", "leader", "clerk"]


def test_who_keeps_registers_templates_and_signed_sheets(hands: Hands, world: World) -> None:
    people, paper = everybody(hands, world), brought(hands, "issued")

    def those(rule: Any, thing: Any) -> str:
        return " ".join(name for name in WHO if rule(people[name], thing))

    assert those(may_see_register, hands.agency) == "drafter colleague head leader clerk"
    assert those(may_keep_register, hands.agency) == "clerk"
    assert those(may_see_templates, hands.agency) == "drafter colleague head leader clerk"
    assert those(may_keep_templates, hands.agency) == "head leader clerk"
    assert those(may_attach, paper) == "drafter clerk"


def test_a_paper_waits_for_whose_turn_it_is(hands: Hands) -> None:
    for state in ("returned", "submitted", "initialled", "signed", "numbered", "issued"):
        brought(hands, state)
    assert waiting_counts(hands.drafter) == {"": 1}
    assert waiting_counts(hands.head) == {"ky-nhay": 1}
    assert waiting_counts(hands.leader) == {"ky-nhay": 1, "ky": 1}
    assert waiting_counts(hands.clerk) == {"cap-so": 2}
    assert waiting_counts(hands.foreign_clerk) == {}
    assert [(one.code, one.count) for one in queues_of(hands.clerk)][3] == ("cap-so", 2)
