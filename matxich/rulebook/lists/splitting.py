"""Many values in one cell: certificates, products, phones, apart without tearing what belongs together."""

import re
from collections.abc import Callable
from functools import lru_cache

_LINES = re.compile(r"[\n\r;|•●▪■◦·]+|(?:^|\s)[-–+*](?=\s)")
_BULLET = re.compile(r"^\s*(?:[-–+*•]|\d{1,2}[.)](?=\s))\s*")
_COMMA = re.compile(r",(?!\d)|(?<!\d),(?=\d)|,(?=\s)")
_LEGAL_TAIL = re.compile(r"(?i)\s*(?:ltd|inc|jsc|llc|corp|co\.?|limited|plc|gmbh|s\.a)\b\.?")
_AND = re.compile(r"\s+(?:và|&|and)\s+|\s/\s|,|(?<=\d)\s+(?=(?:ISO|IATF|HACCP|OHSAS|TCVN|SA)\b)")
_BARE_STANDARD = re.compile(r"\d{4,5}(?:[:\-–]\d{4})?")
_SCHEME = re.compile(r"(ISO(?:/(?:IEC|TS))?|TCVN(?: ISO)?|IATF|OHSAS|AS|SA)\b[\s\-:]*\d", re.IGNORECASE)
_CODES = re.compile(r"[^\w.]+")
_PHONE_LISTS = re.compile(r"[;,\n\r|]+")
_PHONE_PARTS = re.compile(r"(\s*/\s*|\s*[-–]\s*|\s+)")
_EXTENSION = re.compile(r"(?:ext|máy(?: lẻ)?|nhánh|số(?: lẻ)?)[.:]?$", re.IGNORECASE)
_COMPLETE, _WITHOUT_AREA = 9, 7
_ADDRESSES = re.compile(r"[;,\s|]+")


@lru_cache(maxsize=1 << 15)
def items(code: str, text: str) -> tuple[str, ...]:
    """The values of one cell of a list field, in order, each once: ("ISO 9001:2015", "IATF 16949")."""
    found = _SPLITTERS.get(code, _by_lines)(text)
    return tuple(dict.fromkeys(cleaned for item in found if (cleaned := _BULLET.sub("", item).strip(" \t,.;-–"))))


def phones(text: str) -> list[str]:
    """The numbers of one cell, each as written: "0900 000 001" is one, "0225.3822111 - 0912 345 678" two.

    A number goes on until its digits are enough and another can begin; "/112" after a whole number and "ext 12"
    stay with it. Words stay with the number they stand before.
    """
    found = [number for piece in _PHONE_LISTS.split(text) for number in _numbers(piece)]
    return [cleaned for number in found if (cleaned := number.strip(" .,;:-–/\t"))]


def _numbers(piece: str) -> list[str]:
    """Groups of digits gathered into numbers; what holds no digit stays with its neighbour."""
    first, *rest = _PHONE_PARTS.split(piece)
    numbers = [first]
    for mark, group in zip(rest[::2], rest[1::2], strict=True):
        if _begins_another(numbers[-1], mark, group):
            numbers.append(group)
        else:
            numbers[-1] += mark + group
    if len(numbers) > 1 and not _digits(numbers[-1]):
        numbers[-2:] = [" ".join(numbers[-2:])]
    return numbers


def _begins_another(so_far: str, mark: str, group: str) -> bool:
    parted, digits = mark.strip(), _digits(group)
    enough = _WITHOUT_AREA if parted == "/" else _COMPLETE
    if _digits(so_far) < enough or _EXTENSION.search(so_far):
        return False
    if not digits:
        return bool(parted) and group.isalpha() and not _EXTENSION.match(group)
    return group.startswith(("0", "(0", "+")) or digits >= _WITHOUT_AREA


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def emails(text: str) -> list[str]:
    return [part for piece in _ADDRESSES.split(text) if (part := piece.strip("<>().,;:"))]


def _by_lines(text: str) -> list[str]:
    return outside_parentheses(text, _LINES)


def _by_commas(text: str) -> list[str]:
    """Lines and commas; "Canon Việt Nam Co., Ltd" and "0,5 mm" stay whole."""
    parts: list[str] = []
    for line in _by_lines(text):
        for at, piece in enumerate(outside_parentheses(line, _COMMA)):
            if at and parts and _LEGAL_TAIL.match(piece):
                parts[-1] += "," + piece
            else:
                parts.append(piece)
    return parts


def _standards(text: str) -> list[str]:
    """ "ISO 9001, 14001 và IATF 16949": a bare number takes the scheme before it."""
    parts: list[str] = []
    scheme = ""
    for line in _by_lines(text):
        for piece in outside_parentheses(line, _AND):
            stated = piece.strip()
            if scheme and _BARE_STANDARD.fullmatch(stated):
                stated = f"{scheme} {stated}"
            elif match := _SCHEME.match(stated):
                scheme = match[1].upper()
            parts.append(stated)
    return parts


def _codes(text: str) -> list[str]:
    return [part for part in _CODES.split(text) if any(map(str.isdigit, part))] or _by_lines(text)


def outside_parentheses(text: str, mark: re.Pattern[str]) -> list[str]:
    """Split at a mark, but not between parentheses."""
    if "(" not in text:
        return mark.split(text)
    parts, start, depth = [], 0, 0
    for match in re.finditer(rf"[()]|{mark.pattern}", text):
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth = max(depth - 1, 0)
        elif not depth:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


_SPLITTERS: dict[str, Callable[[str], list[str]]] = {
    "certificates": _standards,
    "vsic": _codes,
    "hs": _codes,
    **dict.fromkeys(
        ("products", "processes", "materials", "machines", "customers", "markets", "investor_country"), _by_commas
    ),
}
