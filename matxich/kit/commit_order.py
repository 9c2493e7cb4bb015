"""Read a growing table so that a row committed late is never skipped.

A sequence number is taken before its transaction commits, so "everything after the last number I saw" loses rows on
PostgreSQL. Each row therefore also keeps the number of its writing transaction, and a reader takes only rows of
transactions older than every one still running. SQLite has one writer at a time: there the sequence is the order.
"""

from django.db import connection, models


class CurrentTransaction(models.Func):
    """The database's number for the writing transaction; 0 on SQLite."""

    output_field = models.BigIntegerField()

    def as_sql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        return "0", []

    def as_postgresql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        return "pg_current_xact_id()::text::bigint", []


class TransactionField(models.BigIntegerField):
    """Filled by the database with the writing transaction's number."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("db_default", CurrentTransaction())
        kwargs.setdefault("editable", False)
        super().__init__(**kwargs)  # type: ignore[arg-type]


def settled_before() -> int | None:
    """Rows whose transaction number is lower than this are all there is; None where every row is settled."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])
