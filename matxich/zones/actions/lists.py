"""Lists of zones: read and looked at first, published as a whole, undone as a whole."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Draft, Subject, record, record_many
from matxich.places.actions import add_zone
from matxich.places.models import Zone
from matxich.registry.actions.plain_lists import AlreadyBrought, demand_few, demand_some, kept, moved, undo_reason
from matxich.registry.reading import open_workbook
from matxich.registry.states import ListState
from matxich.rulebook.lists.tables import find_tables
from matxich.rulebook.vietnamese.text import squeeze
from matxich.rulebook.zones.fields import BY_CODE
from matxich.rulebook.zones.lists import Column, ListedZone, columns_of, rows_of
from matxich.zones.actions.facts import BadDay, NoSource
from matxich.zones.actions.facts import subject_of as zone_subject
from matxich.zones.actions.placing import Placer, Placing
from matxich.zones.models import ZoneFact, ZoneList
from matxich.zones.permissions import may_bring_lists, may_open_list, may_state_in

MOST_ROWS = 5_000
SAME = _("Chính tệp này, cùng ngày số liệu, đã được công bố; không có gì thay đổi.")


class NoZonesInFile(Refusal):
    """No table of the file has a column that names zones."""

    code = "no_zones_in_file"
    status = 422


def subject_of(batch: ZoneList) -> Subject:
    return Subject("zone_list", str(batch.pk), batch.file_name)


def read_list(*, path: Path, name: str, source: str, as_of: date, by: Actor, at: datetime) -> ZoneList:
    """Keep the file and say what would become of each row. Nothing of it counts before it is published.

    Raises Denied, NoSource, BadDay, the refusals of storing and reading a file, NoZonesInFile, TooManyRows,
    AlreadyBrought.
    """
    looked = look_at_list(path=path, name=name, source=source, as_of=as_of, by=by, at=at)
    looked.file_sha256 = kept(path=path, name=name, by=by, at=at)
    same = ZoneList.objects.filter(file_sha256=looked.file_sha256, as_of=as_of, state=ListState.PUBLISHED).first()
    if same:
        raise AlreadyBrought(same, SAME)
    with transaction.atomic():
        looked.save()
        after = {"sha256": looked.file_sha256, "source": looked.source, "as_of": as_of, **looked.counts}
        record(by=by, at=at, action="zone_list.read", on=subject_of(looked), after=after)
    return looked


def look_at_list(*, path: Path, name: str, source: str, as_of: date, by: Actor, at: datetime) -> ZoneList:
    """What the list would be; nothing is kept. Raises what `read_list` does, storing and AlreadyBrought apart."""
    demand(may_bring_lists(by))
    told_by = squeeze(source)[:300]
    if not told_by:
        raise NoSource(_("Chưa ghi nơi gửi danh sách."), _("Ghi tên cơ quan và số công văn kèm danh sách."))
    if as_of > timezone.localdate(at):
        raise BadDay(_("Ngày của số liệu ở tương lai."), _("Ghi ngày trên danh sách, muộn nhất là hôm nay."))
    columns, rows = _listed(path, name)
    planned = plan(rows, by, as_of)
    return ZoneList(
        source=told_by,
        as_of=as_of,
        file_name=Path(name).name[:255],
        rows=planned,
        columns=columns,
        counts=_counts(planned),
        started_by=by.id,
        started_at=at,
    )


def _listed(path: Path, name: str) -> tuple[list[dict[str, Any]], list[ListedZone]]:
    """The columns of every table that names zones, ready for JSON, and their rows."""
    columns: list[dict[str, Any]] = []
    rows: list[ListedZone] = []
    for sheet in open_workbook(path, name).sheets:
        for table in find_tables(sheet).tables:
            found = columns_of(table)
            if not any(column.code == "name" for column in found):
                continue
            columns += [_column(table.sheet, column) for column in found if column.header]
            rows += rows_of(table, found)
            demand_few(rows, MOST_ROWS)
    if not rows:
        raise NoZonesInFile(
            _("Không thấy cột tên khu, cụm công nghiệp nào trong tệp."),
            _("Đặt tên cột là “Tên khu, cụm công nghiệp”, có dòng dữ liệu bên dưới, rồi tải lại."),
        )
    return columns, rows


def _column(sheet: str, column: Column) -> dict[str, Any]:
    told = asdict(column)
    return {"sheet": sheet} | {name: told[name] for name in ("letter", "header", "code", "note", "other")}


def plan(rows: Iterable[ListedZone], by: Actor, as_of: date) -> list[dict[str, Any]]:
    """What becomes of each row, as ZoneList.rows keeps it."""
    placer, seen = Placer(as_of), dict[tuple[object, ...], int]()
    planned = []
    for row in rows:
        placing = placer.place(row)
        if placing.rejected == "" and not may_state_in(by, placing.province_34):
            placing = Placing(rejected="outside_territory")
        if placing.rejected == "":
            first = seen.setdefault(placing.key, row.row)
            if first != row.row:
                placing = Placing(rejected="repeated", params={"row": str(first)})
        planned.append(_planned(row, placing))
    return planned


def _planned(row: ListedZone, placing: Placing) -> dict[str, Any]:
    values = {
        code: {"v": told.reading.value, "c": told.reading.comparator, "col": told.letter}
        for code, told in row.values.items()
    }
    if placing.commune:
        values["commune"] = {"v": placing.commune, "c": "", "col": row.commune_letter}
    notes = [{"code": one.code, "params": one.params, "col": one.letter} for one in (*row.problems, *placing.problems)]
    rejected = placing.rejected or ("" if values else "nothing_told")
    return {
        "sheet": row.sheet,
        "row": row.row,
        "name": row.label,
        "outcome": "rejected" if rejected else "known" if placing.zone else "new",
        "reason": {"code": rejected, "params": placing.params} if rejected else None,
        "zone": placing.zone,
        "new": placing.new,
        "province": placing.province_34,
        "values": values,
        "notes": notes,
    }


def _counts(rows: list[dict[str, Any]]) -> dict[str, Any]:
    outcomes = Counter(row["outcome"] for row in rows)
    taken = [row for row in rows if row["outcome"] != "rejected"]
    return {
        "rows": len(rows),
        **{outcome: outcomes[outcome] for outcome in ("known", "new", "rejected")},
        "facts": sum(len(row["values"]) for row in taken),
        "provinces": sorted({row["province"] for row in taken}),
    }


@transaction.atomic
def publish_list(*, batch: ZoneList, by: Actor, at: datetime) -> ZoneList:
    """Make facts of every row that is taken; zones the system did not know are added.

    Raises Denied, ListMoved, NothingAccepted, AlreadyBrought (published meanwhile from another upload).
    """
    current = moved(batch, "publish", by=by, may=may_open_list)
    same = ZoneList.objects.filter(file_sha256=current.file_sha256, as_of=current.as_of, state=ListState.PUBLISHED)
    if found := same.exclude(pk=current.pk).first():
        raise AlreadyBrought(found, SAME)
    taken = [row for row in current.rows if row["outcome"] != "rejected"]
    demand_some(taken)
    known = Zone.objects.in_bulk([row["zone"] for row in taken if row["zone"]])
    drafts = []
    for row in taken:
        zone = known.get(row["zone"]) or add_zone(source=current.source, **row["new"])
        row["zone"] = zone.pk
        ZoneFact.objects.bulk_create(_facts(current, zone, row, by, at))
        after = {code: told["v"] for code, told in row["values"].items()}
        drafts.append(
            Draft(
                by=by,
                at=at,
                action="zone.state_facts",
                on=zone_subject(zone),
                after=after,
                batch=f"zone_list:{batch.pk}",
            )
        )
    current.published_at = at
    current.save()
    record_many(drafts)
    record(by=by, at=at, action="zone_list.publish", on=subject_of(current), after=current.counts)
    return current


def _facts(batch: ZoneList, zone: Zone, row: Mapping[str, Any], by: Actor, at: datetime) -> list[ZoneFact]:
    start_of_year = batch.as_of.replace(month=1, day=1)
    return [
        ZoneFact(
            zone=zone,
            field=code,
            value=told["v"],
            comparator=told["c"],
            as_of=batch.as_of,
            since=start_of_year if BY_CODE[code].basis == "flow" else None,
            source=batch.source,
            batch=batch,
            sheet=row["sheet"],
            row=row["row"],
            column=told["col"],
            recorded_at=at,
            recorded_by=by.id,
        )
        for code, told in row["values"].items()
    ]


@transaction.atomic
def cancel_list(*, batch: ZoneList, by: Actor, at: datetime) -> ZoneList:
    """Leave a list that was not published. Raises Denied, ListMoved."""
    current = moved(batch, "cancel", by=by, may=may_open_list)
    current.save()
    record(by=by, at=at, action="zone_list.cancel", on=subject_of(current))
    return current


@transaction.atomic
def undo_list(*, batch: ZoneList, by: Actor, at: datetime, reason: str) -> ZoneList:
    """Its facts count no longer; a zone that only this list knew is out of sight.

    Raises Denied, ListMoved, NoReason.
    """
    why = undo_reason(reason)
    current = moved(batch, "undo", by=by, may=may_open_list)
    current.undone_at = at
    current.save()
    record(by=by, at=at, action="zone_list.undo", on=subject_of(current), reason=why)
    return current
