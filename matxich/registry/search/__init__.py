"""Search: an index beside the database, fed from the table of changes; derived, rebuildable, never the truth."""

from matxich.registry.search.asking import every_id, ready, search, search_as_json
from matxich.registry.search.indexer import Busy, Standing, catch_up, rebuild, reset, status
from matxich.registry.search.listing import ListPage, ListRequest
from matxich.registry.search.query import Query, Results
from matxich.registry.search.store import Unavailable
from matxich.registry.search.suggesting import Suggestion, suggest
from matxich.registry.search.values import UnknownValue, labels, resolve

__all__ = [
    "Busy",
    "ListPage",
    "ListRequest",
    "Query",
    "Results",
    "Standing",
    "Suggestion",
    "Unavailable",
    "UnknownValue",
    "catch_up",
    "every_id",
    "labels",
    "ready",
    "rebuild",
    "reset",
    "resolve",
    "search",
    "search_as_json",
    "status",
    "suggest",
]
