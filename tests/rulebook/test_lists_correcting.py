"""Codes of rejected rows: read back, and not mistaken for one another."""

from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.lists.correcting import COLUMNS, parse_row_code, row_code
from matxich.rulebook.lists.fields import BY_CODE, header_fields

numbers = st.integers(1, 10**12)


@given(numbers, numbers)
def test_a_code_is_read_back(batch: int, row: int) -> None:
    assert parse_row_code(f" {row_code(batch, row).lower()} ") == (batch, row)


@given(numbers, numbers, st.integers(1, 20))
def test_a_code_filled_down_is_none(batch: int, row: int, step: int) -> None:
    head, _dash, check = row_code(batch, row).rpartition("-")
    assert parse_row_code(f"{head}-{(int(check) + step) % 97:02}") is None
    assert parse_row_code(f"R{batch}-{row + step}-{check}") is None


def test_rubbish_is_no_code() -> None:
    assert [parse_row_code(text) for text in ("", "R1-2", "12-5", "R1-2-x9", "R-1-2-3", "R٣-٤-٠٧")] == [None] * 6


def test_our_own_columns_are_known_by_both_their_names() -> None:
    for code in COLUMNS:
        field = BY_CODE[code]
        assert [header_fields(label)[0] for label in (field.label, field.label_en)] == [(code, 1.0)] * 2
