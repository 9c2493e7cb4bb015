"""Tables side by side on one sheet: cut apart along an empty column, so that each is read by itself."""

from collections.abc import Iterator
from itertools import pairwise

from matxich.rulebook.lists import shapes
from matxich.rulebook.lists.fields import header_fields
from matxich.rulebook.lists.grid import Grid, Merge, Value, trimmed

LOOK = 200  # rows in which the headers of tables side by side are looked for


def side_by_side(grid: Grid) -> list[Grid]:
    """The sheet cut at the empty columns between two headers that both name an enterprise; else the sheet as it is.

    Columns keep their places and rows their numbers. A cell in an empty column above the headers belongs to the left.
    """
    names = _name_headers(grid)
    if len({at for _, at in names}) < 2:
        return [grid]
    top = min(number for number, _ in names)
    filled = {
        at for number, values in grid.rows if number >= top for at, value in enumerate(values) if value is not None
    }
    cuts = _cuts(sorted({at for _, at in names}), filled)
    edges = [-1, *cuts, max(len(values) for _, values in grid.rows)]
    return [_band(grid, left + 1, right) for left, right in pairwise(edges)] if cuts else [grid]


def _name_headers(grid: Grid) -> list[tuple[int, int]]:
    """(row, column) of cells that are a header of an enterprise's name and nothing else."""
    return [
        (number, at)
        for number, values in grid.rows[:LOOK]
        for at, value in enumerate(values)
        if isinstance(value, str) and len(value) <= shapes.LONGEST_HEADER and _is_name(value)
    ]


def _is_name(text: str) -> bool:
    return header_fields(shapes.header_text(text))[:1] == (("name", 1.0),)


def _cuts(names: list[int], filled: set[int]) -> list[int]:
    """Between two name columns, the empty column next to the right one: its order numbers stand before its names."""
    cuts = []
    for left, right in pairwise(names):
        empty = [at for at in range(left + 1, right) if at not in filled]
        cuts += empty[-1:]
    return cuts


def _band(grid: Grid, left: int, right: int) -> Grid:
    """Columns `left` to `right`, both included."""
    rows = [(number, kept) for number, values in grid.rows if (kept := _within(values, left, right))]
    return Grid(grid.sheet, rows, list(_clipped(grid, left, right)), grid.formulas, grid.hidden)


def _within(values: list[Value], left: int, right: int) -> list[Value]:
    return trimmed([None] * min(left, len(values)) + values[left : right + 1])


def _clipped(grid: Grid, left: int, right: int) -> Iterator[Merge]:
    for merge in grid.merges:
        if left <= merge.left <= right:
            yield Merge(merge.top, merge.left, merge.bottom, min(merge.right, right))
