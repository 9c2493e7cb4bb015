"""What is known of a source is corrected; how far it is trusted decides between what sources say."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.ledger.actions import Subject, record
from matxich.registry.actions.sources import NamelessSource, source_key
from matxich.registry.actions.weighing import weigh_anew
from matxich.registry.models import Source
from matxich.registry.permissions import may_edit_source
from matxich.registry.states import ImportState, Rhythm, SourceKind
from matxich.rulebook.vietnamese.text import squeeze

AT_ONCE = 2_000
FIELDS = ("name", "kind", "agency_id", "trust", "in_programme", "rhythm")


class NameTaken(Refusal):
    code = "name_taken"
    status = 422


class UnexplainedTrust(Refusal):
    """A new trust or kind changes what many records say: somebody may ask why."""

    code = "unexplained_trust"
    status = 422


class BeingTakenIn(Refusal):
    """A list of this source is being weighed at this moment."""

    code = "being_taken_in"


def version_of(source: Source) -> str:
    """What a form was opened on."""
    return "|".join(str(getattr(source, name)) for name in FIELDS)


def edit_source(
    *,
    source: Source,
    name: str,
    kind: str,
    agency: Agency | None,
    trust: int,
    version: str,
    by: Actor,
    at: datetime,
    rhythm: str = Rhythm.NONE,
    reason: str = "",
) -> Source:
    """Correct a source. A new trust or kind, for which a reason is needed, weighs anew every record it speaks of: the
    first AT_ONCE here, the others by the worker.

    Raises Denied, Stale, NamelessSource, NameTaken, UnexplainedTrust, BeingTakenIn.
    """
    demand(may_edit_source(by, source))
    name = squeeze(name)[:300]
    key = source_key(name)
    if not key:
        raise NamelessSource(_("Chưa có tên nơi gửi danh sách."), _("Ghi tên cơ quan, đơn vị đã gửi danh sách."))
    if Source.objects.filter(key=key).exclude(pk=source.pk).exists():
        raise NameTaken(_("Đã có nguồn khác mang tên này."), _("Ghi tên khác để phân biệt hai nguồn."))
    changes: dict[str, Any] = {
        "name": name,
        "key": key,
        "kind": kind,
        "agency_id": agency.pk if agency else None,
        "trust": trust,
        "in_programme": kind != SourceKind.OUTSIDE,
        "rhythm": rhythm,
    }
    changed = _save(source, changes, version, squeeze(reason)[:500], by, at)
    if changed.weighed_to is not None:
        weigh_anew(changed.pk, at_most=AT_ONCE)
        changed.refresh_from_db()
    return changed


@transaction.atomic
def _save(source: Source, changes: dict[str, Any], version: str, reason: str, by: Actor, at: datetime) -> Source:
    current = _held(source)
    if version != version_of(current):
        raise Stale(_("Nguồn này vừa được người khác sửa."), _("Tải lại trang, xem nội dung mới nhất rồi sửa tiếp."))
    before = {name: getattr(current, name) for name in changes if getattr(current, name) != changes[name]}
    if before.keys() & {"trust", "in_programme"}:
        _demand_weighable(current, reason)
        changes["weighed_to"] = 0
    for name, value in changes.items():
        setattr(current, name, value)
    current.save(update_fields=[name.removesuffix("_id") for name in changes])
    after = {name: changes[name] for name in before}
    record(by=by, at=at, action="source.edit", on=_subject(current), before=before, after=after, reason=reason)
    return current


def _held(source: Source) -> Source:
    return Source.objects.select_for_update(of=("self",)).get(pk=source.pk)


def _subject(source: Source) -> Subject:
    return Subject("source", str(source.pk), source.name)


def _demand_weighable(source: Source, reason: str) -> None:
    if not reason:
        raise UnexplainedTrust(
            _("Chưa ghi lý do đổi mức tin cậy hoặc loại nguồn."),
            _("Ghi vì sao; điều này đổi giá trị được chọn trong các hồ sơ nguồn nói đến."),
        )
    if source.imports.filter(state=ImportState.STAGING).exists():
        raise BeingTakenIn(
            _("Một danh sách của nguồn này đang được kiểm tra từng dòng."), _("Đợi kiểm tra xong rồi đổi.")
        )


@transaction.atomic
def forget_columns(*, source: Source, headers: Collection[str], by: Actor, at: datetime) -> list[str]:
    """Read these columns of the sender's next list as if they had never been seen; the headers forgotten, as written.

    `headers`: keys of `Source.mapping`. Lists taken in keep how they were read. Raises Denied.
    """
    demand(may_edit_source(by, source))
    current = _held(source)
    gone = {key: current.mapping.pop(key) for key in sorted(set(headers)) if key in current.mapping}
    if gone:
        current.save(update_fields=["mapping"])
        before = {known["header"]: known["field"] for known in gone.values()}
        record(by=by, at=at, action="source.forget_columns", on=_subject(current), before=before)
    return [known["header"] for known in gone.values()]
