"""The words of a question as clauses: every word must match in some way, or what the words mean."""

from collections.abc import Iterator

from tantivy import Occur, Schema, Searcher
from tantivy import Query as Clause

from matxich.registry.search.clauses import among, best_of, either, every, flat
from matxich.registry.search.query import TEXT_READ, WORDS_READ, Query
from matxich.registry.search.spelling import TOKEN_LENGTH, marked_words, spelt_out, with_parts
from matxich.registry.search.understanding import Part, understood
from matxich.rulebook.vietnamese.text import nfc

# Who asks → the field of all words a firm may be found by.
SAID = {"public": "said", "officials": "said_office"}
COMPLETIONS = 50
SHORTEST_SLIP = 3
REGISTRY = "mx"
# Names that share a word beyond this many are told apart by other words.
MANY = 50_000
# What a meaning counts beside the words themselves; a place lifts all of its firms above the rest.
CONCEPT, OTHER_NAME, PLACE = 8.0, 1.0, 4.0
# A question that is one concept in several words asks for it, not for firms whose names happen to hold the words.
CONCEPT_ALONE, TOLD_APART = 40.0, 0.1
# A word that so few firms are called by says which firm is meant, whatever is said around it.
FEW, MEANT = 10, 40.0


class Wording:
    """The words of one question, asked of one state of the index.

    What must match is asked of one field that holds every word a firm may be found by, for the engine walks through
    the firms of several words quickly and through those of either of two fields slowly. What counts is asked of the
    single fields, of firms that match alone.
    """

    def __init__(self, searcher: Searcher, schema: Schema, query: Query) -> None:
        self.searcher, self.schema = searcher, schema
        text = nfc(query.text[:TEXT_READ])
        self.parts = understood(text)
        self.words = list(dict.fromkeys(word for part in self.parts for word in part.words))
        self.marks = list(dict.fromkeys(marked_words(text)))[:WORDS_READ]
        # A space after the last word says that the word is finished.
        self.unfinished = bool(text) and not text[-1].isspace()
        self.said = SAID[query.audience]
        self.fields = [("name", 3.0), ("text", 1.0)]
        if query.audience == "officials":
            self.fields.append(("office", 0.7))

    def matched(self, *, forgiving: bool) -> list[tuple[Occur, Clause]]:
        """What a firm must match, unweighed. `forgiving`: a word may also be one a slip away."""
        if not self.parts:
            return []
        must = [part for part in self.parts if not part.lifts]
        clauses = [self._matched(part, last=self._is_last(part), forgiving=forgiving) for part in must]
        if forgiving and len(must) > 1:
            clauses.append(self._mostly_right(must))
        ways = [every(clauses)]
        if len(self.words) > 1 and all(word.isdecimal() for word in self.words):
            ways.append(self._code("".join(self.words)[:TOKEN_LENGTH]))
        return [(Occur.Must, either(ways))]

    def weights(self, *, forgiving: bool) -> list[Clause]:
        """What counts for firms that match: words and what they mean, words around, places, marks, words together."""
        found = [
            clause
            for part in self.parts
            for clause in self._weights(part, last=self._is_last(part), forgiving=forgiving)
        ]
        return [*found, *self._lift()]

    def lifts(self) -> list[Clause]:
        """Of these only what moves a hit up beside the words that had to match."""
        return [*(clause for part in self.parts if part.lifts for clause in self._weights(part)), *self._lift()]

    def in_names(self) -> list[tuple[Occur, Clause]] | None:
        """Every word in the name, which comes before any other hit; None where something else may come first."""
        if any(part.places for part in self.parts):
            return None
        must = [word for part in self.parts if not part.lifts for word in part.words]
        complete, last = must[:-1], must[-1]
        clauses = [self._term("name", word) for word in complete]
        ends = [last, *self._longer("name", last)] if self.unfinished else [last]
        clauses.append(either([self._term("name", word) for word in ends]))
        return [(Occur.Must, every(clauses))]

    def nearest(self) -> tuple[list[tuple[Occur, Clause]], list[Clause]]:
        """At least half of the words, each forgiven a slip of the keyboard or two; and what counts beside."""
        near = [(Occur.Should, self._said(word, forgiving=True)) for word in self.words]
        some = flat(Clause.boolean_query(near, minimum_number_should_match=(len(near) + 1) // 2))
        named = [
            flat(self._term("name", word), MEANT)
            for word in self.words
            if len(word) > SHORTEST_SLIP and 0 < self.searcher.doc_freq("name", word) <= FEW
        ]
        return [(Occur.Must, either([some, *map(flat, named)]))], [*named, *self.weights(forgiving=True)]

    def _is_last(self, part: Part) -> bool:
        return part is self.parts[-1] and self.unfinished

    def _mostly_right(self, parts: list[Part]) -> Clause:
        """One part in three may be a slip, and always one."""
        right = [(Occur.Should, self._matched(part)) for part in parts]
        slips = max(1, len(right) // 3)
        return flat(Clause.boolean_query(right, minimum_number_should_match=len(right) - slips))

    def _matched(self, part: Part, *, last: bool = False, forgiving: bool = False) -> Clause:
        """Its words, or what they mean: a firm of the concept or place, or of another name."""
        *complete, end = part.words
        said = [self._said(word, forgiving=forgiving) for word in complete]
        said.append(self._said(end, last=last, forgiving=forgiving))
        options = [every(said)]
        options += [among(self.schema, facet, (code,)) for facet, code in part.concepts]
        options += [among(self.schema, f"province_{edition}", codes) for edition, codes in part.places]
        options += [self._named(name) for name in part.names if name != part.words]
        return either(options)

    def _named(self, name: tuple[str, ...]) -> Clause:
        return self._said(name[0]) if len(name) == 1 else every(self._term(self.said, word) for word in name)

    def _said(self, word: str, *, last: bool = False, forgiving: bool = False) -> Clause:
        options = [self._term(self.said, word)]
        for parts in (with_parts(word)[1:], spelt_out(word)):
            if parts:
                options.append(every(self._term(self.said, part) for part in parts))
        if self._may_be_code(word):
            options.append(self._term("code", word))
        if last:
            options += [self._term(self.said, longer) for longer in self._longer(self.said, word)]
            options += [self._code(word)] if self._begins_code(word) else []
        if forgiving and (distance := self._slips(word)):
            options.append(Clause.fuzzy_term_query(self.schema, self.said, word, distance=distance))
        return either(options)

    def _weights(self, part: Part, *, last: bool = False, forgiving: bool = False) -> Iterator[Clause]:
        for word in part.words:
            yield from self._weights_of(word, last=last and word is part.words[-1], forgiving=forgiving)
        counts = CONCEPT_ALONE if len(self.parts) == 1 and len(part.words) > 1 else CONCEPT
        for facet, code in part.concepts:
            yield flat(among(self.schema, facet, (code,)), counts)
        for edition, codes in part.places:
            yield flat(among(self.schema, f"province_{edition}", codes), PLACE)
        if others := [name for name in part.names if name != part.words]:
            # Each name counts by its length, so that a firm of the whole name stands before one of a shorter.
            # The best name alone counts, and of firms of one name the one that says little else.
            yield best_of(flat(self._named(name), OTHER_NAME * len(name)) for name in others)
            told = [every(self._term("text", word) for word in name) for name in others]
            yield Clause.boost_query(best_of(told), TOLD_APART)

    def _weights_of(self, word: str, *, last: bool, forgiving: bool) -> Iterator[Clause]:
        for field, weight in self.fields:
            yield Clause.boost_query(self._term(field, word), weight)
        for parts in (with_parts(word)[1:], spelt_out(word)):
            if parts:
                yield every(either(self._in_fields(part)) for part in parts)
        if self._may_be_code(word):
            yield flat(self._term("code", word), 9.0)
        if last:
            for field, weight in self.fields:
                if longer := self._longer(field, word):
                    yield flat(either([self._term(field, one) for one in longer]), weight / 4)
            if self._begins_code(word):
                yield flat(self._code(word), 5.0)
        if forgiving and (distance := self._slips(word)):
            for field, weight in self.fields:
                yield flat(Clause.fuzzy_term_query(self.schema, field, word, distance=distance), weight / 4)

    def _term(self, field: str, word: str) -> Clause:
        return Clause.term_query(self.schema, field, word, index_option="freq")

    def _in_fields(self, word: str) -> list[Clause]:
        return [Clause.boost_query(self._term(field, word), weight) for field, weight in self.fields]

    def _longer(self, field: str, prefix: str) -> list[str]:
        """The commonest words that begin so."""
        return [word for word, _ in self.searcher.terms_with_prefix(field, prefix, limit=COMPLETIONS)]

    def _may_be_code(self, word: str) -> bool:
        return word == REGISTRY or any(map(str.isdecimal, word))

    def _begins_code(self, prefix: str) -> bool:
        """A number of three digits and more is also every code that begins so."""
        return len(prefix) > 2 and any(letter.isdecimal() for letter in prefix)

    def _code(self, prefix: str) -> Clause:
        return Clause.regex_query(self.schema, "code", prefix + ".*")

    def _slips(self, word: str) -> int:
        """How many letters away another word may be, two in long ones. A wrong number is another number."""
        if len(word) < SHORTEST_SLIP + (len(self.words) == 1) or not word.isalpha():
            return 0
        return 1 if len(word) < 8 else 2

    def _lift(self) -> list[Clause]:
        """Words spelt with the same marks, and words that stand together in a name."""
        lifts = [Clause.boost_query(self._term("marked", mark), 1.5) for mark in self.marks]
        if len(self.words) > 1 and min(self.searcher.doc_freq("name", word) for word in self.words) < MANY:
            lifts.append(Clause.boost_query(Clause.phrase_query(self.schema, "name", list(self.words)), 2.0))
        return lifts
