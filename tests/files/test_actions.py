"""A file is stored whole under its hash or not at all."""

import hashlib
import io
import resource
import signal
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections

from matxich.files.actions import DiskFull, EmptyFile, TooBig, WrongType, quarantine, store
from matxich.files.models import StoredFile
from matxich.files.queries import FileFault, Missing, Quarantined, location, open_file, verify_files
from matxich.files.states import FileKind
from matxich.kit.actor import Actor
from matxich.ledger.models import Entry

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
BY = Actor(kind="system", id="os:test", name="test")
CSV = "Tên doanh nghiệp;MST\nCông ty mẫu;0100109106\n".encode()
MB = 1 << 20


def keep(content: bytes, name: str = "danh sách.csv", kind: FileKind = FileKind.LIST, limit: int = MB) -> StoredFile:
    return store(by=BY, at=AT, stream=io.BytesIO(content), name=name, kind=kind, max_bytes=limit)


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def left_behind(settings) -> list[Path]:
    return [path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_hash(db):
    stored = keep(CSV)
    assert (stored.sha256, stored.size) == (hashlib.sha256(CSV).hexdigest(), len(CSV))
    assert (stored.name, stored.media_type) == ("danh sách.csv", "text/plain")
    with open_file(stored) as file:
        assert file.read() == CSV
    assert Entry.objects.get().after["sha256"] == stored.sha256


def test_bytes_still_arriving_are_hidden_from_a_backup(db, settings):
    """A backup takes no file whose name begins with a dot: it may be gone before it is read."""

    class Watched(io.BytesIO):
        seen: list[str] = []

        def read(self, size: int | None = -1) -> bytes:
            self.seen += [path.name for path in left_behind(settings)]
            return super().read(size)

    store(by=BY, at=AT, stream=Watched(CSV), name="a.csv", kind=FileKind.LIST, max_bytes=MB)
    assert Watched.seen
    assert all(name.startswith(".") for name in Watched.seen)


def test_the_same_content_is_kept_once(db, settings):
    first, again = keep(CSV), keep(CSV, "tên khác.csv")
    assert (first, again.name) == (again, "danh sách.csv")
    assert len(left_behind(settings)) == StoredFile.objects.count() == Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "kind", "refusal"),
    [
        (b"x" * (MB + 1), FileKind.LIST, TooBig),
        (b"", FileKind.LIST, EmptyFile),
        (b"\x7fELF\x00\x00", FileKind.LIST, WrongType),
        (b"%PDF-1.7", FileKind.LIST, WrongType),
        (CSV, FileKind.IMAGE, WrongType),
        (zipped(readme=b"x"), FileKind.LIST, WrongType),
        (b"PK\x03\x04 cut short", FileKind.LIST, WrongType),
    ],
)
def test_what_is_refused_leaves_nothing(db, settings, content, kind, refusal):
    with pytest.raises(refusal):
        keep(content, kind=kind)
    assert (left_behind(settings), StoredFile.objects.count(), Entry.objects.count()) == ([], 0, 0)


@pytest.mark.parametrize(
    ("content", "kind", "media_type"),
    [
        (zipped(xl__workbook_dot_xml=b"<x/>"), FileKind.LIST, "spreadsheetml.sheet"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), FileKind.LIST, "spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", FileKind.LIST, "x-ole-storage"),
        ("\ufeffTên;MST".encode("utf-16"), FileKind.LIST, "text/plain"),
        (b"%PDF-1.7", FileKind.DOCUMENT, "pdf"),
    ],
)
def test_the_content_says_what_a_file_is(db, content, kind, media_type):
    assert keep(content, name="sai.exe", kind=kind).media_type.endswith(media_type)


def test_a_name_cannot_leave_its_folder(db):
    assert keep(CSV, name="..\\..\\etc/passwd\n").name == "passwd"
    assert keep(CSV + b"2", name="/").name == "tep"


@contextmanager
def disk_of(size: int):
    """The kernel itself refuses to let a file grow past the size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_is_told_and_leaves_nothing(db, settings):
    with pytest.raises(DiskFull, match="hết chỗ"), disk_of(64 * 1024):
        keep(b"a" * 200_000)
    assert (left_behind(settings), StoredFile.objects.count()) == ([], 0)
    assert keep(CSV).size == len(CSV)


def test_a_stream_that_breaks_leaves_nothing(db, settings):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise ConnectionResetError("gone")

    with pytest.raises(ConnectionResetError):
        store(by=BY, at=AT, stream=Broken(), name="x", kind=FileKind.LIST, max_bytes=MB)
    assert left_behind(settings) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_store_the_same_at_once_share_it():
    together = threading.Barrier(4)

    def work(_number: int) -> int:
        try:
            together.wait(30)
            return keep(CSV).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(work, range(4)))) == 1
    assert StoredFile.objects.count() == Entry.objects.count() == 1


def test_quarantine_shuts_a_file(db):
    stored = keep(CSV)
    quarantine(by=BY, at=AT, stored=stored, reason="Nghi có mã độc")
    with pytest.raises(Quarantined, match="Nghi có mã độc"):
        open_file(stored)


def test_verification_names_what_is_missing_or_altered(db):
    good, gone, changed = keep(CSV), keep(CSV + b"2"), keep(CSV + b"3")
    location(gone).unlink()
    location(changed).write_bytes(b"x")
    assert list(verify_files()) == [
        FileFault(gone.pk, gone.name, "missing"),
        FileFault(changed.pk, changed.name, "altered"),
    ]
    with pytest.raises(Missing):
        open_file(gone)
    open_file(good).close()


def test_a_zip_whose_first_part_is_broken_is_refused_like_any_other(db):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    broken = bytearray(out.getvalue())
    broken[38:60] = b"\xff" * 22
    with pytest.raises(WrongType):
        keep(bytes(broken), "danh sách.ods")
