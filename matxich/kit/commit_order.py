"""Read a growing table so that a row committed late is never skipped.

A sequence number is taken before its transaction commits, so "everything after the last number I saw" loses rows on
PostgreSQL. Each row therefore also keeps the number of its writing transaction, and a reader takes only rows of
transactions older than every one still running. SQLite has one writer at a time: there the sequence is the order.
"""

from dataclasses import dataclass

from django.db import connection, models
from django.db.models import Q

SQLITE = "sqlite"


class CurrentTransaction(models.Func):
    """The database's number for the writing transaction; 0 on SQLite."""

    output_field = models.BigIntegerField()

    def as_sql(self, compiler, connection, **extra):
        return "0", []

    def as_postgresql(self, compiler, connection, **extra):
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


@dataclass(frozen=True, slots=True)
class Position:
    """How far a reader has come: on PostgreSQL all transactions below `number` of this cluster, on SQLite all ids up
    to it. Worth nothing in another cluster, whose transactions count from elsewhere."""

    cluster: str
    number: int


@dataclass(frozen=True, slots=True)
class Window:
    """The settled rows a reader has not seen, and where it stands once it has handled them all.

    After a restore or a move `is_full` is true and the rows include ones handled before: skip those by their id.
    """

    rows: Q
    reached: Position
    is_full: bool


def window(table: type[models.Model], position: Position | None) -> Window:
    """What follows a position in a table that has `id` and `transaction`."""
    if connection.vendor != "postgresql":
        return _window_of_ids(table, position)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier::text, pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint "
            "FROM pg_control_system(), pg_current_snapshot() AS s"
        )
        cluster, oldest, newest = cursor.fetchone()
    reached = Position(cluster, oldest)
    if position and position.cluster == cluster and position.number <= oldest:
        return Window(Q(transaction__gte=position.number, transaction__lt=oldest), reached, False)
    # A visible row numbered above every transaction of this cluster was brought from another one.
    return Window(Q(transaction__lt=oldest) | Q(transaction__gte=newest), reached, True)


def _window_of_ids(table: type[models.Model], position: Position | None) -> Window:
    last = table._default_manager.aggregate(last=models.Max("id"))["last"] or 0
    known = position is not None and position.cluster == SQLITE and position.number <= last
    start = position.number if position and known else 0
    return Window(Q(id__gt=start, id__lte=last), Position(SQLITE, last), not known)
