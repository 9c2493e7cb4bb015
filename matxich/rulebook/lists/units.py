"""Units written in headers, titles and cells: "Doanh thu (tỷ đồng)", "VĐT tr.USD", "ĐVT: triệu đồng"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from matxich.rulebook.vietnamese.text import fold

_SCALES = {
    "nghin": 10**3, "ngan": 10**3, "k": 10**3, "thousand": 10**3,
    "trieu": 10**6, "tr": 10**6, "million": 10**6, "mil": 10**6, "mn": 10**6, "m": 10**6,
    "ty": 10**9, "ti": 10**9, "billion": 10**9, "bn": 10**9, "b": 10**9,
    "nghin ty": 10**12, "ngan ty": 10**12, "tram trieu": 10**8, "chuc trieu": 10**7,
}  # fmt: skip
_CURRENCIES = {
    "dong": "VND", "vnd": "VND", "vn dong": "VND", "d": "VND", "usd": "USD", "us$": "USD", "$": "USD",
    "do la": "USD", "do la my": "USD", "my kim": "USD", "jpy": "JPY", "yen": "JPY", "yen nhat": "JPY",
    "eur": "EUR", "euro": "EUR", "krw": "KRW", "won": "KRW", "cny": "CNY", "rmb": "CNY", "nhan dan te": "CNY",
}  # fmt: skip
_OTHERS = {
    "%": "percent", "phan tram": "percent",
    "nguoi": "people", "lao dong": "people", "cong nhan": "people", "persons": "people", "people": "people",
    "m2": "area", "ha": "area", "tan": "amount", "chiec": "amount", "cai": "amount", "mm": "length", "μm": "length",
}  # fmt: skip


def _any(known: dict[str, int] | dict[str, str]) -> str:
    return "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))


_SEPARATED = r"[\s.]*"
_MONEY = rf"(?:(?P<scale>{_any(_SCALES)}){_SEPARATED})?(?P<currency>{_any(_CURRENCIES)})|(?P<bare>{_any(_SCALES)})"
_UNIT = re.compile(rf"(?:(?:dvt|don vi(?: tinh)?|unit)\s*[:\-]?\s*)?(?:{_MONEY}|(?P<other>{_any(_OTHERS)}))\.?")
_PARENTHESES = re.compile(r"[(\[{]([^()\[\]{}]{1,40})[)\]}]")
# Without parentheses only whole words count: the "KD" of "Ngành nghề KD" is no thousand đồng.
_TAIL = re.compile(
    r"[\s,;:/\-]+(?P<unit>(?:nghin|ngan|trieu|tr|ty|ti|million|billion)[\s.]*(?:dong|vnd|usd)|usd|vnd|%)\s*$"
)
_DECLARED = re.compile(rf"(?:dvt|don vi(?: tinh)?|unit)\s*[:\-]\s*(?P<unit>(?:{_MONEY}))\b")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d|19[89]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written (`text`) and what it means: `kind` is money, percent, people, area, amount or length.

    For money one unit is `scale` of `currency`; currency is None where only "triệu" or "tỷ" is said.
    """

    kind: str
    text: str
    scale: int = 1
    currency: str | None = None


def read_unit(text: str) -> Unit | None:
    """The unit that is the whole text: "tỷ đồng", "tr.USD", "%", "ĐVT: triệu đồng"; None when it is none."""
    match = _UNIT.fullmatch(" ".join(fold(text).split()))
    return _unit(match, text.strip()) if match else None


def _unit(match: re.Match[str], text: str) -> Unit:
    if other := match.groupdict().get("other"):
        return Unit(_OTHERS[other], text)
    scale, currency, bare = match["scale"], match["currency"], match["bare"]
    return Unit("money", text, _SCALES.get(scale or bare or "", 1), _CURRENCIES.get(currency or ""))


@lru_cache(maxsize=4096)
def split_header(header: str) -> tuple[str, Unit | None, int | None]:
    """A header as (name without its unit, unit, year it speaks of): "Doanh thu 2023 (tỷ đồng)".

    Parentheses that hold no unit stay: "Địa chỉ (nhà máy)".
    """
    unit = None
    name = header
    for match in _PARENTHESES.finditer(header):
        if found := read_unit(match[1]):
            unit, name = found, name.replace(match[0], " ")
    if unit is None and (tail := _TAIL.search(fold(header))):
        unit = read_unit(tail["unit"])
        name = header[: tail.start()] if len(fold(header)) == len(header) else header
    year = _YEAR.search(name)
    if year:
        name = re.sub(r"(?i)(?:năm|nam|year|in)?\s*\b" + year[1], " ", name)
    return " ".join(name.split()) or header, unit, int(year[1]) if year else None


def declared_unit(text: str) -> Unit | None:
    """The unit a title line sets for the whole table: "Đơn vị tính: triệu đồng"."""
    match = _DECLARED.search(" ".join(fold(text).split()))
    return _unit(match, match["unit"]) if match else None
