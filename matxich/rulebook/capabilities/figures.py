"""Numbers, years, dates and money inside longer texts, read by the readers that lists use."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from matxich.rulebook.calendar import through_end_of
from matxich.rulebook.capabilities.model import EARLIEST_YEAR, Found, Language
from matxich.rulebook.capabilities.scanning import Scan
from matxich.rulebook.lists.units import read_unit
from matxich.rulebook.vietnamese.numbers import (
    PartialDate,
    Separator,
    format_money,
    format_number,
    parse_date,
    parse_number,
)

MOST = 10**15
_LABEL = (
    r"(?:nam (?:sx|san xuat|che tao)|sx(?: nam)?|san xuat(?: nam)?|nsx|che tao(?: nam)?|doi(?: nam)?|nam|year|made in"
    r"|mfg|yom)"
)
_LABELLED_YEARS = re.compile(
    rf"(?<![a-z0-9]){_LABEL}\s*[:.]?\s*(?P<first>[0-9]{{4}}|'?[0-9]{{2}})(?![0-9])"
    r"(?:\s*(?:-|den|~|to)\s*(?P<last>[0-9]{4}|'?[0-9]{2})(?![0-9]))?"
)
_PARENTHESISED = re.compile(r"\(\s*(?P<first>[0-9]{4})(?:\s*(?:-|den|~|to)\s*(?P<last>[0-9]{4}))?\s*\)")
_BARE = re.compile(
    r"(?<![\w.,\-/'+])(?P<first>(?:1[6-9]|2[01])[0-9]{2})(?:\s*(?:-|den|~|to)\s*(?P<last>(?:19|20)[0-9]{2}))?"
    r"(?=$|[\s,;)·\x1f](?!\s*(?:x|×|mm|cm|m|kg|tan|t|w|kw|sp)(?![a-z])))"
)
_MONEY = re.compile(
    r"(?P<before>(?:khoang|tren|hon|duoi|toi da|toi thieu|it nhat|about|over|up to)\s+)?"
    r"(?P<first>(?:vnd|usd|us\$|\$)\s*)?"
    r"(?P<amount>(?:[0-9]{1,3}(?:[.,][0-9]{3})+(?:[.,][0-9]+)?|[0-9]{1,15}(?:[.,][0-9]{1,6})?)(?![0-9%.,]*[0-9%])"
    r"(?:\s*(?:nghin ty|ngan ty|nghin|ngan|trieu|tr|ty|ti|thousand|million|mil|billion|bn)(?![a-z]))?"
    r"(?:\s+[0-9]{1,3}\s*trieu(?![a-z]))?)"
    r"\s*(?P<after>(?:dong|vnd|usd|us\$|\$|do la(?: my)?|eur|euro|jpy|yen|krw|won|cny|rmb|₫|d)(?![a-z0-9]))?"
)
_SCALE = re.compile(r"[a-z]")


def exact(value: Decimal) -> str:
    """A decimal as stored: "0.5", "1500"; no exponent, no trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Figure:
    value: Decimal
    comparator: str = ""
    ambiguous: bool = False
    unit: str = ""


def figure(text: str, decimal: Separator | None = None) -> Figure | None:
    """One number, with the magnitude word and comparator beside it; None when it is none or beyond all sense."""
    number = parse_number(re.sub(r"(?<![0-9])(?=[.,][0-9])", "0", text), decimal=decimal)
    if number is None or abs(number.value) >= MOST:
        return None
    return Figure(number.value, number.comparator, number.ambiguous, number.unit)


def small(text: str) -> Decimal:
    """A number below a thousand, whichever mark stands before its decimals: "0,01", ".005", "1/100"."""
    above, _, below = text.partition("/")
    if below:
        return Decimal(above) / Decimal(below) if int(below) else Decimal(0)
    head, mark, tail = text.replace(",", ".").rpartition(".")
    return Decimal(f"{head.replace('.', '') or 0}.{tail}") if mark else Decimal(text)


def decimal_mark(language: Language) -> Separator:
    return "." if language == "en" else ","


def number_text(value: str | int, language: Language) -> str:
    return format_number(Decimal(value), None, language)


def bare_number(value: str | int, language: Language) -> str:
    """Without grouping, as sizes are written: "1500,5" (vi), "1500.5" (en)."""
    return str(value).replace(".", decimal_mark(language))


@dataclass(frozen=True, slots=True)
class Years:
    first: int
    last: int | None = None


def take_years(scan: Scan, found: Found) -> Years | None:
    """The year or range of years a thing was made in, or None; a year that cannot be is warned of and kept."""
    for pattern in (_LABELLED_YEARS, _PARENTHESISED, _BARE):
        match = scan.find(pattern)
        if match is None:
            continue
        kept = scan.written(match)
        scan.cut(*match.span())
        years = [_year(match[name], found, kept) for name in ("first", "last") if match[name]]
        if any(not EARLIEST_YEAR <= year <= found.latest_year for year in years) or years != sorted(years):
            found.warn("year_out_of_range", kept, earliest=EARLIEST_YEAR, latest=found.latest_year)
            return None
        return Years(*years) if years[0] != years[-1] or len(years) == 1 else Years(years[0])
    return None


def _year(text: str, found: Found, kept: str) -> int:
    digits = text.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    century = found.latest_year - found.latest_year % 100
    year = century + int(digits)
    year = year if year <= found.latest_year else year - 100
    found.warn("two_digit_year", kept, year=year)
    return year


def first_day(text: str, found: Found) -> str | None:
    """An ISO date that starts something: a month or a year starts on its first day, with a warning."""
    known = parse_date(text)
    if known is None:
        return None
    if known.precision != "day":
        found.warn("from_the_start_of", text, start=known.on.isoformat())
    return known.on.isoformat()


def end_after(text: str, found: Found, *, inclusive: bool = True) -> str | None:
    """The half-open end, in ISO, of what lasts to the end of a day, month or year: the day after."""
    known = parse_date(text)
    if known is None:
        return None
    if not inclusive:
        return known.on.isoformat()
    if known.precision != "day":
        found.warn("to_the_end_of", text, until=text)
    return _following(known).isoformat()


def _following(known: PartialDate) -> date:
    if known.precision == "day":
        return through_end_of(known.on)
    if known.precision == "year" or known.on.month == 12:
        return date(known.on.year + 1, 1, 1)
    return date(known.on.year, known.on.month + 1, 1)


@dataclass(frozen=True, slots=True)
class Money:
    amount: int
    currency: str
    comparator: str


def take_money(scan: Scan, found: Found, decimal: Separator | None = None) -> Money | None:
    """The first sum of money: a number with a currency or at least "triệu", "tỷ"; whole units."""
    start = 0
    while match := _MONEY.search(scan.folded, start):
        start = match.end()
        named = match["first"] or match["after"]
        if not named and not _SCALE.search(match["amount"]):
            continue
        kept = scan.written(match)
        number = figure(f"{match['before'] or ''}{match['amount']}", decimal)
        if number is None:
            continue
        scan.cut(*match.span())
        amount = int(number.value.to_integral_value(ROUND_HALF_EVEN))
        unit = read_unit(named) if named else None
        if not named:
            found.warn("currency_assumed", kept)
        if number.ambiguous and not _SCALE.search(match["amount"]):
            found.warn("ambiguous_number", kept)
        if amount != number.value:
            found.warn("rounded", kept)
        return Money(amount, (unit and unit.currency) or "VND", number.comparator)
    return None


def money_text(amount: int, currency: str, language: Language) -> str:
    """Money that reads back as it is: "5 tỷ đồng" when that is exact, every đồng otherwise."""
    if currency != "VND":
        return f"{format_number(amount, None, language)} {currency}"
    short = format_money(amount, language)
    number = parse_number(short, decimal=decimal_mark(language))
    return short if number and number.value == amount else format_money(amount, language, exact=True)
