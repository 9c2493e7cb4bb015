"""Rows are read, cleaned and located beside the process that writes them, when there are enough of them to pay.

Locating addresses costs as much as writing; two processors then share a long list. The helper process only computes:
it opens no database.
"""

from collections.abc import Iterator
from itertools import batched
from multiprocessing import get_context
from multiprocessing.connection import Connection

import django

from matxich.kit.refusals import Refusal
from matxich.registry.actions.reading import Reading
from matxich.registry.actions.rows import KeyedRow, keyed

MANY = 5_000
SENT_AT_ONCE = 200
Done = frozenset[tuple[str, int]]


class HelperStopped(Refusal):
    """The helper process ended early: stopped from outside, or out of memory."""

    code = "helper_stopped"
    status = 500


def prepared(reading: Reading, *, latest_year: int, done: Done = frozenset()) -> Iterator[KeyedRow]:
    """Every data row in the file's order, ready to be linked, without those already `done`."""
    if reading.rows < MANY:
        yield from _prepare(reading, latest_year, done)
    else:
        yield from _prepared_aside(reading, latest_year, done)


def _prepare(reading: Reading, latest_year: int, done: Done) -> Iterator[KeyedRow]:
    for row in reading.taken_rows(latest_year=latest_year):
        if (row.sheet, row.row) not in done:
            yield keyed(row)


def _prepared_aside(reading: Reading, latest_year: int, done: Done) -> Iterator[KeyedRow]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    helper = context.Process(target=_help, args=(theirs,), daemon=True)
    helper.start()
    theirs.close()
    try:
        ours.send((reading, latest_year, done))
        reading.tables.clear()
        while rows := _received(ours):
            yield from rows
    finally:
        ours.close()
        helper.kill()
        helper.join()


def _received(ours: Connection) -> list[KeyedRow]:
    """The next rows, empty at the end. A fault of the helper is raised here."""
    try:
        rows = ours.recv()
    except EOFError as error:
        raise HelperStopped("Việc đọc danh sách bị dừng giữa chừng.", "Tiếp tục lần nhập này.") from error
    if isinstance(rows, BaseException):
        raise rows
    return list(rows)


def _help(theirs: Connection) -> None:
    """The helper's whole life: one reading in, its rows out, in order; an empty list ends them."""
    django.setup()
    reading, latest_year, done = theirs.recv()
    try:
        for rows in batched(_prepare(reading, latest_year, done), SENT_AT_ONCE, strict=False):
            theirs.send(list(rows))
        theirs.send([])
    except BrokenPipeError:
        return
    except Exception as error:  # told to whoever waits for the rows
        theirs.send(error)
