"""Where invented firms can stand: real communes of both maps, and a real zone of the same old district."""

from collections import defaultdict
from random import Random

from demo.firms import Site
from matxich.places import reference
from matxich.places.models import Succession, Unit
from matxich.places.states import Level, SuccessionKind

PER_PROVINCE = 14


def sites(seed: int = 34) -> dict[str, list[Site]]:
    """Up to fourteen per province of the new map, those with a zone first; the same ones every time."""
    chance, names = Random(seed), _names_of_old_units()
    zones, found = _zones_by_old_district(), defaultdict[str, list[Site]](list)
    provinces = {unit.code: unit for unit in Unit.objects.filter(level=Level.PROVINCE, valid_to__isnull=True)}
    for old, new in _whole_successions():
        zone = zones.get(old.parent, "")
        old_address = f"{old.full_name}, {names[old.parent]}, {names[_province_of(old, names)]}"
        province = provinces[new.parent]
        found[province.code].append(Site(province.code, province.full_name, new.full_name, old_address, zone))
    for options in found.values():
        chance.shuffle(options)
        options.sort(key=lambda site: not site.zone)
        del options[PER_PROVINCE:]
    return dict(found)


def _whole_successions() -> list[tuple[Unit, Unit]]:
    rows = (
        Succession.objects.filter(kind=SuccessionKind.WHOLE, successor__level=Level.COMMUNE, successor__valid_to=None)
        .filter(predecessor__level=Level.COMMUNE)
        .exclude(predecessor__parent="")
        .select_related("predecessor", "successor")
        .order_by("id")
    )
    return [(row.predecessor, row.successor) for row in rows if _is_district(row.predecessor.parent)]


def _is_district(code: str) -> bool:
    return len(code) == 3


def _names_of_old_units() -> dict[str, str]:
    old = Unit.objects.filter(level__in=[Level.PROVINCE, Level.DISTRICT], valid_to__isnull=False).order_by("valid_to")
    kept = Unit.objects.filter(level=Level.PROVINCE).order_by("valid_from")
    provinces = {f"p{unit.code}": unit.full_name for unit in [*kept, *old] if unit.level == Level.PROVINCE}
    first = {f"p{unit.code}": unit.full_name for unit in reversed([*kept]) if unit.level == Level.PROVINCE}
    districts = {unit.code: unit.full_name for unit in old if unit.level == Level.DISTRICT}
    parents = {f"d{unit.code}": f"p{unit.parent}" for unit in old if unit.level == Level.DISTRICT}
    return provinces | first | districts | parents


def _province_of(commune: Unit, names: dict[str, str]) -> str:
    return names[f"d{commune.parent}"]


def _zones_by_old_district() -> dict[str, str]:
    return {
        zone.row.district_63: f"{zone.row.kind} {zone.row.name}" for zone in reference.zones() if zone.row.district_63
    }
