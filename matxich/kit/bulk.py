"""Many rows into one table at the speed of the database: no model instances, one statement a batch."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from itertools import batched
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined]
from typing import Any

from django.db import connection, models

BATCH = 2_000


def _encoder() -> Callable[[Any], str]:
    """What `json.dumps(value, ensure_ascii=False)` gives, several times sooner for the small values of many rows.

    The module builds its encoder anew for every value; this one is built once, where the interpreter has it.
    """
    plain = json.JSONEncoder(ensure_ascii=False)
    if c_make_encoder is None:
        return plain.encode
    encode = c_make_encoder(None, plain.default, encode_basestring, None, ": ", ", ", False, False, True)
    return lambda value: "".join(encode(value, 0))


ENCODE = _encoder()


def insert_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    encoded: Collection[str] = (),
) -> int:
    """Insert rows given as values in the order of `columns`; how many. Database defaults fill the other columns.

    Runs in the caller's transaction; JSON values are plain Python, or texts made by ENCODE in the columns named in
    `encoded`; instants are aware. Constraints are the database's: text too long for its column raises on PostgreSQL.
    """
    fields = [model._meta.get_field(name) for name in columns]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)  # type: ignore[union-attr, arg-type]
    adapt = [None if field.name in encoded else _adapter(field) for field in fields]  # type: ignore[arg-type]
    table = connection.ops.quote_name(model._meta.db_table)
    write = _postgresql if connection.vendor == "postgresql" else _sqlite
    count = 0
    for some in batched(rows, BATCH, strict=False):
        ready = [[change(value) if change else value for change, value in zip(adapt, row, strict=True)] for row in some]
        write(table, names, ready)
        count += len(ready)
    return count


def _adapter(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    if isinstance(field, models.JSONField):
        return lambda value: None if value is None else ENCODE(value)
    if isinstance(field, models.DateTimeField):
        return lru_cache(64)(connection.ops.adapt_datetimefield_value)  # a batch repeats its instants
    if isinstance(field, models.DecimalField):
        return lambda value: connection.ops.adapt_decimalfield_value(value, field.max_digits, field.decimal_places)
    return connection.ops.adapt_datefield_value if isinstance(field, models.DateField) else None


def _sqlite(table: str, columns: str, rows: list[list[Any]]) -> None:
    marks = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def _postgresql(table: str, columns: str, rows: list[list[Any]]) -> None:
    copying = f"COPY {table} ({columns}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(copying) as copy:
        for row in rows:
            copy.write_row(row)
