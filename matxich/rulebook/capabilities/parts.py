"""The parts of values by their kind: from text, to text, and whether one is well shaped."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from matxich.rulebook.capabilities import codes
from matxich.rulebook.capabilities.countries import NAMES, REGIONS, country_code, country_name
from matxich.rulebook.capabilities.figures import (
    decimal_mark,
    end_after,
    exact,
    figure,
    first_day,
    money_text,
    number_text,
)
from matxich.rulebook.capabilities.model import EARLIEST_YEAR, SEPARATOR, Found, Language, Part, Problem
from matxich.rulebook.lists.splitting import emails, phones
from matxich.rulebook.vietnamese.numbers import format_date, parse_number
from matxich.rulebook.vietnamese.text import fold, squeeze

LONGEST = 500
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,14}[1-9])?")
_EMAIL = re.compile(r"[\w.+'&-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"[0-9+][\w .()/+:-]{4,40}")
_LENGTH_SEPARATOR = re.compile(r"\s*[x×*;]\s*")
_YES = frozenset(("co", "yes", "da", "true", "x", "1"))
_NO = frozenset(("khong", "no", "chua", "false", "0"))


def from_text(part: Part, text: str, language: Language, found: Found) -> Any:
    """The stored form of what one part says; None when it says nothing that fits."""
    return _FROM[part.kind](part, squeeze(text), language, found)


def to_text(part: Part, value: Any, language: Language) -> str:
    """A well-shaped part in words; `from_text` of them gives the part back."""
    return _TO[part.kind](part, value, language)


def fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    """What is wrong with one part, or None."""
    return _FAULT[part.kind](part, value, latest_year)


# From text


def _text_from(part: Part, text: str, language: Language, found: Found) -> str | None:
    return text.replace(SEPARATOR, ", ")[:LONGEST].strip() or None


def _texts_from(part: Part, text: str, language: Language, found: Found) -> list[str] | None:
    return list(dict.fromkeys(item for piece in text.split(";") if (item := piece.strip(" ,")))) or None


def _number_from(text: str, language: Language, found: Found) -> Decimal | None:
    number = figure(text, decimal_mark(language))
    if number is None or number.comparator or number.unit not in ("", "%"):
        return None
    return number.value


def _integer_from(part: Part, text: str, language: Language, found: Found) -> int | None:
    number = _number_from(text, language, found)
    return int(number) if number is not None and number == number.to_integral_value() else None


def _decimal_from(part: Part, text: str, language: Language, found: Found) -> str | None:
    number = _number_from(text, language, found)
    return None if number is None or number < 0 else exact(number)


def _money_from(part: Part, text: str, language: Language, found: Found) -> int | None:
    number = parse_number(text, decimal=decimal_mark(language))
    whole = number is not None and number.value == number.value.to_integral_value() and number.unit in ("", "đồng")
    return int(number.value) if number and whole else None


def _year_from(part: Part, text: str, language: Language, found: Found) -> int | None:
    if not re.fullmatch("[0-9]{4}", text):
        return None
    if EARLIEST_YEAR <= int(text) <= found.latest_year:
        return int(text)
    found.warn("year_out_of_range", text, earliest=EARLIEST_YEAR, latest=found.latest_year)
    return None


def _date_from(part: Part, text: str, language: Language, found: Found) -> str | None:
    return first_day(text, found)


def _until_from(part: Part, text: str, language: Language, found: Found) -> str | None:
    return end_after(text, found)


def _choice_from(part: Part, text: str, language: Language, found: Found) -> str | int | None:
    plain = fold(text)
    for code, words in part.choices.items():
        if plain in (code, *map(fold, words)):
            return int(code) if code.isdecimal() else code
    return None


def _country_from(part: Part, text: str, language: Language, found: Found) -> str | None:
    code = country_code(text)
    return code if code not in REGIONS else None


def _markets_from(part: Part, text: str, language: Language, found: Found) -> list[str] | None:
    codes_found = [country_code(name) for name in re.split("[,;]", text) if name.strip()]
    return None if None in codes_found else list(dict.fromkeys(filter(None, codes_found))) or None


def _lengths_from(part: Part, text: str, language: Language, found: Found) -> list[str | None] | None:
    names = _LENGTH_SEPARATOR.split(re.sub(r"\s*mm$", "", text))
    read = [None if name == "?" else _decimal_from(part, name, language, found) for name in names]
    return None if any(one is None and name != "?" for one, name in zip(read, names, strict=True)) else read


def _hs_from(part: Part, text: str, language: Language, found: Found) -> str | None:
    return codes.parse_hs(text)


def _vsic_from(part: Part, text: str, language: Language, found: Found) -> dict[str, str] | None:
    return codes.parse_vsic(text)


def _yes_no_from(part: Part, text: str, language: Language, found: Found) -> bool | None:
    plain = fold(text)
    return True if plain in _YES else False if plain in _NO else None


def _phone_from(part: Part, text: str, language: Language, found: Found) -> str | None:
    numbers = phones(text)
    return text if len(numbers) == 1 and _PHONE.fullmatch(text) and sum(map(str.isdigit, text)) >= 6 else None


def _email_from(part: Part, text: str, language: Language, found: Found) -> str | None:
    addresses = emails(text)
    return addresses[0].lower() if len(addresses) == 1 and _EMAIL.fullmatch(addresses[0]) else None


# To text


def _plain_to(part: Part, value: Any, language: Language) -> str:
    return str(value)


def _number_to(part: Part, value: Any, language: Language) -> str:
    return number_text(value, language)


def _percent_to(part: Part, value: Any, language: Language) -> str:
    return f"{number_text(value, language)}%"


def _money_to(part: Part, value: Any, language: Language) -> str:
    return money_text(value, "VND", language)


def _date_to(part: Part, value: Any, language: Language) -> str:
    """Digits in both languages: a month's name would need its own reader."""
    on = date.fromisoformat(value)
    return format_date(on, "vi") if language == "vi" else on.isoformat()


def _until_to(part: Part, value: Any, language: Language) -> str:
    return _date_to(part, (date.fromisoformat(value) - timedelta(days=1)).isoformat(), language)


def _choice_to(part: Part, value: Any, language: Language) -> str:
    return part.choices[str(value)][language == "en"]


def _lengths_to(part: Part, value: Any, language: Language) -> str:
    return " × ".join("?" if one is None else number_text(one, language) for one in value) + " mm"


def _vsic_to(part: Part, value: Any, language: Language) -> str:
    return f"{value['code']} ({value['edition']})" if "edition" in value else str(value["code"])


def _yes_no_to(part: Part, value: Any, language: Language) -> str:
    return ("có" if value else "không") if language == "vi" else ("yes" if value else "no")


# Faults


def _wrong(part: Part) -> Problem:
    return Problem("wrong_shape", part.code)


def is_decimal(value: Any) -> bool:
    return isinstance(value, str) and bool(_DECIMAL.fullmatch(value))


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _text_fault(part: Part, value: Any, latest_year: int, marks: tuple[str, ...] = ("·",)) -> Problem | None:
    if not isinstance(value, str) or not value or value != squeeze(value) or len(value) > LONGEST:
        return _wrong(part)
    mark = next((mark for mark in marks if f" {mark} " in f" {value} " or (mark != "·" and mark in value)), None)
    return Problem("separator_inside", part.code, {"mark": mark}) if mark else None


def _texts_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        return _wrong(part)
    if len(set(value)) < len(value) or any(item != item.strip(" ,") for item in value):
        return _wrong(part)
    return next((found for item in value if (found := _text_fault(part, item, latest_year, ("·", ";")))), None)


def _bounds(part: Part, value: Decimal | int) -> Problem | None:
    inside = part.low <= value <= part.high
    return None if inside else Problem("out_of_range", part.code, {"low": part.low, "high": part.high})


def _integer_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    return _bounds(part, value) if _is_whole(value) else _wrong(part)


def _decimal_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    return _bounds(part, Decimal(value)) if is_decimal(value) else _wrong(part)


def _percent_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    if not is_decimal(value):
        return _wrong(part)
    return None if Decimal(value) <= 100 else Problem("out_of_range", part.code, {"low": 0, "high": 100})


def _year_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    if not _is_whole(value):
        return _wrong(part)
    if EARLIEST_YEAR <= value <= latest_year:
        return None
    return Problem("year_out_of_range", part.code, {"earliest": EARLIEST_YEAR, "latest": latest_year})


def _date_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    try:
        on = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        on = None
    return None if on and (on - timedelta(days=1)).year >= EARLIEST_YEAR and on.year <= 2100 else _wrong(part)


def _choice_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    fits = isinstance(value, str | int) and not isinstance(value, bool) and str(value) in part.choices
    same_type = fits and isinstance(value, int) == str(value).isdecimal()
    return None if same_type else Problem("not_a_choice", part.code)


def _country_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    known = isinstance(value, str) and value in NAMES and value not in REGIONS
    return None if known else Problem("unknown_country", part.code)


def _markets_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    if not isinstance(value, list) or not value or not all(isinstance(code, str) for code in value):
        return _wrong(part)
    if len(set(value)) < len(value):
        return _wrong(part)
    return None if all(code in NAMES for code in value) else Problem("unknown_country", part.code)


def _lengths_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    shaped = isinstance(value, list) and 1 <= len(value) <= 4 and any(one is not None for one in value)
    return None if shaped and all(one is None or is_decimal(one) for one in value) else _wrong(part)


def _hs_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    if not isinstance(value, str) or codes.parse_hs(value) != value:
        return _wrong(part)
    return None if codes.has_chapter(value) else Problem("no_such_chapter", part.code)


def _vsic_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    if not isinstance(value, dict) or not value.keys() <= {"code", "edition"} or not codes.is_vsic(value.get("code")):
        return _wrong(part)
    if "edition" in value and value["edition"] not in codes.EDITIONS:
        return Problem("not_a_choice", part.code)
    exists = codes.has_division(value["code"], value.get("edition"))
    return None if exists else Problem("no_such_division", part.code)


def _yes_no_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    return None if isinstance(value, bool) else _wrong(part)


def _phone_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    shaped = isinstance(value, str) and value == squeeze(value) and _phone_from(part, value, "vi", Found(0)) == value
    return None if shaped else _wrong(part)


def _email_fault(part: Part, value: Any, latest_year: int) -> Problem | None:
    shaped = isinstance(value, str) and _email_from(part, value, "vi", Found(0)) == value
    return None if shaped else _wrong(part)


_FROM: dict[str, Callable[[Part, str, Language, Found], Any]] = {
    "text": _text_from, "code": _text_from, "texts": _texts_from, "integer": _integer_from, "decimal": _decimal_from,
    "percent": _decimal_from, "money": _money_from, "year": _year_from, "date": _date_from, "until": _until_from,
    "choice": _choice_from, "country": _country_from, "markets": _markets_from, "lengths": _lengths_from,
    "hs": _hs_from, "vsic": _vsic_from, "yes_no": _yes_no_from, "phone": _phone_from, "email": _email_from,
}  # fmt: skip
_TO: dict[str, Callable[[Part, Any, Language], str]] = {
    "text": _plain_to, "code": _plain_to, "integer": _number_to, "decimal": _number_to, "percent": _percent_to,
    "money": _money_to, "year": _plain_to, "date": _date_to, "until": _until_to, "choice": _choice_to,
    "texts": lambda part, value, language: "; ".join(value),
    "country": lambda part, value, language: country_name(value, language),
    "markets": lambda part, value, language: ", ".join(country_name(code, language) for code in value),
    "lengths": _lengths_to, "hs": lambda part, value, language: codes.format_hs(value),
    "vsic": _vsic_to, "yes_no": _yes_no_to, "phone": _plain_to, "email": _plain_to,
}  # fmt: skip
_FAULT: dict[str, Callable[[Part, Any, int], Problem | None]] = {
    "text": _text_fault, "code": _text_fault, "texts": _texts_fault, "integer": _integer_fault,
    "decimal": _decimal_fault, "percent": _percent_fault, "money": _integer_fault, "year": _year_fault,
    "date": _date_fault, "until": _date_fault, "choice": _choice_fault, "country": _country_fault,
    "markets": _markets_fault, "lengths": _lengths_fault, "hs": _hs_fault, "vsic": _vsic_fault,
    "yes_no": _yes_no_fault, "phone": _phone_fault, "email": _email_fault,
}  # fmt: skip
