"""Enterprises a sender's newer list leaves out: noted to be followed up, and what came of it. No fact changes."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.display import Text
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.ledger.actions import record
from matxich.registry.actions.facts import subject_of
from matxich.registry.actions.publishing import batch_name
from matxich.registry.models import Enterprise, Import, NoLongerListed
from matxich.registry.permissions import may_change_import
from matxich.registry.queries.list_changes import GONE, enterprises_in, list_before
from matxich.registry.states import ImportState

MOST = 200


class NothingChosen(Refusal):
    code = "nothing_chosen"
    status = 422


class StillListed(Refusal):
    """The list names the enterprise, or the one before did not."""

    code = "still_listed"


class WithoutReason(Refusal):
    code = "without_reason"
    status = 422


@transaction.atomic
def note_no_longer_listed(
    *, batch: Import, enterprises: Collection[int], reason: str, by: Actor, at: datetime
) -> list[NoLongerListed]:
    """Note that this published list leaves these enterprises out, to be followed up; those noted before stay as noted.

    What earlier lists said of them stands, with its day. At most MOST at a time. Raises Denied, Stale (not
    published), NothingChosen, WithoutReason, StillListed.
    """
    demand(may_change_import(by, batch))
    batch = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != ImportState.PUBLISHED:
        raise Stale(
            _("Danh sách này chưa công bố hoặc đã hoàn tác."), _("Công bố danh sách rồi mới ghi theo dõi được.")
        )
    chosen = sorted(set(enterprises))[:MOST]
    if not chosen:
        raise NothingChosen(_("Chưa chọn doanh nghiệp nào."), _("Đánh dấu các doanh nghiệp cần theo dõi rồi ghi lại."))
    why = _given(reason, _("Chưa ghi lý do theo dõi."))
    before = list_before(batch)
    gone = enterprises_in(batch, before, GONE, among=chosen) if before else []
    if set(chosen) - set(gone):
        raise StillListed(
            _("Có doanh nghiệp vẫn còn trong danh sách này."), _("Tải lại trang so sánh để xem nhóm mới nhất.")
        )
    noted = set(NoLongerListed.objects.filter(batch=batch, enterprise__in=chosen).values_list("enterprise", flat=True))
    records = Enterprise.objects.in_bulk([pk for pk in chosen if pk not in noted])
    return [_note(batch, records[pk], why, by, at) for pk in chosen if pk in records]


def _note(batch: Import, enterprise: Enterprise, reason: str, by: Actor, at: datetime) -> NoLongerListed:
    made = NoLongerListed.objects.create(batch=batch, enterprise=enterprise, reason=reason, by=by.id, at=at)
    record(
        by=by,
        at=at,
        action="enterprise.no_longer_listed",
        on=subject_of(enterprise),
        after={"list": batch.file_name, "as_of": batch.as_of},
        reason=reason,
        batch=batch_name(batch),
    )
    return made


@transaction.atomic
def close_follow_up(*, note: NoLongerListed, finding: str, by: Actor, at: datetime) -> NoLongerListed:
    """Say what came of it: closed down, moved, left out by mistake. Raises Denied, Stale (closed), WithoutReason."""
    demand(may_change_import(by, note.batch))
    current = NoLongerListed.objects.select_for_update(of=("self",)).select_related("enterprise").get(pk=note.pk)
    if current.closed_at is not None:
        raise Stale(_("Việc theo dõi này đã xong."), _("Tải lại trang để xem kết quả."))
    current.finding = _given(finding, _("Chưa ghi kết quả tìm hiểu."))
    current.closed_by, current.closed_at = by.id, at
    current.save(update_fields=["finding", "closed_by", "closed_at"])
    record(
        by=by,
        at=at,
        action="enterprise.no_longer_listed_closed",
        on=subject_of(current.enterprise),
        reason=current.finding,
        batch=batch_name(note.batch),
    )
    return current


def _given(text: str, missing: Text) -> str:
    if not (given := " ".join(text.split())[:500]):
        raise WithoutReason(missing, _("Ghi ngắn gọn một câu; câu này được lưu trong nhật ký."))
    return given
