"""Two tables next to each other are two tables; one table with an empty column is one."""

from matxich.rulebook.lists.grid import Grid, Merge, Value, grid_of
from matxich.rulebook.lists.model import FoundTables
from matxich.rulebook.lists.tables import find_tables

N = None
LEFT: list[Value] = ["STT", "Tên doanh nghiệp", "Mã số thuế"]
RIGHT: list[Value] = ["STT", "Tên doanh nghiệp", "Địa chỉ"]


def told(found: FoundTables) -> list[tuple[str, str, list[int]]]:
    return [(table.start, table.span, [row.number for row in table.rows]) for table in found.tables]


def skipped(found: FoundTables) -> list[tuple[int, str]]:
    return [(gap.row, gap.reason) for gap in found.skipped]


SHEET: list[list[Value]] = [
    ["DANH SÁCH DOANH NGHIỆP", N, N, N, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    [],
    [*LEFT, N, *RIGHT],
    [1, "Công ty TNHH A", "9991274607", N, 1, "Công ty TNHH C", "Hải Phòng"],
    [2, "Công ty TNHH B", N, N, 2, "Công ty TNHH D", "Huế"],
    [N, "Tổng cộng", 2, N, 3, "Công ty TNHH E", "Huế"],
    [],
    [N, N, N, N, 4, "Công ty TNHH F", "Huế"],
]


def test_both_tables_are_read_and_every_row_is_accounted_for() -> None:
    found = find_tables(grid_of(SHEET, "Trang 1"))
    assert told(found) == [("A3", "A:C", [4, 5]), ("E3", "E:G", [4, 5, 6, 8])]
    assert skipped(found) == [(1, "title"), (2, "blank"), (3, "header"), (7, "blank")]
    left, right = found.tables
    assert [row.values for row in left.rows] == [[1, "Công ty TNHH A", "9991274607"], [2, "Công ty TNHH B"]]
    assert right.rows[0].values == [N, N, N, N, 1, "Công ty TNHH C", "Hải Phòng"]
    assert [column.letter for column in right.columns] == ["E", "F", "G"]


def test_headers_may_stand_on_different_rows_and_merged_ranges_stay_on_their_side() -> None:
    rows: list[list[Value]] = [
        ["Danh sách 1", N, N, N, "Danh sách 2"],
        LEFT,
        [1, "Công ty TNHH A", "9991274607", N, *RIGHT],
        [2, N, "9991274614", N, 1, "Công ty TNHH C", "Hải Phòng"],
    ]
    found = find_tables(Grid("", grid_of(rows).rows, [Merge(1, 0, 1, 2), Merge(3, 1, 4, 1)]))
    assert told(found) == [("A2", "A:C", [3, 4]), ("E3", "E:G", [4])]
    assert found.tables[0].rows[1].values[1] == "Công ty TNHH A"
    assert skipped(found) == [(1, "title"), (2, "header")]


def test_three_tables_and_tables_below() -> None:
    rows: list[list[Value]] = [
        ["Tên doanh nghiệp", "MST", N, "Tên doanh nghiệp", "MST", N, N, "Tên doanh nghiệp", "MST"],
        ["Công ty TNHH A", "1", N, "Công ty TNHH B", "2", N, N, "Công ty TNHH C", "3"],
        [],
        ["Tên hợp tác xã", "Điện thoại"],
        ["HTX D", "0912345678"],
    ]
    found = find_tables(grid_of(rows))
    assert told(found) == [("A1", "A:B", [2]), ("A4", "A:B", [5]), ("D1", "D:E", [2]), ("H1", "H:I", [2])]


def test_one_table_with_an_empty_column_stays_one() -> None:
    rows: list[list[Value]] = [
        ["STT", "Tên doanh nghiệp", N, "Tên tiếng Anh", "Địa chỉ"],
        [1, "Công ty TNHH A", N, "A Co., Ltd", "Hải Phòng"],
    ]
    assert told(find_tables(grid_of(rows))) == [("A1", "", [2])]


def test_a_second_header_over_nothing_makes_no_second_table() -> None:
    rows: list[list[Value]] = [[*LEFT, N, *RIGHT], [1, "Công ty TNHH A", "9991274607"], [2, "Công ty TNHH B"]]
    found = find_tables(grid_of(rows))
    assert [(table.span, [row.number for row in table.rows]) for table in found.tables] == [("", [2, 3])]
