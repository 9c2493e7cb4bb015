"""HS and VSIC codes by their shape, the chapters and divisions that exist, and the edition a code belongs to.

HS: World Customs Organization, chapters 01 to 97, 77 reserved; national lines have eight digits (ASEAN's AHTN).
VSIC: QĐ 10/2007/QĐ-TTg, QĐ 27/2018/QĐ-TTg, QĐ 36/2025/QĐ-TTg (in force from 15/11/2025); two to five digits.
"""

import re
from typing import Any

from matxich.rulebook.vietnamese.text import fold

EDITIONS = ("2007", "2018", "2025")
_HS = re.compile(r"(?:(?:ma )?hs\s*[:.]?\s*)?([0-9]{4})(?:[. ]?([0-9]{2})(?:[. ]?([0-9]{2}))?)?")
_VSIC = re.compile(
    r"(?:(?:ma )?(?:vsic|nganh)\s*[:.]?\s*)?(?P<section>[a-v])?(?P<code>[0-9]{2,5})"
    r"(?:(?:\s*[(,/]\s*|\s+)(?:vsic\s*)?(?:ban\s*)?(?P<edition>2007|2018|2025)\s*\)?)?"
)
# Two-digit divisions that no edition has.
_NO_DIVISION = frozenset(("00", "04", "34", "40", "44", "48", "54", "57", "67", "76", "83", "89"))
_NO_DIVISION_2025 = _NO_DIVISION | {"45"}  # sale and repair of vehicles moved into trade and repair


def parse_hs(text: str) -> str | None:
    """4, 6 or 8 digits without marks: "8708.29.95" is "87082995"; None for any other shape."""
    match = _HS.fullmatch(fold(text).strip())
    return "".join(filter(None, match.groups())) if match else None


def has_chapter(code: str) -> bool:
    return "01" <= code[:2] <= "97" and code[:2] != "77"


def format_hs(code: str) -> str:
    """The dotted form: "87082995" is "8708.29.95"."""
    return ".".join(part for part in (code[:4], code[4:6], code[6:]) if part)


def parse_vsic(text: str) -> dict[str, str] | None:
    """The code and, when it is stated, the edition: "25910 (2018)". A section's letter in front is dropped."""
    match = _VSIC.fullmatch(fold(text).strip())
    if not match:
        return None
    return {"code": match["code"]} | ({"edition": match["edition"]} if match["edition"] else {})


def is_vsic(code: Any) -> bool:
    return isinstance(code, str) and bool(re.fullmatch("[0-9]{2,5}", code))


def has_division(code: str, edition: str | None) -> bool:
    """Whether the first two digits are a division of the edition, of any when it is not known."""
    return code[:2] not in (_NO_DIVISION_2025 if edition == "2025" else _NO_DIVISION)
