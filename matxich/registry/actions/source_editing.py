"""What is known of a source is corrected; how far it is trusted decides between what sources say."""

from datetime import datetime
from itertools import batched

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.ledger.actions import Subject, record
from matxich.registry.actions.projecting import refold
from matxich.registry.actions.sources import NamelessSource
from matxich.registry.models import Enterprise, Source, Statement
from matxich.registry.permissions import may_edit_source
from matxich.registry.queries.families import kept_of
from matxich.registry.states import SourceKind
from matxich.rulebook.vietnamese.text import fold, squeeze

CHUNK, MOST = 200, 5_000
FIELDS = ("name", "kind", "agency_id", "trust", "in_programme")


class NameTaken(Refusal):
    code = "name_taken"
    status = 422


class TooManyRecords(Refusal):
    """So many records would have to be weighed anew that a page cannot wait for it."""

    code = "too_many_records"
    status = 422


def version_of(source: Source) -> str:
    """What a form was opened on."""
    return "|".join(str(getattr(source, name)) for name in FIELDS)


def edit_source(
    *, source: Source, name: str, kind: str, agency: Agency | None, trust: int, version: str, by: Actor, at: datetime
) -> Source:
    """Correct a source; a new trust or kind weighs anew every record it speaks of.

    Raises Denied, Stale, NamelessSource, NameTaken, TooManyRecords.
    """
    demand(may_edit_source(by, source))
    name = squeeze(name)[:300]
    key = " ".join(fold(name).split())[:300]
    if not key:
        raise NamelessSource(_("Chưa có tên nơi gửi danh sách."), _("Ghi tên cơ quan, đơn vị đã gửi danh sách."))
    if Source.objects.filter(key=key).exclude(pk=source.pk).exists():
        raise NameTaken(_("Đã có nguồn khác mang tên này."), _("Ghi tên khác để phân biệt hai nguồn."))
    inside = kind != SourceKind.OUTSIDE
    touched = _spoken_of(source) if (trust, inside) != (source.trust, source.in_programme) else []
    changes: dict[str, object] = {
        "name": name,
        "key": key,
        "kind": kind,
        "agency_id": agency.pk if agency else None,
        "trust": trust,
        "in_programme": inside,
    }
    changed = _save(source, changes, version, by, at)
    for some in batched(touched, CHUNK, strict=False):
        with transaction.atomic():
            refold(some)
    return changed


def _spoken_of(source: Source) -> list[int]:
    about = Statement.objects.filter(source=source, withdrawn_at__isnull=True).values("enterprise")
    spoken_of = list(Enterprise.objects.filter(pk__in=about).order_by("id").values_list("pk", flat=True)[: MOST + 1])
    found = sorted({*spoken_of, *kept_of(spoken_of).values()})
    if len(found) > MOST:
        raise TooManyRecords(
            _("Nguồn này nói về hơn %(most)s hồ sơ nên chưa đổi được mức tin cậy hoặc loại ở trang này.")
            % {"most": MOST},
            _("Giữ nguyên mức tin cậy và loại; tên và cơ quan vẫn sửa được."),
        )
    return found


@transaction.atomic
def _save(source: Source, changes: dict[str, object], version: str, by: Actor, at: datetime) -> Source:
    current = Source.objects.select_for_update().get(pk=source.pk)
    if version != version_of(current):
        raise Stale(_("Nguồn này vừa được người khác sửa."), _("Tải lại trang, xem nội dung mới nhất rồi sửa tiếp."))
    before = {name: getattr(current, name) for name in changes if getattr(current, name) != changes[name]}
    for name, value in changes.items():
        setattr(current, name, value)
    current.save(update_fields=[name.removesuffix("_id") for name in changes])
    subject = Subject("source", str(current.pk), current.name)
    record(
        by=by, at=at, action="source.edit", on=subject, before=before, after={name: changes[name] for name in before}
    )
    return current
