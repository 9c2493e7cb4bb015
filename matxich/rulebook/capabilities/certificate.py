"""Certificates: scheme, number, body, scope and a half-open validity; whether one counts on a date."""

import re
from datetime import date
from typing import Literal

from matxich.rulebook.capabilities import bodies
from matxich.rulebook.capabilities.figures import end_after, first_day
from matxich.rulebook.capabilities.model import SEPARATOR, Field, Found, Language, Part, Problem, Value
from matxich.rulebook.capabilities.parts import to_text
from matxich.rulebook.capabilities.scanning import Scan
from matxich.rulebook.lists.splitting import items

Status = Literal["valid", "expired", "not_yet", "unknown"]
STATUSES: dict[Status, tuple[str, str]] = {
    "valid": ("còn hiệu lực", "valid"),
    "expired": ("hết hiệu lực", "expired"),
    "not_yet": ("chưa có hiệu lực", "not yet valid"),
    "unknown": ("chưa rõ hiệu lực", "validity unknown"),
}
_DATE = (
    r"(?:[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:[0-9]{4}|[0-9]{2})|[0-9]{4}[/.\-][0-9]{1,2}[/.\-][0-9]{1,2}"
    r"|[0-9]{1,2} thang [0-9]{1,2},? nam [0-9]{4}|(?:thang )?[0-9]{1,2}[/\-][0-9]{4}|(?:nam )?[0-9]{4})(?![0-9/])"
)
_PERIOD = re.compile(
    rf"(?<![a-z0-9])(?:(?:co )?hieu luc|thoi han|valid(?:ity)?)?\s*(?:tu|from|:)\s*(?:ngay\s*)?(?P<first>{_DATE})"
    rf"\s*(?:-|~|den|to|until|toi)\s*(?:het\s*)?(?:ngay\s*)?(?P<last>{_DATE})"
)
_BEFORE = re.compile(rf"(?<![a-z0-9])(?:truoc|before)\s*(?:ngay\s*)?(?P<last>{_DATE})")
_END = re.compile(
    r"(?<![a-z0-9])(?:(?:co )?(?:hieu luc|gia tri|thoi han|han(?: su dung)?)\s*[:.]?\s*(?:den|toi|:)"
    r"|het (?:hieu luc|han)|ngay het han|den|toi|hsd|valid (?:until|to|through)|expir(?:es|y|y date|ation)(?: on)?"
    r"|until|exp)"
    rf"\s*[:.]?\s*(?:het\s*)?(?:ngay\s*)?(?P<last>{_DATE})"
)
_START = re.compile(
    rf"(?<![a-z0-9])(?:(?:co )?(?:hieu luc|gia tri)\s*(?:tu)?|tu|valid from|from)\s*[:.]?\s*(?:ngay\s*)?"
    rf"(?P<first>{_DATE})"
)
_ISSUED = re.compile(
    rf"(?<![a-z0-9])(?:ngay cap|cap(?: lan dau)?|ban hanh|issued?(?: on)?|certified)\s*[:.]?\s*"
    rf"(?:ngay\s*|nam\s*)?(?P<day>{_DATE})"
)
_YEARS = re.compile(r"\(\s*(?P<first>(?:19|20)[0-9]{2})\s*(?:-|~|den)\s*(?P<last>(?:19|20)[0-9]{2})\s*\)")
_NUMBER = re.compile(
    r"(?<![a-z0-9])(?:so (?:chung nhan|chung chi|gcn|cc|hieu)|ma so|so|certificate no|cert\.? no|no|number|gcn so)"
    r"\s*[:.°#]?\s*(?P<number>(?=[a-z\-/]{0,12}[0-9])[a-z0-9][a-z0-9./\-]*(?: (?=[0-9])[0-9][0-9./\-]*)*)"
)
_SCOPE = re.compile(r"(?<![a-z0-9])(?:pham vi(?: (?:ap dung|chung nhan))?|scope)\s*[:.]\s*(?P<scope>[^\x1f·;)]+)")
_BODY_LEAD = re.compile(r"(?:do|boi|to chuc(?: chung nhan)?|don vi cap|cap boi|by|issued by|body)\s*[:.]?\s*$")
_BODY_TAIL = re.compile(
    r"\s*(?:cap|chung nhan|certified|viet nam|vietnam|vn)(?![a-z0-9])(?!\s*(?:[:.]|ngay|nam|[0-9]))"
)


def status(certificate: Value, on: date) -> Status:
    """Whether it counts at the end of a day. Without a known end its validity is unknown, unless it has not begun.

    Validity is half-open: `valid_to` is the first day it no longer counts. One stated by its end alone is taken to
    have begun on the day it was issued, or long ago.
    """
    start = certificate.get("valid_from") or certificate.get("issued")
    end = certificate.get("valid_to")
    if start and on.isoformat() < start:
        return "not_yet"
    if not end:
        return "unknown"
    return "valid" if on.isoformat() < end else "expired"


def _read(text: str, found: Found) -> None:
    if SEPARATOR in text or _PERIOD.search(Scan(text).folded):
        _one(text, found)
        return
    pieces: list[str] = []
    for item in items("certificates", text):
        if pieces and _is_detail(item):
            pieces[-1] += f", {item}"
        else:
            pieces.append(item)
    # Splitting drops an item said twice and marks between items, never a word said once.
    for piece in pieces:
        _one(piece, found)


def _is_detail(item: str) -> bool:
    """A date, a number or a body of the certificate before, no scheme."""
    folded = Scan(item).folded
    patterns = (_END, _START, _ISSUED, _BEFORE, _SCOPE, _NUMBER)
    return any(match and not folded[: match.start()].strip() for match in (one.search(folded) for one in patterns)) or (
        bodies.body_name(item) is not None
    )


def _one(text: str, found: Found) -> None:
    scan = Scan(text)
    value: Value = {}
    if scope := scan.take_written(_SCOPE, "scope"):
        value["scope"] = scope.strip(" .,")
    _take_validity(scan, value, found)
    if match := scan.find(_NUMBER):
        value["number"] = scan.written(match, "number")
        scan.cut(*match.span())
    _take_body(scan, value)
    rest = scan.rest("()")
    rest = [part for piece in rest for part in piece.split(SEPARATOR)]
    if rest and "body" in value and not any(map(str.isalpha, rest[0])):
        # A standard named after its body: "UL 94".
        rest[0] = f"{value.pop('body')} {rest[0]}"
    if rest:
        value["text"] = rest[0]
        found.leave(rest[1:])
        found.values.append(dict(sorted(value.items())))
    elif "body" in value:
        # A mark named like its body: "UL".
        value["text"] = value.pop("body")
        found.values.append(dict(sorted(value.items())))
    else:
        found.warn("not_understood", text)


def _take_validity(scan: Scan, value: Value, found: Found) -> None:
    if match := scan.find(_PERIOD) or scan.find(_YEARS):
        first, last = scan.written(match, "first"), scan.written(match, "last")
        if _put(value, "valid_from", first_day(first, found)) and _put(value, "valid_to", end_after(last, found)):
            scan.cut(*match.span())
        else:
            value.pop("valid_from", None)
    for part, pattern, group in (
        ("issued", _ISSUED, "day"),
        ("valid_to", _BEFORE, "last"),
        ("valid_to", _END, "last"),
        ("valid_from", _START, "first"),
    ):
        match = scan.find(pattern) if part not in value else None
        if match is None:
            continue
        day = scan.written(match, group)
        known = end_after(day, found, inclusive=pattern is not _BEFORE) if part == "valid_to" else first_day(day, found)
        if _put(value, part, known):
            scan.cut(*match.span())


def _put(value: Value, part: str, known: str | None) -> bool:
    if known:
        value[part] = known
    return known is not None


def _take_body(scan: Scan, value: Value) -> None:
    match = scan.find(bodies.KNOWN)
    if not match:
        return
    name = bodies.body_name(match[0])
    lead = _BODY_LEAD.search(scan.folded[: match.start()])
    tail = _BODY_TAIL.match(scan.folded, match.end())
    value["body"] = name
    scan.cut(lead.start() if lead else match.start(), tail.end() if tail else match.end())


def _plain(value: Value, language: Language) -> str:
    vi = language == "vi"
    words = {
        "body": "{}",
        "number": "số {}" if vi else "No. {}",
        "issued": "cấp ngày {}" if vi else "issued {}",
        "valid_from": "hiệu lực từ {}" if vi else "valid from {}",
        "valid_to": "đến hết ngày {}" if vi else "valid until {}",
        "scope": "phạm vi: {}" if vi else "scope: {}",
    }
    details = [
        phrase.format(to_text(FIELD.part(code), value[code], language))
        for code, phrase in words.items()
        if code in value
    ]
    return SEPARATOR.join([value.get("text", ""), *details])


def _faults(value: Value, latest_year: int) -> list[Problem]:
    problems = []
    if value.get("valid_from", "") >= value.get("valid_to", "9999"):
        problems.append(Problem("reversed", "valid_to"))
    if value.get("issued", "") >= value.get("valid_to", "9999"):
        problems.append(Problem("reversed", "issued"))
    return problems


PARTS = (
    Part("concept", "Mã phân loại", "Concept", "code", silent=True),
    Part("text", "Chứng chỉ", "Certificate", "text", required=True),
    Part("number", "Số chứng nhận", "Number", "text"),
    Part("body", "Tổ chức chứng nhận", "Certification body", "text"),
    Part("scope", "Phạm vi chứng nhận", "Certified scope", "text"),
    Part("issued", "Ngày cấp", "Issued on", "date"),
    Part("valid_from", "Có hiệu lực từ", "In force from", "date"),
    Part("valid_to", "Ngày cuối có hiệu lực", "Last day in force", "until"),
)
FIELD = Field(
    "certificate", "certificates", True, "Chứng chỉ", "Certificates", "capability", "public", 9,
    PARTS, _read, _plain, _faults,
)  # fmt: skip
