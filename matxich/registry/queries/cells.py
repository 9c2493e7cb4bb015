"""Cells and values as people read them; what names or reaches a person with its middle hidden."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from matxich.kit.templatetags.mx import locale, mask, number
from matxich.registry.models import Import, ImportRow
from matxich.rulebook.identifiers import mask_person_id, parse_tax_code
from matxich.rulebook.lists.fields import BY_CODE
from matxich.rulebook.passport import field_of
from matxich.rulebook.vietnamese.numbers import format_money

REACHES = re.compile(r"@|(?:\d[\s.\-()]*){9}")


def field_label(code: str) -> str:
    """What a field is called on pages, in the reader's language; "" for none."""
    if not code:
        return ""
    known = BY_CODE.get(code)
    return gettext(known.label if known else field_of(code).label)


def typed_in(cell: Any) -> str:
    """The text of a row's cell; of one that is sealed, its mask."""
    return str(cell["text"]) if isinstance(cell, Mapping) else str(cell)


def shown_cell(code: str | None, text: str) -> str:
    """A cell as typed. A column of no field is taken for personal when it looks like a number or an address."""
    if code is None:
        return mask(text) if REACHES.search(text) else text
    base = code.removesuffix("_unverified")
    if base == "tax_code":
        return _shown_code(text)
    known = BY_CODE.get(base)
    personal = known.personal if known else field_of(code).personal
    return mask(text) if personal and text else text


def _shown_code(text: str) -> str:
    code = parse_tax_code(text)
    return mask(code.shown) if code.shown != code.text else text


def shown_value(code: str, value: Any) -> str:
    """A value as the register keeps it, written for a reader."""
    if isinstance(value, list):
        return "; ".join(filter(None, (shown_value(code, item) for item in value)))
    if isinstance(value, Mapping):
        return _qualified(code, value)
    if value is None or value == "":
        return ""
    if code == "person_id":
        return mask(mask_person_id(str(value)))
    kind = field_of(code).kind
    if kind in ("number", "percent", "integer") and not isinstance(value, bool):
        return _figure(str(value)) + ("%" if kind == "percent" else "")
    return shown_cell(code, str(value))


def _figure(text: str) -> str:
    try:
        return number(Decimal(text))
    except ArithmeticError:
        return text


def _qualified(code: str, value: Mapping[str, Any]) -> str:
    told = _money(value) if "amount" in value else shown_value(code, value.get("text", value.get("value", "")))
    year = f" ({value['year']})" if value.get("year") else ""
    comparator = f"{value['comparator']} " if value.get("comparator") else ""
    return f"{comparator}{told}{year}"


def _money(value: Mapping[str, Any]) -> str:
    if value.get("currency") == "VND":
        return format_money(int(value["amount"]), locale(), exact=True)
    return " ".join(filter(None, (number(int(value["amount"])), value.get("currency"))))


class Layout:
    """Which field each column of a list was read as: per row, since a sheet may hold several tables."""

    def __init__(self, batch: Import) -> None:
        self.tables: Sequence[dict[str, Any]] = (batch.repeats or batch).mapping.get("tables", ())

    def table(self, row: ImportRow) -> dict[str, Any] | None:
        return next((table for table in self.tables if _holds(table, row)), None)

    def columns(self, row: ImportRow) -> dict[str, dict[str, Any]]:
        """Column letter → its column, of the table a row stands in."""
        table = self.table(row)
        return {column["letter"]: column for column in table["columns"]} if table else {}


def _holds(table: Mapping[str, Any], row: ImportRow) -> bool:
    beside = table.get("span", "") == row.span and table["sheet"][:100] == row.sheet
    return beside and bool(table["first_row"] <= row.row <= table["last_row"])
