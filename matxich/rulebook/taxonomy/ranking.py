"""Which of the names that stand in a text leads: how much of it each explains, where it stands, what the text says."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from matxich.rulebook.taxonomy.finding import Found, Text
from matxich.rulebook.taxonomy.model import Scheme, Taxonomy
from matxich.rulebook.taxonomy.vocabulary import BEFORE_MORE, CUES
from matxich.rulebook.taxonomy.weights import BY_SCHEME, EACH, OVER, OVER_VIETNAMESE, SAME
from matxich.rulebook.taxonomy.words import Words

ANY = "any"
_WEIGHT = (("weight to 1", 0.0, 1.0), ("weight to 2.5", 1.0, 2.5), ("weight to 4.5", 2.5, 4.5))
"""The score of a name counts by steps: a second word tells more than a fifth."""
_CUES = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in CUES.items()}
_KINDS = (("\u30a0", "\u30ff"), ("\uac00", "\ud7a3"))
"""Kana and Korean letters, of which words are made without spaces."""


@lru_cache(maxsize=1_024)
def _cues(text: str) -> tuple[str, ...]:
    """What a text says of itself; a text is ranked again whenever more names of it are found."""
    return tuple(name for name, pattern in _CUES.items() if pattern.search(text))


def _named(table: dict[Scheme, tuple[float, ...]], word: str) -> Iterable[tuple[str, float]]:
    return ((f"{one} {word} {other}", row[at]) for one, row in table.items() for at, other in enumerate(Scheme))


WEIGHTS: dict[str, float] = {
    **EACH,
    **{f"{name} {scheme}": row[at] for name, row in BY_SCHEME.items() for at, scheme in enumerate(Scheme)},
    **dict(_named(OVER, "over")),
    **dict(_named(OVER_VIETNAMESE, "over in vi")),
    **dict(_named(SAME, "same")),
}


class Ranking:
    """Scores the names found in one text; what the text says of itself is looked for once."""

    def __init__(self, taxonomy: Taxonomy, text: Text, hits: list[Found]) -> None:
        self.taxonomy, self.text, self.hits = taxonomy, text, hits
        self.vietnamese = text.language == "vi"
        self.head = _head(text)
        self.cues = _cues(text.words.text)

    def score(self, hit: Found) -> float:
        """Higher leads; comparable inside one text only."""
        return sum(WEIGHTS.get(name, 0.0) * value for name, value in self.features(hit))

    def features(self, hit: Found) -> Iterator[tuple[str, float]]:
        """What counts for or against a name, and how much of it there is."""
        name, scheme = hit.name, hit.name.concept.scheme
        yield "share", self.text.share(hit)
        yield "quality", hit.quality
        for feature, low, high in _WEIGHT:
            yield feature, min(max(hit.score, low), high) - low
        yield f"how {hit.how}", 1.0
        yield "apart", float(hit.last - hit.first >= len(hit.places))
        yield "derived", float(name.derived)
        if name.derived:
            yield f"derived {scheme}", 1.0
            yield "derived unsaid", float("processing" not in self.cues and "making" not in self.cues)
        yield "thin", float(name.derived and name.weight <= 1)
        yield "doubtful", float(name.doubtful)
        yield "preferred", float(name.preferred)
        yield "language", float(name.language == self.text.language)
        yield "depth", float(len(self.taxonomy.ancestors(name.concept.code)))
        yield "torn", float(self._is_torn(hit))
        yield f"{ANY} {scheme}", 1.0
        if hit.first <= self.head <= hit.last:
            yield f"head {scheme}", 1.0
        if is_coded(hit):
            yield f"coded {scheme}", 1.0
        for cue in self.cues:
            yield f"{cue} {scheme}", 1.0
        for other in sorted(self._less_near(hit)):
            yield f"{scheme} over {other}", 1.0
            if self.vietnamese:
                yield f"{scheme} over in vi {other}", 1.0
        for other in sorted(
            {other.name.concept.scheme for other in self.hits if other.places == hit.places} - {scheme}
        ):
            yield f"{scheme} same {other}", 1.0

    def _less_near(self, hit: Found) -> set[Scheme]:
        """Schemes of names that stand apart from this one and further from the head."""
        mine = self._from_head(hit)
        return {
            other.name.concept.scheme
            for other in self.hits
            if (other.last < hit.first or hit.last < other.first) and mine < self._from_head(other)
        }

    def _from_head(self, hit: Found) -> int:
        if self.vietnamese:
            return hit.first
        return self.head - hit.last if hit.last <= self.head else len(self.text.around) + hit.first

    def _is_torn(self, hit: Found) -> bool:
        """Whether a kana or Korean name stands inside a word whose rest nobody knows: "라스트" in "블라스트"."""
        words, around = self.text.words, self.text.around
        for edge, beside in ((hit.first, hit.first - 1), (hit.last, hit.last + 1)):
            if not 0 <= beside < len(around) or around[beside] or not _in_one_word(words, edge, beside):
                continue
            if not any(beside in other.places and edge not in other.places for other in self.hits):
                return True
        return False


def is_coded(hit: Found) -> bool:
    """A standard or a grade, by its number or its capitals."""
    name = hit.name
    if name.concept.scheme not in (Scheme.CERTIFICATES, Scheme.MATERIALS) or hit.how in ("fuzzy", "inflected"):
        return False
    return any(stem.isdecimal() for stem in name.stems) or (
        len(name.phrase) > 3 and name.phrase.isupper() and name.phrase.isascii()
    )


def _head(text: Text) -> int:
    """The atom the others say something about: the first of a Vietnamese phrase, else the last before a "for"."""
    words, around = text.words, text.around
    if text.language == "vi":
        return next((at for at, plain in enumerate(around) if not plain), 0)
    end = next((at for at in range(1, len(around)) if _more_follows(words, at)), len(around))
    return next((at for at in range(end - 1, -1, -1) if not around[at]), end - 1)


def _more_follows(words: Words, at: int) -> bool:
    """Whether what begins with this atom only adds to the head: after a comma, a bracket, a "for"."""
    if words.strong[at] != words.strong[0] or words.plain[at] in BEFORE_MORE:
        return True
    between = words.text[words.end[at - 1] : words.start[at]].strip()
    return words.weak[at] != words.weak[0] and between in ("(", "（", "[", "［", "-", "–")


def _in_one_word(words: Words, one: int, other: int) -> bool:
    first, last = min(one, other), max(one, other)
    if words.text[words.end[first] : words.start[last]] not in ("", "ー"):
        return False
    return any(low <= words.stem[first] <= high and low <= words.stem[last] <= high for low, high in _KINDS)
