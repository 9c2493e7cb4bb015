"""Capacity and output: "500.000 sp/tháng", "2 triệu chiếc/năm", "khoảng 3.000 bộ khuôn/năm"."""

import re
from decimal import Decimal
from itertools import pairwise

from matxich.rulebook.capabilities.figures import exact, figure, number_text
from matxich.rulebook.capabilities.model import Field, Found, Language, Part, Problem, Value
from matxich.rulebook.capabilities.scanning import COMPARATOR, DASH, NUMBER, Scan
from matxich.rulebook.vietnamese.numbers import Separator
from matxich.rulebook.vietnamese.text import fold

# Code: how it is worded in Vietnamese and English, then other folded forms.
UNITS: dict[str, tuple[str, str, str]] = {
    "piece": ("sản phẩm", "pieces", "sp|san pham|chiec|cai|pcs|pc|pieces?|products?|items?|chi tiet"),
    "tonne": ("tấn", "tonnes", "tan|tonnes?|tons?|t|mt"),
    "kg": ("kg", "kg", "kg|kgs"),
    "set": ("bộ", "sets", "bo|sets?"),
    "pair": ("đôi", "pairs", "doi|pairs?"),
    "m": ("m", "m", "m|met|metres?|meters?"),
    "m2": ("m²", "m²", "m2|met vuong|sqm"),
    "m3": ("m³", "m³", "m3|met khoi|cbm"),
    "litre": ("lít", "litres", "lit|litres?|liters?|l"),
}
PERIODS: dict[str, tuple[str, str]] = {
    "hour": ("giờ", "hour"),
    "shift": ("ca", "shift"),
    "day": ("ngày", "day"),
    "week": ("tuần", "week"),
    "month": ("tháng", "month"),
    "year": ("năm", "year"),
}
COMPARATORS: dict[str, tuple[str, str]] = {
    "≈": ("khoảng", "about"),
    ">": ("trên", "over"),
    "≥": ("ít nhất", "at least"),
    "<": ("dưới", "under"),
    "≤": ("tối đa", "up to"),
}
_PERIOD_WORDS = {
    "hour": "gio|h|hour", "shift": "ca|shift", "day": "ngay|day", "week": "tuan|week|wk",
    "month": "thang|month|mo", "year": "nam|year|yr|annum",
}  # fmt: skip
_ENGLISH = frozenset(["hour", "shift", "day", "week", "wk", "month", "mo", "year", "yr", "annum"])
_PERIOD_OF = {word: period for period, words in _PERIOD_WORDS.items() for word in words.split("|")}
_PERIOD = "|".join(sorted(_PERIOD_OF, key=len, reverse=True))
_MAGNITUDE = r"(?:nghin ty|ngan ty|nghin|ngan|trieu|tr|ty|ti|thousand|million|mil|k)(?![a-z])"
_SPACED = r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9])"
_CAPACITY = re.compile(
    rf"(?<![\w.,])(?:(?P<comparator>{COMPARATOR})\s*)?(?P<a>{_SPACED}|{NUMBER})(?P<ma>\s*{_MAGNITUDE})?"
    rf"(?:\s*{DASH}\s*(?P<b>{_SPACED}|{NUMBER})(?P<mb>\s*{_MAGNITUDE})?)?"
    r"(?P<plus>\s?\+)?\s*(?P<unit>[a-zμ][^\d/,;()\x1f·:+]{0,40}?[23]?)?"
    rf"\s*(?:/\s*(?:1\s*)?|\s(?:mot|moi|hang|per|a|each)\s+)(?P<per>{_PERIOD})(?![a-z0-9])"
)
_BARE = re.compile(
    rf"(?<![\w.,])(?:(?P<comparator>{COMPARATOR})\s*)?(?P<a>{_SPACED}|{NUMBER})(?P<ma>\s*{_MAGNITUDE})?(?P<b>)(?P<mb>)"
    r"(?P<plus>\s?\+)?\s*(?P<unit>[a-zμ][^\d/,;()\x1f·:+]{0,40}[23]?)$"
)
_JOINING = re.compile(r"^[\s,;&+]*(?:(?:và|and)\s)?\s*", re.IGNORECASE)
_LABEL = re.compile(
    r"(?<![a-z0-9])(?:cong suat(?: thiet ke)?|nang luc(?: san xuat)?|san luong(?: nam)?|nang suat"
    r"|(?:production )?capacity|output|dat)(?![a-z0-9])\s*[:=]?"
)


def _read(text: str, found: Found) -> None:
    whole = Scan(text)
    ends = [match.end() for match in _CAPACITY.finditer(whole.folded)][:-1]
    for start, end in pairwise((0, *ends, None)):
        if part := _JOINING.sub("", whole.original[start:end]).strip():
            _one(part, found)


def _one(text: str, found: Found) -> None:
    scan = Scan(text)
    while scan.take(_LABEL):
        pass
    match = scan.find(_CAPACITY) or scan.find(_BARE)
    value = _value(scan, match, found, text) if match else None
    if match is None or value is None:
        found.warn("not_understood", text)
        return
    scan.cut(*match.span())
    if product := ", ".join(scan.rest("()")):
        value["product"] = product
    if "per" in value:
        found.values.append(value)
    else:
        found.ask("period_missing", text, value | {"per": "month"}, value | {"per": "year"})


def _value(scan: Scan, match: re.Match[str], found: Found, text: str) -> Value | None:
    unit = scan.written(match, "unit")
    per = match.groupdict().get("per")
    known = unit_code(unit)
    decimal: Separator | None = "." if per in _ENGLISH else ","
    if per is None and fold(unit) in ("pcs", "pc"):
        decimal = None
    amounts = []
    for amount, magnitude in (("a", "ma"), ("b", "mb")):
        if match[amount]:
            scale = match[magnitude] or (match["mb"] if amount == "a" else "") or ""
            amounts.append(figure(f"{match['comparator'] or ''} {match[amount]}{scale}", decimal))
    if None in amounts or not unit:
        return None
    first = amounts[0]
    last = amounts[-1]
    assert first is not None and last is not None
    if first.ambiguous:
        found.warn("ambiguous_number", text)
    if last.value < first.value:
        return None
    value: Value = {"amount": exact(first.value), "unit": known or unit}
    if last.value > first.value:
        value["amount_to"] = exact(last.value)
    comparator = first.comparator or ("≥" if match["plus"] else "")
    if comparator:
        value["comparator"] = comparator
    return value | ({"per": _PERIOD_OF[per]} if per else {})


def unit_code(text: str) -> str | None:
    """The code of a unit that is the whole text, None when it is one of its own."""
    plain = fold(text).strip()
    if plain in UNITS:
        return plain
    return next((code for code, (_, _, forms) in UNITS.items() if re.fullmatch(forms, plain)), None)


def _plain(value: Value, language: Language) -> str:
    english = language == "en"
    amount = number_text(value["amount"], language)
    if "amount_to" in value:
        amount += f"–{number_text(value['amount_to'], language)}"
    unit = UNITS[value["unit"]][english] if value["unit"] in UNITS else value["unit"]
    comparator = f"{COMPARATORS[value['comparator']][english]} " if "comparator" in value else ""
    product = f"{value['product']}: " if "product" in value else ""
    return f"{product}{comparator}{amount} {unit}/{PERIODS[value['per']][english]}"


def _faults(value: Value, latest_year: int) -> list[Problem]:
    if Decimal(value.get("amount_to", "Infinity")) < Decimal(value["amount"]):
        return [Problem("reversed", "amount_to")]
    return []


PARTS = (
    Part("product", "Sản phẩm", "Product", "text"),
    Part("comparator", "Mức", "Comparator", "choice", choices=COMPARATORS),
    Part("amount", "Số lượng", "Amount", "decimal", required=True),
    Part("amount_to", "Đến", "Amount, highest", "decimal"),
    Part("unit", "Đơn vị tính", "Unit", "text", required=True),
    Part("per", "Kỳ", "Per", "choice", required=True, choices=PERIODS),
)
FIELD = Field(
    "capacity", "capacity", True, "Công suất", "Capacity", "capability", "public", 5, PARTS, _read, _plain, _faults
)
