"""Tables of a sheet: where each begins, what its columns are called, which rows are data and which are not."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from matxich.rulebook.lists import shapes
from matxich.rulebook.lists.beside import side_by_side
from matxich.rulebook.lists.fields import header_fields
from matxich.rulebook.lists.grid import Grid, Merge, Note, Value, letter
from matxich.rulebook.lists.headers import Cells, Header, Headers
from matxich.rulebook.lists.model import Column, DataRow, FoundTables, Skipped, Table
from matxich.rulebook.lists.units import Unit, declared_unit

LONG_GAP = 1000  # blank rows listed one by one up to here, as one range beyond
LOOK_AHEAD = 30
LONGEST_MERGE = 200  # rows; a longer one is decoration
UNMARKED = 9  # level of a section head without a number: below every numbered one


def find_tables(grid: Grid) -> FoundTables:
    """All tables of one sheet, and a reason for every row that is not data.

    They stand one under the other, or side by side with an empty column between and a header each: then the left
    ones come first, a row may be data of several, and each table's `span` says which columns are its.
    """
    bands = side_by_side(grid)
    if len(bands) > 1:
        found = [_Finder(band).find() for band in bands]
        if all(band.tables and all(table.header_rows for table in band.tables) for band in found):
            return _beside(grid, found)
    return _Finder(grid).find()


def _beside(grid: Grid, bands: list[FoundTables]) -> FoundTables:
    tables = [table for band in bands for table in band.tables]
    for table in tables:
        table.span = f"{table.columns[0].letter}:{table.columns[-1].letter}"
    told = {gap.row: gap.reason for band in reversed(bands) for gap in band.skipped if gap.reason != "blank"}
    for table in tables:
        for row in table.rows:
            told.pop(row.number, None)
    return FoundTables(tables, _skipped(grid, told), [note for band in bands for note in band.notes])


@dataclass(slots=True)
class _Open:
    """The table being read: its place in the section tree and the words of its header."""

    table: Table
    words: set[str]
    order: int | None
    sections: list[tuple[int, str]] = field(default_factory=list)
    pending: list[int] = field(default_factory=list)  # section heads with no data below them yet
    signed: bool = False


class _Finder:
    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.rows = grid.rows
        self.headers = Headers(grid)
        self.covered = _covered(grid.merges)
        self.reasons: dict[int, str] = {}
        self.tables: list[Table] = []
        self.open: _Open | None = None
        self.titles: list[tuple[int, str]] = []
        self.notes: list[Note] = []

    def find(self) -> FoundTables:
        self._walk(0)
        if not self.tables and self.rows:
            self._without_known_header()
        self._close()
        self.tables = [table for table in self.tables if table.rows]
        if not self.tables:
            self.reasons = dict.fromkeys(self.reasons, "outside_table")
        return FoundTables(self.tables, _skipped(self.grid, self.reasons), self.notes)

    def _walk(self, position: int) -> None:
        while position < len(self.rows):
            header = self._header_at(position)
            if header:
                self._begin(header)
                position = header.rows[-1] + 1
            else:
                self._place(*self.rows[position])
                position += 1

    # Headers

    def _header_at(self, position: int) -> Header | None:
        cells = self.headers.cells(self.rows[position][1])
        if not isinstance(cells[0][1], str) or len(cells) > 400:
            return None
        inside = self.open is not None
        if not shapes.is_header(cells, inside) and not (not inside and self.headers.is_lone(position, cells)):
            return None
        if self.open and self._repeats(cells):
            return None
        return self.headers.whole(position)

    # Tables

    def _begin(self, header: Header) -> None:
        title = self._take_titles(header.rows[0])
        self._close()
        numbers = [self.rows[position][0] for position in header.rows]
        while self.tables and self.tables[-1].last_row >= numbers[0]:
            self.tables[-1].rows.pop()  # the group row of this header was taken for data of the table above
        self.reasons.update(dict.fromkeys(numbers, "header"))
        table = Table(self.grid.sheet, title, tuple(numbers), header.columns, unit=self._title_unit())
        self._open(table)
        self.titles = []

    def _open(self, table: Table) -> None:
        ordered = [c.index for c in table.columns if header_fields(c.header)[:1] == (("order_number", 1.0),)]
        words = {shapes.plain(part) for column in table.columns for part in column.parts}
        self.tables.append(table)
        self.open = _Open(table, words, ordered[0] if ordered and self._is_numbered(ordered[0], table) else None)

    def _is_numbered(self, order: int, table: Table) -> bool:
        """Whether the rows just below the header use the order column at all."""
        top = table.header_rows[-1] if table.header_rows else 0
        start = bisect_right(self.rows, top, key=lambda row: row[0])
        below = (values for _, values in self.rows[start : start + LOOK_AHEAD])
        return any(
            order < len(values) and values[order] is not None and shapes.is_number(values[order]) for values in below
        )

    def _title_unit(self) -> Unit | None:
        return next((unit for _, text in self.titles if (unit := declared_unit(text))), None)

    def _take_titles(self, first: int) -> str:
        """Rows just above a header that were taken for section heads of the table before are its title."""
        top = self.rows[first][0]
        position, gap = first - 1, 2
        while position >= 0 and top - self.rows[position][0] <= gap:
            number, values = self.rows[position]
            if self.reasons.get(number) not in ("section", "footnote", "signature", "title"):
                break
            if self.reasons[number] != "title":
                self.reasons[number] = "title"
                self.titles.insert(0, (number, self.headers.joined(values)))
            top, gap = number, 2 if self.open is None else 1
            position -= 1
        return " ".join(text for number, text in self.titles if number >= top)

    def _close(self) -> None:
        if self.open:
            ends = [number for number in self.open.pending if self.reasons[number] == "section"]
            self.reasons.update(dict.fromkeys(ends, "footnote"))
        self.open = None

    def _without_known_header(self) -> None:
        """No header word known: the first row of short texts above fuller rows, or no header at all."""
        widths = [len(self.headers.cells(values)) for _, values in self.rows[:50]]
        usual = sorted(widths)[len(widths) // 2]
        start = next((at for at, width in enumerate(widths) if width >= max(usual, 1)), 0)
        cells = self.headers.cells(self.rows[start][1])
        self.reasons, self.titles = {}, []
        for number, values in self.rows[:start]:
            self._title(number, values)
        if usual >= 2 and start + 1 < len(self.rows) and shapes.is_words(cells) and not _has_data(cells):
            self._begin(self.headers.whole(start))
            self._walk_rest(start + 1)
        elif any(_has_data(self.headers.cells(values)) for _, values in self.rows[start : start + 20]):
            width = max(len(values) for _, values in self.rows)
            columns = [Column(at, letter(at), "", ("",)) for at in range(width)]
            self._open(Table(self.grid.sheet, "", (), columns, unit=self._title_unit()))
            self._walk_rest(start)
        else:
            self.reasons.update((number, "outside_table") for number, _ in self.rows)

    def _walk_rest(self, position: int) -> None:
        for number, values in self.rows[position:]:
            if number not in self.reasons:
                self._place(number, values)

    # Rows

    def _place(self, number: int, values: list[Value]) -> None:
        if self.open is None:
            self._title(number, values)
            return
        reason = self._reason(number, self.headers.cells(values))
        if reason is None:
            self._data(number, values)
        elif reason != "section":
            self.reasons[number] = reason

    def _title(self, number: int, values: list[Value]) -> None:
        self.reasons[number] = "title"
        self.titles.append((number, self.headers.joined(values)))

    def _reason(self, number: int, cells: Cells) -> str | None:
        """Why a row below a header is no data; None when it is. Notes section heads as it meets them."""
        opened = self.open
        assert opened
        full = len(cells) > max(2, len(opened.table.columns) // 2)
        first = cells[0][1]
        if isinstance(first, str) and len(first) <= 80:
            if shapes.is_total(cells):
                return "total"
            if self._repeats(cells):
                return "repeated_header"
        if shapes.is_numbering(cells) and not opened.table.rows:
            return "numbering"
        if full:
            opened.signed = False
            return "numbering" if len(cells) > 3 and shapes.is_numbering(cells) else None
        return self._sparse_reason(number, cells)

    def _sparse_reason(self, number: int, cells: Cells) -> str | None:
        opened = self.open
        assert opened
        if opened.signed and not self._surely_data(cells):
            return "signature"
        if opened.table.rows and shapes.is_signature(cells):
            opened.signed = True
            return "signature"
        if shapes.is_footnote(cells):
            return "footnote"
        head = self._section(number, cells)
        if head is None:
            return None
        self._enter(number, *head)
        return "section"

    def _surely_data(self, cells: Cells) -> bool:
        order = self.open.order if self.open else None
        return order is not None and cells[0][0] == order and shapes.is_number(cells[0][1]) and len(cells) >= 2

    def _repeats(self, cells: Cells) -> bool:
        opened = self.open
        if opened is None or len(cells) < 2 or not shapes.is_words(cells):
            return False
        same = sum(shapes.plain(str(value)) in opened.words for _, value in cells)
        return same >= 2 and same * 10 >= len(cells) * 7

    def _section(self, number: int, cells: Cells) -> tuple[int, str] | None:
        """(level, text) of a section head: numbered, merged across, or alone in the order column."""
        opened = self.open
        assert opened
        texts = [(at, value) for at, value in cells if isinstance(value, str) and not shapes.is_number(value)]
        if not texts or len(texts) > 2 or len(opened.table.columns) < 2:
            return None
        at, first = texts[0]
        mark = shapes.marker(first)
        if len(texts) == 2:
            alone = mark is not None and not mark.rest and mark.level < 2 and cells[0][0] == at
            return (mark.level, _headline(texts[1][1])) if alone and mark else None
        if cells[0][0] != at and shapes.is_number(cells[0][1]):
            return None  # an order number in front: an enterprise
        if mark and mark.rest and (mark.level < 2 or (len(cells) == 1 and not shapes.is_legal_name(mark.rest))):
            return mark.level, _headline(mark.rest)
        if self._is_wide(number, at):
            return UNMARKED, _headline(first)
        if shapes.is_legal_name(first) or len(cells) > 1:
            return None
        return (UNMARKED, _headline(first)) if self._stands_outside(at) else None

    def _is_wide(self, number: int, at: int) -> bool:
        columns = len(self.open.table.columns) if self.open else 0
        return any(
            m.left == at and m.right - m.left + 1 >= max(2, columns // 2)
            for m in self.headers.merges_at.get(number, ())
        )

    def _stands_outside(self, at: int) -> bool:
        """In the order column, or in a table whose enterprises are numbered and this row is not."""
        opened = self.open
        assert opened
        return opened.order is not None and len(opened.table.columns) >= 3 and at <= opened.order + 1

    def _enter(self, number: int, level: int, text: str) -> None:
        opened = self.open
        assert opened
        self.reasons[number] = "section"
        while opened.sections and opened.sections[-1][0] >= level:
            opened.sections.pop()
        opened.sections.append((level, text))
        opened.pending.append(number)

    def _data(self, number: int, values: list[Value]) -> None:
        opened = self.open
        assert opened
        opened.pending = []
        if number in self.covered:
            values = self._filled_down(number, values)
        opened.table.rows.append(DataRow(number, values, tuple(text for _, text in opened.sections)))

    def _filled_down(self, number: int, values: list[Value]) -> list[Value]:
        """A cell merged over several enterprises or products speaks for each of its rows."""
        above = {row.number: row.values for row in (self.open.table.rows[-LONGEST_MERGE:] if self.open else ())}
        filled = list(values)
        for column, top in self.covered[number]:
            source = above.get(top, [])
            if column < len(source) and source[column] is not None:
                filled.extend([None] * (column + 1 - len(filled)))
                filled[column] = source[column] if filled[column] is None else filled[column]
        return filled


def _skipped(grid: Grid, reasons: dict[int, str]) -> list[Skipped]:
    """All rows that are no data, in order, gaps of blank rows included."""
    skipped: list[Skipped] = []
    before = 0
    for number, _ in grid.rows:
        gap = range(before + 1, number)
        if len(gap) > LONG_GAP:
            skipped.append(Skipped(grid.sheet, gap[0], "blank", gap[-1]))
        else:
            skipped.extend(Skipped(grid.sheet, blank, "blank", blank) for blank in gap)
        if number in reasons:
            skipped.append(Skipped(grid.sheet, number, reasons[number], number))
        before = number
    return skipped


def _covered(merges: Sequence[Merge]) -> dict[int, list[tuple[int, int]]]:
    """Row → (column, row of the value) for cells hidden under a merge of one column."""
    covered: dict[int, list[tuple[int, int]]] = {}
    for merge in merges:
        if merge.left == merge.right and merge.bottom - merge.top < LONGEST_MERGE:
            for number in range(merge.top + 1, merge.bottom + 1):
                covered.setdefault(number, []).append((merge.left, merge.top))
    return covered


def _headline(text: Value) -> str:
    return shapes.header_text(str(text))


def _has_data(cells: Cells) -> bool:
    """A name of an enterprise or a figure: the row is no header."""
    return any(
        shapes.is_number(value) or (isinstance(value, str) and shapes.is_legal_name(value)) for _, value in cells
    )
