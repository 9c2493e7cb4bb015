"""An agency writes its own templates and heads of papers; every version stays, an older one comes back as a newer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.correspondence.kinds import declared
from matxich.correspondence.models import Letterhead, PaperTemplate
from matxich.correspondence.permissions import may_keep_templates
from matxich.correspondence.queries.composing import sample_paper, template_faults
from matxich.correspondence.queries.heads import letterhead_of
from matxich.correspondence.queries.templates import template_in_use
from matxich.documents.filling import TemplateFault
from matxich.documents.setting import set_out
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.ledger.actions import Subject, record
from matxich.rulebook.vietnamese.text import squeeze


class NothingChanged(Refusal):
    code = "nothing_changed"


class NoSuchVersion(Refusal):
    code = "no_such_version"
    status = 404


class BadLetterhead(Refusal):
    """A paper is headed by somebody, from somewhere."""

    code = "bad_letterhead"
    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """As of Letterhead."""

    issuer: str
    parent: str = ""
    abbreviation: str
    place: str
    head: str
    deputy: str = ""


@transaction.atomic
def change_template(
    *, agency: Agency, kind: str, text: str, note: str, by: Actor, at: datetime, base_version: int
) -> PaperTemplate:
    """The next version, in use for papers drafted from now on. It must fill with the sample as it stands.

    Raises Denied, NoSuchKind, Stale, NothingChanged, TemplateFault, Unprintable.
    """
    declared(kind)
    demand(may_keep_templates(by, agency))
    current = template_in_use(agency, kind)
    if current.version != base_version:
        raise _stale()
    written = text.replace("\r\n", "\n").strip() + "\n"
    if written == current.text:
        raise NothingChanged(_("Nội dung mẫu không thay đổi."))
    if faults := template_faults(kind, written):
        raise TemplateFault(faults)
    set_out(sample_paper(agency, kind, written))
    return _kept(agency, kind, current.version, written, squeeze(note)[:300], by, at)


@transaction.atomic
def restore_template(
    *, agency: Agency, kind: str, version: int, by: Actor, at: datetime, base_version: int
) -> PaperTemplate:
    """An older version, or the packaged one (0), as the newest. Raises as `change_template`, NoSuchVersion."""
    demand(may_keep_templates(by, agency))
    current = template_in_use(agency, kind)
    if current.version != base_version:
        raise _stale()
    old = PaperTemplate.objects.filter(agency=agency, kind=kind, version=version).first()
    if version and old is None:
        raise NoSuchVersion(_("Không có phiên bản này của mẫu."))
    text = old.text if old else declared(kind).packaged
    if text == current.text:
        raise NothingChanged(_("Phiên bản này đang được dùng."))
    if faults := template_faults(kind, text):
        raise TemplateFault(faults)
    note = str(_("Khôi phục phiên bản %(version)s") % {"version": version}) if version else str(_("Khôi phục mẫu gốc"))
    return _kept(agency, kind, current.version, text, note, by, at)


@transaction.atomic
def change_letterhead(*, agency: Agency, head: Head, by: Actor, at: datetime, base_version: int) -> Letterhead:
    """How papers drafted from now on are headed and signed. Raises Denied, Stale, BadLetterhead."""
    demand(may_keep_templates(by, agency))
    Agency.objects.select_for_update().get(pk=agency.pk)
    current = letterhead_of(agency)
    if current.pk and current.version != base_version:
        raise _stale()
    names = {"issuer": 300, "parent": 300, "abbreviation": 20, "place": 100, "head": 100, "deputy": 100}
    told = {name: squeeze(getattr(head, name))[:most] for name, most in names.items()}
    for name, message in (
        ("issuer", _("Ghi tên cơ quan ban hành.")),
        ("abbreviation", _("Ghi chữ viết tắt của cơ quan.")),
        ("place", _("Ghi địa danh.")),
        ("head", _("Ghi chức vụ người đứng đầu.")),
    ):
        if not told[name]:
            raise BadLetterhead(message)
    before = {name: getattr(current, name) for name in names} if current.pk else None
    for name, value in told.items():
        setattr(current, name, value)
    current.version = current.version + 1 if current.pk else 1
    current.save()
    subject = Subject("letterhead", str(agency.pk), agency.name, agency.place)
    record(by=by, at=at, action="letterhead.change", on=subject, before=before, after=told)
    return current


def _kept(agency: Agency, kind: str, version: int, text: str, note: str, by: Actor, at: datetime) -> PaperTemplate:
    try:
        with transaction.atomic():
            made = PaperTemplate.objects.create(
                agency=agency, kind=kind, version=version + 1, text=text, note=note, at=at, by=by.id
            )
    except IntegrityError as error:
        raise _stale() from error
    subject = Subject("paper_template", f"{agency.pk}:{kind}", made.get_kind_display(), agency.place)
    after = {"version": made.version, "text": text, "note": note}
    record(by=by, at=at, action="paper_template.change", on=subject, before={"version": version}, after=after)
    return made


def _stale() -> Stale:
    return Stale(
        _("Có người vừa sửa sau khi bạn mở trang."), _("Tải lại trang, xem thay đổi rồi làm lại phần của bạn.")
    )
