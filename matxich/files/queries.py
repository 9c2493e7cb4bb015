"""Reading what is stored, and proving that it is what was stored."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from matxich.files.models import StoredFile
from matxich.kit.refusals import Refusal


class Quarantined(Refusal):
    code = "file_quarantined"
    status = 403


class Missing(Refusal):
    code = "file_missing"
    status = 404


@dataclass(frozen=True, slots=True)
class FileFault:
    """A stored file that is not what was stored: "missing" or "altered"."""

    file: int
    name: str
    problem: str


def location(stored: StoredFile) -> Path:
    return Path(settings.FILES_ROOT) / stored.path


def readable(stored: StoredFile) -> Path:
    """Where the content can be read. Quarantined or Missing when it cannot be had."""
    if stored.quarantined:
        raise Quarantined(_("Tệp này đang bị cách ly: %(why)s.") % {"why": stored.quarantine_reason})
    if (path := location(stored)).is_file():
        return path
    raise Missing(
        _("Không còn nội dung của tệp %(name)s.") % {"name": stored.name},
        _("Báo quản trị hệ thống khôi phục tệp từ bản sao lưu."),
    )


def open_file(stored: StoredFile) -> BinaryIO:
    """The content, to be closed by the caller. Quarantined or Missing when it cannot be had."""
    return readable(stored).open("rb")


def verify_files() -> Iterator[FileFault]:
    """Read every stored file again and hold it against its hash; what does not match, in order of storing."""
    for stored in StoredFile.objects.order_by("id").iterator(chunk_size=500):
        if problem := _problem(stored):
            yield FileFault(stored.pk, stored.name, problem)


def _problem(stored: StoredFile) -> str:
    try:
        with location(stored).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return "missing"
    return "" if found == stored.sha256 else "altered"
