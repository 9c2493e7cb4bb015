"""What a list will change in enterprises it did not create, worked out before it is published or undone.

Publishing then is one statement and one flag, however long the list: nobody sees half of it, nobody waits for it.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Q

from matxich.kit.bulk import insert_rows
from matxich.registry.actions.projecting import COLUMNS
from matxich.registry.models import Enterprise, Import, StagedProjection
from matxich.registry.states import ImportState

VISIBLE = Q(first_import__isnull=True) | Q(first_import__state=ImportState.PUBLISHED)
FORESEEN_COLUMNS = ("batch_id", "enterprise_id", "first_import_id", "base_version", "base_visible", *COLUMNS)


class Base(NamedTuple):
    """An enterprise at the moment somebody starts to work out its future."""

    version: int
    first_import: int | None
    visible: bool


def bases(enterprises: Collection[int]) -> dict[int, Base]:
    """Ask before reading the statements: what changes in between is then noticed as a version that moved."""
    names = ("pk", "version", "first_import_id", "first_import__state")
    return {
        pk: Base(version, first, first is None or state == ImportState.PUBLISHED)
        for pk, version, first, state in Enterprise.objects.filter(pk__in=enterprises).values_list(*names)
    }


def foreseen_rows(
    batch: Import,
    from_bases: Mapping[int, Base],
    profiles: Mapping[int, dict[str, Any]],
    first_imports: Mapping[int, int | None] | None = None,
) -> list[list[Any]]:
    """Rows of the foreseen table. An enterprise nobody could see yet will have been brought in by this list.

    `first_imports`, for an undo, says which list brings it in then.
    """
    rows = []
    for pk, base in from_bases.items():
        brought_in = base.first_import if base.visible else batch.pk
        if first_imports is not None:
            brought_in = first_imports[pk]
        rows.append([batch.pk, pk, brought_in, base.version, base.visible, *(profiles[pk][name] for name in COLUMNS)])
    return rows


def replace_foreseen(batch: Import, enterprises: Collection[int], rows: list[list[Any]]) -> None:
    """Put rows in the place of what was foreseen for these enterprises; in the caller's transaction."""
    if enterprises:
        StagedProjection.objects.filter(batch=batch, enterprise_id__in=enterprises).delete()
    insert_rows(StagedProjection, FORESEEN_COLUMNS, rows)


def hold_foreseen(batch: Import) -> None:
    """Nobody else changes the foreseen enterprises until the caller's transaction ends.

    Else somebody who saves without pause could keep a list from ever coming out. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        staged, table = StagedProjection._meta.db_table, Enterprise._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT 1 FROM {table} WHERE id IN (SELECT enterprise_id FROM {staged} WHERE batch_id = %s)"
                " ORDER BY id FOR UPDATE",
                [batch.pk],
            )


def overtaken(batch: Import) -> list[int]:
    """Enterprises that changed, or came into sight or left it, after they were foreseen."""
    visible = Q(enterprise__first_import__isnull=True) | Q(enterprise__first_import__state=ImportState.PUBLISHED)
    foreseen = StagedProjection.objects.filter(batch=batch)
    moved = foreseen.exclude(base_version=F("enterprise__version"))
    appeared = foreseen.filter(visible, base_visible=False)
    gone = foreseen.filter(base_visible=True).exclude(visible)
    return sorted({pk for found in (moved, appeared, gone) for pk in found.values_list("enterprise_id", flat=True)})


def apply_foreseen(batch: Import) -> bool:
    """Give every foreseen enterprise its new projection; False when one changed at this very moment.

    Needs the caller's transaction, which must be rolled back on False.
    """
    quote = connection.ops.quote_name
    table, staged = quote(Enterprise._meta.db_table), quote(StagedProjection._meta.db_table)
    sets = ", ".join(f"{quote(name)} = s.{quote(name)}" for name in (*COLUMNS, "first_import_id"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {sets}, version = version + 1 FROM {staged} AS s"
            f" WHERE s.batch_id = %s AND s.enterprise_id = {table}.id AND s.base_version = {table}.version",
            [batch.pk],
        )
        return bool(cursor.rowcount == StagedProjection.objects.filter(batch=batch).count())
