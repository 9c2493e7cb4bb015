"""What finding tables, understanding columns and reading rows hand to each other; all of it JSON-ready."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from matxich.rulebook.lists.grid import Note, Value
from matxich.rulebook.lists.units import Unit

# Message keys: the Vietnamese source texts that screens translate, then fill with `params`.
SKIPPED: dict[str, str] = {
    "title": "Dòng tiêu đề của bảng.",
    "header": "Dòng tên cột.",
    "repeated_header": "Dòng tên cột lặp lại giữa bảng.",
    "numbering": "Dòng đánh số cột.",
    "section": "Dòng tên nhóm; được ghi kèm các dòng bên dưới.",
    "total": "Dòng tổng cộng.",
    "signature": "Phần chữ ký, nơi nhận.",
    "footnote": "Dòng ghi chú cuối bảng.",
    "blank": "Dòng trống.",
    "outside_table": "Không thuộc bảng nào nhận ra được.",
}
REASONS: dict[str, str] = {
    "header_name": "Tên cột là “%(header)s”.",
    "header_like": "Tên cột gần với “%(label)s”.",
    "content_tax_code": "%(share)s%% giá trị có chữ số kiểm tra của mã số thuế khớp.",
    "content": "%(share)s%% giá trị giống “%(label)s”.",
    "content_against": "Nội dung không giống “%(label)s”: chỉ %(share)s%% giá trị phù hợp.",
    "two_fields": "Giống “%(first)s” %(first_share)s%%, “%(second)s” %(second_share)s%%; cần chọn.",
    "unknown": "Chưa nhận ra cột này.",
    "taken": "“%(label)s” đã có cột %(letter)s khớp hơn.",
    "duplicate_header": "Trùng tên với cột %(letters)s; cả hai được giữ riêng.",
    "remembered": "Như lần nhập trước của nơi gửi này.",
    "remembered_on": "Như lần trước (%(day)s).",
    "remembered_like": "Như lần trước (%(day)s), khi cột mang tên “%(header)s”.",
    "unit_missing": "Tên cột không nêu đơn vị tiền; số được giữ nguyên như trong tệp.",
    "unit": "Đơn vị: %(unit)s.",
    "encoding": "Chữ %(encoding)s được đổi sang Unicode.",
}
REMEMBERED = frozenset(("remembered", "remembered_on", "remembered_like"))
WARNINGS: dict[str, str] = {
    "check_digit": "Chữ số kiểm tra của mã số thuế không khớp; giữ như chữ, không dùng để nhận ra doanh nghiệp.",
    "not_a_tax_code": "Không phải mã số thuế; giữ như chữ, không dùng để nhận ra doanh nghiệp.",
    "leading_zero": "Đã khôi phục số 0 bị mất ở đầu.",
    "name_unusable": "Ô tên không có tên dùng được.",
    "not_a_number": "Không đọc được thành số.",
    "not_whole": "Không phải số nguyên.",
    "negative": "Số âm.",
    "ambiguous_number": "Dấu chấm, phẩy có thể hiểu hai cách; đã đọc theo cách viết của Việt Nam.",
    "rounded": "Số tiền lẻ dưới một đồng (hoặc một đơn vị tiền) đã được làm tròn.",
    "out_of_range": "Số nằm ngoài khoảng có thể có.",
    "not_a_year": "Không đọc được thành năm.",
    "year_out_of_range": "Năm nằm ngoài khoảng có thể có.",
    "not_an_email": "Không phải địa chỉ thư điện tử.",
    "not_a_phone": "Không phải số điện thoại.",
    "not_a_website": "Không phải địa chỉ trang web.",
    "cell_error": "Ô công thức bị lỗi trong tệp.",
}
REJECTIONS: dict[str, str] = {
    "no_name_no_identifier": "Dòng không có tên dùng được, cũng không có mã số thuế hợp lệ.",
    "already_corrected": "Dòng này đã được nhận trong một tệp sửa khác.",
    "not_a_correction": "Dòng không mang mã của dòng nào bị từ chối trong danh sách được sửa.",
}
REMEDIES: dict[str, str] = {
    "no_name_no_identifier": "Ghi tên doanh nghiệp hoặc mã số thuế đúng vào cột của nó rồi gửi lại.",
    "already_corrected": "Không cần gửi lại dòng này.",
    "not_a_correction": "Gửi dòng này trong một danh sách mới, không kèm cột mã dòng.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code, a Vietnamese text to translate, and what fills it. Labels in `params` are texts too."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return REASONS[self.code]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Rows of the file that are no data: one, or a long gap of blank ones up to `last_row`."""

    sheet: str
    row: int
    reason: str
    last_row: int

    @property
    def text(self) -> str:
        return SKIPPED[self.reason]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `header` joins the header rows from the top ("Địa chỉ / Trụ sở")."""

    index: int
    letter: str
    header: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row that may be an enterprise, with the section heads above it, outermost first."""

    number: int
    values: list[Value]
    sections: tuple[str, ...]


@dataclass(slots=True)
class Table:
    """One table of a sheet. Without a header (`header_rows` empty) columns are known by content only.

    `span`: its columns ("E:G") when another table stands beside it, else "": row numbers alone then tell rows apart.
    """

    sheet: str
    title: str
    header_rows: tuple[int, ...]
    columns: list[Column]
    rows: list[DataRow] = field(default_factory=list, repr=False)
    unit: Unit | None = None
    span: str = ""

    @property
    def first_row(self) -> int:
        return self.rows[0].number if self.rows else 0

    @property
    def last_row(self) -> int:
        return self.rows[-1].number if self.rows else 0

    @property
    def start(self) -> str:
        """The cell where the table begins, as a spreadsheet names it: "B6"."""
        top = self.header_rows[0] if self.header_rows else self.first_row
        return f"{self.columns[0].letter}{top}" if self.columns else ""

    def column_values(self, index: int) -> Iterator[Value]:
        return (row.values[index] if index < len(row.values) else None for row in self.rows)


@dataclass(slots=True)
class FoundTables:
    """Every row of the sheet up to its last filled one is a row of a table or inside one Skipped."""

    tables: list[Table]
    skipped: list[Skipped]
    notes: list[Note]


type Json = str | int | dict[str, str | int | None]


@dataclass(slots=True)
class CellValue:
    """One value read from a cell. `raw` is the cell as it was, `letter` its column.

    `value` by the field's kind: text for text, names, lists (one item each), phones, e-mails, websites;
    integer and year: int; number and percent: an exact decimal as text ("35.5", per cent); money:
    {"amount": whole units, "currency": "VND", …; None where nothing says}; tax_code: canonical text.
    `repaired`: "TCVN3", "VNI" or "leading_zero" when the value is not what the cell shows.
    `comparator`: ≈ > ≥ < ≤ or "". `detail`: entity, unit or person for tax codes. `year`: of the column.
    """

    raw: str
    value: Json
    letter: str
    repaired: str | None = None
    comparator: str = ""
    detail: str | None = None
    year: int | None = None


@dataclass(slots=True)
class RowWarning:
    """A doubtful cell of an accepted row. `kept_as`: the field its value went to, None when it has none."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str
    kept_as: str | None

    @property
    def text(self) -> str:
        return WARNINGS[self.reason]


@dataclass(slots=True)
class Rejection:
    """Why a row is not taken: where its name should have been, and what stood there."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str

    @property
    def text(self) -> str:
        return REJECTIONS[self.reason]


@dataclass(slots=True)
class ListRow:
    """One data row: every value by field, what is doubtful, and whether it can be taken at all.

    A value that does not fit its field stands under "<field>_unverified" as text, never lost.
    """

    sheet: str
    row: int
    values: dict[str, list[CellValue]]
    warnings: list[RowWarning]
    rejected: Rejection | None
    sections: tuple[str, ...]

    def first(self, code: str) -> Json | None:
        """The first value of a field, None when the row has none."""
        cells = self.values.get(code)
        return cells[0].value if cells else None
