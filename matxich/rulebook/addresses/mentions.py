"""Finding, in the words of an address, every name that may be meant and how strongly it is meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from matxich.rulebook.addresses.gazetteer import Gazetteer, Place, Trie, zone_words
from matxich.rulebook.addresses.model import ZoneRow
from matxich.rulebook.addresses.tokens import Words, letters
from matxich.rulebook.addresses.vocabulary import (
    BRANDS,
    CITY,
    COMMUNE_KINDS,
    COUNTRY,
    DISTRICT_KINDS,
    MARKERS,
    PROVINCE_KINDS,
    Marker,
)

KINDS = {"commune": COMMUNE_KINDS, "district": DISTRICT_KINDS, "province": PROVINCE_KINDS}
EXACT = {"commune": 3.0, "district": 3.5, "province": 5.0}
"""Weight of a name whose kind is written before it and is the unit's own."""
OTHER_KIND = {"commune": 2.2, "district": 3.0, "province": 4.0}
"""A kind of the same level: districts became towns, communes became wards."""
CITY_IN_PROVINCE = 2.6
""" "TP Hải Dương" is first of all the city in the province of that name."""
BARE = {"commune": 1.5, "district": 2.0, "province": 3.5}
IN_ZONE = 0.1
"""Share left to a name that belongs to an industrial zone."""
PART_OF_NAME = 0.35
WRONG_MARKS = 0.4
PARTLY_MARKED = 0.9


@dataclass(slots=True)
class Mention:
    """Words [start, end) may name each of `places`; `first` and `last` include the marker word."""

    start: int
    end: int
    first: int
    last: int
    marker: Marker | None
    share: float
    places: list[Place]
    signature: tuple[str, ...] | None = None
    misspelt: bool = False

    def overlaps(self, other: "Mention") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(slots=True)
class Reading:
    """Markers by where they begin and end, names found, zones found."""

    words: Words
    begins: dict[int, tuple[Marker, int]]
    ends: dict[int, tuple[Marker, int]]
    mentions: list[Mention]
    zones: list[tuple[int, int, list[ZoneRow], bool]]


def read(words: Words, gazetteer: Gazetteer) -> Reading:
    begins, ends = _markers(words)
    reading = Reading(words, begins, ends, [], [])
    reading.zones = _widest(list(_zones(reading, gazetteer)))
    names = gazetteer.names
    spans = [span for start, word in enumerate(words.plain) if word in names for span in _matches(words, names, start)]
    spans.extend(_glued(words, gazetteer, spans))
    starts = {start for start, _, _ in spans}
    stops = {end for _, end, _ in spans}
    zoned = [(start, end) for start, end, _, marked in reading.zones if marked]
    for start, end, places in spans:
        if mention := _mention(reading, start, end, places, starts, stops, zoned):
            reading.mentions.append(mention)
    _weaken_parts(reading.mentions)
    return reading


def _markers(words: Words) -> tuple[dict[int, tuple[Marker, int]], dict[int, tuple[Marker, int]]]:
    begins: dict[int, tuple[Marker, int]] = {}
    ends: dict[int, tuple[Marker, int]] = {}
    plain, marked, part = words.plain, words.marked, words.part
    covered = 0
    for at in range(len(plain)):
        if plain[at] not in _FIRST_WORDS:
            continue
        for length in (3, 2, 1):
            end = at + length
            found = MARKERS.get(tuple(plain[at:end]))
            if not found or end > len(plain) or part[end - 1] != part[at]:
                continue
            spelt = " ".join(marked[at:end])
            if spelt not in found[1] and not _same_letters(spelt, found[1]):
                continue
            if at >= covered:
                begins[at], covered = (found[0], end), end
            ends.setdefault(end, (found[0], at))
    return begins, ends


_FIRST_WORDS = {key[0] for key in MARKERS}


def _same_letters(spelt: str, accepted: frozenset[str]) -> bool:
    return letters(spelt) in {letters(one) for one in accepted}


def _matches(words: Words, trie: Trie, start: int) -> Iterator[tuple[int, int, list[Any]]]:
    """Names that begin at a word, the shortest first, with what they name."""
    plain, part = words.plain, words.part
    end, here = start, part[start]
    while end < len(plain) and part[end] == here:
        trie = trie.get(plain[end])  # type: ignore[assignment]
        if trie is None:
            return
        end += 1
        if None in trie:
            yield start, end, trie[None]


def _glued(
    words: Words, gazetteer: Gazetteer, spans: list[tuple[int, int, list[Place]]]
) -> list[tuple[int, int, list[Place]]]:
    """Names written without spaces ("Bacninh", "LONGTHANH")."""
    taken = {at for start, end, _ in spans for at in range(start, end)}
    return [
        (at, at + 1, gazetteer.glued[word])
        for at, word in enumerate(words.plain)
        if at not in taken and len(word) > 4 and word in gazetteer.glued
    ]


def _mention(
    reading: Reading,
    start: int,
    end: int,
    places: list[Place],
    starts: set[int],
    stops: set[int],
    zoned: list[tuple[int, int]],
) -> Mention | None:
    marker, first, last = _marker_of(reading, start, end)
    if end - start == 1 and reading.words.plain[start].isdecimal() and not (marker and marker.unit):
        return None
    if any(a <= start and end <= b for a, b in zoned) or _names_zone(reading, start, end):
        share, marker = IN_ZONE, None
    elif marker and marker.street:
        share, marker = marker.share, None
    elif marker and marker.unit:
        share = 1.0
    else:
        share, marker = _fill(reading, start, end, starts, stops), None
    mention = Mention(start, end, first, last, marker, share, places)
    mention.signature = _signature(reading.words, start, end)
    return mention


def _names_zone(reading: Reading, start: int, end: int) -> bool:
    """Whether a zone word of the same part claims the name ("Suối Dầu Industrial Zone")."""
    part = reading.words.part
    after = reading.begins.get(end)
    if after and after[0].zone and after[0].after and part[end] == part[start]:
        return True
    before = reading.ends.get(start)
    if not (before and before[0].zone and before[0].before and part[start - 1] == part[start]):
        return False
    return not before[0].after or before[1] == 0 or part[before[1] - 1] != part[start]


def _marker_of(reading: Reading, start: int, end: int) -> tuple[Marker | None, int, int]:
    """The marker of a name: an English one after it, or one before it."""
    part = reading.words.part
    before = reading.ends.get(start)
    after = reading.begins.get(end)
    if before and part[before[1]] != part[start]:
        before = None
    if after and part[end] != part[start]:
        after = None
    if before and before[0].unit and before[0].after and not _leads(reading, before[1], start, end):
        before = None
    if before and (not before[0].before or before[0].zone):
        before = None
    if after and (not after[0].after or _leads_number(reading, after[1])):
        after = None
    number = end - start == 1 and reading.words.plain[start].isdecimal()
    if before and before[0].unit and (number or not (after and after[0].unit and before[0].after)):
        return before[0], before[1], end
    if after and (after[0].unit or after[0].street):
        return after[0], start, after[1]
    if before:
        return before[0], before[1], end
    return None, start, end


def _leads(reading: Reading, at: int, start: int, end: int) -> bool:
    """An English kind stands before a name only with numbers or at the head of its part."""
    words = reading.words
    number = end - start == 1 and words.plain[start].isdecimal()
    return number or at == 0 or words.part[at - 1] != words.part[at]


def _leads_number(reading: Reading, at: int) -> bool:
    """An English kind with a short number behind it names that number: "Tan Phu, Ward 9"."""
    words = reading.words
    if at >= len(words.plain) or words.part[at] != words.part[at - 1]:
        return False
    return words.plain[at].isdecimal() and len(words.plain[at]) < 3


def _fill(reading: Reading, start: int, end: int, starts: set[int], stops: set[int]) -> float:
    """How much a name without a kind stands on its own: 1 when it fills its part of the address."""
    words, part = reading.words, reading.words.part
    share = 1.0
    if start and part[start - 1] == part[start]:
        previous = words.plain[start - 1]
        if previous[0].isdecimal() and start - 1 not in starts | stops:
            marked = start - 1 in reading.ends and reading.ends[start - 1][0].unit
            share *= 1.0 if marked or len(previous) >= 5 else 0.3
        elif start not in stops and start not in reading.ends:
            share *= 0.45
    if end < len(part) and part[end] == part[start]:
        following = words.plain[end]
        closed = end in starts or end in reading.begins or following in COUNTRY
        if not closed and not following[0].isdecimal():
            share *= 0.45
    return share


def _signature(words: Words, start: int, end: int) -> tuple[str, ...] | None:
    """Marked letters of the words, None when none carries a mark."""
    marked = words.marked[start:end]
    if marked == words.plain[start:end]:
        return None
    return tuple(map(letters, marked))


def _weaken_parts(mentions: list[Mention]) -> None:
    """A name inside a longer name counts less: "Phú Thọ" in "Phú Thọ Hòa"."""
    for short in mentions:
        for long in mentions:
            if (
                long is not short
                and long.start <= short.start
                and short.end <= long.end
                and long.end - long.start > short.end - short.start
                and long.share >= 0.5
            ):
                short.share *= PART_OF_NAME
                break


def weight(mention: Mention, place: Place, accented: bool) -> float:
    """How strongly the mention says this very place; 0 when its marker says another level."""
    level, marker = place.level, mention.marker
    if marker is None:
        value = BARE[level]
    elif marker.kinds & place.kinds:
        value = EXACT[level]
    elif marker.kinds & KINDS[level]:
        value = OTHER_KIND[level]
        if level == "province" and CITY in marker.kinds:
            value = CITY_IN_PROVINCE
    else:
        return 0.0
    value *= mention.share
    if len(place.plain) != mention.end - mention.start:
        return value * (0.98 if not mention.misspelt else 0.8)
    if mention.signature is None:
        return value * PARTLY_MARKED if accented and _has_marks(place) else value
    if mention.signature == place.signature or mention.misspelt:
        return value
    return value * WRONG_MARKS


def _has_marks(place: Place) -> bool:
    return any(len(word) != len(sign) or "đ" in sign for word, sign in zip(place.plain, place.signature, strict=True))


def _zones(reading: Reading, gazetteer: Gazetteer) -> Iterator[tuple[int, int, list[ZoneRow], bool]]:
    """Zones named in the text: (start, end, rows of that name, whether a zone word stands beside it)."""
    words = reading.words
    numbered = Words(
        words.text, list(zone_words(words.plain)), words.marked, words.part, words.start, words.end, words.accented
    )
    for start, word in enumerate(words.plain):
        found = list(_matches(numbered, gazetteer.zones, start)) if word in gazetteer.zones else []
        if not found:
            continue
        _start, end, rows = found[-1]
        inside = any(at in reading.begins and reading.begins[at][0].zone for at in range(start, end))
        marked = inside or _names_zone(reading, start, end)
        if marked or _distinct(numbered, gazetteer, start, end):
            yield start, end, rows, marked


def _widest(
    zones: list[tuple[int, int, list[ZoneRow], bool]],
) -> list[tuple[int, int, list[ZoneRow], bool]]:
    """Without zones named inside a longer zone's name ("Thăng Long" in "Nam Thăng Long")."""
    return [
        one
        for one in zones
        if not any(
            other[0] <= one[0] and one[1] <= other[1] and other[1] - other[0] > one[1] - one[0] for other in zones
        )
    ]


def _distinct(words: Words, gazetteer: Gazetteer, start: int, end: int) -> bool:
    """Without the word for zone, only a numbered name or a developer's brand is taken for one."""
    name = words.plain[start:end]
    if name[0].isdecimal() or not (name[-1].isdecimal() or BRANDS.intersection(name)):
        return False
    trie: Trie | None = gazetteer.names
    for word in words.plain[start:end]:
        trie = trie.get(word) if trie else None
    return trie is None or None not in trie
