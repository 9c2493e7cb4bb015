"""How an administrative paper looks: decree 30/2020/NĐ-CP, Appendix I (05/03/2020). Sizes in points, lengths in mm."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

FONT = "Times New Roman"
"""Part I, clause 3: Unicode TCVN 6909:2001, black."""


@dataclass(frozen=True, slots=True)
class Page:
    """Part I, clauses 1, 2 and 4. A table too wide may lie across the page."""

    width: float = 210
    height: float = 297
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15


PAGE = Page()
LEFT_COLUMN, RIGHT_COLUMN = 68.0, 97.0
"""The two halves of the head; together the width of the text."""

SIZES = {
    "nation": 12,
    "motto": 13,
    "parent": 12,
    "issuer": 12,
    "number": 13,
    "place_date": 13,
    "kind": 14,
    "subject": 14,
    "letter_subject": 12,
    "basis": 14,
    "body": 14,
    "table": 12,
    "authority": 14,
    "signer": 14,
    "addressee": 14,
    "distribution_head": 12,
    "distribution": 11,
    "appendix": 14,
    "page_number": 14,
    "drafter": 11,
    "code": 9,
}

SMALLEST_TABLE = 8
"""What is still read on paper; a table that needs less is too wide for its page."""

ALLOWED: dict[str, tuple[int, int]] = {
    "nation": (12, 13),
    "motto": (13, 14),
    "parent": (12, 13),
    "issuer": (12, 13),
    "number": (13, 13),
    "place_date": (13, 14),
    "kind": (13, 14),
    "subject": (13, 14),
    "letter_subject": (12, 13),
    "basis": (13, 14),
    "body": (13, 14),
    "authority": (13, 14),
    "signer": (13, 14),
    "addressee": (13, 14),
    "distribution_head": (12, 12),
    "distribution": (11, 11),
    "appendix": (14, 14),
    "page_number": (13, 14),
    "drafter": (11, 11),
}
"""Part II and Part V: the least and the greatest size of each element; tables have none of their own."""

FIRST_LINE = 12.7
"""Part II, clause 6: a paragraph begins 1 or 1.27 cm further in."""
PARAGRAPH_GAP = 6
"""At least 6 pt between paragraphs."""
LINE_SPACING = 1.15
"""From single to one and a half."""
SHORT_RULE = 0.4
"""Of the line above it: from a third to a half."""

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SUBJECT_OF_LETTER = "V/v"
TO = "Kính gửi:"
RECIPIENTS = "Nơi nhận:"
APPENDIX = "Phụ lục"
ARTICLE = "Điều"
END = "./."
DRAFT = "Dự thảo, chưa ban hành"
CHECK = "Mã tra cứu {code}. Kiểm tra tại {url}"
"""Ours: what stands at the foot; the decree has no code."""
YES, NO = "có", "không"

BEHALF = "TM."
"""On behalf of a body that decides together."""
DEPUTY = "KT."
"""A deputy signs for the head (thay mặt người đứng đầu ký thay)."""
ORDER = "TL."
"""By the head's order."""
MANDATE = "TUQ."
"""By a written mandate of the head, for a limited time."""
CHARGE = "Q."
"""In charge of the office for the time being."""

GIVEN_ELSEWHERE = re.compile(r"\d{1,6}[A-Za-zÀ-ỹĐđ]?/[\wÀ-ỹĐđ.&-]{2,50}")
"""A number with its symbol, 1234/QĐ-UBND."""

POINTS = "abcdđeghiklmnopqrstuvxy"


def number_and_symbol(number: int | None, symbol: str, *, elsewhere: str = "") -> str:
    """ "Số: 05/QĐ-SCT": a number below 10 takes a zero; room is left where the clerk has given none yet."""
    if number is None and not elsewhere:
        return f"Số:        /{symbol}"
    return f"Số: {number_alone(number, symbol, elsewhere=elsewhere)}"


def number_alone(number: int | None, symbol: str, *, elsewhere: str = "") -> str:
    """As people quote it, 05/QĐ-SCT; "" while there is none."""
    if elsewhere or number is None:
        return elsewhere
    return f"{number:02d}/{symbol}"


def place_and_date(place: str, on: date | None, year: int) -> str:
    """ "Hải Phòng, ngày 05 tháng 01 năm 2026": days below 10 and months 1 and 2 take a zero."""
    if on is None:
        return f"{place}, ngày      tháng      năm {year}"
    return f"{place}, {day_of(on)}"


def day_of(on: date) -> str:
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def roman(number: int) -> str:
    """Appendices and parts are counted so."""
    marks = (
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    written = ""
    for value, mark in marks:
        while number >= value:
            written, number = written + mark, number - value
    return written


def bases(lines: Iterable[str]) -> tuple[str, ...]:
    """Each ground ends with a semicolon, the last with a full stop."""
    return _closed(lines, "", "; ")


def recipients(lines: Iterable[str]) -> tuple[str, ...]:
    """Each recipient begins with a dash and ends with a semicolon, the last with a full stop."""
    return _closed(lines, "- ", ";")


def _closed(lines: Iterable[str], before: str, after: str) -> tuple[str, ...]:
    bare = [line.strip().lstrip("-–").strip().rstrip(";.,").rstrip() for line in lines if line.strip()]
    return tuple(f"{before}{line}{after.strip()}" for line in bare[:-1]) + tuple(
        f"{before}{bare[-1]}." for _ in bare[:1]
    )


def with_paper(number: str, on: date | None, year: int, issuer: str) -> str:
    """The line under an appendix's title that says which paper it belongs to."""
    day = day_of(on) if on else f"ngày      tháng      năm {year}"
    numbered = f"{number.replace('Số:', 'số').strip()} " if number else ""
    return f"(Kèm theo văn bản {numbered}{day} của {issuer})"
