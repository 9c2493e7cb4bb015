"""Units as they stood on a day, and how the two maps relate.

Names, subtrees and the list of provinces come from the packaged data, held in memory: every page asks for
them, and they are the same rows that the tables hold. Pages about units and their past ask the tables.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db.models import Count, Q, QuerySet

from matxich.places import reference
from matxich.places.models import Succession, Unit, Zone
from matxich.places.states import Level
from matxich.rulebook.addresses import UnitRow
from matxich.rulebook.addresses.model import Edition
from matxich.rulebook.vietnamese.text import fold, sort_key

MOST_FOUND = 60


@dataclass(frozen=True, slots=True)
class Province:
    """A province as named on a day. `full_name` has its kind: "Tỉnh Bắc Ninh"."""

    code: str
    name: str
    kind: str
    name_en: str

    @property
    def full_name(self) -> str:
        return f"{self.kind[0].upper()}{self.kind[1:]} {self.name}"


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit in one period with its neighbours in time and in the tree."""

    unit: Unit
    parents: list[Unit]
    children: list[Unit]
    origins: list[Succession]
    heirs: list[Succession]
    zones: list[Zone]
    closed_by: str


def edition_on(on: date) -> Edition:
    return "34" if on >= reference.TWO_LEVELS else "63"


def _in_force(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def units_as_of(on: date, *, level: str = "", parent: str = "") -> QuerySet[Unit]:
    """Units in force on a local date, in Vietnamese order. Before 2025 the state is the last known one."""
    found = Unit.objects.filter(_in_force(on))
    if level:
        found = found.filter(level=level)
    return found.filter(parent=parent) if parent else found


@cache
def _by_code() -> dict[str, list[UnitRow]]:
    """Every period of a code, the latest first."""
    found: dict[str, list[UnitRow]] = defaultdict(list)
    for row in sorted(reference.units(), key=lambda row: row.valid_from, reverse=True):
        found[row.code].append(row)
    return dict(found)


def _row(code: str, on: date | None) -> UnitRow | None:
    rows = _by_code().get(code, [])
    if on is None:
        return rows[0] if rows else None
    return next((row for row in rows if row.valid_from <= on and (row.valid_to is None or on < row.valid_to)), None)


def name_of(code: str, on: date | None = None) -> str:
    """The bare name of a code on a day ("Bắc Ninh"), by default the latest; the code itself when unknown."""
    row = _row(code, on)
    return row.name if row else code


def unit_kind(code: str, on: date | None = None) -> str:
    """What kind of unit a code names on a day ("xã", "phường"); "" when it names none."""
    row = _row(code, on)
    return row.kind if row else ""


def heirs_of(code: str, on: date) -> tuple[str, ...]:
    """Full names of the units of a day that took over what the code last named before it."""
    past = Unit.objects.filter(code=code, valid_to__lte=on).order_by("-valid_to").first()
    if past is None:
        return ()
    return tuple(past.heirs.order_by("successor__order").values_list("successor__full_name", flat=True))


def last_day_of(code: str) -> date | None:
    """The last day on which a code named a unit (today's map: the day that unit began); None for no code of ours."""
    row = _row(code, None)
    if row is None:
        return None
    return row.valid_from if row.valid_to is None else row.valid_to - timedelta(days=1)


def chain(code: str, on: date | None = None) -> tuple[str, ...]:
    """The code and the codes above it up to the province, smallest first; () when unknown on that day."""
    found: list[str] = []
    while code != "VN" and (row := _row(code, on)):
        found.append(code)
        code = row.parent
    return tuple(found)


@cache
def subtree(code: str, on: date | None = None) -> frozenset[str]:
    """Codes of a unit and of everything under it on a day (by default today's map); empty when unknown."""
    day = on or max(row.valid_from for row in reference.units())
    if code != "VN" and not _row(code, day):
        return frozenset()
    children = _children(day)
    found, open_codes = {code}, [code]
    while open_codes:
        below = children.get(open_codes.pop(), ())
        found.update(below)
        open_codes.extend(below)
    return frozenset(found)


@cache
def _children(on: date) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in reference.units():
        if row.valid_from <= on and (row.valid_to is None or on < row.valid_to):
            found[row.parent].append(row.code)
    return dict(found)


@cache
def provinces(edition: Edition, on: date | None = None) -> tuple[Province, ...]:
    """Provinces of one map in Vietnamese order, as named on a day or at that map's end."""
    rows: dict[str, UnitRow] = {}
    for row in sorted(reference.provinces(), key=lambda row: row.valid_from):
        if row.edition == edition and (on is None or row.valid_from <= on):
            rows[row.code] = row
    found = [Province(row.code, row.name, row.kind, row.name_en) for row in rows.values()]
    return tuple(sorted(found, key=lambda province: sort_key(province.name)))


def province_choices(edition: Edition) -> list[tuple[str, str]]:
    """(code, name) pairs for a form field."""
    return [(province.code, province.name) for province in provinces(edition)]


def province_34_of(province_63: str) -> str | None:
    return reference.PROVINCE_HEIRS.get(province_63)


def provinces_63_of(province_34: str) -> tuple[str, ...]:
    return reference.MADE_OF.get(province_34, ())


def communes_per_province(on: date) -> dict[str, int]:
    """Number of communes of each province on a day, by province code."""
    counts = units_as_of(on, level=Level.COMMUNE).order_by().values_list("parent").annotate(n=Count("pk"))
    found: dict[str, int] = defaultdict(int)
    for parent, n in counts:
        above = chain(parent, on)
        found[above[-1] if above else parent] += n
    return dict(found)


def find_communes(text: str, on: date) -> list[Unit]:
    """Communes whose name begins with the text, marks ignored; a text that is a code finds that unit."""
    folded = fold(text).strip()
    if not folded:
        return []
    units = units_as_of(on, level=Level.COMMUNE)
    return list(units.filter(Q(folded__startswith=folded) | Q(code=folded.upper()))[:MOST_FOUND])


def unit_page(code: str, on: date) -> UnitPage | None:
    """The unit a code named on a day, with what it was made of and what became of it."""
    unit = units_as_of(on).filter(code=code).exclude(level=Level.COUNTRY).first()
    if unit is None:
        return None
    above = chain(unit.parent, on)
    parents = sorted(units_as_of(on).filter(code__in=above), key=lambda one: above.index(one.code))
    return UnitPage(
        unit=unit,
        parents=parents,
        children=list(units_as_of(on, parent=code)),
        origins=list(unit.origins.select_related("predecessor").order_by("predecessor__order")),
        heirs=list(unit.heirs.select_related("successor").order_by("successor__order")),
        zones=_zones(unit, on),
        closed_by=reference.DISTRICTS_CLOSED_ACT if unit.level == Level.DISTRICT else "",
    )


def _zones(unit: Unit, on: date) -> list[Zone]:
    if unit.level == Level.PROVINCE:
        return list(Zone.objects.filter(**{f"province_{edition_on(on)}": unit.code}))
    return list(Zone.objects.filter(district_63=unit.code)) if unit.level == Level.DISTRICT else []
