"""The sealer: appends settled entries to the chain, in its own short transactions, one sealer at a time."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from matxich.kit import commit_order
from matxich.kit.bulk import insert_rows
from matxich.kit.commit_order import Position
from matxich.kit.models import ReadPosition
from matxich.ledger.canonical import instant
from matxich.ledger.models import Entry, Seal

GENESIS = "0" * 64
BATCH = 2_000
READER = "ledger_seal"
ADVISORY_LOCK = 7_150_322_001

COLUMNS = ("seq", "entry", "entry_hash", "previous_hash", "at", "seal_hash")
Unsealed = tuple[int, int, str]
"""Transaction number, entry id, content hash."""


def seal_hash(seq: int, entry: int, entry_hash: str, previous_hash: str, at: datetime, *, transaction: int) -> str:
    """SHA-256 of the canonical JSON of exactly these six values; the transaction number stands in the entry."""
    return hashlib.sha256(
        f'{{"at":"{instant(at)}","entry":{entry},"entry_hash":"{entry_hash}","previous_hash":"{previous_hash}",'
        f'"seq":{seq},"transaction":{transaction}}}'.encode()
    ).hexdigest()


def seal(*, at: datetime, whole: bool = False) -> int:
    """Append every settled entry not sealed yet, in commit order; how many.

    `whole` looks through the whole table instead of what is new since the last pass.
    """
    with _one_sealer():
        found = commit_order.window(Entry, None if whole else _position())
        sealed = _seal_rows(found.rows, at)
        _remember(found.reached)
    return sealed


def _seal_rows(rows: Q, at: datetime) -> int:
    sealed, after = 0, (-1, -1)
    while some := _next(rows, after):
        sealed += _append(some, at)
        after = some[-1][:2]
    return sealed


def _next(rows: Q, after: tuple[int, int]) -> list[Unsealed]:
    number, entry = after
    beyond = Q(transaction__gt=number) | Q(transaction=number, id__gt=entry)
    found = _unsealed(Entry.objects.filter(rows & beyond)).order_by("transaction", "id")
    return list(found.values_list("transaction", "id", "content_hash")[:BATCH])


def _unsealed(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.filter(~Exists(Seal.objects.filter(entry=OuterRef("id"))))


@transaction.atomic
def _append(some: list[Unsealed], at: datetime) -> int:
    """One batch. On PostgreSQL the lock lasts until the batch commits, and another node may have been here since the
    rows were read: what it sealed is dropped, and the chain goes on from where it left it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        taken = set(Seal.objects.filter(entry__in=[entry for _t, entry, _h in some]).values_list("entry", flat=True))
        some = [row for row in some if row[1] not in taken]
    return insert_rows(Seal, COLUMNS, _links(some, at))


def _links(some: list[Unsealed], at: datetime) -> Iterator[tuple[Any, ...]]:
    last = Seal.objects.order_by("-seq").first()
    seq, previous = (last.seq, last.seal_hash) if last else (0, GENESIS)
    for number, entry, entry_hash in some:
        seq += 1
        link = (seq, entry, entry_hash, previous, at)
        previous = seal_hash(*link, transaction=number)
        yield (*link, previous)


def _position() -> Position | None:
    row = ReadPosition.objects.filter(reader=READER).first()
    return Position(row.cluster, row.number) if row else None


def _remember(reached: Position) -> None:
    where = {"cluster": reached.cluster, "number": reached.number}
    if ReadPosition.objects.filter(reader=READER, **where).exists():
        return
    ReadPosition.objects.update_or_create(reader=READER, defaults=where)


@contextmanager
def _one_sealer() -> Iterator[None]:
    """Processes of one machine wait their turn at a file; those of several machines at the database."""
    with (Path(settings.HOME) / "ledger_seal.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
