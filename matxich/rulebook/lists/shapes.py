"""What a row looks like, judged alone: header, numbering, total, signature, section head."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from matxich.rulebook.lists.fields import header_fields
from matxich.rulebook.lists.grid import Value
from matxich.rulebook.lists.units import split_header
from matxich.rulebook.vietnamese.legacy import repair
from matxich.rulebook.vietnamese.text import fold, squeeze, words

LONGEST_HEADER = 160
KNOWN_HEADER = 0.6
_TOTAL = re.compile(
    r"(?:tong(?! cong ty\b| cty\b)(?: cong| so| hop)?|cong(?! ty\b)"
    r"|luy ke|grand total|sub ?-?total|total|sum)\b"
)
_TOTAL_WORD = re.compile(
    r"\d+|[ivxlc]+|[a-z]|doanh|nghiep|cong|ty|co|so|don|vi|dn|dong|muc|nhom|phan|trang|toan|bang|tinh|bo|ca|nuoc"
)
_TOTAL_OF = re.compile(r"\s*(?:[:=]|(?:nhom|muc|phan|nganh|linh vuc|tinh|huyen|tp|khu vuc|khoi)\b)")
_SIGNATURE = re.compile(
    r"(?:nguoi (?:lap|tong hop|ky|kiem tra|duyet)|can bo (?:lap|tong hop)|noi nhan"
    r"|thu truong|thu ky\b|lanh dao|giam doc|pho giam doc"
    r"|tong giam doc|truong (?:phong|ban|don vi|doan)|chu tich|pho chu tich|ke toan|xac nhan|dai dien don vi"
    r"|(?:kt|tm|tl|tuq|q)\s*\.\s*(?:ubnd|uy ban|chu tich|giam doc|tong|bo|so|cuc|truong|thu truong|ban)\b"
    r"|\(\s*(?:da )?ky\b|(?:da )?ky(?: ten|,| va\b|$)|ngay\s*[\d.…_]*\s*thang"
    r"|[\w\s]{2,30},\s*ngay\b|- ?nhu tren|- ?luu\b|prepared by|approved by)"
)
_FOOTNOTE = re.compile(r"(?:ghi chu|chu thich|luu y|nguon|note|notes|source|\(?\*+\)?)\s*[:.\s]")
_LEGAL = re.compile(
    r"(?:tong )?(?:cong ty|cty|ct tnhh|doanh nghiep|dntn|hop tac xa|htx|ho kinh doanh|hkd|co so|xi nghiep"
    r"|nha may|chi nhanh|tap doan|to hop tac|van phong dai dien|xuong|lang nghe)\b"
    r"|.*\b(?:tnhh|jsc|ltd|inc|corp|corporation|company|llc|gmbh|co\., ?ltd|factory)\b"
)
_LETTERHEAD = re.compile(
    r"cong hoa xa hoi|doc lap|ubnd|uy ban nhan dan|so cong thuong|bo cong thuong|trung tam|danh sach|bieu"
    r"|phu luc|mau so|bang\b|so:"
)
_MARKER = re.compile(
    r"\s*(?:(?P<roman>[IVXLC]+)|(?P<letter>[A-HĐK])|(?P<number>\d{1,3}(?:\.\d{1,3})*))\s*(?P<mark>[.)/:\-–]*)\s*"
)
_NUMBERING = re.compile(r"[(\[]?\s*(?:(\d{1,3})(?:\s*=.*)?|([A-Za-z]))\s*[)\]]?")
_DIGITS = re.compile(r"[\d.,\s%/-]+")


def plain(text: str) -> str:
    """Legacy encodings repaired, marks and case gone, spaces squeezed: the form all patterns here expect."""
    return " ".join(fold(repair(text).text if not text.isascii() else text).split())


@lru_cache(maxsize=4096)
def header_text(value: str) -> str:
    """A header cell as shown: repaired, one line."""
    return squeeze(repair(value).text)


@lru_cache(maxsize=4096)
def header_weight(text: str) -> float:
    """How surely a text is a known header, from 0 to 1."""
    known = header_fields(split_header(header_text(text))[0])
    return known[0][1] if known else 0.0


def filled(values: Sequence[Value]) -> list[tuple[int, Value]]:
    return [(index, value) for index, value in enumerate(values) if value is not None]


def is_number(value: Value) -> bool:
    """A number, or a text of digits only."""
    return not isinstance(value, str) or bool(_DIGITS.fullmatch(value))


def is_words(cells: Sequence[tuple[int, Value]]) -> bool:
    """Every filled cell is a short text with a letter in it."""
    return all(isinstance(v, str) and len(v) <= LONGEST_HEADER and not _DIGITS.fullmatch(v) for _, v in cells)


def known_headers(cells: Sequence[tuple[int, Value]]) -> int:
    return sum(isinstance(v, str) and len(v) <= LONGEST_HEADER and header_weight(v) >= KNOWN_HEADER for _, v in cells)


def is_header(cells: Sequence[tuple[int, Value]], inside: bool) -> bool:
    """Two or more known headers that are a fair share of an all-text row; inside a table, most of it."""
    if len(cells) < 2 or not is_words(cells):
        return False
    known = known_headers(cells)
    return known >= 2 and known >= len(cells) * (0.6 if inside else 0.4)


def is_letterhead(cells: Sequence[tuple[int, Value]]) -> bool:
    return any(isinstance(v, str) and _LETTERHEAD.match(plain(v)) for _, v in cells)


def is_numbering(cells: Sequence[tuple[int, Value]]) -> bool:
    """The row under a header that counts its columns: (1) (2) (3); A B 1 2 3; 1 2 3 … 7=5+6."""
    if len(cells) < 3:
        return False
    letters = ""
    numbers: list[int] = []
    for _, value in cells:
        match = _NUMBERING.fullmatch(str(value).strip()) if isinstance(value, int | str) else None
        if match is None or (match[2] and numbers):
            return False
        if match[1]:
            numbers.append(int(match[1]))
        else:
            letters += match[2].upper()
    counted = not numbers or (numbers[0] in (0, 1, 2) and all(b - a == 1 for a, b in pairwise(numbers)))
    return counted and "ABCDEFGHIJKLMNOPQRSTUVWXYZ".startswith(letters)


def is_total(cells: Sequence[tuple[int, Value]]) -> bool:
    """A total's word, and otherwise only figures: "Tổng Công ty May 10" is an enterprise."""
    texts = [(at, v) for at, v in cells if isinstance(v, str) and not is_number(v)]
    if not texts or len(texts) > 2 or len(str(texts[0][1])) > 80:
        return False
    label = plain(str(texts[0][1]))
    match = _TOTAL.match(label)
    if not match or not _is_sum_word(str(texts[0][1])):
        return False
    rest = label[match.end() :]
    return bool(_TOTAL_OF.match(rest)) or all(_TOTAL_WORD.fullmatch(word) for word in words(rest))


def _is_sum_word(text: str) -> bool:
    """Not "Công" or "Tòng": where marks are written at all, the first word carries those of cộng or tổng."""
    first = header_text(text).lower().strip(" .:()-").split(" ")[0]
    return first.isascii() or plain(first) not in ("cong", "tong") or first in ("cộng", "tổng")


def is_signature(cells: Sequence[tuple[int, Value]]) -> bool:
    texts = [v for _, v in cells if isinstance(v, str)]
    return len(cells) <= 3 and len(texts) == len(cells) and any(_SIGNATURE.match(plain(v)) for v in texts)


def is_footnote(cells: Sequence[tuple[int, Value]]) -> bool:
    return len(cells) == 1 and isinstance(cells[0][1], str) and bool(_FOOTNOTE.match(plain(cells[0][1]) + " "))


def is_legal_name(text: str) -> bool:
    """Whether a text looks like the name of an enterprise."""
    return bool(_LEGAL.match(plain(text)))


@dataclass(frozen=True, slots=True)
class Marker:
    """The "II." or "3.1" before a section head. `level` counts from the outermost."""

    level: int
    rest: str


def marker(text: str) -> Marker | None:
    """The numbering in front of a text, alone ("I") or followed by punctuation ("A. …", "II - …")."""
    match = _MARKER.match(text)
    if not match or not match[0].strip():
        return None
    rest = text[match.end() :].strip()
    if rest and (not match["mark"] or (match["mark"] in "-–" and not match[0][-1].isspace())):
        return None  # "V-Tech" is a name
    level = 1 if match["roman"] else 0 if match["letter"] else 2 + match["number"].count(".")
    return Marker(level, rest)
