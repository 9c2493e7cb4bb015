"""Bringing the packaged reference data into the database."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from matxich.kit.actor import system_actor
from matxich.kit.bulk import insert_rows
from matxich.ledger.actions import Subject, record
from matxich.places import reference
from matxich.places.models import ReferenceLoad, Succession, Unit, Zone
from matxich.places.queries.addresses import zones_added
from matxich.places.states import Level, SuccessionKind
from matxich.rulebook.addresses import UnitRow
from matxich.rulebook.vietnamese.text import fold, sort_key, squeeze

NAME = "places"
BATCH = 500
Stage = dict[tuple[str, date], int]
Link = tuple[int, int, str, date, str]


@transaction.atomic
def load_reference(*, at: datetime) -> dict[str, Any]:
    """Units, successions and zones as packaged; nothing is done when the tables hold this version already.

    Returns {"version", "changed", "units", "successions", "zones"} (counts). Rows keep their ids from version to
    version; rows that the data no longer hold are deleted, zones that somebody speaks of apart. Writes one ledger
    entry when something changed.
    """
    version = reference.data_version()
    load = ReferenceLoad.objects.select_for_update().filter(name=NAME).first()
    if not (load and load.version == version):
        _load_units()
        _load_successions()
        _load_zones()
        ReferenceLoad.objects.update_or_create(name=NAME, defaults={"version": version, "loaded_at": at})
    answer = {
        "version": version,
        "units": Unit.objects.count(),
        "successions": Succession.objects.count(),
        "zones": Zone.objects.count(),
    }
    changed = not (load and load.version == version)
    if changed:
        before = {"version": load.version} if load else None
        record(
            by=system_actor(),
            at=at,
            action="places.load_reference",
            on=Subject(kind="reference", id=NAME, label=NAME),
            before=before,
            after=answer,
        )
    return answer | {"changed": changed}


def _load_units() -> None:
    rows = [_country(), *map(_unit, reference.units())]
    fields = [f.name for f in Unit._meta.concrete_fields if f.name not in ("id", "code", "valid_from")]
    if not Unit.objects.exists():
        columns = ["code", "valid_from", *fields]
        insert_rows(Unit, columns, ([getattr(row, name) for name in columns] for row in rows))
        return
    Unit.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code", "valid_from"],
        update_fields=fields,
    )
    kept = {(row.code, row.valid_from) for row in rows}
    gone = [pk for pk, *key in Unit.objects.values_list("pk", "code", "valid_from") if tuple(key) not in kept]
    Unit.objects.filter(pk__in=gone).delete()


def _country() -> Unit:
    return Unit(
        code="VN",
        level=Level.COUNTRY,
        kind="",
        name="Việt Nam",
        full_name="Việt Nam",
        name_en="Viet Nam",
        valid_from=reference.START_UNKNOWN,
        folded="viet nam",
        order=sort_key("Việt Nam"),
    )


def _unit(row: UnitRow) -> Unit:
    return Unit(
        code=row.code,
        level=row.level,
        kind=row.kind,
        name=row.name,
        full_name=f"{row.kind[0].upper()}{row.kind[1:]} {row.name}",
        name_en=row.name_en,
        parent=row.parent,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        lat=row.point[0] if row.point else None,
        lon=row.point[1] if row.point else None,
        area=row.area,
        folded=fold(row.name),
        order=sort_key(row.name),
    )


def _load_successions() -> None:
    stages: Stage = {(code, begun): pk for pk, code, begun in Unit.objects.values_list("pk", "code", "valid_from")}
    Succession.objects.all().delete()
    insert_rows(Succession, ["predecessor", "successor", "kind", "on", "legal_act"], _successions(stages))


def _successions(stages: Stage) -> Iterable[Link]:
    """Communes and provinces on 01/07/2025, then every unit that only changed its kind or name."""
    start, split = reference.START_UNKNOWN, reference.TWO_LEVELS
    for old, new in reference.PROVINCE_HEIRS.items():
        begun = reference.HUE_CITY if old == "46" else start
        yield stages[old, begun], stages[new, split], SuccessionKind.WHOLE, split, reference.PROVINCES_ACT
    for one in reference.successions():
        kind = SuccessionKind.WHOLE if one.whole else SuccessionKind.PART
        yield stages[one.predecessor, start], stages[one.successor, split], kind, split, reference.COMMUNES_ACT
    for row in reference.units():
        begun = row.valid_from
        if act := reference.CHANGES.get(begun):
            earlier = split if begun > split else start
            yield stages[row.code, earlier], stages[row.code, begun], SuccessionKind.WHOLE, begun, act


def _load_zones() -> None:
    rows = [_zone(zone) for zone in reference.zones()]
    fields = [f.name for f in Zone._meta.concrete_fields if f.name not in ("id", "kind", "name", "province_63")]
    Zone.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["kind", "name", "province_63"],
        update_fields=fields,
    )
    kept = {(row.kind, row.name, row.province_63) for row in rows}
    listed = Zone.objects.filter(packaged=True).values_list("pk", "kind", "name", "province_63")
    for gone in [pk for pk, *key in listed if tuple(key) not in kept]:
        try:
            with transaction.atomic():
                Zone.objects.get(pk=gone).delete()
        except ProtectedError:
            Zone.objects.filter(pk=gone).update(packaged=False)


def add_zone(*, kind: str, name: str, province_63: str, province_34: str, source: str, district_63: str = "") -> Zone:
    """A zone that the packaged list does not hold, or the one of this kind and name that is there already.

    Part of the caller's decision: runs in its transaction and is told in its ledger entry. Addresses that name it
    are understood from its commit on.
    """
    found, made = Zone.objects.get_or_create(
        kind=kind,
        name=squeeze(name),
        province_63=province_63,
        defaults={
            "name_en": "",
            "province_34": province_34,
            "district_63": district_63,
            "source": source[:200],
            "confidence": "listed",
            "packaged": False,
            "order": sort_key(squeeze(name)),
        },
    )
    if made:
        transaction.on_commit(zones_added().touch)
    return found


def _zone(zone: reference.Zone) -> Zone:
    row = zone.row
    return Zone(
        kind=row.kind,
        name=row.name,
        name_en=zone.name_en,
        aliases=list(row.aliases),
        province_63=row.province_63,
        province_34=row.province_34,
        district_63=row.district_63 or "",
        lat=row.point[0] if row.point else None,
        lon=row.point[1] if row.point else None,
        source=zone.source,
        confidence=zone.confidence,
        order=sort_key(row.name),
    )
