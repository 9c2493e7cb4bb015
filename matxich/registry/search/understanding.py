"""A question cut into parts, each with what it means beside its own words: concepts, other names, places.

Nothing here knows the index. Every part stands for itself: it is matched by its words or by what they mean, so "phay
CNC Bắc Ninh ISO 9001" is one process, one place and one certificate, in any order and any of the four languages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from matxich.places.queries import match_province
from matxich.registry.search.concepts import HANGUL, SHORTEST, TELLING, Meant, meant_by
from matxich.registry.search.query import TEXT_READ, WORDS_READ, Boundaries
from matxich.registry.search.spelling import TOKEN_LENGTH, joined_initials
from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.taxonomy import Language, Scheme, map_text
from matxich.rulebook.taxonomy.words import is_east
from matxich.rulebook.vietnamese.text import fold, nfc, words

# Lists that are no filter: what they mean is looked for by its other names.
NAMED = (Scheme.PARTS, Scheme.MACHINES)
NAMES_TRIED = 12
READ = 200
EDITIONS: tuple[Boundaries, ...] = get_args(Boundaries)
LONGEST_PLACE = 4
# Words said around what is asked for: they lift what has them where the rest says enough.
AROUND = frozenset(
    (
        *("o", "tai", "gan", "va", "voi", "co", "dat", "cho", "cua", "tinh", "tp", "chuyen", "nhan", "can", "tim"),
        *(
            "supplier",
            "suppliers",
            "manufacturer",
            "manufacturers",
            "maker",
            "makers",
            "company",
            "companies",
            "factory",
        ),
        *("in", "at", "near", "for", "with", "and", "of", "the", "by", "from", "service", "services", "certified"),
        *("vietnam", "vietnamese"),
    )
)
AROUND_PAIRS = frozenset(("cong ty", "nha may", "chung nhan", "chung chi", "cung cap", "cung ung", "doanh nghiep"))
# Words that tell no firm from another: a place beside nothing else is what is asked for.
COMMON = frozenset(
    (
        *("cong", "ty", "tnhh", "cp", "co", "phan", "mtv", "mot", "thanh", "vien", "trach", "nhiem", "huu", "han"),
        *("doanh", "nghiep", "nha", "may", "xuong", "san", "xuat", "cung", "ung", "cap", *AROUND),
    )
)


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a question. `concepts`: (filter, code); `names`: other names in words; `places`: (map, codes).

    `lifts` says that the part only moves a hit up.
    """

    words: tuple[str, ...]
    concepts: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    places: tuple[tuple[str, tuple[str, ...]], ...] = ()
    lifts: bool = False

    @property
    def plain(self) -> bool:
        return not (self.concepts or self.names or self.places)


@lru_cache(maxsize=4_096)
def understood(text: str) -> tuple[Part, ...]:
    """The parts of a question in their order; every word stands in one."""
    text = joined_initials(nfc(text[:TEXT_READ]))
    spoken = [word[:TOKEN_LENGTH] for word in words(text)][:WORDS_READ]
    found: dict[tuple[int, int], Part] = {}
    for first, last, part in (*_concepts(text, spoken), *_named(text, spoken), *_places(spoken), *_letters(spoken)):
        _put(found, spoken, first, last, part)
    parts, at = [], 0
    for first, last in sorted(found):
        parts += [Part((word,)) for word in spoken[at:first]]
        parts.append(found[first, last])
        at = last
    parts += [Part((word,)) for word in spoken[at:]]
    return _lifted(parts)


def _put(found: dict[tuple[int, int], Part], spoken: list[str], first: int, last: int, part: Part) -> None:
    """Earlier kinds go first; one name of several lists is all of them; a wider name holds a narrower one."""
    for start, end in list(found):
        if (start, end) == (first, last):
            old = found[start, end]
            part = Part(old.words, old.concepts + part.concepts, old.names + part.names, old.places + part.places)
        elif start < last and first < end:
            if end - start >= last - first:
                return
            del found[start, end]
    found[first, last] = Part(tuple(spoken[first:last]), part.concepts, part.names, part.places)


def _concepts(text: str, spoken: list[str]) -> Iterator[tuple[int, int, Part]]:
    for meant in meant_by(text):
        if span := _span(meant, spoken):
            yield *span, Part((), concepts=((meant.facet, meant.code),))


def _span(meant: Meant, spoken: list[str]) -> tuple[int, int] | None:
    """Where the concept stands, told from the words beside it."""
    length = len(spoken) - len(meant.beside)
    for first in range(len(spoken) - length + 1 if length > 0 else 0):
        if tuple(spoken[:first] + spoken[first + length :]) == meant.beside:
            return first, first + length
    return None


def _named(text: str, spoken: list[str]) -> Iterator[tuple[int, int, Part]]:
    """Parts and machines by their other names."""
    plain = text[:READ]
    language: Language = "vi"
    if any(map(is_east, plain)):
        language = "ko" if any(HANGUL[0] <= letter <= HANGUL[1] for letter in plain) else "ja"
    else:
        plain = fold(plain)
    for scheme in NAMED:
        told = map_text(taxonomy(), plain, language=language, schemes=(scheme,))
        if told.verdict != "mapped" or told.concept is None or told.span is None or told.how == "fuzzy":
            continue
        first, last = told.span
        # Eastern words run on: what stands in one word with the name belongs to it.
        while last < len(plain) and plain[last].isalnum() and is_east(plain[last - 1]):
            last += 1
        named, before = words(plain[first:last]), len(words(plain[:first]))
        if spoken[before : before + len(named)] == named and _telling(named, spoken):
            yield before, before + len(named), Part((), names=_names(told.concept.code))


def _telling(named: list[str], spoken: list[str]) -> bool:
    """One short word beside others is as likely part of a name."""
    if len(named) != 1 or not named[0].isascii():
        return bool(named)
    return len(named[0]) >= (TELLING if len(spoken) > 1 else SHORTEST)


@lru_cache(maxsize=1_024)
def _names(code: str) -> tuple[tuple[str, ...], ...]:
    """What lists in Vietnamese and English call it, then what lies under it by its own name."""
    known = taxonomy()
    concept = known.concept(code)
    told = [*concept.names("vi"), *concept.names("en")]
    told += [known.concept(code).label("vi") for code in sorted(known.descendants(code))]
    return tuple(dict.fromkeys(name for each in told if (name := tuple(words(each)))))[:NAMES_TRIED]


def _places(spoken: list[str]) -> Iterator[tuple[int, int, Part]]:
    """Provinces on either map by any of their names."""
    at = 0
    while at < len(spoken):
        for length in range(min(LONGEST_PLACE, len(spoken) - at), 0, -1):
            if places := _place(tuple(spoken[at : at + length])):
                yield at, at + length, Part((), places=places)
                at += length - 1
                break
        at += 1


@lru_cache(maxsize=4_096)
def _place(spoken: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    name = " ".join(spoken)
    if any(letter.isdecimal() for letter in name) or len(name) < SHORTEST:
        return ()
    return tuple((boundaries, codes) for boundaries in EDITIONS if (codes := match_province(name, boundaries)))


def _letters(spoken: list[str]) -> Iterator[tuple[int, int, Part]]:
    """ "X N K": letters one by one are an abbreviation."""
    at = 0
    while at < len(spoken):
        end = at
        while end < len(spoken) and len(spoken[end]) == 1 and spoken[end].isalpha() and spoken[end].isascii():
            end += 1
        if end - at > 1:
            yield at, end, Part((), names=(("".join(spoken[at:end]),),))
        at = max(end, at + 1)


def _lifted(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Which parts only lift: a place beside something telling, else what is beside a place, and words around."""
    telling = any(not part.places and not COMMON.issuperset(part.words) for part in parts)
    located = any(part.places for part in parts)
    understands = any(part.concepts or part.names for part in parts)
    around = set(_around(parts)) if understands else set()

    def lifts(at: int, part: Part) -> bool:
        return (telling if part.places else located and not telling) or at in around

    return tuple(
        Part(part.words, part.concepts, part.names, part.places, lifts(at, part)) for at, part in enumerate(parts)
    )


def _around(parts: Sequence[Part]) -> Iterable[int]:
    """Places of plain words that add nothing; in eastern writing no firm of the country has the rest."""
    for at, part in enumerate(parts):
        if not part.plain:
            continue
        (word,) = part.words
        if word == "co" and at + 1 < len(parts) and parts[at + 1].plain:
            continue
        if word in AROUND or any(map(is_east, word)):
            yield at
        if at + 1 < len(parts) and f"{word} {parts[at + 1].words[0]}" in AROUND_PAIRS and parts[at + 1].plain:
            yield from (at, at + 1)
