"""Zones of each province on either map: how many, how much land, how full, who reported, how many digitised (A09)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from matxich.places.queries import province_choices
from matxich.rulebook.addresses.model import Edition
from matxich.rulebook.zones.figures import Share, pooled_occupancy
from matxich.rulebook.zones.periods import Period
from matxich.zones.models import ZoneReport
from matxich.zones.queries.facts import CLUSTER, Known, known_of, listed_zones
from matxich.zones.queries.listing import COLUMNS, province_of
from matxich.zones.states import FormKind, ReportState

AREAS = ("planned_area", "established_area", "industrial_area", "leased_area")


@dataclass(frozen=True, slots=True)
class Sum:
    """Hectares added up over the zones that know the figure, and how many do; None when none does."""

    hectares: Decimal | None
    zones: int


@dataclass(frozen=True, slots=True)
class RollupRow:
    """One province, or the whole country (`code` ""). Ratios keep numerator and denominator.

    `occupancy`: hectares leased ÷ industrial over zones that know both. `reported`: clusters whose developer's form of
    the period is accepted ÷ clusters. `digitised`: indicator A09, clusters with a live data set ÷ clusters.
    """

    code: str
    name: str
    zones: int
    clusters: int
    areas: Mapping[str, Sum]
    occupancy: Share
    reported: Share
    digitised: Share

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON: figures as exact texts, unknown as null."""
        return {
            "province": self.code,
            "name": self.name,
            "zones": self.zones,
            "clusters": self.clusters,
            **{
                code: {"hectares": None if one.hectares is None else str(one.hectares), "zones": one.zones}
                for code, one in self.areas.items()
            },
            "occupancy": _share(self.occupancy),
            "reported": _share(self.reported),
            "digitised": _share(self.digitised),
        }


def _share(share: Share) -> dict[str, str | None]:
    value = share.value
    return {
        "numerator": str(share.numerator),
        "denominator": str(share.denominator),
        "value": None if value is None else str(value),
    }


@dataclass(frozen=True, slots=True)
class Rollup:
    """Provinces that have a zone, in Vietnamese order, and their total."""

    on: date
    edition: Edition
    period: Period
    rows: list[RollupRow]
    total: RollupRow


def rollup(on: date, edition: Edition, period: Period) -> Rollup:
    """As of a day, on one of the maps. Three queries."""
    known = known_of(listed_zones(on), on, COLUMNS)
    reported = frozenset(
        ZoneReport.objects.filter(period=period.key, form=FormKind.DEVELOPER, state=ReportState.ACCEPTED).values_list(
            "zone_id", flat=True
        )
    )
    by_province: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        by_province[province_of(one.zone, edition)].append(one)
    rows = [
        _row(code, name, by_province[code], reported) for code, name in province_choices(edition) if code in by_province
    ]
    return Rollup(on, edition, period, rows, _row("", "", known, reported))


def _row(code: str, name: str, known: list[Known], reported: frozenset[int]) -> RollupRow:
    clusters = [one for one in known if one.zone.kind == CLUSTER]
    all_of_them = Decimal(len(clusters))
    return RollupRow(
        code=code,
        name=name,
        zones=len(known),
        clusters=len(clusters),
        areas={field: _sum(one.area(field) for one in known) for field in AREAS},
        occupancy=pooled_occupancy((one.area("leased_area"), one.area("industrial_area")) for one in known),
        reported=Share(Decimal(sum(one.zone.pk in reported for one in clusters)), all_of_them),
        digitised=Share(Decimal(sum(one.is_digitised for one in clusters)), all_of_them),
    )


def _sum(figures: Iterable[Decimal | None]) -> Sum:
    told = [one for one in figures if one is not None]
    return Sum(sum(told, Decimal()) if told else None, len(told))
