"""The words of a question as clauses: every word must match in some way, or what the words mean."""

from tantivy import Occur, Schema, Searcher
from tantivy import Query as Clause

from matxich.registry.search.clauses import among, any_of, best_of, every, flat
from matxich.registry.search.query import TEXT_READ, WORDS_READ, Query
from matxich.registry.search.spelling import TOKEN_LENGTH, marked_words, spelt_out, with_parts
from matxich.registry.search.understanding import Part, understood
from matxich.rulebook.vietnamese.text import nfc

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
    """The words of one question, asked of one state of the index."""

    def __init__(self, searcher: Searcher, schema: Schema, query: Query) -> None:
        self.searcher, self.schema = searcher, schema
        text = nfc(query.text[:TEXT_READ])
        self.parts = understood(text)
        self.words = list(dict.fromkeys(word for part in self.parts for word in part.words))
        self.marks = list(dict.fromkeys(marked_words(text)))[:WORDS_READ]
        # A space after the last word says that the word is finished.
        self.unfinished = bool(text) and not text[-1].isspace()
        self.fields = [("name", 3.0), ("text", 1.0)]
        if query.audience == "officials":
            self.fields.append(("office", 0.7))

    def text(self, *, forgiving: bool) -> list[tuple[Occur, Clause]]:
        """What a firm must match. `forgiving`: a word may also be one a slip away."""
        if not self.parts:
            return []
        must = [part for part in self.parts if not part.lifts]
        clauses = [self._part(part, last=part is self.parts[-1], forgiving=forgiving) for part in must]
        if forgiving and len(must) > 1:
            clauses.append(self._mostly_right(must))
        ways = [every(clauses)]
        if len(self.words) > 1 and all(word.isdecimal() for word in self.words):
            ways.append(self._code("".join(self.words)[:TOKEN_LENGTH]))
        return [(Occur.Must, any_of(ways) if len(ways) > 1 else ways[0])]

    def lifts(self) -> list[tuple[Occur, Clause]]:
        """What only moves a hit up: words around, places, words spelt with the same marks, words together in a name."""
        return [*((Occur.Should, self._part(part)) for part in self.parts if part.lifts), *self._lift()]

    def in_names(self) -> list[tuple[Occur, Clause]] | None:
        """Every word in the name, which comes before any other hit; None where something else may come first."""
        if any(part.places for part in self.parts):
            return None
        must = [word for part in self.parts if not part.lifts for word in part.words]
        complete, last = must[:-1], must[-1]
        clauses = [Clause.term_query(self.schema, "name", word, index_option="freq") for word in complete]
        ends = [last, *self._longer("name", last)] if self.unfinished else [last]
        clauses.append(any_of(Clause.term_query(self.schema, "name", word, index_option="freq") for word in ends))
        return [(Occur.Must, every(clauses)), *self.lifts()]

    def _mostly_right(self, parts: list[Part]) -> Clause:
        """One part in three may be a slip, and always one."""
        right = [(Occur.Should, self._part(part)) for part in parts]
        slips = max(1, len(right) // 3)
        return flat(Clause.boolean_query(right, minimum_number_should_match=len(right) - slips))

    def nearest(self) -> list[tuple[Occur, Clause]]:
        """At least half of the words, each forgiven a slip of the keyboard or two."""
        near = [(Occur.Should, self._word(word, forgiving=True)) for word in self.words]
        some = Clause.boolean_query(near, minimum_number_should_match=(len(near) + 1) // 2)
        named = [
            flat(Clause.term_query(self.schema, "name", word, index_option="freq"), MEANT)
            for word in self.words
            if len(word) > SHORTEST_SLIP and 0 < self.searcher.doc_freq("name", word) <= FEW
        ]
        return [(Occur.Must, any_of([some, *named]) if named else some), *self.lifts()]

    def _part(self, part: Part, *, last: bool = False, forgiving: bool = False) -> Clause:
        """Its words, or what they mean: a firm of the concept or place, or of another name, below one of the words."""
        *complete, end = part.words
        said = [self._word(word, forgiving=forgiving) for word in complete]
        said.append(self._word(end, last=last and self.unfinished, forgiving=forgiving))
        options = [said[0] if len(said) == 1 else every(said)]
        counts = CONCEPT_ALONE if len(self.parts) == 1 and len(part.words) > 1 else CONCEPT
        options += [flat(among(self.schema, facet, (code,)), counts) for facet, code in part.concepts]
        options += [flat(among(self.schema, f"province_{edition}", codes), PLACE) for edition, codes in part.places]
        if part.names:
            # Each name counts by its length, so that a firm of the whole name stands before one of a shorter.
            # The best name alone counts, and of firms of one name the one that says little else.
            others = [self._name(name) for name in part.names if name != part.words]
            lengths = [OTHER_NAME * len(name) for name in part.names if name != part.words]
            options.append(best_of(flat(one, length) for one, length in zip(others, lengths, strict=True)))
            told = [every(self._told(word) for word in name) for name in part.names if name != part.words]
            options.append(Clause.boost_query(best_of(told), TOLD_APART))
        return options[0] if len(options) == 1 else any_of(options)

    def _name(self, name: tuple[str, ...]) -> Clause:
        if len(name) == 1:
            return self._word(name[0])
        return every(any_of(self._in_fields(word)) for word in name)

    def _told(self, word: str) -> Clause:
        """A word in what a firm says of its work, its name left out."""
        return Clause.term_query(self.schema, "text", word, index_option="freq")

    def _word(self, word: str, *, last: bool = False, forgiving: bool = False) -> Clause:
        options = self._in_fields(word)
        for parts in (with_parts(word)[1:], spelt_out(word)):
            if parts:
                options.append(every(any_of(self._in_fields(part)) for part in parts))
        if word == REGISTRY or any(map(str.isdecimal, word)):
            options.append(flat(Clause.term_query(self.schema, "code", word, index_option="freq"), 9.0))
        if last:
            options += self._completions(word)
        if forgiving:
            options += self._slips(word)
        return any_of(options)

    def _in_fields(self, word: str) -> list[Clause]:
        return [
            Clause.boost_query(Clause.term_query(self.schema, field, word, index_option="freq"), weight)
            for field, weight in self.fields
        ]

    def _completions(self, prefix: str) -> list[Clause]:
        """The commonest words that begin so; for a number of three digits and more, every code that does."""
        found = []
        for name, weight in self.fields:
            if longer := self._longer(name, prefix):
                among = any_of(Clause.term_query(self.schema, name, one, index_option="freq") for one in longer)
                found.append(flat(among, weight / 4))
        if len(prefix) > 2 and any(letter.isdecimal() for letter in prefix):
            found.append(self._code(prefix))
        return found

    def _longer(self, field: str, prefix: str) -> list[str]:
        return [word for word, _ in self.searcher.terms_with_prefix(field, prefix, limit=COMPLETIONS)]

    def _code(self, prefix: str) -> Clause:
        return flat(Clause.regex_query(self.schema, "code", prefix + ".*"), 5.0)

    def _slips(self, word: str) -> list[Clause]:
        """Words a letter away, two in long ones. A wrong number is another number."""
        if len(word) < SHORTEST_SLIP + (len(self.words) == 1) or not word.isalpha():
            return []
        distance = 1 if len(word) < 8 else 2
        return [
            flat(Clause.fuzzy_term_query(self.schema, name, word, distance=distance), weight / 4)
            for name, weight in self.fields
        ]

    def _lift(self) -> list[tuple[Occur, Clause]]:
        """What only moves a hit up: words spelt with the same marks, and words that stand together in a name."""
        lifts = [
            Clause.boost_query(Clause.term_query(self.schema, "marked", mark, index_option="freq"), 1.5)
            for mark in self.marks
        ]
        if len(self.words) > 1 and min(self.searcher.doc_freq("name", word) for word in self.words) < MANY:
            lifts.append(Clause.boost_query(Clause.phrase_query(self.schema, "name", list(self.words)), 2.0))
        return [(Occur.Should, lift) for lift in lifts]
