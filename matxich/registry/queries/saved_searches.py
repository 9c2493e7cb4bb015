"""What is asked of saved searches: whose there are, what each finds now, what was new at the last look."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.urls import reverse

from matxich.accounts.permissions import Person
from matxich.registry.models import SavedSearch
from matxich.registry.permissions import may_ask
from matxich.registry.queries.directory import Card, cards_of
from matxich.registry.queries.enterprises import public_enterprises, visible_enterprises
from matxich.registry.search import ListRequest, Unavailable, every_id, search
from matxich.registry.search.engine import DEEPEST
from matxich.registry.states import Trouble


@dataclass(frozen=True, slots=True)
class Found:
    """What a saved search finds now. `answered` is false while there is no index to ask; `trouble` as the model's."""

    answered: bool
    ids: tuple[int, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A saved search in its owner's list. `why_not` says why it may not be asked any more, or ""."""

    pk: int
    name: str
    text: str
    filters: tuple[str, ...]
    public: bool
    cadence: str
    watched: bool
    trouble: str
    looked_at: datetime | None
    fresh: int
    fresh_at: datetime | None
    created_at: datetime
    list_url: str
    why_not: str


def asked(saved: SavedSearch) -> ListRequest:
    """The question as the list itself reads it, today's names of filter values included."""
    return ListRequest.from_params(
        QueryDict(saved.question), audience="public" if saved.public else "officials", facets=()
    )


def matches(saved: SavedSearch) -> Found:
    """Every enterprise the question finds, in the index as it stands. A filter that is understood no more would let
    everything through, so such a question finds nothing until its owner has looked at it."""
    request = asked(saved)
    if request.messages:
        return Found(True, trouble=Trouble.UNREADABLE)
    results = search(request.query)
    if results.degraded:
        return Found(False)
    if results.total > DEEPEST:
        return Found(True, trouble=Trouble.BROAD)
    try:
        return Found(True, tuple(every_id(request.query)) if results.total else ())
    except Unavailable:
        return Found(False)


def rows_of_saved(actor: Person) -> list[Row]:
    """Somebody's own, newest first."""
    own = SavedSearch.objects.filter(user=actor.user_id).defer("known").order_by("-id")
    return [row_of_saved(saved, actor) for saved in own]


def row_of_saved(saved: SavedSearch, actor: Person) -> Row:
    request = asked(saved)
    route = "registry:directory" if saved.public else "registry:enterprises"
    return Row(
        pk=saved.pk,
        name=saved.name,
        text=request.query.text,
        filters=tuple(chip.text for chip in request.chips()),
        public=saved.public,
        cadence=saved.get_cadence_display(),
        watched=saved.due_at is not None,
        trouble=saved.trouble,
        looked_at=saved.looked_at,
        fresh=len(saved.fresh),
        fresh_at=saved.fresh_at,
        created_at=saved.created_at,
        list_url=f"{reverse(route)}?{saved.question}",
        why_not=str(may_ask(actor, public=saved.public).reason or ""),
    )


def fresh_cards(saved: SavedSearch, today: date) -> list[Card]:
    """The firms that were new at the last look, those among them still in sight."""
    seen, query = public_enterprises() if saved.public else visible_enterprises(), asked(saved).query
    return cards_of(
        saved.fresh,
        seen.filter(pk__in=saved.fresh),
        route="registry:firm" if saved.public else "registry:passport",
        public=saved.public,
        query=query,
        today=today,
    )
