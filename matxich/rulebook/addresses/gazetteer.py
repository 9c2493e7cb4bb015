"""Both maps in memory, ready for looking names up word by word."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from matxich.rulebook.addresses.model import Level, Point, SuccessionRow, UnitRow, ZoneRow
from matxich.rulebook.addresses.tokens import letters, word_forms
from matxich.rulebook.addresses.vocabulary import (
    DISTRICT_ALIASES,
    PROVINCE_ALIASES,
    ROMAN,
    SPELLINGS,
)

Trie = dict[Any, Any]
"""Word -> deeper trie; under None the places of the name that ends here."""


class Place:
    """A unit on one map with what it became or was made of. Sets hold codes."""

    __slots__ = (
        "area",
        "code",
        "district",
        "districts_63",
        "edition",
        "kind",
        "kinds",
        "level",
        "name",
        "parent",
        "plain",
        "point",
        "predecessors",
        "province",
        "provinces_34",
        "provinces_63",
        "signature",
        "successors",
    )  # fmt: skip

    def __init__(self, row: UnitRow) -> None:
        forms = [word_forms(word) for word in split_name(row.name)]
        self.code, self.level, self.edition = row.code, row.level, row.edition
        self.kind, self.kinds, self.name = row.kind, frozenset({row.kind}), row.name
        self.plain = tuple(plain for plain, _ in forms)
        self.signature = tuple(letters(marked) for _, marked in forms)
        self.parent, self.point, self.area = row.parent, row.point, row.area
        self.district: str | None = None
        self.province = row.code if row.level == "province" else row.parent
        self.districts_63: frozenset[str] = frozenset()
        self.provinces_63: frozenset[str] = frozenset()
        self.provinces_34: frozenset[str] = frozenset()
        self.predecessors: list[str] = []
        self.successors: list[str] = []

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name} {self.edition}:{self.code}>"


def split_name(name: str) -> list[str]:
    """ "Chân Mây - Lăng Cô" is four words, "Ea H'leo" two."""
    return "".join(c if c.isalnum() or c in "'’ʼ" else " " for c in name).split()


class Gazetteer:
    """Units of both maps, their successions and the zones; built once, then only read.

    Of several periods of one unit (a commune that became a ward) the last gives the kind, all are
    recognised.
    """

    def __init__(
        self,
        units: Iterable[UnitRow],
        successions: Iterable[SuccessionRow] = (),
        zones: Iterable[ZoneRow] = (),
    ) -> None:
        self.places: dict[tuple[Level, str, str], Place] = {}
        self.names: Trie = {}
        self.glued: dict[str, list[Place]] = defaultdict(list)
        self.zones: Trie = {}
        self.zone_rows = tuple(zones)
        self.provinces_34_of: dict[str, str] = {}
        self.provinces_63_of: dict[str, list[str]] = defaultdict(list)
        self.communes_of: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for row in sorted(units, key=lambda row: row.valid_from):
            self._add(row)
        self._join(successions)
        self._relate_provinces()
        self._name_everything()
        for zone in self.zone_rows:
            self._name_zone(zone)

    def place(self, level: Level, edition: str, code: str | None) -> Place | None:
        return self.places.get((level, edition, code)) if code else None

    def commune_63(self, code: str | None) -> Place | None:
        return self.place("commune", "63", code)

    def commune_34(self, code: str | None) -> Place | None:
        return self.place("commune", "34", code)

    def _add(self, row: UnitRow) -> None:
        key = (row.level, row.edition, row.code)
        place = Place(row)
        if earlier := self.places.get(key):
            place.kinds |= earlier.kinds
            place.point = place.point or earlier.point
            place.area = place.area or earlier.area
        self.places[key] = place

    def _join(self, successions: Iterable[SuccessionRow]) -> None:
        for row in successions:
            old = self.commune_63(row.predecessor) or self.place("district", "63", row.predecessor)
            new = self.commune_34(row.successor)
            if old and new:
                old.successors.append(new.code)
                new.predecessors.append(old.code)
        for place in self.places.values():
            if place.level == "commune":
                self._place_commune(place)
        for place in self.places.values():
            if place.level == "commune" and place.edition == "34":
                self._trace_back(place)

    def _place_commune(self, place: Place) -> None:
        if place.edition == "34":
            place.provinces_34 = frozenset({place.province})
            self.communes_of["34", place.province].append(place)
            return
        district = self.place("district", "63", place.parent)
        place.district = place.parent
        place.province = district.parent if district else place.parent
        place.districts_63 = frozenset({place.parent})
        place.provinces_63 = frozenset({place.province})
        found = [self.commune_34(code) for code in place.successors]
        place.provinces_34 = frozenset(new.province for new in found if new)
        self.communes_of["63", place.province].append(place)
        self.communes_of["district", place.parent].append(place)

    def _trace_back(self, place: Place) -> None:
        districts: set[str] = set()
        provinces: set[str] = set()
        for code in place.predecessors:
            old = self.commune_63(code)
            if old and old.district:
                districts.add(old.district)
                provinces.add(old.province)
            elif district := self.place("district", "63", code):
                districts.add(code)
                provinces.add(district.parent)
        place.districts_63, place.provinces_63 = frozenset(districts), frozenset(provinces)

    def _relate_provinces(self) -> None:
        """A province's successor is where most of its communes went (a few crossed a boundary)."""
        counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for place in self.places.values():
            if place.level == "commune" and place.edition == "63":
                for new in place.provinces_34:
                    counts[place.province][new] += 1
        for old, found in counts.items():
            self.provinces_34_of[old] = max(found, key=lambda code: found[code])
        for old in sorted(self.provinces_34_of):
            self.provinces_63_of[self.provinces_34_of[old]].append(old)
        for place in self.places.values():
            self._place_upper(place)

    def _place_upper(self, place: Place) -> None:
        if place.level == "commune":
            if not place.provinces_34 and place.province in self.provinces_34_of:
                place.provinces_34 = frozenset({self.provinces_34_of[place.province]})
        elif place.edition == "34":
            place.provinces_34 = frozenset({place.code})
            place.provinces_63 = frozenset(self.provinces_63_of[place.code])
        else:
            new = self.provinces_34_of.get(place.province)
            place.provinces_63 = frozenset({place.province})
            place.provinces_34 = frozenset({new} if new else ())
            place.point = place.point or self._centre(place)

    def _centre(self, place: Place) -> Point | None:
        if place.level != "district":
            return None
        points = [commune.point for commune in self.communes_of["district", place.code] if commune.point]
        if not points:
            return None
        lat, lon = (sum(axis) / len(points) for axis in zip(*points, strict=True))
        return round(lat, 4), round(lon, 4)

    def _name_everything(self) -> None:
        for place in self.places.values():
            for words in _spellings(place.plain):
                _insert(self.names, words, place)
            if len(place.plain) > 1:
                self.glued["".join(place.plain)].append(place)
        for code, aliases in PROVINCE_ALIASES.items():
            self._alias(self.place("province", "63", code), aliases)
            self._alias(self.place("province", "34", self._heir(code)), aliases)
        for code, names in DISTRICT_ALIASES.items():
            if district := self.place("district", "63", code):
                district.kinds |= {kind for _, kind in names}
                for name, _ in names:
                    _insert(self.names, tuple(name.split()), district)

    def _heir(self, old: str) -> str | None:
        """A province's other names hold on the new map only where its name lives on."""
        was = self.place("province", "63", old)
        now = self.place("province", "34", self.provinces_34_of.get(old))
        return now.code if was and now and was.plain == now.plain else None

    def _alias(self, place: Place | None, aliases: str) -> None:
        for alias in aliases.split("|"):
            if place and tuple(alias.split()) != place.plain:
                _insert(self.names, tuple(alias.split()), place)

    def _name_zone(self, zone: ZoneRow) -> None:
        for name in (zone.name, *zone.aliases):
            words = zone_words([word_forms(word)[0] for word in split_name(name)])
            _insert(self.zones, words, zone)
            if len(words) > 1 and words[-1] == "1":
                _insert(self.zones, words[:-1], zone)


def zone_words(plain: list[str]) -> tuple[str, ...]:
    """Words of a zone's name with Roman numerals as figures: ("que", "vo", "2")."""
    return tuple(ROMAN.get(word, word) if at else word for at, word in enumerate(plain))


def _spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield words
    changed = tuple(SPELLINGS.get(word, word) for word in words)
    other = tuple(_Y_TO_I.get(word, word) for word in words)
    yield from {changed, other} - {words}


_Y_TO_I = {after: before for before, after in SPELLINGS.items()}


def _insert(trie: Trie, words: tuple[str, ...], value: object) -> None:
    for word in words:
        trie = trie.setdefault(word, {})
    held = trie.setdefault(None, [])
    if value not in held:
        held.append(value)
