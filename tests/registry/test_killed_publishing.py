"""`matxich import` killed while it publishes: all of the list shows or none of it does, and a second run completes."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from matxich.kit.actor import Actor
from matxich.ledger.queries import verify
from matxich.registry import search
from matxich.registry.actions import import_list, rebuild
from matxich.registry.models import Import, SearchChange
from matxich.registry.queries import visible_enterprises
from matxich.registry.search import Query, store
from tests.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)
Write = Callable[..., Path]

# The command itself, in a process of its own that dies right after the first statement that says these words.
DIES = """
import os, signal, sys
from pathlib import Path
import django
from django.conf import settings
settings.DATABASES["default"] |= {database!r}
settings.HOME, settings.FILES_ROOT, settings.INDEX_ROOT = map(Path, {folders!r})
django.setup()
from django.db import connection
from matxich.cli import main

def dying(execute, sql, params, many, context):
    done = execute(sql, params, many, context)
    if all(word in f"{{sql}} {{params}}" for word in {words!r}):
        os.kill(os.getpid(), signal.SIGKILL)
    return done

connection.execute_wrappers.append(dying)
main(["import", {path!r}, "--source", "Sở", "--json"])
"""
MOMENTS = [
    (("UPDATE", "registry_import", "published"), False),
    (("UPDATE", "registry_enterprise", "registry_stagedprojection"), False),
    (("INSERT", "ledger_entry", "import.publish"), False),
    (('DELETE FROM "registry_stagedprojection" WHERE "registry_stagedprojection"."batch_id"',), True),
]


def firms(count: int, workers: int) -> list[tuple[str, ...]]:
    return [(f"Công ty TNHH Số {n}", "", "xã An Dương, Hải Phòng", "", str(workers), "") for n in range(count)]


def import_and_die(path: Path, words: tuple[str, ...]) -> None:
    given = connection.settings_dict
    script = DIES.format(
        database={key: str(given[key]) for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")},
        folders=list(map(str, (settings.HOME, settings.FILES_ROOT, store.root()))),
        words=words,
        path=str(path),
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(Path.cwd())}
    died = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert died.returncode == -signal.SIGKILL, (died.stdout, died.stderr)


def shown() -> dict[str, Any]:
    """What a reader of the register, and one of the index, sees: how many firms, and how many with which headcount."""
    assert search.catch_up()
    firms = list(visible_enterprises().order_by("id").values_list("pk", "workers"))
    found = [pk for pk, _score in search.search(Query("so", sort="name", limit=100)).hits]
    assert sorted(found) == [pk for pk, _workers in firms]
    return {"firms": len(firms), "workers": {workers for _pk, workers in firms}}


@pytest.mark.parametrize(("words", "came_through"), MOMENTS, ids=["state", "values", "history", "afterwards"])
def test_killed_while_publishing(words: tuple[str, ...], came_through: bool, write_list: Write, system: Actor) -> None:
    import_list(write_list(*firms(4, 10)), source_name="Sở", by=system, at=NOW)
    before, after = {"firms": 4, "workers": {10}}, {"firms": 9, "workers": {20}}
    changes = SearchChange.objects.count()
    path = write_list(*firms(9, 20), name="new.csv")
    import_and_die(path, words)
    killed = Import.objects.latest("id")
    assert (killed.state == "published") is came_through
    assert SearchChange.objects.count() == changes + came_through
    assert shown() == (after if came_through else before)
    assert rebuild(by=system, at=NOW).found == []
    report = import_list(path, source_name="Sở", by=system, at=NOW)
    assert (report["rows"], report["accepted"], report["rejected"]) == (9, 9, [])
    assert shown() == after
    assert rebuild(by=system, at=NOW).found == []
    assert verify(at=NOW).ok
