"""Personal data in history is written under a key of its subject; deleting the key erases it, the chain still holds.

A subject's key is itself written under the master key, a file in the home readable by its owner alone. Several keys of
one subject may exist: two first writers then never wait for each other, and erasing deletes them all.
"""

import base64
import hmac
import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from matxich.kit.refusals import Refusal
from matxich.ledger.models import Entry, SubjectKey

PREFIX = "mx1:"
NAME = "ledger_key"


class MasterKeyMissing(Refusal):
    """History exists but the key file that goes with it does not."""

    code = "master_key_missing"

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("Thiếu tệp khóa %(path)s của nhật ký hệ thống.") % {"path": path},
            _("Chép lại tệp này từ bản sao lưu của thư mục MATXICH_HOME rồi thử lại."),
        )


def path() -> Path:
    return Path(settings.HOME) / NAME


def master() -> bytes:
    return _read(str(settings.HOME))


@lru_cache(maxsize=4)
def _read(home: str) -> bytes:
    file = Path(home) / NAME
    if not file.exists():
        if Entry.objects.exists():
            raise MasterKeyMissing(file)
        _create(file)
    return base64.b64decode(file.read_bytes())


def _create(file: Path) -> None:
    """Written aside and linked into place, so that of two processes one wins and neither reads half a key."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        out.write(base64.b64encode(secrets.token_bytes(32)))
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def mark(content_hash: str) -> str:
    """Proof that an entry was written by this installation and not straight into the table."""
    return hmac.digest(master(), f"entry:{content_hash}".encode(), "sha256").hex()


def subject_keys(subjects: Iterable[str], at: datetime) -> dict[str, tuple[str, bytes]]:
    """The key to write with for each subject, made where there is none: subject -> (key id, key)."""
    wanted = {subject for subject in subjects if subject}
    if not wanted:
        return {}
    found: dict[str, SubjectKey] = {}
    for row in SubjectKey.objects.filter(subject__in=wanted).order_by("created_at", "id"):
        found.setdefault(row.subject, row)
    fresh = [_new_key(subject, at) for subject in sorted(wanted - found.keys())]
    SubjectKey.objects.bulk_create(fresh)
    return {row.subject: (row.id, _unwrap(row)) for row in (*found.values(), *fresh)}


def _new_key(subject: str, at: datetime) -> SubjectKey:
    wrapped = _encrypt(master(), secrets.token_bytes(32), subject)
    return SubjectKey(id=secrets.token_hex(8), subject=subject, key=wrapped, created_at=at)


def _unwrap(row: SubjectKey) -> bytes:
    try:
        return _decrypt(master(), row.key, row.subject)
    except InvalidTag:
        raise MasterKeyMissing(path()) from None


def seal_text(value: str, *, subject: str, key: tuple[str, bytes]) -> str:
    """ "mx1:<key id>:<base64>"; nothing is sealed from nothing."""
    return f"{PREFIX}{key[0]}:{_encrypt(key[1], value.encode(), subject)}" if value else ""


def open_texts(tokens: Iterable[str]) -> dict[str, str | None]:
    """Clear text of each sealed text, None where its key was deleted. One query for all."""
    parts = {token: token.removeprefix(PREFIX).split(":", 1) for token in tokens if token.startswith(PREFIX)}
    rows = SubjectKey.objects.in_bulk({key for key, _sealed in parts.values()}) if parts else {}
    return {token: _open(rows.get(key), sealed) for token, (key, sealed) in parts.items()}


def _open(row: SubjectKey | None, sealed: str) -> str | None:
    if row is None:
        return None
    try:
        return _decrypt(_unwrap(row), sealed, row.subject).decode()
    except InvalidTag:
        return None


def _encrypt(key: bytes, clear: bytes, subject: str) -> str:
    nonce = secrets.token_bytes(12)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, clear, subject.encode())).decode()


def _decrypt(key: bytes, sealed: str, subject: str) -> bytes:
    raw = base64.b64decode(sealed)
    return AESGCM(key).decrypt(raw[:12], raw[12:], subject.encode())
