"""Stored values as people read them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from matxich.kit.templatetags.mx import locale, number
from matxich.places.queries import chain, name_of
from matxich.rulebook.capabilities import wording
from matxich.rulebook.capabilities.joining import DENIED
from matxich.rulebook.capabilities.model import Language
from matxich.rulebook.passport import field_of
from matxich.rulebook.vietnamese.numbers import format_money

QUALIFIERS = {"≈": _lazy("khoảng"), ">": _lazy("trên"), "≥": _lazy("từ"), "<": _lazy("dưới"), "≤": _lazy("không quá")}


def language() -> Language:
    """The language structured values are worded in for this reader: Vietnamese, or English for everybody else."""
    return "vi" if locale() == "vi" else "en"


def shown(code: str, value: Any) -> str:
    """A stored value of a field as people read it, with the word that qualifies it and the year it is of."""
    field = field_of(code)
    if field.structured and isinstance(value, dict):
        return _("không có") if value == DENIED else wording.said(code, value, language())
    return _plain(value, field.kind)


def _plain(value: Any, kind: str) -> str:
    if kind == "address" and isinstance(value, dict):
        return _address(value)
    if isinstance(value, dict) and "value" in value:
        word, year = QUALIFIERS.get(value.get("comparator", ""), ""), value.get("year")
        plain = " ".join(part for part in (str(word), _plain(value["value"], kind)) if part)
        return _("%(value)s, năm %(year)s") % {"value": plain, "year": year} if year else plain
    if isinstance(value, dict) and "amount" in value:
        return _amount(value)
    if isinstance(value, dict):
        return str(value.get("text", ""))
    if isinstance(value, list):
        return " · ".join(_plain(item, "text") for item in value)
    if kind == "percent":
        return f"{value}%"
    if kind in ("integer", "number") and isinstance(value, int | float):
        return number(value)
    return str(value)


def _amount(value: Mapping[str, Any]) -> str:
    """Whole đồng in words people use; any other currency by its code. A comparator stands before."""
    word = QUALIFIERS.get(value.get("comparator", ""), "")
    if value.get("currency") == "VND":
        plain = format_money(int(value["amount"]), locale())
    else:
        plain = f"{number(Decimal(str(value['amount'])))} {value.get('currency', '')}".strip()
    text = " ".join(part for part in (str(word), plain) if part)
    return _("%(value)s, năm %(year)s") % {"value": text, "year": value["year"]} if value.get("year") else text


def _address(value: dict[str, Any]) -> str:
    """As typed where no commune was found; else lot, zone, commune and province of today."""
    codes = chain(value["commune_34"]) if value.get("commune_34") else ()
    if not codes:
        return str(value["text"])
    lot = _("lô %(lot)s") % {"lot": value["lot"]} if value.get("lot") else ""
    return ", ".join(part for part in (lot, value.get("zone", ""), *map(name_of, codes)) if part)
