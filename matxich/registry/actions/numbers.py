"""Primary keys known before their rows are written, so that a passport can name its statements at once."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, models, transaction


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Primary keys nobody else will get, ascending. A number reserved and not used stays unused."""
    if not count:
        return []
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return sorted(number for (number,) in cursor.fetchall())
        return list(_next_row(cursor, table, count))


def reserve_row(model: type[models.Model], count: int) -> range:
    """The same without a gap, for very many: one that somebody else's number came into is left, and another taken."""
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            return _next_row(cursor, table, count)
        while True:
            cursor.execute(
                "SELECT min(n), max(n) FROM (SELECT nextval(pg_get_serial_sequence(%s, 'id')) AS n"
                " FROM generate_series(1, %s)) AS taken",
                [table, count],
            )
            first, last = cursor.fetchone()
            if last - first + 1 == count:
                return range(first, last + 1)


def _next_row(cursor: Any, table: str, count: int) -> range:
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    row = cursor.fetchone()
    last = row[0] if row else 0
    if row:
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + count, table])
    else:
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
    return range(last + 1, last + count + 1)


class Numbers:
    """Primary keys reserved ahead, handed out one by one; in a rehearsal, numbers no row has."""

    def __init__(self, model: type[models.Model], rehearsal: bool) -> None:
        self.model, self.rehearsal, self.last = model, rehearsal, 0
        self.pool: Iterator[int] = iter(())

    def take(self) -> int:
        if self.rehearsal:
            self.last -= 1
            return self.last
        number = next(self.pool, None)
        if number is None:
            self.pool = iter(reserve(self.model, 1_000))
            number = next(self.pool)
        return number

    def take_many(self, count: int) -> list[int]:
        return list(range(-count, 0)) if self.rehearsal else reserve(self.model, count)
