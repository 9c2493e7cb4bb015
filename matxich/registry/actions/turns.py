"""One import at a time: the others wait, and say so. A process that dies gives its turn back."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper

LOCK_NUMBER = 0x6D78_696D  # any number nobody else of this database uses
PAUSE = 0.2


@contextmanager
def turn_to_import(waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the turn; `waiting` is called once if somebody else has it. It may raise to stop waiting.

    One import per database on PostgreSQL, per home folder on SQLite.
    """
    take = _database_turn() if connection.vendor == "postgresql" else _file_turn()
    with take as try_once:
        told = False
        while not try_once():
            if not told:
                waiting()
                told = True
            time.sleep(PAUSE)
        yield


@contextmanager
def _file_turn() -> Iterator[Callable[[], bool]]:
    folder = Path(settings.HOME) / "locks"
    folder.mkdir(exist_ok=True)
    with (folder / "import").open("w") as file:

        def try_once() -> bool:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        yield try_once


@contextmanager
def _database_turn() -> Iterator[Callable[[], bool]]:
    with connection.cursor() as cursor:

        def try_once() -> bool:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_NUMBER])
            return bool(cursor.fetchone()[0])

        try:
            yield try_once
        finally:
            _give_back(cursor)


def _give_back(cursor: CursorWrapper) -> None:
    """A connection that was interrupted in the middle of a command takes no other; closing it gives the turn back."""
    try:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])
    except DatabaseError:
        connection.close()
