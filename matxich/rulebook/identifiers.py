"""Tax codes of enterprises, dependent units and persons, and the register's own identifiers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from matxich.rulebook.vietnamese.text import fold

Kind = Literal["entity", "unit", "person"]
Whose = Literal["", "household", "person"]
Reason = Literal[
    "ok", "leading_zero", "person_zero", "empty", "letters", "scientific",
    "length", "check_digit", "unissued", "unit_000", "maybe_person",
]  # fmt: skip

# Message keys: the Vietnamese source texts that the screens translate.
MESSAGES: dict[Reason, str] = {
    "ok": "",
    "leading_zero": "Mã số thuế thiếu số 0 ở đầu; đã khôi phục vì chữ số kiểm tra khớp.",
    "person_zero": "Số định danh thiếu số 0 ở đầu; đã khôi phục vì đây là số của cá nhân, hộ kinh doanh.",
    "empty": "Chưa có mã số thuế.",
    "letters": "Mã số thuế chỉ gồm chữ số; hãy xem lại ô này.",
    "scientific": "Bảng tính đã rút gọn mã số thuế (dạng 1,0E+09); hãy nhập lại mã đầy đủ dưới dạng văn bản.",
    "length": "Mã số thuế phải có 10 hoặc 13 chữ số (cá nhân, hộ kinh doanh: 12 chữ số).",
    "check_digit": "Chữ số kiểm tra của mã số thuế không khớp; hãy đối chiếu với giấy đăng ký.",
    "unissued": "Mã số thuế này không thuộc dải được cấp; hãy đối chiếu với giấy đăng ký.",
    "unit_000": "Ba số cuối của mã đơn vị phụ thuộc phải từ 001 đến 999.",
    "maybe_person": "Không phải mã số thuế 10 hoặc 13 chữ số, không phải số định danh 12 chữ số; hãy kiểm tra lại.",
}

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_FIRST_SAMPLE, _CODES_IN_TEN = 991_000_000, 9
SAMPLE_CODES = 9_000_000 // 10 * _CODES_IN_TEN
# First three digits of a citizen's number: the province of birth registration, on the map of 63.
_BIRTH_PROVINCE = re.compile(
    "0(?:0[12468]|1[0124579]|2[024-7]|3[013-8]|4[024-689]|5[12468]|6[024678]|7[024579]|8[0234679]|9[1-6])"
)
_SHORTEST_PERSONAL_NUMBER = 9
_LABEL = re.compile(
    r"^\W*(?:mst|msdn|ma so (?:thue|dn|doanh nghiep|dkkd)|ma (?:thue|dn)|tax (?:code|id|no)"
    r"|so dinh danh|cccd|cmnd|so|no)?[\s:.\-#'\"`]*"
)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d+")
_SEPARATORS = re.compile(r"[\s.,\-_/'\"`()]+")


@dataclass(frozen=True, slots=True)
class TaxCode:
    """A tax code as read from a cell.

    `text`: canonical digits, a unit as 0100233488-001; when invalid, what was found, folded.
    `kind`: by shape, also when invalid; None when the shape says nothing.
    `repaired`: a lost leading zero was restored, which only a matching check digit allows.
    A person's number is personal data: show `shown`, never `text`; repr is masked for the same reason.
    """

    text: str
    kind: Kind | None
    valid: bool
    repaired: bool = False
    reason: Reason = "ok"

    @property
    def message(self) -> str:
        """The message key for `reason`; "" when there is nothing to say."""
        return MESSAGES[self.reason]

    @property
    def shown(self) -> str:
        """The code as a list may print it: a person's number, certain or possible, is masked."""
        unknown = self.kind is None and sum(map(str.isdigit, self.text)) >= _SHORTEST_PERSONAL_NUMBER
        personal = self.kind == "person" or unknown
        return mask_person_id(self.text) if personal else self.text

    def __repr__(self) -> str:
        return f"TaxCode({self.shown!r}, {self.kind}, valid={self.valid}, {self.reason})"


def parse_tax_code(value: object, *, whose: Whose = "") -> TaxCode:
    """Read a tax code from text, an int, a float (999127460.0) or nothing; never raises.

    `whose`: what the list says, by its column ("person") or by the row's name ("household"). A figure, unlike
    a text, may have lost leading zeros, and a citizen's number then looks like an enterprise's code: it is
    restored and is a person's. A household's own ten-digit code starts with 8 and proves itself: it is kept.

    10 digits with a check digit (entity), 10-NNN (dependent unit): decree and circular on tax
    registration, now TT 86/2024/TT-BTC. 12 digits (person, household business since 01/07/2025): no check
    digit. Prefix 99, never issued, passes: sample data uses it.
    """
    digits = _digits(value)
    if isinstance(digits, TaxCode):
        return digits
    if whose and isinstance(value, int | float) and (person := _citizen(digits, whose)):
        return person
    match len(digits):
        case 10:
            return _entity(digits)
        case 13:
            return _unit(digits)
        case 12:
            return _twelve(digits)
        case 9:
            return _restored(digits, _entity)
        case 11:
            return TaxCode(digits, None, valid=False, reason="maybe_person")
    return TaxCode(digits, None, valid=False, reason="length")


def _citizen(digits: str, whose: Whose) -> TaxCode | None:
    """A person's twelve digits of which a spreadsheet dropped the zeros in front."""
    own_code = whose == "household" and digits[0] == "8" and len(digits) == 10 and has_valid_check_digit(digits)
    full = digits.zfill(12)
    if own_code or len(digits) not in (10, 11) or not _BIRTH_PROVINCE.match(full):
        return None
    return TaxCode(full, "person", valid=True, repaired=True, reason="person_zero")


def mask_person_id(text: str) -> str:
    """All but the last three characters hidden: "*********890"; three or fewer are hidden whole."""
    kept = text[-3:] if len(text) > 3 else ""
    return "*" * (len(text) - len(kept)) + kept


def has_valid_check_digit(ten_digits: str) -> bool:
    """TX-01: r = 10 − (Σ wᵢNᵢ mod 11) equals the tenth digit; r = 10 was never issued."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, ten_digits, strict=False))
    return 10 - total % 11 == int(ten_digits[9])


def sample_tax_code(number: int) -> str:
    """The code of the number-th invented enterprise, from 1 to SAMPLE_CODES: valid, ascending, none twice.

    Tax departments issue codes under the numbers of provinces; none has 99, so no real enterprise can ever hold one
    of these. Codes up to 990999999x are left for samples written by hand.
    """
    if not 1 <= number <= SAMPLE_CODES:
        raise ValueError(f"Sample tax codes are numbered from 1 to {SAMPLE_CODES}.")
    ten, place = divmod(number - 1, _CODES_IN_TEN)
    start = _FIRST_SAMPLE + 10 * ten
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, str(start), strict=True))
    # Ten numbers in a row have ten different remainders of eleven: at most one of them has no check digit.
    for last in range(10):
        check = 10 - (total + _WEIGHTS[8] * last) % 11
        if check != 10:
            if place == 0:
                return f"{start + last}{check}"
            place -= 1
    raise AssertionError("Nine in ten have a check digit")


def _digits(value: object) -> str | TaxCode:
    """The bare digits, or a refusal."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value)
    if not (text.isascii() and text.isdigit()):
        text = _LABEL.sub("", fold(text))
        if _SCIENTIFIC.fullmatch(text):
            return TaxCode(text, None, valid=False, reason="scientific")
        text = _SEPARATORS.sub("", text.removesuffix(".0"))
    if not text:
        return TaxCode("", None, valid=False, reason="empty")
    if not text.isdigit():
        return TaxCode(text, None, valid=False, reason="letters")
    return text


def _entity(digits: str) -> TaxCode:
    if digits[2:9] == "0000000":
        return TaxCode(digits, "entity", valid=False, reason="unissued")
    valid = has_valid_check_digit(digits)
    return TaxCode(digits, "entity", valid, reason="ok" if valid else "check_digit")


def _unit(digits: str) -> TaxCode:
    parent, text = _entity(digits[:10]), f"{digits[:10]}-{digits[10:]}"
    if parent.valid and digits[10:] == "000":
        return TaxCode(text, "unit", valid=False, reason="unit_000")
    return TaxCode(text, "unit", parent.valid, reason=parent.reason)


def _twelve(digits: str) -> TaxCode:
    """A citizen's number, or a unit's code that lost its leading zero."""
    if _BIRTH_PROVINCE.match(digits):
        return TaxCode(digits, "person", valid=True)
    return _restored(digits, _unit)


def _restored(digits: str, parse: Callable[[str], TaxCode]) -> TaxCode:
    full = parse("0" + digits)
    if full.valid and digits[0] != "0":
        return TaxCode(full.text, full.kind, valid=True, repaired=True, reason="leading_zero")
    return TaxCode(digits, None, valid=False, reason="maybe_person")


# Damm's quasigroup of order 10: its one check digit catches every wrong digit and every swap of neighbours.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip
_REGISTRY_ID = re.compile(r"mx[\s\-]*(\d{1,12})[\s\-]+(\d)|mx[\s\-]*(\d{6,12})(\d)")


def make_registry_id(number: int) -> str:
    """The public identifier of a subject: 4127 is "MX-004127-0"; at least six digits, then a check digit.

    No province inside: provinces are merged and renamed, an identifier never changes.
    """
    if number < 1:
        raise ValueError("A registry number starts at 1.")
    digits = f"{number:06d}"
    return f"MX-{digits}-{_damm(digits)}"


def parse_registry_id(text: str) -> int | None:
    """The number behind an identifier, however typed ("mx 004127 0", "MX0041270"); None when it is none."""
    match = _REGISTRY_ID.fullmatch(fold(text).strip())
    if not match:
        return None
    digits, check = (match[1], match[2]) if match[1] else (match[3], match[4])
    return int(digits) or None if _damm(digits) == check else None


def _damm(digits: str) -> str:
    interim = "0"
    for digit in digits:
        interim = _DAMM[int(interim)][int(digit)]
    return interim
