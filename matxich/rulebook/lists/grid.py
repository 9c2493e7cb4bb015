"""A sheet as a grid of typed cells, whatever file it came from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

type Value = str | int | float | bool | date | datetime | time | timedelta | None
type Position = tuple[int, int]


class CellError(str):
    """What a spreadsheet shows for a failed formula, such as "#N/A"."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range: rows from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something an officer should know about a file, a sheet or a cell.

    `text` is a Vietnamese message to be translated, then filled with `params`.
    """

    code: str
    text: str
    params: dict[str, str | int] = field(default_factory=dict)
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(slots=True)
class Grid:
    """One sheet. `rows` holds only rows with something in them: (row number in the file from 1, values
    from column A, right end trimmed). A missing or empty cell is None; a failed formula is a CellError.

    `formulas` names the cells (row, column from 0) whose value is the stored result of a formula,
    where the file format tells; nothing is ever evaluated.
    """

    sheet: str
    rows: Sequence[tuple[int, list[Value]]]
    merges: Sequence[Merge] = ()
    formulas: frozenset[Position] = frozenset()
    hidden: bool = False
    notes: list[Note] = field(default_factory=list)

    @property
    def last_row(self) -> int:
        return self.rows[-1][0] if self.rows else 0

    @property
    def cells(self) -> int:
        return sum(len(values) for _, values in self.rows)


def grid_of(rows: Iterable[Sequence[Value]], sheet: str = "", merges: Sequence[Merge] = ()) -> Grid:
    """A grid of plain rows, the first being row 1; blank texts count as empty."""
    return Grid(sheet, list(_numbered(rows)), merges)


def _numbered(rows: Iterable[Sequence[Value]]) -> Iterator[tuple[int, list[Value]]]:
    for number, values in enumerate(rows, 1):
        kept = trimmed(values)
        if kept:
            yield number, kept


def trimmed(values: Sequence[Value]) -> list[Value]:
    """The values without the empty ones at the right end; blank text is empty."""
    kept = [None if isinstance(value, str) and not value.strip() else value for value in values]
    while kept and kept[-1] is None:
        kept.pop()
    return kept


def kind(value: Value) -> str:
    """text, number, date, bool, error or empty."""
    if value is None:
        return "empty"
    if isinstance(value, CellError):
        return "error"
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "bool"
    return "number" if isinstance(value, int | float) else "date"


def kind_at(grid: Grid, row: int, column: int, value: Value) -> str:
    """The kind of a value in its place: a stored formula result says so."""
    return "formula-result" if (row, column) in grid.formulas else kind(value)


def letter(index: int) -> str:
    """The column's letter in a spreadsheet: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(name: str) -> int:
    """The reverse of `letter`: A is 0, AA is 26."""
    index = 0
    for char in name.upper():
        index = index * 26 + ord(char) - 64
    return index - 1


def shown(value: Value) -> str:
    """A cell as text, without loss: a whole number without ".0", a date as ISO."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value.isoformat() if isinstance(value, date | time) else str(value)
