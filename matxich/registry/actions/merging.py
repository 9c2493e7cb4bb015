"""Two records are one enterprise: a decision with a reason, of which nothing is lost and which can be taken back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.registry.actions.facts import NotInRegister, demand_version, is_visible, subject_of
from matxich.registry.actions.moves import hold_still
from matxich.registry.actions.projecting import refold, told_of
from matxich.registry.models import Enterprise, Merge, SearchChange, Statement
from matxich.registry.permissions import may_merge
from matxich.registry.states import ImportState
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.projection import VERSION


class SameRecord(Refusal):
    """Both identifiers lead to one record."""

    code = "same_record"
    status = 422


class AlreadyMerged(Refusal):
    """One of the two is no record of its own any more."""

    code = "already_merged"


class UnitOfTheOther(Refusal):
    """A legal entity and its dependent unit are two records, however alike."""

    code = "unit_of_the_other"


class NotMerged(Refusal):
    """There is no merge to take back."""

    code = "not_merged"


class LaterMergeFirst(Refusal):
    """The record kept was merged away itself since."""

    code = "later_merge_first"


@transaction.atomic
def merge_enterprises(
    *,
    kept: Enterprise,
    merged: Enterprise,
    by: Actor,
    at: datetime,
    reason: str,
    kept_version: int,
    merged_version: int,
) -> Merge:
    """From now on `merged` speaks through `kept`, whose passport adds up both; its identifier leads there.

    Statements, rows and sources stay where they are. Raises SameRecord, Denied, NotInRegister, AlreadyMerged,
    UnitOfTheOther, Stale (either changed since its version).
    """
    if kept.pk == merged.pk:
        raise SameRecord(_("Hai mã này là cùng một hồ sơ."), _("Chọn hồ sơ kia."))
    kept, merged = _held(kept, merged)
    demand(may_merge(by, (kept, merged)))
    for one, version in ((kept, kept_version), (merged, merged_version)):
        _demand_own_record(one)
        demand_version(one, version)
    if kept.pk == merged.parent_id or merged.pk == kept.parent_id:
        raise UnitOfTheOther(
            _("Một bên là đơn vị phụ thuộc của bên kia nên là hai hồ sơ."),
            _("Nếu ghi nhầm, sửa mã số thuế của đơn vị phụ thuộc."),
        )
    made = Merge.objects.create(kept=kept, merged=merged, tax_code=merged.tax_code, reason=reason, by=by.id, at=at)
    Enterprise.objects.filter(pk=merged.pk).update(merged_into=kept, tax_code=None, version=F("version") + 1)
    refold([kept.pk])
    SearchChange.objects.create(enterprise=merged)
    _record("enterprise.merge", made, kept, merged, by, at, reason)
    return made


@transaction.atomic
def unmerge_enterprises(*, merge: Merge, by: Actor, at: datetime, reason: str, kept_version: int) -> Enterprise:
    """Two records again, each the sum of its own statements; the one that had been merged away is returned.

    What lists and officers told of the kept record meanwhile stays there. Raises Denied, NotMerged,
    LaterMergeFirst, Stale.
    """
    kept, merged = _held(merge.kept, merge.merged)
    demand(may_merge(by, (kept, merged)))
    if kept.merged_into_id is not None:
        raise LaterMergeFirst(
            _("Hồ sơ %(id)s sau đó đã gộp vào hồ sơ khác.") % {"id": make_registry_id(kept.pk)},
            _("Tách lần gộp sau trước, rồi tách lần này."),
        )
    demand_version(kept, kept_version)
    if not Merge.objects.filter(pk=merge.pk, undone_at__isnull=True).update(undone_at=at, undone_by=by.id):
        raise NotMerged(_("Hai hồ sơ này đã được tách."), _("Tải lại trang để xem hồ sơ hiện tại."))
    Enterprise.objects.filter(pk=merged.pk).update(merged_into=None)
    _settle_first_import(kept)
    refold([kept.pk])  # first: it lets go of the other's tax code
    refold([merged.pk])
    _record("enterprise.unmerge", merge, kept, merged, by, at, reason)
    merged.refresh_from_db()
    return merged


def _held(one: Enterprise, other: Enterprise) -> tuple[Enterprise, Enterprise]:
    numbers = (one.pk, other.pk)
    hold_still(*Enterprise.objects.filter(pk__in=numbers).values_list("first_import_id", flat=True))
    held = {row.pk: row for row in Enterprise.objects.select_for_update().filter(pk__in=numbers).order_by("id")}
    return held[one.pk], held[other.pk]


def _demand_own_record(enterprise: Enterprise) -> None:
    if enterprise.merged_into_id is not None:
        raise AlreadyMerged(
            _("Hồ sơ %(id)s đã gộp vào hồ sơ khác.") % {"id": make_registry_id(enterprise.pk)},
            _("Mở hồ sơ mà nó đã gộp vào."),
        )
    if not is_visible(enterprise):
        raise NotInRegister(
            _("Hồ sơ %(id)s không còn trong sổ.") % {"id": make_registry_id(enterprise.pk)},
            _("Danh sách đưa nó vào đã được hoàn tác."),
        )


def _settle_first_import(kept: Enterprise) -> None:
    """While merged it may have stayed in sight by a list that told of the other alone; then its own brings it in."""
    own = Statement.objects.filter(enterprise=kept)
    if kept.first_import_id and not own.filter(batch=kept.first_import_id).exists():
        in_sight = own.filter(Q(batch__isnull=True) | Q(batch__state=ImportState.PUBLISHED))
        told = in_sight if in_sight.exists() else own
        first = told.order_by(F("batch_id").asc(nulls_first=True)).values_list("batch_id", flat=True).first()
        Enterprise.objects.filter(pk=kept.pk).update(first_import=first)


def _record(
    action: str, merge: Merge, kept: Enterprise, merged: Enterprise, by: Actor, at: datetime, reason: str
) -> None:
    told = {pk: len(statements) for pk, statements in told_of([kept.pk, merged.pk]).items()}
    versions = {"kept": kept.version, "merged": merged.version}
    after = {"merge": merge.pk, "kept": make_registry_id(kept.pk), "merged": make_registry_id(merged.pk)}
    for one in (kept, merged):
        record(
            by=by,
            at=at,
            action=action,
            on=subject_of(one),
            before={"versions": versions},
            after=after | {"statements": told[one.pk]},
            reason=reason,
            rule=VERSION,
        )
