"""A sender's list beside its last one: whom it names anew, whom no longer, of whom it says something else.

All of it is set operations in the database on what each list says of whom: (enterprise, digest of a row). Enterprises
merged meanwhile count as one. To a list belong the rows corrected and published since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from matxich.registry.models import Import
from matxich.registry.states import ImportState

NEW, GONE, CHANGED, UNCHANGED = GROUPS = ("new", "gone", "changed", "unchanged")
_LISTS = """
WITH RECURSIVE merged(member, head) AS (
  SELECT id, merged_into_id FROM registry_enterprise WHERE merged_into_id IS NOT NULL
  UNION
  SELECT merged.member, e.merged_into_id FROM merged JOIN registry_enterprise e ON e.id = merged.head
  WHERE e.merged_into_id IS NOT NULL
), heads AS (
  SELECT member, head FROM merged JOIN registry_enterprise e ON e.id = merged.head WHERE e.merged_into_id IS NULL
), before AS (
  SELECT DISTINCT COALESCE(heads.head, r.enterprise_id) AS firm, r.digest FROM registry_importrow r
  LEFT JOIN heads ON heads.member = r.enterprise_id
  WHERE r.batch_id IN ({before}) AND r.enterprise_id IS NOT NULL
)"""
_GROUPS = """, now AS (
  SELECT DISTINCT COALESCE(heads.head, r.enterprise_id) AS firm, r.digest FROM registry_importrow r
  LEFT JOIN heads ON heads.member = r.enterprise_id
  WHERE r.batch_id IN ({now}) AND r.enterprise_id IS NOT NULL
), new AS (SELECT firm FROM now EXCEPT SELECT firm FROM before),
gone AS (SELECT firm FROM before EXCEPT SELECT firm FROM now),
named_twice AS (SELECT firm FROM now INTERSECT SELECT firm FROM before),
differing AS (
  SELECT firm FROM (SELECT firm, digest FROM now EXCEPT SELECT firm, digest FROM before) AS said_now
  UNION
  SELECT firm FROM (SELECT firm, digest FROM before EXCEPT SELECT firm, digest FROM now) AS said_before
),
changed AS (SELECT firm FROM named_twice INTERSECT SELECT firm FROM differing),
unchanged AS (SELECT firm FROM named_twice EXCEPT SELECT firm FROM differing)
"""


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
    counts = ", ".join(f"(SELECT COUNT(*) FROM {group})" for group in GROUPS)
    sql, numbers = _asked(batch, before)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} SELECT {counts}", numbers)
        return Comparison(before, *cursor.fetchone())


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
    if group not in GROUPS:
        raise ValueError(group)
    sql, numbers = _asked(batch, before)
    sql += f" SELECT firm FROM {group} WHERE firm > %s"
    numbers.append(after)
    if among is not None:
        sql += f" AND firm IN ({_marks(among)})"
        numbers += among
    sql += " ORDER BY firm"
    if limit is not None:
        sql += " LIMIT %s"
        numbers.append(limit)
    with connection.cursor() as cursor:
        cursor.execute(sql, numbers)
        return [firm for (firm,) in cursor.fetchall()]


def rehearsed_comparison(batch: Import, listed: Iterable[tuple[int, int]]) -> Comparison | None:
    """The same for a list that was not kept: `listed` is what it says of whom."""
    before = list_before(batch)
    if before is None:
        return None
    numbers = lists_of(before)
    with connection.cursor() as cursor:
        cursor.execute(_LISTS.format(before=_marks(numbers)) + " SELECT firm, digest FROM before", numbers)
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


def _asked(batch: Import, before: Import) -> tuple[str, list[int]]:
    old, now = lists_of(before), lists_of(batch)
    return (_LISTS + _GROUPS).format(before=_marks(old), now=_marks(now)), [*old, *now]


def _marks(numbers: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(numbers))
