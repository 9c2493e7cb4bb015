"""Last resort: names misspelt or cut short, compared letter by letter with the names that could stand there."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from matxich.rulebook.addresses.gazetteer import Gazetteer, Place
from matxich.rulebook.addresses.mentions import KINDS, Mention, Reading
from matxich.rulebook.addresses.vocabulary import COUNTRY, Marker
from matxich.rulebook.addresses.weighing import Choice

CLOSE = 82
"""Least likeness (0 to 100) of a misspelt name."""
LONGEST_NAME = 5


def guess(reading: Reading, gazetteer: Gazetteer, found: list[Choice]) -> list[Mention]:
    """Mentions of misspelt names where a kind is written and no name of it was recognised.

    Communes and districts are only guessed inside the province or district already recognised.
    """
    best = found[0] if found else None
    if best and best.place.level == "commune" and best.own >= 2 and best.province:
        return []
    guesses: list[Mention] = []
    for start, end, marker, first in _open_slots(reading, best):
        places = list(_candidates(gazetteer, marker, best))
        if mention := _closest(reading, start, end, marker, first, places):
            guesses.append(mention)
    if not best and not guesses:
        guesses.extend(_tail(reading, gazetteer))
    return guesses


def _fits(place: Place, best: Choice | None) -> bool:
    """Whether a place lies where the best reading says."""
    if best is None:
        return True
    if place.level == "commune" and best.place.level == "district":
        return best.place.code in place.districts_63
    return bool(place.provinces_34 & best.place.provinces_34)


def _open_slots(reading: Reading, best: Choice | None) -> list[tuple[int, int, Marker, int]]:
    """Words after (English: before) a kind with no fitting name of that kind."""
    words = reading.words
    served = {
        (m.first, m.last)
        for m in reading.mentions
        if m.marker and any(_fits(p, best) and p.kinds & KINDS[p.level] & _levels(m.marker) for p in m.places)
    }
    taken_first = {first for first, _ in served}
    slots: list[tuple[int, int, Marker, int]] = []
    for at, (marker, after) in reading.begins.items():
        if not marker.unit:
            continue
        if marker.after:
            start = _back(reading, at)
            if start < at and not any(last == after for _, last in served):
                slots.append((start, at, marker, start))
        elif at not in taken_first:
            end = _forward(reading, after)
            if after < end and words.part[after] == words.part[at] and not words.plain[after].isdecimal():
                slots.append((after, end, marker, at))
    return slots


def _levels(marker: Marker) -> frozenset[str]:
    """Kinds of every level the marker may mean: "phường" also lets a commune pass."""
    return frozenset().union(*(kinds for kinds in KINDS.values() if kinds & marker.kinds))


def _forward(reading: Reading, start: int) -> int:
    part, end = reading.words.part, start
    while (
        end < len(part)
        and part[end] == part[start]
        and end - start < LONGEST_NAME
        and not (end in reading.begins and not reading.begins[end][0].street)
        and reading.words.plain[end] not in COUNTRY
    ):
        end += 1
    return end


def _back(reading: Reading, end: int) -> int:
    part, start = reading.words.part, end
    while (
        start > 0
        and part[start - 1] == part[end]
        and end - start < LONGEST_NAME
        and start not in reading.ends
        and not reading.words.plain[start - 1][0].isdecimal()
    ):
        start -= 1
    return start


def _candidates(gazetteer: Gazetteer, marker: Marker, best: Choice | None) -> Iterable[Place]:
    """Places of the marker's kinds that fit what is known."""
    if marker.kinds & KINDS["province"]:
        yield from _provinces(gazetteer)
    if best is None:
        return
    place = best.place
    if marker.kinds & KINDS["district"] and place.level == "province":
        yield from (
            other
            for (level, _, _), other in gazetteer.places.items()
            if level == "district" and other.provinces_34 & place.provinces_34
        )
    if marker.kinds & KINDS["commune"]:
        if place.level == "district":
            yield from gazetteer.communes_of["district", place.code]
        for code in place.provinces_63 if place.level != "district" else ():
            yield from gazetteer.communes_of["63", code]
        for code in place.provinces_34:
            yield from gazetteer.communes_of["34", code]


def _provinces(gazetteer: Gazetteer) -> Iterable[Place]:
    return (place for (level, _, _), place in gazetteer.places.items() if level == "province")


def _closest(
    reading: Reading,
    start: int,
    end: int,
    marker: Marker | None,
    first: int,
    places: list[Place],
) -> Mention | None:
    """The closest name to the words at the slot, shorter runs of them allowed, none when unclear."""
    if not places:
        return None
    after = bool(marker and marker.after)
    names = [" ".join(place.plain) for place in places]
    best: tuple[float, int, int, str] = (0.0, start, end, "")
    for length in range(end - start, 0, -1):
        low, high = (end - length, end) if after else (start, start + length)
        written = " ".join(reading.words.plain[low:high])
        if high == len(reading.words.plain) and len(written) >= (2 if marker else 5):
            cut = {name for name in names if name.startswith(written)}
            if cut:
                return _named(cut, places, names, low, high, first, marker)
        if len(written) < 4:
            continue
        match = process.extractOne(written, names, scorer=fuzz.ratio, score_cutoff=CLOSE)
        if match and match[1] > best[0]:
            best = (match[1], low, high, match[0])
    _score, low, high, name = best
    return _named({name}, places, names, low, high, first, marker) if name else None


def _named(
    meant: set[str], places: list[Place], names: list[str], low: int, high: int, first: int, marker: Marker | None
) -> Mention:
    """Several names may be meant where the text is cut short: "Tỉnh Quảng N"."""
    chosen = [place for place, name in zip(places, names, strict=True) if name in meant]
    return Mention(low, high, first, high, marker, 0.8, chosen, misspelt=True)


def _tail(reading: Reading, gazetteer: Gazetteer) -> list[Mention]:
    """Nothing recognised at all: the last part of the text may be a misspelt province."""
    words = reading.words
    end = len(words.plain)
    while end and words.plain[end - 1] in COUNTRY:
        end -= 1
    start = end
    while start and words.part[start - 1] == words.part[end - 1] and end - start < LONGEST_NAME:
        start -= 1
    slot = _closest(reading, start, end, None, start, list(_provinces(gazetteer)))
    return [slot] if slot else []
