"""Lists of zones as agencies keep them: which column says what, which zone a row speaks of, what it states."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from matxich.rulebook.lists.fields import header_index, match_header
from matxich.rulebook.lists.grid import CellError, Value, letter
from matxich.rulebook.lists.model import Table
from matxich.rulebook.lists.units import Unit, split_header
from matxich.rulebook.vietnamese.legacy import repair_column
from matxich.rulebook.vietnamese.numbers import Separator, decimal_separator
from matxich.rulebook.vietnamese.text import fold, squeeze, words
from matxich.rulebook.zones.fields import BY_CODE, FIGURES, ZONE_FIELDS
from matxich.rulebook.zones.values import BadValue, Reading, read_value

IDENTITY: dict[str, tuple[str, ...]] = {
    "order_number": ("=STT", "=TT", "=Số TT", "Số thứ tự", "=No"),
    "name": (
        "Tên khu", "Tên cụm", "Tên KCN", "Tên CCN", "Tên khu công nghiệp", "Tên cụm công nghiệp", "=Khu công nghiệp",
        "=Cụm công nghiệp", "=KCN", "=CCN", "=KCN, CCN", "=Tên", "=Tên gọi", "Tên khu, cụm công nghiệp",
        "Khu, cụm công nghiệp",
        "Tên KCN, CCN", "Tên KCN/CCN", "=Industrial zone", "=Industrial park", "=Name",
    ),
    "kind": ("=Loại", "=Loại khu", "=Loại hình", "=Kind", "=Type"),
    "province": ("=Tỉnh", "=Thành phố", "Tỉnh, thành phố", "Tỉnh/Thành phố", "=Tỉnh thành", "=Địa phương", "Province"),
    "district": ("=Huyện", "Quận, huyện", "Quận/huyện", "Huyện, thị xã, thành phố", "District"),
    "computed": ("Tỷ lệ lấp đầy", "=Lấp đầy", "Tỷ lệ cho thuê", "Occupancy", "Occupancy rate"),
}  # fmt: skip
LABELS: dict[str, str] = {
    "order_number": "Số thứ tự",
    "name": "Tên khu, cụm",
    "kind": "Loại",
    "province": "Tỉnh, thành phố",
    "district": "Quận, huyện (trước 01/7/2025)",
}
SURE = 0.6
_INDEX = header_index([*IDENTITY.items(), *((one.code, one.headers) for one in ZONE_FIELDS)])
_PREFIXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("KCN", ("khu", "cong", "nghiep")),
    ("CCN", ("cum", "cong", "nghiep")),
    ("KCX", ("khu", "che", "xuat")),
    ("KCNC", ("khu", "cong", "nghe", "cao")),
    ("KKT", ("khu", "kinh", "te")),
    *((code, (code.lower(),)) for code in ("KCNC", "KCN", "CCN", "KCX", "KKT")),
)
LEAST_PLAIN_MONEY = 10**8
"""A bare figure in a column that names no unit is taken for đồng from here on: nobody builds a zone for less."""

# Message keys: Vietnamese source texts that screens translate, then fill with the parameters.
NOTES: dict[str, str] = {
    "unit_missing": "Tên cột và ô không nêu đơn vị tiền; không lấy số này.",
    "computed": "Tỷ lệ lấp đầy do hệ thống tính từ hai diện tích; không lấy cột này.",
    "column_twice": "Cột %(other)s đã cho cùng một mục; không lấy cột này.",
    "column_unknown": "Chưa nhận ra cột này; không lấy.",
}
REJECTED: dict[str, str] = {
    "no_name": "Dòng không có tên khu, cụm.",
    "kind_unknown": "Không rõ là khu hay cụm: ghi KCN, CCN … trước tên hoặc thêm cột Loại.",
    "province_missing": "Chưa có khu, cụm nào tên như vậy; thêm cột tỉnh, thành để nhận dòng này là khu, cụm mới.",
    "province_unknown": "Không có tỉnh, thành nào tên “%(text)s”.",
    "old_province_unknown": (
        "Khu, cụm mới ở tỉnh, thành đã nhập từ nhiều tỉnh: thêm cột xã hoặc huyện để biết tỉnh trước 01/7/2025."
    ),
    "several": "Có nhiều khu, cụm tên như vậy; thêm cột tỉnh, thành để phân biệt.",
    "outside_territory": "Tỉnh, thành này nằm ngoài địa bàn được giao của bạn.",
    "repeated": "Khu, cụm này đã có ở dòng %(row)s.",
    "nothing_told": "Dòng không có số liệu nào dùng được.",
    "leased_over_industrial": "Diện tích đã cho thuê lớn hơn diện tích đất công nghiệp.",
}


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: `code` a zone field or a key of IDENTITY, "" when left out; `note` a key of NOTES says why.

    `scale`: what one unit of a bare figure is worth; None where money has no unit.
    """

    index: int
    letter: str
    header: str
    code: str
    scale: Decimal | None = Decimal(1)
    decimal: Separator | None = None
    note: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A value of one cell, and a cell that says nothing usable: why, and what stood there."""

    reading: Reading
    letter: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell whose value is not taken; `code`: a key of values.REFUSED or of NOTES."""

    code: str
    letter: str
    params: dict[str, str]


@dataclass(slots=True)
class ListedZone:
    """One row: the zone it names ("" where it does not say) and what it states of it."""

    sheet: str
    row: int
    kind: str
    name: str
    province: str = ""
    district: str = ""
    commune: str = ""
    commune_letter: str = ""
    values: dict[str, Told] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rejected: str = ""

    @property
    def label(self) -> str:
        return f"{self.kind} {self.name}".strip()


def split_name(text: str) -> tuple[str, str]:
    """ "Cụm công nghiệp Tân Tiến" is ("CCN", "Tân Tiến"); the kind is "" when the text does not begin with one."""
    parts = squeeze(text).split()
    plain = [" ".join(words(part)) for part in parts]
    for kind, prefix in _PREFIXES:
        if tuple(plain[: len(prefix)]) == prefix and len(parts) > len(prefix):
            return kind, " ".join(parts[len(prefix) :])
    return "", squeeze(text)


def kind_in(text: str) -> str:
    """The one kind of zone a title, a section head or a cell speaks of; "" for none or several."""
    plain = f" {' '.join(words(text))} "
    if " khu cum " in plain:
        return ""
    found = {kind for kind, prefix in _PREFIXES if f" {' '.join(prefix)} " in plain}
    return found.pop() if len(found) == 1 else ""


def columns_of(table: Table) -> list[Column]:
    """What each column holds, left to right: the best header for a field wins, the first of equals."""
    scored = [(column, *_best(column.header, column.parts)) for column in table.columns]
    winners: dict[str, int] = {}
    for column, code, score in scored:
        if code and (code not in winners or score > _score(scored, winners[code])):
            winners[code] = column.index
    found = []
    for column, code, _weight in scored:
        name, where = column.header, column.letter
        if not code:
            found.append(Column(column.index, where, name, "", note="column_unknown"))
        elif winners[code] != column.index:
            found.append(Column(column.index, where, name, "", note="column_twice", other=letter(winners[code])))
        elif code == "computed":
            found.append(Column(column.index, where, name, "", note="computed"))
        else:
            decimal = decimal_separator(table.column_values(column.index))
            found.append(Column(column.index, where, name, code, _scale(code, column.header, table.unit), decimal))
    return found


def _score(scored: Sequence[tuple[object, str, float]], index: int) -> float:
    return next(score for column, _code, score in scored if getattr(column, "index", -1) == index)


def _best(header: str, parts: tuple[str, ...]) -> tuple[str, float]:
    """The field a header means. Under a group head the whole ("Diện tích / Đã cho thuê") says more than its end."""
    scores: dict[str, float] = {}
    for text, weight in ((header, 1.0), (parts[-1] if parts else "", 0.9)):
        for code, score in match_header(split_header(text)[0], _INDEX):
            scores[code] = max(scores.get(code, 0.0), score * weight)
    code = max(scores, key=lambda one: scores[one], default="")
    return (code, scores[code]) if code and scores[code] >= SURE else ("", 0.0)


_AREA_SCALE = {"m2": Decimal("0.0001"), "ha": Decimal(1)}


def _scale(code: str, header: str, table_unit: Unit | None) -> Decimal | None:
    if code not in BY_CODE or BY_CODE[code].kind not in FIGURES:
        return Decimal(1)
    unit = split_header(header)[1] or table_unit
    kind = BY_CODE[code].kind
    if kind == "area":
        return _AREA_SCALE.get(fold(unit.text), Decimal(1)) if unit and unit.kind == "area" else Decimal(1)
    if kind in ("money", "usd"):
        fits = (
            unit is not None and unit.kind == "money" and unit.currency in (None, "VND" if kind == "money" else "USD")
        )
        return Decimal(unit.scale) if fits and unit else None
    return Decimal(1)


def rows_of(table: Table, columns: Sequence[Column]) -> Iterator[ListedZone]:
    """Every data row in order."""
    repaired = {column.index: _repaired(table, column.index) for column in columns if column.code}
    by_code = {column.code: column for column in columns if column.code}
    named = by_code["name"].header if "name" in by_code else ""
    title_kind = next(filter(None, map(kind_in, (table.title, table.sheet, named))), "")
    for row in table.rows:
        cells: dict[str, Value] = {
            code: repaired[column.index].get(value, value) if isinstance(value, str) else value
            for code, column in by_code.items()
            if (value := row.values[column.index] if column.index < len(row.values) else None) is not None
        }
        yield _row(table, row.number, cells, by_code, next(filter(None, map(kind_in, row.sections[::-1])), title_kind))


def _repaired(table: Table, index: int) -> dict[str, str]:
    texts = list(dict.fromkeys(value for value in table.column_values(index) if isinstance(value, str)))
    return {text: cell.text for text, cell in zip(texts, repair_column(texts), strict=True)}


def _row(table: Table, number: int, cells: dict[str, Value], columns: dict[str, Column], title_kind: str) -> ListedZone:
    kind, name = split_name(_text(cells.get("name")))
    kind = kind or kind_in(_text(cells.get("kind"))) or title_kind
    made = ListedZone(table.sheet, number, kind, name[:120], _text(cells.get("province")))
    made.district = _text(cells.get("district"))
    for code, value in cells.items():
        if code in IDENTITY:
            continue
        column = columns[code]
        if code == "commune":
            made.commune, made.commune_letter = _text(value), column.letter
            continue
        try:
            made.values[code] = Told(_cell(code, column, value), column.letter)
        except BadValue as bad:
            made.problems.append(Problem(bad.code, column.letter, bad.params))
        except _UnitMissing:
            made.problems.append(Problem("unit_missing", column.letter, {}))
    made.rejected = _rejection(made)
    return made


class _UnitMissing(ValueError):
    """Money without a unit anywhere."""


def _cell(code: str, column: Column, value: Value) -> Reading:
    if isinstance(value, CellError):
        raise BadValue("formula_error")
    one = BY_CODE[code]
    if column.scale is None:
        reading = read_value(one, value, decimal=column.decimal)
        bare = not isinstance(value, str) or not any(char.isalpha() or char == "$" for char in value)
        if bare and 0 < int(reading.value) < LEAST_PLAIN_MONEY:
            raise _UnitMissing
        return reading
    return read_value(one, value, scale=column.scale, decimal=column.decimal)


def _text(value: Value) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return "" if value is None else squeeze(str(int(value) if whole and isinstance(value, float) else value))


def _rejection(made: ListedZone) -> str:
    if not words(made.name):
        return "no_name"
    leased, industrial = made.values.get("leased_area"), made.values.get("industrial_area")
    if leased and industrial and Decimal(str(leased.reading.value)) > Decimal(str(industrial.reading.value)):
        return "leased_over_industrial"
    return "" if made.values or made.commune else "nothing_told"
