"""Records merged into one: the record kept, and those that speak through it. Statements stay where they were told."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from matxich.registry.models import Enterprise, Merge


def families(kept: Collection[int]) -> dict[int, list[int]]:
    """Each record with itself and all that were merged into it, at any depth. One query where nothing was merged."""
    merged = Enterprise.objects.values_list("merged_into", "pk")
    return _descended(kept, lambda level: merged.filter(merged_into__in=level))


def family_as_of(kept: int, end: datetime) -> list[int]:
    """The same for one record, by the merges that stood at an instant."""
    standing = Merge.objects.filter(Q(undone_at__isnull=True) | Q(undone_at__gte=end), at__lt=end)
    return _descended([kept], lambda level: standing.filter(kept__in=level).values_list("kept", "merged"))[kept]


def _descended(kept: Collection[int], below: Callable[[list[int]], Iterable[tuple[Any, int]]]) -> dict[int, list[int]]:
    found = {pk: [pk] for pk in kept}
    heads: dict[int, set[int]] = {pk: {pk} for pk in kept}
    while heads:
        following: dict[int, set[int]] = {}
        for above, pk in sorted(below(list(heads))):
            for head in heads[above]:
                if pk not in found[head]:
                    found[head].append(pk)
                    following.setdefault(pk, set()).add(head)
        heads = following
    return found


def kept_of(records: Iterable[int]) -> dict[int, int]:
    """Each record with the one that stands for it: itself unless it was merged away."""
    heads = {pk: pk for pk in records}
    waiting = set(heads.values())
    while waiting:
        merged = Enterprise.objects.filter(pk__in=waiting, merged_into__isnull=False)
        above = dict(merged.values_list("pk", "merged_into_id"))
        heads = {pk: above.get(head, head) for pk, head in heads.items()}
        waiting = set(above.values())
    return heads


def merge_of(record: Enterprise) -> Merge | None:
    """The merge by which a record speaks through another; None when it stands for itself."""
    return Merge.objects.select_related("kept", "merged").filter(merged=record, undone_at__isnull=True).first()


def merges_into(kept: Enterprise) -> QuerySet[Merge]:
    """The merges that stand, of records merged into this one directly, oldest first."""
    return Merge.objects.select_related("merged").filter(kept=kept, undone_at__isnull=True).order_by("id")
