"""Rows that wait for an officer, each beside the records it may speak of; and one row with all that is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, When
from django.utils.translation import gettext

from matxich.kit.actor import Actor
from matxich.places.queries import name_of
from matxich.registry.models import Enterprise, Import, ImportRow, Statement
from matxich.registry.queries.cells import Layout, field_label, shown_cell, shown_value, typed_in
from matxich.registry.queries.enterprises import visible_enterprises
from matxich.registry.queries.families import kept_of
from matxich.registry.queries.import_pages import PAGE, Doubt, RowLine, Slice, cut, row_line
from matxich.registry.queries.imports import queue_of
from matxich.registry.states import ImportState, Outcome, Verification
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.linking import REASONS
from matxich.rulebook.passport import FIELDS, field_of
from matxich.rulebook.projection import same_value

BESIDE = 4
_ALWAYS = ("name", "tax_code", "address")


@dataclass(frozen=True, slots=True)
class WaitingLine:
    row: RowLine
    batch: Import
    reason: str
    candidates: int


def queue_page(actor: Actor, after: int | None = None) -> tuple[Slice[WaitingLine], int]:
    """Waiting rows, list by list, and how many there are in all."""
    waiting = queue_of(actor).select_related("batch__repeats").order_by("id")
    found = list((waiting.filter(pk__gt=after) if after else waiting)[: PAGE + 1])
    lines = [
        WaitingLine(row_line(row, Layout(row.batch), visible=False), row.batch, why(row), len(candidates_of(row)))
        for row in found
    ]
    return cut(lines, [row.pk for row in found]), waiting.aggregate(n=Count("pk"))["n"]


def why(row: ImportRow) -> str:
    reason = (row.candidates or {}).get("reason", "")
    return gettext(REASONS[reason]) if reason in REASONS else ""


def candidates_of(row: ImportRow) -> list[int]:
    return list((row.candidates or {}).get("enterprises", ()))


def next_waiting(actor: Actor, after: int) -> int | None:
    """The waiting row after this one, else the first one; None when all is decided."""
    behind = Case(When(pk__gt=after, then=0), default=1)
    return queue_of(actor).exclude(pk=after).order_by(behind, "id").values_list("pk", flat=True).first()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record the row may speak of. `adds`, `agrees`, `differs`: how many of the row's facts do."""

    letter: str
    pk: int
    registry_id: str
    name: str
    place: str
    verification: int
    verification_label: str
    adds: int
    agrees: int
    differs: int


@dataclass(frozen=True, slots=True)
class Side:
    """What one record says about a field beside the row: agree, differ, or one of the two silent."""

    letter: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Compared:
    label: str
    row: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class WaitingRow:
    row: ImportRow
    name: str
    reason: str
    candidates: tuple[Candidate, ...]
    more: int
    fields: tuple[Compared, ...]
    position: int
    total: int


def waiting_row(actor: Actor, row: ImportRow) -> WaitingRow:
    """The row's facts field by field beside those of at most BESIDE records still in the register. Four queries."""
    told = _told(row)
    wanted = list(dict.fromkeys(kept_of(candidates_of(row)).values()))
    found = {one.pk: one for one in visible_enterprises().filter(pk__in=wanted)}
    beside = [found[pk] for pk in wanted if pk in found]
    shown = beside[:BESIDE]
    codes = sorted({*told, *_ALWAYS}, key=_rank)
    fields = tuple(_compared(code, told.get(code, []), shown) for code in codes)
    waiting = queue_of(actor).order_by("id")
    counted = waiting.aggregate(total=Count("pk"))["total"]
    before = waiting.filter(pk__lt=row.pk).aggregate(n=Count("pk"))["n"]
    name = next((str(value) for value in told.get("name", [])), "")
    candidates = tuple(_candidate(at, one, told) for at, one in enumerate(shown))
    return WaitingRow(row, name, why(row), candidates, len(beside) - len(shown), fields, before + 1, counted)


def _told(row: ImportRow) -> dict[str, list[Any]]:
    told: dict[str, list[Any]] = {}
    for code, value, _column in row.values or ():
        told.setdefault(code, []).append(value)
    return told


def _rank(code: str) -> tuple[int, str]:
    order = list(FIELDS)
    base = code.removesuffix("_unverified")
    return (order.index(base) if base in order else len(order), code)


def _held(enterprise: Enterprise, code: str) -> Any:
    known = enterprise.passport.get(code)
    if known is None:
        return None
    return [item for item, _statement in known["m"]] if "m" in known else known["v"]


def _compared(code: str, told: list[Any], beside: Sequence[Enterprise]) -> Compared:
    text = "; ".join(filter(None, (shown_value(code, value) for value in told)))
    sides = tuple(_side(at, code, told, one) for at, one in enumerate(beside))
    suffix = gettext(" (chưa kiểm được)") if code.endswith("_unverified") else ""
    return Compared(field_label(code) + suffix, text, sides)


def _side(at: int, code: str, told: list[Any], enterprise: Enterprise) -> Side:
    held = _held(enterprise, code)
    return Side(letter_of(at), shown_value(code, held), _state(code, told, held))


def _state(code: str, told: list[Any], held: Any) -> str:
    """agree, differ, new (only the row says), held (only the record says) or silent."""
    if not told:
        return "held" if held else "silent"
    if held in (None, "", []):
        return "new"
    if field_of(code).united:
        return "agree" if _same_items(told, held) else "new"
    return "agree" if any(_same(code, value, held) for value in told) else "differ"


def _same(code: str, value: Any, held: Any) -> bool:
    """Telephone numbers are their digits, however they are spaced."""
    if field_of(code).kind != "phone":
        return same_value(value, held)
    return _numbers(value) == _numbers(held)


def _numbers(value: Any) -> set[str]:
    items = value if isinstance(value, list) else [value]
    return {"".join(filter(str.isdigit, str(item))) for item in items}


def _same_items(told: list[Any], held: list[Any]) -> bool:
    items = [item for value in told for item in (value if isinstance(value, list) else [value])]
    return all(any(same_value(item, known) for known in held) for item in items)


def _candidate(at: int, enterprise: Enterprise, told: dict[str, list[Any]]) -> Candidate:
    states = [_state(code, values, _held(enterprise, code)) for code, values in told.items()]
    place = enterprise.commune_34 or enterprise.province_34
    return Candidate(
        letter=letter_of(at),
        pk=enterprise.pk,
        registry_id=make_registry_id(enterprise.pk),
        name=enterprise.name,
        place=name_of(place) if place else "",
        verification=min(enterprise.verification, 3),
        verification_label=str(Verification(enterprise.verification).label),
        adds=states.count("new"),
        agrees=states.count("agree"),
        differs=states.count("differ"),
    )


def letter_of(at: int) -> str:
    return chr(ord("A") + at)


@dataclass(frozen=True, slots=True)
class CellLine:
    """One column of a row: the cell as typed (personal ones masked) and what it was kept as."""

    letter: str
    header: str
    typed: str
    field: str
    kept: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class RowPage:
    line: RowLine
    cells: tuple[CellLine, ...]
    sections: str
    waiting: bool
    decided_by: str


def row_page(row: ImportRow) -> RowPage:
    """One row of a list with its cells. At most one query."""
    layout = Layout(row.batch)
    line = row_line(row, layout, visible=row.batch.state == ImportState.PUBLISHED)
    facts = _facts(row)
    columns = layout.columns(row)
    letters = list(dict.fromkeys([*columns, *row.cells]))
    cells = tuple(
        _cell_line(letter, columns.get(letter), typed_in(row.cells.get(letter, "")), facts, line) for letter in letters
    )
    sections = "; ".join(shown_value(code, value) for code, value, _column in facts if code == "list_section")
    waiting = row.outcome == Outcome.QUEUED and not row.decided_as and row.batch.state == ImportState.PUBLISHED
    return RowPage(line, cells, sections, waiting, row.decided_by)


def _facts(row: ImportRow) -> list[tuple[str, Any, str]]:
    if row.enterprise_id is None:
        return [(code, value, column) for code, value, column in row.values or ()]
    told = Statement.objects.filter(enterprise=row.enterprise_id, row=row).order_by("id")
    return list(told.values_list("field", "value", "column"))


def _cell_line(
    letter: str, column: dict[str, Any] | None, typed: str, facts: list[tuple[str, Any, str]], line: RowLine
) -> CellLine:
    field = column["field"] if column else None
    kept = "; ".join(filter(None, (shown_value(code, value) for code, value, at in facts if at == letter)))
    doubts = tuple(doubt for doubt in line.doubts if doubt.column == letter)
    return CellLine(
        letter, column["header"] if column else "", shown_cell(field, typed), field_label(field or ""), kept, doubts
    )
