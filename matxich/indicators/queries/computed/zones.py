"""A07, A08, A09: industrial parks and clusters with what is known of them on a day."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise

from matxich.indicators.queries.sources import Rows, Scope, source, splits_of
from matxich.places.models import Zone
from matxich.places.states import ZoneKind
from matxich.rulebook.indicators.folding import Row
from matxich.rulebook.zones.figures import LIVE_FIELDS, area
from matxich.zones.models import ZoneFact
from matxich.zones.queries.facts import COUNTED, known_of, listed_zones

ALWAYS = date(1900, 1, 1)


def _row(zone: Zone, scope: Scope, begins: date, value: Decimal = Decimal(1), ends: date | None = None) -> Row:
    key = f"zone:{zone.pk}"
    splits = splits_of(zone.province_63, zone.province_34, scope)
    last = min((day for day in (ends, zone.valid_to) if day), default=None)
    return Row(key, key, max(begins, zone.valid_from or ALWAYS), value, ends=last, splits=splits)


def _zones(kind: str) -> list[Zone]:
    """Every zone that is or was listed, whenever it ended."""
    return list(listed_zones(ALWAYS).filter(kind=kind))


def _count(kind: str) -> Rows:
    return lambda scope: [_row(zone, scope, ALWAYS) for zone in _zones(kind)]


def _areas(kind: str, field: str) -> Rows:
    """Hectares from the day a fact is of until the next one: unknown is not nought."""

    def rows(scope: Scope) -> list[Row]:
        told: dict[int, list[ZoneFact]] = defaultdict(list)
        facts = ZoneFact.objects.filter(COUNTED, field=field, zone__kind=kind).order_by("as_of", "pk")
        for fact in facts.only("zone_id", "value", "as_of"):
            told[fact.zone_id].append(fact)
        found = []
        for zone in _zones(kind):
            facts_of_zone: list[ZoneFact | None] = [*told.get(zone.pk, []), None]
            for one, following in pairwise(facts_of_zone):
                assert one is not None
                ends = following.as_of if following else None
                hectares = None if one.value is None else area({field: one.value}, field)
                if hectares is not None and ends != one.as_of:
                    found.append(_row(zone, scope, one.as_of, hectares, ends))
        return found

    return rows


for _code, _kind in (("A07", ZoneKind.KCN), ("A08", ZoneKind.CCN)):
    source(_code)(_count(_kind))
    source(f"{_code}a", silent=True)(_areas(_kind, "planned_area"))
    source(f"{_code}b", silent=True)(_areas(_kind, "established_area"))


@source("A09", dated=True)
def digitised(scope: Scope) -> list[Row]:
    """Whether the data of a cluster live depends on how old they are on the day."""
    zones = [one for one in listed_zones(scope.on).filter(kind=ZoneKind.CCN) if (one.valid_from or ALWAYS) <= scope.on]
    return [_row(one.zone, scope, ALWAYS, Decimal(one.is_digitised)) for one in known_of(zones, scope.on, LIVE_FIELDS)]
