"""Concepts of the taxonomy to choose from, by whatever people type."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from matxich.registry.queries.meaning import SCHEME_OF
from matxich.registry.taxonomy import label_of, path_of, spoken, taxonomy
from matxich.rulebook.taxonomy import LANGUAGES, Language, Scheme, map_text
from matxich.rulebook.vietnamese.text import sort_key, words

FOUND = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """One concept as a form shows it. `path`: what it lies under; `percent`: how sure a mapping is of it, or None."""

    code: str
    label: str
    path: str
    percent: int | None = None


def choice_of(code: str, confidence: float | None = None) -> Choice:
    """In the reader's language; KeyError for a code that is none."""
    percent = None if confidence is None else round(100 * confidence)
    return Choice(code, label_of(code), path_of(code), percent)


def concept_choices(query: str, facet: str, language: Language | None = None, limit: int = FOUND) -> tuple[Choice, ...]:
    """Concepts of one list (`Scheme.one`) by part of any of their names, in four languages, with or without marks.

    What the mapper understands by the query comes first, names that begin with it next. Without a query all of the
    list, by label, for a <datalist>; `language` is that of the query, the reader's by default.
    """
    scheme = SCHEME_OF[facet]
    if not (asked := " ".join(words(query))):
        return tuple(sorted(map(choice_of, _codes(scheme)), key=lambda choice: sort_key(choice.label)))
    ranked = sorted(_ranked(asked, scheme), key=lambda each: (each[0], sort_key(label_of(each[1]))))
    mapped = map_text(taxonomy(), query[:200], language=language or spoken(), schemes=(scheme,))
    meant = [mapped.concept, *(other.concept for other in mapped.alternatives)] if mapped.concept else []
    codes = dict.fromkeys([*(concept.code for concept in meant), *(code for _rank, code in ranked)])
    return tuple(choice_of(code) for code in list(codes)[:limit])


def _ranked(asked: str, scheme: Scheme) -> Iterator[tuple[int, str]]:
    parts = asked.split()
    for code, names in _names(scheme):
        ranks = [rank for name in names if (rank := _rank(asked, parts, name)) is not None]
        if ranks:
            yield min(ranks), code


def _rank(asked: str, parts: list[str], name: str) -> int | None:
    """0 begins with it, 1 has words that begin with each of its words, 2 holds it somewhere; None does not."""
    if name.startswith(asked):
        return 0
    if all(any(word.startswith(part) for word in name.split()) for part in parts):
        return 1
    return 2 if asked in name else None


@lru_cache(maxsize=8)
def _names(scheme: Scheme) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (
            concept.code,
            tuple(dict.fromkeys(" ".join(words(name)) for language in LANGUAGES for name in concept.names(language))),
        )
        for concept in taxonomy().of(scheme)
    )


def _codes(scheme: Scheme) -> list[str]:
    return [concept.code for concept in taxonomy().of(scheme)]
