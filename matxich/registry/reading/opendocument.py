"""OpenDocument sheets (.ods, and the flat .fods): rows and cells that repeat are kept as counts while blank."""

from collections.abc import Generator
from datetime import date, datetime
from pathlib import Path

from matxich.registry.reading.archives import Archive
from matxich.registry.reading.elements import ElementReader
from matxich.registry.reading.refusals import CorruptFile, EncryptedFile, TooManyCells
from matxich.registry.reading.workbook import MAX_COLUMNS, MAX_ROWS, Budget, SheetBuilder, Workbook
from matxich.rulebook.lists.grid import CellError, Value

_NUMBERS = {"float", "percentage", "currency"}
_BREAKS = {"line-break": "\n", "tab": "\t"}
_ASIDE = {"annotation", "shapes", "tracked-changes", "dde-links", "named-expressions", "database-ranges"}


def read_ods(path: Path, name: str) -> Workbook:
    with Archive(path) as archive:
        if b"encryption-data" in archive.text("META-INF/manifest.xml"):
            raise EncryptedFile("manifest")
        reader = _Sheets()
        reader.feed(archive.chunks(archive.names["content.xml"]))
    return Workbook(name, "ods", [builder.grid() for builder in reader.sheets])


def read_flat_ods(path: Path, name: str) -> Workbook:
    reader = _Sheets()
    reader.feed(pieces(path))
    return Workbook(name, "ods", [builder.grid() for builder in reader.sheets])


def pieces(path: Path, size: int = 1 << 20) -> Generator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(size):
            yield chunk


class _Sheets(ElementReader):
    def __init__(self) -> None:
        self.budget = Budget()
        self.sheets: list[SheetBuilder] = []
        self.hidden: set[str] = set()
        self.style = ""
        self.depth = 0  # of tables: one inside a cell is no sheet
        self.aside = 0
        self.row = 0
        self.repeat = 1
        self.values: list[Value] = []
        self.cell: dict[str, str] | None = None
        self.parts: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.aside or tag in _ASIDE:
            self.aside += 1
        elif tag == "style" and attributes.get("family") == "table":
            self.style = attributes.get("name", "")
        elif tag == "table-properties" and attributes.get("display") == "false":
            self.hidden.add(self.style)
        elif tag == "table":
            self._start_table(attributes)
        elif self.depth == 1:
            self._start_inside(tag, attributes)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            hidden = attributes.get("style-name") in self.hidden
            self.sheets.append(SheetBuilder(attributes.get("name", ""), self.budget, hidden))
            self.row = 0

    def _start_inside(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table-row":
            self.values = []
            self.repeat = _count(attributes.get("number-rows-repeated"))
        elif tag in ("table-cell", "covered-table-cell"):
            self.cell, self.parts = attributes, []
        elif self.cell is not None:
            if tag == "p" and self.parts:
                self.parts.append("\n")
            elif tag == "s":
                self.parts.append(" " * min(_count(attributes.get("c")), 1000))
            elif tag in _BREAKS:
                self.parts.append(_BREAKS[tag])

    def text(self, data: str) -> None:
        if self.cell is not None and not self.aside and self.depth == 1:
            self.parts.append(data)

    def end(self, tag: str) -> None:
        if self.aside:
            self.aside -= 1
        elif tag == "table":
            self.depth -= 1
        elif self.depth == 1 and tag in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif self.depth == 1 and tag == "table-row":
            self._end_row()

    def _end_cell(self) -> None:
        cell, sheet = self.cell or {}, self.sheets[-1]
        self.cell = None
        value = _value(cell, "".join(self.parts))
        column, repeat = len(self.values), _count(cell.get("number-columns-repeated"))
        if column + repeat > MAX_COLUMNS:
            if value is not None:
                raise TooManyCells(f"column {column + repeat}")
            repeat = max(MAX_COLUMNS - column, 0)
        if value is not None and "formula" in cell:
            sheet.formulas.add((self.row + 1, column))
        down, across = _count(cell.get("number-rows-spanned")), _count(cell.get("number-columns-spanned"))
        sheet.merge(self.row + 1, column, self.row + down, column + across - 1)
        self.values.extend([value] * repeat)

    def _end_row(self) -> None:
        if any(value is not None for value in self.values):
            if self.row + self.repeat > MAX_ROWS:
                raise TooManyCells(f"row {self.row + self.repeat}")
            if (self.repeat - 1) * len(self.values) > self.budget.left:
                raise TooManyCells(f"a row of {len(self.values)} cells {self.repeat} times")
            for number in range(self.row + 1, self.row + self.repeat + 1):
                self.sheets[-1].add(number, self.values)
        self.row += self.repeat


def _count(text: str | None) -> int:
    return max(int(text), 1) if text and text.isdecimal() and len(text) < 10 else 1


def _value(cell: dict[str, str], text: str) -> Value:
    kind = cell.get("value-type", "")
    if kind in _NUMBERS:
        return _number(cell.get("value", ""))
    if kind == "date":
        return _date(cell.get("date-value", ""), text)
    if kind == "boolean":
        return cell.get("boolean-value") == "true"
    if text.startswith(("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "Err:5")):
        return CellError(text)
    return cell.get("string-value", text) or None if kind == "string" else text or None


def _number(text: str) -> Value:
    try:
        return float(text)
    except ValueError as error:
        raise CorruptFile(f"number {text[:40]!r}") from error


def _date(stored: str, text: str) -> Value:
    try:
        return date.fromisoformat(stored) if len(stored) == 10 else datetime.fromisoformat(stored)
    except ValueError:
        return text or stored
