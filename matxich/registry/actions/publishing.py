"""A list comes into sight, or leaves it again, in one short transaction."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Subject, record
from matxich.registry.actions.foreseeing import (
    apply_foreseen,
    bases,
    foreseen_rows,
    hold_foreseen,
    overtaken,
    replace_foreseen,
)
from matxich.registry.actions.moves import move, one_flip_at_a_time
from matxich.registry.actions.projecting import projected, told_of
from matxich.registry.models import Enterprise, Import, ImportRow, SearchChange, StagedProjection, Statement
from matxich.registry.permissions import may_change_import, may_undo
from matxich.registry.queries.families import families, kept_of
from matxich.registry.states import ImportState, Outcome

CHUNK = 500
FEW = 200
ATTEMPTS = 20
MARGIN = 10_000


class TooBusy(Refusal):
    """Others kept changing the same records."""

    code = "too_busy"


def publish(*, batch: Import, by: Actor, at: datetime) -> Import:
    """Bring the list into sight: new enterprises appear, known ones get their new projection, all at once.

    Raises Denied, Stale (not waiting to be published), TooBusy.
    """
    demand(may_change_import(by, batch))
    for _attempt in range(ATTEMPTS):
        behind = _overtaken(batch)
        if len(behind) <= FEW and _publish_now(batch, by, at):
            break
        _foresee_publication(batch, behind)
    else:
        raise TooBusy(_("Nhiều hồ sơ trong danh sách đang được sửa."), _("Thử công bố lại sau ít phút."))
    StagedProjection.objects.filter(batch=batch).delete()
    batch.refresh_from_db()
    return batch


def _publish_now(batch: Import, by: Actor, at: datetime) -> bool:
    with transaction.atomic():
        one_flip_at_a_time()
        Import.objects.select_for_update().get(pk=batch.pk)
        hold_foreseen(batch)
        behind = _overtaken(batch)
        if len(behind) <= FEW:
            _foresee_publication(batch, behind)
        moved = move(batch, "publish", published_at=at)
        if len(behind) > FEW or not apply_foreseen(batch):
            transaction.set_rollback(True)
            return False
        moved = _count_revived(moved)
        SearchChange.objects.create(batch=batch)
        record(by=by, at=at, action="import.publish", on=subject_of(moved), after=moved.counts, batch=batch_name(batch))
    return True


def _overtaken(batch: Import) -> list[int]:
    """Also those this list created, if another list published about them first; and the records kept of those it
    speaks of that were merged away."""
    foreseen = StagedProjection.objects.filter(batch=batch, enterprise=OuterRef("pk"))
    created = ImportRow.objects.filter(batch=batch, outcome=Outcome.NEW).values("enterprise")
    changed = Enterprise.objects.filter(~Exists(foreseen), pk__in=created).exclude(version=1)
    kept = Enterprise.objects.filter(~Exists(foreseen), pk__in=_kept_of_merged(batch))
    return sorted({*overtaken(batch), *changed.values_list("pk", flat=True), *kept.values_list("pk", flat=True)})


def _kept_of_merged(batch: Import) -> set[int]:
    spoken_of = _enterprises(batch).values("enterprise")
    merged = Enterprise.objects.filter(pk__in=spoken_of, merged_into__isnull=False).values_list("pk", flat=True)
    return set(kept_of(merged).values())


def _foresee_publication(batch: Import, enterprises: list[int]) -> None:
    for some in batched(enterprises, CHUNK, strict=False):
        before = bases(some)
        rows = foreseen_rows(batch, before, projected(some, told_of(some, including=batch.pk)))
        with transaction.atomic():
            replace_foreseen(batch, some, rows)


def _count_revived(batch: Import) -> Import:
    """A record another list published in the meantime is no longer new: the report says linked."""
    seen = StagedProjection.objects.filter(batch=batch, base_visible=True).values("enterprise")
    changed = ImportRow.objects.filter(batch=batch, outcome=Outcome.NEW, enterprise__in=seen).update(
        outcome=Outcome.LINKED
    )
    if changed:
        counts = {"new": batch.counts["new"] - changed, "linked": batch.counts["linked"] + changed}
        batch.counts = batch.counts | counts
        batch.save(update_fields=["counts"])
    return batch


def undo_import(*, batch: Import, by: Actor, at: datetime, reason: str) -> Import:
    """Take a published list back: what it alone said is gone, all else stays as if it had never come.

    Later edits and lists about the same enterprises stand. Raises Denied, Stale, TooBusy.
    """
    demand(may_undo(by, batch))
    for _attempt in range(ATTEMPTS):
        seen, since = _others_published(batch), _newest_statement()
        StagedProjection.objects.filter(batch=batch).delete()
        _foresee_undo(batch, _supported_by_others(batch))
        if _undo_now(batch, seen, since, by, at, reason):
            break
    else:
        raise TooBusy(_("Nhiều hồ sơ trong danh sách đang được sửa."), _("Thử hoàn tác lại sau ít phút."))
    StagedProjection.objects.filter(batch=batch).delete()
    batch.refresh_from_db()
    return batch


def _undo_now(batch: Import, seen: tuple[Any, ...], since: int, by: Actor, at: datetime, reason: str) -> bool:
    with transaction.atomic():
        one_flip_at_a_time()
        Import.objects.select_for_update().get(pk=batch.pk)
        hold_foreseen(batch)
        late = _spoken_of_since(batch, since)
        settled = _others_published(batch) == seen and len(late) <= FEW
        _foresee_undo(batch, late if settled else [])
        moved = move(batch, "undo", undone_at=at)
        if not settled or not apply_foreseen(batch):
            transaction.set_rollback(True)
            return False
        SearchChange.objects.create(batch=batch)
        record(
            by=by,
            at=at,
            action="import.undo",
            on=subject_of(moved),
            before=moved.counts,
            reason=reason,
            batch=batch_name(batch),
        )
    return True


def _others_published(batch: Import) -> tuple[Any, ...]:
    """Changes when another list comes or goes."""
    others = Import.objects.filter(state=ImportState.PUBLISHED).exclude(pk=batch.pk)
    return tuple(others.aggregate(Count("pk"), Sum("pk")).values())


def _newest_statement() -> int:
    """Everything later has a higher number; the margin is for transactions that took theirs and are still open."""
    return int(Statement.objects.aggregate(newest=Max("pk"))["newest"] or 0) - MARGIN


def _spoken_of_since(batch: Import, since: int) -> list[int]:
    """Enterprises somebody changed, or spoke of for the first time, while the undo was worked out."""
    new = _other_statements(batch).filter(pk__gt=since, enterprise__in=_enterprises(batch).values("enterprise"))
    foreseen = StagedProjection.objects.filter(batch=batch, enterprise=OuterRef("enterprise"))
    first_time = new.filter(~Exists(foreseen)).values_list("enterprise_id", flat=True)
    return sorted({*overtaken(batch), *first_time})


def _enterprises(batch: Import) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(batch=batch, enterprise__isnull=False)


def _foresee_undo(batch: Import, enterprises: Iterable[int]) -> None:
    """Only enterprises somebody else also speaks of need a new projection; the others just leave."""
    for some in batched(enterprises, CHUNK, strict=False):
        before, first_imports = bases(some), _first_imports(some, batch)
        rows = foreseen_rows(batch, before, projected(some, told_of(some, excluding=batch.pk)), first_imports)
        with transaction.atomic():
            replace_foreseen(batch, some, rows)


def _supported_by_others(batch: Import) -> Iterator[int]:
    linked_elsewhere = Enterprise.objects.filter(pk__in=_enterprises(batch).values("enterprise")).exclude(
        first_import=batch
    )
    spoken_of = _other_statements(batch).filter(enterprise__in=_enterprises(batch).values("enterprise"))
    mine = spoken_of.filter(enterprise__first_import=batch).values_list("enterprise_id", flat=True)
    yield from sorted({*linked_elsewhere.values_list("pk", flat=True), *mine, *_kept_and_supported(batch)})


def _kept_and_supported(batch: Import) -> Iterator[int]:
    """Records kept of merges the list takes part in, as long as somebody else speaks of any record in them."""
    heads = Enterprise.objects.filter(pk__in=_enterprises(batch).values("enterprise"), aliases__isnull=False)
    kept = _kept_of_merged(batch) | set(heads.values_list("pk", flat=True))
    elsewhere = set(Enterprise.objects.filter(pk__in=kept).exclude(first_import=batch).values_list("pk", flat=True))
    for head, members in families(sorted(kept)).items():
        if head in elsewhere or _other_statements(batch).filter(enterprise__in=members).exists():
            yield head


def _other_statements(batch: Import) -> QuerySet[Statement]:
    standing = Q(batch__isnull=True) | Q(batch__state=ImportState.PUBLISHED)
    return Statement.objects.filter(standing, withdrawn_at__isnull=True).exclude(batch=batch)


def _first_imports(enterprises: tuple[int, ...], batch: Import) -> dict[int, int | None]:
    """Which list brings an enterprise in once this one is gone: its own, else the earliest other, None by hand."""
    own = Enterprise.objects.filter(pk__in=enterprises).exclude(first_import=batch)
    found: dict[int, int | None] = dict(own.values_list("pk", "first_import_id"))
    members = families([pk for pk in enterprises if pk not in found])
    heads = {member: head for head, family in members.items() for member in family}
    rest = _other_statements(batch).filter(enterprise__in=heads)
    for pk, other in rest.order_by(F("batch_id").asc(nulls_first=True)).values_list("enterprise_id", "batch_id"):
        found.setdefault(heads[pk], other)
    return found


def subject_of(batch: Import) -> Subject:
    return Subject("import", str(batch.pk), batch.file_name)


def batch_name(batch: Import) -> str:
    """How ledger entries of one import are tied together."""
    return f"import:{batch.pk}"
