"""What a file is, by its content; the name's ending is never believed."""

from collections.abc import Callable
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from matxich.registry.reading.delimited import read_delimited
from matxich.registry.reading.excel import read_xls, read_xlsx
from matxich.registry.reading.markup import read_html, read_spreadsheetml
from matxich.registry.reading.opendocument import read_flat_ods, read_ods
from matxich.registry.reading.refusals import (
    CorruptFile,
    EmptyWorkbook,
    EncryptedFile,
    NotASpreadsheet,
    UnreadableFile,
    UnsupportedSpreadsheet,
)
from matxich.registry.reading.workbook import Workbook

type Reader = Callable[[Path, str], Workbook]

_HEAD = 1 << 16
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"II*\0")
_FILE_PASS = b"\x2f\x00"
_FIRST_RECORDS = 40
_OLD_EXCEL = (b"\x09\x02", b"\x09\x04", b"\x09\x00\x04")  # Excel 2 to 4, a bare stream


def open_workbook(path: Path | str, name: str = "") -> Workbook:
    """Read an uploaded file: .xlsx, .xls, .ods, .csv, .tsv, .txt, and HTML or XML tables saved as .xls.

    `name` is what the sender called it. Row numbers are the file's own, from 1; a csv has one sheet, "".
    Raises a subclass of UnreadableFile with a code, a message and what to do; never anything else.
    """
    path = Path(path)
    book = _read(path, name or path.name)
    if not any(sheet.rows for sheet in book.sheets):
        raise EmptyWorkbook
    return book


def _read(path: Path, name: str) -> Workbook:
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        return _reader(path, head)(path, name)
    except UnreadableFile:
        raise
    except (OSError, ValueError, RecursionError) as error:
        raise CorruptFile(f"{type(error).__name__}: {error}") from error


def _reader(path: Path, head: bytes) -> Reader:
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise EmptyWorkbook
    if head.startswith(_ZIP):
        return _zip_reader(path)
    if head.startswith(_OLE):
        return _ole_reader(path)
    if head.startswith(_FOREIGN):
        raise NotASpreadsheet(head[:8].hex())
    if head.startswith(_OLD_EXCEL) or head[:64].lstrip().startswith(b"MIME-Version:"):
        raise UnsupportedSpreadsheet(head[:8].hex())
    return _markup_reader(head) or read_delimited


def _zip_reader(path: Path) -> Reader:
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise CorruptFile(str(error)) from error
    if "xl/workbook.bin" in names:
        raise UnsupportedSpreadsheet("xlsb")
    if "content.xml" in names:
        return read_ods
    if any(name.startswith("xl/") or name.endswith("workbook.xml") for name in names):
        return read_xlsx
    raise NotASpreadsheet(", ".join(sorted(names)[:5]))


def _ole_reader(path: Path) -> Reader:
    """The directory of an OLE file names its streams in UTF-16."""
    data = path.read_bytes()
    if _stream("EncryptedPackage") in data or _has_file_pass(data):
        raise EncryptedFile("EncryptedPackage or FilePass")
    if _stream("Workbook") in data or _stream("Book") in data:
        return read_xls
    if _stream("WordDocument") in data or _stream("PowerPoint Document") in data:
        raise NotASpreadsheet("OLE without workbook")
    raise CorruptFile("OLE without workbook")


def _has_file_pass(data: bytes) -> bool:
    """An .xls under a password says so among its first records, right after the beginning of the file."""
    at = data.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    for _ in range(_FIRST_RECORDS if at > 0 else 0):
        if data[at : at + 2] == _FILE_PASS:
            return True
        at += 4 + int.from_bytes(data[at + 2 : at + 4], "little")
    return False


def _stream(name: str) -> bytes:
    return (name + "\0").encode("utf-16-le")


def _markup_reader(head: bytes) -> Reader | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start.startswith(b"<"):
        return None
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start and b"<html" not in start[:2000]:
        return read_spreadsheetml
    if b"urn:oasis:names:tc:opendocument" in start:
        return read_flat_ods
    if b"<table" in start or b"<html" in start:
        return read_html
    raise NotASpreadsheet("markup without a table")
