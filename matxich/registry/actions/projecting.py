"""The stored projection follows the statements: read them, add them up, write what changed."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import F, Q, QuerySet

from matxich.places.queries import resolver
from matxich.registry.models import Enterprise, Projection, SearchChange, SiteZone, Source, Statement
from matxich.registry.queries.families import families
from matxich.registry.states import ImportState
from matxich.rulebook.projection import Told, project

COLUMNS = tuple(field.attname for field in Projection._meta.local_fields)


def told_of(
    enterprises: Collection[int], *, including: int | None = None, excluding: int | None = None
) -> dict[int, list[Told]]:
    """The statements of some enterprises whose telling counts, by enterprise; those of records merged into it too.

    Those of published imports and of people; `including` adds one import not published yet, `excluding` leaves
    one out. Superseded ones are returned too: whether they stand is for the fold to say.
    """
    standing = Q(batch__isnull=True) | Q(batch__state=ImportState.PUBLISHED)
    if including is not None:
        standing |= Q(batch_id=including)
    heads: dict[int, list[int]] = {}
    for head, members in families(enterprises).items():
        for member in members:
            heads.setdefault(member, []).append(head)
    statements = Statement.objects.filter(standing, enterprise_id__in=heads, withdrawn_at__isnull=True)
    if excluding is not None:
        statements = statements.exclude(batch_id=excluding)
    return _grouped(statements, enterprises, heads)


def _grouped(
    statements: QuerySet[Statement], enterprises: Collection[int], heads: Mapping[int, list[int]]
) -> dict[int, list[Told]]:
    sources = {s.pk: (s.trust, s.in_programme) for s in Source.objects.only("trust", "in_programme")}
    grouped: dict[int, list[Told]] = {pk: [] for pk in enterprises}
    names = ("enterprise_id", "source_id", "id", "field", "value", "verification", "as_of", "recorded_at")
    for row in statements.order_by("id").values_list(*names, "superseded_by_id", "raw"):
        enterprise, source, pk, field, value, verification, as_of, recorded_at, superseded_by, raw = row
        trust, in_programme = sources[source]
        told = Told(pk, field, value, verification, as_of, trust, recorded_at, in_programme, superseded_by, raw)
        for head in heads[enterprise]:
            grouped[head].append(told)
    return grouped


def grant_tax_codes(wanted: Mapping[int, str | None]) -> dict[int, str | None]:
    """Each enterprise's tax code, or None where another enterprise already holds it: a key has one owner."""
    codes = {code for code in wanted.values() if code}
    holders = dict(Enterprise.objects.filter(tax_code__in=codes).values_list("tax_code", "id"))
    granted: dict[int, str | None] = {}
    for enterprise, code in wanted.items():
        owner = holders.setdefault(code, enterprise) if code else enterprise
        granted[enterprise] = code if code and owner == enterprise else None
    return granted


def projected(enterprises: Collection[int], told: Mapping[int, list[Told]]) -> dict[int, dict[str, Any]]:
    """The projection columns of each enterprise, tax codes granted; a record merged away holds none."""
    columns = {pk: project(told[pk]) for pk in enterprises}
    merged = set(Enterprise.objects.filter(pk__in=columns, merged_into__isnull=False).values_list("pk", flat=True))
    wanted = {pk: None if pk in merged else values["tax_code"] for pk, values in columns.items()}
    granted = grant_tax_codes(wanted)
    return {pk: values | {"tax_code": granted[pk]} for pk, values in columns.items()}


def refold(enterprises: Iterable[int], *, including: int | None = None) -> None:
    """Write the projections anew, move the versions and tell the index; in the caller's transaction.

    `including`: as for `told_of`.
    """
    chosen = list(enterprises)
    zones: set[tuple[int, str]] = set()
    for pk, values in projected(chosen, told_of(chosen, including=including)).items():
        Enterprise.objects.filter(pk=pk).update(**values, version=F("version") + 1)
        zones |= {(pk, zone) for zone in zones_of_sites(values["passport"])}
    SiteZone.objects.filter(enterprise__in=chosen).delete()
    SiteZone.objects.bulk_create([SiteZone(enterprise_id=pk, zone=zone) for pk, zone in sorted(zones)])
    SearchChange.objects.bulk_create([SearchChange(enterprise_id=pk) for pk in chosen])


def zones_of_sites(passport: Mapping[str, Any]) -> set[str]:
    """The zones its sites lie in, by the name that the zone goes by where one is known."""
    sites = [site for site, _statement in passport.get("site", {}).get("m", ()) if isinstance(site, dict)]
    return {zone[:80] for site in sites if (zone := _zone_of(site))}


def _zone_of(site: Mapping[str, Any]) -> str:
    told = str(site.get("zone", ""))
    found = resolver().resolve(", ".join(part for part in (str(site.get("address", "")), told) if part))
    return found.zone or told
