"""Reports up the tree: asked for, filled from records, sent, returned cell by cell, accepted, taken together, locked,
opened again. Nobody types a total."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.indicators.models import Report, ReportCell, ReportPeriod, ReportVersion
from matxich.indicators.permissions import (
    may_consolidate,
    may_decide_report,
    may_lock_report,
    may_open_period,
    may_reopen_report,
    may_write_report,
)
from matxich.indicators.queries.figures import Answer, Asked, answer
from matxich.indicators.states import REPORT_TRANSITIONS, WRITABLE, ReportState
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Subject, record
from matxich.programmes.actions.moves import BadEntry, NoReason, demand_fresh, demand_text, move, reason_of
from matxich.rulebook.indicators.catalogue import catalogue
from matxich.rulebook.vietnamese.text import squeeze


class PeriodThere(Refusal):
    code = "period_there"


class NotAllIn(Refusal):
    """Reports below are not accepted yet; it names them."""

    code = "not_all_in"


class LockedAbove(Refusal):
    """The report it went into is locked: that one is opened first."""

    code = "locked_above"


class RemarksOpen(Refusal):
    """Cells that were sent back need an answer before the report is sent again."""

    code = "remarks_open"
    status = 422


def subject_of(report: Report) -> Subject:
    return Subject("indicator_report", str(report.pk), f"{report.agency.name}, {report.period.title}", report.place)


@transaction.atomic
def open_period(
    *,
    agency: Agency,
    title: str,
    starts: date,
    ends: date,
    due_before: date,
    edition: str,
    indicators: Iterable[str],
    reporters: Iterable[Agency],
    by: Actor,
    at: datetime,
) -> ReportPeriod:
    """A period with an empty report for the agency that asks and one below it for each that answers.

    An agency whose parent answers as well reports to it. Raises Denied, BadEntry, PeriodThere.
    """
    demand(may_open_period(by))
    codes = list(dict.fromkeys(indicators))
    if not codes or any(code not in catalogue() for code in codes):
        raise BadEntry("indicators", _("Chọn ít nhất một chỉ tiêu của danh mục."))
    if ends <= starts or due_before < ends:
        raise BadEntry("due_before", _("Kỳ kết thúc sau ngày bắt đầu, hạn gửi sau ngày kết thúc kỳ."))
    period = ReportPeriod(
        agency=agency, title=demand_text("title", title, _("Ghi tên kỳ báo cáo."))[:200], starts=starts, ends=ends,
        due_before=due_before, edition=edition, indicators=codes, opened_by=by.id, opened_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            period.save(force_insert=True)
    except IntegrityError:
        raise PeriodThere(_("Kỳ báo cáo này đã được mở.")) from None
    top = Report.objects.create(period=period, agency=agency, place=agency.place[:2])
    below: dict[int, Report] = {}
    wanted = {one.pk: one for one in reporters if one.pk != agency.pk}
    for one in sorted(wanted.values(), key=lambda each: (each.parent_id in wanted, each.pk)):
        over = below.get(one.parent_id or 0, top)
        below[one.pk] = Report.objects.create(period=period, agency=one, place=one.place[:2], parent=over)
    told = {"indicators": codes, "due_before": due_before, "reports": len(below) + 1}
    subject = Subject("report_period", str(period.pk), period.title, agency.place)
    record(by=by, at=at, action="report_period.open", on=subject, after=told)
    return period


@transaction.atomic
def fill_report(
    *, report: Report, comments: Mapping[str, str], comment: str, by: Actor, at: datetime, base_version: int
) -> Report:
    """Work every cell out anew and keep what people wrote beside it. Raises Denied, Stale, WrongState."""
    current = _locked(report)
    demand(may_write_report(by, current))
    demand_fresh(current, base_version)
    move(current, "save", REPORT_TRANSITIONS)
    work_out(current, comments)
    current.comment = comment.strip()[:4000]
    _keep(current)
    record(by=by, at=at, action="indicator_report.save", on=subject_of(current), after=_told(current))
    return current


def work_out(report: Report, comments: Mapping[str, str] | None = None) -> None:
    """The cells as records tell them now; remarks and comments stay."""
    period = report.period
    before = {cell.indicator: cell for cell in report.cells.all()}
    made = []
    for code in period.indicators:
        found = answer(
            Asked(
                code=code, on=period.ends - timedelta(days=1), edition=period.edition,  # type: ignore[arg-type]
                since=period.starts, place=report.place,
            )
        )  # fmt: skip
        cell = _cell(report, code, found)
        if old := before.get(code):
            cell.comment, cell.note = old.comment, old.note
        if comments is not None and code in comments:
            cell.comment = squeeze(comments[code])[:500]
        made.append(cell)
    report.cells.all().delete()
    ReportCell.objects.bulk_create(made)


def _cell(report: Report, code: str, found: Answer) -> ReportCell:
    reported = found.origin == "reported"
    source = "; ".join(dict.fromkeys(one.source for one in found.reported))[:300] if reported else ""
    return ReportCell(
        report=report, indicator=code, value=found.figure.value, comparator=found.figure.comparator,
        word=found.figure.word, numerator=found.numerator, denominator=found.denominator, turns=found.turns,
        records=list(found.records), reported=reported, source=source,
    )  # fmt: skip


@transaction.atomic
def submit_report(*, report: Report, by: Actor, at: datetime, base_version: int) -> Report:
    """What it says is kept as a version. Raises Denied, Stale, WrongState, NotAllIn, RemarksOpen."""
    current = _locked(report)
    demand(may_write_report(by, current))
    demand_fresh(current, base_version)
    move(current, "submit", REPORT_TRANSITIONS)
    waiting = current.children.exclude(state__in=(ReportState.CONSOLIDATED, ReportState.LOCKED))
    if waiting.exists():
        names = ", ".join(waiting.select_related("agency").values_list("agency__name", flat=True)[:5])
        raise NotAllIn(
            _("Còn báo cáo cấp dưới chưa tổng hợp: %(names)s.") % {"names": names},
            _("Nhận và tổng hợp các báo cáo đó trước khi gửi."),
        )
    if open_notes := [cell.indicator for cell in current.cells.all() if cell.note and not cell.comment]:
        raise RemarksOpen(
            _("Còn ô được yêu cầu sửa mà chưa có giải trình: %(cells)s.") % {"cells": ", ".join(open_notes)},
            _("Ghi giải trình ở từng ô rồi gửi lại."),
        )
    if not current.cells.exists():
        work_out(current)
    current.submitted_by, current.submitted_at = by.id, at
    current.first_submitted_at = current.first_submitted_at or at
    current.decided_by, current.decided_at, current.returned_reason = "", None, ""
    _keep(current)
    _freeze(current, by, at)
    record(by=by, at=at, action="indicator_report.submit", on=subject_of(current), after=_told(current))
    return current


@transaction.atomic
def return_report(
    *, report: Report, notes: Mapping[str, str], reason: str, by: Actor, at: datetime, base_version: int
) -> Report:
    """Back to be mended, cell by cell. Raises Denied, Stale, WrongState, NoReason when neither a cell nor a word is."""
    current = _locked(report)
    demand(may_decide_report(by, current))
    demand_fresh(current, base_version)
    move(current, "return", REPORT_TRANSITIONS)
    said = {code: squeeze(text)[:500] for code, text in notes.items() if squeeze(text)}
    why = squeeze(reason)[:500]
    if not said and not why:
        raise NoReason(_("Chưa ghi điều cần sửa."), _("Ghi ở ô cần sửa, hoặc ghi lý do chung."))
    for cell in current.cells.all():
        cell.note, cell.comment = said.get(cell.indicator, ""), "" if cell.indicator in said else cell.comment
        cell.save(update_fields=["note", "comment"])
    current.returned_reason, current.decided_by, current.decided_at = why, by.id, at
    _keep(current)
    record(
        by=by, at=at, action="indicator_report.return", on=subject_of(current), after={"notes": said},
        reason=why or "; ".join(f"{code}: {text}" for code, text in said.items())[:500],
    )  # fmt: skip
    return current


@transaction.atomic
def accept_report(*, report: Report, by: Actor, at: datetime, base_version: int) -> Report:
    """By another person than its sender. Raises Denied, Stale, WrongState."""
    current = _locked(report)
    demand(may_decide_report(by, current))
    demand_fresh(current, base_version)
    move(current, "accept", REPORT_TRANSITIONS)
    current.decided_by, current.decided_at = by.id, at
    current.cells.exclude(note="").update(note="")
    _keep(current)
    record(by=by, at=at, action="indicator_report.accept", on=subject_of(current), after=_told(current))
    return current


@transaction.atomic
def consolidate(*, report: Report, by: Actor, at: datetime, base_version: int) -> Report:
    """Take the accepted reports below into this one and work its cells out anew. Raises Denied, Stale, WrongState,
    NotAllIn."""
    current = _locked(report)
    demand(may_consolidate(by, current))
    demand_fresh(current, base_version)
    move(current, "save", REPORT_TRANSITIONS)
    children = list(current.children.select_for_update(of=("self",)).select_related("agency", "period"))
    waiting = [one.agency.name for one in children if one.state not in (ReportState.ACCEPTED, ReportState.CONSOLIDATED)]
    if waiting:
        raise NotAllIn(
            _("Còn %(n)s báo cáo chưa được nhận: %(names)s.") % {"n": len(waiting), "names": ", ".join(waiting[:5])},
            _("Nhận hoặc trả lại từng báo cáo trước khi tổng hợp."),
        )
    for one in children:
        if one.state == ReportState.ACCEPTED:
            move(one, "consolidate", REPORT_TRANSITIONS)
            _keep(one)
    work_out(current)
    _keep(current)
    told = {"reports": [one.pk for one in children]}
    record(by=by, at=at, action="indicator_report.consolidate", on=subject_of(current), after=told)
    return current


@transaction.atomic
def lock_report(*, report: Report, by: Actor, at: datetime, base_version: int) -> Report:
    """The report on top once accepted; everything that went into it locks with it. Raises Denied, Stale, WrongState."""
    current = _locked(report)
    demand(may_lock_report(by, current))
    demand_fresh(current, base_version)
    if current.parent_id is not None:
        raise LockedAbove(_("Báo cáo cấp dưới được khóa cùng báo cáo tổng hợp."))
    move(current, "lock", REPORT_TRANSITIONS)
    below = list(_under(current))
    for one in (current, *below):
        if one.pk != current.pk:
            move(one, "lock", REPORT_TRANSITIONS)
        one.locked_at = at
        _keep(one)
    record(by=by, at=at, action="indicator_report.lock", on=subject_of(current), after={"reports": len(below) + 1})
    return current


@transaction.atomic
def reopen_report(*, report: Report, reason: str, by: Actor, at: datetime, base_version: int) -> Report:
    """What it said stays as a version; the report it went into opens with it, so that no total stands on old cells.

    Raises Denied, Stale, WrongState, NoReason, LockedAbove.
    """
    current = _locked(report)
    demand(may_reopen_report(by, current))
    demand_fresh(current, base_version)
    why = reason_of(reason)
    above = Report.objects.select_for_update(of=("self",)).select_related("agency", "period")
    parent = above.filter(children=current).first()
    if parent is not None and parent.state == ReportState.LOCKED:
        raise LockedAbove(
            _("Báo cáo tổng hợp của %(agency)s đã khóa.") % {"agency": parent.agency.name},
            _("Mở lại báo cáo tổng hợp trước."),
        )
    went_in = current.state == ReportState.CONSOLIDATED
    _reopen(current, why, by, at)
    while parent is not None and went_in and parent.state not in WRITABLE:
        went_in = parent.state == ReportState.CONSOLIDATED
        because = _("Báo cáo của %(agency)s được mở lại: %(why)s") % {"agency": current.agency.name, "why": why}
        _reopen(parent, str(because)[:500], by, at)
        parent = above.filter(children=parent).first()
    return current


def _reopen(report: Report, why: str, by: Actor, at: datetime) -> None:
    was = report.state
    move(report, "reopen", REPORT_TRANSITIONS)
    report.reopened_by, report.reopened_reason, report.locked_at = by.id, why, None
    _keep(report)
    record(
        by=by, at=at, action="indicator_report.reopen", on=subject_of(report), before={"state": was}, reason=why,
        after={"versions": report.versions.count()},
    )  # fmt: skip
    for one in report.children.filter(state=ReportState.LOCKED):
        # What went into a locked report is no longer locked either: it stands as taken together.
        one.state, one.locked_at = ReportState.CONSOLIDATED, None
        _keep(one)


def _under(report: Report) -> Iterable[Report]:
    for one in report.children.select_for_update(of=("self",)).select_related("agency", "period"):
        yield one
        yield from _under(one)


def _freeze(report: Report, by: Actor, at: datetime) -> None:
    cells = [
        {
            "indicator": cell.indicator,
            "value": None if cell.value is None else str(cell.value),
            "comparator": cell.comparator,
            "numerator": None if cell.numerator is None else str(cell.numerator),
            "denominator": None if cell.denominator is None else str(cell.denominator),
            "turns": cell.turns,
            "records": cell.records,
            "source": cell.source,
            "comment": cell.comment,
        }
        for cell in report.cells.all()
    ]
    digest = hashlib.sha256(json.dumps(cells, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    number = report.versions.count() + 1
    ReportVersion.objects.create(report=report, number=number, cells=cells, sha256=digest, by=by.id, at=at)


def _told(report: Report) -> dict[str, Any]:
    cells = {cell.indicator: None if cell.value is None else str(cell.value) for cell in report.cells.all()}
    return {"state": ReportState(report.state).value, "cells": cells}


def _locked(report: Report) -> Report:
    found = Report.objects.select_for_update(of=("self",)).select_related("agency", "period", "parent__agency")
    return found.get(pk=report.pk)


def _keep(report: Report) -> None:
    report.version += 1
    report.save()
