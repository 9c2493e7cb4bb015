"""A document that carries programs is not taken in, whatever it is called; a list, which is only read, is."""

import io
import zipfile

import pytest

from matxich.files.actions import HasMacros, store
from matxich.files.models import StoredFile
from matxich.files.states import FileKind
from matxich.kit.actor import system_actor
from tests.conftest import NOW

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def kept(content: bytes, kind: FileKind = FileKind.DOCUMENT) -> StoredFile:
    return store(by=system_actor(), at=NOW, stream=io.BytesIO(content), name="a.docx", kind=kind, max_bytes=10 << 20)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        zipped("word/document.xml", "word/vbaProject.bin"),
        zipped("xl/workbook.xml", "xl/VBAPROJECT.BIN"),
        OLE + b"\x00" * 600 + "_VBA_PROJECT".encode("utf-16-le") + b"\x00" * 90,
        OLE + b"\x00" * ((1 << 20) - 20) + "_VBA_PROJECT".encode("utf-16-le"),
    ],
)
def test_programs_are_refused(content: bytes) -> None:
    with pytest.raises(HasMacros):
        kept(content)
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("content", [zipped("word/document.xml"), zipped("xl/workbook.xml"), OLE + b"\x00" * 600])
def test_plain_documents_are_taken(content: bytes) -> None:
    assert kept(content).size == len(content)


@pytest.mark.django_db
def test_a_list_is_only_read() -> None:
    assert kept(zipped("xl/workbook.xml", "xl/vbaProject.bin"), FileKind.LIST).kind == "list"
