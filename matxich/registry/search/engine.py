"""One question put to an open index: all words must match, or what they mean; filters narrow, facets count all hits."""

from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import Any

from tantivy import Order, Schema, Searcher
from tantivy import Query as Clause

from matxich.registry.search.clauses import flat, weighed
from matxich.registry.search.counting import Counting, count
from matxich.registry.search.document import ORDERS
from matxich.registry.search.narrowing import Narrowing
from matxich.registry.search.query import DEEPEST, Query, Results
from matxich.registry.search.wording import Wording

Hits = tuple[tuple[int, float], ...]
MANY = 20_000


def ask(searcher: Searcher, schema: Schema, query: Query) -> Results:
    """The whole answer, facets included. ValueError where validity or ages are asked for without a day."""
    started = perf_counter()
    asking = _Asking(searcher, schema, query)
    counting = asking.counting()
    total, hits = counting.total, Hits()
    corrected, relaxed, elsewhere = False, False, 0
    if not total:
        elsewhere = count(searcher, asking.matching(chosen=False))
        if not elsewhere and asking.wording.words:
            asking.forgiving = True
            counting = asking.counting()
            total = counting.total
            elsewhere = 0 if total else count(searcher, asking.matching(chosen=False))
            corrected = bool(total or elsewhere)
        if not total and not elsewhere and asking.wording.words:
            hits = asking.first(asking.nearest())
            relaxed = bool(hits)
    if total:
        hits = asking.found(total)
    facets, without_end = counting.facets(), counting.without_end()
    took = (perf_counter() - started) * 1000
    return Results(total, took, hits, facets, relaxed, elsewhere, corrected=corrected, without_end=without_end)


def ask_every(searcher: Searcher, schema: Schema, query: Query, block: int) -> Iterator[list[int]]:
    """Ids of everything that matches, however deep, in the order asked for, `block` at a time; `page` and `limit` do
    not count. All of it from one state of the index, so that nothing is told twice or left out."""
    asking, offset = _Asking(searcher, schema, query), 0
    clause, order = asking.every()
    while found := searcher.search(clause, block, count=False, offset=offset, **order).hits:
        yield [int(one) for one in searcher.fast_field_values("id", [address for _, address in found])]  # type: ignore[arg-type]
        offset += len(found)


class _Asking:
    """One query against one state of the index. `forgiving`: slips of the keyboard count as the words meant."""

    def __init__(self, searcher: Searcher, schema: Schema, query: Query) -> None:
        self.searcher, self.query = searcher, query
        self.wording, self.narrowing = Wording(searcher, schema, query), Narrowing(schema, query)
        self.forgiving = False

    def matching(self, *, chosen: bool = True, without: str = "") -> Clause:
        """All words and all filters but one, unweighed; `chosen=False` leaves only what the audience may see."""
        filters = self.narrowing.filters(chosen=chosen, without=without)
        clauses = [*filters, *self.wording.matched(forgiving=self.forgiving)]
        return flat(Clause.boolean_query(clauses)) if clauses else Clause.all_query()

    def counting(self) -> Counting:
        return Counting(self.searcher, self.narrowing, lambda without: self.matching(without=without))

    def nearest(self) -> Clause:
        must, weights = self.wording.nearest()
        return weighed(Clause.boolean_query([*self.narrowing.filters(), *must]), weights)

    def found(self, total: int) -> Hits:
        """The page asked for, of so many."""
        query = self.query
        if query.sort != "relevance" or not self.wording.words:
            return self._sorted("name" if query.sort == "relevance" else query.sort)
        return self.first(self._best(total))

    def _best(self, total: int) -> Clause:
        """What to weigh. Of very many hits only those with every word in the name, if they alone fill all pages."""
        if total > MANY and not self.forgiving and (named := self.wording.in_names()):
            clause = Clause.boolean_query([*self.narrowing.filters(), *named])
            if count(self.searcher, flat(clause)) >= DEEPEST:
                return weighed(clause, self.wording.lifts())
        return weighed(self.matching(), self.wording.weights(forgiving=self.forgiving))

    def first(self, clause: Clause) -> Hits:
        """The page asked for, best first."""
        limit, offset = self._page()
        found = self.searcher.search(clause, limit, count=False, offset=offset)
        return self._hits(found.hits, [round(score, 4) for score, _ in found.hits])

    def _sorted(self, sort: str) -> Hits:
        limit, offset = self._page()
        found = self.searcher.search(self.matching(), limit, count=False, offset=offset, **_order(sort))
        return self._hits(found.hits, [0.0] * len(found.hits))

    def every(self) -> tuple[Clause, dict[str, Any]]:
        """What to ask for, and in which order, to list everything: as `found` does, slips forgiven where it would."""
        query = self.query
        if self.wording.words and not count(self.searcher, self.matching()):
            self.forgiving = not count(self.searcher, self.matching(chosen=False))
        if query.sort != "relevance" or not self.wording.words:
            return self.matching(), _order("name" if query.sort == "relevance" else query.sort)
        return weighed(self.matching(), self.wording.weights(forgiving=self.forgiving)), {}

    def _page(self) -> tuple[int, int]:
        limit = max(1, min(self.query.limit, DEEPEST))
        return limit, max(0, min((self.query.page - 1) * limit, DEEPEST - limit))

    def _hits(self, found: Sequence[tuple[Any, Any]], scores: list[float]) -> Hits:
        ids = self.searcher.fast_field_values("id", [address for _, address in found])
        return tuple(zip(map(int, ids), scores, strict=True))  # type: ignore[arg-type]


def _order(sort: str) -> dict[str, Any]:
    return {"order_by_field": ORDERS[sort], "order": Order.Asc if sort == "name" else Order.Desc}
