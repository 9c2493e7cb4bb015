"""The page of one zone: for everybody, and for officials."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.kit.display import Event
from matxich.kit.verdict import Verdict
from matxich.places.models import Zone
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.zones.fields import BY_CODE, fields_for
from matxich.rulebook.zones.periods import due_next
from matxich.zones.models import ZoneReport
from matxich.zones.permissions import may_open_report, may_see_officials_figures, may_see_zones, may_state
from matxich.zones.queries.facts import Known, history_of, known_of
from matxich.zones.queries.listing import place_of
from matxich.zones.queries.showing import Group, events, groups
from matxich.zones.queries.tenants import tenants_of

TENANTS_SHOWN = 30
EVENTS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Tenant:
    """An enterprise of the register in the zone."""

    name: str
    name_en: str
    url: str


@dataclass(frozen=True, slots=True)
class ZonePage:
    """Everything on the page. `cautions` are sentences; `missing` names what keeps a cluster from being digitised."""

    zone: Zone
    known: Known
    groups: list[Group]
    places: tuple[str, str]
    cautions: list[str]
    missing: list[str]
    tenants: list[Tenant]
    tenant_count: int
    tenants_url: str
    desk_url: str
    reports_url: str
    history: list[Event]
    may_state: Verdict

    @property
    def occupancy(self) -> Decimal | None:
        return self.known.occupancy

    @property
    def unknown(self) -> list[str]:
        return [label for group in self.groups for label in group.unknown]


def public_page(zone: Zone, today: date, actor: Actor) -> ZonePage:
    """As everybody sees it: public fields, the public register; the desk's address for those who have one."""
    return _page(zone, today, actor, officials=False)


def desk_page(zone: Zone, today: date, actor: Actor) -> ZonePage:
    """As the desk sees it: officials every field, the history of all that was told."""
    return _page(zone, today, actor, officials=True)


def _page(zone: Zone, today: date, actor: Actor, *, officials: bool) -> ZonePage:
    known = known_of([zone], today)[0]
    all_figures = officials and may_see_officials_figures(actor)
    tenants = tenants_of(zone, officials=officials)
    route, page = (
        ("registry:enterprises", "registry:passport") if officials else ("registry:directory", "registry:firm")
    )
    public = {one.code for one in fields_for(zone.kind) if one.public}
    told = history_of(zone)
    shown = told if all_figures else told.filter(field__in=public)
    return ZonePage(
        zone=zone,
        known=known,
        groups=groups(known, officials=all_figures, today=today),
        places=(place_of(zone, "34"), place_of(zone, "63")),
        cautions=[_(one.text) % one.params for one in known.cautions],
        missing=[_(BY_CODE[code].label) for code in known.missing],
        tenants=[
            Tenant(one.name, one.name_en, reverse(page, args=[make_registry_id(one.pk)]))
            for one in tenants[:TENANTS_SHOWN]
        ],
        tenant_count=tenants.count(),
        tenants_url=f"{reverse(route)}?{urlencode({'zone': str(zone)})}",
        desk_url=reverse("zones:desk_zone", args=[zone.pk]) if not officials and may_see_zones(actor) else "",
        reports_url=_reports_url(zone, today, actor) if officials else "",
        history=events(shown[:EVENTS_SHOWN]) if officials else [],
        may_state=may_state(actor, zone),
    )


def _reports_url(zone: Zone, today: date, actor: Actor) -> str:
    """The forms of the period due next, for who may open them; "" for a zone that owes none."""
    period = due_next(today)
    owes = zone.kind in period.rule.zone_kinds and may_open_report(actor, ZoneReport(zone=zone))
    return reverse("zones:zone_reports", args=[zone.pk, period.key]) if owes else ""
