"""One cell read as its field asks: the value, or a warning and the text kept aside."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from unicodedata import is_normalized

from matxich.rulebook.identifiers import Whose, parse_tax_code
from matxich.rulebook.lists import splitting
from matxich.rulebook.lists.grid import Value
from matxich.rulebook.lists.model import CellValue, Json, RowWarning
from matxich.rulebook.lists.units import Unit
from matxich.rulebook.vietnamese.names import legal_form
from matxich.rulebook.vietnamese.numbers import Number, Separator, parse_date, parse_number
from matxich.rulebook.vietnamese.text import fold, squeeze

EARLIEST_YEAR = 1900
MOST = 10**18  # đồng or any other unit: beyond what any enterprise can mean
FIRST_SERIAL = 10_000  # a smaller number in a column of years is a mistyped year, not a day counted by Excel
MOST_WORKERS = 2_000_000
_EMAIL = re.compile(r"[\w.+'&-]+@[\w-]+(?:\.[\w-]+)+")
_WEBSITE = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?", re.IGNORECASE)
_OWN_SCALE = re.compile(r"\d\s*(?:nghin|ngan|trieu|tr|ty|ti|thousand|million|mil|mn|billion|bn|k)(?![a-z])")
_MOBILE = re.compile(r"[35789]\d{8}")
_NOTHING = frozenset(("-", "--", "---", ".", "/", "n/a", "na", "none", "null", "khong", "0", "?", "…", "...",
                      "khong co", "chua co", "khong ro"))  # fmt: skip
_CURRENCIES = {"đồng": "VND", "USD": "USD"}
_ONE = Unit("money", "")


@dataclass(slots=True)
class Reader:
    """How one column is read. `decimal` and `fractions` are what its values as a whole show.

    `whose`: whose numbers the header says these are.
    """

    field: str
    kind: str
    letter: str
    sheet: str
    unit: Unit | None
    year: int | None
    decimal: Separator | None
    fractions: bool
    latest_year: int
    whose: Whose = ""

    def read(self, row: int, value: Value, raw: str, text: str, encoding: str | None, into: "Into") -> None:
        """Add what the cell says to the row: `raw` as it is, `text` with its encoding repaired."""
        _READERS[self.kind](Cell(self, row, value, raw, text, encoding, into))


@dataclass(slots=True)
class Into:
    """The row being filled. `about`: its name and the headings above it, which may say that it is a household."""

    values: dict[str, list[CellValue]]
    warnings: list[RowWarning]
    about: tuple[Value, ...] = ()


@dataclass(slots=True)
class Cell:
    reader: Reader
    row: int
    value: Value
    raw: str
    text: str
    encoding: str | None
    into: Into

    @property
    def whose(self) -> Whose:
        """By the header, else by the row. Asked of figures alone."""
        household = any(isinstance(text, str) and names_household(text) for text in self.into.about)
        return self.reader.whose or ("household" if household else "")

    def keep(
        self, value: Json, *, repaired: str | None = None, comparator: str = "", detail: str | None = None
    ) -> None:
        cell = CellValue(
            self.raw,
            value,
            self.reader.letter,
            repaired or self.encoding,
            comparator,
            detail,
            self.reader.year,
        )
        kept = self.into.values.get(self.reader.field)
        if kept is None:
            self.into.values[self.reader.field] = [cell]
        else:
            kept.append(cell)

    def warn(self, reason: str, kept_as: str | None, value: str | None = None) -> None:
        reader = self.reader
        self.into.warnings.append(RowWarning(reader.sheet, self.row, reader.letter, value or self.raw, reason, kept_as))

    def set_aside(self, reason: str, shown_value: str | None = None, text: str | None = None) -> None:
        """The value does not fit its field: a warning, and the text under "<field>_unverified"."""
        aside = f"{self.reader.field}_unverified"
        kept = CellValue(self.raw, text or tidy(self.text), self.reader.letter, self.encoding)
        self.into.values.setdefault(aside, []).append(kept)
        self.warn(reason, aside, shown_value)


def tidy(text: str) -> str:
    """`squeeze`, sooner where there is nothing to squeeze, as in nearly every cell."""
    plain = text.isprintable() and "  " not in text and is_normalized("NFC", text)
    return text.strip() if plain else squeeze(text)


def is_nothing(text: str) -> bool:
    """A dash, "n/a", "không có": said to be empty."""
    return len(text) < 12 and fold(text).strip() in _NOTHING


def names_household(text: str) -> bool:
    return legal_form(text) == "household" or fold(text).strip().startswith("nghe nhan")


def is_usable_name(text: str) -> bool:
    """At least two letters and not a placeholder."""
    return sum(map(str.isalpha, text)) >= 2 and not is_nothing(text)


def _text(cell: Cell) -> None:
    if text := tidy(cell.text):
        cell.keep(text)


def _quiet_text(cell: Cell) -> None:
    if not is_nothing(cell.text):
        _text(cell)


def _name(cell: Cell) -> None:
    text = tidy(cell.text)
    if is_usable_name(text):
        cell.keep(text)
    elif text and not is_nothing(text):
        cell.set_aside("name_unusable")


def _tax_code(cell: Cell) -> None:
    if is_nothing(cell.text):
        return
    if isinstance(cell.value, int | float):
        code = parse_tax_code(cell.value, whose=cell.whose)
    else:
        code = parse_tax_code(cell.text)
    if not code.valid:
        reason = "check_digit" if code.reason == "check_digit" else "not_a_tax_code"
        if code.reason != "empty":
            cell.set_aside(reason, code.shown)
        return
    cell.keep(code.text, repaired="leading_zero" if code.repaired else None, detail=code.kind)
    if code.repaired:
        cell.warn("leading_zero", cell.reader.field, code.shown)


def _number(cell: Cell) -> Number | None:
    """The figure, or a warning; a lone dash is an empty cell."""
    if is_nothing(cell.text) and cell.text.strip() != "0":
        return None
    number = parse_number(cell.value if isinstance(cell.value, int | float) else cell.text, decimal=cell.reader.decimal)
    if number is None:
        cell.set_aside("not_a_number")
    return number


def _integer(cell: Cell) -> None:
    number = _number(cell)
    if number is None:
        return
    readings = [number.value] if number.other is None else [number.value, number.other]
    whole = next((reading for reading in readings if reading == reading.to_integral_value()), None)
    if whole is None:
        cell.set_aside("not_whole")
    elif not 0 <= whole <= MOST_WORKERS:
        cell.set_aside("negative" if whole < 0 else "out_of_range")
    else:
        cell.keep(int(whole), comparator=number.comparator)


def _decimal(cell: Cell) -> None:
    number = _number(cell)
    if number is None:
        return
    if abs(number.value) >= MOST:
        cell.set_aside("out_of_range")
    else:
        cell.keep(_exact(number.value), comparator=number.comparator)


def _percent(cell: Cell) -> None:
    number = _number(cell)
    if number is None:
        return
    share = number.value * 100 if cell.reader.fractions and isinstance(cell.value, int | float) else number.value
    if not 0 <= share <= 100:
        cell.set_aside("out_of_range")
    else:
        cell.keep(_exact(share), comparator=number.comparator)


def _exact(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _money(cell: Cell) -> None:
    number = _number(cell)
    if number is None:
        return
    own = isinstance(cell.value, str) and (number.unit in _CURRENCIES or bool(_OWN_SCALE.search(fold(cell.text))))
    unit = cell.reader.unit or _ONE
    exact = number.value if own else number.value * unit.scale
    currency = _CURRENCIES.get(number.unit) or unit.currency or ("VND" if own or unit.scale > 1 else None)
    if not 0 <= exact < MOST:
        cell.set_aside("negative" if exact < 0 else "out_of_range")
        return
    amount = int(exact.to_integral_value(ROUND_HALF_EVEN))
    cell.keep({"amount": amount, "currency": currency}, comparator=number.comparator)
    if number.ambiguous or amount != exact:
        cell.warn("ambiguous_number" if number.ambiguous else "rounded", cell.reader.field)


def _year(cell: Cell) -> None:
    if is_nothing(cell.text):
        return
    value = cell.text if isinstance(cell.value, str) else cell.value
    known = parse_date(value, serial=isinstance(value, int | float) and value >= FIRST_SERIAL)
    if known is None:
        figures = sum(map(str.isdigit, cell.text))
        cell.set_aside("year_out_of_range" if figures in (3, 4, 5) and cell.text.strip().isdecimal() else "not_a_year")
    elif not EARLIEST_YEAR <= known.on.year <= cell.reader.latest_year:
        cell.set_aside("year_out_of_range")
    else:
        cell.keep(known.on.year)


def _list(cell: Cell) -> None:
    if is_nothing(cell.text):
        return
    for item in splitting.items(cell.reader.field, cell.text):
        cell.keep(tidy(item))


def _email(cell: Cell) -> None:
    if is_nothing(cell.text):
        return
    found = [address for address in splitting.emails(cell.text) if _EMAIL.fullmatch(address)]
    for address in found:
        cell.keep(address.lower())
    if not found:
        cell.set_aside("not_an_email")


def _phone(cell: Cell) -> None:
    if is_nothing(cell.text):
        return
    if isinstance(cell.value, int) and _MOBILE.fullmatch(cell.text):
        cell.keep("0" + cell.text, repaired="leading_zero")
        return
    found = [number for number in splitting.phones(cell.text) if sum(map(str.isdigit, number)) >= 6]
    for number in found:
        cell.keep(tidy(number))
    if not found:
        cell.set_aside("not_a_phone")


def _website(cell: Cell) -> None:
    if is_nothing(cell.text):
        return
    found = [site for site in splitting.emails(cell.text) if _WEBSITE.fullmatch(site)]
    for site in found:
        cell.keep(site)
    if not found:
        cell.set_aside("not_a_website")


_READERS: dict[str, Callable[[Cell], None]] = {
    "name": _name,
    "tax_code": _tax_code,
    "integer": _integer,
    "number": _decimal,
    "percent": _percent,
    "money": _money,
    "year": _year,
    "list": _list,
    "email": _email,
    "phone": _phone,
    "url": _website,
    "text": _quiet_text,
    "note": _text,
    "address": _quiet_text,
}
