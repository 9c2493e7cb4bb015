"""The register as columns that the law is judged over: what `facts` reads of one passport, read of all at once.

What a system actor may see of each firm; where a figure stands in several sources, the one `agreed` would choose.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import batched
from typing import Any

import numpy as np
from django.db.models import F, Func, QuerySet, TextField
from django.utils import timezone
from numpy.typing import NDArray

from matxich.places import reference
from matxich.places.queries import unit_kind
from matxich.policy.queries.facts import FIGURES, FORMS
from matxich.registry.models import Enterprise, Statement
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
_FIRST_FIGURE, _PRODUCTION = 2 + _READ.index("workers"), 2 + _READ.index("production")
_IN_PARTS = ("machine", "product")

type Codes = NDArray[np.int64]
type Row = tuple[int, str, str, bool, str]


class _Parts(Func):
    """The parts of a passport at some paths, as the text of one JSON list: what the law never asks is not even read."""

    output_field = TextField()

    def __init__(self, paths: Sequence[Sequence[str]]) -> None:
        super().__init__(F("passport"))
        self.paths = tuple(map(tuple, paths))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        passport, given = compiler.compile(self.source_expressions[0])
        steps = ["".join(f"[{step}]" if step.isdecimal() else f".{step}" for step in path) for path in self.paths]
        return f"JSON_EXTRACT({passport}{', %s' * len(steps)})", [*given, *(f"${step}" for step in steps)]

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        passport, given = compiler.compile(self.source_expressions[0])
        parts = ", ".join(f"{passport} #> %s::text[]" for _path in self.paths)
        asked = [each for path in self.paths for each in (*given, list(path))]
        return f"JSONB_BUILD_ARRAY({parts})::text", asked


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
    return _gathered(_everything(on), on, progress)


def firms_in_parts(on: date, *, province: str = "") -> Iterator[Firms]:
    """Every firm officials see, or those of one province of now, CHUNK at a time: memory does not grow with them."""
    commune = _kinds_of_commune(on)
    for rows in _everything(on, province):
        yield _gathered([rows], on, None, commune)


def firms_among(ids: Iterable[int], on: date) -> Firms:
    """Those among `ids` that are in sight, in the order given."""
    wanted = list(ids)
    found = _gathered(_some(wanted, on), on, None)
    order = {pk: place for place, pk in enumerate(wanted)}
    places = np.argsort(np.array([order[int(pk)] for pk in found.ids], np.int64), kind="stable")
    facts = {name: Column(column.values[places]) for name, column in found.facts.items()}
    return Firms(on, found.ids[places], facts, found.lines[places], found.line_names)


def _asked(on: date) -> _Parts:
    figures = [(field, part) for field in FIGURES for part in ("v", "o")]
    places = [(field, "v", code) for field in ("site_address", "address") for code in _place_fields(on)]
    return _Parts([*figures, *places, ("site", "m"), ("processes", "m", "0")])


def _place_fields(on: date) -> tuple[str, str, str]:
    return "province_34", "province_63", "commune_34" if on >= reference.TWO_LEVELS else "commune_63"


def _everything(on: date, province: str = "") -> Iterator[list[Row]]:
    firms = visible_enterprises().filter(province_34=province) if province else visible_enterprises()
    seen, last = _rows(firms.order_by("pk"), on), 0
    while rows := list(seen.filter(pk__gt=last)[:CHUNK]):
        yield rows
        last = rows[-1][0]


def _some(ids: Collection[int], on: date) -> Iterator[list[Row]]:
    seen = _rows(visible_enterprises().order_by(), on)
    for some in batched(ids, CHUNK, strict=False):
        yield list(seen.filter(pk__in=some))


def _rows(firms: QuerySet[Enterprise], on: date) -> Any:
    return firms.values_list("pk", "kind", "sector", "in_programme", _asked(on))


def _gathered(
    chunks: Iterable[list[Row]],
    on: date,
    progress: Callable[[int], None] | None,
    commune: Callable[[str], int] | None = None,
) -> Firms:
    parts: list[NDArray[np.int64]] = []
    lines: dict[str, int] = {}
    commune, done = commune or _kinds_of_commune(on), 0
    fields = _place_fields(on)
    for rows in chunks:
        parts.append(_chunk(rows, fields, commune, lines))
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


def _chunk(
    rows: list[Row], fields: Sequence[str], commune: Callable[[str], int], lines: dict[str, int]
) -> NDArray[np.int64]:
    others: list[tuple[int, int, list[int]]] = []
    silent: dict[int, int] = {}
    found = []
    for place, (pk, kind, line, in_programme, text) in enumerate(rows):
        told = json.loads(text)
        workers, more_workers, revenue, more_revenue, capital, more_capital = told[:6]
        figures = _number(workers), _number(revenue), _number(capital)
        if more_workers or more_revenue or more_capital:
            more = (more_workers, more_revenue, more_capital)
            others += [(place, _FIRST_FIGURE + at, more[at]) for at in range(3) if figures[at] < 0 and more[at]]
        now, before, code_of = _site(told, fields)
        if told[13] is None:
            silent[pk] = place
        found.append((
            pk, lines.setdefault(line, len(lines)) if line else UNKNOWN, _FORMS.get(kind, UNKNOWN),
            _PROVINCES.get(now, UNKNOWN), _PROVINCES.get(before, UNKNOWN), commune(code_of) if code_of else UNKNOWN,
            *figures, UNKNOWN if told[13] is None else 1, 1 if in_programme else UNKNOWN,
        ))  # fmt: skip
    table = np.array(found, np.int64)
    if others:
        _other_sources(table, others)
    if silent:
        _made_otherwise(table, silent)
    return table


def _site(told: list[Any], fields: Sequence[str]) -> Sequence[Any]:
    """Province on both maps and commune of the place of production, else of the seat; as `facts` looks for them."""
    if told[6]:
        return told[6:9]
    if told[12]:
        for value, _statement in told[12]:
            if isinstance(value, dict) and value.get("province_34"):
                return [value.get(name) for name in fields]
    return told[9:12] if told[9] else (None, None, None)


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


def _made_otherwise(table: NDArray[np.int64], silent: Mapping[int, int]) -> None:
    """Of firms of which no process is told: whether machines or products are."""
    latest_year = timezone.localdate().year
    parts = [(name,) for field in _IN_PARTS for name in (field, FROM_LISTS[field])]
    for pk, text in Enterprise.objects.filter(pk__in=silent).order_by().values_list("pk", _Parts(parts)):
        passport = {name: part for (name,), part in zip(parts, json.loads(text), strict=True) if part}
        if passport and _makes(passport, latest_year):
            table[silent[pk], _PRODUCTION] = 1


def _makes(passport: Mapping[str, Any], latest_year: int) -> bool:
    for field in _IN_PARTS:
        current, listed = passport.get(field), passport.get(FROM_LISTS[field])
        if current is None and listed is None:
            continue
        if current is None and listed and any(isinstance(text, str) for text, _statement in listed.get("m", ())):
            return True
        if joined(passport, field, latest_year=latest_year):
            return True
    return False


def _kinds_of_commune(on: date) -> Callable[[str], int]:
    @cache
    def kind(commune: str) -> int:
        found = COMMUNES.get(unit_kind(str(commune), on).lower())
        return code("site_commune_kind", found) if found else UNKNOWN

    return kind


_FORMS = {kind: code("legal_form", form) for kind, form in FORMS.items()}
_PROVINCES = {name: place for place, name in enumerate(FACTS["site_province"].choices or {})}
