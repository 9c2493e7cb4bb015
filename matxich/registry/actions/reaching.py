"""Rows that belong to no firm and still name or reach the people of one: waiting to be decided, or not taken in."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from matxich.registry.models import ImportRow, Statement
from matxich.registry.queries.cells import REACHES, Layout
from matxich.registry.states import Outcome
from matxich.rulebook.passport import field_of

_ADDRESS = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_NUMBER = re.compile(r"(?:\d[\s.\-()]*){9,}")
_UNLINKED = Q(outcome=Outcome.QUEUED, decided_as="") | Q(outcome=Outcome.REJECTED)


def unlinked_rows_reaching(numbers: Collection[int]) -> list[int]:
    """Rows that speak of the people an enterprise is reached by, as far as can be told; `numbers` are its records.

    A waiting row does when the enterprise is one of its candidates; any row does when a personal cell of it holds a
    telephone number, a mail address or a person's number that the enterprise's own personal facts and cells hold.
    A name alone is too common to go by.
    """
    reaches, records = _reaches_of(numbers), set(numbers)
    return [
        row.pk
        for row, layout in _with_layouts(ImportRow.objects.filter(_UNLINKED).order_by("id"))
        if records & set((row.candidates or {}).get("enterprises", ())) or reaches & _reaches_in(row, layout)
    ]


def personal_columns(row: ImportRow, layout: Layout) -> set[str]:
    """Letters of the cells of a row that name or reach a person; in a column of no field, those that look so."""
    columns = layout.columns(row)
    return {letter for letter, cell in row.cells.items() if is_personal(columns.get(letter), cell)}


def is_personal(column: Mapping[str, Any] | None, cell: Any) -> bool:
    """A sealed cell is; else by the field its column was read as, or by its looks where there is none."""
    code = column["field"] if column else None
    if isinstance(cell, dict):
        return True
    return field_of(code).personal if code else bool(REACHES.search(cell))


def _with_layouts(rows: Any) -> Iterator[tuple[ImportRow, Layout]]:
    layouts: dict[int, Layout] = {}
    for row in rows.select_related("batch", "batch__repeats").iterator(chunk_size=1_000):
        if row.batch_id not in layouts:
            layouts[row.batch_id] = Layout(row.batch)
        yield row, layouts[row.batch_id]


def _reaches_of(numbers: Collection[int]) -> set[str]:
    told = Statement.objects.filter(enterprise__in=numbers)
    found = {reach for fact in told if field_of(fact.field).personal for reach in _reaches(fact.value)}
    rows = ImportRow.objects.filter(pk__in=told.filter(row__isnull=False).values("row")).order_by("id")
    return found.union(*(_reaches_in(row, layout) for row, layout in _with_layouts(rows)))


def _reaches_in(row: ImportRow, layout: Layout) -> set[str]:
    facts = [value for code, value, _column in row.values or () if field_of(code).personal]
    cells = [row.cells[letter] for letter in personal_columns(row, layout)]
    return {reach for value in (*facts, *cells) for reach in _reaches(value)}


def _reaches(value: Any) -> Iterable[str]:
    """What a value can be recognised by: the digits of its numbers, its addresses, the hash of a sealed number."""
    if isinstance(value, list):
        return [reach for item in value for reach in _reaches(item)]
    if isinstance(value, Mapping):
        parts = [value["hash"]] if value.get("hash") else []
        return [*parts, *(reach for part in ("phone", "email") for reach in _reaches(value.get(part, "")))]
    text = str(value)
    numbers = ("".join(filter(str.isdigit, found)) for found in _NUMBER.findall(text))
    return [*(address.casefold() for address in _ADDRESS.findall(text)), *(_national(digits) for digits in numbers)]


def _national(digits: str) -> str:
    """+84 912 345 678 is 0912 345 678."""
    return "0" + digits[2:] if digits.startswith("84") and len(digits) > 10 else digits
