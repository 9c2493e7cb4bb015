"""The register as columns that the law is judged over: what `facts` reads of one passport, read of all at once.

What a system actor may see of each firm; where a figure stands in several sources, the one `agreed` would choose.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import batched
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from matxich.places import reference
from matxich.places.queries import unit_kind
from matxich.policy.queries.facts import FIGURES, FORMS
from matxich.registry.models import Statement
from matxich.registry.queries import visible_enterprises
from matxich.rulebook.capabilities.joining import FROM_LISTS, joined
from matxich.rulebook.law.conditions import Column, code
from matxich.rulebook.law.vocabulary import COMMUNES, FACTS, REGISTERED
from matxich.rulebook.projection import whole

CHUNK = 5_000
LARGEST = 2**62
"""Nothing the law compares with comes near; a figure beyond it, a slip of somebody's hand, counts as this much."""
UNKNOWN = -1
_DERIVED = ("sector", "branch")
_READ = tuple(name for name in REGISTERED if name not in _DERIVED)
_IN_PARTS = ("machine", "product")
_COLUMNS = ("pk", "kind", "sector", "in_programme", "passport")

type Codes = NDArray[np.int64]
type Commune = Callable[[Mapping[str, Any]], int]
type Row = tuple[int, str, str, bool, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Firms:
    """Firms on a day. `lines`: the line of business as the register names it, by firm a place in `line_names`."""

    on: date
    ids: Codes
    facts: Mapping[str, Column]
    lines: Codes
    line_names: tuple[str, ...]

    @property
    def size(self) -> int:
        return len(self.ids)


def firms_of_register(on: date, *, progress: Callable[[int], None] | None = None) -> Firms:
    """Every firm officials see, in order of its number."""
    return _gathered(_everything(), on, progress)


def firms_among(ids: Iterable[int], on: date) -> Firms:
    """Those among `ids` that are in sight, in the order given."""
    wanted = list(ids)
    found = _gathered(_some(wanted), on, None)
    order = {pk: place for place, pk in enumerate(wanted)}
    places = np.argsort(np.array([order[int(pk)] for pk in found.ids], np.int64), kind="stable")
    facts = {name: Column(column.values[places]) for name, column in found.facts.items()}
    return Firms(on, found.ids[places], facts, found.lines[places], found.line_names)


def _everything() -> Iterator[list[Row]]:
    last = 0
    while rows := list(visible_enterprises().filter(pk__gt=last).order_by("pk").values_list(*_COLUMNS)[:CHUNK]):
        yield rows
        last = rows[-1][0]


def _some(ids: Collection[int]) -> Iterator[list[Row]]:
    seen = visible_enterprises().order_by()
    for some in batched(ids, CHUNK, strict=False):
        yield list(seen.filter(pk__in=some).values_list(*_COLUMNS))


def _gathered(chunks: Iterable[list[Row]], on: date, progress: Callable[[int], None] | None) -> Firms:
    parts: list[NDArray[np.int64]] = []
    lines: dict[str, int] = {}
    commune, done = _commune(on), 0
    for rows in chunks:
        parts.append(_chunk(rows, commune, lines))
        done += len(rows)
        if progress:
            progress(done)
    table = np.concatenate(parts) if parts else np.empty((0, len(_READ) + 2), np.int64)
    facts = {name: Column(np.ascontiguousarray(table[:, place + 2])) for place, name in enumerate(_READ)}
    return Firms(on, table[:, 0].copy(), _with_derived(facts), table[:, 1].copy(), tuple(lines))


def _with_derived(facts: dict[str, Column]) -> dict[str, Column]:
    """As `asking.derived` of each."""
    supporting = facts["is_cnht"].values == 1
    makes = supporting | (facts["production"].values == 1)
    sector = np.where(supporting, code("sector", "supporting"), UNKNOWN)
    branch = np.where(makes, code("branch", "industry"), UNKNOWN)
    return {**facts, "sector": Column(sector), "branch": Column(branch)}


def _chunk(rows: list[Row], commune: Commune, lines: dict[str, int]) -> NDArray[np.int64]:
    later: list[tuple[int, int, list[int]]] = []
    latest_year = timezone.localdate().year
    found = []
    for place, (pk, kind, line, in_programme, passport) in enumerate(rows):
        site = _site(passport)
        figures = []
        for which, field in enumerate(FIGURES):
            current = passport.get(field)
            number = UNKNOWN
            if current and "v" in current:
                number = _number(current["v"])
                if number < 0 and "o" in current:
                    later.append((place, 6 + which, current["o"]))
            figures.append(number)
        found.append((
            pk, lines.setdefault(line, len(lines)) if line else UNKNOWN, _FORMS.get(kind, UNKNOWN),
            *_provinces(site), commune(site), *figures,
            1 if _makes(passport, latest_year) else UNKNOWN, 1 if in_programme else UNKNOWN,
        ))  # fmt: skip
    table = np.array(found, np.int64)
    if later:
        _other_sources(table, later)
    return table


def _other_sources(table: NDArray[np.int64], later: list[tuple[int, int, list[int]]]) -> None:
    """Where the best source gives a bound ("trên 300"), the next best that gives a figure."""
    told = dict(
        Statement.objects.filter(pk__in={pk for _place, _column, ids in later for pk in ids})
        .order_by()
        .values_list("pk", "value")
    )
    for place, column, ids in later:
        table[place, column] = next((number for pk in ids if (number := _number(told.get(pk))) >= 0), UNKNOWN)


def _number(value: Any) -> int:
    number = value if type(value) is int else whole(value)
    return UNKNOWN if number is None or number < 0 else min(int(number), LARGEST)


def _makes(passport: Mapping[str, Any], latest_year: int) -> bool:
    if (told := passport.get("processes")) and told.get("m"):
        return True
    for field in _IN_PARTS:
        current, listed = passport.get(field), passport.get(FROM_LISTS[field])
        if current is None and listed is None:
            continue
        if current is None and listed and any(isinstance(text, str) for text, _statement in listed.get("m", ())):
            return True
        if joined(passport, field, latest_year=latest_year):
            return True
    return False


def _site(passport: Mapping[str, Any]) -> Mapping[str, Any]:
    """The place of production, else the seat; as `facts` looks for it."""
    for field in ("site_address", "address"):
        if field == "address" and (place := _first_site(passport)):
            return place
        if (current := passport.get(field)) and _located(value := current.get("v")):
            return value  # type: ignore[no-any-return]
    return {}


def _first_site(passport: Mapping[str, Any]) -> Mapping[str, Any] | None:
    told = passport.get("site")
    return next((value for value, _statement in told.get("m", ()) if _located(value)), None) if told else None


def _located(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("province_34"))


def _provinces(site: Mapping[str, Any]) -> tuple[int, int]:
    now, before = site.get("province_34"), site.get("province_63")
    return _PROVINCES.get(str(now), UNKNOWN), _PROVINCES.get(str(before), UNKNOWN)


def _commune(on: date) -> Commune:
    field = "commune_34" if on >= reference.TWO_LEVELS else "commune_63"

    @cache
    def kind_of(commune: str) -> int:
        found = COMMUNES.get(unit_kind(commune, on).lower())
        return code("site_commune_kind", found) if found else UNKNOWN

    def kind(site: Mapping[str, Any]) -> int:
        found = site.get(field)
        return kind_of(str(found)) if found else UNKNOWN

    return kind


_FORMS = {kind: code("legal_form", form) for kind, form in FORMS.items()}
_PROVINCES = {name: place for place, name in enumerate(FACTS["site_province"].choices or {})}
