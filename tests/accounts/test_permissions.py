"""Truth tables: who holds what where, who gives which role to whom."""

from datetime import date

import pytest

from matxich.accounts.models import Agency
from matxich.accounts.permissions import (
    Person,
    Standing,
    holds,
    manages,
    may_administer,
    may_change_user,
    may_grant,
    may_grant_to,
    may_manage_people,
    may_open_user,
    may_use_desk,
    owes_second_factor,
    signed_in,
)
from matxich.accounts.states import DESK_ROLES, FITTING, GRANTS, OFFICIAL_ROLES, AgencyKind, Role
from matxich.kit.actor import ANONYMOUS, Actor, system_actor


def someone(*standings: Standing, **more: object) -> Person:
    return Person(kind="person", id="user:1", name="A", user_id=1, standings=standings, **more)


def standing(role: str, scope: str = "31", agency: int = 1) -> Standing:
    return Standing(role, agency, "Sở", scope)


CHAIN = ("11407", "31")


@pytest.mark.parametrize(
    ("scope", "places", "expected"),
    [
        ("", CHAIN, True),
        ("31", CHAIN, True),
        ("11407", CHAIN, True),
        ("75", CHAIN, False),
        ("11407", ("31",), False),
        ("31", (), False),
        ("", (), True),
        ("75", None, True),
    ],
)
def test_a_role_reaches_the_subtree_of_its_place(scope, places, expected):
    assert holds(someone(standing(Role.OFFICER, scope)), {Role.OFFICER}, places=places) is expected


def test_a_role_is_not_another_role_and_nobody_holds_nothing():
    assert holds(someone(standing(Role.VIEWER, "")), {Role.OFFICER}) is False
    assert holds(ANONYMOUS, set(Role)) is False
    assert holds(system_actor(), {Role.OFFICER}, places=()) is True


@pytest.mark.parametrize("role", list(Role))
def test_desk_administration_and_people_by_role(role):
    actor = someone(standing(role))
    assert bool(may_use_desk(actor)) is (role in DESK_ROLES)
    assert bool(may_administer(actor)) is (role == Role.ADMINISTRATOR)
    assert bool(may_manage_people(actor)) is (role in GRANTS)
    assert bool(signed_in(actor)) is True


@pytest.mark.parametrize("rule", [may_use_desk, may_administer, may_manage_people, signed_in])
def test_visitors_are_told_why_not(rule):
    verdict = rule(ANONYMOUS)
    assert not verdict
    assert str(verdict.reason)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("is_demo", [True, False])
@pytest.mark.parametrize("second_factor", [True, False])
def test_officials_owe_a_second_factor(role, is_demo, second_factor):
    actor = someone(standing(role), second_factor=second_factor)
    assert owes_second_factor(actor, is_demo=is_demo) is (role in OFFICIAL_ROLES and not is_demo and not second_factor)


@pytest.mark.parametrize("giver", list(Role))
@pytest.mark.parametrize("given", list(Role))
@pytest.mark.parametrize("own", [True, False])
def test_who_gives_which_role(giver, given, own):
    agency = Agency(pk=1 if own else 2, kind=AgencyKind.PROVINCIAL_DEPARTMENT, name="Sở")
    expected = given in GRANTS.get(giver, set()) and (own or giver == Role.ADMINISTRATOR)
    assert bool(may_grant(someone(standing(giver)), agency, given, frozenset(CHAIN))) is expected


def test_nobody_gives_a_wider_place_than_their_own():
    agency = Agency(pk=1, kind=AgencyKind.PROVINCIAL_DEPARTMENT, name="Sở")
    head = someone(standing(Role.HEAD, "31"))
    assert may_grant(head, agency, Role.OFFICER, frozenset({"31"}))
    assert not may_grant(head, agency, Role.OFFICER, frozenset())
    assert not may_grant(head, agency, Role.OFFICER, frozenset({"75"}))
    assert not may_grant(someone(standing(Role.ADMINISTRATOR, "31")), agency, Role.OFFICER, frozenset())


def test_a_role_in_one_agency_does_not_lend_its_place_to_another():
    agency = Agency(pk=1, kind=AgencyKind.PROVINCIAL_DEPARTMENT, name="Sở")
    both = someone(standing(Role.HEAD, "31", agency=1), standing(Role.HEAD, "", agency=2))
    assert not may_grant(both, agency, Role.OFFICER, frozenset())
    assert manages(both, 2)
    assert not manages(both, 3)


def test_every_kind_of_agency_has_roles_and_every_role_an_agency():
    assert set(FITTING) == set(AgencyKind)
    assert set().union(*FITTING.values()) == set(Role)


def test_pages_of_people(world, as_actor):
    """Oneself, the administrator, the head of a shared agency; nobody else."""
    from matxich.accounts.models import Membership

    owner = world.owner
    assert may_open_user(as_actor(owner), owner)
    assert may_open_user(as_actor(world.administrator), owner)
    for name in ("colleague", "stranger", "viewer", "enterprise", "ministry"):
        assert not may_open_user(as_actor(world.people[name]), owner), name
    Membership.objects.create(
        user=world.colleague, agency=world.agency, role=Role.HEAD, scope="31", valid_from=date(2025, 7, 1)
    )
    assert may_open_user(as_actor(world.colleague), owner)
    assert may_grant_to(as_actor(world.colleague), owner)
    assert not may_grant_to(as_actor(world.colleague), world.stranger)
    assert not may_grant_to(as_actor(owner), owner)


def test_only_administrators_stop_accounts_and_never_their_own(world, as_actor):
    assert may_change_user(as_actor(world.administrator), world.owner)
    assert not may_change_user(as_actor(world.administrator), world.administrator)
    assert not may_change_user(as_actor(world.colleague), world.owner)
    assert not may_change_user(Actor(kind="anonymous", id="", name=""), world.owner)
