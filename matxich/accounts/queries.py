"""What is asked of people and agencies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from matxich.accounts.models import Agency, AgencyName, AgencySuccession, Invitation, Membership, User
from matxich.accounts.permissions import (
    Person,
    Standing,
    holds,
    manages,
    may_administer,
    may_change_user,
    may_manage_people,
)
from matxich.accounts.states import EXPLANATIONS, GRANTS, Role
from matxich.kit.actor import Actor
from matxich.kit.verdict import Verdict
from matxich.ledger.actions import Subject
from matxich.places.queries import chain, find_communes, match_province, name_of
from matxich.rulebook.vietnamese.text import fold, squeeze, words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    StrOrPromise = str | _StrPromise
else:
    StrOrPromise = str

PAGE = 25
MOST_WORDS = 8  # of a search: each costs a look at every row
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def in_force(on: date) -> Q:
    """Rows whose half-open span [valid_from, valid_to) holds a date."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def person(user: User, on: date) -> Person:
    """The user as an actor, with the standings in force on a date. One query."""
    second_factor = Authenticator.objects.filter(user_id=OuterRef("user_id"), type__in=SECOND_FACTORS)
    memberships = list(
        Membership.objects.filter(in_force(on), user=user)
        .select_related("agency")
        .annotate(second_factor=Exists(second_factor))
        .order_by("id")
    )
    standings = tuple(Standing(m.role, m.agency_id, m.agency.name, m.scope) for m in memberships)
    return Person(
        kind="person",
        id=f"user:{user.pk}",
        name=user.name,
        organisation=standings[0].agency_name if standings else "",
        user_id=user.pk,
        standings=standings,
        second_factor=any(m.second_factor for m in memberships),
    )


def names_of_people(actors: Iterable[str]) -> dict[str, str]:
    """Names as they are today of those actor ids that are people's ("user:7"); one erased since shows as erased."""
    numbers = {int(each.removeprefix("user:")) for each in actors if each.startswith("user:")}
    return {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=numbers).order_by().values_list("pk", "name")}


def subject_of_user(user: User) -> Subject:
    return Subject("user", str(user.pk), user.name, person=f"user:{user.pk}")


def subject_of_agency(agency: Agency) -> Subject:
    return Subject("agency", str(agency.pk), agency.name, agency.place)


def place_chain(code: str) -> frozenset[str]:
    """The codes a place lies in, itself included; empty for the whole country and for an unknown code."""
    return frozenset(chain(code)) if code else frozenset()


def place_named(text: str, on: date) -> tuple[str, list[str]]:
    """The code of the one province or commune that a code or name means, else "" and the communes it may mean."""
    if provinces := match_province(text, "34"):
        return (provinces[0], []) if len(provinces) == 1 else ("", [name_of(code) for code in provinces])
    found = find_communes(text, on)
    exact = [unit for unit in found if unit.folded == fold(squeeze(text)) or unit.code == text.strip()] or found
    if len(exact) == 1:
        return exact[0].code, []
    return "", [f"{place_label(unit.code)} ({unit.code})" for unit in exact[:8]]


def place_label(code: str) -> str:
    """A place as people write it, with what it lies in: "Ngô Quyền, Hải Phòng"."""
    return ", ".join(name_of(one) for one in chain(code)) or code


def name_on(names: Iterable[AgencyName], on: date) -> str:
    """The name in force on a date; in a gap the last one before it; before the first, the first; "" without names."""
    ordered = sorted(names, key=lambda dated: dated.valid_from)
    begun = [dated for dated in ordered if dated.valid_from <= on]
    return begun[-1].name if begun else (ordered[0].name if ordered else "")


def ancestors(agency: Agency) -> list[int]:
    """Identifiers of the agencies above, nearest first."""
    found: list[int] = []
    above = Agency.objects.filter(pk=agency.pk).values_list("parent_id", flat=True).first()
    while above and above not in found:
        found.append(above)
        above = Agency.objects.filter(pk=above).values_list("parent_id", flat=True).first()
    return found


@dataclass(frozen=True, slots=True)
class Page[Row]:
    """Rows of a long list by key: `next` is the id to go on after, None at the end."""

    rows: list[Row]
    next: int | None


def _page[Row: (User, Agency)](rows: QuerySet[Row], after: int | None) -> Page[Row]:
    """The rows that follow the one with the id `after` in the order (order, id)."""
    if after is not None and (mark := rows.model._default_manager.filter(pk=after).values_list("order").first()):
        rows = rows.filter(Q(order__gt=mark[0]) | Q(order=mark[0], id__gt=after))
    found = list(rows.order_by("order", "id")[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def users(
    actor: Actor, on: date, *, text: str = "", active: bool | None = None, after: int | None = None
) -> Page[User]:
    """People the actor manages, in order of given name, 25 at a time, each with `held`: the roles in force."""
    held = Membership.objects.filter(in_force(on)).select_related("agency").order_by("id")
    rows = _visible_users(actor).prefetch_related(Prefetch("memberships", held, to_attr="held"))
    if active is not None:
        rows = rows.filter(is_active=active)
    for word in words(text)[:MOST_WORDS]:
        rows = rows.filter(folded__contains=word)
    return _page(rows, after)


def _visible_users(actor: Actor) -> QuerySet[User]:
    if holds(actor, {Role.ADMINISTRATOR}):
        return User.objects.all()
    mine = Membership.objects.filter(user_id=OuterRef("pk"), agency__in=managed_agency_ids(actor))
    return User.objects.filter(Exists(mine))


def managed_agency_ids(actor: Actor) -> list[int]:
    """Agencies where the actor may give roles, administrators apart."""
    standings = actor.standings if isinstance(actor, Person) else ()
    return sorted({standing.agency_id for standing in standings if standing.role in GRANTS})


def grantable_agencies(actor: Actor, on: date) -> QuerySet[Agency]:
    """Open agencies the actor may invite to or give roles in."""
    rows = Agency.objects.exclude(valid_to__lte=on)
    return rows if holds(actor, {Role.ADMINISTRATOR}) else rows.filter(pk__in=managed_agency_ids(actor))


def grantable_roles(actor: Actor) -> list[Role]:
    """Roles the actor may give somewhere, in the order people know them."""
    if actor.is_system:
        return list(Role)
    held = {standing.role for standing in actor.standings} if isinstance(actor, Person) else set()
    allowed = frozenset().union(*(GRANTS.get(role, frozenset()) for role in held))
    return [role for role in Role if role in allowed]


def memberships_of(user: User) -> list[Membership]:
    """Every role the person has held, those in force first, then the latest."""
    rows = Membership.objects.filter(user=user).select_related("agency", "user")
    return sorted(rows, key=lambda held: (held.valid_to is not None, -held.valid_from.toordinal(), held.pk))


def agencies(*, on: date, text: str = "", kind: str = "", place: str = "", after: int | None = None) -> Page[Agency]:
    """Agencies open on a date, by name, 25 at a time. Former names are searched too."""
    rows = Agency.objects.exclude(valid_to__lte=on).select_related("parent")
    if kind:
        rows = rows.filter(kind=kind)
    if place:
        rows = rows.filter(place=place)
    for word in words(text)[:MOST_WORDS]:
        rows = rows.filter(folded__contains=word)
    return _page(rows, after)


@dataclass(frozen=True, slots=True)
class Lineage:
    """What an agency came from and what it became, nearest first."""

    predecessors: list[AgencySuccession]
    successors: list[AgencySuccession]


def lineage(agency: Agency) -> Lineage:
    """All predecessors and successors, however far, in order of date."""
    return Lineage(_walk(agency, "successor", "predecessor"), _walk(agency, "predecessor", "successor"))


def _walk(agency: Agency, known: str, sought: str) -> list[AgencySuccession]:
    found: dict[int, AgencySuccession] = {}
    edge = {agency.pk}
    while edge:
        links = (
            AgencySuccession.objects.filter(**{f"{known}__in": edge})
            .exclude(pk__in=found)
            .select_related("predecessor", "successor")
        )
        fresh = {link.pk: link for link in links}
        found |= fresh
        edge = {getattr(link, f"{sought}_id") for link in fresh.values()}
    return sorted(found.values(), key=lambda link: (link.on, link.pk))


def names_of(agency: Agency) -> list[AgencyName]:
    return list(agency.names.order_by("valid_from", "id"))


def members_of(agency: Agency, on: date) -> list[Membership]:
    """Roles in force in an agency, by the people's names."""
    return list(
        Membership.objects.filter(in_force(on), agency=agency).select_related("user").order_by("user__order", "id")
    )


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation as the list shows it. `state`: pending, accepted, revoked or expired."""

    invitation: Invitation
    state: str


def invitations(actor: Actor, at: datetime, *, after: int | None = None) -> Page[InvitationRow]:
    """Invitations the actor may see, latest first, 25 at a time."""
    rows = Invitation.objects.select_related("agency", "invited_by", "accepted_by").order_by("-id")
    if not holds(actor, {Role.ADMINISTRATOR}):
        rows = rows.filter(agency__in=managed_agency_ids(actor))
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows[: PAGE + 1])
    shown = [InvitationRow(invitation, state_of(invitation, at)) for invitation in found[:PAGE]]
    return Page(shown, found[PAGE - 1].pk if len(found) > PAGE else None)


def state_of(invitation: Invitation, at: datetime) -> str:
    if invitation.accepted_at:
        return "accepted"
    if invitation.revoked_at:
        return "revoked"
    return "expired" if invitation.expires_at <= at else "pending"


@dataclass(frozen=True, slots=True)
class UserPage:
    """Everything the page of a person shows, with what the reader may do and why not."""

    user: User
    memberships: list[tuple[Membership, bool]]
    sessions: int
    second_factor: bool
    may_grant: Verdict
    may_change: Verdict


def user_page(actor: Actor, user: User) -> UserPage:
    held = memberships_of(user)
    managed = {agency: manages(actor, agency) for agency in {one.agency_id for one in held}}
    return UserPage(
        user=user,
        memberships=[(one, one.valid_to is None and managed[one.agency_id]) for one in held],
        sessions=UserSession.objects.filter(user=user).count(),
        second_factor=Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists(),
        may_grant=may_manage_people(actor),
        may_change=may_change_user(actor, user),
    )


@dataclass(frozen=True, slots=True)
class ExplainedRole:
    """A role somebody holds, in words: what it lets them do and where."""

    label: StrOrPromise
    agency: str
    scope: str
    explanation: StrOrPromise


def explained(actor: Actor) -> list[ExplainedRole]:
    """The roles in force of a person, each with what it allows."""
    standings = actor.standings if isinstance(actor, Person) else ()
    return [
        ExplainedRole(Role(one.role).label, one.agency_name, one.scope, EXPLANATIONS[Role(one.role)])
        for one in standings
    ]


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """An agency as it stood on a date: its name then, all its names, its lineage, its people."""

    agency: Agency
    name: str
    is_open: bool
    names: list[AgencyName]
    lineage: Lineage
    children: list[Agency]
    members: list[Membership]
    may_change: Verdict
    may_see_members: bool


def agency_page(actor: Actor, agency: Agency, on: date) -> AgencyPage:
    names, seen = names_of(agency), manages(actor, agency.pk)
    return AgencyPage(
        agency=agency,
        name=name_on(names, on) or agency.name,
        is_open=(not agency.valid_from or agency.valid_from <= on) and (not agency.valid_to or agency.valid_to > on),
        names=names,
        lineage=lineage(agency),
        children=list(agency.children.exclude(valid_to__lte=on).order_by("order", "id")),
        members=members_of(agency, on) if seen else [],
        may_change=may_administer(actor),
        may_see_members=seen,
    )


def demo_people_exist() -> bool:
    """Does the installation hold sample accounts? Shown as a ribbon on every page; refused on a real one."""
    return User.objects.filter(is_demo=True).exists()
