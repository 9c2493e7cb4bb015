"""Excel workbooks: .xlsx parts are measured as they inflate, then calamine reads the values."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import join, normpath
from xml.etree import ElementTree

from django.utils.translation import gettext_noop
from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from matxich.registry.reading.archives import Archive
from matxich.registry.reading.refusals import CorruptFile, EncryptedFile, TooManyCells
from matxich.registry.reading.workbook import MAX_BOX, MAX_COLUMNS, MAX_ROWS, Budget, SheetBuilder, Workbook
from matxich.rulebook.lists.grid import CellError, Note, Position, column_index

# Excel, LibreOffice and every usual writer put the address first; the careful pattern is for the others.
_PLAIN = re.compile(rb'<c r="([A-Z]++)(\d++)"[^>/]*+>')
_VALUED = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]+)(\d+)"[^>/]*>')
_ROW = re.compile(rb'<(?:\w+:)?row\b(?:[^>]*?\br="(\d+)")?')
_NAMELESS = re.compile(rb"<(?:\w+:)?c(?: (?![^>]*\br=)[^>/]*)?>")
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]+)(\d+)"([^>/]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_STORED = re.compile(rb"<(?:\w+:)?v>([^<]+)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_WINDOW = 64 << 20


@dataclass(slots=True)
class Measured:
    """What one sheet's XML says about itself, before any reader allocates its rectangle."""

    bottom: int = 0
    right: int = 0
    formulas: set[Position] = field(default_factory=set)
    unstored: list[Position] = field(default_factory=list)
    errors: dict[Position, CellError] = field(default_factory=dict)

    def check(self) -> None:
        if self.right > MAX_COLUMNS or self.bottom > MAX_ROWS or self.bottom * self.right > MAX_BOX:
            raise TooManyCells(f"{self.bottom} rows, {self.right} columns")


def read_xlsx(path: Path, name: str) -> Workbook:
    with Archive(path) as archive:
        parts = _sheet_parts(archive)
        measured = {part: _measure(archive, part) for part in set(parts.values())}
        archive.drain(skip=lambda part: part in measured)
    builders = _read(path, {sheet: measured[part] for sheet, part in parts.items() if part in measured})
    return Workbook(name, "xlsx", [builder.grid() for builder in builders])


def read_xls(path: Path, name: str) -> Workbook:
    return Workbook(name, "xls", [builder.grid() for builder in _read(path, {})])


def _sheet_parts(archive: Archive) -> dict[str, str]:
    """Sheet name → part of the archive, followed as the relations say."""
    home = _office_document(archive)
    folder, _, base = home.rpartition("/")
    targets = {
        relation.get("Id"): _resolved(folder, relation.get("Target", ""))
        for relation in _parsed(archive.text(join(folder, "_rels", base + ".rels")))
    }
    book = _parsed(archive.text(home))
    found: dict[str, str] = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            part = targets.get(relation)
            if part in archive.names:
                found[sheet.get("name", "")] = part
    return found


def _office_document(archive: Archive) -> str:
    for relation in _parsed(archive.text("_rels/.rels")):
        if relation.get("Type", "").endswith("/officeDocument"):
            return _resolved("", relation.get("Target", ""))
    return "xl/workbook.xml"


def _resolved(folder: str, target: str) -> str:
    return normpath(target.lstrip("/") if target.startswith("/") else join(folder, target))


def _parsed(xml: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise CorruptFile("document type declared")
    try:
        return ElementTree.fromstring(xml) if xml else ElementTree.Element("none")
    except ElementTree.ParseError as error:
        raise CorruptFile(str(error)) from error


def _measure(archive: Archive, part: str) -> Measured:
    """One pass over a sheet's XML as it inflates; cells without a value take no part in the extent."""
    found = Measured()
    rows = 0
    with closing(archive.chunks(archive.names[part])) as chunks:
        for piece in _whole_cells(chunks):
            rows = _measure_piece(piece, rows, found)
    return found


def _measure_piece(piece: bytes, rows: int, found: Measured) -> int:
    """Widen what was found by one piece; `rows` counts those seen so far, for files that do not number them."""
    plain = _is_plain(piece)
    if cells := (_PLAIN if plain else _VALUED).findall(piece):
        columns, numbers = zip(*cells, strict=True)
        found.bottom = max(found.bottom, max(map(int, set(numbers))))
        found.right = max(found.right, max(map(_index, set(columns))) + 1)
    if not plain:
        rows = _measure_nameless(piece, rows, found)
    found.check()
    if b"<f" in piece or b":f" in piece or b't="e"' in piece:
        _note_formulas(piece, found)
    return rows


def _is_plain(piece: bytes) -> bool:
    return piece.count(b"<c") == piece.count(b'<c r="') + piece.count(b"<col") and b":c" not in piece


def _measure_nameless(piece: bytes, rows: int, found: Measured) -> int:
    """Cells may leave out their address and count from the left, rows from the top."""
    named = [int(number) for number in _ROW.findall(piece) if number]
    rows = max([rows + len(_ROW.findall(piece)), *named])
    widths = [len(_NAMELESS.findall(line or b"")) for line in _ROW.split(piece)] if _NAMELESS.search(piece) else [0]
    if max(widths):
        found.bottom, found.right = max(found.bottom, rows), max(found.right, max(widths))
    return rows


def _whole_cells(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The stream cut only between cells, so that no cell is seen in halves."""
    rest = b""
    for chunk in chunks:
        rest += chunk
        cut = max(rest.rfind(b"</c>") + 4, rest.rfind(b"</x:c>") + 6, rest.rfind(b"<row"), rest.rfind(b"<c "))
        if cut > 6:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > _WINDOW:
            raise TooManyCells("one cell without end")
    yield rest


def _note_formulas(piece: bytes, found: Measured) -> None:
    for column, row, attributes, inside in _CELL.findall(piece):
        at = int(row), _index(column)
        if _FORMULA.search(inside):
            found.formulas.add(at)
            if not _STORED.search(inside) and b"<is>" not in inside:
                found.unstored.append(at)
        if b't="e"' in attributes and (stored := _STORED.search(inside)):
            found.errors[at] = CellError(stored[1].decode("utf-8", "replace")[:16])


def _index(column: bytes) -> int:
    return column_index(column.decode()) if len(column) <= 3 else MAX_COLUMNS


def _read(path: Path, measured: dict[str, Measured]) -> list[SheetBuilder]:
    budget = Budget()
    try:
        with path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as book:
            return [
                _read_sheet(book.get_sheet_by_index(at), meta, measured.get(meta.name), budget)
                for at, meta in enumerate(book.sheets_metadata)
                if meta.typ is SheetTypeEnum.WorkSheet
            ]
    except PasswordError as error:
        raise EncryptedFile(str(error)) from error
    except TooManyCells:
        raise
    except Exception as error:
        raise CorruptFile(str(error)) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader's own failure; not an Exception in Python
            raise CorruptFile(str(error)) from error
        raise


def _read_sheet(sheet: CalamineSheet, meta: SheetMetadata, measured: Measured | None, budget: Budget) -> SheetBuilder:
    builder = SheetBuilder(meta.name, budget, meta.visible is not SheetVisibleEnum.Visible)
    if measured:
        builder.formulas = measured.formulas
        _note_unstored(builder, measured.unstored)
    if sheet.start is not None:
        errors = _by_row(measured.errors if measured else {})
        for number, values in enumerate(sheet.iter_rows(), 1):
            for column, error in errors.get(number, ()):
                if 0 <= column - sheet.start[1] < len(values):
                    values[column - sheet.start[1]] = error
            builder.add(number, values, sheet.start[1])
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        builder.merge(top + 1, left, bottom + 1, right)
    return builder


def _by_row(errors: dict[Position, CellError]) -> dict[int, list[tuple[int, CellError]]]:
    rows: dict[int, list[tuple[int, CellError]]] = {}
    for (row, column), error in errors.items():
        rows.setdefault(row, []).append((column, error))
    return rows


def _note_unstored(builder: SheetBuilder, cells: list[Position]) -> None:
    if cells:
        builder.notes.append(
            Note(
                "formula_without_result",
                gettext_noop("%(count)s ô công thức chưa có kết quả lưu trong tệp nên được xem là trống."),
                {"count": len(cells)},
                builder.sheet,
                cells[0][0],
            )
        )
