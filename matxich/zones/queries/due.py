"""Reporting periods somebody has work with now: who has to report still, what is to be decided, what a firm owes."""

from dataclasses import dataclass
from datetime import date, timedelta

from matxich.accounts.permissions import holds
from matxich.kit.actor import Actor
from matxich.places.models import Zone
from matxich.registry.models import Enterprise, SiteZone
from matxich.rulebook.zones.periods import Period, due_next, until
from matxich.zones.models import ZoneReport
from matxich.zones.permissions import STATING, may_state_in
from matxich.zones.queries.facts import listed_zones
from matxich.zones.queries.reports import IN, obliged_zones
from matxich.zones.queries.showing import period_name
from matxich.zones.queries.tenants import tenants_of
from matxich.zones.states import FormKind, ReportState

AHEAD, AFTER = timedelta(days=45), timedelta(days=60)
"""How long before a deadline it is put before people, and how long after it if something is missing."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """One period in the provinces of one person. `waiting`: clusters whose developer has not handed in its form."""

    period: Period
    name: str
    days_left: int
    clusters: int
    waiting: int
    handed_in: int


def periods_at_work(today: date, actor: Actor) -> list[AtWork]:
    """For those who enter and decide reports, the soonest deadline last; nothing for others. Three queries a period."""
    if not holds(actor, STATING):
        return []
    periods = [one for one in until(today, 2) if one.due_before - AHEAD <= today < one.due_before + AFTER]
    return [_at_work(period, today, actor) for period in periods]


def _at_work(period: Period, today: date, actor: Actor) -> AtWork:
    zones = [zone.pk for zone in obliged_zones(period, today, actor) if may_state_in(actor, zone.province_34)]
    reports = ZoneReport.objects.filter(period=period.key, zone__in=zones)
    sent = reports.filter(form=FormKind.DEVELOPER, state__in=IN).values("zone").distinct().count()
    handed_in = reports.filter(state=ReportState.SUBMITTED).count()
    return AtWork(period, period_name(period), period.days_left(today), len(zones), len(zones) - sent, handed_in)


@dataclass(frozen=True, slots=True)
class TenantDue:
    """The form a firm owes for one cluster it has a site in; `report`: what was entered from its paper, or None."""

    zone: Zone
    period: Period
    name: str
    days_left: int
    report: ZoneReport | None


def due_of_tenant(enterprise: Enterprise, today: date) -> list[TenantDue]:
    """One for each cluster the firm is a tenant of, for the period due next; nothing long before its deadline."""
    period = due_next(today)
    if today < period.due_before - AHEAD:
        return []
    names = {enterprise.zone, *SiteZone.objects.filter(enterprise=enterprise).values_list("zone", flat=True)} - {""}
    zones = [
        zone
        for zone in (listed_zones(today).filter(kind__in=period.rule.zone_kinds) if names else ())
        if names & {str(zone), zone.name_en, *zone.aliases}
        and tenants_of(zone, officials=True).filter(pk=enterprise.pk).exists()
    ]
    sent = ZoneReport.objects.filter(period=period.key, form=FormKind.TENANT, zone__in=zones, enterprise=enterprise)
    by_zone = {report.zone_id: report for report in sent}
    told = (period_name(period), period.days_left(today))
    return [TenantDue(zone, period, *told, by_zone.get(zone.pk)) for zone in zones]
