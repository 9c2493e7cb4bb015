"""One question put to an open index: all words must match, or what they mean; filters narrow, facets count all hits."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Literal

from tantivy import Occur, Order, Schema, Searcher, SearchResult
from tantivy import Query as Clause

from matxich.registry.search.concepts import Meant, meant_by
from matxich.registry.search.document import FACETS, ORDERS, TOKEN_LENGTH, marked_words, spelt_out, with_parts
from matxich.rulebook.vietnamese.text import nfc, words

TEXT_READ = 2_000
WORDS_READ = 32
COMPLETIONS = 50
FEW = 40
DEEPEST = 10_000
_ALL_VALUES = 100_000

Sort = Literal["relevance", "name", "newest", "freshness"]
Audience = Literal["public", "officials"]
Boundaries = Literal["34", "63"]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked.

    `filters`: facet name → codes, any of which will do; facets narrow each other. Without a filter on
    `in_programme` or `source` only the programme's own are found. `facets`: the ones to count.
    `page` counts from 1; nothing beyond the first 10,000 hits is listed. Relevance without text is by name.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    boundaries: Boundaries = "34"
    sort: Sort = "relevance"
    page: int = 1
    limit: int = 25
    audience: Audience = "public"
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """What was found.

    `total` counts the enterprises that match every word and filter. Where it is 0, `elsewhere` counts those that
    match the words without any filter; where that is 0 too, `relaxed` says that `hits` are merely the nearest.
    `facets` count as if their own selection were absent, commonest value first.
    `took_ms` is the question alone. `degraded`: the index was unavailable and the database answered in part.
    """

    total: int
    took_ms: float
    hits: tuple[tuple[int, float], ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    relaxed: bool = False
    elsewhere: int = 0
    degraded: bool = False


def stored_values(searcher: Searcher, field: str) -> list[str]:
    """Every value of a filter field that any enterprise has, commonest first."""
    answer = searcher.aggregate(Clause.all_query(), {"all": {"terms": {"field": field, "size": _ALL_VALUES}}})
    return [str(bucket["key"]) for bucket in answer["all"]["buckets"]]


def ask(searcher: Searcher, schema: Schema, query: Query) -> Results:
    started = perf_counter()
    asking = _Asking(searcher, schema, query)
    total, hits = asking.find(asking.matching())
    relaxed, elsewhere = False, 0
    if not total:
        elsewhere = asking.count(asking.matching(chosen=False))
        if not elsewhere and asking.words:
            _, hits = asking.find(asking.nearest(), by_score=True)
            relaxed = bool(hits)
    facets = asking.facets()
    return Results(total, (perf_counter() - started) * 1000, hits, facets, relaxed, elsewhere)


def ask_every(searcher: Searcher, schema: Schema, query: Query, block: int) -> Iterator[list[int]]:
    """Ids of everything that matches, however deep, in the order asked for, `block` at a time; `page` and `limit` do
    not count. All of it from one state of the index, so that nothing is told twice or left out."""
    asking = _Asking(searcher, schema, query)
    clause, offset = asking.matching(), 0
    while found := asking.block(clause, block, offset):
        yield found
        offset += len(found)


class _Asking:
    """One query against one state of the index."""

    def __init__(self, searcher: Searcher, schema: Schema, query: Query) -> None:
        self.searcher, self.schema, self.query = searcher, schema, query
        text = nfc(query.text[:TEXT_READ])
        self.words = list(dict.fromkeys(word[:TOKEN_LENGTH] for word in words(text)))[:WORDS_READ]
        self.meant = meant_by(text)
        self.marks = list(dict.fromkeys(marked_words(text)))[:WORDS_READ]
        # A space after the last word says that the word is finished.
        self.unfinished = bool(text) and not text[-1].isspace()
        self.fields = [("name", 3.0), ("text", 1.0)]
        if query.audience == "officials":
            self.fields.append(("office", 0.7))
        self.chosen = {name: values for name, values in query.filters.items() if values and name in FACETS}
        # A source is asked for by name, so its enterprises are shown even when it is not of the programme.
        if not {"in_programme", "source"} & set(self.chosen):
            self.chosen["in_programme"] = ("1",)

    # What is listed

    def matching(self, *, chosen: bool = True, without: str = "") -> Clause:
        """All words and all filters but one; `chosen=False` leaves only what the audience may see."""
        filters = self.chosen if chosen else {}
        clauses = [*self._filters(filters, without), *self._text()]
        return Clause.boolean_query(clauses) if clauses else Clause.all_query()

    def nearest(self) -> Clause:
        """At least half of the words, each forgiven a slip of the keyboard or two."""
        near = [(Occur.Should, self._any([self._word(word, last=False), *self._slips(word)])) for word in self.words]
        some = Clause.boolean_query(near, minimum_number_should_match=(len(near) + 1) // 2)
        return Clause.boolean_query([*self._filters(self.chosen), (Occur.Must, some), *self._lift()])

    def find(self, clause: Clause, *, by_score: bool = False) -> tuple[int, tuple[tuple[int, float], ...]]:
        query = self.query
        limit = max(1, min(query.limit, DEEPEST))
        offset = max(0, min((query.page - 1) * limit, DEEPEST - limit))
        by_score = by_score or self._by_score()
        found = self.searcher.search(clause, limit, count=True, offset=offset, **self._order(by_score))
        ids = self.searcher.fast_field_values("id", [address for _, address in found.hits])
        scores = [round(score, 4) if by_score else 0.0 for score, _ in found.hits]
        return _count(found), tuple(zip(map(int, ids), scores, strict=True))  # type: ignore[arg-type]

    def count(self, clause: Clause) -> int:
        return _count(self.searcher.search(clause, 1, count=True))

    def block(self, clause: Clause, limit: int, offset: int) -> list[int]:
        """The ids of some hits, at any depth."""
        found = self.searcher.search(clause, limit, count=False, offset=offset, **self._order(self._by_score()))
        return [int(number) for number in self.searcher.fast_field_values("id", [one for _, one in found.hits])]  # type: ignore[arg-type]

    def _by_score(self) -> bool:
        return self.query.sort == "relevance" and bool(self.words)

    def _order(self, by_score: bool) -> dict[str, Any]:
        if by_score:
            return {}
        sort = "name" if self.query.sort == "relevance" else self.query.sort
        return {"order_by_field": ORDERS[sort], "order": Order.Asc if sort == "name" else Order.Desc}

    # Words

    def _text(self) -> list[tuple[Occur, Clause]]:
        if not self.words:
            return []
        *complete, last = self.words
        clauses = [self._word(word, last=False) for word in complete] + [self._word(last, last=self.unfinished)]
        every = self._every(clauses)
        if len(self.words) > 1 and all(word.isdecimal() for word in self.words):
            every = self._any([every, self._code("".join(self.words)[:TOKEN_LENGTH])])
        if self.meant:
            every = self._any([every, *map(self._meaning, self.meant)])
        return [(Occur.Must, every), *self._lift()]

    def _meaning(self, meant: Meant) -> Clause:
        """Firms of the concept, whatever they call it; the words beside it must still match. Below a match in words."""
        term = Clause.term_query(self.schema, self._field(meant.facet), meant.code, index_option="basic")
        beside = [self._word(word, last=False) for word in meant.beside[:WORDS_READ]]
        return self._every([Clause.const_score_query(term, 0.5), *beside])

    def _word(self, word: str, *, last: bool) -> Clause:
        options = self._in_fields(word)
        for parts in (with_parts(word)[1:], spelt_out(word)):
            if parts:
                options.append(self._every(self._any(self._in_fields(part)) for part in parts))
        options.append(Clause.const_score_query(Clause.term_query(self.schema, "code", word, index_option="freq"), 9.0))
        if last:
            options += self._completions(word)
        return self._any(options)

    def _in_fields(self, word: str) -> list[Clause]:
        return [
            Clause.boost_query(Clause.term_query(self.schema, field, word, index_option="freq"), weight)
            for field, weight in self.fields
        ]

    def _completions(self, prefix: str) -> list[Clause]:
        """The commonest words that begin so; for a number of three digits and more, every code that does."""
        found = []
        for name, weight in self.fields:
            longer = [word for word, _ in self.searcher.terms_with_prefix(name, prefix, limit=COMPLETIONS)]
            if longer:
                among = self._any(Clause.term_query(self.schema, name, one, index_option="freq") for one in longer)
                found.append(Clause.const_score_query(among, weight / 4))
        if len(prefix) > 2 and any(letter.isdecimal() for letter in prefix):
            found.append(self._code(prefix))
        return found

    def _code(self, prefix: str) -> Clause:
        return Clause.const_score_query(Clause.regex_query(self.schema, "code", prefix + ".*"), 5.0)

    def _slips(self, word: str) -> list[Clause]:
        if len(word) < 4:
            return []
        distance = 1 if len(word) < 8 else 2
        return [
            Clause.const_score_query(Clause.fuzzy_term_query(self.schema, name, word, distance=distance), weight / 4)
            for name, weight in self.fields
        ]

    def _lift(self) -> list[tuple[Occur, Clause]]:
        """What only moves a hit up: words spelt with the same marks, and words that stand together in a name."""
        lifts = [
            Clause.boost_query(Clause.term_query(self.schema, "marked", mark, index_option="freq"), 1.5)
            for mark in self.marks
        ]
        if len(self.words) > 1:
            lifts.append(Clause.boost_query(Clause.phrase_query(self.schema, "name", list(self.words)), 2.0))
        return [(Occur.Should, lift) for lift in lifts]

    @staticmethod
    def _every(clauses: Iterable[Clause]) -> Clause:
        return Clause.boolean_query([(Occur.Must, clause) for clause in clauses])

    @staticmethod
    def _any(clauses: Iterable[Clause]) -> Clause:
        return Clause.boolean_query([(Occur.Should, clause) for clause in clauses])

    # Filters and facets

    def _filters(self, chosen: Mapping[str, tuple[str, ...]], without: str = "") -> list[tuple[Occur, Clause]]:
        clauses = [self._among(self._field(name), values) for name, values in chosen.items() if name != without]
        if self.query.audience == "public":
            clauses.append(self._among("public", ("1",)))
        return [(Occur.Must, Clause.const_score_query(clause, 0.0)) for clause in clauses]

    def _among(self, field: str, values: tuple[str, ...]) -> Clause:
        """Any of the values. A set is quicker than its terms only when there are many, for it is read to the end."""
        known = [value for value in values if value.isprintable()]
        if len(known) > FEW:
            return Clause.term_set_query(self.schema, field, known)
        terms = [Clause.term_query(self.schema, field, value, index_option="basic") for value in known]
        return terms[0] if len(terms) == 1 else self._any(terms)

    def _field(self, name: str) -> str:
        place = FACETS[name]
        return place if isinstance(place, str) else place[self.query.boundaries]

    def facets(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """One pass counts all facets without a selection; each selected one needs a pass of its own."""
        asked = [name for name in self.query.facets if name in FACETS]
        free = [name for name in asked if name not in self.chosen]
        counted = self._counts(self.matching(), free) if free else {}
        for name in asked:
            if name in self.chosen:
                counted |= self._counts(self.matching(without=name), [name])
        return {name: self._with_selected(name, counted[name]) for name in asked}

    def _counts(self, clause: Clause, names: list[str]) -> dict[str, dict[str, int]]:
        asked = {name: {"terms": {"field": self._field(name), "size": _ALL_VALUES}} for name in names}
        answer = self.searcher.aggregate(clause, asked)
        return {name: {str(b["key"]): int(b["doc_count"]) for b in answer[name]["buckets"]} for name in names}

    def _with_selected(self, name: str, counted: dict[str, int]) -> tuple[tuple[str, int], ...]:
        """Commonest first, ties by value; what is selected stays to be seen even at none."""
        counted = dict.fromkeys(self.chosen.get(name, ()), 0) | counted
        return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _count(found: SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined]
