"""Where a code's records come from: each room's are read by a function that gives one Row for each record."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module

from matxich.coaching.instruments import regions
from matxich.places.queries import provinces_63_of
from matxich.registry.models import Enterprise
from matxich.rulebook.indicators.folding import Row

ROOMS = ("registry", "zones", "policy", "programmes", "coaching", "measured", "appraisal", "proposals", "own")
REGIONS = "bac-trung-nam"


@dataclass(frozen=True, slots=True)
class Scope:
    """What records are asked for: up to a day, of one agreement, programme or round, or of all."""

    on: date
    agreement: int | None = None
    programme: int | None = None
    round: str = ""
    region_set: str = REGIONS


Rows = Callable[[Scope], list[Row]]


@dataclass(frozen=True, slots=True)
class Source:
    """`dated`: what its records say depends on the day asked, so that each day is asked anew. `silent`: a place
    without records is not known, rather than none. `covered`: words of what it rests on."""

    rows: Rows
    dated: bool = False
    silent: bool = False


_SOURCES: dict[str, Source] = {}


def source(*codes: str, dated: bool = False, silent: bool = False) -> Callable[[Rows], Rows]:
    """Register where codes come from."""

    def register(rows: Rows) -> Rows:
        for code in codes:
            _SOURCES[code] = Source(rows, dated, silent)
        return rows

    return register


def source_of(code: str) -> Source | None:
    return sources().get(code)


@cache
def sources() -> dict[str, Source]:
    """By code, once all modules of `computed` are read."""
    for room in ROOMS:
        import_module(f"matxich.indicators.queries.computed.{room}")
    return _SOURCES


def splits_of(province_63: str, province_34: str, scope: Scope, **more: str) -> dict[str, str]:
    """Where a record lies, on both maps and in which region; "" where that is not known."""
    old = province_63 or old_of(province_34)
    return {
        "province_63": old,
        "province_34": province_34,
        "region": region_of(old, province_34, scope.region_set),
    } | more


@cache
def old_of(province_34: str) -> str:
    """The province of the old map, where only one became this one."""
    old = provinces_63_of(province_34)
    return old[0] if len(old) == 1 else ""


@cache
def region_of(province_63: str, province_34: str, region_set: str) -> str:
    """Not known ("") where provinces of the old map that became one lay in different regions."""
    kept = regions().get(region_set)
    if kept is None:
        return ""
    olds = (province_63,) if province_63 else provinces_63_of(province_34)
    found = {one.code if (one := kept.region_of(old)) else "" for old in olds}
    return found.pop() if len(found) == 1 else ""


def kept_firms() -> dict[int, int]:
    """Records merged away → the one they speak through. One query, few rows."""
    merged: dict[int, int] = dict(
        Enterprise.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into")  # type: ignore[arg-type]
    )
    found: dict[int, int] = {}
    for pk, head in merged.items():
        seen = {pk}
        while head in merged and head not in seen:
            seen.add(head)
            head = merged[head]
        found[pk] = head
    return found


def firm_key(pk: int, kept: dict[int, int]) -> str:
    """Who is counted once: the record that stands for it."""
    return f"firm:{kept.get(pk, pk)}"


def within(rows: Iterable[Row], on: date) -> list[Row]:
    return [row for row in rows if row.begins <= on]
