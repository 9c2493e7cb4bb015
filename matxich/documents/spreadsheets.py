"""Tables out, as xlsx or csv, in constant memory. A cell that a spreadsheet would run as a formula stays text."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

Cell = str | int | float | Decimal | date | datetime | bool | None
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
NARROWEST, WIDEST = 10, 48  # widths of columns, in letters
LONGEST = 32_767  # what Excel accepts in one cell


def write_xlsx(path: Path, sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> None:
    """Write (sheet name, headers, rows) to a file. Text is written as text whatever it begins with."""
    import xlsxwriter  # noqa: PLC0415 — a fifth of a second, which only an export should wait for

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(path, options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        quoted, day = book.add_format({"quote_prefix": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        for name, headers, rows in sheets:
            sheet = book.add_worksheet(sheet_name(name))
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, headers, head)
            for column, header in enumerate(headers):
                sheet.set_column(column, column, min(max(len(header) + 2, NARROWEST), WIDEST))
            for line, row in enumerate(rows, start=1):
                for column, cell in enumerate(row):
                    _write(sheet, line, column, cell, quoted, day)


def csv_lines(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Lines of a csv that Excel in Viet Nam opens rightly: a byte-order mark, semicolons, risky text behind a quote."""
    yield "\ufeff" + _line(headers)
    for row in rows:
        yield _line([neutralised(cell) for cell in row])


def neutralised(cell: Cell) -> Cell:
    """Text a spreadsheet could run gets the quote that makes it text; numbers and dates are left alone."""
    if isinstance(cell, str) and cell.startswith(RISKY):
        return "'" + cell
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell


def sheet_name(text: str) -> str:
    """A name Excel accepts: no []:*?/\\, at most 31 characters, not empty."""
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in text).strip("' ")[:31] or "Trang"


def _line(cells: Sequence[Cell]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerow(cells)
    return buffer.getvalue()


def _write(sheet: object, line: int, column: int, cell: Cell, quoted: object, day: object) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        text = cell[:LONGEST]
        sheet.write_string(line, column, text, quoted if text.startswith(RISKY) else None)  # type: ignore[attr-defined]
    elif isinstance(cell, datetime):
        sheet.write_datetime(line, column, cell.replace(tzinfo=None), day)  # type: ignore[attr-defined]
    elif isinstance(cell, date):
        sheet.write_datetime(line, column, cell, day)  # type: ignore[attr-defined]
    elif isinstance(cell, bool):
        sheet.write_boolean(line, column, cell)  # type: ignore[attr-defined]
    else:
        sheet.write_number(line, column, cell)  # type: ignore[attr-defined]
