from decimal import Decimal

import pytest

from matxich.rulebook.lists.grid import grid_of
from matxich.rulebook.lists.tables import find_tables
from matxich.rulebook.zones.lists import Column, ListedZone, columns_of, kind_in, rows_of, split_name


def read(*rows: list[object], sheet: str = "") -> tuple[list[Column], list[ListedZone]]:
    (table,) = find_tables(grid_of(rows, sheet)).tables  # type: ignore[arg-type]
    columns = columns_of(table)
    return columns, list(rows_of(table, columns))


def stated(row: ListedZone) -> dict[str, object]:
    return {code: told.reading.value for code, told in row.values.items()}


HEADER: list[object] = [
    "STT", "Tên cụm công nghiệp", "Tỉnh", "Diện tích thành lập (ha)", "Diện tích đất công nghiệp (m2)",
    "Đã cho thuê (ha)", "Tỷ lệ lấp đầy (%)", "Chủ đầu tư", "Tổng mức đầu tư (tỷ đồng)", "XLNT",
]  # fmt: skip


def test_a_usual_list_is_understood_column_by_column() -> None:
    columns, rows = read(
        ["DANH SÁCH CỤM CÔNG NGHIỆP"],
        HEADER,
        [1, "Mẫu Một", "Hà Nam", "60,5", 400_000, "30", 75, "Công ty Hạ tầng Mẫu", "486,5", "đang xây dựng"],
        [2, "Mẫu Hai", "Hà Nam", 75, 500_000, 0, 0, "", 1200, "chưa có"],
        ["", "Tổng cộng", "", "135,5", 900_000, 30],
    )
    assert [column.code for column in columns] == [
        "order_number", "name", "province", "established_area", "industrial_area", "leased_area", "", "operator",
        "registered_capital", "wastewater",
    ]  # fmt: skip
    assert columns[6].note == "computed"
    assert [(row.row, row.label, row.province, row.rejected) for row in rows] == [
        (3, "CCN Mẫu Một", "Hà Nam", ""),
        (4, "CCN Mẫu Hai", "Hà Nam", ""),
    ]
    assert stated(rows[0]) == {
        "established_area": "60.5", "industrial_area": "40", "leased_area": "30", "operator": "Công ty Hạ tầng Mẫu",
        "registered_capital": 486_500_000_000, "wastewater": "building",
    }  # fmt: skip
    assert stated(rows[1])["leased_area"] == "0"


def test_group_heads_say_what_their_columns_are() -> None:
    columns, rows = read(
        ["TT", "Tên KCN", "Tỉnh", "Diện tích (ha)", None, None],
        [None, None, None, "Quy hoạch", "Đất công nghiệp", "Đã cho thuê"],
        [1, "KCN Mẫu Ba", "Hà Nam", 300, 200, 120],
        [2, "Khu công nghiệp Mẫu Bốn", "Hà Nam", 400, 250, 0],
    )
    assert [column.code for column in columns][3:] == ["planned_area", "industrial_area", "leased_area"]
    assert [row.label for row in rows] == ["KCN Mẫu Ba", "KCN Mẫu Bốn"]
    assert stated(rows[0]) == {"planned_area": "300", "industrial_area": "200", "leased_area": "120"}


def test_cells_that_do_not_fit_are_left_out_with_the_reason_and_the_rest_is_kept() -> None:
    _, rows = read(
        ["Tên CCN", "Tỉnh", "Diện tích thành lập (ha)", "Mã số thuế chủ đầu tư", "Vốn đăng ký", "Số lao động"],
        ["CCN Mẫu", "Hà Nam", "rộng", "0100233480", 486, 1200],
        ["CCN Mẫu Hai", "Hà Nam", 50, "0100233488", "486 tỷ", "khoảng 1.200"],
    )
    assert [(one.code, one.letter) for one in rows[0].problems] == [
        ("not_a_number", "C"), ("not_a_tax_code", "D"), ("unit_missing", "E"),
    ]  # fmt: skip
    assert stated(rows[0]) == {"workers": 1200}
    assert rows[1].problems == []
    assert rows[1].values["workers"].reading.comparator == "≈"
    assert stated(rows[1])["registered_capital"] == 486_000_000_000


def test_rows_that_cannot_stand_are_rejected() -> None:
    _, rows = read(
        ["Tên CCN", "Tỉnh", "Diện tích đất công nghiệp", "Diện tích đã cho thuê"],
        ["CCN Một", "Hà Nam", 40, 41],
        ["CCN Hai", "Hà Nam", None, None],
        [None, "Hà Nam", 40, 30],
    )
    assert [row.rejected for row in rows] == ["leased_over_industrial", "nothing_told", "no_name"]


def test_two_columns_of_one_field_are_not_added_up_or_overwritten() -> None:
    columns, _ = read(["Tên CCN", "Tỉnh", "Số lao động", "Số LĐ"], ["CCN Một", "Hà Nam", 40, 41])
    assert [(column.code, column.note, column.other) for column in columns][2:] == [
        ("workers", "", ""), ("", "column_twice", "C"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Cụm công nghiệp Tân Tiến", "CCN", "Tân Tiến"),
        ("CCN  Tân Tiến", "CCN", "Tân Tiến"),
        ("KCNC Hòa Lạc", "KCNC", "Hòa Lạc"),
        ("Khu công nghệ cao Hòa Lạc", "KCNC", "Hòa Lạc"),
        ("Tân Tiến", "", "Tân Tiến"),
        ("KCN", "", "KCN"),
    ],
)
def test_a_name_is_split_from_its_kind(text: str, kind: str, name: str) -> None:
    assert split_name(text) == (kind, name)


TITLES = ("Danh sách cụm công nghiệp", "KCN, CCN tỉnh", "Danh sách", "Danh sách khu, cụm công nghiệp")


def test_a_title_that_names_two_kinds_names_none() -> None:
    assert [kind_in(text) for text in TITLES] == ["CCN", "", "", ""]


def test_the_scale_of_a_column_comes_from_its_header() -> None:
    columns, _ = read(HEADER, [1, "Mẫu", "Hà Nam", 60, 400_000, 30, 75, "x", 486, "có"])
    scales = {column.code: column.scale for column in columns}
    assert (scales["industrial_area"], scales["registered_capital"]) == (Decimal("0.0001"), Decimal(10**9))
