"""Who may: a person's standings, and the predicates other rooms build on."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from matxich.accounts.states import DESK_ROLES, OFFICIAL_ROLES, Role
from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no


@dataclass(frozen=True, slots=True)
class Standing:
    """A role held in an agency over the subtree of a place; scope "" is the whole country."""

    role: str
    agency_id: int
    agency_name: str
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Actor):
    """A signed-in person with the standings in force today."""

    user_id: int
    standings: tuple[Standing, ...] = ()

    @property
    def agency_ids(self) -> frozenset[int]:
        return frozenset(standing.agency_id for standing in self.standings)


def holds(actor: Actor, roles: Iterable[str], *, places: Iterable[str] | None = None) -> bool:
    """Does the actor hold one of the roles over the place? `places` is the object's chain of unit codes.

    None asks for the role anywhere; an empty chain (place unknown) is covered by a national scope alone.
    The system actor of a command holds every role.
    """
    if actor.is_system:
        return True
    if not isinstance(actor, Person):
        return False
    wanted, chain = frozenset(roles), None if places is None else frozenset(places)
    return any(
        standing.role in wanted and (chain is None or not standing.scope or standing.scope in chain)
        for standing in actor.standings
    )


def may_use_desk(actor: Actor, *objects: object) -> Verdict:
    return YES if holds(actor, DESK_ROLES) else no(_("Trang này dành cho cán bộ của cơ quan đã được giao quyền."))


def signed_in(actor: Actor, *objects: object) -> Verdict:
    return YES if actor.kind == "person" else no(_("Hãy đăng nhập để tiếp tục."))


def may_administer(actor: Actor, *objects: object) -> Verdict:
    allowed = holds(actor, {Role.ADMINISTRATOR})
    return YES if allowed else no(_("Chỉ quản trị hệ thống làm được việc này."))


def is_official(actor: Actor) -> bool:
    return holds(actor, OFFICIAL_ROLES)
