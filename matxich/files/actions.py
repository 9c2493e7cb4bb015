"""Storing files: streamed aside, checked, and moved into place under their hash in one step."""

import contextlib
import errno
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from matxich.files.content import has_macros, media_type
from matxich.files.models import StoredFile
from matxich.files.queries import location
from matxich.files.states import ACCEPTED, NAMES, WITH_MACROS, FileKind
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal
from matxich.ledger.actions import Subject, record

CHUNK = 1 << 20
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class TooBig(Refusal):
    code = "file_too_big"
    status = 413


class WrongType(Refusal):
    code = "file_wrong_type"
    status = 415


class HasMacros(Refusal):
    code = "file_has_macros"
    status = 415


class EmptyFile(Refusal):
    code = "file_empty"
    status = 422


class DiskFull(Refusal):
    code = "disk_full"
    status = 507


def store(*, by: Actor, at: datetime, stream: BinaryIO, name: str, kind: FileKind, max_bytes: int) -> StoredFile:
    """Keep a content; one stored already is found again, whatever its name was.

    Refuses TooBig, EmptyFile, WrongType (by content, per kind), HasMacros, DiskFull; then nothing is left behind. The
    bytes are on disk before the row: a crash in between leaves bytes nobody names, never a name without bytes.
    """
    root = Path(settings.FILES_ROOT)
    with _aside(root) as draft:
        sha256, size = _copy(stream, draft, max_bytes)
        found = _checked_type(draft, kind)
        stored = StoredFile(sha256=sha256, size=size, name=_clean(name), kind=kind, media_type=found)
        stored.created_at, stored.created_by = at, by.id
        _move(draft, location(stored))
    return _remember(stored, by, at)


@transaction.atomic
def quarantine(*, by: Actor, at: datetime, stored: StoredFile, reason: str) -> None:
    """Nobody opens the file any more; its bytes stay as evidence."""
    StoredFile.objects.filter(pk=stored.pk).update(quarantined=True, quarantine_reason=reason[:300])
    stored.refresh_from_db()
    record(by=by, at=at, action="files.quarantine", on=_subject(stored), after={"quarantined": True}, reason=reason)


@contextmanager
def _aside(root: Path) -> Iterator[Path]:
    """A place for the bytes to arrive; whatever goes wrong, it is gone afterwards. Its dot hides it from a backup."""
    draft = root / "arriving" / f".{secrets.token_hex(16)}"
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        yield draft
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise DiskFull(
            _("Máy chủ hết chỗ chứa tệp; chưa có gì được ghi."),
            _("Báo quản trị hệ thống dọn bớt đĩa rồi tải lại tệp."),
        ) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _copy(stream: BinaryIO, draft: Path, max_bytes: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with draft.open("xb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > max_bytes:
                raise TooBig(
                    _("Tệp lớn hơn %(limit)s MB.") % {"limit": max_bytes >> 20},
                    _("Tách thành nhiều tệp nhỏ hơn rồi tải lại."),
                )
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if not size:
        raise EmptyFile(_("Tệp không có nội dung."), _("Mở tệp trên máy của bạn để kiểm tra rồi tải lại."))
    return digest.hexdigest(), size


def _checked_type(draft: Path, kind: FileKind) -> str:
    with draft.open("rb") as file:
        found = media_type(file)
    accepted = ACCEPTED[FileKind(kind)]
    if found not in accepted:
        raise WrongType(
            _("Nội dung tệp không thuộc loại nhận được ở đây."),
            _("Chọn tệp loại: %(types)s.") % {"types": ", ".join(sorted(NAMES[one] for one in accepted))},
        )
    if found in WITH_MACROS and FileKind(kind) is FileKind.DOCUMENT and _runs_programs(draft):
        raise HasMacros(
            _("Tệp có macro (chương trình chạy kèm) nên không nhận."),
            _("Mở tệp, chọn Lưu thành loại .docx, .xlsx hoặc PDF rồi tải lại."),
        )
    return found


def _runs_programs(draft: Path) -> bool:
    with draft.open("rb") as file:
        return has_macros(file)


def _move(draft: Path, target: Path) -> None:
    """One rename; the folder is synced so that the name survives a power cut."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _clean(name: str) -> str:
    """The last part of the name, without what a file system or a header could trip over."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[-255:] or "tep"


def _remember(stored: StoredFile, by: Actor, at: datetime) -> StoredFile:
    if known := StoredFile.objects.filter(sha256=stored.sha256).first():
        return known
    try:
        with transaction.atomic():
            stored.save(force_insert=True)
            facts = {"sha256": stored.sha256, "size": stored.size, "media_type": stored.media_type}
            record(by=by, at=at, action="files.store", on=_subject(stored), after=facts)
    except IntegrityError:
        return StoredFile.objects.get(sha256=stored.sha256)
    return stored


def _subject(stored: StoredFile) -> Subject:
    return Subject("file", str(stored.pk), stored.name)
