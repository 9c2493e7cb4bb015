"""What the bytes say they are. A name can be anything."""

import zipfile
import zlib
from typing import BinaryIO

from matxich.files.states import DOCX, JPEG, OLE, PDF, PNG, TEXT, XLSX, ZIP

MAGIC = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
)
PARTS = {"xl/workbook.xml": XLSX, "xl/workbook.bin": XLSX, "word/document.xml": DOCX}
UTF16 = (b"\xff\xfe", b"\xfe\xff")
UNKNOWN = "application/octet-stream"
MACROS = "vbaproject.bin"
OLD_MACROS = "_VBA_PROJECT".encode("utf-16-le")
"""The part, and in the formats of 1997 the storage, that programs inside an office document lie in."""
PIECE = 1 << 20


def media_type(file: BinaryIO) -> str:
    """The media type of a seekable file, from its content; UNKNOWN when it says nothing."""
    file.seek(0)
    start = file.read(4096)
    for magic, found in MAGIC:
        if start.startswith(magic):
            return found
    if start.startswith(b"PK\x03\x04"):
        return _inside_zip(file)
    # Lists in old encodings are text too: what text never holds is a NUL, unless it is UTF-16 and says so.
    return TEXT if start and (start.startswith(UTF16) or b"\x00" not in start) else UNKNOWN


def _inside_zip(file: BinaryIO) -> str:
    """Only the list of names is read, so a bomb inside stays shut."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return archive.read("mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        return ZIP
    return next((found for part, found in PARTS.items() if part in names), ZIP)


def has_macros(file: BinaryIO) -> bool:
    """Does an office document carry a program? By its parts, whatever its name says; nothing in it is unpacked."""
    file.seek(0)
    if file.read(8).startswith(b"PK\x03\x04"):
        return _zip_has_macros(file)
    file.seek(0)
    before = b""
    while piece := file.read(PIECE):
        if OLD_MACROS in before + piece:
            return True
        before = piece[-len(OLD_MACROS) :]
    return False


def _zip_has_macros(file: BinaryIO) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            return any(name.lower().endswith(MACROS) for name in archive.namelist())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        return False
