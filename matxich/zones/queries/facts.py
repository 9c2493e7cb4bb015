"""The facts in force of zones on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from matxich.places.models import Zone
from matxich.registry.states import ListState
from matxich.rulebook.zones.figures import Caution, area, cautions, missing_for_live, occupancy
from matxich.zones.models import ZoneFact

COUNTED = Q(batch__isnull=True) | Q(batch__state=ListState.PUBLISHED)
CLUSTER = "CCN"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one zone on a day: field code → the fact in force. Nothing is held for what is not known."""

    zone: Zone
    on: date
    facts: Mapping[str, ZoneFact]

    @property
    def values(self) -> dict[str, object]:
        return {code: fact.value for code, fact in self.facts.items()}

    def area(self, code: str) -> Decimal | None:
        """Exact hectares; None when unknown."""
        fact = self.facts.get(code)
        return area({code: fact.value}, code) if fact else None

    @property
    def occupancy(self) -> Decimal | None:
        return occupancy(self.area("leased_area"), self.area("industrial_area"))

    @property
    def is_rough(self) -> bool:
        """Is a term of the occupancy a rounded or bounded figure?"""
        return any(code in self.facts and self.facts[code].comparator for code in ("leased_area", "industrial_area"))

    @property
    def missing(self) -> list[str]:
        """Fields that keep it from counting as digitised; [] for what is no cluster."""
        if self.zone.kind != CLUSTER:
            return []
        return missing_for_live({code: fact.as_of for code, fact in self.facts.items()}, self.on)

    @property
    def is_digitised(self) -> bool:
        return self.zone.kind == CLUSTER and not self.missing

    @property
    def cautions(self) -> list[Caution]:
        return cautions(self.zone.kind, self.values, self.on)


def listed_zones(on: date) -> QuerySet[Zone]:
    """Zones of the packaged list, and those that a published list added, in Vietnamese order."""
    told = Exists(ZoneFact.objects.filter(COUNTED, zone=OuterRef("pk")))
    there = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return Zone.objects.filter(Q(packaged=True) | told, there)


def known_of(zones: Iterable[Zone], on: date, fields: Collection[str] = ()) -> list[Known]:
    """What is known of each zone on a day, of some fields or of all. One query."""
    asked = list(zones)
    facts = ZoneFact.objects.filter(COUNTED, as_of__lte=on, zone__in=[zone.pk for zone in asked])
    if fields:
        facts = facts.filter(field__in=fields)
    latest = Window(RowNumber(), partition_by=[F("zone"), F("field")], order_by=[F("as_of").desc(), F("id").desc()])
    found: dict[int, dict[str, ZoneFact]] = defaultdict(dict)
    for fact in facts.annotate(place=latest).filter(place=1).select_related("report"):
        if fact.value is not None:
            found[fact.zone_id][fact.field] = fact
    return [Known(zone, on, found.get(zone.pk, {})) for zone in asked]


def history_of(zone: Zone, field: str = "") -> QuerySet[ZoneFact]:
    """Everything ever told of a zone, or of one field of it, undone lists included, newest first."""
    facts = ZoneFact.objects.filter(zone=zone).select_related("batch", "report")
    return (facts.filter(field=field) if field else facts).order_by("-as_of", "-id")
