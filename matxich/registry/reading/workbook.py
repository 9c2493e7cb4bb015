"""A file as sheets, and the limits every reader keeps."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop

from matxich.registry.reading.refusals import TooManyCells
from matxich.rulebook.lists.grid import Grid, Merge, Note, Position, Value, letter

MAX_CELLS = 12_000_000  # filled cells of one file; 100,000 rows of 20 columns are 2 million
MAX_BOX = 17_000_000  # rows × columns of one sheet's used area, the whole of an old .xls sheet
MAX_COLUMNS = 16_384
MAX_ROWS = 2_097_152
MAX_TEXT = 32_767  # characters of one cell, Excel's own limit
MAX_MERGES = 200_000


@dataclass(slots=True)
class Workbook:
    """A file's sheets in order. `format` is what the content says: xlsx, xls, ods, csv, html or xml."""

    name: str
    format: str
    sheets: list[Grid]
    notes: list[Note] = field(default_factory=list)


class SheetBuilder:
    """Collects one sheet row by row: trims, cuts giant texts, keeps whole numbers whole, counts cells."""

    def __init__(self, sheet: str, budget: "Budget", hidden: bool = False) -> None:
        self.sheet = sheet
        self.hidden = False
        self.budget = budget
        self.rows: list[tuple[int, list[Value]]] = []
        self.merges: list[Merge] = []
        self.formulas: set[Position] = set()
        self.notes: list[Note] = []
        if hidden:
            self.hide()

    def hide(self) -> None:
        self.hidden = True
        self.notes.append(Note("hidden_sheet", gettext_noop("Trang bị ẩn trong tệp, vẫn được đọc."), sheet=self.sheet))

    def add(self, number: int, values: Sequence[Value], offset: int = 0) -> None:
        """Keep a row unless it is blank. `offset` is the column of the first value."""
        kept: list[Value] = []
        for at, value in enumerate(values):  # millions of cells: kept flat, calls only for the rare ones
            if value.__class__ is str:
                if not value or value.isspace():
                    value = None
                elif len(value) > MAX_TEXT:
                    value = self._cut(number, offset + at, value)
            elif value.__class__ is float and value.is_integer() and abs(value) < 1e15:
                value = int(value)
            kept.append(value)
        while kept and kept[-1] is None:
            kept.pop()
        if kept:
            self.budget.spend(len(kept))
            self.rows.append((number, [None] * offset + kept if offset else kept))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (bottom > top or right > left) and len(self.merges) < MAX_MERGES:
            self.merges.append(Merge(top, left, bottom, right))

    def grid(self) -> Grid:
        return Grid(self.sheet, self.rows, self.merges, frozenset(self.formulas), self.hidden, self.notes)

    def _cut(self, number: int, column: int, text: str) -> str:
        self.notes.append(
            Note(
                "cell_cut",
                gettext_noop("Ô dài %(length)s ký tự, chỉ giữ %(kept)s ký tự đầu."),
                {"length": len(text), "kept": MAX_TEXT},
                self.sheet,
                number,
                letter(column),
            )
        )
        return text[:MAX_TEXT]


class Budget:
    """Filled cells left for one file."""

    def __init__(self, cells: int = MAX_CELLS) -> None:
        self.left = cells

    def spend(self, cells: int) -> None:
        self.left -= cells
        if self.left < 0:
            raise TooManyCells
