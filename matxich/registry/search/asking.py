"""The one door for questions: the index when there is one, the database when there is none."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from time import perf_counter
from typing import Any

from matxich.registry.models import Enterprise
from matxich.registry.search import concepts, store
from matxich.registry.search.engine import ask, ask_every
from matxich.registry.search.fallback import ask_database
from matxich.registry.search.query import Query, Results
from matxich.registry.search.store import Opened, Unavailable
from matxich.registry.search.understanding import understood
from matxich.registry.search.values import labels
from matxich.rulebook.identifiers import make_registry_id

ANSWERS_KEPT = 500
BLOCK = 100_000
_PLAIN = ("text", "boundaries", "sort", "page", "limit", "audience", "facets", "on", "today")
log = logging.getLogger(__name__)


def search(query: Query) -> Results:
    """Ask the index as last committed, without waiting for what is not yet indexed.

    Never raises for any text. Where the index is missing or broken the database answers and `degraded` is set;
    an index whose files are damaged is put aside, so that the next indexer rebuilds it.
    """
    try:
        opened = store.opened()
    except Unavailable:
        return ask_database(query)
    if query.text:
        ready()
    try:
        return _ask(opened, query)
    except BaseException as error:
        # The engine's own failures reach Python outside the family of ordinary exceptions.
        if not isinstance(error, ValueError | OSError) and type(error).__name__ != "PanicException":
            raise
        log.exception("The search index could not answer.")
    if not store.is_whole(opened.folder):
        store.forget(opened.folder)
    return ask_database(query)


def ready() -> None:
    """Have the names of the taxonomy at hand: the first to ask would otherwise wait for them. Touches no database."""
    concepts.ready()
    understood("phay cnc bac ninh iso 9001")


def _ask(opened: Opened, query: Query) -> Results:
    """Answers are kept for as long as the index stands still: the first page of everything is asked again and again,
    and every page and order of one question has the same facet counts, which cost more than the page itself."""
    started = perf_counter()
    filters = tuple(sorted((name, tuple(given)) for name, given in query.filters.items()))
    key = (*(getattr(query, name) for name in _PLAIN), filters)
    kept: Results | None = opened.answers.get(key)
    if kept:
        return replace(kept, took_ms=(perf_counter() - started) * 1000)
    counts_key = ("facets", query.text, query.boundaries, query.audience, query.facets, query.on, query.today, filters)
    counts = opened.answers.get(counts_key)
    results = ask(opened.searcher, opened.schema, query if counts is None else replace(query, facets=()))
    if counts is not None:
        results = replace(results, facets=counts)
    if len(opened.answers) >= ANSWERS_KEPT:
        opened.answers.clear()
    opened.answers[key] = results
    opened.answers[counts_key] = results.facets
    return results


def every_id(query: Query) -> Iterator[int]:
    """Every enterprise that matches, however many, in the order asked for, as the index stood at the call.

    Raises Unavailable where there is no index: half an answer would pass for the whole.
    """
    opened = store.opened()
    return chain.from_iterable(ask_every(opened.searcher, opened.schema, query, BLOCK))


def search_as_json(query: Query) -> dict[str, Any]:
    """What the command line prints: total, took_ms, hits (registry id, name, tax code, province code, score), facets.

    The province is that of the map asked for. A facet is a list of {"value", "label", "count"}. Only hits that match
    every word are listed. What is out of the ordinary is said besides: "corrected" when slips of the keyboard were
    forgiven, "without_end" with certificates valid on a day (how many more firms have them without a known end),
    "degraded" with "unanswered" (filters not applied) when the index could not be asked.
    """
    results = search(query)
    found_all = () if results.relaxed else results.hits
    province = f"province_{query.boundaries}"
    rows = Enterprise.objects.in_bulk([found for found, _ in found_all])
    hits = [
        {
            "id": make_registry_id(found),
            "name": rows[found].name,
            "tax_code": rows[found].tax_code,
            "province": getattr(rows[found], province),
            "score": score,
        }
        for found, score in found_all
        if found in rows
    ]
    facets = {name: _facet(name, counted, query) for name, counted in results.facets.items()}
    told = {"total": results.total, "took_ms": round(results.took_ms, 2), "hits": hits, "facets": facets}
    return told | _besides(results)


def _besides(results: Results) -> dict[str, Any]:
    told: dict[str, Any] = {"corrected": True} if results.corrected else {}
    if results.without_end is not None:
        told["without_end"] = results.without_end
    if results.degraded:
        told |= {"degraded": True, "unanswered": list(results.unanswered)}
    return told


def _facet(name: str, counted: tuple[tuple[str, int], ...], query: Query) -> list[dict[str, Any]]:
    named = labels(name, [value for value, _ in counted], query.boundaries)
    return [{"value": value, "label": str(named[value]), "count": count} for value, count in counted]
