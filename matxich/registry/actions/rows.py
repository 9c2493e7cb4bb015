"""A list's data rows as the register takes them in, whatever file they came from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Any

from matxich.places.queries import resolver
from matxich.registry.actions.values import address_value
from matxich.rulebook.identifiers import mask_person_id, parse_tax_code
from matxich.rulebook.linking import Keys
from matxich.rulebook.lists.comparing import digest_of
from matxich.rulebook.lists.grid import letter, shown
from matxich.rulebook.lists.model import CellValue, DataRow, ListRow, Rejection
from matxich.rulebook.lists.persons import persons_number
from matxich.rulebook.passport import ADDRESSES, field_of, is_stated
from matxich.rulebook.vietnamese.names import company_key, legal_form
from matxich.rulebook.vietnamese.text import fold


@dataclass(slots=True)
class TakenRow:
    """One data row: `cells` as typed by column letter; `facts` are (field, value, column), clean.

    A row that is `rejected` is not taken in. `hidden`: persons' numbers in columns of no field, as typed, by column
    letter; their cells show them masked. `span`: the columns of its table when another stands beside it.
    `code`: (import, row) of the rejected row it brings again, `code_column` where that is written.
    """

    sheet: str
    row: int
    cells: dict[str, str]
    facts: list[tuple[str, Any, str]]
    warnings: list[dict[str, Any]]
    rejected: dict[str, Any] | None
    hidden: dict[str, str]
    span: str = ""
    code: tuple[int, int] | None = None
    code_column: str = ""

    def first(self, field: str) -> Any:
        return next((value for code, value, _column in self.facts if code == field), None)


def taken(row: ListRow, typed: DataRow, persons: Collection[str] = (), span: str = "") -> TakenRow:
    """A row as the list rules read it, with its cells. `persons`: letters of columns to keep out of sight."""
    cells = {letter(at): clean(shown(value)) for at, value in enumerate(typed.values) if value is not None}
    facts = [fact for code, found in row.values.items() for fact in _facts(code, found)]
    if row.sections:
        facts.append(("list_section", " / ".join(row.sections), ""))
    warnings = [
        {"column": told.column, "value": clean(told.value), "reason": told.reason, "kept_as": told.kept_as}
        for told in row.warnings
    ]
    hidden = {column: cells[column] for column in persons if persons_number(cells.get(column, ""))}
    cells |= {column: mask_person_id(text) for column, text in hidden.items()}
    rejected = _rejected(row.rejected, cells) if row.rejected else None
    return TakenRow(row.sheet[:100], row.row, cells, facts, warnings, rejected, hidden, span)


def _rejected(told: Rejection, cells: Mapping[str, str]) -> dict[str, Any]:
    return {"column": told.column, "value": cells.get(told.column, clean(told.value)), "reason": told.reason}


def _facts(code: str, found: list[CellValue]) -> list[tuple[str, Any, str]]:
    """One statement per column: a field of many items as a list, any other as its value."""
    by_column: dict[str, list[Any]] = {}
    for cell in found:
        by_column.setdefault(cell.letter, []).append(_qualified(cell))
    many = field_of(code).united
    return [(code, items if many or len(items) > 1 else items[0], column) for column, items in by_column.items()]


def _qualified(cell: CellValue) -> Any:
    """A figure keeps what qualifies it: "trên 200" of 2025 is {"value": 200, "comparator": ">", "year": 2025}."""
    if not cell.comparator and not cell.year:
        return cell.value
    told = dict(cell.value) if isinstance(cell.value, dict) else {"value": cell.value}
    return told | {key: kept for key in ("comparator", "year") if (kept := getattr(cell, key))}


def clean(text: str) -> str:
    """Text either database can store."""
    return text.replace("\x00", "\u2400") if "\x00" in text else text


@dataclass(slots=True)
class KeyedRow:
    """A row ready to be linked: addresses resolved, a person's number (`person`) taken out of sight.

    `digest`: SHA-256 of the impersonal facts as canonical JSON, for the ledger: what was told cannot be altered later.
    `saying`: of all facts, whatever column they stand in, to compare lists by.
    """

    source: TakenRow
    keys: Keys
    facts: list[tuple[str, Any, str]]
    person: str = ""
    digest: str = ""
    saying: bytes = b""

    @property
    def name(self) -> str:
        return str(next((value for code, value, _column in self.facts if code == "name"), ""))

    @property
    def place(self) -> str:
        return self.keys.commune_34 or self.keys.province_34

    @property
    def parent_code(self) -> str:
        """The legal entity's tax code, of a dependent unit's."""
        return self.keys.tax_code[:10] if "-" in self.keys.tax_code else ""


def keyed(row: TakenRow) -> KeyedRow:
    """Resolve the addresses and work out what the row is linked by; a rejected row stays as it is."""
    if row.rejected:
        return KeyedRow(row, Keys(0, ""), [])
    person = _hide_person(row)
    addresses = _addresses(row)
    facts = addresses + [fact for fact in row.facts if is_stated(fact[0]) and fact[0] not in ADDRESSES]
    name = str(row.first("name") or row.first("name_en") or row.first("name_short") or "")
    code = "" if person else str(row.first("tax_code") or "")
    place: Mapping[str, str] = addresses[0][1] if addresses else {}
    keys = Keys(
        id=0,
        name_key=company_key(name)[:300],
        form=legal_form(name),
        tax_code=code,
        province_34=place.get("province_34", ""),
        commune_34=place.get("commune_34", ""),
        commune_63=place.get("commune_63", ""),
    )
    return KeyedRow(row, keys, facts, person, _digest(facts), digest_of(fact[:2] for fact in facts))


def _digest(facts: list[tuple[str, Any, str]]) -> str:
    impersonal = [fact for fact in facts if not field_of(fact[0]).personal]
    return sha256(dumps(impersonal, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


PARTS = ("lot", "zone", "commune", "district", "province")


def _addresses(row: TakenRow) -> list[tuple[str, Any, str]]:
    """Each address with the lot, zone, commune, district and province that have columns of their own."""
    parts = [fact for code in PARTS for fact in row.facts if fact[0] == code]
    told = [fact for code in ADDRESSES for fact in row.facts if fact[0] == code]
    if not told and parts:
        told = [("address", "", parts[0][2])]
    return [(code, _resolved(text, parts if at == 0 else []), column) for at, (code, text, column) in enumerate(told)]


def _resolved(text: str, parts: list[tuple[str, Any, str]]) -> dict[str, Any]:
    said = fold(text)
    added = [str(part) for _code, part, _column in parts if fold(str(part)) not in said]
    return address_value(resolver().resolve(", ".join(piece for piece in (text, *added) if piece)))


def _hide_person(row: TakenRow) -> str:
    """A household's twelve digits identify a person: masked wherever they stand; the number is returned."""
    for at, (field, number, column) in enumerate(row.facts):
        if field == "tax_code" and parse_tax_code(number).kind == "person":
            row.facts[at] = ("person_id", {}, column)
            row.cells[column] = mask_person_id(number)
            for told in row.warnings:
                if told["column"] == column:
                    told["value"] = mask_person_id(number)
            return str(number)
    return ""
