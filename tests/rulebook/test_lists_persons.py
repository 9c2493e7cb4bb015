"""Columns of persons' numbers are told by their header or by what stands in them."""

import pytest

from matxich.rulebook.lists.columns import map_columns
from matxich.rulebook.lists.grid import grid_of
from matxich.rulebook.lists.persons import holds_persons_numbers, names_persons_numbers, persons_number
from matxich.rulebook.lists.tables import find_tables


@pytest.mark.parametrize(
    ("header", "says_so"),
    [
        ("CCCD", True),
        ("Số CMND/CCCD", True),
        ("CMTND chủ cơ sở", True),
        ("Căn cước công dân", True),
        ("Số định danh cá nhân", True),
        ("Giấy chứng minh nhân dân số", True),
        ("CCCD người đại diện công ty", True),
        ("Mã định danh doanh nghiệp", False),
        ("Mã số doanh nghiệp", False),
        ("Số điện thoại", False),
    ],
)
def test_headers(header: str, says_so: bool) -> None:
    assert names_persons_numbers(header) is says_so


def test_most_of_the_values_are_citizens_numbers() -> None:
    citizens = ["031234567890", "001 087 654 321", 31234567890]
    assert holds_persons_numbers("Ghi thêm", [*citizens, None, None, "chưa có", "x"])
    assert not holds_persons_numbers("Ghi thêm", [*citizens, "a", "b", "c"])
    assert not holds_persons_numbers("Ghi thêm", ["999912345678", "0912345678", 9991274607])
    assert not holds_persons_numbers("Ghi thêm", [None])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("031234567890", "031234567890"),
        ("31234567890", "031234567890"),
        ("031 234 567 890 cấp ngày 01/02/2021", "031234567890"),
        ("123456789", "123456789"),
        ("CMND: 23.456.789", "023456789"),
        ("chưa có", ""),
        ("12/2020", ""),
    ],
)
def test_the_number_in_a_cell(text: str, number: str) -> None:
    assert persons_number(text) == number


def test_a_column_of_a_representatives_number_is_not_taken_for_his_name() -> None:
    rows = [("Tên doanh nghiệp", "Mã số thuế", "CMND người đại diện"), ("Công ty TNHH A", "9991274607", "123456789")]
    (table,) = find_tables(grid_of(rows)).tables
    assert [guess.field for guess in map_columns(table)] == ["name", "tax_code", None]
