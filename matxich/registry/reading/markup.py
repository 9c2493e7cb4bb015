"""Reports saved by web systems as .xls: in truth an HTML table, or Excel 2003 XML."""

import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

from matxich.registry.reading.delimited import sniff_charset
from matxich.registry.reading.elements import ElementReader
from matxich.registry.reading.opendocument import pieces
from matxich.registry.reading.refusals import TooManyCells
from matxich.registry.reading.workbook import MAX_COLUMNS, MAX_ROWS, Budget, SheetBuilder, Workbook
from matxich.rulebook.lists.grid import CellError, Value

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_BREAKING = {"br", "p", "div", "li"}
_SILENT = {"script", "style", "head", "title"}


def read_html(path: Path, name: str) -> Workbook:
    """All tables of the page one under the other in one sheet, as Excel opens it; one row per <tr>."""
    parser = _Tables()
    with path.open(encoding=_html_charset(path), errors="replace") as stream:
        while chunk := stream.read(1 << 20):
            parser.feed(chunk)
    parser.close()
    parser.end_row()
    return Workbook(name, "html", [parser.sheet.grid()])


def _html_charset(path: Path) -> str:
    found = sniff_charset(path)
    if found.startswith("utf"):
        return found
    told = _CHARSET.search(path.read_bytes()[:4096])
    try:
        "".encode(told[1].decode() if told else found)
    except LookupError:
        return found
    return told[1].decode() if told and told[1].lower() not in (b"utf-8", b"utf-16") else found


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheet = SheetBuilder("", Budget())
        self.row = 0
        self.values: list[Value] | None = None
        self.covered: dict[int, int] = {}  # column → rows still covered by a cell above
        self.parts: list[str] | None = None
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self.covered = {}
        elif tag == "tr":
            self.end_row()
            self.row += 1
            self.values = []
        elif tag in ("td", "th"):
            self._start_cell(dict(attrs))
        elif tag in _BREAKING and self.parts:
            self.parts.append("\n")

    def _start_cell(self, attributes: dict[str, str | None]) -> None:
        self._end_cell()
        if self.values is None:
            return
        self._step_over()
        across = min(_span(attributes.get("colspan")), MAX_COLUMNS)
        down = _span(attributes.get("rowspan"))
        at = len(self.values)
        if at + across > MAX_COLUMNS:
            raise TooManyCells(f"column {at + across}")
        self.sheet.merge(self.row, at, self.row + down - 1, at + across - 1)
        self.values.extend([None] * across)
        self.into = at
        if down > 1:
            self.covered.update(dict.fromkeys(range(at, at + across), down))
        self.parts = []

    def _step_over(self) -> None:
        while self.values is not None and self.covered.get(len(self.values), 0) > 0 and len(self.values) < MAX_COLUMNS:
            self.values.append(None)

    def handle_data(self, data: str) -> None:
        if self.parts is not None and not self.silent:
            self.parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self.end_row()

    def _end_cell(self) -> None:
        if self.parts is not None and self.values is not None:
            lines = (" ".join(line.split()) for line in "".join(self.parts).split("\n"))
            self.values[self.into] = "\n".join(line for line in lines if line)
        self.parts = None

    def end_row(self) -> None:
        self._end_cell()
        if self.values is not None:
            if self.row > MAX_ROWS:
                raise TooManyCells(f"row {self.row}")
            self.sheet.add(self.row, self.values)
            self.covered = {column: left - 1 for column, left in self.covered.items() if left > 1}
        self.values = None


def _span(text: str | None) -> int:
    return min(max(int(text), 1), 1000) if text and text.strip().isdecimal() else 1


def read_spreadsheetml(path: Path, name: str) -> Workbook:
    reader = _Worksheets()
    reader.feed(pieces(path))
    return Workbook(name, "xml", [builder.grid() for builder in reader.sheets])


class _Worksheets(ElementReader):
    def __init__(self) -> None:
        self.budget = Budget()
        self.sheets: list[SheetBuilder] = []
        self.row = self.span = 0
        self.values: list[Value] = []
        self.after = 0
        self.kind = ""
        self.parts: list[str] | None = None
        self.formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Worksheet":
            self.sheets.append(SheetBuilder(attributes.get("Name", ""), self.budget))
            self.row = self.span = 0
        elif tag == "Row":
            self._start_row(attributes)
        elif tag == "Cell" and self.sheets:
            self._start_cell(attributes)
        elif tag in ("Data", "Visible"):
            self.kind, self.parts = attributes.get("Type", "String"), []

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.row = _whole(attributes.get("Index"), self.row + self.span + 1, MAX_ROWS)
        self.span = _whole(attributes.get("Span"), 0, MAX_ROWS)
        self.values, self.after = [], 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        at = _whole(attributes.get("Index"), self.after + 1, MAX_COLUMNS) - 1
        self.values.extend([None] * (at + 1 - len(self.values)))
        across = _whole(attributes.get("MergeAcross"), 0, MAX_COLUMNS)
        down = _whole(attributes.get("MergeDown"), 0, MAX_ROWS)
        self.after = at + 1 + across
        self.formula = "Formula" in attributes
        self.sheets[-1].merge(self.row, at, self.row + down, at + across)

    def text(self, data: str) -> None:
        if self.parts is not None:
            self.parts.append(data)

    def end(self, tag: str) -> None:
        if not self.sheets:
            return
        if tag == "Row":
            self.sheets[-1].add(self.row, self.values)
        elif tag == "Data" and self.values:
            self._end_data("".join(self.parts or ()))
        elif tag == "Visible" and self.parts and self.parts[0].startswith("SheetHidden"):
            self.sheets[-1].hide()
        if tag in ("Data", "Visible"):
            self.parts = None

    def _end_data(self, text: str) -> None:
        self.values[-1] = _typed(self.kind, text)
        if self.formula:
            self.sheets[-1].formulas.add((self.row, len(self.values) - 1))


def _whole(text: str | None, otherwise: int, most: int) -> int:
    number = int(text) if text and text.isdecimal() and len(text) < 12 else otherwise
    if number > most:
        raise TooManyCells(str(number))
    return number


def _typed(kind: str, text: str) -> Value:
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return datetime.fromisoformat(text)
    except ValueError:
        return text
    if kind == "Boolean":
        return text == "1"
    return CellError(text) if kind == "Error" else text
