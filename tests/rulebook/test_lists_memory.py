"""Columns of a sender's last list, recalled by the next one."""

from datetime import date

import pytest

from matxich.rulebook.lists.columns import map_columns, memory_of
from matxich.rulebook.lists.grid import grid_of
from matxich.rulebook.lists.memory import Remembered, missing, recall
from matxich.rulebook.lists.shapes import plain
from matxich.rulebook.lists.tables import find_tables

LAST = date(2025, 12, 31)


def memory(*columns: tuple[str, str | None], number: int = 1) -> dict[str, Remembered]:
    return {plain(header): Remembered(field, header, LAST, number) for header, field in columns}


KNOWN = memory(
    ("Doanh thu 2024 (tỷ đồng)", "revenue"),
    ("Số CB-CNV thường xuyên", "workers"),
    ("Ghi chú nội bộ của ban", None),
    ("Mã", "tax_code"),
)


@pytest.mark.parametrize(
    ("header", "field", "match"),
    [
        ("DOANH THU 2024  (tỷ đồng)", "revenue", "same"),
        ("Doanh thu 2025 (triệu đồng)", "revenue", "renamed"),
        ("Số CBCNV thường xuyên", "workers", "close"),
        ("Ghi chú nội bộ của Ban.", None, "close"),
    ],
)
def test_recalled(header: str, field: str | None, match: str) -> None:
    found = recall(header, KNOWN)
    assert found and (found.known.field, found.match) == (field, match)


@pytest.mark.parametrize("header", ["", "Mạ", "Địa chỉ", "Số lao động"])
def test_not_recalled(header: str) -> None:
    found = recall(header, KNOWN)
    assert found is None or found.match == "same"


def test_what_meant_two_things_is_not_recalled_by_likeness() -> None:
    two = memory(("Vốn 2023", "charter_capital"), ("Vốn 2024", "investment_capital"))
    assert recall("Vốn 2025", two) is None


def test_missing_are_the_used_columns_of_the_last_list_alone() -> None:
    older = memory(("Fax", "fax"), number=1)
    last = memory(("Tên", "name"), ("Doanh thu 2024", "revenue"), ("Email", "email"), ("Ghi chú", None), number=2)
    assert [known.header for known in missing(["Tên", "Doanh thu 2025"], older | last)] == ["Email"]


def table(*headers: str, values: tuple[str, ...] = ()):  # type: ignore[no-untyped-def]
    rows = [[f"Công ty TNHH Số {n}", *(values or [f"x{n}"] * len(headers))] for n in range(4)]
    return find_tables(grid_of([["Tên doanh nghiệp", *headers], *rows])).tables[0]


def test_a_recalled_column_says_since_when_and_under_what_name() -> None:
    known = memory(("Quy mô nhà máy 2024", "land_area"))
    guess = map_columns(table("Quy mô nhà máy 2025"), known)[1]
    assert (guess.field, guess.reasons[0].code) == ("land_area", "remembered_like")
    assert guess.reasons[0].params == {"day": "31/12/2025", "header": "Quy mô nhà máy 2024"}


def test_values_that_speak_against_it_are_told() -> None:
    known = memory(("Mã số thuế", "tax_code"))
    guess = map_columns(table("Mã số thuế", values=("không rõ là gì",)), known)[1]
    assert (guess.field, [reason.code for reason in guess.reasons]) == (
        "tax_code",
        ["remembered_on", "content_against"],
    )


def test_a_close_name_does_not_overrule_what_the_header_says() -> None:
    known = memory(("Địa chỉ sản suất", "products"))
    assert map_columns(table("Địa chỉ sản xuất"), known)[1].field == "site_address"


def test_a_column_nobody_understood_is_not_remembered() -> None:
    guesses = map_columns(table("Xyz"))
    assert memory_of(guesses).keys() == {"ten doanh nghiep"}
