"""Files that officers upload, read into grids of typed cells; nothing in them is ever run."""

from matxich.registry.reading.opening import open_workbook
from matxich.registry.reading.refusals import (
    CorruptFile,
    EmptyWorkbook,
    EncryptedFile,
    InflatesTooMuch,
    NotASpreadsheet,
    TooManyCells,
    UnreadableFile,
    UnsupportedSpreadsheet,
)
from matxich.registry.reading.workbook import Workbook

__all__ = [
    "CorruptFile",
    "EmptyWorkbook",
    "EncryptedFile",
    "InflatesTooMuch",
    "NotASpreadsheet",
    "TooManyCells",
    "UnreadableFile",
    "UnsupportedSpreadsheet",
    "Workbook",
    "open_workbook",
]
