"""Where an address lies on both maps."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from matxich.places import reference
from matxich.places.models import Zone
from matxich.places.queries.units import name_of, province_34_of, provinces, provinces_63_of
from matxich.rulebook.addresses import Gazetteer, Resolution, resolve
from matxich.rulebook.addresses.model import Edition, Point, ZoneRow
from matxich.rulebook.addresses.vocabulary import PROVINCE_ALIASES
from matxich.rulebook.vietnamese.text import words

MOST_ADDRESSES = 2_000


@dataclass(frozen=True, slots=True)
class Resolver:
    """The gazetteer of this process."""

    gazetteer: Gazetteer

    def resolve(self, text: str, *, near: Point | None = None) -> Resolution:
        return resolve(text, self.gazetteer, near=near)


def resolver() -> Resolver:
    """The resolver for the packaged data and the zones that lists added, made anew when lists added more.

    Built from the packaged files, not from the tables: reading 25,000 rows through the database costs more than
    parsing them, and commands that only resolve need no database as long as no list added a zone.
    """
    return _resolver(reference.data_version(), _zones_added_at())


@lru_cache(maxsize=1)
def _resolver(version: str, added_at: int) -> Resolver:
    return Resolver(reference.gazetteer(_added_zones() if added_at else ()))


def zones_added() -> Path:
    """A file touched whenever zones were added: every process of the installation sees it without asking anybody."""
    return Path(settings.HOME) / "zones-added"


def _zones_added_at() -> int:
    try:
        return zones_added().stat().st_mtime_ns
    except OSError:
        return 0


def _added_zones() -> list[ZoneRow]:
    return [
        ZoneRow(zone.kind, zone.name, zone.province_63, zone.province_34, tuple(zone.aliases), zone.district_63 or None)
        for zone in Zone.objects.filter(packaged=False).order_by("pk")
    ]


def resolution_as_json(text: str) -> dict[str, Any]:
    """What `matxich resolve` prints: text, province_63, commune_63, province_34, commune_34 (codes as strings or
    None), zone, lot, confidence, alternatives."""
    return resolver().resolve(text).as_dict()


@dataclass(frozen=True, slots=True)
class AddressRow:
    """An address with the names found for it; "" where open. `open_names` are new communes that remain possible."""

    found: Resolution
    province_63: str
    commune_63: str
    province_34: str
    commune_34: str
    open_names: tuple[str, ...]


def address_rows(text: str) -> list[AddressRow]:
    """One row for each line of the text that holds something, at most MOST_ADDRESSES."""
    lines = [line.strip() for line in text.splitlines()]
    return [_address_row(line) for line in list(filter(None, lines))[:MOST_ADDRESSES]]


def _address_row(line: str) -> AddressRow:
    made = resolver()
    found = made.resolve(line)
    places = made.gazetteer
    old, new = places.commune_63(found.commune_63), places.commune_34(found.commune_34)
    codes = dict.fromkeys(one["commune_34"] for one in found.alternatives if one["commune_34"])
    possible = [places.commune_34(code) for code in codes] if not new else []
    return AddressRow(
        found=found,
        province_63=name_of(found.province_63, BEFORE) if found.province_63 else "",
        commune_63=f"{old.kind} {old.name}" if old else "",
        province_34=name_of(found.province_34) if found.province_34 else "",
        commune_34=f"{new.kind} {new.name}" if new else "",
        open_names=tuple(f"{place.kind} {place.name}" for place in possible if place),
    )


BEFORE = reference.HUE_CITY

_KIND = re.compile(r"^(tinh|thanh pho|tp|t|tt|city of)\s+(?=\S)|\s+(province|city|prov)$")


def match_province(text: str, boundaries: Edition) -> tuple[str, ...]:
    """Codes on one map for a code, name, other name or name on the other map; () when nothing fits.

    An old name gives its successor on the new map; a new name that was no old province gives none but itself, and
    on the old map a name stands for the old province of that name.
    """
    text = text.strip()
    if text.isdecimal():
        code = text.zfill(2)
        return (code,) if any(code == province.code for province in provinces(boundaries)) else ()
    key = " ".join(words(text))
    names = _province_names(boundaries)
    for one in (key, _KIND.sub("", key)):
        if found := names.get(one.replace(" ", "")):
            return found
    return ()


@cache
def _province_names(boundaries: Edition) -> dict[str, tuple[str, ...]]:
    """Names without spaces or marks; those of the map itself win over those of the other."""
    found: dict[str, tuple[str, ...]] = {}
    old: list[tuple[str, str]] = [(province.code, province.name) for province in provinces("63")]
    old += [(code, alias) for code, aliases in PROVINCE_ALIASES.items() for alias in aliases.split("|")]
    for code, name in old:
        codes = (code,) if boundaries == "63" else (province_34_of(code) or code,)
        found.setdefault("".join(words(name)), codes)
    for province in provinces("34"):
        key = "".join(words(province.name))
        if boundaries == "34":
            found[key] = (province.code,)
        else:
            found.setdefault(key, provinces_63_of(province.code))
    return found
