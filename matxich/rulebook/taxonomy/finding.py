"""Where names of the taxonomy stand in a text: as written, without marks, inflected, scattered, misspelt."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz.distance import OSA

from matxich.rulebook.taxonomy.index import GLUED, Index, Name
from matxich.rulebook.taxonomy.model import Language, Scheme
from matxich.rulebook.taxonomy.vocabulary import AROUND_TREE, covered
from matxich.rulebook.taxonomy.words import Words, is_east, letters
from matxich.rulebook.vietnamese.syllables import is_syllable

How = Literal["exact", "folded", "inflected", "fuzzy"]
POOL = 400
"""Names at most that a misspelt text is compared with letter by letter."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name that stands over the atoms `first` to `last`; `quality` 0 to 1 says how well."""

    name: Name
    first: int
    last: int
    quality: float
    how: How

    @property
    def score(self) -> float:
        return self.name.weight * self.quality - 0.15 * self.name.derived - 0.1 * self.name.doubtful


@dataclass(slots=True)
class Text:
    """A text being mapped: its atoms, which of them only go round terms, what may be found in it."""

    words: Words
    around: list[bool]
    language: Language
    schemes: Collection[Scheme] | None

    @classmethod
    def of(cls, words: Words, language: Language, schemes: Collection[Scheme] | None) -> "Text":
        return cls(words, covered(words.stem, AROUND_TREE), language, schemes)

    def weight(self, at: int) -> float:
        return (0.5 if is_east(self.words.stem[at]) else 1.0) * (0.25 if self.around[at] else 1.0)

    def share(self, found: Found) -> float:
        """How much of what the text says the name covers, 0 to 1."""
        kept = [at for at, plain in enumerate(self.around) if not plain]
        whole = sum(map(self.weight, kept)) or sum(map(self.weight, range(len(self.around))))
        return min(1.0, sum(map(self.weight, range(found.first, found.last + 1))) / whole)


def standing(text: Text, index: Index) -> list[Found]:
    """Names whose atoms follow one another in the text."""
    words, found = text.words, []
    stems, strong = words.stem, words.strong
    for first in range(len(stems)):
        node, last = index.root, first
        while last < len(stems) and strong[last] == strong[first]:
            node = node.get(stems[last])
            if node is None:
                break
            if names := node.get(""):
                places = range(first, last + 1)
                found += [hit for name in names if (hit := _agreeing(text, places, name))]
            last += 1
    return found


def glued(text: Text, index: Index) -> Iterator[Found]:
    """Names written together where the taxonomy parts them, or apart: "diecasting", "ta rô" and "taro"."""
    stems, strong = text.words.stem, text.words.strong
    for first in range(len(stems)):
        run = ""
        for last in range(first, min(first + 4, len(stems))):
            if is_east(stems[last]) or strong[last] != strong[first]:
                break
            run += stems[last]
            if len(run) < GLUED:
                continue
            for name in index.glued.get(run, ()):
                if len(name.stems) != last - first + 1 and _allowed(text, name):
                    same = "".join(text.words.marked[first : last + 1]) == "".join(name.marked)
                    yield Found(name, first, last, 0.95 if same else 0.88, "exact" if same else "inflected")


def scattered(text: Text, index: Index) -> Iterator[Found]:
    """Names of several Latin words that all stand near one another, in any order: "dập kim loại liên hoàn"."""
    stems = text.words.stem
    places = {stem: at for at, stem in reversed(list(enumerate(stems)))}
    for stem in places:
        for name in index.rare.get(stem, ()):
            if all(other in places for other in name.stems):
                at = [places[other] for other in name.stems]
                first, last = min(at), max(at)
                near = len(set(at)) == len(at) and last - first < len(at) + 4
                if near and text.words.strong[first] == text.words.strong[last] and (hit := _agreeing(text, at, name)):
                    yield replace(hit, quality=hit.quality * 0.85, how="inflected")


def respelt(text: Text, index: Index) -> list[Found]:
    """Names that stand in the text once long unknown words are replaced by the nearest known ones."""
    words = text.words
    stems = list(words.stem)
    for at, stem in enumerate(stems):
        unknown = len(stem) > 4 and stem.isascii() and stem.isalpha() and not text.around[at]
        vietnamese = text.language == "vi" and is_syllable(words.marked[at])
        if unknown and not vietnamese and stem not in index.having and stem not in index.root:
            stems[at] = index.respell(stem) or stem
    changed = {at for at, stem in enumerate(stems) if stem != words.stem[at]}
    if not changed:
        return []
    corrected = replace(text, words=replace(words, stem=stems))
    hits = [*standing(corrected, index), *glued(corrected, index)]
    return [
        replace(hit, quality=0.8, how="fuzzy") for hit in hits if changed & set(range(hit.first, hit.last + 1))
    ]


def nearest(text: Text, index: Index) -> list[Found]:
    """Names of several atoms that differ from the whole term by a letter, two in long ones."""
    words = text.words
    kept = [at for at, plain in enumerate(text.around) if not plain] or list(range(len(words.stem)))
    asked = _key([words.plain[at] for at in kept])
    if len(asked) < 5 or words.strong[kept[0]] != words.strong[kept[-1]]:
        return []
    off = 1 if len(asked) < 14 else 2
    numbers = [words.plain[at] for at in kept if words.plain[at].isdecimal()]
    found = []
    for name in _pool([words.stem[at] for at in kept], index):
        key = _key(name.plain)
        if abs(len(key) - len(asked)) > off or not _allowed(text, name) or len(key) < 5:
            continue
        distance = OSA.distance(asked, key, score_cutoff=off)
        if 0 < distance <= off and numbers == [part for part in name.plain if part.isdecimal()]:
            real = [at for at in kept if words.plain[at] not in name.plain and is_syllable(words.marked[at])]
            if not (real and words.accented):
                found.append(Found(name, kept[0], kept[-1], 0.85 - 0.1 * distance, "fuzzy"))
    return found


def _key(parts: Sequence[str]) -> str:
    return ("" if parts and all(map(is_east, parts)) else " ").join(parts)


def _pool(stems: list[str], index: Index) -> list[Name]:
    """Names that share an atom with the text, those with the less common atoms first."""
    pool: dict[int, Name] = {}
    for stem in sorted(set(stems), key=lambda each: len(index.having.get(each, ()))):
        for name in index.having.get(stem, ()):
            if abs(len(name.stems) - len(stems)) < 2:
                pool[id(name)] = name
        if len(pool) > POOL:
            break
    return list(pool.values())


def _allowed(text: Text, name: Name) -> bool:
    return text.schemes is None or name.concept.scheme in text.schemes


def _agreeing(text: Text, places: Sequence[int], name: Name) -> Found | None:
    """The name over these atoms, None where their marks say that it is another word."""
    if not _allowed(text, name):
        return None
    words, folded, inflected, wrong = text.words, 0, 0, 0
    for at, plain, marked in zip(places, name.plain, name.marked, strict=True):
        if words.marked[at] == marked:
            continue
        if words.plain[at] != plain:
            inflected += 1
        elif words.plain[at] == words.marked[at]:
            folded += 1
        elif letters(words.marked[at]) != letters(marked):
            wrong += 1
    if wrong > len(places) // 3 or (folded and words.accented and len(places) == 1):
        return None
    quality = 0.75 if wrong else 1.0 - 0.07 * bool(folded) - 0.05 * bool(inflected)
    how: How = "fuzzy" if wrong else "folded" if folded else "inflected" if inflected else "exact"
    if name.language == text.language:
        quality += 0.02
    return Found(name, min(places), max(places), min(quality, 1.02), how)
