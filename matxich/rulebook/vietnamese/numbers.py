"""Numbers, money and dates as Vietnamese lists write them; exact Decimals in, text in the reader's language out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from unicodedata import normalize

from matxich.rulebook.vietnamese.text import fold, squeeze

Comparator = Literal["", "≈", ">", "≥", "<", "≤"]
Separator = Literal[",", "."]
Locale = Literal["vi", "en", "ja", "ko"]
Precision = Literal["day", "month", "year"]

_COMPARATORS: tuple[tuple[Comparator, str], ...] = (
    ("≥", r"it nhat|toi thieu|khong (?:duoi|it hon)|>=|≥|at least"),
    ("≤", r"toi da|khong (?:qua|vuot(?: qua)?|hon)|nhieu nhat|<=|≤(?: (?:co|dat))?|at most|up to"),
    ("<", r"duoi|chua (?:den|toi|day)|thap hon|<|under|less than"),
    (">", r"tren|hon|vuot|cao hon|>|over|more than|above"),
    ("≈", r"khoang|xap xi|uoc(?: (?:tinh|dat))?|gan|~|≈|about|approx\.?|around|nearly"),
)
_COMPARATOR = re.compile("|".join(f"(?P<c{i}>{words})" for i, (_, words) in enumerate(_COMPARATORS)))
_SUFFIXES: dict[str, Comparator] = {"tro len": "≥", "tro xuong": "≤", "+": "≥"}
_MINUS = ("-", "(")
_SUFFIX = re.compile(r"\s*(tro len|tro xuong|\+)$")
_LEAD_IN = re.compile(r"^(?:dat|duoc|la|co|:|=|tu(?=$))\s*|\s*(?:dat|:|=)$")

_NUMERAL = re.compile(r"\d+(?:[.,' ]\d+)*")
_MAGNITUDES = {
    **dict.fromkeys(("nghin ty", "ngan ty", "nghin ti", "ngan ti", "trillion"), 10**12),
    **dict.fromkeys(("ty", "ti", "billion", "bn"), 10**9),
    **dict.fromkeys(("trieu", "tr", "million", "mil", "mn"), 10**6),
    **dict.fromkeys(("nghin", "ngan", "thousand", "k"), 10**3),
}
_MAGNITUDE = re.compile(rf"\s*({'|'.join(sorted(_MAGNITUDES, key=len, reverse=True))})(?=d?(?![^\W\d_]))")
_NEXT_PART = re.compile(r"\s+(?=\d+(?:[.,]\d+)?\s*(?:trieu|tr|nghin|ngan|ty|ti)\b)")
_UNITS = {
    **dict.fromkeys(("d", "dong", "vnd", "dong viet nam", "viet nam dong", "₫"), "đồng"),
    **dict.fromkeys(("$", "usd", "us$", "do la", "do la my", "dollars"), "USD"),
    **dict.fromkeys(("%", "phan tram", "percent"), "%"),
}
_CURRENCY_FIRST = re.compile(r"\s*(vnd|usd|us\$|\$|₫)\s*$")
_FREE_DIGIT = re.compile(r"(?<![^\W\d_])\d")
_LONGEST_NUMERAL = 15
_GROUPED_BY_SPACE = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?=[.,]\d+$|$)")


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as stated. `value` is exact, magnitude words multiplied in ("1,8 tỷ đồng" is 1800000000).

    `comparator`: "" when the figure is stated flatly. `unit`: "đồng", "USD", "%", the rest as written, or "".
    `other`: the second reading of an ambiguous text ("1,234": 1.234 or 1234); None when there is one reading.
    """

    value: Decimal
    comparator: Comparator = ""
    unit: str = ""
    other: Decimal | None = None

    @property
    def ambiguous(self) -> bool:
        return self.other is not None


def parse_number(value: object, *, decimal: Separator | None = None) -> Number | None:
    """Read one figure from text, int, float or Decimal; None when there is none or more than one.

    `decimal` is the separator the sender uses (see `decimal_separator`): it settles "1,234" and "1.234".
    Without it those are read the Vietnamese way (comma before decimals) and flagged with both readings.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float | Decimal):
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return Number(exact) if exact.is_finite() else None
    plain = squeeze(normalize("NFKC", str(value)))
    folded = fold(plain)
    return _parse(plain if len(plain) == len(folded) else folded, folded, decimal)


def decimal_separator(values: Iterable[object]) -> Separator | None:
    """The separator that every unambiguous text of a column uses before its decimals; None when unknown."""
    seen: set[Separator] = set()
    for text in values:
        for numeral in _NUMERAL.findall(text) if isinstance(text, str) else ():
            if separator := _shown_separator(numeral):
                seen.add(separator)
    return seen.pop() if len(seen) == 1 else None


def _shown_separator(numeral: str) -> Separator | None:
    """What one numeral proves: "1.234,5", "12,5" and "1.234.567" a comma, the mirror images a point."""
    marks = [mark for mark in numeral if mark in ".,"]
    if not marks or _readings(numeral, None) is None:
        return None
    if len(set(marks)) == 2 or (len(marks) == 1 and not _is_three_digit_tail(numeral, marks[0])):
        return "," if marks[-1] == "," else "."
    return ("." if marks[0] == "," else ",") if len(marks) > 1 else None


def _parse(plain: str, folded: str, decimal: Separator | None) -> Number | None:
    first = _NUMERAL.search(folded)
    if not first:
        return None
    behind = _SUFFIX.search(folded, first.end())
    end = behind.start() if behind else len(folded)
    before = _before(plain[: first.start()])
    stated = _stated_comparator(before)
    amount = _amount(folded[:end], first.start(), decimal)
    if stated is None or amount is None:
        return None
    readings, stop = amount
    unit = _unit(plain[stop:end], before)
    if unit is None:
        return None
    sign = -1 if before.endswith(_MINUS) else 1
    comparator = _SUFFIXES[behind[1]] if behind else stated
    return Number(sign * readings[0], comparator, unit, sign * readings[1] if len(readings) > 1 else None)


def _before(text: str) -> str:
    """The folded words in front; "chỉ" is told from "chi" (spent) while its mark is there."""
    return fold(text.lower().replace("chỉ", "≤")).strip()


def _stated_comparator(before: str) -> Comparator | None:
    """The comparator in front of a figure; None when other words stand there."""
    rest = _CURRENCY_FIRST.sub("", before.rstrip("-(")).strip()
    rest = _LEAD_IN.sub("", rest).strip()
    if not rest:
        return ""
    match = _COMPARATOR.fullmatch(rest)
    return next(c for i, (c, _) in enumerate(_COMPARATORS) if match[f"c{i}"]) if match else None


def _amount(folded: str, start: int, decimal: Separator | None) -> tuple[list[Decimal], int] | None:
    """The readings of "1 tỷ 200 triệu" or "1,234" from `start`, and where they end."""
    total, limit, position = [Decimal(0)], 0, start
    while numeral := _NUMERAL.match(folded, position):
        readings = _readings(numeral[0], decimal)
        magnitude = _MAGNITUDE.match(folded, numeral.end())
        scale = _MAGNITUDES[magnitude[1]] if magnitude else 1
        if readings is None or (limit and scale >= limit):
            return None
        total = [_tidy(part * scale + total[0]) for part in readings]
        position = magnitude.end() if magnitude else numeral.end()
        if not magnitude:
            break
        limit = scale
        if not (gap := _NEXT_PART.match(folded, position)):
            break
        position = gap.end()
    return total, position


def _tidy(value: Decimal) -> Decimal:
    """1800000000.0 as 1800000000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _readings(numeral: str, decimal: Separator | None) -> list[Decimal] | None:
    """One or two values of a numeral with its separators; None when they are put nowhere sensible."""
    if spaced := _GROUPED_BY_SPACE.match(numeral):
        numeral = re.sub("[ ']", "", spaced[0]) + numeral[spaced.end() :]
        decimal = decimal or ("," if "," in numeral else ".")
    if " " in numeral or "'" in numeral:
        return None
    marks = [mark for mark in numeral if mark in ".,"]
    if len(numeral) - len(marks) > _LONGEST_NUMERAL:
        return None
    if not marks:
        return [Decimal(numeral)]
    if len(set(marks)) == 2:
        return _mixed(numeral, marks)
    if len(marks) > 1:
        return _grouped(numeral, marks[0])
    return _single(numeral, marks[0], decimal)


def _mixed(numeral: str, marks: list[str]) -> list[Decimal] | None:
    """Both separators: the last one, standing once, is the decimal one."""
    last = marks[-1]
    whole, _, fraction = numeral.rpartition(last)
    grouped = _grouped(whole, "," if last == "." else ".")
    return [Decimal(f"{grouped[0]}.{fraction}")] if grouped and last not in whole else None


def _grouped(numeral: str, mark: str) -> list[Decimal] | None:
    head, *groups = numeral.split(mark)
    well_formed = 1 <= len(head) <= 3 and groups and all(len(group) == 3 and group.isdigit() for group in groups)
    return [Decimal(head + "".join(groups))] if well_formed else None


def _single(numeral: str, mark: str, decimal: Separator | None) -> list[Decimal]:
    fraction, whole = Decimal(numeral.replace(mark, ".")), Decimal(numeral.replace(mark, ""))
    if not _is_three_digit_tail(numeral, mark):
        return [fraction]
    if decimal:
        return [fraction if mark == decimal else whole]
    return [fraction, whole] if mark == "," else [whole, fraction]


def _is_three_digit_tail(numeral: str, mark: str) -> bool:
    head, _, tail = numeral.partition(mark)
    return len(tail) == 3 and len(head) <= 3 and not head.startswith("0")


def _unit(rest: str, before: str) -> str | None:
    """The unit behind a figure; None when another figure stands there."""
    rest = rest.strip(" .,;:)")
    if _FREE_DIGIT.search(rest):
        return None
    if not rest and (currency := _CURRENCY_FIRST.search(before)):
        rest = currency[1]
    return _UNITS.get(fold(rest), rest)


def format_number(value: Decimal | int, places: int | None = None, locale: Locale = "vi") -> str:
    """1234567.891 with 2 places is "1.234.567,89" (vi) or "1,234,567.89" (elsewhere); halves round away from zero.

    Without `places` every digit is shown and trailing zeros are not.
    """
    exact = Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{exact.copy_abs() if exact.is_zero() else exact:,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_VIETNAMESE_MARKS) if locale == "vi" else text


_VIETNAMESE_MARKS = str.maketrans(",.", ".,")
_MONEY_WORDS: dict[Locale, dict[int, str]] = {
    "vi": {10**9: "{} tỷ đồng", 10**6: "{} triệu đồng", 1: "{} đồng"},
    "en": {10**9: "VND {} billion", 10**6: "VND {} million", 1: "VND {}"},
    "ja": {10**8: "{}億ドン", 10**4: "{}万ドン", 1: "{}ドン"},
    "ko": {10**8: "{}억 동", 10**4: "{}만 동", 1: "{}동"},
}


def format_money(dong: int, locale: Locale = "vi", *, exact: bool = False) -> str:
    """Whole đồng as people read them: "1,8 tỷ đồng", "486 triệu đồng", "950.000 đồng"; at most two decimals.

    `exact` writes every đồng out. Money is never a float: TypeError.
    """
    if not isinstance(dong, int) or isinstance(dong, bool):
        raise TypeError("Money is a whole number of đồng.")
    words = _MONEY_WORDS[locale]
    if exact or abs(dong) < 10**6:
        return words[1].format(format_number(dong, None, locale))
    large, small, _ = words
    scale = small if _in_units(dong, small).copy_abs() < large // small else large
    return words[scale].format(format_number(_in_units(dong, scale), None, locale))


def _in_units(dong: int, scale: int) -> Decimal:
    return (Decimal(dong) / scale).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month or the year; `on` is its first day."""

    on: date
    precision: Precision = "day"


_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[t ][\d:.]+z?)?")
_IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2})(?:,? nam|/| -) ?(\d{4})")
_MONTH = re.compile(r"(?:thang )?(\d{1,2})(?:/|-|\.| nam | ?/ ?)(\d{4})")
_YEAR = re.compile(r"(?:nam )?(\d{4})")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def parse_date(value: object, *, serial: bool = False) -> PartialDate | None:
    """Read dd/mm/yyyy, d-m-yy, yyyy-mm-dd, "ngày 5 tháng 6 năm 2024", mm/yyyy, a year, or a date; None if none.

    The day comes before the month, always. Two-digit years are 1950 to 2049. With `serial` a number is a
    day of the Excel 1900 calendar, unless it is a year from 1900 to 2100. Other years are refused.
    """
    if isinstance(value, datetime):
        return PartialDate(value.date())
    if isinstance(value, date):
        return PartialDate(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value, serial)
    text = fold(squeeze(value)) if isinstance(value, str) else ""
    for pattern, order in ((_DAY_FIRST, "dmy"), (_YEAR_FIRST, "ymd"), (_IN_WORDS, "dmy"), (_MONTH, "my"), (_YEAR, "y")):
        if match := pattern.fullmatch(text):
            return _dated(**dict(zip(order, match.groups(), strict=True)))
    return None


def _from_number(value: float, serial: bool) -> PartialDate | None:
    whole = int(value) if value == value and abs(value) < 10**6 else 0
    if whole == value and _FIRST_YEAR <= whole <= _LAST_YEAR:
        return PartialDate(date(whole, 1, 1), "year")
    # Excel believes in 29 February 1900: serials below 61 are one day off and of no use here.
    return PartialDate(date(1899, 12, 30) + timedelta(days=whole)) if serial and 61 <= whole < 73416 else None


def _dated(y: str, m: str = "", d: str = "") -> PartialDate | None:
    year = int(y) if len(y) == 4 else int(y) + (2000 if int(y) < 50 else 1900)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        on = date(year, int(m or 1), int(d or 1))
    except ValueError:
        return None
    return PartialDate(on, "day" if d else "month" if m else "year")


def format_date(value: date | PartialDate, locale: Locale = "vi") -> str:
    """05/06/2024 in Vietnamese, 5 Jun 2024, 2024年6月5日, 2024. 6. 5.; without the day or the month when not known."""
    known = value if isinstance(value, PartialDate) else PartialDate(value)
    on = known.on
    month = _ENGLISH_MONTHS[on.month - 1] if locale == "en" else on.month
    return _DATE_FORMS[locale][known.precision].format(year=f"{on.year:04d}", month=month, day=on.day)


_DATE_FORMS: dict[Locale, dict[Precision, str]] = {
    "vi": {"day": "{day:02d}/{month:02d}/{year}", "month": "{month:02d}/{year}", "year": "{year}"},
    "en": {"day": "{day} {month} {year}", "month": "{month} {year}", "year": "{year}"},
    "ja": {"day": "{year}年{month}月{day}日", "month": "{year}年{month}月", "year": "{year}"},
    "ko": {"day": "{year}. {month}. {day}.", "month": "{year}. {month}.", "year": "{year}"},
}
