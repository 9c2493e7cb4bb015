"""One question put to an open index: all words must match, or what they mean; filters narrow, facets count all hits."""

from time import perf_counter
from typing import Any

from tantivy import Order, Schema, Searcher
from tantivy import Query as Clause

from matxich.registry.search.counting import Counting, count
from matxich.registry.search.document import ORDERS
from matxich.registry.search.narrowing import Narrowing
from matxich.registry.search.query import DEEPEST, Query, Results
from matxich.registry.search.wording import Wording

Hits = tuple[tuple[int, float], ...]


def ask(searcher: Searcher, schema: Schema, query: Query) -> Results:
    """The whole answer, facets included. ValueError where validity or ages are asked for without a day."""
    started = perf_counter()
    asking = _Asking(searcher, schema, query)
    total, hits = asking.find(asking.matching())
    corrected, relaxed, elsewhere = False, False, 0
    if not total:
        elsewhere = count(searcher, asking.matching(chosen=False))
        if not elsewhere and asking.wording.words:
            asking.forgiving = True
            total, hits = asking.find(asking.matching())
            elsewhere = 0 if total else count(searcher, asking.matching(chosen=False))
            corrected = bool(total or elsewhere)
        if not total and not elsewhere and asking.wording.words:
            _, hits = asking.find(asking.nearest(), by_score=True)
            relaxed = bool(hits)
    counting = Counting(searcher, asking.narrowing, lambda without: asking.matching(without=without))
    facets, without_end = counting.facets(), counting.without_end()
    took = (perf_counter() - started) * 1000
    return Results(total, took, hits, facets, relaxed, elsewhere, corrected=corrected, without_end=without_end)


class _Asking:
    """One query against one state of the index. `forgiving`: slips of the keyboard count as the words meant."""

    def __init__(self, searcher: Searcher, schema: Schema, query: Query) -> None:
        self.searcher, self.query = searcher, query
        self.wording, self.narrowing = Wording(searcher, schema, query), Narrowing(schema, query)
        self.forgiving = False

    def matching(self, *, chosen: bool = True, without: str = "") -> Clause:
        """All words and all filters but one; `chosen=False` leaves only what the audience may see."""
        filters = self.narrowing.filters(chosen=chosen, without=without)
        clauses = [*filters, *self.wording.text(forgiving=self.forgiving)]
        return Clause.boolean_query(clauses) if clauses else Clause.all_query()

    def nearest(self) -> Clause:
        return Clause.boolean_query([*self.narrowing.filters(), *self.wording.nearest()])

    def find(self, clause: Clause, *, by_score: bool = False) -> tuple[int, Hits]:
        query = self.query
        limit = max(1, min(query.limit, DEEPEST))
        offset = max(0, min((query.page - 1) * limit, DEEPEST - limit))
        by_score = by_score or (query.sort == "relevance" and bool(self.wording.words))
        order = {} if by_score else _order("name" if query.sort == "relevance" else query.sort)
        found = self.searcher.search(clause, limit, count=True, offset=offset, **order)
        ids = self.searcher.fast_field_values("id", [address for _, address in found.hits])
        scores = [round(score, 4) if by_score else 0.0 for score, _ in found.hits]
        return int(found.count), tuple(zip(map(int, ids), scores, strict=True))  # type: ignore[arg-type, attr-defined]


def _order(sort: str) -> dict[str, Any]:
    return {"order_by_field": ORDERS[sort], "order": Order.Asc if sort == "name" else Order.Desc}
