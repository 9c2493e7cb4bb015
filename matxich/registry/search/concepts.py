"""What firms say they do, and what people ask for, as concepts of the taxonomy."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from matxich.registry.queries.meaning import Item, reading_of, stated_concept, words_of
from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.meaning import Decisions, Phrase, meaning, read, without_days
from matxich.rulebook.taxonomy import Language, Mapping, Scheme, map_text
from matxich.rulebook.taxonomy.words import is_east
from matxich.rulebook.vietnamese.text import fold, nfc, words

# Filter → the list of the taxonomy its values are of.
SCHEMES = {scheme.one: scheme for scheme in (Scheme.PROCESSES, Scheme.MATERIALS, Scheme.CERTIFICATES)}
# Letters of a phrase that is worth asking about: what is longer is a sentence, and no other firm says it.
ASKED = 80
NOTHING_DECIDED: Decisions = MappingProxyType({})
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


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the index keeps it: codes with everything broader, phrases to ask about; `keys`: of its phrases."""

    codes: tuple[str, ...]
    unsure: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]


def concepts_of(items: Iterable[Item], facet: str, decisions: Decisions = NOTHING_DECIDED) -> tuple[str, ...]:
    """Codes of the concepts that the cells of a firm name, and of everything broader; what is unsure is left out.

    `decisions` go before the mapping, a concept stated with an item before both.
    """
    return meant_of(items, facet, decisions)[0]


def unsure_of(items: Iterable[Item], facet: str, decisions: Decisions = NOTHING_DECIDED) -> tuple[str, ...]:
    """Keys of the phrases whose meaning nobody knows or that have several, as "facet:key"."""
    return meant_of(items, facet, decisions)[1]


def meant_of(
    items: Iterable[Item], facet: str, decisions: Decisions = NOTHING_DECIDED
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both of them."""
    codes: dict[str, None] = {}
    unsure: dict[str, None] = {}
    for item in items:
        cell = _understood(item, facet, decisions)
        codes.update(dict.fromkeys(cell.codes))
        unsure.update(dict.fromkeys(cell.unsure))
    return tuple(codes), tuple(unsure)


def is_undecided(text: str, facet: str, decisions: Decisions) -> bool:
    """Did nobody decide about any phrase of the text?"""
    return not decisions or not any(key in decisions for key in _in_cell(text, facet).keys)


def _understood(item: Item, facet: str, decisions: Decisions) -> Cell:
    if not isinstance(item, str) and (code := stated_concept(item, facet)):
        return Cell(_with_broader((code,)), (), ())
    text = words_of(item)
    cell = _in_cell(text, facet)
    if decisions and any(key in decisions for key in cell.keys):
        return _cell(meaning(reading_of(text, facet), decisions).phrases, facet, cell.keys)
    return cell


@lru_cache(maxsize=65_536)
def _in_cell(text: str, facet: str) -> Cell:
    """Thousands of cells name the same certificate, each with another day."""
    return _read_cell(without_days(text, SCHEMES[facet]), facet)


@lru_cache(maxsize=65_536)
def _read_cell(text: str, facet: str) -> Cell:
    reading = read(taxonomy(), text, SCHEMES[facet])
    return _cell(reading.phrases, facet, reading.keys)


def _cell(phrases: Iterable[Phrase], facet: str, keys: tuple[tuple[str, str], ...]) -> Cell:
    codes = _with_broader(code for phrase in phrases for code in phrase.concepts)
    unsure = (phrase.key for phrase in phrases if phrase.is_unsure and len(phrase.key) <= ASKED)
    return Cell(codes, tuple(f"{facet}:{key}" for key in unsure if any(map(str.isalpha, key))), keys)


def _with_broader(codes: Iterable[str]) -> tuple[str, ...]:
    known = taxonomy()
    return tuple(dict.fromkeys(each for code in codes for each in (code, *sorted(known.ancestors(code)))))


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
