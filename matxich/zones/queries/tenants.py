"""Tenants of a zone: enterprises of the register whose site lies in it."""

from django.db.models import Q, QuerySet

from matxich.places.models import Zone
from matxich.registry.models import Enterprise
from matxich.registry.queries import public_enterprises, visible_enterprises


def tenants_of(zone: Zone, *, officials: bool) -> QuerySet[Enterprise]:
    """By the zone their passport names, in the zone's province or where that is unknown; by name.

    Zones of one name in two provinces are told apart by the province. Everybody sees the public register only.
    """
    register = visible_enterprises() if officials else public_enterprises()
    names = {str(zone), zone.name_en, *zone.aliases} - {""}
    return register.filter(Q(province_34=zone.province_34) | Q(province_34=""), zone__in=names).order_by("name", "id")
