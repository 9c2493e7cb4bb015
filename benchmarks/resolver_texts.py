"""Addresses with known answers, written from the lists of units in every style people use."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from matxich.places import reference
from matxich.rulebook.addresses import Gazetteer
from matxich.rulebook.addresses.gazetteer import Place
from matxich.rulebook.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Case:
    """A text and what must come out. `commune_63` None means it must not be a wrong guess."""

    style: str
    text: str
    province_63: str | None
    commune_63: str | None
    province_34: str
    commune_34: str | None


@dataclass(frozen=True, slots=True)
class Parts:
    commune: Place
    district: Place | None
    province: Place
    zone: str


STREETS = (
    "Số 12, đường Nguyễn Trãi", "45/3 Lê Hồng Phong", "Lô C2-5", "Thôn Đoài", "Tổ 4", "Số 7 ngõ 15", "Khu phố 3",
    "Ấp Bình Tiền", "36 phố Trần Phú", "Đường số 8", "Km 12 quốc lộ 5", "", "Số 8 đường Hà Nội", "120 Điện Biên Phủ",
    "Thôn Tân Lập", "Ấp Tân Phú", "Khu đô thị Bình Minh", "Xóm Mới", "Đại lộ Hòa Bình", "Tỉnh lộ 743",
    "Tầng 5, tòa nhà Sài Gòn", "Xa lộ Hà Nội", "Đường Lý Thường Kiệt", "Số 3, đường Hùng Vương",
)  # fmt: skip
SHORT = {
    "phường": "P.", "xã": "X.", "thị trấn": "TT.", "đặc khu": "ĐK.", "quận": "Q.", "huyện": "H.",
    "thị xã": "TX.", "thành phố": "TP.", "tỉnh": "T.",
}  # fmt: skip
SHORT_PROVINCES = {"Hồ Chí Minh": "HCM", "Bà Rịa - Vũng Tàu": "BR-VT", "Hà Nội": "HN"}
ENGLISH = {
    "phường": "Ward", "xã": "Commune", "thị trấn": "Town", "quận": "District", "huyện": "District",
    "thị xã": "Town", "thành phố": "City", "tỉnh": "Province", "đặc khu": "Special Zone",
}  # fmt: skip


def full(place: Place) -> str:
    return f"{place.kind[0].upper()}{place.kind[1:]} {place.name}"


def short(place: Place) -> str:
    name = SHORT_PROVINCES.get(place.name, place.name) if place.level == "province" else place.name
    gap = "" if len(name) <= 3 else " "
    return f"{SHORT[place.kind]}{gap}{name}"


def english(place: Place) -> str:
    name, kind = fold(place.name).title(), ENGLISH[place.kind]
    return f"{kind} {name}" if name.isdecimal() else f"{name} {kind}"


def _joined(write: Callable[[Place], str], between: str = ", ") -> Callable[[Parts, str], str]:
    def text(parts: Parts, street: str) -> str:
        units = [parts.commune, *filter(None, [parts.district]), parts.province]
        return between.join(filter(None, [street, *map(write, units)]))

    return text


def _padded(place: Place) -> str:
    return f"{full(place)[: -len(place.name)]}{int(place.name):02}" if place.name.isdecimal() else full(place)


def _shuffled(parts: Parts, street: str) -> str:
    units = [full(one) for one in (parts.commune, parts.district, parts.province) if one]
    pieces = [*filter(None, [street]), *units]
    random.Random(parts.commune.code).shuffle(pieces)
    return ", ".join(pieces)


WRITERS: dict[str, Callable[[Parts, str], str]] = {
    "full": _joined(full),
    "upper": lambda parts, street: _joined(full)(parts, street).upper(),
    "unaccented": lambda parts, street: fold(_joined(full)(parts, street)),
    "abbreviated": _joined(short),
    "abbreviated unaccented": lambda parts, street: fold(_joined(short)(parts, street)).upper(),
    "english": lambda parts, street: _joined(english)(parts, fold(street).title()),
    "shuffled": _shuffled,
    "no commas": _joined(full, " "),
    "dashes": _joined(full, " - "),
    "decomposed": lambda parts, street: normalize("NFD", _joined(full)(parts, street)),
    "padded numbers": _joined(_padded),
    "with country": lambda parts, street: f"{_joined(full)(parts, street)}, Việt Nam",
    "bare province": _joined(lambda p: p.name if p.level == "province" else full(p)),
    "english upper, no commas": lambda parts, street: _joined(english, " ")(parts, fold(street)).upper(),
    "reversed, no commas": lambda parts, street: " ".join(
        full(one) for one in (parts.province, parts.district, parts.commune) if one
    ),
    "with zone and lot": lambda parts, street: f"Lô A2-6, {parts.zone}, {_joined(full)(parts, '')}",
    "zone and lot, unaccented": lambda parts, street: fold(f"Lô A2-6 {parts.zone}, {_joined(short)(parts, '')}"),
    "bare names": _joined(lambda p: full(p) if p.name.isdecimal() else p.name),
}
HARD = ("misspelt", "cut short", "new commune, old upper units", "new, bare names")
"""Styles outside the floors, measured all the same."""


def cases(gazetteer: Gazetteer, every: int = 1) -> Iterator[Case]:
    """Every style over every old commune with its district, without it where that is unique, and new.

    With `every` only each n-th unit.
    """
    old = [p for p in gazetteer.places.values() if p.level == "commune" and p.edition == "63"]
    new = [p for p in gazetteer.places.values() if p.level == "commune" and p.edition == "34"]
    clear = _clear_names(gazetteer, old, new)
    zones: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in gazetteer.zone_rows:
        zones["63", row.province_63].append(row.label)
        zones["34", row.province_34].append(row.label)

    def zone(place: Place, number: int) -> str:
        one_map = place.edition == "63" or len(place.provinces_63) == 1
        listed = (one_map and zones[place.edition, place.province]) or ["KCN Chưa Có"]
        return listed[number % len(listed)]

    for number, place in enumerate(old[::every]):
        street = STREETS[number % len(STREETS)]
        district = gazetteer.place("district", "63", place.district)
        province = gazetteer.place("province", "63", place.province)
        assert district and province
        if clear["district", place.district, place.plain] == 1:
            yield from _old(Parts(place, district, province, zone(place, number)), street, "old, ", WRITERS)
        if place.successors and clear["63", place.province, place.plain] == 1:
            yield from _old(
                Parts(place, None, province, zone(place, number)), street, "old without district, ", WRITERS
            )
    for number, place in enumerate(new[::every]):
        province = gazetteer.place("province", "34", place.province)
        assert province
        if clear["34", place.province, place.plain] == 1:
            parts = Parts(place, None, province, zone(place, number))
            yield from _new(parts, STREETS[number % len(STREETS)], "new, ", WRITERS)


def _clear_names(
    gazetteer: Gazetteer, old: list[Place], new: list[Place]
) -> Counter[tuple[str, str | None, tuple[str, ...]]]:
    """How many units one folded name may mean: in a district, in an old province with the new
    communes of its successor, in a new province."""
    count: Counter[tuple[str, str | None, tuple[str, ...]]] = Counter()
    heirs: dict[str, set[str]] = defaultdict(set)
    for place in old:
        count["district", place.district, place.plain] += 1
        count["63", place.province, place.plain] += 1
        heirs[gazetteer.provinces_34_of[place.province]].add(place.province)
    for place in new:
        count["34", place.province, place.plain] += 1
        for province in heirs[place.province]:
            count["63", province, place.plain] += 1
    return count


def _old(parts: Parts, street: str, prefix: str, writers: dict[str, Callable[[Parts, str], str]]) -> Iterator[Case]:
    place = parts.commune
    province_34 = sorted(place.provinces_34)
    heir = place.successors[0] if len(place.successors) == 1 else None
    for style, write in writers.items():
        if style == "padded numbers" and not place.name.isdecimal():
            continue
        yield Case(
            prefix + style, write(parts, street), place.province, place.code,
            province_34[0] if len(province_34) == 1 else "", heir,
        )  # fmt: skip


def _new(parts: Parts, street: str, prefix: str, writers: dict[str, Callable[[Parts, str], str]]) -> Iterator[Case]:
    place = parts.commune
    province = next(iter(place.provinces_63)) if len(place.provinces_63) == 1 else None
    for style, write in writers.items():
        if style == "padded numbers" and not place.name.isdecimal():
            continue
        yield Case(prefix + style, write(parts, street), province, None, place.province, place.code)


def hard_cases(gazetteer: Gazetteer) -> Iterator[Case]:
    """Misspelt by one letter, cut short, or a new commune under its closed district and province."""
    dice = random.Random(63)
    for place in list(gazetteer.places.values()):
        if place.level != "commune" or place.name.isdecimal() or len(place.name) < 5:
            continue
        if place.edition == "63" and place.successors:
            district = gazetteer.place("district", "63", place.district)
            province = gazetteer.place("province", "63", place.province)
            assert district and province
            for style, text in (
                ("misspelt", f"{_misspelt(full(place), dice)}, {full(district)}, {full(province)}"),
                ("cut short", f"{full(place)}, {full(district)}, {full(province)}"[:-3]),
            ):
                yield from _old(Parts(place, district, province, ""), "", "", {style: lambda p, s, t=text: t})
        elif place.edition == "34" and len(place.districts_63) == 1:
            district = gazetteer.place("district", "63", next(iter(place.districts_63)))
            assert district
            province = gazetteer.place("province", "63", district.parent)
            assert province
            parts = Parts(place, district, province, "")
            if not any(place.plain == one.plain for one in gazetteer.communes_of["63", province.code]):
                yield from _new(parts, "", "", {"new commune, old upper units": _joined(full)})


def _misspelt(name: str, dice: random.Random) -> str:
    at = dice.randrange(len(name) - 4, len(name))
    letter = dice.choice("aeiouhngtc")
    return name[:at] + dice.choice(["", letter, letter + name[at]]) + name[at + 1 :]


def load() -> Gazetteer:
    return reference.gazetteer()
