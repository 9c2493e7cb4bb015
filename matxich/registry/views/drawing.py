"""Pieces of list pages drawn once and kept: each is wholly decided by what it is given, so nothing can go stale.

A firm stands on many pages and a facet on every page of one question; drawing them again is most of a list's cost.
"""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from matxich.registry.queries.directory import Card
from matxich.registry.search import ListPage
from matxich.registry.search.listing import AskedDay, Facet, Link
from matxich.registry.search.narrowing import CERTIFICATE


def drawn_cards(cards: list[Card]) -> list[SafeString]:
    language = get_language() or ""
    return [_card(card, language) for card in cards]


def drawn_facets(page: ListPage) -> SafeString:
    return _facets(page.facets, page.day, page.maps, get_language() or "")


@lru_cache(maxsize=10_000)
def _card(card: Card, language: str) -> SafeString:
    return render_to_string("registry/_card.html", {"card": card})


@lru_cache(maxsize=500)
def _facets(facets: tuple[Facet, ...], asked: AskedDay, maps: tuple[Link, ...], language: str) -> SafeString:
    """The day on which certificates must count stands below the certificates, or last while none are counted."""
    after = CERTIFICATE if any(facet.name == CERTIFICATE for facet in facets) else ""
    context = {"facets": facets, "asked_day": asked, "day_after": after, "maps": maps}
    return render_to_string("registry/_facets.html", context)
