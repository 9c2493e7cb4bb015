"""Where names of the taxonomy stand in a text: as written, without marks, inflected, scattered, misspelt."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rapidfuzz.distance import OSA

from matxich.rulebook.taxonomy.index import GLUED, Index, Name, atom_weight, joined
from matxich.rulebook.taxonomy.model import Language, Scheme
from matxich.rulebook.taxonomy.vocabulary import AROUND_TREE, covered
from matxich.rulebook.taxonomy.words import Words, is_east, letters
from matxich.rulebook.vietnamese.syllables import is_syllable

How = Literal["exact", "folded", "inflected", "fuzzy"]
_VERBAL = ("ing", "ed")
POOL = 120
"""Names at most that a misspelt text is compared with letter by letter."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name that stands over `places`, atoms of the text in order; `quality` 0 to 1 says how well."""

    name: Name
    places: tuple[int, ...]
    quality: float
    how: How
    score: float = field(init=False)

    def __post_init__(self) -> None:
        off = 0.15 * self.name.derived + 0.1 * self.name.doubtful
        object.__setattr__(self, "score", self.name.weight * self.quality - off)

    @property
    def first(self) -> int:
        return self.places[0]

    @property
    def last(self) -> int:
        return self.places[-1]


@dataclass(slots=True)
class Text:
    """A text being mapped: its atoms, which of them only go round terms, what each weighs, what may be found in it."""

    words: Words
    around: list[bool]
    weights: list[float]
    whole: float
    language: Language
    schemes: Collection[Scheme] | None

    @classmethod
    def of(cls, words: Words, language: Language, schemes: Collection[Scheme] | None) -> "Text":
        around = covered(words.stem, words.marked, AROUND_TREE, strict=words.accented)
        weights = [atom_weight(stem) * (0.25 if plain else 1.0) for stem, plain in zip(words.stem, around, strict=True)]
        said = sum(weight for weight, plain in zip(weights, around, strict=True) if not plain)
        return cls(words, around, weights, said or sum(weights), language, schemes)

    def share(self, found: Found) -> float:
        """How much of what the text says the name covers, 0 to 1."""
        weights = self.weights
        return min(1.0, sum([weights[at] for at in found.places]) / self.whole)


def standing(text: Text, index: Index) -> list[Found]:
    """Names whose atoms follow one another; across commas only a name that is the whole text."""
    words, found = text.words, []
    stems, strong = words.stem, words.strong
    for first in range(len(stems)):
        node: dict | None = index.root
        last = first
        while last < len(stems) and (first == 0 or strong[last] == strong[first]):
            node = node.get(stems[last]) if node else None
            if node is None:
                break
            if (names := node.get("")) and (strong[last] == strong[first] or last == len(stems) - 1):
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
                foreign = name.language == "vi" != text.language and len(name.stems) > 1
                if len(name.stems) != last - first + 1 and not foreign and _allowed(text, name):
                    same = "".join(text.words.marked[first : last + 1]) == "".join(name.marked)
                    yield Found(
                        name, tuple(range(first, last + 1)), 0.95 if same else 0.88, "exact" if same else "inflected"
                    )


def scattered(text: Text, index: Index) -> Iterator[Found]:
    """Names of several Latin words that all stand near one another, in any order: "dập kim loại liên hoàn"."""
    stems = text.words.stem
    places = {stem: at for at, stem in reversed(list(enumerate(stems)))}
    for stem in places:
        for name in index.rare.get(stem, ()):
            if name.distinct <= places.keys():
                at = [places[other] for other in name.stems]
                first, last = min(at), max(at)
                near = len(set(at)) == len(at) and last - first < len(at) + 4
                if near and text.words.strong[first] == text.words.strong[last] and (hit := _agreeing(text, at, name)):
                    gaps = sum(not text.around[gap] for gap in range(first, last + 1) if gap not in at)
                    off = 0.07 * gaps + 0.1 * (at != sorted(at))
                    if hit.how != "fuzzy":
                        yield replace(hit, quality=max(0.9 - off, 0.5) * hit.quality, how="inflected")


def parted(text: Text, index: Index) -> Iterator[Found]:
    """Eastern names whose two words stand apart, in order: "로봇 아크 용접", "樹脂バンパー塗装"."""
    stems, strong = text.words.stem, text.words.strong
    standing_pieces = []
    for first in range(len(stems)):
        node: dict | None = index.pieces
        for last in range(first, len(stems)):
            node = node.get(stems[last]) if node else None
            if node is None:
                break
            if piece := node.get(""):
                standing_pieces.append((first, last, piece))
    for first, last, piece in standing_pieces:
        for start, end, other in standing_pieces:
            if last + 1 < start <= last + 8 and strong[start] == strong[first]:
                for name in index.pairs.get((piece, other), ()):
                    if _allowed(text, name):
                        places = (*range(first, last + 1), *range(start, end + 1))
                        yield Found(name, places, 0.86 - 0.02 * (start - last - 1), "inflected")


def respelt(text: Text, index: Index) -> list[Found]:
    """Names that stand in the text once long unknown words are replaced by words of the taxonomy near them."""
    words = text.words
    options: dict[int, tuple[str, ...]] = {}
    for at, stem in enumerate(words.stem):
        unknown = (
            len(stem) > 3 and stem.isascii() and stem.isalpha() and not text.around[at] and stem not in index.known
        )
        if unknown and not (text.language == "vi" and is_syllable(words.marked[at])) and (near := index.respell(stem)):
            options[at] = near
    found = []
    for turn in range(min(3, max(map(len, options.values()), default=0))):
        stems = [
            options[at][min(turn, len(options[at]) - 1)] if at in options else s for at, s in enumerate(words.stem)
        ]
        corrected = replace(text, words=replace(words, stem=stems))
        hits = [*standing(corrected, index), *glued(corrected, index), *scattered(corrected, index)]
        off = 0.8 - 0.01 * turn
        found += [
            replace(hit, quality=off * hit.quality, how="fuzzy")
            for hit in hits
            if not options.keys().isdisjoint(hit.places)
        ]
    return found


def nearest(text: Text, index: Index) -> list[Found]:
    """Names of several atoms that differ from the whole term by a letter, two in long ones."""
    words = text.words
    kept = [at for at, plain in enumerate(text.around) if not plain] or list(range(len(words.stem)))
    asked = joined([words.plain[at] for at in kept])
    if len(asked) < 5 or words.strong[kept[0]] != words.strong[kept[-1]]:
        return []
    off = 1 if len(asked) < 14 else 2
    numbers = [words.plain[at] for at in kept if words.plain[at].isdecimal()]
    found = []
    for name in _pool([words.stem[at] for at in kept], index):
        key = name.key
        if abs(len(key) - len(asked)) > off or not _allowed(text, name) or len(key) < 5:
            continue
        distance = OSA.distance(asked, key, score_cutoff=off)
        if 0 < distance <= off and numbers == [part for part in name.plain if part.isdecimal()]:
            real = [at for at in kept if words.plain[at] not in name.plain and is_syllable(words.marked[at])]
            if not (real and words.accented and len(name.plain) < 3):
                found.append(Found(name, tuple(kept), 0.85 - 0.1 * distance, "fuzzy"))
    return found


def _pool(stems: list[str], index: Index) -> list[Name]:
    """Names that share an atom with the text, those with the less common atoms first."""
    pool: dict[int, Name] = {}
    sizes = range(max(2, len(stems) - 1), len(stems) + 2)
    for stem in sorted(set(stems), key=lambda each: len(index.having.get((each, len(stems)), ()))):
        for size in sizes:
            for name in index.having.get((stem, size), ()):
                pool[id(name)] = name
            if len(pool) > POOL:
                return list(pool.values())
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
            inflected += 1 if words.plain[at].endswith(_VERBAL) == plain.endswith(_VERBAL) else 2
        elif words.plain[at] == words.marked[at]:
            folded += 1
        elif letters(words.marked[at]) != letters(marked):
            wrong += 1
    if wrong > len(places) // 3 or (folded and words.accented and len(places) == 1):
        return None
    quality = 0.75 if wrong else 1.0 - 0.07 * bool(folded) - 0.05 * bool(inflected) - 0.02 * (inflected > 1)
    how: How = "fuzzy" if wrong else "folded" if folded else "inflected" if inflected else "exact"
    if name.language == text.language:
        quality += 0.02
    return Found(name, tuple(sorted(places)), min(quality, 1.02), how)
