"""Rows are read, cleaned and located; beside the process that writes them when there are enough of them to pay.

Locating addresses costs as much as writing, so two processors share a long list.
"""

from collections.abc import Iterator
from itertools import batched

from matxich.kit.aside import stream_aside
from matxich.registry.actions.reading import Reading
from matxich.registry.actions.rows import KeyedRow, keyed

MANY = 5_000
SENT_AT_ONCE = 200
Done = frozenset[tuple[str, int, str]]


def prepared(reading: Reading, *, latest_year: int, done: Done = frozenset()) -> Iterator[KeyedRow]:
    """Every data row in the file's order, ready to be linked, without those already `done`."""
    if reading.rows < MANY:
        yield from prepare(reading, latest_year, done)
        return
    for rows in stream_aside(f"{__name__}.prepare_some", reading, latest_year, done):
        yield from rows


def prepare(reading: Reading, latest_year: int, done: Done) -> Iterator[KeyedRow]:
    for row in reading.taken_rows(latest_year=latest_year):
        if (row.sheet, row.row, row.span) not in done:
            yield keyed(row)


def prepare_some(reading: Reading, latest_year: int, done: Done) -> Iterator[list[KeyedRow]]:
    """The same, many at once: sending rows one by one would cost more than making them."""
    for rows in batched(prepare(reading, latest_year, done), SENT_AT_ONCE, strict=False):
        yield list(rows)
