"""Who may: a person's standings, and the predicates other rooms build on."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency, AgencySuccession, Invitation, Membership, User
from matxich.accounts.states import DESK_ROLES, GRANTS, OFFICIAL_ROLES, Role
from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no
from matxich.places.queries import subtree


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
    second_factor: bool = False
    lineages: dict[int, frozenset[int]] = field(default_factory=dict, compare=False, repr=False)
    """What `with_predecessors` has read for this person: a page asks for it again and again."""

    def with_predecessors(self, agency: int) -> frozenset[int]:
        """The agency and those that merged into it: whoever took over an agency answers for its open files."""
        if agency not in self.lineages:
            self.lineages[agency] = _with_predecessors(agency)
        return self.lineages[agency]

    @property
    def agency_ids(self) -> frozenset[int]:
        return frozenset(standing.agency_id for standing in self.standings)

    @property
    def oversight(self) -> frozenset[str] | None:
        """Administrators and officials of the whole country read all history, others that of their places and below."""
        scopes = {"" if s.role == Role.ADMINISTRATOR else s.scope for s in self.standings if s.role in OFFICIAL_ROLES}
        return None if "" in scopes else frozenset(scopes).union(*(subtree(scope) for scope in scopes))


def _with_predecessors(agency: int) -> frozenset[int]:
    known: set[int] = set()
    edge = {agency}
    while edge:
        known |= edge
        edge = set(AgencySuccession.objects.filter(successor__in=edge).values_list("predecessor", flat=True)) - known
    return frozenset(known)


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
    return any(standing.role in wanted and (chain is None or _covers(standing, chain)) for standing in actor.standings)


def _covers(standing: Standing, chain: frozenset[str]) -> bool:
    return not standing.scope or standing.scope in chain


def may_use_desk(actor: Actor, *objects: object) -> Verdict:
    return YES if holds(actor, DESK_ROLES) else no(_("Trang này dành cho cán bộ của cơ quan đã được giao quyền."))


def signed_in(actor: Actor, *objects: object) -> Verdict:
    return YES if actor.kind == "person" else no(_("Hãy đăng nhập để tiếp tục."))


def may_administer(actor: Actor, *objects: object) -> Verdict:
    allowed = holds(actor, {Role.ADMINISTRATOR})
    return YES if allowed else no(_("Chỉ quản trị hệ thống làm được việc này."))


def is_official(actor: Actor) -> bool:
    return holds(actor, OFFICIAL_ROLES)


def may_manage_people(actor: Actor, *objects: object) -> Verdict:
    """May the actor give roles anywhere at all?"""
    allowed = holds(actor, GRANTS)
    return YES if allowed else no(_("Chỉ quản trị hệ thống hoặc người phụ trách cơ quan quản lý được người dùng."))


def manages(actor: Actor, agency_id: int) -> bool:
    """An administrator manages every agency; a head, a leader or a representative only their own."""
    if holds(actor, {Role.ADMINISTRATOR}):
        return True
    return isinstance(actor, Person) and any(
        standing.agency_id == agency_id and standing.role in GRANTS for standing in actor.standings
    )


def may_open_user(actor: Actor, user: User) -> Verdict:
    """Oneself, or people who have ever belonged to an agency the actor manages."""
    if isinstance(actor, Person) and actor.user_id == user.pk:
        return YES
    if holds(actor, {Role.ADMINISTRATOR}) or any(
        manages(actor, agency) for agency in user.memberships.values_list("agency_id", flat=True)
    ):
        return YES
    return no(_("Bạn chỉ xem được người thuộc cơ quan mình phụ trách."))


def may_grant_to(actor: Actor, user: User) -> Verdict:
    """Open the form that gives this person a role; which one is asked again by `may_grant`."""
    return may_manage_people(actor) and may_open_user(actor, user)


def may_change_user(actor: Actor, user: User) -> Verdict:
    """End sessions, stop or restore an account: administrators, for anybody but themselves."""
    if isinstance(actor, Person) and actor.user_id == user.pk:
        return no(_("Bạn không tự làm việc này với tài khoản của mình."))
    return may_administer(actor)


def may_grant(actor: Actor, agency: Agency, role: str, chain: frozenset[str]) -> Verdict:
    """Give or take back a role. `chain` is the scope's own chain of unit codes, empty for the whole country.

    An administrator in any agency, others in their own, a role below their own, over no more than their own place.
    """
    if actor.is_system:
        return YES
    own = [
        standing
        for standing in (actor.standings if isinstance(actor, Person) else ())
        if standing.role == Role.ADMINISTRATOR or standing.agency_id == agency.pk
    ]
    granting = [standing for standing in own if role in GRANTS.get(standing.role, frozenset())]
    if not granting:
        return no(_("Bạn chỉ giao được vai trò thấp hơn vai trò của mình, trong cơ quan mình phụ trách."))
    if not any(_covers(standing, chain) for standing in granting):
        return no(_("Phạm vi địa bàn rộng hơn phạm vi của bạn. Hãy chọn địa bàn trong phạm vi bạn được giao."))
    return YES


def may_open_invitation(actor: Actor, invitation: Invitation) -> Verdict:
    """Renew or revoke: whoever manages the agency it invites to."""
    if invitation.agency_id and manages(actor, invitation.agency_id):
        return YES
    return may_administer(actor)


def may_open_membership(actor: Actor, membership: Membership) -> Verdict:
    if manages(actor, membership.agency_id):
        return YES
    return no(_("Bạn chỉ thu hồi được vai trò trong cơ quan mình phụ trách."))


def owes_second_factor(actor: Actor, *, is_demo: bool) -> bool:
    """Officials must have an authenticator app or a passkey, sample accounts apart."""
    return isinstance(actor, Person) and not is_demo and not actor.second_factor and is_official(actor)
