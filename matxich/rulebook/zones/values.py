"""Values of zones and tenants as people type them, read exactly or refused with the reason."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from matxich.rulebook.identifiers import parse_tax_code
from matxich.rulebook.vietnamese.numbers import Comparator, Separator, parse_date, parse_number
from matxich.rulebook.vietnamese.text import fold, nfc, squeeze, truncate
from matxich.rulebook.zones.fields import FIGURES, STATES, ZoneField

LONGEST_TEXT = 500
MOST: dict[str, Decimal] = {
    "area": Decimal(500_000),
    "volume": Decimal(10_000_000),
    "money": Decimal(10**16),
    "usd": Decimal(10**13),
    "count": Decimal(10**7),
}
M2_PER_HA = Decimal(10_000)
_AREA_UNITS = {"": Decimal(1), "ha": Decimal(1), "hecta": Decimal(1), "m2": 1 / M2_PER_HA, "km2": Decimal(100)}
_VOLUME_UNITS = re.compile(r"m3(?: ?/ ?(?:ngay(?: dem)?|day|d))?")
_OWN_SCALE = re.compile(r"\d\s*(?:nghin|ngan|trieu|tr|ty|ti|million|billion|bn)(?![a-z])")
_COUNT_UNITS = frozenset({
    "", "nguoi", "lao dong", "du an", "doanh nghiep", "dn", "co so", "projects", "people", "workers",
})  # fmt: skip
_STATE_WORDS: dict[str, str] = {
    "none": r"chua(?: co| xay dung| dau tu| trien khai)?|khong(?: co)?|none|no",
    "planned": r"(?:da )?(?:co|lap|duyet|trong) (?:ke hoach|quy hoach|du an)|chuan bi.*|du kien.*|planned",
    "building": r"dang (?:xay dung|dau tu|thi cong|trien khai|lam|hoan thien).*|building|under construction",
    "operating": (
        r"da (?:co|hoan thanh|xong|dau tu|van hanh|hoat dong|xay dung xong|hoan thien).*|dang (?:van hanh|hoat dong).*"
        r"|hoan thanh|hoan thien|co|dat|x|v|✓|operating|completed|yes"
    ),
}
_STATES = {code: re.compile(pattern) for code, pattern in _STATE_WORDS.items()}

# Message keys: Vietnamese source texts that screens translate, then fill with the parameters.
REFUSED: dict[str, str] = {
    "not_a_number": "“%(text)s” không đọc được thành một số.",
    "negative": "Số không thể âm.",
    "too_large": "Số lớn hơn mức có thể có; kiểm tra lại đơn vị.",
    "not_whole": "Cần số nguyên.",
    "wrong_unit": "Đơn vị “%(unit)s” không dùng cho mục này.",
    "not_a_date": "“%(text)s” không phải ngày; viết dạng 15/06/2024.",
    "not_a_choice": "“%(text)s” không có trong các lựa chọn.",
    "not_a_tax_code": "“%(text)s” không phải mã số thuế của tổ chức: sai chữ số kiểm tra hoặc thiếu số.",
    "too_long": "Dài quá %(most)s ký tự.",
    "no_such_commune": "Không có xã, phường nào tên “%(text)s” trong tỉnh của khu.",
    "several_communes": "Có nhiều xã, phường tên “%(text)s” trong tỉnh; ghi mã đơn vị.",
    "formula_error": "Ô công thức bị lỗi trong tệp.",
}


class BadValue(ValueError):
    """What was typed does not fit its field; `code` is a key of REFUSED."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params

    @property
    def text(self) -> str:
        return REFUSED[self.code]


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as stored (see `fields`) and the comparator it was stated with ("khoảng 75 ha" is ≈ 75)."""

    value: str | int
    comparator: Comparator = ""


def read_value(
    one: ZoneField, typed: object, *, scale: Decimal = Decimal(1), decimal: Separator | None = None
) -> Reading:
    """The value that was typed or stands in a cell. Raises BadValue; a commune stays the text it is.

    `scale`: what one unit of a bare figure is worth (0.0001 for a column in m², 10**9 for one in tỷ đồng).
    `decimal`: the separator before decimals where a whole column shows which it is.
    """
    if one.kind in FIGURES:
        return _figure(one, typed, scale, decimal)
    if one.kind == "date":
        return Reading(_date(typed).isoformat())
    text = truncate(squeeze(nfc(_shown(typed))), LONGEST_TEXT + 1)
    if len(text) > LONGEST_TEXT:
        raise BadValue("too_long", most=str(LONGEST_TEXT))
    if one.kind == "state":
        return Reading(_state(text))
    if one.kind == "choice":
        return Reading(_choice(one, text))
    return Reading(_tax_code(text) if one.kind == "tax_code" else text)


def _shown(typed: object) -> str:
    whole = isinstance(typed, float) and typed.is_integer()
    return str(int(typed)) if whole and isinstance(typed, float) else str(typed)


def _figure(one: ZoneField, typed: object, scale: Decimal, decimal: Separator | None) -> Reading:
    text = squeeze(str(typed))
    stated = _plain_unit(typed) if isinstance(typed, str) else typed
    number = parse_number(stated, decimal=decimal)
    if number is None:
        raise BadValue("not_a_number", text=truncate(text, 40))
    own_scale = _OWN_SCALE.search(fold(text)) is not None
    value = number.value * _factor(one, number.unit, Decimal(1) if own_scale else scale)
    if value < 0:
        raise BadValue("negative")
    if value > MOST[one.kind]:
        raise BadValue("too_large")
    if one.kind in ("area", "volume"):
        return Reading(exact_text(value), number.comparator)
    if value != value.to_integral_value():
        raise BadValue("not_whole")
    return Reading(int(value), number.comparator)


def _plain_unit(text: str) -> str:
    """m² and m³ become words: a raised figure would be read as a second number."""
    return text.replace("m²", "m2").replace("m³", "m3").replace("m2", "mvuong").replace("m3", "mkhoi")


def _factor(one: ZoneField, unit: str, scale: Decimal) -> Decimal:
    plain = fold(unit).replace("mvuong", "m2").replace("mkhoi", "m3").strip()
    if not plain:
        return scale
    if one.kind == "area" and plain in _AREA_UNITS:
        return _AREA_UNITS[plain]
    if one.kind == "volume" and _VOLUME_UNITS.fullmatch(plain):
        return Decimal(1)
    if (one.kind, unit) in (("money", "đồng"), ("usd", "USD")) or (one.kind == "count" and plain in _COUNT_UNITS):
        return Decimal(1)
    raise BadValue("wrong_unit", unit=unit)


def exact_text(value: Decimal) -> str:
    """Every digit, no exponent, no trailing zeros: "12.5", "1200"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(typed: object) -> date:
    if isinstance(typed, datetime):
        return typed.date()
    found = parse_date(typed)
    if found is None:
        raise BadValue("not_a_date", text=truncate(squeeze(str(typed)), 40))
    return found.on


def _state(text: str) -> str:
    if text in STATES:
        return text
    plain = fold(text).strip(" .")
    for code, pattern in _STATES.items():  # "đã có kế hoạch" is a plan before "đã có …" is a thing that stands
        if pattern.fullmatch(plain):
            return code
    raise BadValue("not_a_choice", text=truncate(text, 40))


def _choice(one: ZoneField, text: str) -> str:
    if text in one.choices:
        return text
    plain = fold(text)
    found = [code for code, label in one.choices.items() if fold(label) == plain]
    if len(found) != 1:
        raise BadValue("not_a_choice", text=truncate(text, 40))
    return found[0]


def _tax_code(text: str) -> str:
    found = parse_tax_code(text)
    if not found.valid or found.kind == "person":
        raise BadValue("not_a_tax_code", text=truncate(text, 20))
    return found.text
