"""A stored file becomes tables with a proposed field for each column; the officer's choices are laid over them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from matxich.registry.actions.rows import TakenRow, taken
from matxich.registry.models import Import, Source
from matxich.registry.queries.remembering import columns_of
from matxich.registry.reading.opening import open_workbook
from matxich.rulebook.identifiers import mask_person_id, parse_tax_code
from matxich.rulebook.lists.columns import ColumnGuess, corrected, map_columns, memory_of
from matxich.rulebook.lists.correcting import CODE, parse_row_code
from matxich.rulebook.lists.grid import Note, shown
from matxich.rulebook.lists.memory import missing
from matxich.rulebook.lists.model import REMEMBERED, Skipped, Table
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
            coded = next((column for column in columns if column.field == CODE), None)
            for typed, row in zip(table.rows, read_rows(table, columns, latest_year=latest_year), strict=True):
                made = taken(row, typed, persons, table.span)
                if coded:
                    made.code, made.code_column = parse_row_code(made.cells.get(coded.letter, "")), coded.letter
                yield made

    def corrects(self) -> int | None:
        """The import whose rejected rows most rows here bring again, by their codes; None for an ordinary list."""
        found: Counter[int] = Counter()
        for table, columns in self.tables:
            for column in columns:
                if column.field == CODE:
                    codes = (parse_row_code(shown(value)) for value in table.column_values(column.index))
                    found.update(code[0] for code in codes if code)
        return found.most_common(1)[0][0] if found else None

    def memory(self, batch: Import) -> dict[str, dict[str, Any]]:
        """This sender's headers and what they mean, as `Source.mapping` keeps them."""
        found = [memory_of(columns, on=batch.as_of, batch=batch.pk) for _table, columns in self.tables]
        return {
            header: {"field": one.field, "header": one.header, "on": batch.as_of.isoformat(), "list": one.list}
            for known in found
            for header, one in known.items()
        }


def read_file(path: Path, *, name: str, source: Source) -> Reading:
    """Open a list and understand its columns, as this sender's were before; raises the refusals of reading a file."""
    book, remembered = open_workbook(path, name), columns_of(source)
    reading = Reading([], [], list(book.notes))
    while book.sheets:
        found = find_tables(book.sheets.pop(0))
        reading.tables += [(table, map_columns(table, remembered)) for table in found.tables]
        reading.skipped += found.skipped
        reading.notes += found.notes
    return reading


def missing_columns(reading: Reading, source: Source) -> list[str]:
    """Headers of the sender's last list that are not in this one."""
    headers = [column.header for _table, columns in reading.tables for column in columns]
    return [known.header for known in missing(headers, columns_of(source))]


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
    """A tax code column may hold persons' numbers, and so may one of no field: no page shows them whole.

    `before`: what the column was read as last time, "-" when it was left out, "" when it is new.
    """
    told = asdict(column)
    as_before = any(reason.code in REMEMBERED for reason in column.reasons)
    told["before"] = (column.field or "-") if as_before else ""
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
