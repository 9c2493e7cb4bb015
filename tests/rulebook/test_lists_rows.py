"""Rows read from mapped columns: values exact, doubts noted, nothing lost."""

import json
from dataclasses import asdict
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.lists.cells import tidy
from matxich.rulebook.lists.columns import map_columns
from matxich.rulebook.lists.grid import CellError, Value, grid_of
from matxich.rulebook.lists.model import REJECTIONS, WARNINGS, CellValue, ListRow, Rejection, RowWarning
from matxich.rulebook.lists.rows import read_rows
from matxich.rulebook.lists.splitting import emails, items, phones
from matxich.rulebook.lists.tables import find_tables
from matxich.rulebook.vietnamese.text import squeeze

CODE = "0100109106"


def read(*rows: list[Value]) -> list[ListRow]:
    table = find_tables(grid_of(rows, "DS")).tables[0]
    return list(read_rows(table, map_columns(table), latest_year=2026))


def one(header: str, value: Value, *others: Value) -> ListRow:
    """The first row of a list of names with one more column, whose header says what it is."""
    rows = [[f"Công ty TNHH số {n}", cell] for n, cell in enumerate([value, *others])]
    return read(["Tên doanh nghiệp", header], *rows)[0]


def test_a_row_whole() -> None:
    (row,) = read(
        ["Tên doanh nghiệp", "MST", "Lao động", "Doanh thu 2023 (tỷ đồng)", "Chứng chỉ"],
        ["  Công ty  TNHH A ", 100109106, "khoảng 120", 1.5, "ISO 9001:2015; IATF 16949"],
    )
    assert row == ListRow(
        sheet="DS",
        row=2,
        values={
            "name": [CellValue("  Công ty  TNHH A ", "Công ty TNHH A", "A")],
            "tax_code": [CellValue("100109106", CODE, "B", repaired="leading_zero", detail="entity")],
            "workers": [CellValue("khoảng 120", 120, "C", comparator="≈")],
            "revenue": [CellValue("1.5", {"amount": 1_500_000_000, "currency": "VND"}, "D", year=2023)],
            "certificates": [
                CellValue("ISO 9001:2015; IATF 16949", "ISO 9001:2015", "E"),
                CellValue("ISO 9001:2015; IATF 16949", "IATF 16949", "E"),
            ],
        },
        warnings=[RowWarning("DS", 2, "B", CODE, "leading_zero", "tax_code")],
        rejected=None,
        sections=(),
    )
    assert json.loads(json.dumps(asdict(row)))["row"] == 2


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (CODE, CODE),
        ("100109106", CODE),
        (100109106.0, CODE),
        ("MST: 0100109106", CODE),
        ("0100109106-001", "0100109106-001"),
    ],
)
def test_tax_codes_that_prove_themselves(cell: Value, kept: str) -> None:
    assert one("MST", cell).first("tax_code") == kept


@pytest.mark.parametrize(
    ("cell", "reason"), [("0100109107", "check_digit"), (12345, "not_a_tax_code"), ("abc", "not_a_tax_code")]
)
def test_tax_codes_that_do_not(cell: Value, reason: str) -> None:
    row = one("Mã số thuế", cell, "0100233488")
    assert "tax_code" not in row.values
    assert row.first("tax_code_unverified") == str(cell)
    assert [(w.reason, w.column, w.kept_as) for w in row.warnings] == [(reason, "B", "tax_code_unverified")]
    assert row.rejected is None


def test_a_persons_number_is_masked_in_warnings() -> None:
    row = one("MST", "123456789012", CODE)
    assert [w.value for w in row.warnings] == ["*********012"]


@pytest.mark.parametrize(
    ("header", "name", "kind"),
    [
        ("MST", "Hộ kinh doanh Nguyễn Văn A", "person"),
        ("MST", "HKD Thanh Tùng", "person"),
        ("Mã số", "Nghệ nhân Trần Thị B", "person"),
        ("Mã số hộ kinh doanh", "Cơ sở Thanh Tùng", "person"),
        ("MST", "Công ty TNHH Thanh Tùng", "entity"),
        ("Mã số doanh nghiệp, hộ kinh doanh", "Công ty TNHH Thanh Tùng", "entity"),
    ],
)
def test_a_households_number_that_looks_like_an_enterprises_code(header: str, name: str, kind: str) -> None:
    lost = 1090000123  # 001090000123 without its zeros; as a code its check digit holds
    (row, *_rest) = read(["Tên cơ sở", header], [name, lost], ["Công ty B", 100109106], ["Công ty C", 100233488])
    (cell,) = row.values["tax_code"]
    assert cell.detail == kind
    assert cell.value == (f"00{lost}" if kind == "person" else str(lost))
    assert [str(lost)[:7] in warning.value for warning in row.warnings] == ([False] if kind == "person" else [])


def test_only_a_row_without_name_and_identifier_is_rejected() -> None:
    rows = read(
        ["STT", "Tên doanh nghiệp", "MST", "Địa chỉ"],
        [1, "Công ty A", None, "Hà Nội"],
        [2, None, CODE, "Hà Nội"],
        [3, "-", "0100109107", "Hà Nội"],
        [4, None, None, "Bắc Ninh"],
        [5, "12", None, "Bắc Ninh"],
    )
    assert [row.rejected for row in rows] == [
        None,
        None,
        Rejection("DS", 4, "B", "-", "no_name_no_identifier"),
        Rejection("DS", 5, "B", "", "no_name_no_identifier"),
        Rejection("DS", 6, "B", "12", "no_name_no_identifier"),
    ]
    assert rows[3].values == {"address": [CellValue("Bắc Ninh", "Bắc Ninh", "D")]}


@pytest.mark.parametrize(
    ("header", "cell", "value"),
    [
        ("Lao động", "1.250 người", 1250),
        ("Lao động", "1,250", 1250),
        ("Lao động", 0, 0),
        ("Lao động", "trên 300", 300),
        ("Doanh thu (triệu đồng)", "1.250,5", {"amount": 1_250_500_000, "currency": "VND"}),
        ("Doanh thu (triệu đồng)", "1,2 tỷ", {"amount": 1_200_000_000, "currency": "VND"}),
        ("Doanh thu (triệu đồng)", "5.000.000 đồng", {"amount": 5_000_000, "currency": "VND"}),
        ("Vốn điều lệ (tr.USD)", 6.5, {"amount": 6_500_000, "currency": "USD"}),
        ("Vốn điều lệ", 20000, {"amount": 20000, "currency": None}),
        ("Vốn điều lệ", "20 tỷ đồng", {"amount": 20_000_000_000, "currency": "VND"}),
        ("Vốn nước ngoài (%)", "35,5%", "35.5"),
        ("Vốn nước ngoài (%)", 100, "100"),
        ("Năm thành lập", 2008, 2008),
        ("Năm thành lập", "12/05/1998", 1998),
        ("Năm thành lập", "2008", 2008),
        ("Điện thoại", 912345678, "0912345678"),
        ("Email", "Info@A.vn", "info@a.vn"),
        ("Website", "http://a.com.vn/vi", "http://a.com.vn/vi"),
        ("Ghi chú", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("Ghi chú", normalize("NFD", "Đã chuyển lô"), "Đã chuyển lô"),
        ("Ghi chú", 0.25, "0.25"),
    ],
)
def test_values(header: str, cell: Value, value: object) -> None:
    row = one(header, cell)
    (found,) = [cells for field, cells in row.values.items() if field != "name"]
    assert ([cell.value for cell in found], row.warnings) == ([value], [])


def test_percent_format_is_a_fraction() -> None:
    assert one("Tỷ lệ xuất khẩu (%)", 0.355, 1, 0).first("export_share") == "35.5"
    assert one("Tỷ lệ xuất khẩu (%)", 1, 100, 50).first("export_share") == "1"


@pytest.mark.parametrize(
    ("header", "cell", "reason"),
    [
        ("Lao động", "nhiều", "not_a_number"),
        ("Lao động", 1.2, "not_whole"),
        ("Lao động", -5, "negative"),
        ("Lao động", 90_000_000, "out_of_range"),
        ("Vốn nước ngoài (%)", 250, "out_of_range"),
        ("Năm thành lập", 1500, "year_out_of_range"),
        ("Năm thành lập", 2031, "year_out_of_range"),
        ("Năm thành lập", "đầu năm", "not_a_year"),
        ("Email", "không rõ ràng", "not_an_email"),
        ("Điện thoại", "gọi sau", "not_a_phone"),
        ("Website", "đang làm", "not_a_website"),
    ],
)
def test_a_bad_cell_is_a_warning_and_its_text_is_kept(header: str, cell: Value, reason: str) -> None:
    good = {
        "Lao động": 5,
        "Vốn nước ngoài (%)": 5,
        "Năm thành lập": 2001,
        "Email": "a@b.vn",
        "Điện thoại": "0912345678",
    }
    row = one(header, cell, *[good.get(header, "www.a.vn")] * 5)
    (aside,) = [field for field in row.values if field.endswith("_unverified")]
    assert [(w.reason, w.kept_as, w.row) for w in row.warnings] == [(reason, aside, 2)]
    assert row.values[aside][0].raw == row.warnings[0].value
    assert row.rejected is None


def test_a_failed_formula_is_a_warning_without_a_value() -> None:
    row = one("Lao động", CellError("#N/A"), 5, 6)
    assert (list(row.values), [(w.reason, w.value, w.kept_as) for w in row.warnings]) == (
        ["name"],
        [("cell_error", "#N/A", None)],
    )


def test_doubtful_money_is_kept_and_noted() -> None:
    rows = read(["Tên công ty", "Doanh thu (đồng)"], ["Công ty A", "1.234"], ["Công ty B", 2.5])
    assert [row.first("revenue") for row in rows] == [
        {"amount": 1234, "currency": "VND"},
        {"amount": 2, "currency": "VND"},
    ]
    assert [[(w.reason, w.kept_as) for w in row.warnings] for row in rows] == [
        [("ambiguous_number", "revenue")], [("rounded", "revenue")],
    ]  # fmt: skip


def test_the_column_settles_what_a_cell_leaves_open() -> None:
    rows = read(
        ["Tên công ty", "Doanh thu (triệu đồng)"], ["Công ty A", "1,234"], ["Công ty B", "12.5"], ["Công ty C", "7.25"]
    )
    assert (rows[0].first("revenue"), rows[0].warnings) == ({"amount": 1_234_000_000, "currency": "VND"}, [])


def test_old_encodings_are_repaired_by_column_and_the_original_kept() -> None:
    rows = read(
        ["Tªn doanh nghiÖp", "§Þa chØ"],
        ["C«ng ty c¬ khÝ", "Hµ Néi"],
        ["C«ng ty ®iÖn tö", "B¾c Ninh"],
        ["Công ty điện cơ", "H¶i Phßng"],
    )
    assert [row.first("name") for row in rows] == ["Công ty cơ khí", "Công ty điện tử", "Công ty điện cơ"]
    assert [row.first("address") for row in rows] == ["Hà Nội", "Bắc Ninh", "Hải Phòng"]
    assert (rows[0].values["name"][0].raw, rows[0].values["name"][0].repaired) == ("C«ng ty c¬ khÝ", "TCVN3")
    assert rows[2].values["name"][0].repaired is None
    vni = read(["Teân coâng ty", "MST"], ["Coâng ty cô khí Ñaïi Phaùt", CODE], ["Coâng ty ñieän töû", CODE])
    assert [row.first("name") for row in vni] == ["Công ty cơ khí Đại Phát", "Công ty điện tử"]


def test_two_addresses_are_told_apart_and_same_headers_both_kept() -> None:
    (row,) = read(
        ["Tên công ty", "Địa chỉ trụ sở", "Địa chỉ nhà máy", "Điện thoại", "Điện thoại"],
        ["Công ty A", "Hà Nội", "Bắc Ninh", "0912345678", "0987654321"],
    )
    assert (row.first("address"), row.first("site_address")) == ("Hà Nội", "Bắc Ninh")
    assert [(cell.value, cell.letter) for cell in row.values["phone"]] == [("0912345678", "D"), ("0987654321", "E")]


def test_sections_come_along() -> None:
    rows = read(["STT", "Tên công ty", "MST"], ["I", "Ngành cơ khí"], [1, "Công ty A", CODE])
    assert [row.sections for row in rows] == [("Ngành cơ khí",)]


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("certificates", "ISO 9001:2015", ("ISO 9001:2015",)),
        ("certificates", "ISO 9001, 14001 và IATF 16949", ("ISO 9001", "ISO 14001", "IATF 16949")),
        ("certificates", "- ISO 9001:2015\n- ISO/IEC 17025\n• HACCP", ("ISO 9001:2015", "ISO/IEC 17025", "HACCP")),
        ("certificates", "1. ISO 9001\n2. 5S", ("ISO 9001", "5S")),
        ("certificates", "ISO 9001 ISO 14001", ("ISO 9001", "ISO 14001")),
        ("products", "Ốc vít, bu lông (M6, M8); khuôn 0,5 mm", ("Ốc vít", "bu lông (M6, M8)", "khuôn 0,5 mm")),
        ("customers", "Canon Việt Nam Co., Ltd, Samsung", ("Canon Việt Nam Co., Ltd", "Samsung")),
        ("industries", "Sản xuất mô tô, xe máy; Gia công cơ khí", ("Sản xuất mô tô, xe máy", "Gia công cơ khí")),
        ("vsic", "2592, C25920; 2599", ("2592", "C25920", "2599")),
        ("vsic", "Gia công cơ khí", ("Gia công cơ khí",)),
        ("products", "Ốc; Ốc; ;", ("Ốc",)),
    ],
)
def test_many_values_in_one_cell(field: str, text: str, expected: tuple[str, ...]) -> None:
    assert items(field, text) == expected


def test_phones_and_emails_in_one_cell() -> None:
    assert phones("0912 345 678 - 024.3825.1234/0225 3733 123") == ["0912 345 678", "024.3825.1234", "0225 3733 123"]
    assert phones("(0225) 3733 123, 0912345678") == ["(0225) 3733 123", "0912345678"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0900 000 001", ["0900 000 001"]),
        ("0912 345 678", ["0912 345 678"]),
        ("091 234 5678", ["091 234 5678"]),
        ("0912 345678", ["0912 345678"]),
        ("0912.345.678", ["0912.345.678"]),
        ("0912-345-678", ["0912-345-678"]),
        ("0225 - 3822 111", ["0225 - 3822 111"]),
        ("(0225) 382 2111", ["(0225) 382 2111"]),
        ("+84 (0)912 345 678", ["+84 (0)912 345 678"]),
        ("+84 225 3822 111 / +84 912 345 678", ["+84 225 3822 111", "+84 912 345 678"]),
        ("0225.3822111 - 0912 345 678", ["0225.3822111", "0912 345 678"]),
        ("0912345678/0987654321", ["0912345678", "0987654321"]),
        ("0912.345.678-0987.654.321", ["0912.345.678", "0987.654.321"]),
        ("3822111/3822112", ["3822111", "3822112"]),
        ("0912 345 678; 0987 654 321\n024 3825 1234", ["0912 345 678", "0987 654 321", "024 3825 1234"]),
        ("0912 345 678 0987 654 321", ["0912 345 678", "0987 654 321"]),
        ("0225 3822111 ext 12", ["0225 3822111 ext 12"]),
        ("0225 3822111 máy lẻ 0112", ["0225 3822111 máy lẻ 0112"]),
        ("0225 3822111 - máy lẻ 12", ["0225 3822111 - máy lẻ 12"]),
        ("02253822111/112", ["02253822111/112"]),
        ("Anh An 0912 345 678 - Chị Bình 0987 654 321", ["Anh An 0912 345 678", "Chị Bình 0987 654 321"]),
        ("0912 345 678 - Nam", ["0912 345 678 Nam"]),
        ("1900 6067", ["1900 6067"]),
        ("", []),
    ],
)
def test_a_number_written_in_groups_stays_one(text, numbers):
    assert phones(text) == numbers
    assert emails("a@b.vn; <c@d.vn>, e@f.vn") == ["a@b.vn", "c@d.vn", "e@f.vn"]


@given(st.text())
def test_tidy_is_squeeze(text: str) -> None:
    assert tidy(text) == squeeze(text)


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.sampled_from([CODE, "-", "1,5 tỷ", "a@b"]),
)
HEADER: list[Value] = [
    "STT",
    "Tên doanh nghiệp",
    "MST",
    "Lao động",
    "Doanh thu (tỷ đồng)",
    "Năm thành lập",
    "Email",
    "Chứng chỉ",
    "ĐT",
]


@given(st.lists(st.lists(CELLS, min_size=9, max_size=9), min_size=1, max_size=8))
def test_anything_is_read_without_an_accident(rows: list[list[Value]]) -> None:
    for table in find_tables(grid_of([HEADER, *rows], "S")).tables:
        for row in read_rows(table, map_columns(table), latest_year=2026):
            json.dumps(asdict(row))
            assert (row.rejected is None) == bool({"name", "tax_code"} & set(row.values))
            assert all(warning.text for warning in row.warnings)
            assert all(w.kept_as is None or w.kept_as in row.values for w in row.warnings)


def test_every_message_says_something() -> None:
    assert all(text.endswith(".") for text in [*WARNINGS.values(), *REJECTIONS.values()])
