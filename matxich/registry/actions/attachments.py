"""Files of an enterprise: checked and stored by the file store, and given to whom they belong."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.conf import settings

from matxich.files.actions import store
from matxich.files.states import FileKind
from matxich.kit.actor import Actor
from matxich.registry.models import Attachment, Claim, Enterprise
from matxich.registry.states import AttachmentKind, Visibility

ACCEPTED_AS = {
    AttachmentKind.REGISTRATION: FileKind.SCAN,
    AttachmentKind.AUTHORISATION: FileKind.SCAN,
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somebody hands in, and the name it came under."""

    stream: BinaryIO
    name: str


def attach(
    *,
    enterprise: Enterprise,
    kind: AttachmentKind,
    upload: Upload,
    by: Actor,
    at: datetime,
    claim: Claim | None = None,
    visibility: int = Visibility.OFFICIALS,
) -> Attachment:
    """Store one file and write down what it is. In the caller's transaction; refuses as `files.actions.store` does."""
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
        kind=kind,
        file=stored,
        name=upload.name[-255:] or stored.name,
        visibility=visibility,
        added_at=at,
        added_by=by.id,
    )
