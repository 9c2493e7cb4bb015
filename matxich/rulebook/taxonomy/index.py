"""The names of a taxonomy arranged for finding; built once for each taxonomy."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from matxich.rulebook.taxonomy.model import LANGUAGES, Concept, Language, Taxonomy
from matxich.rulebook.taxonomy.vocabulary import AROUND_TREE, TRADE_TREE, covered
from matxich.rulebook.taxonomy.words import atoms, is_east

Parts = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Stems, plain and marked forms of a name's atoms."""
Parted = tuple[tuple[str, ...], tuple[str, ...]]
"""The two words an eastern name is made of, as stems."""
GLUED = 4
"""Least letters of names that are also found written together or apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """One name of one concept. `derived`: the words of any trade were left out ("フライス" of "フライス加工")."""

    concept: Concept
    language: Language
    phrase: str
    stems: tuple[str, ...]
    plain: tuple[str, ...]
    marked: tuple[str, ...]
    preferred: bool
    doubtful: bool
    derived: bool
    weight: float
    key: str
    generic: bool
    distinct: frozenset[str]


@dataclass(slots=True, eq=False)
class Index:
    """`root`: nested dictionaries over stems, names under "". `glued`: names by their letters without spaces.

    `pieces` and `pairs`: eastern names by the two words they are made of.
    `rare`: names of several Latin words under the least frequent of them; `having`: names by one of their
    atoms and the number of atoms; `known`: every stem.
    """

    root: dict = field(default_factory=dict)
    glued: dict[str, list[Name]] = field(default_factory=lambda: defaultdict(list))
    rare: dict[str, list[Name]] = field(default_factory=lambda: defaultdict(list))
    having: dict[tuple[str, int], list[Name]] = field(default_factory=lambda: defaultdict(list))
    pieces: dict = field(default_factory=dict)
    pairs: dict[Parted, list[Name]] = field(default_factory=lambda: defaultdict(list))
    known: frozenset[str] = frozenset()
    long_words: list[str] = field(default_factory=list)
    _respelt: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def respell(self, stem: str) -> tuple[str, ...]:
        """Up to three long words it may stand for: a letter off, two in long words, or cut short ("galv")."""
        if (known := self._respelt.get(stem)) is None:
            off = 1 if len(stem) < 8 else 2
            near = process.extract(stem, self.long_words, scorer=OSA.distance, score_cutoff=off, limit=3)
            begun = sorted((word for word in self.long_words if word.startswith(stem)), key=len)
            ranked = sorted(near, key=lambda each: each[1])
            known = tuple(dict.fromkeys([*(word for word, _off, _at in ranked), *begun[:2]]))[:4]
            if len(self._respelt) < 20_000:
                self._respelt[stem] = known
        return known


@lru_cache(maxsize=8)
def index_of(taxonomy: Taxonomy) -> Index:
    """Built at the first question, then kept with the taxonomy."""
    index = Index()
    names = [name for concept in taxonomy for name in _names(concept)]
    explicit = {(name.concept.scheme, name.stems) for name in names}
    names += [
        open_
        for name in names
        if (open_ := _without_brackets(name)) and (open_.concept.scheme, open_.stems) not in explicit
    ]
    names += [bare for name in names if (bare := _number(name)) and (bare.concept.scheme, bare.stems) not in explicit]
    names += [core for name in names if (core := _core(name)) and (core.concept.scheme, core.stems) not in explicit]
    common = Counter(stem for name in names for stem in name.distinct)
    for name in names:
        node = index.root
        for stem in name.stems:
            node = node.setdefault(stem, {})
        node.setdefault("", []).append(name)
        _arrange(index, name, common)
    index.known = frozenset(common)
    index.long_words = [word for word in common if len(word) > 4 and word.isascii() and word.isalpha()]
    return index


def _arrange(index: Index, name: Name, common: Counter[str]) -> None:
    latin = not any(is_east(stem) for stem in name.stems)
    if latin and len(glued := "".join(name.stems)) >= GLUED:
        index.glued[glued].append(name)
    if latin and 1 < len(name.stems) < 7:
        index.rare[min(name.stems, key=common.__getitem__)].append(name)
    if not latin and (parted := _parted(name)):
        index.pairs[parted].append(name)
        for piece in parted:
            node = index.pieces
            for stem in piece:
                node = node.setdefault(stem, {})
            node[""] = piece
    if len(name.stems) > 1:
        for stem in name.distinct:
            index.having[stem, len(name.stems)].append(name)


def _parted(name: Name) -> Parted | None:
    """The two words of an eastern name, parted by a space in Korean and by the change of script in Japanese."""
    kinds = [_kind(stem) for stem in name.stems]
    if name.language == "ko":
        words = [atoms(word) for word in name.phrase.split()]
        if len(words) != 2 or sum(map(len, words)) != len(name.stems):
            return None
        cut = len(words[0])
    elif len(cuts := [at for at in range(1, len(kinds)) if kinds[at] != kinds[at - 1]]) == 1:
        cut = cuts[0]
    else:
        return None
    first, second = name.stems[:cut], name.stems[cut:]
    return (first, second) if len(first) > 1 and len(second) > 1 and not name.derived else None


def _kind(stem: str) -> str:
    return "kana" if "\u30a0" <= stem <= "\u30ff" else "kanji" if stem >= "\u3400" else "other"


def _names(concept: Concept) -> list[Name]:
    found = []
    for language in LANGUAGES:
        for at, phrase in enumerate(concept.names(language)):
            if forms := atoms(phrase):
                stems, plain, marked = zip(*forms, strict=True)
                doubtful = (language, phrase) in concept.doubtful
                found.append(_name(concept, language, phrase, (stems, plain, marked), at == 0, doubtful, False))
    return found


def _name(
    concept: Concept, language: Language, phrase: str, parts: Parts, preferred: bool, doubtful: bool, derived: bool
) -> Name:
    stems, plain, marked = parts
    generic = covered(stems, marked, AROUND_TREE, strict=True)
    weight = sum(atom_weight(stem) * (0.25 if said else 1.0) for stem, said in zip(stems, generic, strict=True))
    return Name(
        concept, language, phrase, stems, plain, marked, preferred, doubtful, derived, weight,
        joined(plain), all(generic), frozenset(stems),
    )  # fmt: skip


def joined(parts: Sequence[str]) -> str:
    """Atoms as one string to compare letter by letter."""
    return ("" if parts and all(map(is_east, parts)) else " ").join(parts)


def atom_weight(stem: str) -> float:
    """A Latin word 1, an eastern letter half, a number of three digits or more 2: numbers name grades and standards."""
    return 0.5 if is_east(stem) else 2.0 if len(stem) > 2 and stem.isdecimal() else 1.0


def _number(name: Name) -> Name | None:
    """A standard or grade by its number alone, when that is long enough to be no quantity: "45001"."""
    at = len(name.stems) - 1
    if at != 1 or len(name.stems[at]) < 4 or not name.stems[at].isdecimal() or not name.phrase[:2].isupper():
        return None
    part = (name.stems[at],)
    return _name(name.concept, name.language, name.phrase, (part, part, part), False, name.doubtful, True)


def _without_brackets(name: Name) -> Name | None:
    """The name before its brackets: "画像測定機" of "画像測定機(VMM)"."""
    if "(" not in name.phrase and "（" not in name.phrase:
        return None
    before = re.split(r"[（(]", name.phrase, maxsplit=1)[0].strip()
    if len(before) < 3 or not (forms := atoms(before)):
        return None
    stems, plain, marked = zip(*forms, strict=True)
    return _name(name.concept, name.language, name.phrase, (stems, plain, marked), name.preferred, name.doubtful, False)


def _core(name: Name) -> Name | None:
    """The name without the words of any trade, where enough of it is left to stand alone."""
    trade = covered(name.stems, name.marked, TRADE_TREE, strict=True)
    kept = [at for at, plain in enumerate(trade) if not plain]
    if not kept or len(kept) == len(name.stems) or name.generic:
        return None
    stems, plain, marked = (tuple(part[at] for at in kept) for part in (name.stems, name.plain, name.marked))
    if sum(len(stem) for stem in stems) < (2 if is_east(stems[0]) else 3):
        return None
    core = _name(name.concept, name.language, name.phrase, (stems, plain, marked), False, name.doubtful, True)
    return None if core.generic else core
