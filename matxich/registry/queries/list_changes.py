"""A sender's list beside its last one: whom it names anew, whom no longer, of whom it says something else.

All of it is one statement of the database on what each list says of whom: (enterprise, digest of a row), as sets.
Enterprises merged meanwhile count as one. To a list belong the rows corrected and published since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from matxich.registry.models import Import
from matxich.registry.states import ImportState

NEW, GONE, CHANGED, UNCHANGED = GROUPS = ("new", "gone", "changed", "unchanged")
# `was`, `is_now`: does the list before, does this one, say so of the firm?
_SAID = """
WITH RECURSIVE merged(member, head) AS (
  SELECT id, merged_into_id FROM registry_enterprise WHERE merged_into_id IS NOT NULL
  UNION
  SELECT merged.member, e.merged_into_id FROM merged JOIN registry_enterprise e ON e.id = merged.head
  WHERE e.merged_into_id IS NOT NULL
), heads AS (
  SELECT member, head FROM merged JOIN registry_enterprise e ON e.id = merged.head WHERE e.merged_into_id IS NULL
), told AS (
  SELECT enterprise_id, digest, 1 AS was, 0 AS is_now FROM registry_importrow
  WHERE batch_id IN ({before}) AND enterprise_id IS NOT NULL
  UNION ALL
  SELECT enterprise_id, digest, 0, 1 FROM registry_importrow
  WHERE batch_id IN ({now}) AND enterprise_id IS NOT NULL
), said AS (
  SELECT COALESCE(heads.head, told.enterprise_id) AS firm, digest, MAX(was) AS was, MAX(is_now) AS is_now
  FROM told LEFT JOIN heads ON heads.member = told.enterprise_id GROUP BY 1, 2
), firms AS (
  SELECT firm, CASE WHEN MAX(was) = 0 THEN 'new' WHEN MAX(is_now) = 0 THEN 'gone'
    WHEN MIN(was + is_now) < 2 THEN 'changed' ELSE 'unchanged' END AS what
  FROM said GROUP BY firm
)"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many enterprises a list names that the one before did not, and so on."""

    before: Import
    new: int
    gone: int
    changed: int
    unchanged: int

    def as_dict(self) -> dict[str, Any]:
        """{"import", "new", "gone", "changed", "unchanged"}; `import` is the number of the list before."""
        return {"import": self.before.pk} | {group: getattr(self, group) for group in GROUPS}


def list_before(batch: Import) -> Import | None:
    """The sender's last published list before this one: the newest that speaks of no later day.

    None for its first, and for rows sent again corrected, which are no list of their own.
    """
    if batch.corrects_id is not None:
        return None
    others = Import.objects.filter(
        source=batch.source_id, state=ImportState.PUBLISHED, repeats=None, corrects=None, as_of__lte=batch.as_of
    )
    if batch.pk is not None:
        others = others.filter(Q(as_of__lt=batch.as_of) | Q(pk__lt=batch.pk)).exclude(pk=batch.pk)
    return others.select_related("source", "agency").order_by("-as_of", "-pk").first()


def comparison(batch: Import) -> Comparison | None:
    """One statement; None when there is nothing to compare with."""
    before = list_before(batch)
    if before is None:
        return None
    sql, numbers = _asked(batch, before)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} SELECT what, COUNT(*) FROM firms GROUP BY what", numbers)
        return Comparison(before, **(dict.fromkeys(GROUPS, 0) | dict(cursor.fetchall())))


def enterprises_in(
    batch: Import,
    before: Import,
    group: str,
    *,
    after: int = 0,
    limit: int | None = None,
    among: Sequence[int] | None = None,
) -> list[int]:
    """Enterprises of one of GROUPS by number: the first so many behind `after`, of all or `among` some."""
    sql, numbers = _asked(batch, before)
    sql += " SELECT firm FROM firms WHERE what = %s AND firm > %s"
    wanted: list[int | str] = [*numbers, group, after]
    if among is not None:
        sql += f" AND firm IN ({_marks(among)})"
        wanted += among
    sql += " ORDER BY firm"
    if limit is not None:
        sql += " LIMIT %s"
        wanted.append(limit)
    with connection.cursor() as cursor:
        cursor.execute(sql, wanted)
        return [firm for (firm,) in cursor.fetchall()]


def rehearsed_comparison(batch: Import, listed: Iterable[tuple[int, int]]) -> Comparison | None:
    """The same for a list that was not kept: `listed` is what it says of whom."""
    before = list_before(batch)
    if before is None:
        return None
    sql, numbers = _asked(None, before)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} SELECT firm, digest FROM said", numbers)
        old = set(cursor.fetchall())
    new = set(listed)
    firms, known = {firm for firm, _digest in new}, {firm for firm, _digest in old}
    both, differing = firms & known, {firm for firm, _digest in new ^ old}
    return Comparison(before, len(firms - known), len(known - firms), len(both & differing), len(both - differing))


def lists_of(batch: Import) -> list[int]:
    """The imports whose rows make up a list: its own, or those of the file it repeats, and what was corrected since."""
    own = batch.repeats_id or batch.pk
    return [own, *corrections_of(own).values_list("pk", flat=True)]


def corrections_of(batch: int) -> QuerySet[Import]:
    """Published imports that brought rejected rows of this one again, oldest first."""
    return Import.objects.filter(corrects=batch, state=ImportState.PUBLISHED, repeats=None).order_by("id")


def _asked(batch: Import | None, before: Import) -> tuple[str, list[int]]:
    old, now = lists_of(before), lists_of(batch) if batch else []
    return _SAID.format(before=_marks(old), now=_marks(now) or "NULL"), [*old, *now]


def _marks(numbers: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(numbers))
