"""Rows of a mapped table, read one by one with every doubt noted."""

import re
from collections.abc import Iterator, Sequence

from matxich.rulebook.identifiers import Whose
from matxich.rulebook.lists.cells import Into, Reader
from matxich.rulebook.lists.columns import ColumnGuess
from matxich.rulebook.lists.fields import BY_CODE, NAMES
from matxich.rulebook.lists.grid import CellError, Value, shown
from matxich.rulebook.lists.model import DataRow, ListRow, Rejection, RowWarning, Table
from matxich.rulebook.vietnamese.legacy import Repaired, repair_column
from matxich.rulebook.vietnamese.numbers import decimal_separator
from matxich.rulebook.vietnamese.text import fold

_OF_PERSONS = re.compile(r"\b(?:cccd|cmnd|can cuoc|dinh danh)\b")
_OF_HOUSEHOLDS = re.compile(r"\b(?:hkd|ho kinh doanh|nghe nhan|ca nhan)\b")
_OF_ENTERPRISES = re.compile(r"\b(?:doanh nghiep|dn|cong ty|msdn)\b")
_OF_ANYBODY = re.compile(r"\b(?:mst|ma so thue)\b")
FIGURES = ("integer", "number", "percent", "money")


def read_rows(table: Table, mapping: Sequence[ColumnGuess], *, latest_year: int) -> Iterator[ListRow]:
    """Every data row of the table in order, rejected ones too: their `rejected` says why.

    Unmapped columns are left out. Legacy encodings are repaired column by column, which sees all rows at
    once. `latest_year`: later years of founding are doubtful.
    """
    columns = [_Column(table, guess, latest_year) for guess in mapping if _is_read(guess)]
    lead = next((column for column in columns if column.reader.field in NAMES), columns[0] if columns else None)
    for at, row in enumerate(table.rows):
        into = Into({}, [], (*row.sections, lead.value(row) if lead else None))
        for column in columns:
            column.read(at, row, into)
        rejected = None if _has_identity(into) else _rejection(table.sheet, row, lead)
        yield ListRow(table.sheet, row.number, into.values, into.warnings, rejected, row.sections)


def _whose(header: str) -> Whose:
    """A header that names enterprises as well says nothing."""
    plain = fold(header)
    if _OF_ENTERPRISES.search(plain):
        return ""
    if _OF_PERSONS.search(plain) and not _OF_ANYBODY.search(plain):
        return "person"
    return "household" if _OF_HOUSEHOLDS.search(plain) else ""


def _is_read(guess: ColumnGuess) -> bool:
    return guess.field in BY_CODE and BY_CODE[guess.field or ""].kind != "skip"


def _has_identity(into: Into) -> bool:
    return "tax_code" in into.values or any(code in into.values for code in NAMES)


def _rejection(sheet: str, row: DataRow, lead: "_Column | None") -> Rejection:
    letter, value = (lead.reader.letter, lead.value(row)) if lead else ("A", row.values[0])
    return Rejection(sheet, row.number, letter, shown(value), "no_name_no_identifier")


class _Column:
    """One mapped column: its texts repaired as a whole, its reader told what the whole shows."""

    def __init__(self, table: Table, guess: ColumnGuess, latest_year: int) -> None:
        self.index = guess.index
        values = list(table.column_values(guess.index))
        self.repaired = _repaired(values)
        code = guess.field or ""
        kind = BY_CODE[code].kind
        header = next((column.header for column in table.columns if column.index == guess.index), "")
        self.reader = Reader(
            field=code,
            kind=kind,
            letter=guess.letter,
            sheet=table.sheet,
            unit=guess.unit,
            year=guess.year,
            decimal=decimal_separator(values) if kind in FIGURES else None,
            fractions=kind == "percent" and _are_fractions(values),
            latest_year=latest_year,
            whose=_whose(header) if kind == "tax_code" else "",
        )

    def value(self, row: DataRow) -> Value:
        return row.values[self.index] if self.index < len(row.values) else None

    def read(self, at: int, row: DataRow, into: Into) -> None:
        value = row.values[self.index] if self.index < len(row.values) else None
        if value is None:
            return
        if isinstance(value, CellError):
            reader = self.reader
            into.warnings.append(RowWarning(reader.sheet, row.number, reader.letter, str(value), "cell_error", None))
            return
        repaired = self.repaired.get(at)
        raw = shown(value)
        if repaired is None:
            self.reader.read(row.number, value, raw, raw, None, into)
        else:
            self.reader.read(row.number, value, raw, repaired.text, repaired.encoding, into)


def _repaired(values: Sequence[Value]) -> dict[int, Repaired]:
    """Position → text, for the cells whose encoding was changed."""
    texts = [(at, value) for at, value in enumerate(values) if isinstance(value, str) and not value.isascii()]
    cells = repair_column([value for _, value in texts])
    return {at: cell for (at, _), cell in zip(texts, cells, strict=True) if cell.encoding}


def _are_fractions(values: Sequence[Value]) -> bool:
    """A column formatted as per cent stores 0.35: all at most 1, and not all whole."""
    figures = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    return bool(figures) and max(figures) <= 1 and any(value != int(value) for value in figures)
