"""The 96 indicators as data and their units; a file with a gap or a double is refused."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from matxich.rulebook.law.faults import BadValue, MissingKey, Repeated
from matxich.rulebook.law.reading import Read, parsed, unknown

DATA = Path(__file__).parent / "data"
Basis = Literal["stock", "flow", "cumulative"]
Kind = Literal["distinct", "count", "sum", "ratio", "median", "provinces", "target"]
GROUPS: Mapping[str, int] = {"A": 10, "B": 15, "C": 15, "D": 18, "E": 7, "F": 11, "G": 8, "H": 12}
"""How many indicators each group has; together 96."""
BASES = ("stock", "flow", "cumulative")
KINDS = ("distinct", "count", "sum", "ratio", "median", "provinces", "target")
ADDITIVE = frozenset({"distinct", "count", "sum"})
"""Of these a total is the sum of its provinces on either map; all others are worked out anew for each place."""
SPLITS = (
    "province", "region", "sector", "size", "ownership", "line", "round", "buyer", "sex", "kind",
)  # fmt: skip
FREQUENCIES = ("month", "quarter", "year", "event", "moment")
REPORTERS = ("auto", "firm", "expert", "centre", "department", "ministry", "partner", "statistics")
SOURCES = ("records", "statistics", "waiting")
ROOMS = (
    "registry", "zones", "policy", "programmes", "appraisal", "proposals", "coaching", "indicators",
    "contracts", "sourcing", "gatherings", "contests", "field", "portal", "credit",
)  # fmt: skip
_NEEDED = (
    "code", "vi", "en", "unit", "basis", "kind", "splits", "frequency", "reporters", "source", "room", "rule_vi",
    "rule_en",
)  # fmt: skip
_KEYS = (*_NEEDED, "by", "context", "numerator", "denominator", "of", "kpi", "gain", "parts")
_PART_NEEDED = ("code", "vi", "en", "unit", "kind")


@dataclass(frozen=True, slots=True)
class Unit:
    """`places`: the most decimals a figure of it is written with."""

    code: str
    vi: str
    en: str
    many: str
    places: int

    def name(self, language: str, value: object = None) -> str:
        if language == "vi":
            return self.vi
        return self.en if value == 1 else self.many


@dataclass(frozen=True, slots=True)
class Indicator:
    """One code of the catalogue; a part of one carries the rule, source and splits of the whole.

    `kpi`: the measure of the lean sheet it is the median of; `gain`: of its relative rise. `of`: what is set against
    its target. `numerator`, `denominator`: the figures a ratio divides where they are indicators themselves.
    `context`: never the outcome of a programme, agreement or scheme.
    """

    code: str
    vi: str
    en: str
    unit: Unit
    basis: Basis
    kind: Kind
    splits: tuple[str, ...]
    frequency: str
    reporters: tuple[str, ...]
    source: str
    room: str
    rule_vi: str
    rule_en: str
    by: str = ""
    context: bool = False
    numerator: str = ""
    denominator: str = ""
    of: str = ""
    kpi: str = ""
    gain: bool = False
    parts: tuple["Indicator", ...] = ()

    @property
    def group(self) -> str:
        return self.code[0]

    @property
    def whole(self) -> str:
        """The code in the catalogue a part belongs to."""
        return self.code[:3]

    @property
    def is_additive(self) -> bool:
        return self.kind in ADDITIVE

    @property
    def is_computed(self) -> bool:
        return self.source == "records"

    def name(self, language: str) -> str:
        return self.vi if language == "vi" else self.en

    def rule(self, language: str) -> str:
        return self.rule_vi if language == "vi" else self.rule_en


def read_units(file: str, text: str) -> Mapping[str, Unit]:
    """By code. LawFault subclasses name what is wrong and where."""
    found: dict[str, Unit] = {}
    for code, place in parsed(file, text).keys(()).items():
        keys = place.keys(("vi", "en", "many", "places"), needed=("vi", "en", "many", "places"))
        if not 0 <= (places := keys["places"].whole()) <= 6:
            raise keys["places"].fault(BadValue, "Số chữ số thập phân từ 0 đến 6.", "Decimals are 0 to 6.")
        found[code] = Unit(code, keys["vi"].text(), keys["en"].text(), keys["many"].text(), places)
    return MappingProxyType(found)


def read_catalogue(file: str, text: str, units: Mapping[str, Unit]) -> Mapping[str, Indicator]:
    """By code, parts included, in the order of the file. A LawFault for a gap, a double, a code of no indicator."""
    document = parsed(file, text)
    found: dict[str, Indicator] = {}
    referred: list[tuple[Read, str]] = []
    for place in document.items():
        for one in _indicator(place, units, referred):
            if one.code in found:
                raise place.fault(Repeated, f"“{one.code}” có hai lần.", f"“{one.code}” stands twice.")
            found[one.code] = one
    for code in expected_codes():
        if code not in found:
            raise document.fault(MissingKey, f"Thiếu chỉ tiêu “{code}”.", f"The indicator “{code}” is missing.")
    for place, code in referred:
        if code not in found:
            raise place.fault(BadValue, *unknown(code, found))
    return MappingProxyType(found)


def expected_codes() -> Iterator[str]:
    """A01 to H12, every one."""
    for group, count in GROUPS.items():
        yield from (f"{group}{number:02}" for number in range(1, count + 1))


def _indicator(place: Read, units: Mapping[str, Unit], referred: list[tuple[Read, str]]) -> Iterator[Indicator]:
    keys = place.keys(_KEYS, needed=_NEEDED)
    code = keys["code"].choice(tuple(expected_codes()))
    own = _references(keys, referred)
    whole = Indicator(
        code=code,
        vi=keys["vi"].text(),
        en=keys["en"].text(),
        unit=units[keys["unit"].choice(units)],
        basis=cast(Basis, keys["basis"].choice(BASES)),
        kind=cast(Kind, keys["kind"].choice(KINDS)),
        splits=_choices(keys["splits"], SPLITS),
        frequency=keys["frequency"].choice(FREQUENCIES),
        reporters=_choices(keys["reporters"], REPORTERS),
        source=keys["source"].choice(SOURCES),
        room=keys["room"].choice(ROOMS),
        rule_vi=keys["rule_vi"].text(),
        rule_en=keys["rule_en"].text(),
        by=keys["by"].choice(SPLITS) if "by" in keys else "",
        context="context" in keys and keys["context"].value() is True,
        numerator=own["numerator"],
        denominator=own["denominator"],
        of=own["of"],
        kpi=own["kpi"],
        gain="gain" in keys and keys["gain"].value() is True,
    )
    if whole.kind == "target" and not whole.of:
        raise place.fault(MissingKey, "Thiếu khóa “of”.", "The key “of” is missing.")
    parts = tuple(_part(each, whole, units, referred) for each in (keys["parts"].items() if "parts" in keys else ()))
    yield replace(whole, parts=parts)
    yield from parts


def _part(place: Read, whole: Indicator, units: Mapping[str, Unit], referred: list[tuple[Read, str]]) -> Indicator:
    keys = place.keys((*_PART_NEEDED, "numerator", "denominator", "of", "kpi"), needed=_PART_NEEDED)
    code = keys["code"].text()
    if code[:-1] != whole.code or not code[-1:].islower():
        raise keys["code"].fault(
            BadValue, f"Mã phải là {whole.code} thêm một chữ thường.", f"The code is {whole.code} and a small letter."
        )
    own = _references(keys, referred)
    return replace(
        whole, code=code, vi=keys["vi"].text(), en=keys["en"].text(), unit=units[keys["unit"].choice(units)],
        kind=cast(Kind, keys["kind"].choice(KINDS)), numerator=own["numerator"], denominator=own["denominator"],
        of=own["of"], kpi=own["kpi"] or whole.kpi, by="",
    )  # fmt: skip


def _references(keys: Mapping[str, Read], referred: list[tuple[Read, str]]) -> dict[str, str]:
    found = {name: keys[name].text() if name in keys else "" for name in ("numerator", "denominator", "of", "kpi")}
    referred.extend((keys[name], found[name]) for name in ("numerator", "denominator", "of") if found[name])
    return found


def _choices(place: Read, known: Collection[str]) -> tuple[str, ...]:
    found = tuple(each.choice(known) for each in place.items())
    if len(set(found)) < len(found):
        raise place.fault(Repeated, "Có mục ghi hai lần.", "Something stands twice.")
    return found


@cache
def units() -> Mapping[str, Unit]:
    return read_units("units.yaml", (DATA / "units.yaml").read_text(encoding="utf-8"))


@cache
def catalogue() -> Mapping[str, Indicator]:
    """The indicators as they ship, read once in a process."""
    return read_catalogue("catalogue.yaml", (DATA / "catalogue.yaml").read_text(encoding="utf-8"), units())
