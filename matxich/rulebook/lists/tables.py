"""Tables of a sheet: where each begins, what its columns are called, which rows are data and which are not."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from matxich.rulebook.lists import shapes
from matxich.rulebook.lists.fields import header_fields
from matxich.rulebook.lists.grid import Grid, Merge, Note, Value, letter
from matxich.rulebook.lists.model import Column, DataRow, FoundTables, Skipped, Table
from matxich.rulebook.lists.units import Unit, declared_unit, read_unit
from matxich.rulebook.vietnamese.legacy import repair_column

type Cells = list[tuple[int, Value]]

MAX_HEADER_ROWS = 4
LONG_GAP = 1000  # blank rows listed one by one up to here, as one range beyond
SAMPLE_ROWS = 300
LONGEST_MERGE = 200  # rows; a longer one is decoration
UNMARKED = 9  # level of a section head without a number: below every numbered one


def find_tables(grid: Grid) -> FoundTables:
    """All tables of one sheet, one under the other, and a reason for every row that is not data."""
    return _Finder(grid).find()


@dataclass(slots=True)
class _Header:
    rows: list[int]  # positions in grid.rows
    columns: list[Column]


@dataclass(slots=True)
class _Open:
    """The table being read: its place in the section tree and what its first header row says."""

    table: Table
    first_words: str
    words: list[str]
    order: int | None
    sections: list[tuple[int, str]] = field(default_factory=list)
    pending: list[int] = field(default_factory=list)  # section heads with no data below them yet
    signed: bool = False


class _Finder:
    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.rows = grid.rows
        self.merges_at: dict[int, list[Merge]] = {}
        for merge in grid.merges:
            self.merges_at.setdefault(merge.top, []).append(merge)
        self.covered = _covered(grid.merges)
        self.unicode = _legacy_texts(grid.rows)
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
        return FoundTables(self.tables, self._skipped(), self.notes)

    def _walk(self, position: int) -> None:
        while position < len(self.rows):
            header = self._header_at(position)
            if header:
                self._begin(header)
                position = header.rows[-1] + 1
            else:
                self._place(*self.rows[position])
                position += 1

    def _cells(self, values: Sequence[Value]) -> Cells:
        """Filled cells with their column, legacy encodings repaired as the sheet as a whole shows them."""
        cells = shapes.filled(values)
        if not self.unicode:
            return cells
        return [(at, self.unicode.get(value, value) if isinstance(value, str) else value) for at, value in cells]

    def _joined(self, values: Sequence[Value]) -> str:
        return " ".join(shapes.header_text(value) for _, value in self._cells(values) if isinstance(value, str))

    # Headers

    def _header_at(self, position: int) -> _Header | None:
        cells = self._cells(self.rows[position][1])
        if not isinstance(cells[0][1], str) or len(cells) > 400:
            return None
        inside = self.open is not None
        if not shapes.is_header(cells, inside) and not (not inside and self._is_lone_header(position, cells)):
            return None
        if self.open and self._repeats(cells):
            return None
        return self._whole_header(position)

    def _is_lone_header(self, position: int, cells: Cells) -> bool:
        """A list of one column, or a single known header among unknown ones, directly above data."""
        if not shapes.is_words(cells) or position + 1 >= len(self.rows):
            return False
        sure = [value for _, value in cells if isinstance(value, str) and shapes.header_weight(value) == 1.0]
        below = self._cells(self.rows[position + 1][1])
        if len(cells) == 1:
            name = header_fields(shapes.header_text(str(cells[0][1])))
            return bool(sure) and name[0][0] in ("name", "tax_code") and [at for at, _ in below] == [cells[0][0]]
        return bool(sure) and len(below) >= len(cells) - 1 and len(cells) <= 3 and not shapes.is_letterhead(cells)

    def _whole_header(self, position: int) -> _Header:
        first = position
        while first and position - first < MAX_HEADER_ROWS - 1 and self._heads(first - 1, first):
            first -= 1
        last = position
        while last + 1 < len(self.rows) and last - first < MAX_HEADER_ROWS - 1 and self._continues(last, last + 1):
            last += 1
        rows = list(range(first, last + 1))
        return _Header(rows, self._columns(rows))

    def _heads(self, above: int, below: int) -> bool:
        """Whether the row above groups the columns of the header row below it."""
        number, values = self.rows[above]
        if number + 1 != self.rows[below][0] or self.reasons.get(number) == "header":
            return False
        cells = self._cells(values)
        if not shapes.is_words(cells) or shapes.is_letterhead(cells):
            return False
        under = {at for at, _ in self._cells(self.rows[below][1])}
        if any(merge.bottom >= self.rows[below][0] for merge in self.merges_at.get(number, ())):
            return True
        grouped = [m for m in self.merges_at.get(number, ()) if m.right > m.left]
        spans = [m for m in grouped if m.right - m.left + 1 < max(len(under), 2)]
        return len(cells) >= 2 and (bool(spans) or any(at not in under for at, _ in cells))

    def _continues(self, above: int, below: int) -> bool:
        """Whether the row below holds the sub-columns of the header row above it."""
        number, values = self.rows[below]
        if number != self.rows[above][0] + 1:
            return False
        cells = self._cells(values)
        if not shapes.is_words(cells) or shapes.is_numbering(cells) or shapes.is_total(cells):
            return False
        if any(isinstance(v, str) and shapes.is_legal_name(v) for _, v in cells if not shapes.known_headers([(0, v)])):
            return False
        merges = self.merges_at.get(self.rows[above][0], ())
        if any(m.bottom >= number for m in merges):
            return True
        if any(m.right > m.left and any(m.left <= at <= m.right for at, _ in cells) for m in merges):
            return True
        return not self.grid.merges and self._completes(self._cells(self.rows[above][1]), cells)

    def _completes(self, above: Cells, below: Cells) -> bool:
        """Without merges: sub-columns stand under a group and the empty cells to its right, nowhere else."""
        if all(isinstance(v, str) and read_unit(v.strip("() ")) for _, v in below):
            return True
        tops, subs = {at for at, _ in above}, {at for at, _ in below}
        if not subs - tops or min(subs) <= min(tops):
            return False
        return len(subs) >= 2 and all(at not in tops or (at + 1 in subs and at + 1 not in tops) for at in subs)

    def _columns(self, rows: Sequence[int]) -> list[Column]:
        parts: dict[int, list[str]] = {}
        for depth, position in enumerate(rows):
            below = {at for later in rows[depth + 1 :] for at, _ in self._cells(self.rows[later][1])}
            for at, text in self._spread(position, below).items():
                known = parts.setdefault(at, [])
                if text not in known:
                    known.append(text)
        return [Column(at, letter(at), " / ".join(texts), tuple(texts)) for at, texts in sorted(parts.items())]

    def _spread(self, position: int, below: set[int]) -> dict[int, str]:
        """A header row with merged texts over all their columns; without merges, over the sub-columns to the right."""
        number, values = self.rows[position]
        texts = {at: shapes.header_text(value) for at, value in self._cells(values) if isinstance(value, str)}
        spread = dict(texts)
        for merge in self.merges_at.get(number, ()):
            if merge.left in texts:
                spread.update(dict.fromkeys(range(merge.left, merge.right + 1), texts[merge.left]))
        if not self.grid.merges:
            current = ""
            for at in range(min(texts), max(below, default=-1) + 1):
                current = texts.get(at, current)
                if at in below:
                    spread[at] = current
        return spread

    # Tables

    def _begin(self, header: _Header) -> None:
        title = self._take_titles(header.rows[0])
        self._close()
        numbers = [self.rows[position][0] for position in header.rows]
        self.reasons.update(dict.fromkeys(numbers, "header"))
        table = Table(self.grid.sheet, title, tuple(numbers), header.columns, unit=self._title_unit())
        self._open(table)
        self.titles = []

    def _open(self, table: Table) -> None:
        words = [shapes.plain(column.header) for column in table.columns]
        order = next(
            (
                c.index
                for c in table.columns
                if header_fields(c.header)[:1] and header_fields(c.header)[0][0] == "order_number"
            ),
            None,
        )
        leaves = [shapes.plain(column.parts[-1]) for column in table.columns] + [
            shapes.plain(c.parts[0]) for c in table.columns
        ]
        self.tables.append(table)
        self.open = _Open(table, words[0] if words else "", leaves, order)

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
                self.titles.insert(0, (number, self._joined(values)))
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
        widths = [len(self._cells(values)) for _, values in self.rows[:50]]
        usual = sorted(widths)[len(widths) // 2]
        start = next((at for at, width in enumerate(widths) if width >= max(usual, 1)), 0)
        cells = self._cells(self.rows[start][1])
        self.reasons, self.titles = {}, []
        for number, values in self.rows[:start]:
            self._title(number, values)
        if usual >= 2 and start + 1 < len(self.rows) and shapes.is_words(cells) and not _has_data(cells):
            self._begin(self._whole_header(start))
            self._walk_rest(start + 1)
        elif any(_has_data(self._cells(values)) for _, values in self.rows[start : start + 20]):
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
        count = len(values) - values.count(None)
        cells = self._cells(values)
        reason = self._reason(number, cells, count)
        if reason is None:
            self._data(number, values)
        elif reason != "section":
            self.reasons[number] = reason

    def _title(self, number: int, values: list[Value]) -> None:
        self.reasons[number] = "title"
        self.titles.append((number, self._joined(values)))

    def _reason(self, number: int, cells: Cells, count: int) -> str | None:
        """Why a row below a header is no data; None when it is. Notes section heads as it meets them."""
        opened = self.open
        assert opened
        full = count > max(2, len(opened.table.columns) // 2)
        first = cells[0][1]
        if isinstance(first, str) and len(first) <= 80 and (shapes.is_total(cells) or self._repeats(cells)):
            return "total" if shapes.is_total(cells) else "repeated_header"
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
            m.left == at and m.right - m.left + 1 >= max(2, columns // 2) for m in self.merges_at.get(number, ())
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

    # Accounts

    def _skipped(self) -> list[Skipped]:
        """All rows that are no data, in order, gaps of blank rows included."""
        sheet = self.grid.sheet
        skipped: list[Skipped] = []
        before = 0
        for number, _ in self.rows:
            gap = range(before + 1, number)
            if len(gap) > LONG_GAP:
                skipped.append(Skipped(sheet, gap[0], "blank", gap[-1]))
            else:
                skipped.extend(Skipped(sheet, blank, "blank", blank) for blank in gap)
            if number in self.reasons:
                skipped.append(Skipped(sheet, number, self.reasons[number], number))
            before = number
        return skipped


def _legacy_texts(rows: Sequence[tuple[int, list[Value]]]) -> dict[str, str]:
    """Short text → its Unicode form, in a sheet that shows a legacy encoding; a doubtful "Ghi chó" follows the rest."""
    if not any(cell.encoding for cell in repair_column(_accented(rows[:SAMPLE_ROWS]))):
        return {}
    texts = _accented(rows)
    repaired = zip(texts, repair_column(texts), strict=True)
    return {text: cell.text for text, cell in repaired if cell.encoding}


def _accented(rows: Sequence[tuple[int, list[Value]]]) -> list[str]:
    texts = (value for _, values in rows for value in values if isinstance(value, str))
    return list(dict.fromkeys(text for text in texts if len(text) <= shapes.LONGEST_HEADER and not text.isascii()))


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
