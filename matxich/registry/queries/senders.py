"""Who sends lists: how far each is trusted, when its last list came, whether the next one is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from matxich.accounts.models import Membership
from matxich.accounts.permissions import Person, holds
from matxich.accounts.queries import in_force
from matxich.kit.actor import Actor
from matxich.registry.models import Source
from matxich.registry.permissions import IMPORTING
from matxich.registry.queries.import_pages import PAGE
from matxich.registry.states import ImportState, Rhythm
from matxich.rulebook.sources import TrustLevel, lateness, next_due, trust_level

_LISTS = Q(imports__state=ImportState.PUBLISHED, imports__corrects=None)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """`newest`: the day its newest published list speaks of. `latest`: the import published last; None for none.

    `late`: "", "due" or "overdue".
    """

    source: Source
    published: int
    newest: date | None
    latest: int | None
    last_at: datetime | None
    level: TrustLevel
    due: date | None
    late: str


def sources_page(today: date, after: str = "") -> tuple[list[SourceLine], str]:
    """Sources by name with what is published of each; and the next key."""
    known = _with_lists(Source.objects.select_related("agency"))
    found = list((known.filter(key__gt=after) if after else known).order_by("key")[: PAGE + 1])
    return [_line(one, today) for one in found[:PAGE]], found[PAGE - 1].key if len(found) > PAGE else ""


def every_source(today: date) -> list[SourceLine]:
    """By name."""
    return [_line(one, today) for one in _with_lists(Source.objects.all()).order_by("key")]


def source_line(source: Source, today: date) -> SourceLine:
    return _line(_with_lists(Source.objects.select_related("agency")).get(pk=source.pk), today)


def waited_for(today: date, actor: Actor | None = None) -> Iterator[SourceLine]:
    """Senders whose next list is due or overdue: all, or those the actor is to ask for it."""
    rhythmic = Source.objects.exclude(rhythm=Rhythm.NONE).select_related("agency")
    if actor is not None:
        rhythmic = rhythmic.filter(_asked_by(actor))
    lines = (_line(one, today) for one in _with_lists(rhythmic).order_by("key"))
    return (line for line in lines if line.late)


def responsible(source: Source, today: date) -> list[int]:
    """Users who are to ask for a sender's list: those who import in its agency; national ones where it has none."""
    where = {"agency": source.agency_id} if source.agency_id else {"scope": ""}
    members = Membership.objects.filter(in_force(today), role__in=IMPORTING, user__is_active=True, **where)
    return sorted(set(members.values_list("user_id", flat=True)))


def _asked_by(actor: Actor) -> Q:
    own = [one.agency_id for one in actor.standings if one.role in IMPORTING] if isinstance(actor, Person) else []
    nobodys = Q(agency=None) if holds(actor, IMPORTING, places=()) else Q(pk__in=())
    return Q(agency__in=own) | nobodys


def _with_lists(sources: QuerySet[Source]) -> QuerySet[Source]:
    return sources.annotate(
        published=Count("imports", filter=_LISTS),
        newest=Max("imports__as_of", filter=_LISTS),
        latest=Max("imports", filter=_LISTS),
        last_at=Max("imports__started_at"),
    )


def _line(source: Source, today: date) -> SourceLine:
    """A sender of no list yet is counted from the day it became known."""
    newest: date | None = source.newest  # type: ignore[attr-defined]
    due = next_due(newest or timezone.localdate(source.created_at), source.rhythm)
    level = trust_level(source.trust)
    told = (source.published, newest, source.latest, source.last_at)  # type: ignore[attr-defined]
    return SourceLine(source, *told, level, due, lateness(due, today))
