"""Killed in the middle, two officers at once, a save while a list comes in, a full disk: nothing half-published."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from matxich.files.actions import DiskFull
from matxich.kit.actor import Actor
from matxich.registry.actions import (
    NoLongerStaging,
    cancel_import,
    create_enterprise,
    import_list,
    publish,
    read_list,
    rebuild,
    set_mapping,
    source_named,
    stage,
    state_fact,
    undo_import,
    upload_list,
)
from matxich.registry.actions import lists as lists_module
from matxich.registry.models import Enterprise, Import, ImportRow, Statement
from matxich.registry.queries import import_report, visible_enterprises
from tests.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)
Write = Callable[..., Path]

KILLED = """
import os, signal, sys, django
django.setup()
from django.conf import settings
from django.db import connections
settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = sys.argv[1]
from tests.conftest import NOW
from matxich.files.actions import DiskFull
from matxich.kit.actor import Actor
from matxich.registry.actions import stage
from matxich.registry.models import Import
settings.HOME, settings.FILES_ROOT = map(__import__("pathlib").Path, sys.argv[2:4])

def progress(done, total, what):
    if done >= 300:
        os.kill(os.getpid(), signal.SIGKILL)

batch = Import.objects.get()
stage(batch=batch, by=Actor(kind="system", id="os:test", name="test"), at=NOW, progress=progress)
"""


def firms(count: int, start: int = 0) -> list[tuple[str, ...]]:
    return [(f"Công ty TNHH Số {n}", "", "xã An Dương, Hải Phòng", "", str(n), "") for n in range(start, start + count)]


def mapped(path: Path, by: Actor, source: str = "Sở") -> Import:
    sender = source_named(name=source, by=by, at=NOW)
    batch = upload_list(source=sender, path=path, name=path.name, by=by, at=NOW)
    batch, _reading = read_list(batch=batch, by=by, at=NOW)
    return set_mapping(batch=batch, choices={}, by=by, at=NOW)


def stage_and_die() -> None:
    command = [sys.executable, "-c", KILLED, connection.settings_dict["NAME"], settings.HOME, settings.FILES_ROOT]
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    died = subprocess.run(list(map(str, command)), env=environment, capture_output=True, text=True)
    assert died.returncode == -signal.SIGKILL, died.stderr


def test_killed_in_the_middle_then_resumed(write_list: Write, system: Actor) -> None:
    batch = mapped(write_list(*firms(700)), system)
    stage_and_die()
    assert 300 <= ImportRow.objects.count() < 700
    assert visible_enterprises().count() == 0
    batch = stage(batch=batch, by=system, at=NOW)
    report = import_report(publish(batch=batch, by=system, at=NOW))
    assert (report["rows"], report["accepted"], report["new"]) == (700, 700, 700)
    assert visible_enterprises().count() == 700
    assert rebuild(by=system, at=NOW).found == []


def test_killed_in_the_middle_then_cancelled(write_list: Write, system: Actor) -> None:
    batch = mapped(write_list(*firms(500)), system)
    stage_and_die()
    cancel_import(batch=batch, by=system, at=NOW)
    assert visible_enterprises().count() == 0
    report = import_list(write_list(*firms(500), name="again.csv"), source_name="Hội", by=system, at=NOW)
    assert (report["accepted"], report["new"], visible_enterprises().count()) == (500, 500, 500)


def at_once(*acts: Callable[[], Any]) -> list[BaseException]:
    """Run the acts in threads of their own, all at once; what they raised."""
    errors: list[BaseException] = []

    def run(act: Callable[[], Any]) -> None:
        try:
            act()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_two_officers_at_once(write_list: Write, system: Actor) -> None:
    """Overlapping lists: one waits for the other, both succeed, no firm is there twice."""
    paths = [write_list(*firms(250, start), name=f"{start}.csv") for start in (0, 100)]
    reports: list[dict[str, Any]] = []

    def take(path: Path) -> None:
        reports.append(import_list(path, source_name=path.name, by=system, at=NOW))

    assert at_once(lambda: take(paths[0]), lambda: take(paths[1])) == []
    assert visible_enterprises().count() == 350
    assert [report["accepted"] for report in reports] == [250, 250]
    assert rebuild(by=system, at=NOW).found == []


def test_saves_while_a_list_comes_in(write_list: Write, system: Actor) -> None:
    source = source_named(name="Cán bộ", by=system, at=NOW)
    firm = create_enterprise(
        facts={"name": "Công ty TNHH Số 5", "address": "xã An Dương, Hải Phòng"},
        source=source, as_of=NOW.date(), by=system, at=NOW,
    )  # fmt: skip
    over = threading.Event()

    def take() -> None:
        try:
            import_list(write_list(*firms(800)), source_name="Sở", by=system, at=NOW)
        finally:
            over.set()

    def save() -> None:
        while not over.is_set():
            version = Enterprise.objects.get(pk=firm.pk).version
            state_fact(
                enterprise=firm, field="note", value=f"lần {version}", source=source, as_of=NOW.date(), by=system,
                at=NOW, base_version=version,
            )  # fmt: skip
            time.sleep(0.01)

    errors = at_once(take, save)
    assert [error for error in errors if getattr(error, "code", "") != "stale"] == []
    assert visible_enterprises().count() == 800
    firm.refresh_from_db()
    assert (firm.workers, "note" in firm.passport) == (5, True)
    assert rebuild(by=system, at=NOW).found == []


def test_cancelled_while_it_runs(write_list: Write, system: Actor) -> None:
    batch = mapped(write_list(*firms(400)), system)

    def progress(done: int, total: int | None, what: str) -> None:
        if done >= 100 and Import.objects.get().state == "staging":
            cancel_import(batch=batch, by=system, at=NOW)

    with pytest.raises(NoLongerStaging):
        stage(batch=batch, by=system, at=NOW, progress=progress)
    assert Import.objects.get().state == "cancelled"
    assert visible_enterprises().count() == 0


def test_a_full_disk(write_list: Write, system: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database says it is full at some chunk; once there is room, the import goes on."""
    batch = mapped(write_list(*firms(400)), system)
    whole = lists_module.take_in_chunks

    def full(stager: Any, rows: Any, done: int, *rest: Any) -> None:
        stager.take([next(rows) for _ in range(150)], {})
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(lists_module, "take_in_chunks", full)
    with pytest.raises(DiskFull):
        stage(batch=batch, by=system, at=NOW)
    assert (Statement.objects.filter(field="name").count(), visible_enterprises().count()) == (150, 0)
    monkeypatch.setattr(lists_module, "take_in_chunks", whole)
    publish(batch=stage(batch=batch, by=system, at=NOW), by=system, at=NOW)
    assert visible_enterprises().count() == 400


def test_an_undo_beside_saves(write_list: Write, system: Actor) -> None:
    """What the officer stated stands, whichever came first; all else of the list is gone."""
    import_list(write_list(*firms(300)), source_name="Sở", by=system, at=NOW)
    source = source_named(name="Cán bộ", by=system, at=NOW)
    numbers = list(visible_enterprises().order_by("id").values_list("pk", flat=True))
    saved: list[int] = []

    def save() -> None:
        for number in numbers[:40]:
            firm = Enterprise.objects.get(pk=number)
            state_fact(
                enterprise=firm, field="name", value=firm.name, source=source, as_of=NOW.date(), by=system, at=NOW,
                base_version=firm.version,
            )  # fmt: skip
            saved.append(number)

    def undo() -> None:
        undo_import(batch=Import.objects.get(), by=system, at=NOW, reason="thử")

    errors = at_once(save, undo)
    assert [error for error in errors if getattr(error, "code", "") not in ("stale", "not_in_register")] == []
    assert list(visible_enterprises().order_by("id").values_list("pk", flat=True)) == saved
    assert rebuild(by=system, at=NOW).found == []
