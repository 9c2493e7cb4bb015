"""What the values of a column look like: shares of values that fit each field."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from matxich.rulebook.identifiers import parse_tax_code
from matxich.rulebook.lists.grid import Value, shown
from matxich.rulebook.lists.shapes import is_legal_name, plain

SAMPLE = 400
LONGEST = 300  # characters of a value that are looked at

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:\(?\+?84\)?[\s.\-]*|\(?0)(?:[235789])\d?\)?(?:[\s.\-]?\d){7,9}(?!\d)")
_URL = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|biz|jp|kr)(?:/\S*)?")
_ADDRESS = re.compile(
    r"\b(?:kcn|ccn|kcx|khu cong nghiep|cum cong nghiep|duong|pho|phuong|quan|huyen|tinh|thi xa|thi tran|thon"
    r"|to dan pho|ap|xa|tp|lo|so nha"
    r"|street|road|district|ward|province|city|industrial (?:park|zone)|lot|village|commune)\b"
)
_CERTIFICATE = re.compile(
    r"\b(?:iso|iatf|ts ?16949|haccp|gmp|ohsas|qs ?9000|as ?9100|nadcap|rohs|reach|tcvn|jis|ce|ul"
    r"|fda|brc|fssc|sa ?8000|bsci|5s)\b"
)
_YEAR_RANGE = range(1900, 2100)
_NUMBER = re.compile(r"[-+]?[\d.,\s]*\d[\d.,\s]*%?")
_MACHINE = re.compile(r"\b(?:may|cnc|phay|tien|dap|ep|may cat|mig|tig|robot|press|lathe|mill|ton|tan)\b")
_PROCESS = re.compile(
    r"\b(?:gia cong|dap|duc|ma|son|ep|phay|tien|mai|cat|han|nhiet luyen|khuon|lap rap|cnc|det|nhuom|may)\b"
)
_MATERIAL = re.compile(
    r"\b(?:thep|nhom|dong|inox|nhua|cao su|gang|sus\w*|abs|pp|pe|pvc|kem|composite|steel|alumini?um|plastic|rubber)\b"
)
_COUNTRY = re.compile(
    r"(?:vn|viet ?nam|nhat(?: ban)?|han quoc|trung quoc|dai loan|my|duc|japan|korea|china|taiwan"
    r"|singapore|thai lan|[a-z]{2})\b.{0,30}"
)
_VSIC = re.compile(r"[a-u]?\d{4,5}(?:[\s;,]+[a-u]?\d{4,5})*")
_PROVINCE = re.compile(
    r"(?:(?:tinh|thanh pho|tp\.?|t\.)\s*)?(?:"
    r"an giang|ba ria vung tau|bac giang|bac kan|bac lieu|bac ninh|ben tre|binh dinh|binh duong|binh phuoc|"
    r"binh thuan|ca mau|can tho|cao bang|da nang|dak lak|dak nong|dien bien|dong nai|dong thap|gia lai|ha giang|"
    r"ha nam|ha noi|ha tinh|hai duong|hai phong|hau giang|hoa binh|ho chi minh|tphcm|hcm|hung yen|khanh hoa|"
    r"kien giang|kon tum|lai chau|lam dong|lang son|lao cai|long an|nam dinh|nghe an|ninh binh|ninh thuan|"
    r"phu tho|phu yen|quang binh|quang nam|quang ngai|quang ninh|quang tri|soc trang|son la|tay ninh|thai binh|"
    r"thai nguyen|thanh hoa|thua thien hue|hue|tien giang|tra vinh|tuyen quang|vinh long|vinh phuc|yen bai)"
)


def sample(values: Sequence[Value]) -> list[Value]:
    """At most SAMPLE filled values, the first half from the top, the rest spread over the column."""
    filled: list[Value] = [value for value in values if value is not None]
    if len(filled) <= SAMPLE:
        return filled
    half = SAMPLE // 2
    step = (len(filled) - half) / half
    return filled[:half] + [filled[half + int(at * step)] for at in range(half)]


class Content:
    """A column's sampled values, asked how well they fit a field."""

    def __init__(self, values: Sequence[Value]) -> None:
        self.values = sample(values)
        self.plain = [plain(shown(value)[:LONGEST].strip()) for value in self.values]
        self._fits: dict[str, float] = {}

    @property
    def count(self) -> int:
        return len(self.values)

    def share(self, test: Callable[[str], object]) -> float:
        return sum(bool(test(text)) for text in self.plain) / len(self.plain) if self.plain else 0.0

    def numbers(self) -> float:
        """Share of figures, written as numbers or as text."""
        return self.share(_NUMBER.fullmatch)

    def fit(self, code: str) -> float:
        """How well the values fit a field, 0 to 1; fields whose content proves nothing fit 0."""
        if code not in self._fits:
            judge = _JUDGES.get(code)
            self._fits[code] = judge(self) if judge and self.values else 0.0
        return self._fits[code]

    def is_sequence(self) -> bool:
        """1, 2, 3, … as an order column counts, new starts included."""
        whole = [int(text) for text in self.plain[: SAMPLE // 2] if text.isdecimal() and len(text) < 8]
        steps = sum(b - a == 1 or b == 1 for a, b in pairwise(whole))
        return (
            len(whole) >= max(3, 0.8 * len(self.plain[: SAMPLE // 2]))
            and whole[0] <= 1
            and steps >= 0.9 * (len(whole) - 1)
        )

    def contradicts(self, kind: str) -> float | None:
        """The share of values that could be of this kind, when it is too low to believe; else None."""
        possible = {
            "integer": self.numeric, "money": self.numeric, "number": self.numeric, "percent": self.numeric,
            "year": self.yearly, "tax_code": self.digital, "email": lambda: self.share(_EMAIL.search),
            "phone": lambda: self.share(_telephonic),
            "name": self.worded, "address": self.worded, "list": self.worded,
        }.get(kind)  # fmt: skip
        if possible is None or self.count < 3:
            return None
        share = possible()
        return share if share < 0.3 else None

    def numeric(self) -> float:
        return self.share(lambda text: any(map(str.isdigit, text[:12])) and len(text) < 40)

    def yearly(self) -> float:
        return sum(_speaks_of_year(v, t) for v, t in zip(self.values, self.plain, strict=True)) / len(self.values)

    def digital(self) -> float:
        return self.share(lambda text: sum(map(str.isdigit, text)) >= 7)

    def worded(self) -> float:
        return self.share(lambda text: any(map(str.isalpha, text)))


def _telephonic(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= 6


def _speaks_of_year(value: Value, text: str) -> bool:
    return isinstance(value, date) or bool(re.search(r"(?:19|20)\d\d", text))


def _tax_code(content: Content) -> float:
    digits = [text for text in content.plain if 9 <= sum(map(str.isdigit, text)) <= 14]
    if len(digits) * 2 < content.count:
        return 0.0
    return sum(parse_tax_code(text).valid for text in digits) / content.count


def _phone(content: Content) -> float:
    return 0.0 if content.fit("tax_code") > 0.5 else content.share(_PHONE.search)


def _year(content: Content) -> float:
    return content.share(lambda text: text.isdecimal() and int(text[:9]) in _YEAR_RANGE)


def _name(content: Content) -> float:
    return content.share(lambda text: len(text) < 200 and is_legal_name(text))


def _address(content: Content) -> float:
    return content.share(lambda text: len(text) > 8 and _ADDRESS.search(text)) if content.fit("name") < 0.5 else 0.0


def _province(content: Content) -> float:
    return content.share(lambda text: _PROVINCE.fullmatch(" ".join(text.replace("-", " ").split())))


def _vsic(content: Content) -> float:
    if content.fit("year_founded") > 0.5:
        return 0.0
    return 0.4 * content.share(_VSIC.fullmatch)


def _words(pattern: re.Pattern[str]) -> Callable[[Content], float]:
    return lambda content: content.share(lambda text: len(text) < 400 and pattern.search(text)) * 0.5


_JUDGES: dict[str, Callable[[Content], float]] = {
    "order_number": lambda content: float(content.is_sequence()),
    "tax_code": _tax_code,
    "email": lambda content: content.share(_EMAIL.search),
    "phone": _phone,
    "website": lambda content: content.share(lambda text: "@" not in text and _URL.fullmatch(text)),
    "year_founded": lambda content: 0.55 * _year(content),
    "name": _name,
    "address": _address,
    "site_address": _address,
    "province": _province,
    "country": lambda content: 0.5 * content.share(_COUNTRY.fullmatch),
    "certificates": lambda content: content.share(_CERTIFICATE.search),
    "vsic": _vsic,
    "machines": _words(_MACHINE),
    "processes": _words(_PROCESS),
    "materials": _words(_MATERIAL),
}
CERTAIN = ("tax_code", "email", "website", "phone", "name", "address", "province", "certificates", "order_number")
