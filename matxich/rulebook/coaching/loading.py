"""Instruments of a cohort as data: what is asked, in three languages, versioned; refused where anything is wrong.

The wording is our own. Other frameworks stand in the cross-walk by name alone, so that a certified assessor can enter
a result without their text. No article of law: what is asked is a choice of the programme.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from matxich.rulebook.law.faults import BadValue, LawFault, MissingKey, Repeated
from matxich.rulebook.law.reading import Read, parsed, unknown

LANGUAGES = ("vi", "en", "ko")
ANSWERS = ("yes_no", "score", "level", "text", "whole", "money", "rating")
SCORED = ("score", "level")
MOST_RATING = 10
TOP_LEVEL = 5


class MissingLanguage(LawFault):
    """A text without one of its three languages."""


class LevelGap(LawFault):
    """The levels of a ladder are not 0, 1, 2 … without a gap."""


Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `most`: the highest score; `must`: an answer is needed (a yes, where it is answered yes or no)."""

    code: str
    names: Names
    answer: str
    most: int = 0
    must: bool = False

    @property
    def is_scored(self) -> bool:
        return self.answer in SCORED


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    names: Names
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Level:
    level: int
    names: Names
    says: Names


@dataclass(frozen=True, slots=True)
class Instrument:
    """`total`: what a full score comes to (100 for 5S3D); None where the sum itself is meant."""

    code: str
    version: int
    names: Names
    sections: tuple[Section, ...]
    levels: tuple[Level, ...] = ()
    total: int | None = None

    @property
    def key(self) -> str:
        return f"{self.code}@{self.version}"

    @property
    def items(self) -> Mapping[str, Item]:
        """Path ("section.item") → item, in the order asked."""
        return MappingProxyType({f"{part.code}.{item.code}": item for part in self.sections for item in part.items})

    @property
    def most(self) -> int:
        """The highest sum of scores."""
        return sum(item.most for item in self.items.values() if item.is_scored)


@dataclass(frozen=True, slots=True)
class Kpi:
    """A definition of one version: formula, unit and direction never change inside it.

    `shape` ratio: numerator / denominator × scale; direct: the numerator alone. `parts`: definitions whose product
    this one is. `indicator`: its code in the catalogue of indicators, "" where it has none.
    """

    code: str
    version: int
    names: Names
    shape: str
    scale: int
    unit: str
    decimals: int
    better: str
    numerator: Names
    denominator: Names | None
    most: int | None = None
    parts: tuple[str, ...] = ()
    indicator: str = ""

    @property
    def key(self) -> str:
        return f"{self.code}@{self.version}"


@dataclass(frozen=True, slots=True)
class CrossWalk:
    """What another framework calls something, by name, and our items that speak of it."""

    framework: str
    code: str
    ours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    names: Names
    provinces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionSet:
    """How a programme divides the country; by provinces of the map of 63."""

    code: str
    names: Names
    regions: tuple[Region, ...]

    def region_of(self, province_63: str) -> Region | None:
        return next((region for region in self.regions if province_63 in region.provinces), None)


def instrument(file: str, text: str) -> Instrument:
    """LawFault subclasses name what is wrong and where."""
    known = ("code", "version", "names", "total", "levels", "sections")
    keys = parsed(file, text).keys(known, needed=("code", "version", "names", "sections"))
    levels = _levels(keys["levels"]) if "levels" in keys else ()
    sections = tuple(_section(each, bool(levels)) for each in keys["sections"].items())
    _once(keys["sections"], [section.code for section in sections])
    return Instrument(
        code=_code(keys["code"]),
        version=_at_least_one(keys["version"]),
        names=_names(keys["names"]),
        sections=sections,
        levels=levels,
        total=_at_least_one(keys["total"]) if "total" in keys else None,
    )


def _section(place: Read, ladder: bool) -> Section:
    keys = place.keys(("code", "names", "items"), needed=("code", "names", "items"))
    items = tuple(_item(each, ladder) for each in keys["items"].items())
    if not items:
        raise place.fault(BadValue, "Phần không có câu hỏi nào.", "A section asks nothing.")
    _once(keys["items"], [item.code for item in items])
    return Section(_code(keys["code"]), _names(keys["names"]), items)


def _item(place: Read, ladder: bool) -> Item:
    keys = place.keys(("code", "names", "answer", "most", "must"), needed=("code", "names", "answer"))
    answer = keys["answer"].choice(ANSWERS)
    if (answer == "level") != ladder:
        raise place.fault(
            BadValue, "Câu hỏi theo bậc chỉ có trong thang bậc.", "Levels are asked in a ladder and nowhere else."
        )
    if (answer == "score") != ("most" in keys):
        raise place.fault(
            BadValue, "Câu chấm điểm có “most”, câu khác thì không.", "A scored item has “most”, no other has."
        )
    most = TOP_LEVEL if ladder else _at_least_one(keys["most"]) if "most" in keys else 0
    return Item(
        code=_code(keys["code"]), names=_names(keys["names"]), answer=answer, most=most,
        must=bool(keys["must"].value()) if "must" in keys else False,
    )  # fmt: skip


def _levels(place: Read) -> tuple[Level, ...]:
    found = []
    for each in place.items():
        keys = each.keys(("level", "names", "says"), needed=("level", "names", "says"))
        found.append(Level(keys["level"].whole(), _names(keys["names"]), _names(keys["says"])))
    if [level.level for level in found] != list(range(TOP_LEVEL + 1)):
        raise place.fault(
            LevelGap, "Các bậc phải là 0 đến 5, không thiếu, không lặp.", "Levels are 0 to 5, without gap or double."
        )
    return tuple(found)


def kpis(file: str, text: str) -> Mapping[str, Kpi]:
    """By key ("oee@1"), in the order of the file."""
    root = parsed(file, text)
    found: dict[str, Kpi] = {}
    for place in root.items():
        one = _kpi(place)
        if one.key in found:
            raise place.fault(Repeated, f"“{one.key}” có hai lần.", f"“{one.key}” stands twice.")
        found[one.key] = one
    codes = {one.code for one in found.values()}
    for one in found.values():
        for part in one.parts:
            if part not in codes:
                raise root.fault(BadValue, *unknown(part, codes))
    return MappingProxyType(found)


_KPI_NEEDED = ("code", "version", "shape", "scale", "unit", "decimals", "better", "names", "numerator")


def _kpi(place: Read) -> Kpi:
    keys = place.keys((*_KPI_NEEDED, "denominator", "most", "parts", "indicator"), needed=_KPI_NEEDED)
    shape = keys["shape"].choice(("ratio", "direct"))
    if (shape == "ratio") != ("denominator" in keys):
        raise place.fault(
            MissingKey, "Tỷ số phải có mẫu số; số đo thì không.", "A ratio has a denominator, a measure has none."
        )
    return Kpi(
        code=_code(keys["code"]),
        version=_at_least_one(keys["version"]),
        names=_names(keys["names"]),
        shape=shape,
        scale=_at_least_one(keys["scale"]),
        unit=keys["unit"].text(),
        decimals=keys["decimals"].whole(),
        better=keys["better"].choice(("up", "down")),
        numerator=_names(keys["numerator"]),
        denominator=_names(keys["denominator"]) if "denominator" in keys else None,
        most=_at_least_one(keys["most"]) if "most" in keys else None,
        parts=tuple(each.text() for each in keys["parts"].items()) if "parts" in keys else (),
        indicator=keys["indicator"].text() if "indicator" in keys else "",
    )


def crosswalk(file: str, text: str, ours: Collection[str]) -> tuple[CrossWalk, ...]:
    """`ours`: paths of our ladder's items; a name that leads to none of them is refused."""
    found: dict[tuple[str, str], CrossWalk] = {}
    for place in parsed(file, text).items():
        keys = place.keys(("framework", "code", "ours"), needed=("framework", "code", "ours"))
        one = CrossWalk(
            keys["framework"].text(), keys["code"].text(), tuple(each.choice(ours) for each in keys["ours"].items())
        )
        if (one.framework, one.code) in found:
            raise place.fault(Repeated, f"“{one.code}” có hai lần.", f"“{one.code}” stands twice.")
        found[one.framework, one.code] = one
    return tuple(found.values())


def region_sets(file: str, text: str, provinces: Collection[str]) -> Mapping[str, RegionSet]:
    """`provinces`: every code of the map of 63; a province in no region, or in two, is refused."""
    found: dict[str, RegionSet] = {}
    for place in parsed(file, text).items():
        keys = place.keys(("code", "names", "regions"), needed=("code", "names", "regions"))
        regions = tuple(_region(each, provinces) for each in keys["regions"].items())
        _once(keys["regions"], [region.code for region in regions])
        _once(keys["regions"], [code for region in regions for code in region.provinces])
        if left := sorted(set(provinces) - {code for region in regions for code in region.provinces}):
            raise place.fault(
                BadValue, f"Tỉnh {', '.join(left)} chưa thuộc vùng nào.", f"No region for {', '.join(left)}."
            )
        found[_code(keys["code"])] = RegionSet(_code(keys["code"]), _names(keys["names"]), regions)
    return MappingProxyType(found)


def _region(place: Read, provinces: Collection[str]) -> Region:
    keys = place.keys(("code", "names", "provinces"), needed=("code", "names", "provinces"))
    codes = tuple(each.choice(provinces) for each in keys["provinces"].items())
    return Region(_code(keys["code"]), _names(keys["names"]), codes)


def _names(place: Read) -> Names:
    keys = place.keys(LANGUAGES)
    for language in LANGUAGES:
        if language not in keys or not keys[language].text():
            raise place.fault(
                MissingLanguage, f"Thiếu chữ của ngôn ngữ “{language}”.", f"The language “{language}” is missing."
            )
    return MappingProxyType({language: keys[language].text() for language in LANGUAGES})


def _code(place: Read) -> str:
    if not 0 < len(said := place.text()) <= 30:
        raise place.fault(BadValue, "Mã từ 1 đến 30 ký tự.", "A code has 1 to 30 letters.")
    return said


def _at_least_one(place: Read) -> int:
    if (number := place.whole()) < 1:
        raise place.fault(BadValue, "Số này phải từ 1 trở lên.", "This has to be 1 or more.")
    return number


def _once(place: Read, codes: list[str]) -> None:
    for code in codes:
        if codes.count(code) > 1:
            raise place.fault(Repeated, f"“{code}” có hai lần.", f"“{code}” stands twice.")


def said(names: Names, language: str) -> str:
    """In a language; English where it has none (Japanese, for one)."""
    return names.get(language[:2], names["en"])
