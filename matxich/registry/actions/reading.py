"""A stored file becomes tables with a proposed field for each column; the officer's choices are laid over them."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from matxich.registry.actions.rows import TakenRow, taken
from matxich.registry.reading.opening import open_workbook
from matxich.rulebook.identifiers import mask_person_id, parse_tax_code
from matxich.rulebook.lists.columns import ColumnGuess, corrected, map_columns, memory_of
from matxich.rulebook.lists.grid import Note
from matxich.rulebook.lists.model import Skipped, Table
from matxich.rulebook.lists.persons import holds_persons_numbers, persons_number
from matxich.rulebook.lists.rows import read_rows
from matxich.rulebook.lists.tables import find_tables

EXPANDED_GAP = 1_000


@dataclass(slots=True)
class Reading:
    """A file understood: its tables, each with its columns, and what is no data."""

    tables: list[tuple[Table, list[ColumnGuess]]]
    skipped: list[Skipped]
    notes: list[Note]

    @property
    def rows(self) -> int:
        return sum(len(table.rows) for table, _columns in self.tables)

    def taken_rows(self, *, latest_year: int) -> Iterator[TakenRow]:
        """Every data row, in the file's order. A table is let go once its rows are read."""
        for table, columns in self.tables:
            persons = [column.letter for column in columns if _holds_persons_numbers(table, column)]
            for typed, row in zip(table.rows, read_rows(table, columns, latest_year=latest_year), strict=True):
                yield taken(row, typed, persons, table.span)

    def memory(self) -> dict[str, str | None]:
        """This sender's headers and what they mean."""
        return {header: field for _table, columns in self.tables for header, field in memory_of(columns).items()}


def read_file(path: Path, *, name: str, remembered: dict[str, str | None]) -> Reading:
    """Open a list and understand its columns; raises the refusals of reading a file."""
    book = open_workbook(path, name)
    reading = Reading([], [], list(book.notes))
    while book.sheets:
        found = find_tables(book.sheets.pop(0))
        reading.tables += [(table, map_columns(table, remembered)) for table in found.tables]
        reading.skipped += found.skipped
        reading.notes += found.notes
    return reading


def with_choices(reading: Reading, choices: dict[str, dict[str, str | None]]) -> Reading:
    """The reading under an officer's choices: table's number → column's number → field, None to leave it out."""
    tables = []
    for number, (table, columns) in enumerate(reading.tables):
        chosen = {int(index): field for index, field in choices.get(str(number), {}).items()}
        tables.append((table, corrected(columns, chosen)))
    return Reading(tables, reading.skipped, reading.notes)


def tables_as_json(reading: Reading) -> list[dict[str, Any]]:
    """What the column page shows of each table; `field` is the proposal or the officer's choice."""
    return [
        {
            "sheet": table.sheet,
            "title": table.title,
            "start": table.start,
            "first_row": table.first_row,
            "last_row": table.last_row,
            "span": table.span,
            "rows": len(table.rows),
            "columns": [_column(table, column) for column in columns],
        }
        for table, columns in reading.tables
    ]


def _column(table: Table, column: ColumnGuess) -> dict[str, Any]:
    """A tax code column may hold persons' numbers, and so may one of no field: no page shows them whole."""
    told = asdict(column)
    if column.field == "tax_code":
        told["samples"] = [parse_tax_code(sample).shown for sample in column.samples]
    elif _holds_persons_numbers(table, column):
        told["samples"] = [mask_person_id(text) if persons_number(text) else text for text in column.samples]
    return told


def _holds_persons_numbers(table: Table, column: ColumnGuess) -> bool:
    """In a column nobody gave a field; one with a field is that field's to keep."""
    return column.field is None and holds_persons_numbers(column.header, table.column_values(column.index))


def skipped_as_json(skipped: list[Skipped]) -> list[dict[str, Any]]:
    """One entry a row; a very long gap of blank rows is one entry, at its first row."""
    entries = []
    for gap in skipped:
        last = gap.last_row if gap.last_row - gap.row < EXPANDED_GAP else gap.row
        entries += [{"sheet": gap.sheet, "row": row, "reason": gap.reason} for row in range(gap.row, last + 1)]
    return entries


def notes_as_json(notes: list[Note]) -> list[dict[str, Any]]:
    return [asdict(note) for note in notes]
