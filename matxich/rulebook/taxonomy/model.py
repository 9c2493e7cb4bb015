"""Concepts of the trade and how they hang together: nothing here reads a file or looks at a text to be mapped."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

Language = Literal["vi", "en", "ja", "ko"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Scheme(StrEnum):
    """The lists of concepts, in the order in which they win where one word stands in several."""

    PROCESSES = "processes"
    MACHINES = "machines"
    CERTIFICATES = "certificates"
    PARTS = "parts"
    MATERIALS = "materials"
    SECTORS = "sectors"

    @property
    def one(self) -> str:
        """What one concept of the list is called, as filters and options name it."""
        return self.value.removesuffix("es" if self is Scheme.PROCESSES else "s")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing, whatever it is called.

    `labels` holds the preferred name in every language, `also` the other names; names in `doubtful` mean
    several concepts. `broader` and `related` are codes; `broader` stays inside the scheme.
    """

    code: str
    scheme: Scheme
    broader: tuple[str, ...]
    related: tuple[str, ...]
    labels: Mapping[Language, str]
    also: Mapping[Language, tuple[str, ...]]
    doubtful: frozenset[tuple[Language, str]]

    def label(self, language: Language) -> str:
        return self.labels[language]

    def names(self, language: Language) -> tuple[str, ...]:
        """The preferred name, then the others."""
        return (self.labels[language], *self.also[language])


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Taxonomy:
    """Every concept by code, in the order of the files; what lies one step under each, and all that lies above.

    `version` changes whenever a row does.
    """

    concepts: Mapping[str, Concept]
    narrower: Mapping[str, tuple[str, ...]]
    above: Mapping[str, frozenset[str]]
    version: str

    def __len__(self) -> int:
        return len(self.concepts)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts.values())

    def __contains__(self, code: object) -> bool:
        return code in self.concepts

    def concept(self, code: str) -> Concept:
        """KeyError when there is none."""
        return self.concepts[code]

    def of(self, scheme: Scheme) -> tuple[Concept, ...]:
        return tuple(concept for concept in self if concept.scheme == scheme)

    def children(self, code: str) -> tuple[Concept, ...]:
        """One step narrower."""
        return tuple(self.concepts[narrower] for narrower in self.narrower.get(code, ()))

    def ancestors(self, code: str) -> frozenset[str]:
        """Codes of everything broader, however far up; without the concept itself."""
        return self.above[code]

    def descendants(self, code: str) -> frozenset[str]:
        """Codes of everything narrower, however far down; without the concept itself."""
        found: set[str] = set()
        open_codes = list(self.narrower.get(code, ()))
        while open_codes:
            at = open_codes.pop()
            if at not in found:
                found.add(at)
                open_codes.extend(self.narrower.get(at, ()))
        return frozenset(found)
