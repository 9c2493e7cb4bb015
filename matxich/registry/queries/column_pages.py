"""What the column page shows: each column of each table, what it was taken for and why, and how its rows will read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import get_language, gettext

from matxich.registry.models import Import
from matxich.registry.queries.cells import field_label, shown_cell, shown_value
from matxich.registry.queries.import_pages import reason_text
from matxich.registry.states import ImportState
from matxich.rulebook.lists.columns import ColumnGuess
from matxich.rulebook.lists.correcting import COLUMNS
from matxich.rulebook.lists.fields import BY_CODE, FIELDS, NAMES
from matxich.rulebook.lists.model import REASONS, REMEMBERED, CellValue, Column, DataRow, ListRow, Table
from matxich.rulebook.lists.rows import read_rows
from matxich.rulebook.lists.units import Unit
from matxich.rulebook.passport import field_of
from matxich.rulebook.sections import SECTIONS

SHOWN_ROWS, SHOWN_COLUMNS = 4, 7
_FIRST = ("name", "tax_code", "address", "site_address", "products", "workers", "certificates")
_OPEN = "open"


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields to choose from, under one heading of the passport: [(code, label)]."""

    label: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    warn: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One of two fields a column may hold; `share` in per cent."""

    code: str
    label: str
    share: int


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """`name` is the control's. `chosen`: field code, "-" left out, "" still to be chosen. `usable`: None if unknown.

    `before`: what the sender's last list meant by it, in words, if that is not what is chosen now; else "".
    """

    name: str
    letter: str
    header: str
    samples: str
    chosen: str
    chosen_label: str
    why: str
    notes: tuple[Note, ...]
    readings: tuple[Reading, ...]
    usable: int | None
    filled: int
    ask: bool
    before: str = ""


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """`repaired`: not what the cell shows. `doubt`: why it needs a look."""

    text: str
    repaired: bool = False
    doubt: str = ""
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[int, tuple[PreviewCell, ...], str], ...]


@dataclass(frozen=True, slots=True)
class TableView:
    number: int
    sheet: str
    title: str
    start: str
    rows: int
    first_row: int
    last_row: int
    included: bool
    columns: tuple[ColumnLine, ...]
    looked_at: int
    preview: Preview

    @property
    def to_choose(self) -> int:
        return sum(column.ask and not column.chosen for column in self.columns)

    @property
    def understood(self) -> int:
        return sum(column.chosen not in ("", "-") for column in self.columns)


@dataclass(frozen=True, slots=True)
class SenderView:
    """What is known of the sender's earlier lists.

    `like_before`: columns read as last time; `renamed`: [(last header, header)]; `fresh`: new headers; `missing`:
    headers of the last list that are not here.
    """

    name: str
    lists: int
    like_before: int
    renamed: tuple[tuple[str, str], ...]
    fresh: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    tables: tuple[TableView, ...]
    groups: tuple[FieldGroup, ...]
    sender: SenderView
    notes: tuple[str, ...]
    editable: bool

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables if table.included)

    @property
    def to_choose(self) -> int:
        return sum(table.to_choose for table in self.tables if table.included)

    @property
    def understood(self) -> int:
        return sum(table.understood for table in self.tables if table.included)

    @property
    def columns(self) -> int:
        return sum(len(table.columns) for table in self.tables if table.included)

    @property
    def differing(self) -> tuple[ColumnLine, ...]:
        """Columns that are to mean something else than last time."""
        return tuple(c for table in self.tables if table.included for c in table.columns if c.before and c.chosen)

    @property
    def confirmation(self) -> str:
        """What a person confirms who lets columns mean something else: changes with every choice."""
        return "&".join(f"{column.name}={column.chosen}" for column in self.differing)

    @property
    def in_doubt(self) -> tuple[ColumnLine, ...]:
        """Columns whose content fits two fields."""
        return tuple(c for table in self.tables if table.included for c in table.columns if c.ask and not c.chosen)


def columns_page(batch: Import, *, today: date, chosen: Mapping[str, str] | None = None) -> ColumnsPage:
    """One query. `chosen`: what was picked in a form sent back with mistakes, by control name."""
    mapping, picked = batch.mapping, chosen or {}
    tables = tuple(_table(batch, number, picked, today) for number in range(len(mapping["tables"])))
    notes = tuple(gettext(note["text"]) % note["params"] for note in batch.notes)
    editable = batch.state in (ImportState.READ, ImportState.MAPPED)
    return ColumnsPage(tables, field_groups(get_language() or "vi"), _sender(batch), notes, editable)


def control_name(table: int, index: int) -> str:
    return f"c{table}-{index}"


@cache
def field_groups(_language: str) -> tuple[FieldGroup, ...]:
    """All fields a column may hold, in the order of the passport."""
    groups: dict[str, list[tuple[str, str]]] = {code: [] for code in SECTIONS}
    for field in FIELDS:
        if field.kind != "skip":
            section = "place" if field.code in _LOCATING else field_of(field.code).section
            groups[section].append((field.code, field_label(field.code)))
    return tuple(FieldGroup(gettext(SECTIONS[code]), tuple(fields)) for code, fields in groups.items() if fields)  # type: ignore[index]


_LOCATING = ("province", "district", "commune", "latitude", "longitude")


def _sender(batch: Import) -> SenderView:
    columns = [column for table in batch.mapping["tables"] for column in table["columns"] if column["header"]]
    told = [(c["header"], {r["code"]: r["params"] for r in c["reasons"]}, c["field"]) for c in columns]
    known = [header for header, reasons, _field in told if reasons.keys() & REMEMBERED]
    renamed = [(r["remembered_like"]["header"], header) for header, r, _field in told if "remembered_like" in r]
    own = {header for header, _reasons, field in told if field in COLUMNS}
    fresh = [header for header, _reasons, _field in told if header not in own and header not in known]
    lists = Import.objects.filter(source=batch.source_id, published_at__isnull=False).count()
    missing = tuple(batch.mapping.get("missing", ()))
    return SenderView(
        batch.source.name, lists, len(known), tuple(renamed), tuple(fresh) if known else (), missing if known else ()
    )


def _table(batch: Import, number: int, picked: Mapping[str, str], today: date) -> TableView:
    table = batch.mapping["tables"][number]
    yields = _at(batch.mapping.get("yields"), number) or {"rows": 0, "fields": {}, "usable": {}, "doubts": {}}
    settled = batch.state != ImportState.READ
    lines = tuple(_line(number, column, picked, yields, settled) for column in table["columns"])
    included = number not in batch.mapping.get("left_out", ())
    if picked:
        included = f"t{number}" in picked
    first_rows = _at(batch.mapping.get("first_rows"), number) or []
    return TableView(
        number=number,
        sheet=table["sheet"],
        title=table["title"],
        start=table["start"],
        rows=table["rows"],
        first_row=table["first_row"],
        last_row=table["last_row"],
        included=included,
        columns=lines,
        looked_at=yields["rows"],
        preview=_preview(table, lines, first_rows, today),
    )


def _at(items: Sequence[Any] | None, number: int) -> Any:
    return items[number] if items and number < len(items) else None


def _line(
    number: int, column: dict[str, Any], picked: Mapping[str, str], yields: dict[str, Any], settled: bool
) -> ColumnLine:
    name = control_name(number, column["index"])
    readings = _readings(column)
    ask = bool(readings) and column["filled"] > 0
    proposed = column["field"] or ("-" if settled or not ask else "")
    field = picked.get(name, proposed)
    if field not in BY_CODE and field not in ("-", ""):
        field = proposed
    if field in BY_CODE and BY_CODE[field].kind == "skip":
        field = "-"
    same = yields["fields"].get(column["letter"], _OPEN) == field
    return ColumnLine(
        name=name,
        letter=column["letter"],
        header=column["header"],
        samples=" · ".join(shown_cell(column["field"], sample) for sample in column["samples"]),
        chosen=field,
        chosen_label=field_label(field) if field in BY_CODE else "",
        why=" ".join(_reason(told) for told in column["reasons"] if told["code"] not in _NOTED),
        notes=tuple(_notes(column, yields["doubts"].get(column["letter"], {}) if same else {})),
        readings=readings,
        usable=yields["usable"].get(column["letter"], 0) if same else None,
        filled=column["filled"],
        ask=ask,
        before=_before(column.get("before", ""), field),
    )


def _before(before: str, field: str) -> str:
    """What it meant last time, unless that is chosen now: in the words of the choice."""
    before = "-" if before in BY_CODE and BY_CODE[before].kind == "skip" else before
    if not before or before == field:
        return ""
    return field_label(before) if before in BY_CODE else gettext("Bỏ qua")


_NOTED = ("encoding", "duplicate_header", "unit_missing", "content_against", "unit")


def _readings(column: dict[str, Any]) -> tuple[Reading, ...]:
    if not any(told["code"] == "two_fields" for told in column["reasons"]):
        return ()
    return tuple(
        Reading(c["field"], field_label(c["field"]), round(c["confidence"] * 100)) for c in column["candidates"][:2]
    )


def _reason(told: dict[str, Any]) -> str:
    """Labels inside a reason are texts to translate too."""
    params = {
        key: gettext(value) if isinstance(value, str) and value else value for key, value in told["params"].items()
    }
    return gettext(REASONS[told["code"]]) % params


def _notes(column: dict[str, Any], doubts: dict[str, list[int]]) -> list[Note]:
    quiet = ("encoding", "unit")
    notes = [Note(_reason(told), told["code"] not in quiet) for told in column["reasons"] if told["code"] in _NOTED]
    for code, (count, row) in sorted(doubts.items(), key=lambda item: -item[1][0]):
        told = gettext("%(count)s ô: %(reason)s Trước tiên ở dòng %(row)s.")
        notes.append(Note(told % {"count": count, "reason": reason_text(code), "row": row}, code != "leading_zero"))
    return notes


def _preview(table: dict[str, Any], lines: Sequence[ColumnLine], first_rows: list[Any], today: date) -> Preview:
    """The first rows read under the choices on the page."""
    chosen = {line.name.rpartition("-")[2]: line.chosen for line in lines}
    guesses = [_guess(column, chosen[str(column["index"])]) for column in table["columns"]]
    rows = [DataRow(row, values, tuple(sections)) for row, values, sections in first_rows]
    columns = [Column(g.index, g.letter, g.header, (g.header,)) for g in guesses]
    sheet = Table(table["sheet"], table["title"], (), columns, rows)
    read = list(read_rows(sheet, guesses, latest_year=today.year))[:SHOWN_ROWS]
    shown = _shown_fields(guesses)
    heads = tuple((field_label(code), _is_figure(code)) for code in shown)
    return Preview(heads, tuple((row.row, tuple(_cell(row, code) for code in shown), _refusal(row)) for row in read))


def _guess(column: dict[str, Any], chosen: str) -> ColumnGuess:
    unit = Unit(**column["unit"]) if column["unit"] else None
    return ColumnGuess(
        index=column["index"],
        letter=column["letter"],
        header=column["header"],
        field=chosen if chosen in BY_CODE else None,
        confidence=column["confidence"],
        reasons=(),
        samples=(),
        candidates=(),
        filled=column["filled"],
        unit=unit,
        year=column["year"],
    )


def _shown_fields(guesses: Sequence[ColumnGuess]) -> list[str]:
    read = list(dict.fromkeys(guess.field for guess in guesses if guess.field))
    first = [code for code in (*NAMES[:1], *_FIRST) if code in read]
    return list(dict.fromkeys([*first, *read]))[:SHOWN_COLUMNS]


def _is_figure(code: str) -> bool:
    return BY_CODE[code].kind in ("integer", "number", "money", "percent", "year")


def _cell(row: ListRow, code: str) -> PreviewCell:
    cells = row.values.get(code, [])
    unfit = row.values.get(f"{code}_unverified", [])
    told = [warning for warning in row.warnings if warning.kept_as in (code, f"{code}_unverified")]
    told += [warning for warning in row.warnings if warning.kept_as is None and _of_field(row, warning.column, code)]
    if any("•" in cell.raw for cell in unfit):
        return PreviewCell(unfit[0].raw)
    text = "; ".join(_read(code, cell) for cell in (*cells, *unfit))
    doubt = next((reason_text(warning.reason) for warning in told if warning.reason != "leading_zero"), "")
    repaired = any(cell.repaired for cell in cells)
    return PreviewCell(text, repaired, doubt, _is_figure(code))


def _of_field(row: ListRow, letter: str, code: str) -> bool:
    return any(cell.letter == letter for cell in row.values.get(code, ()))


def _read(code: str, cell: CellValue) -> str:
    value: Any = cell.value
    if cell.comparator:
        value = {**(value if isinstance(value, dict) else {"value": value}), "comparator": cell.comparator}
    return shown_value(code, value)


def _refusal(row: ListRow) -> str:
    return reason_text(row.rejected.reason) if row.rejected else ""
