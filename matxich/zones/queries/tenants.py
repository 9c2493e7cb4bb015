"""Tenants of a zone: enterprises of the register whose site lies in it."""

from django.db.models import Q, QuerySet

from matxich.places.models import Zone
from matxich.registry.models import Enterprise, SiteZone
from matxich.registry.queries import public_enterprises, visible_enterprises


def tenants_of(zone: Zone, *, officials: bool) -> QuerySet[Enterprise]:
    """By the zone their address names, in the zone's province or where that is unknown, and by the zones of their
    other sites; by name.

    A firm with sites in two zones is a tenant of both. Zones of one name in two provinces are told apart by the
    province of the firm. Everybody sees the public register only.
    """
    register = visible_enterprises() if officials else public_enterprises()
    names = {str(zone), zone.name_en, *zone.aliases} - {""}
    here = Q(province_34=zone.province_34) | Q(province_34="")
    sites = SiteZone.objects.filter(zone__in=names).values("enterprise")
    return register.filter(Q(here, zone__in=names) | Q(pk__in=sites) & (here if is_shared(zone) else Q())).order_by(
        "name", "id"
    )


def is_shared(zone: Zone) -> bool:
    """Does another zone bear its name? Else a site is told by the name, wherever the firm has its address."""
    return Zone.objects.filter(kind=zone.kind, name=zone.name).exclude(pk=zone.pk).exists()
