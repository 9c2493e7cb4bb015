"""Is the installation well? Each part answers for itself; one that cannot answer is ill."""

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from matxich.ledger.queries import oldest_unsealed
from matxich.notices.models import Notice
from matxich.registry.search import status

SEALED_WITHIN = timedelta(minutes=5)
SENT_WITHIN = timedelta(hours=1)
ROOM_NEEDED = 1024**3
MOST_BEHIND = 50_000
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Report:
    """`parts`: name → "" when well, else a few words of what is wrong."""

    parts: dict[str, str]

    @property
    def ok(self) -> bool:
        return not any(self.parts.values())

    def as_dict(self) -> dict[str, object]:
        return {"ok": self.ok, "parts": {name: wrong or "ok" for name, wrong in self.parts.items()}}


def examine(at: datetime) -> Report:
    checks = {
        "database": _database,
        "migrations": _migrations,
        "index": _index,
        "ledger": _ledger,
        "notices": _notices,
        "disk": _disk,
    }
    return Report({name: _ask(check, at) for name, check in checks.items()})


def _ask(check: Callable[[datetime], str], at: datetime) -> str:
    try:
        return check(at)
    except Error as error:
        log.warning("The database did not answer: %s", error)
        return "cannot be examined"
    except Exception:
        log.exception("A part of the installation could not be examined.")
        return "cannot be examined"


def _database(at: datetime) -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "cannot be reached"
    return ""


def _migrations(at: datetime) -> str:
    """The program is newer than the database: `matxich setup` was not run after an upgrade."""
    return "pending" if _shipped() - MigrationRecorder(connection).applied_migrations().keys() else ""


@cache
def _shipped() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations or ())


def _index(at: datetime) -> str:
    standing = status()
    if not standing.ready:
        return standing.problem or "not built"
    return "far behind" if standing.behind > MOST_BEHIND else ""


def _ledger(at: datetime) -> str:
    oldest = oldest_unsealed()
    return "entries wait to be sealed" if oldest and oldest < at - SEALED_WITHIN else ""


def _notices(at: datetime) -> str:
    late = Notice.objects.filter(
        kind=Notice.Kind.MAIL, sent_at=None, given_up_at=None, due_at__lt=at - SENT_WITHIN
    ).exists()
    return "letters wait to be sent" if late else ""


def _disk(at: datetime) -> str:
    return "little room left" if shutil.disk_usage(settings.HOME).free < ROOM_NEEDED else ""
