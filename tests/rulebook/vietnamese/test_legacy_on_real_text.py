"""Repair measured on real lists: nothing correct is touched, nearly everything typed in an old font comes back."""

import csv
import os
from functools import cache
from pathlib import Path

import pytest

from matxich.rulebook.vietnamese.legacy import _TCVN3, _VNI, repair, repair_column

DATA = Path(os.environ.get("MATXICH_PRIVATE_DATA", Path(__file__).parents[4] / "shared" / "data"))
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"private data is not at {DATA}")
TO_TCVN3 = {ord(letter): chr(code) for code, letter in _TCVN3.items()}
TO_VNI = {ord(letter): unit for unit, letter in _VNI.items() if unit.islower() or unit.isupper()}


@cache
def columns() -> list[tuple[str, ...]]:
    """Every text column of every list, without repeats, in a stable order."""
    found = []
    for path in sorted(DATA.rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.reader(lines))
        found += [
            tuple(dict.fromkeys(column))
            for column in zip(*(r for r in rows[1:] if len(r) == len(rows[0])), strict=True)
        ]
    return found


def vietnamese(column: tuple[str, ...]) -> list[str]:
    return [cell for cell in column if cell.isascii() is False and max(cell) <= "ỹ"]


def expressible(cell: str) -> bool:
    return all(letter.isascii() or ord(letter) in TO_TCVN3 for letter in cell)


def test_no_correct_text_is_touched() -> None:
    cells = {cell for column in columns() for cell in column}
    assert len(cells) > 70_000
    assert [cell for cell in cells if repair(cell).encoding] == []


@pytest.mark.parametrize("table", [TO_TCVN3, TO_VNI], ids=["TCVN3", "VNI"])
def test_old_text_comes_back(table: dict[int, str]) -> None:
    whole = [[cell for cell in vietnamese(column) if expressible(cell)] for column in columns()]
    cells = [cell for column in whole for cell in column]
    alone = sum(repair(cell.translate(table)).text == cell for cell in cells)
    together = sum(
        repaired.text == cell
        for column in whole
        for cell, repaired in zip(column, repair_column([cell.translate(table) for cell in column]), strict=True)
    )
    assert alone / len(cells) > 0.98
    assert together / len(cells) > 0.997
