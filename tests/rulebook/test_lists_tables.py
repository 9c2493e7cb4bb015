"""Tables found in sheets as offices draw them; every row of the file accounted for exactly once."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.lists.grid import Grid, Merge, Value, column_index, grid_of, letter
from matxich.rulebook.lists.model import FoundTables, Table
from matxich.rulebook.lists.tables import find_tables
from matxich.rulebook.lists.units import Unit

N = None


def headers(table: Table) -> list[str]:
    return [column.header for column in table.columns]


def numbers(table: Table) -> list[int]:
    return [row.number for row in table.rows]


def reasons(found: FoundTables) -> list[tuple[int, str]]:
    return [(row, skipped.reason) for skipped in found.skipped for row in range(skipped.row, skipped.last_row + 1)]


OFFICE_LIST: list[list[Value]] = [
    ["UBND TỈNH BẮC NINH", N, N, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["DANH SÁCH DOANH NGHIỆP CÔNG NGHIỆP HỖ TRỢ"],
    ["Đơn vị tính: triệu đồng"],
    [],
    ["STT", "Tên doanh nghiệp", "MST", "Địa chỉ", N, "Lao động", N, "Ghi chú"],
    [N, N, N, "Trụ sở", "Nhà máy", "Tổng số", "Nữ"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
    ["A", "Doanh nghiệp trong nước"],
    ["I", "Ngành cơ khí"],
    [1, "Công ty TNHH A", "0100109106", "Hà Nội", "Bắc Ninh", 100, 20],
    [2, "Công ty TNHH B"],
    ["STT", "Tên doanh nghiệp", "MST", "Địa chỉ", N, "Lao động"],
    ["II. Ngành điện tử"],
    [],
    [1, "Tổng Công ty C", N, N, N, 5],
    [N, "Cộng", N, N, N, 105, 20],
    ["B", "Doanh nghiệp FDI"],
    [1, "Total Vietnam Co., Ltd", N, N, N, 7],
    ["Tổng cộng (A+B)", N, N, N, N, 112, 20],
    [],
    ["Ghi chú: số liệu đến 31/12/2023"],
    [N, N, N, N, "Bắc Ninh, ngày 3 tháng 4 năm 2024"],
    ["Nơi nhận:", N, N, N, "GIÁM ĐỐC"],
    ["- Như trên;"],
    [N, N, N, N, "Nguyễn Văn A"],
    [],
    ["Bảng 2. Danh sách hợp tác xã"],
    ["TT", "Tên HTX", "Điện thoại"],
    [1, "HTX X", "0912345678"],
]
MERGES = (Merge(5, 0, 6, 0), Merge(5, 1, 6, 1), Merge(5, 3, 5, 4), Merge(5, 5, 5, 6))


def test_an_office_list_row_by_row() -> None:
    found = find_tables(grid_of(OFFICE_LIST, "DS", MERGES))
    first, second = found.tables
    assert headers(first) == [
        "STT", "Tên doanh nghiệp", "MST", "Địa chỉ / Trụ sở", "Địa chỉ / Nhà máy",
        "Lao động / Tổng số", "Lao động / Nữ", "Ghi chú",
    ]  # fmt: skip
    assert (first.header_rows, first.start, first.first_row, first.last_row) == ((5, 6), "A5", 10, 18)
    assert first.unit == Unit("money", "trieu dong", 1_000_000, "VND")
    assert [(row.number, row.sections) for row in first.rows] == [
        (10, ("Doanh nghiệp trong nước", "Ngành cơ khí")),
        (11, ("Doanh nghiệp trong nước", "Ngành cơ khí")),
        (15, ("Doanh nghiệp trong nước", "Ngành điện tử")),
        (18, ("Doanh nghiệp FDI",)),
    ]
    assert (second.title, headers(second), numbers(second)) == (
        "Bảng 2. Danh sách hợp tác xã", ["TT", "Tên HTX", "Điện thoại"], [29],
    )  # fmt: skip
    assert reasons(found) == [
        (1, "title"), (2, "title"), (3, "title"), (4, "blank"), (5, "header"), (6, "header"), (7, "numbering"),
        (8, "section"), (9, "section"), (12, "repeated_header"), (13, "section"), (14, "blank"), (16, "total"),
        (17, "section"), (19, "total"), (20, "blank"), (21, "footnote"), (22, "signature"), (23, "signature"),
        (24, "signature"), (25, "signature"), (26, "blank"), (27, "title"), (28, "header"),
    ]  # fmt: skip


def test_a_two_row_header_without_merges_as_csv_gives_it() -> None:
    (table,) = find_tables(
        grid_of(
            [
                ["STT", "Tên", "Địa chỉ", "", "Lao động", "", "Email"],
                ["", "", "Xã", "Tỉnh", "Tổng số", "Nữ", ""],
                ["1", "Công ty A", "Yên Phong", "Bắc Ninh", "10", "2", "a@b.vn"],
            ]
        )
    ).tables
    assert headers(table) == [
        "STT", "Tên", "Địa chỉ / Xã", "Địa chỉ / Tỉnh", "Lao động / Tổng số", "Lao động / Nữ", "Email",
    ]  # fmt: skip
    assert (table.header_rows, numbers(table)) == ((1, 2), [3])


def test_a_group_row_above_the_known_header() -> None:
    (table,) = find_tables(
        grid_of(
            [
                ["DANH SÁCH"],
                ["TT", "Thông tin chung", N, N, "Năng lực", N],
                [N, "Tên doanh nghiệp", "Mã số thuế", "Địa chỉ", "Máy móc", "Vật liệu"],
                [1, "Công ty A", "0100109106", "Hà Nội", "CNC", "Thép"],
            ],
            merges=(Merge(2, 1, 2, 3), Merge(2, 4, 2, 5), Merge(2, 0, 3, 0)),
        )
    ).tables
    assert headers(table) == [
        "TT", "Thông tin chung / Tên doanh nghiệp", "Thông tin chung / Mã số thuế", "Thông tin chung / Địa chỉ",
        "Năng lực / Máy móc", "Năng lực / Vật liệu",
    ]  # fmt: skip
    assert (table.title, table.header_rows, numbers(table)) == ("DANH SÁCH", (2, 3), [4])


def test_units_alone_in_a_second_header_row() -> None:
    (table,) = find_tables(
        grid_of([["STT", "Tên công ty", "Doanh thu"], [N, N, "(tỷ đồng)"], [1, "Công ty A", 5]])
    ).tables
    assert (headers(table), numbers(table)) == (["STT", "Tên công ty", "Doanh thu / (tỷ đồng)"], [3])


def test_legacy_encoded_headers_and_sections_are_understood() -> None:
    (table,) = find_tables(
        grid_of([["TT", "Tªn doanh nghiÖp", "§Þa chØ"], [1, "C«ng ty c¬ khÝ", "Hµ Néi"], ["Tæng céng", N, 5]])
    ).tables
    assert (headers(table), numbers(table)) == (["TT", "Tên doanh nghiệp", "Địa chỉ"], [2])


def test_a_merged_cell_speaks_for_each_of_its_rows() -> None:
    (table,) = find_tables(
        grid_of(
            [
                ["Tên công ty", "MST", "Sản phẩm"],
                ["Công ty A", "0100109106", "Ốc"],
                [N, N, "Vít"],
                ["Công ty B", N, "Đai"],
            ],
            merges=(Merge(2, 0, 3, 0), Merge(2, 1, 3, 1)),
        )
    ).tables
    assert [row.values for row in table.rows] == [
        ["Công ty A", "0100109106", "Ốc"],
        ["Công ty A", "0100109106", "Vít"],
        ["Công ty B", N, "Đai"],
    ]


def test_a_merged_row_without_a_number_is_a_section() -> None:
    (table,) = find_tables(
        grid_of(
            [["Tên công ty", "MST", "Sản phẩm"], ["NGÀNH NHỰA"], ["Công ty A", "1", "Ốc"]], merges=(Merge(2, 0, 2, 2),)
        )
    ).tables
    assert [(row.number, row.sections) for row in table.rows] == [(3, ("NGÀNH NHỰA",))]


def test_a_row_with_only_a_name_is_an_enterprise() -> None:
    found = find_tables(grid_of([["Tên công ty", "MST", "Sản phẩm"], ["Công ty A"], ["Minh Long"], [N, "0100109106"]]))
    assert numbers(found.tables[0]) == [2, 3, 4]
    numbered = find_tables(
        grid_of([["STT", "Tên công ty", "MST", "SP"], [1, "Minh Long"], [N, "Công ty B"], [2, "Hòa"]])
    )
    assert numbers(numbered.tables[0]) == [2, 3, 4]


def test_names_that_look_like_something_else_stay_data() -> None:
    names = [
        "Q.M.C Việt Nam",
        "TM.DV Hoàng Long",
        "Kỹ thuật Sao Mai",
        "Công",
        "V-Tech",
        "Tổng Kho Miền Bắc",
        "Total Vietnam",
    ]
    found = find_tables(
        grid_of([["Tên công ty", "MST", "Sản phẩm"], ["Công ty A", "1", "x"], *([name] for name in names)])
    )
    assert numbers(found.tables[0]) == list(range(2, 10))
    unnumbered = find_tables(grid_of([["STT", "Tên công ty", "MST"], [N, "Minh Long"], [N, "Hòa Phát", "1"]]))
    assert numbers(unnumbered.tables[0]) == [2, 3]


def test_data_after_a_signature_is_not_lost() -> None:
    found = find_tables(
        grid_of([["STT", "Tên công ty", "MST"], [1, "A1", "x"], [N, "Người lập biểu"], [N, "Trần B"], [2, "A2", "y"]])
    )
    assert numbers(found.tables[0]) == [2, 5]
    assert reasons(found) == [(1, "header"), (3, "signature"), (4, "signature")]


def test_a_list_of_one_column() -> None:
    (table,) = find_tables(grid_of([["Danh sách"], ["Tên doanh nghiệp"], ["Công ty A"], ["Công ty B"]])).tables
    assert (headers(table), numbers(table)) == (["Tên doanh nghiệp"], [3, 4])


def test_a_list_without_any_header() -> None:
    found = find_tables(grid_of([["1", "Công ty A", "0100109106"], ["2", "Công ty B", "0100233488"]]))
    (table,) = found.tables
    assert (table.header_rows, numbers(table), found.skipped) == ((), [1, 2], [])


def test_unknown_headers_are_headers_still() -> None:
    (table,) = find_tables(grid_of([["alpha", "beta", "gamma"], ["x", 1, 2], ["y", 3, 4]])).tables
    assert (headers(table), table.header_rows, numbers(table)) == (["alpha", "beta", "gamma"], (1,), [2, 3])


def test_a_letter_is_no_table() -> None:
    found = find_tables(grid_of([["Kính gửi: Sở Công Thương"], [], ["Về việc báo cáo"]]))
    assert (found.tables, reasons(found)) == ([], [(1, "outside_table"), (2, "blank"), (3, "outside_table")])


def test_a_long_gap_is_one_entry() -> None:
    found = find_tables(
        Grid("S", [(1, ["Tên công ty", "MST"]), (2, ["Công ty A", "1"]), (900_000, ["Công ty B", "2"])])
    )
    assert numbers(found.tables[0]) == [2, 900_000]
    assert [(s.row, s.last_row, s.reason) for s in found.skipped] == [(1, 1, "header"), (3, 899_999, "blank")]


def test_column_letters() -> None:
    assert [letter(index) for index in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_index(letter(index)) == index for index in range(2000))


WORDS = st.sampled_from(
    ["STT", "Tên doanh nghiệp", "MST", "Địa chỉ", "Ghi chú", "Công ty TNHH A", "Tổng cộng", "Cộng", "I", "II. Nhựa",
     "(1)", "(2)", "(3)", "Người lập biểu", "Nơi nhận:", "Ghi chú: x", "0100109106", "x", "Ngành cơ khí",
     "1", "2", "Trụ sở"]
)  # fmt: skip
CELLS = st.one_of(st.none(), st.none(), WORDS, st.integers(0, 9), st.text(max_size=6), st.floats(allow_nan=False))
ROWS = st.lists(st.lists(CELLS, max_size=7), max_size=25)
MERGED = st.lists(
    st.builds(
        lambda t, x, h, w: Merge(t, x, t + h, x + w),
        st.integers(1, 20),
        st.integers(0, 5),
        st.integers(0, 2),
        st.integers(0, 4),
    ),
    max_size=4,
)


@given(ROWS, MERGED)
def test_every_row_is_data_once_or_skipped_once(rows: list[list[Value]], merges: list[Merge]) -> None:
    grid = grid_of(rows, "S", merges)
    found = find_tables(grid)
    seen = Counter(number for table in found.tables for number in numbers(table)) + Counter(
        r for r, _ in reasons(found)
    )
    assert seen == Counter(range(1, grid.last_row + 1))
