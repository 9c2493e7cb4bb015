"""Who has reported for a period and who has not, with days left; the sums of what tenants stated."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matxich.kit.actor import Actor
from matxich.places.models import Zone
from matxich.registry.models import Enterprise, SiteZone
from matxich.registry.queries import visible_enterprises
from matxich.rulebook.addresses.model import Edition
from matxich.rulebook.zones.periods import Period
from matxich.rulebook.zones.reports import FORMS, MATCHING, Total, totals
from matxich.zones.models import ZoneReport
from matxich.zones.queries.facts import listed_zones
from matxich.zones.queries.listing import province_of
from matxich.zones.queries.showing import value_text
from matxich.zones.queries.tenants import tenants_of
from matxich.zones.states import FormKind, ReportState

DONE = frozenset({ReportState.ACCEPTED})
IN = frozenset({ReportState.SUBMITTED, ReportState.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Standing:
    """One cluster in one period. `report`: its developer's form, None while there is none.

    `tenants_in`: tenants' forms handed in or accepted; `tenants_known`: tenants the register knows in the cluster.
    """

    zone: Zone
    report: ZoneReport | None
    late: bool
    tenants_in: int
    tenants_known: int

    @property
    def state(self) -> str:
        """missing, draft, submitted, returned or accepted."""
        return self.report.state if self.report else "missing"

    @property
    def is_waiting(self) -> bool:
        """Has its developer not yet handed in what stands?"""
        return self.report is None or self.report.state not in IN


@dataclass(frozen=True, slots=True)
class PeriodStanding:
    """Every cluster in the reader's territory for one period, those not in first; `days_left` 0 or less: overdue."""

    period: Period
    days_left: int
    rows: list[Standing]

    @property
    def accepted(self) -> int:
        return sum(row.state == ReportState.ACCEPTED for row in self.rows)

    @property
    def waiting(self) -> int:
        return sum(row.is_waiting for row in self.rows)

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "period": self.period.key,
            "due_before": self.period.due_before.isoformat(),
            "days_left": self.days_left,
            "source": self.period.rule.source,
            "clusters": len(self.rows),
            "accepted": self.accepted,
            "waiting": self.waiting,
            "rows": [
                {
                    "zone": row.zone.pk,
                    "name": str(row.zone),
                    "province_34": row.zone.province_34,
                    "province_63": row.zone.province_63,
                    "state": row.state,
                    "late": row.late,
                    "tenants_in": row.tenants_in,
                    "tenants_known": row.tenants_known,
                }
                for row in self.rows
            ],
        }


def obliged_zones(period: Period, on: date, actor: Actor) -> QuerySet[Zone]:
    """Those who must report, in the provinces the actor oversees."""
    zones = listed_zones(on).filter(kind__in=period.rule.zone_kinds)
    places = actor.oversight
    return zones if places is None else zones.filter(province_34__in=places)


def period_standing(
    period: Period, on: date, actor: Actor, *, edition: Edition = "34", province: str = ""
) -> PeriodStanding:
    """Who has reported, who has not, as of today. `province`: a code of the map `edition`. Five queries."""
    zones = [one for one in obliged_zones(period, on, actor) if province in ("", province_of(one, edition))]
    reports = ZoneReport.objects.filter(period=period.key, zone__in=[zone.pk for zone in zones])
    developers = {one.zone_id: one for one in reports if one.form == FormKind.DEVELOPER}
    tenants = Counter(one.zone_id for one in reports if one.form == FormKind.TENANT and one.state in IN)
    known = _tenants_known(zones)
    rows = [
        Standing(
            zone=zone,
            report=(report := developers.get(zone.pk)),
            late=period.is_late(report.received_on) if report else on >= period.due_before,
            tenants_in=tenants[zone.pk],
            tenants_known=known[zone.pk],
        )
        for zone in zones
    ]
    rows.sort(key=lambda row: (not row.is_waiting, row.zone.province_34, row.zone.order))
    return PeriodStanding(period, period.days_left(on), rows)


def _tenants_known(zones: Iterable[Zone]) -> Counter[int]:
    """How many enterprises of the register stand in each zone."""
    named: dict[str, list[Zone]] = defaultdict(list)
    for zone in zones:
        for name in {str(zone), zone.name_en, *zone.aliases} - {""}:
            named[name].append(zone)
    borne = Counter(Zone.objects.values_list("kind", "name"))
    tenants: set[tuple[int, int]] = set()
    seen = visible_enterprises().filter(zone__in=named).values_list("pk", "zone", "province_34")
    sites = SiteZone.objects.filter(zone__in=named, enterprise__in=visible_enterprises())
    for firm, name, province in seen:
        tenants |= {(zone.pk, firm) for zone in named[name] if province in ("", zone.province_34)}
    for firm, name, province in sites.values_list("enterprise", "zone", "enterprise__province_34"):
        fitting = {zone for zone in named[name] if province in ("", zone.province_34) or not _shared(zone, borne)}
        tenants |= {(zone.pk, firm) for zone in fitting}
    return Counter(zone for zone, _firm in tenants)


def _shared(zone: Zone, borne: Counter[tuple[str, str]]) -> bool:
    return borne[zone.kind, zone.name] > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the tenants' accepted forms add up to, beside what the developer states; None where nobody does."""

    total: Total
    developer: Decimal | None

    @property
    def differs(self) -> bool:
        """More than the developer states cannot be; less may be a tenant that has not reported."""
        return self.developer is not None and self.total.sum > self.developer


@dataclass(frozen=True, slots=True)
class ZonePeriod:
    """One cluster in one period: its forms, tenants the register knows that sent none, the sums."""

    zone: Zone
    period: Period
    developer: ZoneReport | None
    tenants: list[ZoneReport]
    silent: list[Enterprise]
    comparisons: list[Comparison]
    days_left: int

    @property
    def sums(self) -> list["SumLine"]:
        """The comparisons as people read them."""
        return [_sum_line(one) for one in self.comparisons]


@dataclass(frozen=True, slots=True)
class SumLine:
    label: str
    sum: str
    developer: str
    stated: str
    differs: bool


def _sum_line(one: Comparison) -> SumLine:
    field = FORMS["tenant"].field(one.total.code)
    return SumLine(
        label=_(field.label),
        sum=value_text(field, one.total.sum),
        developer="–" if one.developer is None else value_text(field, one.developer),
        stated=ngettext("%(n)s báo cáo có ghi", "%(n)s báo cáo có ghi", one.total.stated) % {"n": one.total.stated},
        differs=one.differs,
    )


def zone_period(zone: Zone, period: Period, on: date) -> ZonePeriod:
    reports = list(ZoneReport.objects.filter(zone=zone, period=period.key).order_by("reporter", "id"))
    developer = next((one for one in reports if one.form == FormKind.DEVELOPER), None)
    tenants = [one for one in reports if one.form == FormKind.TENANT]
    heard = {one.enterprise_id for one in tenants}
    codes = {one.tax_code for one in tenants if one.tax_code}
    silent = [
        one for one in tenants_of(zone, officials=True) if one.pk not in heard and (one.tax_code or "-") not in codes
    ]
    stated = developer.values if developer and developer.state in IN else {}
    sums = totals([one.values for one in tenants if one.state in DONE])
    return ZonePeriod(
        zone=zone,
        period=period,
        developer=developer,
        tenants=tenants,
        silent=silent,
        comparisons=[Comparison(one, _stated(stated, MATCHING[one.code])) for one in sums],
        days_left=period.days_left(on),
    )


def _stated(values: dict[str, object], code: str) -> Decimal | None:
    value = values.get(code)
    return None if value in (None, "") else Decimal(str(value))
