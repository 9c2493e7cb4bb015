"""Files of an enterprise: checked and stored by the file store, and given to whom they belong."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.files.actions import store
from matxich.files.pictures import public_copy
from matxich.files.states import FileKind
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.registry.actions.declaring import speaks_as_firm
from matxich.registry.actions.facts import kept_record, subject_of
from matxich.registry.models import Attachment, Claim, Enterprise, Visit
from matxich.registry.permissions import may_edit, may_remove_attachment
from matxich.registry.states import AttachmentKind, Visibility

ACCEPTED_AS = {
    AttachmentKind.REGISTRATION: FileKind.SCAN,
    AttachmentKind.AUTHORISATION: FileKind.SCAN,
    AttachmentKind.PHOTO: FileKind.IMAGE,
    AttachmentKind.DOCUMENT: FileKind.DOCUMENT,
    AttachmentKind.SIGNED_PAPER: FileKind.SCAN,
}
MOST_FILES = 100


class TooManyFiles(Refusal):
    code = "too_many_files"


class AlreadyRemoved(Refusal):
    code = "already_removed"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somebody hands in, and the name it came under."""

    stream: BinaryIO
    name: str


@transaction.atomic
def add_attachment(
    *,
    enterprise: Enterprise,
    kind: AttachmentKind,
    upload: Upload,
    title: str,
    visibility: int,
    by: Actor,
    at: datetime,
) -> Attachment:
    """A photo or a document of a firm, by officials in charge or the firm itself.

    Raises Denied, TooManyFiles and what the file store refuses (type by content, size); then nothing is written.
    """
    enterprise = Enterprise.objects.select_for_update().get(pk=kept_record(enterprise).pk)
    demand(may_edit(by, enterprise))
    if enterprise.attachments.filter(claim__isnull=True, removed_at__isnull=True).count() >= MOST_FILES:
        raise TooManyFiles(_("Hồ sơ đã có %(n)s tệp.") % {"n": MOST_FILES}, _("Gỡ bớt tệp cũ trước khi thêm tệp mới."))
    made = attach(enterprise=enterprise, kind=kind, upload=upload, by=by, at=at, title=title, visibility=visibility)
    after = {"attachment": made.pk, "kind": made.kind, "sha256": made.file.sha256, "visibility": made.visibility}
    record(by=by, at=at, action="attachment.add", on=subject_of(enterprise), after=after)
    return made


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: Actor, at: datetime, reason: str = "") -> None:
    """Nobody is shown the file any more; its bytes and the history stay. Raises Denied, AlreadyRemoved."""
    demand(may_remove_attachment(by, attachment))
    if not Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=True).update(removed_at=at):
        raise AlreadyRemoved(_("Tệp này đã được gỡ trước đó."), _("Tải lại trang."))
    before = {"attachment": attachment.pk, "kind": attachment.kind, "sha256": attachment.file.sha256}
    on = subject_of(attachment.enterprise)
    record(by=by, at=at, action="attachment.remove", on=on, before=before, reason=reason)


def attach(
    *,
    enterprise: Enterprise,
    kind: AttachmentKind,
    upload: Upload,
    by: Actor,
    at: datetime,
    claim: Claim | None = None,
    visit: Visit | None = None,
    title: str = "",
    visibility: int = Visibility.OFFICIALS,
) -> Attachment:
    """Store one file and write down what it is, for callers that have asked whether it may happen.

    In the caller's transaction; refuses as `files.actions.store` does, and a photo that cannot be drawn (NoPicture).
    """
    stored = store(
        by=by,
        at=at,
        stream=upload.stream,
        name=upload.name,
        kind=ACCEPTED_AS[kind],
        max_bytes=settings.MAX_ATTACHMENT_BYTES,
    )
    return Attachment.objects.create(
        enterprise=enterprise,
        claim=claim,
        visit=visit,
        kind=kind,
        file=stored,
        shown=public_copy(by=by, at=at, stored=stored) if kind == AttachmentKind.PHOTO else None,
        name=upload.name[-255:] or stored.name,
        title=title[:200],
        visibility=visibility,
        by_firm=claim is None and speaks_as_firm(by, enterprise),
        added_at=at,
        added_by=by.id,
    )
