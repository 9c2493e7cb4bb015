"""The instruments, definitions, regions and the cross-walk as they ship, read once in a process."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from matxich.places.queries import provinces
from matxich.rulebook import coaching as rulebook
from matxich.rulebook.coaching.loading import (
    CrossWalk,
    Instrument,
    Kpi,
    RegionSet,
    crosswalk,
    instrument,
    kpis,
    region_sets,
)

FOLDER = Path(rulebook.__file__).parent / "instruments"
ASKED = ("screening", "visit", "interview", "person_interview", "audit_5s3d", "ladder", "weekly_log", "impact")


def _text(name: str) -> str:
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def instruments() -> Mapping[str, Instrument]:
    """By key ("visit@1")."""
    read = [instrument(f"{name}.yaml", _text(name)) for name in ASKED]
    return {one.key: one for one in read}


def instrument_of(key: str) -> Instrument:
    """The version a sheet was filled in by."""
    return instruments()[key]


def latest(code: str) -> Instrument:
    """The newest version of an instrument: what a new cohort uses."""
    return max((one for one in instruments().values() if one.code == code), key=lambda one: one.version)


def pinned() -> dict[str, str]:
    """Code → key of the newest versions, for a new cohort to keep."""
    return {code: latest(code).key for code in ASKED}


@cache
def kpi_sheet() -> Mapping[str, Kpi]:
    """By key ("oee@1")."""
    return kpis("kpis.yaml", _text("kpis"))


@cache
def cross_walk() -> tuple[CrossWalk, ...]:
    return crosswalk("crosswalk.yaml", _text("crosswalk"), latest("ladder").items)


@cache
def regions() -> Mapping[str, RegionSet]:
    return region_sets("regions.yaml", _text("regions"), [province.code for province in provinces("63")])


def region_of(region_set: str, province_63: str) -> str:
    """Code of the region ("north"); "" when the set or the province is not known."""
    found = regions()[region_set].region_of(province_63) if region_set in regions() else None
    return found.code if found else ""
