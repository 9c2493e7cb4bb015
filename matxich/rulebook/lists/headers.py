"""Headers of tables: known words, sub-columns under groups, merged or not, one row or several."""

from collections.abc import Sequence
from dataclasses import dataclass

from matxich.rulebook.lists import shapes
from matxich.rulebook.lists.fields import header_fields
from matxich.rulebook.lists.grid import Grid, Merge, Value, letter
from matxich.rulebook.lists.model import Column
from matxich.rulebook.lists.units import read_unit
from matxich.rulebook.vietnamese.legacy import repair_column

type Cells = list[tuple[int, Value]]

MAX_HEADER_ROWS = 4
SAMPLE_ROWS = 300
MOST_COLUMNS = 60
FEW_TEXTS = 3


@dataclass(slots=True)
class Header:
    """A header of one row or several: their positions in the grid's rows, and the columns they name."""

    rows: list[int]
    columns: list[Column]


class Headers:
    """One sheet's rows as headers see them: merged ranges by their top row, texts in Unicode."""

    def __init__(self, grid: Grid) -> None:
        self.rows = grid.rows
        self.merges = grid.merges
        self.merges_at: dict[int, list[Merge]] = {}
        for merge in grid.merges:
            self.merges_at.setdefault(merge.top, []).append(merge)
        self.unicode = _legacy_texts(grid.rows)

    def cells(self, values: Sequence[Value]) -> Cells:
        """Filled cells with their column, legacy encodings repaired as the sheet as a whole shows them."""
        cells = shapes.filled(values)
        if not self.unicode:
            return cells
        return [(at, self.unicode.get(value, value) if isinstance(value, str) else value) for at, value in cells]

    def joined(self, values: Sequence[Value]) -> str:
        return " ".join(shapes.header_text(value) for _, value in self.cells(values) if isinstance(value, str))

    def is_lone(self, position: int, cells: Cells) -> bool:
        """A list of one column, or a single known header among unknown ones, directly above data."""
        if not shapes.is_words(cells) or position + 1 >= len(self.rows):
            return False
        sure = [value for _, value in cells if isinstance(value, str) and shapes.header_weight(value) == 1.0]
        below = self.cells(self.rows[position + 1][1])
        if len(cells) == 1:
            name = header_fields(shapes.header_text(str(cells[0][1])))
            return bool(sure) and name[0][0] in ("name", "tax_code") and [at for at, _ in below] == [cells[0][0]]
        return bool(sure) and len(below) >= len(cells) - 1 and len(cells) <= 3 and not shapes.is_letterhead(cells)

    def whole(self, position: int) -> Header:
        first = position
        while first and position - first < MAX_HEADER_ROWS - 1 and self._heads(first - 1, first):
            first -= 1
        last = position
        while last + 1 < len(self.rows) and last - first < MAX_HEADER_ROWS - 1 and self._continues(last, last + 1):
            last += 1
        rows = list(range(first, last + 1))
        return Header(rows, self._columns(rows))

    def _heads(self, above: int, below: int) -> bool:
        """Whether the row above groups the columns of the header row below it."""
        number, values = self.rows[above]
        if number + 1 != self.rows[below][0]:
            return False
        cells = self.cells(values)
        if not shapes.is_words(cells) or shapes.is_letterhead(cells):
            return False
        under = {at for at, _ in self.cells(self.rows[below][1])}
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
        cells = self.cells(values)
        if not shapes.is_words(cells) or shapes.is_numbering(cells) or shapes.is_total(cells):
            return False
        if any(isinstance(v, str) and shapes.is_legal_name(v) for _, v in cells if not shapes.known_headers([(0, v)])):
            return False
        merges = self.merges_at.get(self.rows[above][0], ())
        if any(m.bottom >= number for m in merges):
            return True
        if any(m.right > m.left and any(m.left <= at <= m.right for at, _ in cells) for m in merges):
            return True
        return not self.merges and self._completes(self.cells(self.rows[above][1]), cells)

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
            below = {at for later in rows[depth + 1 :] for at, _ in self.cells(self.rows[later][1])}
            for at, text in self._spread(position, below).items():
                known = parts.setdefault(at, [])
                if text not in known:
                    known.append(text)
        return [Column(at, letter(at), " / ".join(texts), tuple(texts)) for at, texts in sorted(parts.items())]

    def _spread(self, position: int, below: set[int]) -> dict[int, str]:
        """A header row with merged texts over all their columns; without merges, over the sub-columns to the right."""
        number, values = self.rows[position]
        texts = {at: shapes.header_text(value) for at, value in self.cells(values) if isinstance(value, str)}
        spread = dict(texts)
        for merge in self.merges_at.get(number, ()):
            if merge.left in texts:
                spread.update(dict.fromkeys(range(merge.left, merge.right + 1), texts[merge.left]))
        if not self.merges:
            current = ""
            for at in range(min(texts), max(below, default=-1) + 1):
                current = texts.get(at, current)
                if at in below:
                    spread[at] = current
        return spread


def _legacy_texts(rows: Sequence[tuple[int, list[Value]]]) -> dict[str, str]:
    """Short text → its Unicode form, in a sheet that shows a legacy encoding: a doubtful "Tæng céng" follows
    the other cells of its column, then those of the sheet.
    """
    if not any(cell.encoding for cell in repair_column(_accented(rows[:SAMPLE_ROWS], None))):
        return {}
    # Beyond the sample only rows of few texts can be anything but data.
    rows = [
        *rows[:SAMPLE_ROWS],
        *(row for row in rows[SAMPLE_ROWS:] if sum(type(v) is str for v in row[1]) <= FEW_TEXTS),
    ]
    found: dict[str, str] = {}
    for column in (None, *range(min(max(len(values) for _, values in rows), MOST_COLUMNS))):
        texts = _accented(rows, column)
        found.update((text, c.text) for text, c in zip(texts, repair_column(texts), strict=True) if c.encoding)
    return found


def _accented(rows: Sequence[tuple[int, list[Value]]], column: int | None) -> list[str]:
    """The different short texts with letters beyond ASCII, of one column or of all."""
    chosen = (values if column is None else values[column : column + 1] for _, values in rows)
    texts = (value for values in chosen for value in values if isinstance(value, str))
    return list(dict.fromkeys(text for text in texts if len(text) <= shapes.LONGEST_HEADER and not text.isascii()))
