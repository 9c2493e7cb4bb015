"""Facets: how many of all hits have each value, counted exactly, each as if its own selection were absent."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from tantivy import Occur, Searcher
from tantivy import Query as Clause

from matxich.registry.search.coding import code_of
from matxich.registry.search.concepts import SCHEMES
from matxich.registry.search.days import AGES, STATUSES, age_ranges
from matxich.registry.search.document import DATED, FACETS, FRESHNESS, SETS, VALIDITY, columns_of
from matxich.registry.search.narrowing import CERTIFICATE, Narrowing

ALL_VALUES = 100_000
_EACH = DATED
CLASSES = {FRESHNESS: AGES, VALIDITY: STATUSES}
Counted = tuple[tuple[str, int], ...]
Matching = Callable[[str], Clause]
"""The clause of the whole question without one filter ("" for none left out)."""


def stored_values(searcher: Searcher, field: str) -> list[str]:
    """Every value of a filter field that any enterprise has, commonest first."""
    counted = _counted(searcher.aggregate(Clause.all_query(), _terms(field)), field)
    return sorted(counted, key=lambda value: (-counted[value], value))


def _terms(field: str) -> dict[str, dict[str, object]]:
    return {column: {"terms": {"field": column, "size": ALL_VALUES}} for column in columns_of(field)}


def _counted(answer: dict[str, Any], field: str) -> dict[str, int]:
    """Firms by value: no firm has a value in two columns or sets, and "" stands where a column has none."""
    found: Counter[Any] = Counter()
    for column in columns_of(field):
        for bucket in answer[column]["buckets"]:
            found[bucket["key"]] += bucket["doc_count"]
    if field in SCHEMES:
        found = Counter({code_of(field, int(number)): count for number, count in found.items()})
    elif field in SETS:
        found, sets = Counter(), found
        for told, count in sets.items():
            for value in told.split():
                found[value] += count
    del found[""]
    return dict(found)


def count(searcher: Searcher, clause: Clause) -> int:
    return int(searcher.search(clause, 1, count=True).count)  # type: ignore[attr-defined]


class Counting:
    """`total`: how many firms match everything; counted in the same pass as all facets without a selection."""

    def __init__(self, searcher: Searcher, narrowing: Narrowing, matching: Matching) -> None:
        self.searcher, self.narrowing, self.matching = searcher, narrowing, matching
        self.asked = [name for name in dict.fromkeys(narrowing.query.facets) if name in FACETS]
        self.apart = {name for name in self.asked if name in narrowing.chosen}
        if narrowing.statuses:
            self.apart |= {CERTIFICATE} & set(self.asked)
        together = [name for name in self.asked if name not in self.apart | {VALIDITY}]
        self.together, self.total = self._counts(self.matching(""), together)

    def facets(self) -> dict[str, Counted]:
        """Each selected one needs a pass of its own."""
        narrowing, counted = self.narrowing, dict(self.together)
        for name in self.asked:
            if name in self.apart - {VALIDITY}:
                counted |= self._counts(self.matching(name), [name])[0]
        if CERTIFICATE in counted and (narrowing.statuses or narrowing.query.on):
            counted[CERTIFICATE] = self._with_status(counted[CERTIFICATE])
        if VALIDITY in self.asked:
            counted[VALIDITY] = self._validity()
        return {name: self._shown(name, counted[name]) for name in self.asked}

    def without_end(self) -> int | None:
        """Firms that pass but for the end of their certificate, which nobody told."""
        narrowing = self.narrowing
        if narrowing.statuses != ("valid",):
            return None
        return self._count_with(self.matching(CERTIFICATE), narrowing.with_status(narrowing.codes, ("unknown",)))

    def _counts(self, clause: Clause, names: list[str]) -> tuple[dict[str, dict[str, int]], int]:
        """Firms by value of each, and how many there are: each has one value in the column of `_EACH`."""
        narrowing = self.narrowing
        asked: dict[str, dict[str, object]] = {"total": {"value_count": {"field": _EACH}}}
        for name in names:
            if name != FRESHNESS:
                asked |= _terms(narrowing.field(name))
            elif narrowing.day:
                asked[DATED] = {"range": {"field": DATED, "ranges": age_ranges(narrowing.day)}}
        answer = self.searcher.aggregate(clause, asked)
        counted = {name: _counted(answer, narrowing.field(name)) for name in names if name != FRESHNESS}
        if FRESHNESS in names:
            buckets = answer[DATED]["buckets"] if narrowing.day else ()
            counted[FRESHNESS] = {str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}
        return counted, int(answer["total"]["value"])

    def _with_status(self, counted: dict[str, int]) -> dict[str, int]:
        """Of the certificates that any firm has, how many firms have each with the status asked for."""
        narrowing, clause = self.narrowing, self.matching(CERTIFICATE)
        statuses = narrowing.statuses or STATUSES[:1]
        return {code: self._count_with(clause, narrowing.with_status((code,), statuses)) for code in counted}

    def _validity(self) -> dict[str, int]:
        """Told of the certificates chosen, or of any."""
        narrowing, clause = self.narrowing, self.matching(CERTIFICATE)
        if not narrowing.day:
            return {}
        return {
            status: self._count_with(clause, narrowing.with_status(narrowing.codes, (status,))) for status in STATUSES
        }

    def _count_with(self, clause: Clause, more: Clause) -> int:
        return count(self.searcher, Clause.boolean_query([(Occur.Must, clause), (Occur.Must, more)]))

    def _shown(self, name: str, counted: dict[str, int]) -> Counted:
        """Commonest first, ties by value; classes in their own order. What is selected stays to be seen at none."""
        chosen = self.narrowing.chosen.get(name, ())
        if classes := CLASSES.get(name):
            return tuple((one, counted.get(one, 0)) for one in classes if counted.get(one) or one in chosen)
        kept = dict.fromkeys(chosen, 0) | counted
        shown = [pair for pair in kept.items() if pair[1] or pair[0] in chosen]
        return tuple(sorted(shown, key=lambda pair: (-pair[1], pair[0])))
