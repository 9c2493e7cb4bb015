"""What firms say they do, and what people ask for, as concepts of the taxonomy."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.taxonomy import Language, Mapping, Scheme, map_all, map_text
from matxich.rulebook.taxonomy.words import is_east
from matxich.rulebook.vietnamese.text import fold, nfc, words

# Filter → the list of the taxonomy its values are of.
SCHEMES = {scheme.one: scheme for scheme in (Scheme.PROCESSES, Scheme.MATERIALS, Scheme.CERTIFICATES)}
SURE = 0.7
TEXT_READ = 200
SHORTEST = 3
# One short word beside others is as likely part of a name: "Sơn" paints, and "Lam Sơn" is a company.
TELLING = 8
HANGUL = ("\uac00", "\ud7a3")


@dataclass(frozen=True, slots=True)
class Meant:
    """A concept that part of a text names: its filter, its code, and the words beside it that still have to match."""

    facet: str
    code: str
    beside: tuple[str, ...]


def concepts_of(texts: Iterable[str], facet: str) -> tuple[str, ...]:
    """Codes of the concepts that the cells of a firm name, and of everything broader; what is unsure is left out."""
    found: dict[str, None] = {}
    for text in texts:
        found.update(dict.fromkeys(_in_cell(text, facet)))
    return tuple(found)


@lru_cache(maxsize=65_536)
def _in_cell(text: str, facet: str) -> tuple[str, ...]:
    known, found = taxonomy(), []
    for mapping in map_all(known, text, language="vi", schemes=(SCHEMES[facet],)):
        if mapping.verdict == "mapped" and mapping.concept and mapping.confidence >= SURE:
            found += [mapping.concept.code, *sorted(known.ancestors(mapping.concept.code))]
    return tuple(found)


def ready() -> None:
    """Have the names at hand: the first text asked in a process would otherwise wait for them inside its clock."""
    meant_by("iso 9001")


@lru_cache(maxsize=4_096)
def meant_by(text: str) -> tuple[Meant, ...]:
    """Concepts that a question names in any of the four languages, at most one of each filter.

    Vietnamese is asked without its marks, so that the same firms are found with them and without.
    """
    plain = nfc(text[:TEXT_READ])
    language: Language = "vi"
    if any(map(is_east, plain)):
        language = "ko" if any(HANGUL[0] <= letter <= HANGUL[1] for letter in plain) else "ja"
    else:
        plain = fold(plain)
    asked = [
        (facet, map_text(taxonomy(), plain, language=language, schemes=(scheme,))) for facet, scheme in SCHEMES.items()
    ]
    return tuple(meant for facet, mapping in asked if (meant := _meant(plain, facet, mapping)))


def _meant(plain: str, facet: str, mapping: Mapping) -> Meant | None:
    if mapping.verdict != "mapped" or mapping.concept is None or mapping.span is None or mapping.how == "fuzzy":
        return None
    first, last = mapping.span
    named, beside = words(plain[first:last]), tuple(words(f"{plain[:first]} {plain[last:]}"))
    if plain.isascii() and len(named) == 1:
        length = len(named[0])
        if length < SHORTEST or (beside and length < TELLING and named[0].isalpha()):
            return None
    return Meant(facet, mapping.concept.code, beside)
