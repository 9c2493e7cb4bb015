"""What a file may be, told by its first bytes and never by its name."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """Why a file is kept; each accepts the media types that make sense for it."""

    LIST = "list", _("Danh sách")
    DOCUMENT = "document", _("Tài liệu")
    SCAN = "scan", _("Bản quét giấy tờ")
    IMAGE = "image", _("Ảnh")


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
OLE = "application/x-ole-storage"
PDF, PNG, JPEG, TEXT, ZIP = "application/pdf", "image/png", "image/jpeg", "text/plain", "application/zip"

ACCEPTED = {
    FileKind.LIST: frozenset({XLSX, ODS, OLE, TEXT}),
    FileKind.DOCUMENT: frozenset({PDF, DOCX, XLSX, ODS, OLE, PNG, JPEG}),
    FileKind.SCAN: frozenset({PDF, PNG, JPEG}),
    FileKind.IMAGE: frozenset({PNG, JPEG}),
}

WITH_MACROS = frozenset({DOCX, XLSX, OLE})
"""Types that may carry programs; a document with some is not taken in, a list is only read."""

NAMES = {
    XLSX: "Excel (.xlsx)",
    DOCX: "Word (.docx)",
    ODS: "OpenDocument (.ods)",
    OLE: "Excel, Word 97 (.xls, .doc)",
    PDF: "PDF",
    PNG: "PNG",
    JPEG: "JPEG",
    TEXT: "CSV",
}


ACTIONS = {
    "files.quarantine": _("Cách ly tệp"),
    "files.store": _("Lưu tệp"),
}
