"""Rows that were not taken in go back to their sender; each carries a code by which it is known when it returns."""

import re

CODE = "row_code"
COLUMNS = ("sent_sheet", "sent_row", "rejected_because", "to_correct", CODE)
"""Fields of the columns a workbook of rejected rows has besides the sender's own."""
_CODE = re.compile(r"R(\d{1,18})-(\d{1,18})-(\d\d)", re.ASCII)


def row_code(batch: int, row: int) -> str:
    """The code of a row of an import: "R42-1789-08". The check digits find a cell that was filled down."""
    return f"R{batch}-{row}-{_check(batch, row):02}"


def parse_row_code(text: str) -> tuple[int, int] | None:
    """(import, row) of a code; None for anything that is no code, or one that was altered."""
    match = _CODE.fullmatch(text.strip().upper())
    if match is None:
        return None
    batch, row, check = map(int, match.groups())
    return (batch, row) if check == _check(batch, row) else None


def _check(batch: int, row: int) -> int:
    return (batch * 10**18 + row) * 100 % 97
