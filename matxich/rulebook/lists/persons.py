"""Columns of persons' numbers: a citizen's twelve digits (CCCD) or the nine of an identity card before it (CMND)."""

import re
from collections.abc import Iterable

from matxich.rulebook.identifiers import parse_tax_code
from matxich.rulebook.lists.grid import Value, shown
from matxich.rulebook.vietnamese.text import fold

_SAYS_SO = re.compile(
    r"\b(?:cccd|cmn?d|cmtnd|can cuoc|chung minh (?:nhan dan|thu)"
    r"|(?:so|ma) dinh danh(?! (?:doanh nghiep|dn|to chuc|co quan)))\b"
)
_SEPARATORS = re.compile(r"[\s.\-]+")
_NUMBER = re.compile(r"\d(?:[\s.\-]?\d){6,11}")
_CITIZEN, _CARD = 12, 9


def names_persons_numbers(header: str) -> bool:
    """Does the header say that people's own numbers stand below it?"""
    return bool(_SAYS_SO.search(fold(header)))


def holds_persons_numbers(header: str, values: Iterable[Value]) -> bool:
    """By its header, or because more than half of its filled cells are valid citizens' numbers."""
    if names_persons_numbers(header):
        return True
    filled = [value for value in values if value is not None]
    return 2 * sum(_is_citizen(shown(value)) for value in filled) > len(filled)


def persons_number(text: str) -> str:
    """The first number in a cell of such a column, "" when there is none.

    A spreadsheet drops zeros in front: ten or eleven digits are a citizen's number, seven or eight a card's.
    """
    found = _NUMBER.search(text)
    if not found:
        return ""
    digits = _SEPARATORS.sub("", found[0])
    return digits.zfill(_CARD if len(digits) <= _CARD else _CITIZEN)


def _is_citizen(text: str) -> bool:
    digits = _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) in (_CITIZEN - 1, _CITIZEN)):
        return False
    return parse_tax_code(digits.zfill(_CITIZEN)).kind == "person"
