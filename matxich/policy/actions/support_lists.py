"""Lists of support given: read and looked at first, published as a whole, undone as a whole."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Draft, Subject, record, record_many
from matxich.places.queries import match_province
from matxich.policy.actions.support import BadSupport, entry_of, firm_of, made, subject_of, told
from matxich.policy.models import SupportGiven, SupportList
from matxich.policy.packaged import pairs_of_contents
from matxich.policy.permissions import may_open_support_list, may_record_any_support, may_record_support
from matxich.policy.queries.support import counting, givens
from matxich.registry.actions.plain_lists import AlreadyBrought, demand_few, demand_some, kept, moved, undo_reason
from matxich.registry.reading import open_workbook
from matxich.registry.states import ListState
from matxich.rulebook.law.duplicates import doubles
from matxich.rulebook.law.given import GivenRow, rows_of
from matxich.rulebook.lists.tables import find_tables
from matxich.rulebook.vietnamese.text import squeeze

MOST_ROWS = 10_000
BECAUSE = {"tax_code": "bad_tax_code", "year": "no_year", "amount": "no_amount", "name": "no_name"}


class NoSupportInFile(Refusal):
    """No table of the file names beneficiaries and amounts."""

    code = "no_support_in_file"
    status = 422


def list_subject(batch: SupportList) -> Subject:
    return Subject("support_list", str(batch.pk), batch.file_name)


def read_list(*, path: Path, name: str, source: str, by: Actor, at: datetime) -> SupportList:
    """Keep the file and say what would become of each row. Nothing counts before it is published.

    Raises Denied, BadSupport, the refusals of storing and reading a file, NoSupportInFile, TooManyRows, AlreadyBrought.
    """
    looked = look_at_list(path=path, name=name, source=source, by=by, at=at)
    looked.file_sha256 = kept(path=path, name=name, by=by, at=at)
    _demand_new(looked)
    with transaction.atomic():
        looked.save()
        after = {"sha256": looked.file_sha256, "source": looked.source, **looked.counts}
        record(by=by, at=at, action="support_list.read", on=list_subject(looked), after=after)
    return looked


def look_at_list(*, path: Path, name: str, source: str, by: Actor, at: datetime) -> SupportList:
    """What the list would be; nothing is kept."""
    demand(may_record_any_support(by))
    if not (told_by := squeeze(source)[:300]):
        raise BadSupport("source", _("Chưa ghi nơi gửi danh sách."))
    rows: list[GivenRow] = []
    for sheet in open_workbook(path, name).sheets:
        for table in find_tables(sheet).tables:
            rows += rows_of(table)
            demand_few(rows, MOST_ROWS)
    if not rows:
        raise NoSupportInFile(
            _("Không thấy bảng nào có cột đơn vị thụ hưởng và cột số tiền."),
            _("Đặt tên cột là “Đơn vị thụ hưởng”, “Kinh phí hỗ trợ (triệu đồng)”, “Năm”, “Tỉnh”, rồi tải lại."),
        )
    planned = _planned(rows, told_by, by, at)
    outcomes = Counter(row["outcome"] for row in planned)
    counts = {"rows": len(planned), "taken": outcomes["taken"], "rejected": outcomes["rejected"],
              "doubles": sum("double" in row["notes"] for row in planned)}  # fmt: skip
    return SupportList(
        source=told_by, file_name=Path(name).name[:255], rows=planned, counts=counts, started_by=by.id, started_at=at
    )


def _planned(rows: list[GivenRow], source: str, by: Actor, at: datetime) -> list[dict[str, Any]]:
    """What becomes of each row, as SupportList.rows keeps it."""
    planned: list[dict[str, Any]] = []
    entries: list[tuple[dict[str, Any], SupportGiven]] = []
    seen: set[tuple[object, ...]] = set()
    known = {_key(one) for one in counting()}
    for row in rows:
        reason, values = row.rejected, dict(row.values)
        if not reason:
            reason = _placed(row, values, by)
        given = None
        if not reason:
            values["agency"] = values["agency"] or source
            try:
                given = made(entry_of(values, source), by, at)
            except BadSupport as bad:
                reason = {"tax_code": "bad_tax_code", "year": "no_year", "amount": "no_amount"}.get(
                    bad.field, "no_title"
                )
        if given is not None:
            key = _key(given)
            reason = "repeated" if key in seen else "known" if key in known else ""
            seen.add(key)
        told_row: dict[str, Any] = {"sheet": row.sheet, "row": row.number, "outcome": "rejected" if reason else "taken",
                    "reason": reason, "values": values, "notes": [*row.notes]}  # fmt: skip
        if given is not None and not reason:
            told_row["notes"] += [] if given.enterprise_id else ["not_linked" if given.tax_code else "no_tax_code"]
            given.pk = -len(planned) - 1
            entries.append((told_row, given))
        planned.append(told_row)
    _flag(entries)
    return planned


def _placed(row: GivenRow, values: dict[str, Any], by: Actor) -> str:
    """Province and layer of the money; a key of REJECTED where the place is not known or not the reader's."""
    text = str(values["province"])
    found = match_province(text, "34") if text else ()
    firm = None if text else firm_of(str(values["tax_code"]))
    values["province"] = found[0] if len(found) == 1 else firm.province_34 or "" if firm else ""
    if not values["province"]:
        return "province_unknown"
    if not may_record_support(by, str(values["province"])):
        return "outside_territory"
    if not values["budget"]:
        row.notes.append("budget_assumed")
    kind = values["budget"] or "local"
    values["budget"] = f"province:{values['province']}" if kind == "local" else kind
    return ""


def _key(one: SupportGiven) -> tuple[object, ...]:
    who = one.tax_code or f"{one.province}:{one.name.casefold()}"
    return who, one.content, one.title.casefold(), one.year, one.amount, one.decision_no.casefold()


def _flag(entries: list[tuple[dict[str, Any], SupportGiven]]) -> None:
    """Rows that double each other or what the register holds are taken, for it happened, and told."""
    years = {one.year for _row, one in entries}
    told = givens([*counting().filter(year__in=years), *(one for _row, one in entries)])
    rows = {str(one.pk): row for row, one in entries}
    for double in doubles(told, pairs_of_contents()):
        for each in double.entries:
            if each.id in rows and "double" not in rows[each.id]["notes"]:
                rows[each.id]["notes"].append("double")


@transaction.atomic
def publish_list(*, batch: SupportList, by: Actor, at: datetime) -> SupportList:
    """Every row that is taken counts from now on. Raises Denied, ListMoved, NothingAccepted, AlreadyBrought."""
    current = moved(batch, "publish", by=by, may=may_open_support_list)
    _demand_new(current)
    taken = [row for row in current.rows if row["outcome"] == "taken"]
    demand_some(taken)
    current.published_at = at
    current.save()
    given = list(_given(current, taken, by, at))
    for one in given:
        one.save(force_insert=True)
    record_many(
        Draft(by=by, at=at, action="support.record", on=subject_of(one), after=told(one),
              batch=f"support_list:{batch.pk}")
        for one in given
    )  # fmt: skip
    record(by=by, at=at, action="support_list.publish", on=list_subject(current), after=current.counts)
    return current


def _given(batch: SupportList, rows: list[dict[str, Any]], by: Actor, at: datetime) -> Iterator[SupportGiven]:
    for row in rows:
        one = made(entry_of(row["values"], batch.source), by, at)
        one.batch, one.row = batch, row["row"]
        yield one


@transaction.atomic
def cancel_list(*, batch: SupportList, by: Actor, at: datetime) -> SupportList:
    """Leave a list that was not published. Raises Denied, ListMoved."""
    current = moved(batch, "cancel", by=by, may=may_open_support_list)
    current.save()
    record(by=by, at=at, action="support_list.cancel", on=list_subject(current))
    return current


@transaction.atomic
def undo_list(*, batch: SupportList, by: Actor, at: datetime, reason: str) -> SupportList:
    """Its entries count no longer. Raises Denied, ListMoved, NoReason."""
    why = undo_reason(reason)
    current = moved(batch, "undo", by=by, may=may_open_support_list)
    current.undone_at = at
    current.save()
    record(by=by, at=at, action="support_list.undo", on=list_subject(current), reason=why)
    return current


def _demand_new(batch: SupportList) -> None:
    same = SupportList.objects.filter(file_sha256=batch.file_sha256, state=ListState.PUBLISHED).exclude(pk=batch.pk)
    if found := same.first():
        raise AlreadyBrought(found, _("Chính tệp này đã được công bố; không có gì thay đổi."))
