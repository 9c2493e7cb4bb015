"""Phrases in the index: which firms say one, and which are commonest among those nobody knows the meaning of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched, islice

from tantivy import Index, Occur, Schema, Searcher
from tantivy import Query as Clause

from matxich.registry.models import Enterprise, TermDecision
from matxich.registry.queries.meaning import reading_of, words_of
from matxich.registry.search import store
from matxich.registry.search.concepts import SCHEMES
from matxich.registry.search.enterprises import CHUNK, visible
from matxich.registry.search.spelling import TOKEN_LENGTH
from matxich.registry.search.telling import terms
from matxich.rulebook.taxonomy.words import is_east

COUNTED = 2_000
# Firms looked at for one that says the phrase: its words may stand apart in a text.
LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Unsure:
    """A phrase by its key, and how many firms say it without anybody knowing what it means."""

    facet: str
    key: str
    firms: int


def unsure_phrases(facet: str = "") -> tuple[Unsure, ...]:
    """The commonest first, COUNTED at most; of one facet where it is given. Raises Unavailable."""
    opened = store.opened()
    counted_terms = {"field": "unsure", "size": COUNTED} | ({"include": f"{facet}:.*"} if facet else {})
    kept: tuple[Unsure, ...] | None = opened.answers.get(("unsure", facet))
    if kept is None:
        counted = opened.searcher.aggregate(Clause.all_query(), {"all": {"terms": counted_terms}})["all"]["buckets"]
        found = [_counted(str(bucket["key"]), int(bucket["doc_count"])) for bucket in counted]
        kept = tuple(sorted(found, key=lambda each: (-each.firms, each.key, each.facet)))
        opened.answers["unsure", facet] = kept
    return kept


def _counted(term: str, firms: int) -> Unsure:
    facet, _colon, key = term.partition(":")
    return Unsure(facet, key, firms)


def firms_saying(index: Index, decisions: Iterable[TermDecision]) -> Iterator[tuple[int, ...]]:
    """The firms whose passports say a phrase decided on, in chunks: found by its words, then looked at."""
    searcher = index.searcher()
    for decision in decisions:
        if decision.facet not in SCHEMES or not searcher.num_docs:
            continue
        _total, ids = _ids(searcher, _all_words(index.schema, decision.key), searcher.num_docs)
        for some in batched(ids, CHUNK, strict=False):
            passports = Enterprise.objects.filter(pk__in=some).values_list("pk", "passport")
            saying = tuple(pk for pk, passport in passports if _says(passport, decision))
            if saying:
                yield saying


@dataclass(frozen=True, slots=True)
class Said:
    """A firm that says a phrase, and the words it stands in."""

    enterprise: Enterprise
    text: str
    phrase: str


def said_by(facet: str, keys: Iterable[str], limit: int) -> dict[str, list[Said]]:
    """Some firms that say each phrase, `limit` at most; one query. Raises Unavailable."""
    opened = store.opened()
    asked = {key: _ids(opened.searcher, _all_words(opened.schema, key), limit * LOOKED_AT)[1] for key in keys}
    firms = visible().in_bulk({pk for ids in asked.values() for pk in ids})
    found: dict[str, list[Said]] = {}
    for key, ids in asked.items():
        told = (said for pk in ids if pk in firms and (said := _said(firms[pk], facet, key)))
        found[key] = list(islice(told, limit))
    return found


def _said(enterprise: Enterprise, facet: str, key: str) -> Said | None:
    for text in map(words_of, terms(enterprise.passport, facet)):
        reading = reading_of(text, facet)
        for phrase in (*reading.phrases, *reading.stretches):
            if phrase.key == key:
                return Said(enterprise, text, phrase.text)
    return None


def _says(passport: dict, decision: TermDecision) -> bool:
    texts = map(words_of, terms(passport, decision.facet))
    return any((decision.facet, decision.key) in reading_of(text, decision.facet).keys for text in texts)


def _all_words(schema: Schema, key: str) -> Clause:
    """Japanese and Chinese are written together, so that a phrase may begin and end inside a word of the index."""
    return Clause.boolean_query(
        [
            (
                Occur.Must,
                Clause.regex_query(schema, "text", f".*{word[:TOKEN_LENGTH]}.*")
                if any(map(is_east, word))
                else Clause.term_query(schema, "text", word[:TOKEN_LENGTH], index_option="freq"),
            )
            for word in dict.fromkeys(key.split())
        ]
    )


def _ids(searcher: Searcher, clause: Clause, limit: int) -> tuple[int, list[int]]:
    found = searcher.search(clause, limit, count=True)
    ids = searcher.fast_field_values("id", [address for _score, address in found.hits])
    return int(found.count), sorted(map(int, ids))  # type: ignore[attr-defined, arg-type]
