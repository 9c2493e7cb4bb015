"""Needs sheets: which a person may see, narrowed and summed; one sheet as a page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from matxich.accounts.permissions import Person
from matxich.accounts.states import OFFICIAL_ROLES
from matxich.kit.actor import Actor
from matxich.ledger.keys import open_texts
from matxich.places.queries import name_of, subtree
from matxich.proposals.models import Need
from matxich.proposals.states import NeedState
from matxich.registry.permissions import EDITING, firms_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    text: str = ""
    kind: str = ""
    state: str = ""
    year: int | None = None
    level: str = ""
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    needs: tuple[Need, ...]
    total: int
    cost: int
    own: int
    counts: tuple[tuple[str, str, int], ...]
    following: int | None


def visible_needs(actor: Actor) -> QuerySet[Need]:
    """One's own drafts and sheets, one's firms', and what was sent in one's territory, as `may_open_need` says."""
    found = Need.objects.select_related("enterprise", "agency", "call")
    if actor.is_system:
        return found
    if not isinstance(actor, Person):
        return found.none()
    mine = Q(created_by=actor.id)
    if firms := firms_of(actor):
        mine |= Q(enterprise__in=firms)
    scopes = {each.scope for each in actor.standings if each.role in OFFICIAL_ROLES | EDITING}
    if "" in scopes:
        mine |= ~Q(state=NeedState.DRAFT)
    elif scopes:
        places = frozenset[str]().union(*(subtree(scope) | {scope} for scope in scopes))
        mine |= ~Q(state=NeedState.DRAFT) & (Q(commune__in=places) | Q(commune="", province__in=places))
    return found.filter(mine)


def narrowed(actor: Actor, asked: Asked) -> QuerySet[Need]:
    found = visible_needs(actor)
    if asked.text:
        found = found.filter(Q(title__icontains=asked.text) | Q(name__icontains=asked.text))
    for field in ("kind", "year", "level"):
        if value := getattr(asked, field):
            found = found.filter(**{field: value})
    return found


def listed(actor: Actor, asked: Asked) -> Page:
    every = narrowed(actor, asked)
    by_state = {row["state"]: row for row in _sums(every)}
    chosen = every.filter(state=asked.state) if asked.state else every
    rows = list((chosen.filter(pk__lt=asked.after) if asked.after else chosen).order_by("-id")[: PAGE + 1])
    kept = [by_state[asked.state]] if asked.state in by_state else [] if asked.state else list(by_state.values())
    counts = tuple((one.value, str(one.label), by_state.get(one.value, {"n": 0})["n"]) for one in NeedState)
    return Page(
        tuple(rows[:PAGE]), sum(row["n"] for row in kept), sum(row["cost"] or 0 for row in kept),
        sum(row["own"] or 0 for row in kept), counts, rows[PAGE - 1].pk if len(rows) > PAGE else None,
    )  # fmt: skip


def _sums(found: QuerySet[Need]) -> list[dict[str, Any]]:
    told = found.order_by().values("state")
    return list(told.annotate(n=Count("pk"), cost=Sum("cost"), own=Sum("own_funds")))


def years_of(actor: Actor) -> list[int]:
    return sorted(set(visible_needs(actor).order_by().values_list("year", flat=True)), reverse=True)


def every_need(actor: Actor, asked: Asked) -> Iterator[Need]:
    found = narrowed(actor, asked)
    found = found.filter(state=asked.state) if asked.state else found
    return found.order_by("province", "commune", "-id").iterator(chunk_size=500)


def phone_of(need: Need) -> str:
    """Personal data; "" when none was given or its key was erased."""
    return (open_texts([need.phone])[need.phone] or "") if need.phone else ""


def place_of(need: Need) -> str:
    return name_of(need.commune or need.province)
