"""What the words of a firm mean: what people decided, else what the taxonomy says surely enough. The words stay."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from matxich.rulebook.taxonomy import Mapping as Mapped
from matxich.rulebook.taxonomy import Scheme, Taxonomy, map_all
from matxich.rulebook.taxonomy.words import Words, split
from matxich.rulebook.vietnamese.text import nfc, words

Verdict = Literal["mapped", "ambiguous", "unmapped", "decided"]
type Range = tuple[int, int]

SURE = 0.7
"""Confidence from which a mapping counts without a person."""
PHRASE_LENGTH = 200
"""Letters of a phrase that can be decided on; what is longer is a story, not a term."""
_COUNTS_UNTIL = re.compile(
    r"\((?:có )?(?:hiệu lực|giá trị|thời hạn|hạn|hsd|valid|validity|exp|expires|expiry)\b[^()]*\d[^()]*\)",
    re.IGNORECASE,
)
_JOINING = re.compile(r"\s+(?:và|and|hoặc|or)$|\s*(?:및|또는|及び|および|または)$", re.IGNORECASE)
_LEAST_SURE_FIRST: tuple[Verdict, ...] = ("ambiguous", "unmapped", "decided", "mapped")


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person chose for a phrase; no concepts: nothing of the taxonomy, the words stay words.

    `own`: for one firm alone.
    """

    id: int
    concepts: tuple[str, ...]
    own: bool = False


type Decisions = Mapping[tuple[str, str], Decided]
"""By facet (`Scheme.one`) and key of the phrase."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept the phrase may mean, by code; confidence 0 to 1."""

    concept: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands between two separators; where several terms nobody doubts stand there, each of them by itself.

    `first`, `last`: its place in the NFC form of the text. `concepts` are those that are sure: in a phrase that is
    ambiguous or unmapped only those of the terms beside the doubtful one. A guess below SURE is a candidate.
    """

    text: str
    key: str
    first: int
    last: int
    verdict: Verdict
    concepts: tuple[str, ...]
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    decision: Decided | None = None

    @property
    def is_unsure(self) -> bool:
        return self.verdict in ("ambiguous", "unmapped")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A cell or an item as it was written, and what each of its phrases means.

    `verdict` and `confidence` are those of its least certain phrase.
    """

    text: str
    phrases: tuple[Phrase, ...]

    @property
    def concepts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for phrase in self.phrases for code in phrase.concepts))

    @property
    def verdict(self) -> Verdict:
        said = {phrase.verdict for phrase in self.phrases}
        return next((verdict for verdict in _LEAST_SURE_FIRST if verdict in said), "unmapped")

    @property
    def confidence(self) -> float:
        return min((phrase.confidence for phrase in self.phrases), default=0.0)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple({each.concept: each for phrase in self.phrases for each in phrase.candidates}.values())


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the taxonomy alone understands it, with every stretch of it that a decision could be about.

    `stretches` hold several phrases each, the longest first; `keys` are those of stretches and phrases.
    """

    text: str
    facet: str
    phrases: tuple[Phrase, ...]
    stretches: tuple[Phrase, ...]
    keys: tuple[tuple[str, str], ...]


def phrase_key(text: str) -> str:
    """What all spellings of one phrase share: its folded words in order. "" where there are none."""
    return " ".join(words(text))


def without_days(text: str, scheme: Scheme) -> str:
    """A cell of certificates with blanks where brackets say how long one counts: that names nothing.

    What stands elsewhere keeps its place. Cells of other lists stay as they are.
    """
    if scheme != Scheme.CERTIFICATES or "(" not in text:
        return text
    return _COUNTS_UNTIL.sub(lambda match: f"({' ' * (len(match[0]) - 2)})", nfc(text))


def read(taxonomy: Taxonomy, text: str, scheme: Scheme) -> Reading:
    """Cells are written in Vietnamese more than in anything else; names of all four languages are known."""
    plain = without_days(text, scheme)
    cut = split(plain)
    pieces = _runs(cut, list(zip(cut.strong, cut.weak, strict=True)))
    found = map_all(taxonomy, plain, language="vi", schemes=(scheme,))
    phrases: list[Phrase] = []
    for (first, last), terms in _together(_spots(cut, pieces, found), found):
        whole = (pieces[first][0], pieces[last][1])
        apart = [_phrase(cut.text, term.span or whole, term) for term in terms]
        if len(apart) > 1 and not any(phrase.is_unsure for phrase in apart):
            phrases += apart
        else:
            phrases.append(_joined(cut.text, whole, apart))
    stretches = _stretches(cut, pieces, phrases)
    keys = dict.fromkeys((scheme.one, phrase.key) for phrase in (*stretches, *phrases) if phrase.key)
    return Reading(text, scheme.one, tuple(phrases), stretches, tuple(keys))


def meaning(reading: Reading, decisions: Decisions) -> Meaning:
    """A decision about a longer stretch goes before one about a part of it, any decision before the mapping.

    Which decisions stand matters, never in which order they were made.
    """
    taken: list[Phrase] = []
    for decidable in (reading.stretches, reading.phrases):
        for phrase in decidable:
            if any(other.first < phrase.last and phrase.first < other.last for other in taken):
                continue
            if told := decisions.get((reading.facet, phrase.key)):
                taken.append(replace(phrase, verdict="decided", concepts=told.concepts, confidence=1.0, decision=told))
            elif decidable is reading.phrases:
                taken.append(phrase)
    return Meaning(reading.text, tuple(sorted(taken, key=lambda phrase: phrase.first)))


def chosen(text: str, concept: str) -> Meaning:
    """An item whose concept was stated together with it: nothing is mapped."""
    return Meaning(text, (Phrase(text, phrase_key(text), 0, len(text), "decided", (concept,), 1.0),))


def _runs(cut: Words, marks: Sequence[object]) -> list[Range]:
    """Where neighbours with the same mark begin and end in the text."""
    found: list[Range] = []
    for at, mark in enumerate(marks):
        if at and marks[at - 1] == mark:
            found[-1] = (found[-1][0], cut.end[at])
        else:
            found.append((cut.start[at], cut.end[at]))
    return found


def _spots(cut: Words, pieces: list[Range], found: Sequence[Mapped]) -> Iterator[Range]:
    """The first and the last piece each term stands in; a term nobody knows is a piece of its own."""
    following = 0
    for mapped in found:
        if mapped.span is None:
            alike = (at for at in range(following, len(pieces)) if cut.text[slice(*pieces[at])] == mapped.text)
            first = last = next(alike, len(pieces) - 1)
        else:
            start, end = mapped.span
            first = next(at for at, (_, stop) in enumerate(pieces) if start < stop)
            last = next(at for at, (_, stop) in enumerate(pieces) if end <= stop)
        yield first, last
        following = last + 1


def _together(spots: Iterable[Range], found: Sequence[Mapped]) -> Iterator[tuple[Range, list[Mapped]]]:
    """The terms that share a piece, with the pieces they stand in."""
    groups: list[tuple[Range, list[Mapped]]] = []
    for (first, last), mapped in zip(spots, found, strict=True):
        if groups and first <= groups[-1][0][1]:
            (begun, ended), terms = groups.pop()
            groups.append(((begun, max(ended, last)), [*terms, mapped]))
        else:
            groups.append(((first, last), [mapped]))
    yield from groups


def _phrase(text: str, place: Range, mapped: Mapped) -> Phrase:
    guesses = ((mapped.concept, mapped.confidence),) if mapped.concept else ()
    others = ((other.concept, other.confidence) for other in mapped.alternatives)
    candidates = tuple(Candidate(concept.code, round(sure, 3)) for concept, sure in (*guesses, *others))
    sure = mapped.verdict == "mapped" and mapped.confidence >= SURE
    verdict: Verdict = "mapped" if sure else "ambiguous" if mapped.verdict == "ambiguous" else "unmapped"
    concepts = (mapped.concept.code,) if sure and mapped.concept else ()
    said = text[slice(*place)]
    return Phrase(said, phrase_key(said), *place, verdict, concepts, mapped.confidence, candidates)


def _joined(text: str, place: Range, terms: Sequence[Phrase]) -> Phrase:
    """One phrase of all that stands in a place, as sure as its least certain term; joining words at its end go."""
    said, known = _JOINING.sub("", text[slice(*place)]), Meaning(text, tuple(terms))
    last = place[0] + len(said)
    return Phrase(
        said, phrase_key(said), place[0], last, known.verdict, known.concepts, known.confidence, known.candidates
    )


def _stretches(cut: Words, pieces: list[Range], phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """The whole text, what stands between strong separators and each piece: where several phrases stand, whole."""
    whole = [(cut.start[0], cut.end[-1])] if cut.stem else []
    places = dict.fromkeys([*whole, *_runs(cut, cut.strong), *pieces])
    found = []
    for first, last in places:
        inside = [phrase for phrase in phrases if phrase.first < last and first < phrase.last]
        parted = any(phrase.first < first or last < phrase.last for phrase in inside)
        if parted or len(inside) < 2:
            continue
        said = cut.text[first:last]
        known = Meaning(said, tuple(inside))
        found.append(Phrase(said, phrase_key(said), first, last, known.verdict, (), known.confidence, known.candidates))
    return tuple(sorted(found, key=lambda phrase: phrase.first - phrase.last))
