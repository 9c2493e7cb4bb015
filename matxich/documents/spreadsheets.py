"""Tables out, as xlsx or csv, row by row: nothing waits for the last row, and nothing is kept but the row at hand.

A cell that a spreadsheet would run as a formula stays text.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

Cell = str | int | float | Decimal | date | datetime | bool | None
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
NARROWEST, WIDEST = 10, 48  # widths of columns, in letters
LONGEST = 32_767  # what Excel accepts in one cell
MOST_ROWS = 1_048_576  # and on one sheet, its heads included
PIECE, LINES = 64 * 1024, 200
FAST = 1  # the least of compression: a third larger, three times as fast

_SPECIAL = re.compile(r"[&<>]")
# Letters an XML file cannot hold, and texts that Excel would read as one letter written by its number.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NUMBERED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_EPOCH = date(1899, 12, 30)
_HEAD, _QUOTED, _DAY = 1, 2, 3  # the styles below, in their order

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = "http://schemas.openxmlformats.org/"
_MAIN = _OPEN + "spreadsheetml/2006/main"
_RELATIONS = _OPEN + "officeDocument/2006/relationships"
_PARTS = _OPEN + "package/2006"
_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill'
    ' patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/>'
    '</border><border><left/><right/><top/><bottom style="thin"/><diagonal/></border></borders><cellStyleXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write_xlsx(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write (sheet name, headers, rows) to a file. Text is written as text whatever it begins with."""
    with path.open("wb") as file:
        file.writelines(xlsx_pieces(sheets))


def xlsx_pieces(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """The same as pieces of a file, the first at once, each as soon as its rows are known.

    Written here because the library at hand goes back over its file: it can give nothing before the last row, and
    leaves half a file behind when nobody waits for the end.
    """
    out = _Outlet()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=FAST) as package:  # type: ignore[call-overload]
        package.writestr("xl/styles.xml", _STYLES)
        names = []
        for name, headers, rows in sheets:
            names.append(sheet_name(name))
            with package.open(f"xl/worksheets/sheet{len(names)}.xml", "w") as part:
                for text in _sheet(headers, rows):
                    part.write(text.encode())
                    yield out.taken()
        for path, text in _frame(names):
            package.writestr(path, text)
    yield out.taken()


class _Outlet:
    """Where the package writes, never to come back."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.written.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        piece, self.written = b"".join(self.written), []
        return piece


def _sheet(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """One worksheet in pieces of about PIECE letters."""
    columns = [_column(number) for number in range(len(headers))]
    widths = (
        f'<col min="{at}" max="{at}" width="{min(max(len(head) + 2, NARROWEST), WIDEST)}" customWidth="1"/>'
        for at, head in enumerate(headers, start=1)
    )
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
        f' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{"".join(widths)}</cols><sheetData>'
        f'<row r="1">{"".join(_text(f"{at}1", head, _HEAD) for at, head in zip(columns, headers, strict=True))}</row>'
    )
    waiting, length = [], 0
    for line, row in enumerate(rows, start=2):
        cells = [_cell(f"{at}{line}", cell) for at, cell in zip(columns, row, strict=False)]
        waiting.append(f'<row r="{line}">{"".join(cells)}</row>')
        length += len(waiting[-1])
        if length >= PIECE:
            yield "".join(waiting)
            waiting, length = [], 0
    yield "".join(waiting) + "</sheetData></worksheet>"


def _cell(at: str, cell: Cell) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        return _text(at, cell, _QUOTED if cell.startswith(RISKY) else 0)
    if isinstance(cell, bool):
        return f'<c r="{at}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{at}" s="{_DAY}"><v>{_serial(cell)}</v></c>'
    return f'<c r="{at}"><v>{cell}</v></c>'


def _text(at: str, text: str, style: int) -> str:
    text = _UNWRITABLE.sub("", _NUMBERED.sub(r"_x005F_\1", text[:LONGEST]))
    if _SPECIAL.search(text):
        text = escape(text)
    styled = f' s="{style}"' if style else ""
    return f'<c r="{at}"{styled} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _serial(day: date) -> int | float:
    """Days since the last but one of 1899, as Excel counts."""
    if not isinstance(day, datetime):
        return (day - _EPOCH).days
    return (day.date() - _EPOCH).days + (day.hour * 3600 + day.minute * 60 + day.second) / 86_400


def _column(number: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    while number >= 0:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
    return letters


def _frame(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts that say what the others are; they come last, when the sheets are known."""
    numbered = list(enumerate(names, start=1))

    def each(write: Callable[[int, str], str]) -> str:
        return "".join(write(number, name) for number, name in numbered)

    sheets = each(lambda n, name: f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>')
    yield (
        "xl/workbook.xml",
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets></workbook>',
    )
    parts = each(
        lambda n, _: f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
    )
    styles = f'<Relationship Id="rId{len(names) + 1}" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
    relations = f'{_XML}<Relationships xmlns="{_PARTS}/relationships">'
    yield "xl/_rels/workbook.xml.rels", f"{relations}{parts}{styles}</Relationships>"
    yield "_rels/.rels", f"{relations}{_relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>"
    kinds = [("workbook", f"{_MEDIA}sheet.main+xml"), ("styles", f"{_MEDIA}styles+xml")]
    kinds += [(f"worksheets/sheet{n}", f"{_MEDIA}worksheet+xml") for n, _ in numbered]
    overrides = "".join(f'<Override PartName="/xl/{name}.xml" ContentType="{kind}"/>' for name, kind in kinds)
    yield (
        "[Content_Types].xml",
        f'{_XML}<Types xmlns="{_PARTS}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
        f' ContentType="application/xml"/>{overrides}</Types>',
    )


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


def csv_lines(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Lines of a csv that Excel in Viet Nam opens rightly: a byte-order mark, semicolons, risky text behind a quote."""
    yield "\ufeff" + _line(headers)
    for row in rows:
        yield _line([neutralised(cell) for cell in row])


def csv_pieces(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The same as pieces of a file, its heads at once and then many lines at a time."""
    lines = csv_lines(headers, rows)
    yield next(lines).encode()
    while some := list(islice(lines, LINES)):
        yield "".join(some).encode(errors="replace")


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
