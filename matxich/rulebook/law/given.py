"""Lists of support given, as agencies keep them: which column says what, and what a row says or why it is not taken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from matxich.rulebook.identifiers import parse_tax_code
from matxich.rulebook.law.figures import LARGEST
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.lists.fields import header_index, match_header
from matxich.rulebook.lists.grid import Value
from matxich.rulebook.lists.model import Table
from matxich.rulebook.lists.units import split_header
from matxich.rulebook.vietnamese.numbers import parse_date, parse_number
from matxich.rulebook.vietnamese.text import fold, squeeze

HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": ("=Tên doanh nghiệp", "=Đơn vị thụ hưởng", "=Cơ sở thụ hưởng", "=Tên cơ sở", "=Tên đơn vị", "=Beneficiary",
             "=Doanh nghiệp"),
    "tax_code": ("=Mã số thuế", "=MST", "=Mã số doanh nghiệp", "=Tax code"),
    "province": ("=Tỉnh", "=Tỉnh, thành phố", "=Tỉnh thành", "=Địa phương", "=Province"),
    "content": ("=Mã nội dung", "=Mã hỗ trợ", "=Mã", "=Content"),
    "title": ("=Nội dung hỗ trợ", "=Nội dung", "=Tên đề án", "=Đề án", "=Title"),
    "programme": ("=Chương trình", "=Programme"),
    "agency": ("=Cơ quan", "=Cơ quan hỗ trợ", "=Cơ quan quyết định", "=Đơn vị thực hiện", "=Agency"),
    "budget": ("=Nguồn kinh phí", "=Nguồn vốn", "=Nguồn", "=Ngân sách", "=Budget"),
    "year": ("=Năm", "=Năm hỗ trợ", "=Năm kế hoạch", "=Year"),
    "decision_no": ("=Số quyết định", "=Quyết định", "=Quyết định số", "=Decision"),
    "decided_on": ("=Ngày quyết định", "=Ngày", "=Decided on"),
    "amount": ("=Kinh phí hỗ trợ", "=Số tiền hỗ trợ", "=Số tiền", "=Hỗ trợ", "=Kinh phí", "=Amount"),
    "counterpart": ("=Vốn đối ứng", "=Đối ứng", "=Kinh phí đối ứng", "=Counterpart"),
    "status": ("=Tình trạng", "=Trạng thái", "=Status"),
    "note": ("=Ghi chú", "=Note"),
}  # fmt: skip
_STATUS = {
    "da duyet": "approved", "duyet": "approved", "approved": "approved", "da chi": "paid", "da giai ngan": "paid",
    "paid": "paid", "da quyet toan": "settled", "quyet toan": "settled", "settled": "settled", "da huy": "cancelled",
    "huy": "cancelled", "cancelled": "cancelled", "thu hoi": "repaid", "da thu hoi": "repaid", "repaid": "repaid",
}  # fmt: skip
_NATIONAL = ("quoc gia", "trung uong", "ngan sach quoc gia", "ngan sach trung uong", "national", "nstw", "kcqg")
_LOCAL = ("dia phuong", "tinh", "ngan sach dia phuong", "ngan sach tinh", "thanh pho", "local", "nsdp", "kcdp")
_OTHER = ("khac", "nguon khac", "xa hoi hoa", "tai tro", "other", "khong phai tien nha nuoc")
_TEXTS = {"title": 300, "programme": 200, "agency": 300, "decision_no": 100, "note": 500}
_SURE = 0.8
FIRST, LAST = 2000, 2100

# Message keys: Vietnamese source texts that screens translate.
REJECTED: Mapping[str, str] = {
    "no_name": "Dòng không có tên đơn vị thụ hưởng.",
    "no_title": "Dòng không ghi nội dung hỗ trợ.",
    "no_year": "Dòng không có năm, hoặc năm không đọc được.",
    "no_amount": "Dòng không có số tiền, hoặc số tiền không đọc được.",
    "unit_missing": "Tên cột và ô không nêu đơn vị tiền: ghi đồng, triệu đồng hoặc tỷ đồng.",
    "bad_tax_code": "Mã số thuế sai.",
    "province_unknown": "Không rõ tỉnh, thành phố của đơn vị thụ hưởng.",
    "outside_territory": "Tỉnh, thành phố này ngoài địa bàn được giao của bạn.",
    "repeated": "Dòng lặp lại một dòng khác của tệp.",
    "known": "Sổ đã có mục này.",
}
NOTES: Mapping[str, str] = {
    "content_unknown": "Mã nội dung không có trong luật; mục được ghi nhưng không xét trùng.",
    "not_linked": "Chưa có hồ sơ doanh nghiệp với mã số thuế này.",
    "no_tax_code": "Không có mã số thuế: không nối được với hồ sơ.",
    "double": "Trùng với một mục khác: cùng nội dung, cùng năm, đều là tiền nhà nước.",
    "budget_assumed": "Không rõ nguồn kinh phí; coi là ngân sách của tỉnh, thành phố.",
    "counterpart_unread": "Vốn đối ứng không đọc được; bỏ qua.",
}
HEAD = (
    "Đơn vị thụ hưởng", "Mã số thuế", "Tỉnh", "Mã nội dung", "Nội dung hỗ trợ", "Chương trình", "Cơ quan",
    "Nguồn kinh phí", "Năm", "Số quyết định", "Ngày quyết định", "Kinh phí hỗ trợ (đồng)", "Vốn đối ứng (đồng)",
    "Tình trạng", "Nguồn sổ",
)  # fmt: skip
"""Columns of the history as it is taken away; brought in again it is read."""
LEAST_PLAIN_MONEY = 10**6
"""A bare figure in a column without a unit is đồng from here on; below, it may be millions."""


@dataclass(slots=True)
class GivenRow:
    """One row: `values` as SupportGiven keeps them, `rejected` a key of REJECTED, `notes` keys of NOTES."""

    sheet: str
    number: int
    values: dict[str, str | int | None] = field(default_factory=dict)
    rejected: str = ""
    notes: list[str] = field(default_factory=list)


_INDEX = header_index(list(HEADERS.items()))


def columns_of(table: Table) -> dict[str, tuple[int, int | None]]:
    """Field → (column, what one unit of a bare figure is worth; None where money has no unit)."""
    found: dict[str, tuple[int, int | None]] = {}
    best: dict[str, float] = {}
    for column in table.columns:
        bare, unit = split_header(column.header)[:2]
        for code, score in match_header(bare, _INDEX)[:1]:
            if score >= _SURE and score > best.get(code, 0.0):
                money = unit or table.unit
                scale = int(money.scale) if money and money.kind == "money" else None
                found[code], best[code] = (column.index, scale), score
    return found


def rows_of(table: Table) -> Iterator[GivenRow]:
    """Every data row of a table that names beneficiaries and amounts; none of another table."""
    columns = columns_of(table)
    if not {"name", "amount"} <= set(columns):
        return
    for row in table.rows:
        cells = {
            code: row.values[index] if index < len(row.values) else None for code, (index, _scale) in columns.items()
        }
        yield _row(GivenRow(table.sheet, row.number), cells, {code: scale for code, (_i, scale) in columns.items()})


def _row(made: GivenRow, cells: Mapping[str, Value], scales: Mapping[str, int | None]) -> GivenRow:
    values = made.values
    values["name"] = _text(cells.get("name"))[:300]
    values |= {code: _text(cells.get(code))[:longest] for code, longest in _TEXTS.items()}
    values["province"] = _text(cells.get("province"))
    values["tax_code"], bad = _tax_code(_text(cells.get("tax_code")))
    values["content"] = _content(made, _text(cells.get("content")))
    values["title"] = values["title"] or (SUPPORTS[str(values["content"])].words.vi if values["content"] else "")
    values["year"] = _year(cells.get("year"), cells.get("decided_on"))
    values["decided_on"] = _day(cells.get("decided_on"))
    values["status"] = _STATUS.get(fold(_text(cells.get("status"))), "paid")
    values["budget"] = _budget(_text(cells.get("budget")))
    amount, why = _money(cells.get("amount"), scales.get("amount"))
    values["amount"] = amount
    values["counterpart"], unread = _money(cells.get("counterpart"), scales.get("counterpart", scales.get("amount")))
    if unread == "no_amount" and _text(cells.get("counterpart")):
        made.notes.append("counterpart_unread")
    refused = (
        ("no_name", not values["name"]), ("bad_tax_code", bad), ("no_title", not values["title"]),
        ("no_year", values["year"] is None), (why, bool(why)),
    )  # fmt: skip
    made.rejected = next((code for code, holds in refused if holds), "")
    return made


def _text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else squeeze(f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value))


def _tax_code(text: str) -> tuple[str, bool]:
    """The number, and whether what stands there is none."""
    if not text:
        return "", False
    found = parse_tax_code(text)
    if found.kind == "person":
        return "", False  # a person's own number is not kept here
    return (found.text, False) if found.valid else ("", True)


def _content(made: GivenRow, text: str) -> str:
    code = text.upper().replace(" ", "")
    if code and code not in SUPPORTS:
        made.notes.append("content_unknown")
        return ""
    return code


def _year(value: Value, day: Value) -> int | None:
    for each in (value, day):
        told = parse_date(each) if _text(each) else None
        number = told.on.year if told else None
        if number is None and (digits := _text(each)).isdecimal():
            number = int(digits)
        if number is not None and FIRST <= number <= LAST:
            return number
    return None


def _day(value: Value) -> str | None:
    told = parse_date(value) if _text(value) else None
    return told.on.isoformat() if told and told.precision == "day" else None


def _budget(text: str) -> str:
    """ "national", "local", "other"; "" where it is not told."""
    plain = fold(text)
    for code, words in (("national", _NATIONAL), ("local", _LOCAL), ("other", _OTHER)):
        if plain in words:
            return code
    return ""


def _money(value: Value, scale: int | None) -> tuple[int | None, str]:
    """Whole đồng, and a key of REJECTED where there is none."""
    found = parse_number(value if isinstance(value, int | float) else _text(value))
    if found is None or found.comparator or found.value < 0:
        return None, "no_amount"
    plain = isinstance(value, int | float) or not any(char.isalpha() for char in _text(value))
    if plain and scale is None and 0 < found.value < LEAST_PLAIN_MONEY:
        return None, "unit_missing"
    amount = found.value * (scale or 1) if plain else found.value
    if amount != int(amount) or amount > LARGEST:
        return None, "no_amount"
    return int(amount), ""
