"""Where invented firms stand: real communes of both maps and real zones, few provinces having most of the firms."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from demo.firms import LOWEST, WEIGHTS
from demo.synthetic.chance import Chance, stream
from demo.synthetic.words import STREETS
from matxich.places import reference
from matxich.rulebook.addresses.model import UnitRow

IN_A_ZONE = 0.4
BY_OLD_MAP = 0.55
# The other kinds are whole regions, or have gates of their own.
ZONES = ("KCN", "CCN", "KCX", "KCNC")


@dataclass(frozen=True, slots=True)
class Site:
    """A commune of the new map with one of the old ones it was made of, as addresses name them, and zones there."""

    old: str
    new: str
    codes: dict[str, str]
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """Provinces of the new map with how often they are drawn, added up, and each one's sites, common ones first."""

    provinces: tuple[str, ...]
    weights: tuple[int, ...]
    names: dict[str, str]
    sites: dict[str, tuple[Site, ...]]
    zoned: dict[str, tuple[Site, ...]]


@cache
def country() -> Country:
    units = sorted(reference.units(), key=lambda unit: unit.valid_from)
    new = {unit.code: unit for unit in units if unit.edition == "34"}
    old = {unit.code: unit for unit in units if unit.edition == "63"}
    zones = defaultdict[str, list[str]](list)
    for zone in reference.zones():
        if zone.row.district_63 and zone.row.kind in ZONES:
            zones[zone.row.district_63].append(zone.row.label)
    found = defaultdict[str, list[Site]](list)
    for step in reference.successions():
        commune = old.get(step.predecessor)
        if step.whole and commune and commune.level == "commune":
            site = _site(commune, new[step.successor], old, new, zones)
            found[site.codes["province_34"]].append(site)
    for options in found.values():
        stream(0, len(options)).shuffle(options)
    codes = tuple(sorted(found))
    return Country(
        provinces=codes,
        weights=tuple(accumulate(WEIGHTS.get(code, LOWEST) for code in codes)),
        names={code: new[code].name for code in codes},
        sites={code: tuple(found[code]) for code in codes},
        zoned={code: tuple(site for site in found[code] if site.zones) for code in codes},
    )


def _site(
    commune: UnitRow,
    heir: UnitRow,
    old: dict[str, UnitRow],
    new: dict[str, UnitRow],
    zones: dict[str, list[str]],
) -> Site:
    district = old[commune.parent]
    before, now = old[district.parent], new[heir.parent]
    codes = {"province_34": now.code, "province_63": before.code, "commune_34": heir.code, "commune_63": commune.code}
    return Site(
        ", ".join((_full(commune), _full(district), _full(before))),
        ", ".join((_full(heir), _full(now))),
        codes,
        tuple(zones.get(district.code, ())),
    )


def _full(unit: UnitRow) -> str:
    return f"{unit.kind[:1].upper()}{unit.kind[1:]} {unit.name}"


def address(chance: Chance, province: str = "") -> dict[str, object]:
    """A place as the register keeps it: the text, and the codes that text settles.

    A text by the new map names one commune; which of the old ones it was made of, it does not say.
    """
    land = country()
    code = province or chance.choices(land.provinces, cum_weights=land.weights)[0]
    in_zone = bool(land.zoned[code]) and chance.happens(IN_A_ZONE)
    site = chance.often(land.zoned[code] if in_zone else land.sites[code])
    by_old_map = chance.happens(BY_OLD_MAP)
    place: dict[str, object] = dict(site.codes)
    if not by_old_map:
        del place["commune_63"]
    tail = site.old if by_old_map else site.new
    if in_zone:
        zone = chance.often(site.zones)
        lot = f"{chance.one(('CN', 'A', 'B', 'D', 'XN'))}-{chance.between(1, 60)}"
        text = f"Lô {lot}, {zone}, {tail}"
        place |= {"zone": zone, "lot": lot}
    else:
        text = f"Số {chance.between(1, 400)} đường {chance.one(STREETS)}, {tail}"
    return {"text": text, **place, "confidence": 0.95}
