"""A list's way in: uploaded, its columns settled, its rows taken in out of sight; then published elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.db.utils import OperationalError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.accounts.permissions import Person
from matxich.files.actions import DiskFull, WrongType, store
from matxich.files.models import StoredFile
from matxich.files.queries import readable
from matxich.files.states import FileKind
from matxich.kit.actor import Actor
from matxich.kit.collecting import collecting_seldom
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.registry.actions.correcting import changes_of_correction, corrected_list
from matxich.registry.actions.moves import move
from matxich.registry.actions.preparing import prepared
from matxich.registry.actions.publishing import batch_name, publish, subject_of
from matxich.registry.actions.reading import (
    Reading,
    missing_columns,
    notes_as_json,
    read_file,
    skipped_as_json,
    tables_as_json,
    with_choices,
)
from matxich.registry.actions.rows import KeyedRow
from matxich.registry.actions.sources import source_key, source_named
from matxich.registry.actions.staging import Stager
from matxich.registry.actions.turns import turn_to_import
from matxich.registry.models import Import, ImportRow, Source
from matxich.registry.permissions import may_change_import, may_import
from matxich.registry.queries.imports import import_report, report_of
from matxich.registry.queries.list_changes import rehearsed_comparison
from matxich.registry.reading.opening import open_workbook
from matxich.registry.states import ImportState, Outcome, SourceKind
from matxich.rulebook.lists.correcting import COLUMNS

Progress = Callable[[int, int | None, str], None]
TARGET_SECONDS = 0.15
SMALLEST, LARGEST = 100, 1_000


def silent(done: int, total: int | None, what: str) -> None:
    """Progress for callers who show none."""


@contextmanager
def room_on_disk() -> Iterator[None]:
    """Turn a full disk, wherever it is met, into a refusal."""
    try:
        yield
    except (OSError, OperationalError) as error:
        full = "full" in str(error).lower() or "no space" in str(error).lower()
        if not full:
            raise
        raise DiskFull(
            _("Ổ đĩa của máy chủ đã đầy nên chưa ghi được."),
            _("Giải phóng chỗ trống rồi tiếp tục lần nhập này; dữ liệu đã có vẫn nguyên vẹn."),
        ) from error


def upload_list(*, source: Source, path: Path, name: str, by: Actor, at: datetime, as_of: date | None = None) -> Import:
    """Keep the file and open an import of it. `as_of`: the day the list speaks of, by default today.

    A file this source has already published is noted in `repeats`: taking it in again changes nothing.
    Raises Denied and the refusals of storing a file: too big, empty, wrong type, disk full.
    """
    demand(may_import(by))
    stored = _store(path, name, by, at)
    with room_on_disk(), transaction.atomic():
        batch = Import.objects.create(
            source=source,
            file_sha256=stored.sha256,
            file_name=Path(name).name[:255],
            file_size=stored.size,
            repeats=_published_before(source, stored.sha256),
            as_of=as_of or timezone.localdate(at),
            agency_id=by.standings[0].agency_id if isinstance(by, Person) and by.standings else None,
            started_by=by.id,
            started_by_name=by.name,
            started_at=at,
        )
        after = {"sha256": stored.sha256, "bytes": stored.size, "source": source.name, "as_of": batch.as_of}
        record(by=by, at=at, action="import.upload", on=subject_of(batch), after=after, batch=batch_name(batch))
    return batch


def _store(path: Path, name: str, by: Actor, at: datetime) -> StoredFile:
    limit = settings.MAX_LIST_BYTES
    try:
        with path.open("rb") as stream:
            return store(by=by, at=at, stream=stream, name=name, kind=FileKind.LIST, max_bytes=limit)
    except WrongType:
        open_workbook(path, name)  # its refusal says more exactly what is wrong with the file
        raise


def _published_before(source: Source, sha256: str) -> Import | None:
    same = Import.objects.filter(source=source, file_sha256=sha256, state=ImportState.PUBLISHED, repeats=None)
    return same.order_by("-id").first()


def stored_path(sha256: str) -> Path:
    """Where the file of this content can be read; raises Quarantined or Missing."""
    return readable(StoredFile.objects.get(sha256=sha256))


def read_list(*, batch: Import, by: Actor, at: datetime) -> tuple[Import, Reading]:
    """Open the file, find its tables and propose a field for each column. An unreadable file fails the import.

    Rejected rows of an earlier list, sent again, are known by their codes. Raises Denied, Stale, AnotherSendersRows
    and the refusals of reading a file.
    """
    demand(may_change_import(by, batch))
    try:
        reading = _reading(batch)
        corrects = corrected_list(reading.corrects(), batch.source, by)
    except Refusal as refusal:
        fail_import(batch, refusal, by, at)
        raise
    with transaction.atomic():
        gone = [] if corrects else missing_columns(reading, batch.source)
        moved = move(
            batch,
            "read",
            **changes_of_correction(batch, corrects),
            mapping={"tables": tables_as_json(reading), "choices": {}, "missing": gone},
            skipped=skipped_as_json(reading.skipped),
            notes=notes_as_json(reading.notes),
            counts={"rows": reading.rows},
        )
        if corrects is not None:
            after = {"corrects": corrects.pk, "as_of": moved.as_of}
            record(by=by, at=at, action="import.correct", on=subject_of(moved), after=after, batch=batch_name(moved))
    return moved, reading


def _reading(batch: Import) -> Reading:
    return read_file(stored_path(batch.file_sha256), name=batch.file_name, source=batch.source)


@transaction.atomic
def fail_import(batch: Import, refusal: Refusal, by: Actor, at: datetime) -> None:
    """It cannot go on, and says why."""
    problem = {"code": refusal.code, "message": str(refusal.message), "hint": str(refusal.hint)}
    moved = move(batch, "fail", problem=problem)
    record(by=by, at=at, action="import.fail", on=subject_of(moved), after=problem, batch=batch_name(batch))


@transaction.atomic
def set_mapping(*, batch: Import, choices: dict[int, dict[int, str | None]], by: Actor, at: datetime) -> Import:
    """Settle what the columns mean: table → column index → field code, None to leave the column out.

    Columns not named keep the proposal, and so do those of our own workbook of rejected rows. The source remembers it
    all for its next list. Raises Denied, Stale.
    """
    demand(may_change_import(by, batch))
    tables, kept = batch.mapping["tables"], {}
    for number, columns in choices.items():
        theirs = [column for column in tables[number]["columns"] if column["field"] not in COLUMNS]
        chosen = [column for column in theirs if column["index"] in columns]
        for column in chosen:
            column["field"] = columns[column["index"]]
        kept[str(number)] = {str(column["index"]): column["field"] for column in chosen}
    mapping = {"tables": tables, "choices": kept, "missing": batch.mapping.get("missing", [])}
    moved = move(batch, "map", mapping=mapping)
    record(by=by, at=at, action="import.map", on=subject_of(moved), after={"choices": kept}, batch=batch_name(batch))
    return moved


def stage(
    *, batch: Import, by: Actor, at: datetime, progress: Progress = silent, reading: Reading | None = None
) -> Import:
    """Take in every row, out of sight, in chunks; goes on where an interrupted one stopped. Waits its turn.

    `reading`: what read_list found, if still at hand. Raises Denied, Stale, NoLongerStaging (cancelled
    meanwhile), DiskFull.
    """
    demand(may_change_import(by, batch))
    with transaction.atomic():
        batch = move(batch, "begin")
    with room_on_disk(), turn_to_import(lambda: _tell_waiting(batch, progress)):
        first = _published_before(batch.source, batch.file_sha256)
        if first is not None:
            return _finish(batch, _repeated_counts(first), by, at, first)
        reading = with_choices(reading or _reading(batch), batch.mapping["choices"])
        return _stage_reading(batch, reading, by, at, progress)


def _tell_waiting(batch: Import, progress: Progress) -> None:
    progress(0, None, str(_("Đang chờ một danh sách khác nhập xong.")))
    Import.objects.filter(pk=batch.pk).update(progress={"waiting": True})


def _stage_reading(batch: Import, reading: Reading, by: Actor, at: datetime, progress: Progress) -> Import:
    done = set(ImportRow.objects.filter(batch=batch).order_by("id").values_list("sheet", "row", "span"))
    total, memory = reading.rows, reading.memory(batch)
    todo = prepared(reading, latest_year=timezone.localdate(at).year, done=frozenset(done))
    with collecting_seldom():
        take_in_chunks(Stager(batch, by=by, at=at), todo, len(done), total, progress)
    if batch.corrects_id is None:
        _remember(batch.source_id, memory)
    return _finish(batch, _counted(batch), by, at)


@transaction.atomic
def _remember(source: int, memory: dict[str, Any]) -> None:
    current = Source.objects.select_for_update(of=("self",)).get(pk=source)
    Source.objects.filter(pk=source).update(mapping=current.mapping | memory)


def take_in_chunks(stager: Stager, rows: Iterator[KeyedRow], done: int, total: int, progress: Progress) -> None:
    """As many rows at a time as keep a transaction near its target."""
    size = 100
    while chunk := list(islice(rows, size)):
        seconds = stager.take(chunk, {"done": done + len(chunk), "total": total})
        done += len(chunk)
        progress(done, total, str(_("Đang nhập các dòng")))
        if seconds:
            size = max(SMALLEST, min(LARGEST, int(size * min(2.0, TARGET_SECONDS / seconds))))


def _counted(batch: Import) -> dict[str, int]:
    counts = dict.fromkeys(Outcome.values, 0)
    counts |= dict(ImportRow.objects.filter(batch=batch).order_by().values_list("outcome").annotate(Count("id")))
    return summed(counts)


def summed(outcomes: dict[str, int]) -> dict[str, int]:
    """Every data row is accepted or rejected; accepted ones are linked, new or queued."""
    accepted = outcomes["linked"] + outcomes["new"] + outcomes["queued"]
    return {"rows": accepted + outcomes["rejected"], "accepted": accepted, **outcomes}


def _repeated_counts(first: Import) -> dict[str, int]:
    """All that was new then is known now."""
    counts: dict[str, int] = first.counts
    return counts | {"linked": counts["linked"] + counts["new"], "new": 0}


def _finish(batch: Import, counts: dict[str, int], by: Actor, at: datetime, repeats: Import | None = None) -> Import:
    with transaction.atomic():
        moved = move(batch, "finish", counts=counts, progress={}, repeats=repeats)
        record(by=by, at=at, action="import.stage", on=subject_of(moved), after=counts, batch=batch_name(batch))
    return moved


@transaction.atomic
def cancel_import(*, batch: Import, by: Actor, at: datetime, reason: str = "") -> Import:
    """Stop an import that is not published; nothing of it was ever seen. Raises Denied, Stale."""
    demand(may_change_import(by, batch))
    moved = move(batch, "cancel")
    record(by=by, at=at, action="import.cancel", on=subject_of(moved), reason=reason, batch=batch_name(batch))
    return moved


def import_list(
    path: Path,
    *,
    source_name: str,
    by: Actor,
    at: datetime,
    dry_run: bool = False,
    progress: Progress = silent,
    as_of: date | None = None,
    kind: str = SourceKind.AGENCY_LIST,
    is_demo: bool = False,
) -> dict[str, Any]:
    """A whole list in one go, columns as proposed: read, taken in, published; the report of `import_report`.

    `dry_run` decides every row and writes nothing. Raises Denied and the refusals of the steps.
    """
    if dry_run:
        return _rehearse(path, source_name, by, at, as_of, progress)
    source = source_named(name=source_name, by=by, at=at, kind=kind, is_demo=is_demo)
    batch = upload_list(source=source, path=path, name=path.name, by=by, at=at, as_of=as_of)
    batch, reading = read_list(batch=batch, by=by, at=at)
    batch = set_mapping(batch=batch, choices={}, by=by, at=at)
    batch = stage(batch=batch, by=by, at=at, progress=progress, reading=reading)
    return import_report(publish(batch=batch, by=by, at=at))


def _rehearse(
    path: Path, source_name: str, by: Actor, at: datetime, as_of: date | None, progress: Progress
) -> dict[str, Any]:
    demand(may_import(by))
    known = Source.objects.filter(key=source_key(source_name)).first()
    source = known or Source(name=source_name, kind=SourceKind.AGENCY_LIST, trust=50, in_programme=True)
    reading = read_file(path, name=path.name, source=source)
    corrects = corrected_list(reading.corrects(), source, by)
    batch = Import(source=source, started_at=at, as_of=as_of or timezone.localdate(at))
    for name, value in changes_of_correction(batch, corrects).items():
        setattr(batch, name, value)
    stager = Stager(batch, by=by, at=at, rehearsal=True)
    todo = prepared(reading, latest_year=timezone.localdate(at).year)
    take_in_chunks(stager, todo, 0, reading.rows, progress)
    compared = rehearsed_comparison(batch, stager.listed)
    report = report_of(summed(stager.outcomes), stager.told, skipped_as_json(reading.skipped), compared)
    return report | {"corrects": batch.corrects_id}
