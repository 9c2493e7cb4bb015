"""Columns understood by header and by content, with reasons; two equal readings are left to the officer."""

import pytest

from matxich.rulebook.lists.columns import ColumnGuess, corrected, map_columns, memory_of
from matxich.rulebook.lists.fields import BY_CODE, FIELDS, header_fields
from matxich.rulebook.lists.grid import Value, grid_of
from matxich.rulebook.lists.model import REASONS, Table
from matxich.rulebook.lists.tables import find_tables
from matxich.rulebook.lists.units import Unit, declared_unit, read_unit, split_header

CODES = ["0100109106", "0100233488", "0101248141", "0300588569", "0100686209"]


def table_of(*rows: list[Value]) -> Table:
    return find_tables(grid_of(rows)).tables[0]


def guess(header: str, *values: Value) -> ColumnGuess:
    """The guess for a column beside a plain list of names."""
    rows = [[f"Công ty TNHH số {n}", value] for n, value in enumerate(values)]
    return map_columns(table_of(["Tên doanh nghiệp", header], *rows))[1]


HEADERS = {
    "STT": "order_number", "TT": "order_number",
    "Tên doanh nghiệp": "name", "TÊN CÔNG TY": "name", "Đơn vị": "name", "Cơ sở": "name", "Tên DN": "name",
    "Tên tiếng Anh": "name_en", "Tên viết tắt": "name_short", "Tên cũ": "name_former",
    "Mã số thuế": "tax_code", "MST": "tax_code", "MSDN": "tax_code", "Tax code": "tax_code",
    "Mã số thuế/MSDN": "tax_code",
    "Địa chỉ": "address", "Đ/c": "address", "Address": "address", "Địa chỉ trụ sở chính": "address",
    "Địa chỉ (nhà máy)": "site_address", "Địa điểm sản xuất": "site_address",
    "Tỉnh/Thành phố": "province", "Quận/Huyện": "district", "Phường/Xã": "commune", "KCN/CCN": "zone",
    "Ngành nghề kinh doanh": "industries", "Mã ngành": "vsic", "Mã ngành (VSIC)": "vsic", "Lĩnh vực": "sectors",
    "Sản phẩm chính": "products", "Sản phẩm (chính)": "products", "Products": "products",
    "Công đoạn": "processes", "Quy trình": "processes", "Năng lực": "processes", "Vật liệu": "materials",
    "Máy móc, thiết bị": "machines", "Dung sai (mm)": "tolerance", "Công suất (tấn/năm)": "capacity",
    "Chứng chỉ": "certificates", "Chứng nhận": "certificates", "Hệ thống quản lý": "certificates",
    "Certificates": "certificates", "Khách hàng": "customers", "Lao động": "workers", "Số LĐ": "workers",
    "Doanh thu 2023 (tỷ đồng)": "revenue", "Vốn điều lệ": "charter_capital",
    "Vốn đầu tư (tr.USD)": "investment_capital",
    "Vốn nước ngoài (%)": "foreign_share", "Năm thành lập": "year_founded", "Người liên hệ": "contact_person",
    "Người đại diện theo pháp luật": "representative", "Điện thoại": "phone", "SĐT": "phone", "Email": "email",
    "Website": "website", "Ghi chú": "note", "Số điện thoại người liên hệ": "phone", "Email doanh nghiệp": "email",
    "organName": "name", "organShortName": "name_short", "icbName": "industries", "sector": "sectors",
    "ticker": "stock_code", "product_type": "products", "workers": "workers", "country": "country",
    "os_id": "external_id", "lat": "latitude", "name_en": "name_en",
}  # fmt: skip


@pytest.mark.parametrize(("header", "field"), HEADERS.items())
def test_headers(header: str, field: str) -> None:
    assert header_fields(split_header(header)[0])[0][0] == field


def test_the_catalogue_is_whole() -> None:
    assert len(BY_CODE) == len(FIELDS)
    assert {field.code for field in FIELDS if field.personal} == {
        "contact_person", "representative", "position", "phone", "email",
    }  # fmt: skip
    assert all(field.label and field.label_en for field in FIELDS)


def test_a_whole_list() -> None:
    table = table_of(
        ["STT", "Tên DN", "Mã số", "Đ/c", "LĐ", "VĐT (tr.USD)", "Chứng chỉ", "Ghi chú"],
        *(
            [n, f"Công ty TNHH Số {n}", code, "KCN Tràng Duệ, H. An Dương", 100 + n, 6.5, "ISO 9001", None]
            for n, code in enumerate(CODES, 1)
        ),
    )
    guesses = map_columns(table)
    assert [(g.letter, g.field) for g in guesses] == [
        ("A", "order_number"), ("B", "name"), ("C", "tax_code"), ("D", "address"),
        ("E", "workers"), ("F", None), ("G", "certificates"), ("H", "note"),
    ]  # fmt: skip
    code, capital = guesses[2], guesses[5]
    assert [(reason.code, reason.params) for reason in code.reasons] == [
        ("header_like", {"label": "Mã số thuế"}), ("content_tax_code", {"share": 100}),
    ]  # fmt: skip
    assert (code.samples, code.filled) == (tuple(CODES[:3]), 5)
    assert [c.field for c in capital.candidates] == ["charter_capital", "investment_capital"]
    assert capital.runner_up == capital.candidates[1]
    assert [reason.code for reason in capital.reasons] == ["two_fields"]
    assert capital.unit == Unit("money", "tr.USD", 1_000_000, "USD")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (CODES, "tax_code"),
        ([100109106, 100233488, 101248141], "tax_code"),
        (["a@b.vn", "c@d.com.vn"], "email"),
        (["0912 345 678", "024.3825.1234", "+84 225 3733 123"], "phone"),
        (["www.a.com.vn", "http://b.vn/x"], "website"),
        (["Lô 5 KCN Quế Võ, Bắc Ninh", "Xã Yên Phong, tỉnh Bắc Ninh"], "address"),
        (["Bắc Ninh", "TP. Hải Phòng", "Tỉnh Hưng Yên"], "province"),
        (["ISO 9001:2015", "IATF 16949; ISO 14001"], "certificates"),
        (["abc", "def"], None),
        ([12, 55, 900], None),
    ],
)
def test_content_alone(values: list[Value], field: str | None) -> None:
    assert guess("Cột X", *values).field == field


def test_content_denies_a_header() -> None:
    wrong = guess("Điện thoại", "a@b.vn", "c@d.vn", "e@f.vn")
    assert wrong.field == "email"
    texts = guess("Lao động", "nhiều", "ít", "vừa", "nhiều")
    assert (texts.field, [r.code for r in texts.reasons]) == (None, ["unknown"])


def test_same_header_twice_is_kept_twice_and_told() -> None:
    guesses = map_columns(
        table_of(["Tên công ty", "Điện thoại", "Điện thoại"], ["Công ty A", "0912345678", "0987654321"])
    )
    assert [(g.letter, g.field, g.duplicates) for g in guesses] == [
        ("A", "name", ()), ("B", "phone", ("C",)), ("C", "phone", ("B",)),
    ]  # fmt: skip
    assert guesses[1].reasons[-1].code == "duplicate_header"


def test_two_names_for_one_field_leave_the_weaker_out() -> None:
    guesses = map_columns(
        table_of(["Tên công ty", "Đơn vị", "MST"], ["Công ty A", "Tổ 1", CODES[0]], ["Công ty B", "Tổ 2", CODES[1]])
    )
    assert [(g.letter, g.field) for g in guesses] == [("A", "name"), ("B", None), ("C", "tax_code")]
    assert [(r.code, r.params) for r in guesses[1].reasons] == [("taken", {"label": "Tên doanh nghiệp", "letter": "A"})]


def test_one_field_of_two_years_keeps_both() -> None:
    guesses = map_columns(table_of(["Tên công ty", "Doanh thu 2023", "Doanh thu 2024"], ["Công ty A", 1, 2]))
    assert [(g.field, g.year) for g in guesses] == [("name", None), ("revenue", 2023), ("revenue", 2024)]
    assert [r.code for r in guesses[1].reasons] == ["header_name", "unit_missing"]


def test_the_unit_of_the_title_holds_for_money_only() -> None:
    guesses = map_columns(table_of(["ĐVT: triệu đồng"], ["Tên công ty", "Lao động", "Doanh thu"], ["Công ty A", 5, 7]))
    assert [g.unit for g in guesses] == [None, None, Unit("money", "trieu dong", 1_000_000, "VND")]


def test_a_column_of_old_encoding_says_so() -> None:
    names = ["C«ng ty c¬ khÝ", "C«ng ty ®iÖn tö", "Nhµ m¸y ®óc"]
    guesses = map_columns(
        table_of(["Tªn doanh nghiÖp", "MST"], *([name, code] for name, code in zip(names, CODES, strict=False)))
    )
    assert (guesses[0].header, guesses[0].field, guesses[0].encoding) == ("Tên doanh nghiệp", "name", "TCVN3")
    assert guesses[0].samples[0] == "Công ty cơ khí"


def test_the_officer_decides_and_the_next_list_remembers() -> None:
    table = table_of(["Tên công ty", "VĐT", "Mục X"], ["Công ty A", 5, "abc"])
    chosen = corrected(map_columns(table), {1: "investment_capital", 0: None})
    assert [(g.field, g.confidence) for g in chosen[:2]] == [(None, 1.0), ("investment_capital", 1.0)]
    again = map_columns(table, remembered=memory_of(corrected(map_columns(table), {1: "investment_capital"})))
    assert [g.field for g in again] == ["name", "investment_capital", None]
    assert again[1].reasons[0].code == "remembered"


def test_reasons_fill_their_texts() -> None:
    for made in map_columns(table_of(["Tên công ty", "VĐT", "Doanh thu"], ["Công ty A", 5, 7], ["Công ty B", 5, 7])):
        assert all(reason.text % reason.params for reason in made.reasons)
    assert all(text.strip() for text in REASONS.values())


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("tỷ đồng", ("money", 10**9, "VND")),
        ("ĐVT: triệu đồng", ("money", 10**6, "VND")),
        ("tr.USD", ("money", 10**6, "USD")),
        ("Tr. đ", ("money", 10**6, "VND")),
        ("nghìn tỷ đồng", ("money", 10**12, "VND")),
        ("tỷ", ("money", 10**9, None)),
        ("%", ("percent", 1, None)),
        ("người", ("people", 1, None)),
        ("nhà máy", None),
    ],
)
def test_units(text: str, unit: tuple[str, int, str | None] | None) -> None:
    found = read_unit(text)
    assert (found and (found.kind, found.scale, found.currency)) == unit


def test_headers_with_units_and_years() -> None:
    assert split_header("Doanh thu năm 2023 (tỷ đồng)") == ("Doanh thu", Unit("money", "tỷ đồng", 10**9, "VND"), 2023)
    assert split_header("Doanh thu, triệu đồng") == ("Doanh thu", Unit("money", "trieu dong", 10**6, "VND"), None)
    assert split_header("Địa chỉ (nhà máy)") == ("Địa chỉ (nhà máy)", None, None)
    assert split_header("Ngành nghề KD") == ("Ngành nghề KD", None, None)
    assert declared_unit("Biểu 2 (Đơn vị tính: tỷ đồng)") == Unit("money", "ty dong", 10**9, "VND")
    assert declared_unit("Đơn vị: Sở Công Thương") is None
