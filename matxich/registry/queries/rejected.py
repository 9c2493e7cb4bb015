"""Rows that were not taken in: the workbook they are corrected in, and how many have come back since."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

from matxich.registry.models import Import, ImportRow
from matxich.registry.queries.cells import Layout, typed_in
from matxich.registry.queries.import_pages import reason_text, remedy_text, rows_told
from matxich.registry.states import ImportState, Outcome
from matxich.rulebook.lists.correcting import CODE, COLUMNS, row_code
from matxich.rulebook.lists.fields import BY_CODE

_NOT_AGAIN = ("already_corrected", "not_a_correction")


@dataclass(frozen=True, slots=True)
class RejectedSheet:
    """The rows of one table that were not taken in: why and what to do, then the cells as typed, then their codes."""

    name: str
    headers: tuple[str, ...]
    rows: list[list[str | int]]


def rejected_sheets(batch: Import) -> list[RejectedSheet]:
    """As the sender typed them, but for sealed numbers of persons: whoever may open the import has the file itself.

    Rows taken in elsewhere or foreign to the list corrected are left out: sending them again would be no use.
    """
    layout, sheets = Layout(batch), dict[int, RejectedSheet]()
    rejected = rows_told(batch).filter(outcome=Outcome.REJECTED).select_related("corrects")
    for row in rejected:
        told = row.rejected or {"column": "", "reason": ""}
        if told["reason"] in _NOT_AGAIN:
            continue
        table = layout.table(row)
        number = layout.tables.index(table) if table else -1
        columns = _own_columns(table, row)
        if number not in sheets:
            headers = (*map(_header, COLUMNS[:-1]), *columns.values(), _header(CODE))
            sheets[number] = RejectedSheet(_sheet_name(row.sheet, len(sheets)), headers, [])
        sheets[number].rows.append([*_told(row, told), *_cells(row, columns), _code(row)])
    return list(sheets.values())


def _own_columns(table: Mapping[str, Any] | None, row: ImportRow) -> dict[str, str]:
    """Letter → header of the sender's columns; without those a workbook of ours had added."""
    if table is None:
        return {letter: letter for letter in sorted(row.cells)}
    return {c["letter"]: c["header"] or c["letter"] for c in table["columns"] if c["field"] not in COLUMNS}


def _header(code: str) -> str:
    """In one of the two languages it is known by when the file comes back."""
    field = BY_CODE[code]
    return field.label if (get_language() or "vi").startswith("vi") else field.label_en


def _told(row: ImportRow, told: Mapping[str, Any]) -> list[str | int]:
    sent = row.corrects or row
    column = f"{told['column']}: " if told["column"] else ""
    return [sent.sheet, sent.row, f"{column}{reason_text(told['reason'])}", remedy_text(told["reason"])]


def _cells(row: ImportRow, columns: Mapping[str, str]) -> list[str]:
    return [typed_in(row.cells.get(letter, "")) for letter in columns]


def _code(row: ImportRow) -> str:
    sent = row.corrects or row
    return row_code(sent.batch_id, sent.pk)


def _sheet_name(sheet: str, before: int) -> str:
    name = sheet or gettext("Trang")
    return f"{name[:25]} ({before + 1})" if before else name


@dataclass(frozen=True, slots=True)
class Corrected:
    """How many of a list's rejected rows have been taken in since, and by which imports; `waiting`: not published."""

    rejected: int
    done: int
    waiting: int
    imports: tuple[Import, ...]


def corrected_since(batch: Import) -> Corrected | None:
    """None while nothing has come back. At most three queries."""
    own = batch.repeats_id or batch.pk
    states = (ImportState.STAGED, ImportState.PUBLISHED)
    imports = tuple(Import.objects.filter(corrects=own, state__in=states, repeats=None).order_by("id"))
    if not imports:
        return None
    told = ImportRow.objects.filter(corrects__batch=own, batch__in=imports).exclude(outcome=Outcome.REJECTED)
    counts = dict.fromkeys(states, 0)
    for state in told.values_list("batch__state", flat=True):
        counts[ImportState(state)] += 1
    rejected = ImportRow.objects.filter(batch=own, outcome=Outcome.REJECTED).count()
    return Corrected(rejected, counts[ImportState.PUBLISHED], counts[ImportState.STAGED], imports)
