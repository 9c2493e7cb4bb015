"""The import wizard between its pages: what is looked at, what is left out, what is handed to the worker."""

import hashlib
import json
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matxich.accounts.models import User
from matxich.accounts.queries import person
from matxich.files.queries import Missing, Quarantined
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.registry.actions.lists import fail_import, read_list, set_mapping, silent, stage, stored_path, upload_list
from matxich.registry.actions.moves import move
from matxich.registry.actions.reading import Reading, read_file, with_choices
from matxich.registry.actions.turns import turn_to_import
from matxich.registry.models import Import
from matxich.registry.permissions import may_change_import
from matxich.registry.queries.import_pages import tally
from matxich.registry.states import ImportState
from matxich.rulebook.identifiers import parse_tax_code
from matxich.rulebook.lists.columns import ColumnGuess
from matxich.rulebook.lists.fields import NAMES
from matxich.rulebook.lists.grid import Value, shown
from matxich.rulebook.lists.model import ListRow, Table
from matxich.rulebook.lists.rows import read_rows

log = logging.getLogger(__name__)

READ_AT_ONCE = 3 * 1024**2
STAGE_AT_ONCE = 1_000
LOOKED_AT = 5_000
FIRST_ROWS = 40
LEFT_OUT = gettext_noop("Bảng không được chọn để nhập.")  # shown as the reason of what is skipped

type Choices = Mapping[int, Mapping[int, str | None]]


class NothingToImport(Refusal):
    """Every table is left out, or none of a chosen table's columns says whom its rows speak of."""

    code = "nothing_to_import"
    status = 422


class _TurnTaken(Exception):
    """Another list is being taken in."""


def begin_reading(*, batch: Import, by: Actor, at: datetime) -> Import:
    """Read a fresh upload now, a large one by the worker. Raises the refusals of reading a file."""
    if batch.file_size <= READ_AT_ONCE:
        return read_and_look(batch=batch, by=by, at=at)
    Import.objects.filter(pk=batch.pk, state=ImportState.UPLOADED).update(progress=_handed(by))
    batch.refresh_from_db()
    return batch


def read_and_look(*, batch: Import, by: Actor, at: datetime) -> Import:
    """read_list, and what the column page shows besides: the first rows, and how many cells each column yields."""
    moved, reading = read_list(batch=batch, by=by, at=at)
    moved.mapping |= {"first_rows": _first_rows(reading), "yields": _yields(reading, at), "left_out": []}
    Import.objects.filter(pk=moved.pk).update(mapping=moved.mapping)
    return moved


def mark_of(batch: Import) -> str:
    """Changes with the columns and the state: a form opened on another mark is stale."""
    seen = [batch.state, batch.mapping.get("tables"), batch.mapping.get("left_out")]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def settle_columns(
    *, batch: Import, choices: Choices, left_out: Sequence[int], mark: str, by: Actor, at: datetime
) -> Import:
    """Settle every column and which tables are not taken in. Raises Denied, Stale, NothingToImport."""
    batch = Import.objects.select_for_update(of=("self",)).select_related("source", "repeats").get(pk=batch.pk)
    if mark != mark_of(batch):
        raise Stale(
            _("Cột của danh sách này vừa được người khác sửa hoặc đã chuyển bước."),
            _("Tải lại trang, xem các lựa chọn mới nhất rồi sửa tiếp."),
        )
    _demand_identity(choices, left_out)
    looked = {name: batch.mapping[name] for name in ("first_rows", "yields") if name in batch.mapping}
    skipped = [line for line in batch.skipped if line["reason"] != LEFT_OUT]
    moved = set_mapping(batch=batch, choices={n: dict(c) for n, c in choices.items()}, by=by, at=at)
    moved.mapping |= looked | {"left_out": sorted(left_out)}
    moved.skipped = skipped + [
        {"sheet": table["sheet"], "row": table["first_row"], "reason": LEFT_OUT}
        for number, table in enumerate(moved.mapping["tables"])
        if number in left_out
    ]
    moved.save(update_fields=["mapping", "skipped"])
    return moved


def _demand_identity(choices: Choices, left_out: Sequence[int]) -> None:
    taken = [columns for number, columns in choices.items() if number not in left_out]
    if not taken:
        raise NothingToImport(_("Chưa chọn bảng nào để nhập."), _("Chọn ít nhất một bảng có doanh nghiệp."))
    if not all({*NAMES, "tax_code"} & set(columns.values()) for columns in taken):
        raise NothingToImport(
            _("Có bảng chưa có cột tên doanh nghiệp, cũng chưa có cột mã số thuế nên không dòng nào nhận được."),
            _("Chọn cột tên hoặc mã số thuế, hoặc bỏ bảng đó."),
        )


def look_again(*, batch: Import, at: datetime) -> None:
    """Count anew what the columns yield under the officer's choices; large files keep the first count."""
    if batch.file_size <= READ_AT_ONCE:
        mapping = batch.mapping | {"yields": _yields(_settled(batch), at)}
        Import.objects.filter(pk=batch.pk).update(mapping=mapping)


def begin_staging(*, batch: Import, by: Actor, at: datetime) -> Import:
    """Take a short list in now; a long one, or one that has to wait, by the worker. Raises Denied, Stale, DiskFull."""
    demand(may_change_import(by, batch))
    if batch.counts.get("rows", 0) <= STAGE_AT_ONCE:
        try:
            return stage_settled(batch=batch, by=by, at=at, progress=_never_wait)
        except _TurnTaken:
            pass
    with transaction.atomic():
        return move(batch, "begin", progress=_handed(by))


def _handed(by: Actor) -> dict[str, Any]:
    return {"waiting": True, "by": by.id}


def _never_wait(done: int, total: int | None, what: str) -> None:
    if total is None:
        raise _TurnTaken


def stage_settled(*, batch: Import, by: Actor, at: datetime, progress: Any = silent) -> Import:
    """stage(), without the tables left out; what there is to say of the rows is counted once, for the pages."""
    try:
        reading = _open(batch)
    except (Quarantined, Missing) as refusal:
        if batch.state == ImportState.STAGING:
            fail_import(batch, refusal, by, at)
        raise
    for number in batch.mapping.get("left_out", ()):
        reading.tables[number][0].rows.clear()
    staged = stage(batch=batch, by=by, at=at, progress=progress, reading=reading)
    staged.mapping |= {"noted": tally(staged)}
    staged.mapping.pop("first_rows", None)  # as typed, persons' numbers too; nobody chooses columns any more
    Import.objects.filter(pk=staged.pk).update(mapping=staged.mapping)
    return staged


def begin_again(*, batch: Import, by: Actor, at: datetime) -> Import:
    """A new import of the same file, for one that was cancelled, undone or failed."""
    demand(may_change_import(by, batch))
    path = stored_path(batch.file_sha256)
    fresh = upload_list(source=batch.source, path=path, name=batch.file_name, by=by, at=at, as_of=batch.as_of)
    return begin_reading(batch=fresh, by=by, at=at)


def take_in_waiting(*, at: datetime) -> int:
    """The worker's turn: read and take in what was handed over or interrupted. How many imports moved on."""
    handed = Q(state=ImportState.UPLOADED, progress__has_key="waiting") | Q(state=ImportState.STAGING)
    waiting = list(Import.objects.filter(handed).select_related("source", "repeats").order_by("id"))
    return sum(_take_in(batch, at) for batch in waiting) if waiting and _turn_is_free() else 0


def _take_in(batch: Import, at: datetime) -> bool:
    try:
        by = _asked_by(batch, at)
        if batch.state == ImportState.UPLOADED:
            read_and_look(batch=batch, by=by, at=at)
        else:
            stage_settled(batch=batch, by=by, at=at)
    except Refusal as refusal:
        log.warning("import %s: %s %s", batch.pk, refusal.code, getattr(refusal, "detail", ""))
        return False
    return True


def _asked_by(batch: Import, at: datetime) -> Actor:
    kind, _colon, number = batch.progress.get("by", batch.started_by).partition(":")
    user = User.objects.filter(pk=number).first() if kind == "user" else None
    if user is not None:
        return person(user, timezone.localdate(at))
    return Actor(kind="system" if kind == "os" else "anonymous", id=batch.started_by, name=batch.started_by_name)


def _turn_is_free() -> bool:
    """Whoever holds the turn is at work on one of the waiting imports; then it is too early to call it interrupted."""
    try:
        with turn_to_import(_somebody):
            return True
    except _TurnTaken:
        return False


def _somebody() -> None:
    raise _TurnTaken


def _open(batch: Import) -> Reading:
    return read_file(stored_path(batch.file_sha256), name=batch.file_name, source=batch.source)


def _settled(batch: Import) -> Reading:
    return with_choices(_open(batch), batch.mapping["choices"])


def _first_rows(reading: Reading) -> list[list[Any]]:
    """Per table [row, values, sections] of its first rows, as JSON can keep them."""
    return [
        [[row.number, [_plain(value) for value in row.values], list(row.sections)] for row in table.rows[:FIRST_ROWS]]
        for table, _columns in reading.tables
    ]


def _plain(value: Value) -> str | int | float | bool | None:
    """A person's number is kept masked: the file alone holds it until its row is taken in and it is sealed."""
    if value is None or isinstance(value, bool):
        return value
    text = shown(value)
    if sum(map(str.isdigit, text)) == 12 and parse_tax_code(text).kind == "person":
        return parse_tax_code(text).shown
    return value if isinstance(value, str | int | float) else text


def _yields(reading: Reading, at: datetime) -> list[dict[str, Any]]:
    return [_yield_of(table, columns, timezone.localdate(at).year) for table, columns in reading.tables]


def _yield_of(table: Table, columns: Sequence[ColumnGuess], latest_year: int) -> dict[str, Any]:
    """{"rows": how many were looked at, "fields", "usable" and "doubts" by column letter}."""
    looked = replace(table, rows=table.rows[:LOOKED_AT])
    usable: Counter[str] = Counter()
    doubts: dict[str, dict[str, list[int]]] = {}
    for row in read_rows(looked, columns, latest_year=latest_year):
        usable.update(_good_columns(row))
        for told in row.warnings:
            counted = doubts.setdefault(told.column, {}).setdefault(told.reason, [0, row.row])
            counted[0] += 1
    fields = {column.letter: column.field for column in columns}
    return {"rows": len(looked.rows), "fields": fields, "usable": dict(usable), "doubts": doubts}


def _good_columns(row: ListRow) -> set[str]:
    return {cell.letter for code, cells in row.values.items() for cell in cells if not code.endswith("_unverified")}
