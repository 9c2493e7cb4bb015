"""Trying a reform over the register: a short register at once, a long one by the worker."""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.kit.worker import LEFT_BEHIND, seldom
from matxich.ledger.actions import Subject, record
from matxich.policy.law import law as law_now
from matxich.policy.models import PolicyReport
from matxich.policy.permissions import may_open_report, may_simulate
from matxich.policy.queries.simulating import packed, read_told, reform_json, reform_pieces, run_reform, unpacked
from matxich.policy.states import ReportState
from matxich.registry.queries import visible_enterprises
from matxich.rulebook.law.faults import LawFault

log = logging.getLogger(__name__)
AT_ONCE = 20_000


class BadReform(Refusal):
    """A slip in the reform; the message names its line and what was meant."""

    code = "bad_reform"
    status = 422


class NotFinished(Refusal):
    code = "report_not_finished"


class PurposeMissing(Refusal):
    code = "purpose_missing"
    status = 422


def begin_report(*, text: str, by: Actor, at: datetime) -> PolicyReport:
    """Read, noted in the ledger, and worked out now or handed to the worker. BadReform, Denied."""
    demand(may_simulate(by))
    try:
        reform = read_told(text, file=_("đề xuất"))
    except LawFault as error:
        raise BadReform(str(error), _("Sửa dòng đã nêu rồi thử lại.")) from error
    law = law_now()
    with transaction.atomic():
        report = PolicyReport.objects.create(
            title=reform.title, text=text, on=reform.on, rules_version=law.version, by=by.id, created_at=at
        )
        told = reform_json(law, reform)
        record(
            by=by,
            at=at,
            action="policy.simulate",
            on=subject_of(report),
            after={"on": reform.on, "scope": told["scope"], "changes": told["changes"], "content": reform.content},
            rule=law.version,
        )
    if visible_enterprises().count() <= AT_ONCE:
        work_out(report)
    return report


def work_out_waiting(*, at: datetime) -> int:
    """The worker's chore: every report that waits, the oldest first. How many were worked out."""
    done = 0
    while report := _taken(at):
        work_out(report)
        done += 1
    return done


def _taken(at: datetime) -> PolicyReport | None:
    waiting = PolicyReport.objects.filter(state=ReportState.WAITING)
    free = waiting.filter(Q(started_at__isnull=True) | Q(started_at__lt=at - LEFT_BEHIND)).order_by("id")
    for report in free:
        if free.filter(pk=report.pk, started_at=report.started_at).update(started_at=at):
            return report
    return None


def work_out(report: PolicyReport) -> None:
    """Whatever goes wrong is the report's end too: a fault of ours is logged and said, not tried for ever."""
    stored = PolicyReport.objects.filter(pk=report.pk)
    try:
        reform = read_told(report.text, file=_("đề xuất"))
        found = run_reform(reform, progress=seldom(lambda read: stored.update(read=read)))
        report.result, report.touched, report.state = found.data, packed(found.touched), ReportState.DONE
        report.rules_version = found.data["rules_version"]
    except LawFault as error:  # the law changed while it waited
        report.state, report.problem = ReportState.FAILED, str(error)[:500]
    except Exception:
        log.exception("report %s could not be worked out", report.pk)
        report.state = ReportState.FAILED
        report.problem = _("Hệ thống gặp lỗi khi tính; lỗi đã được ghi lại. Hãy thử lại.")
    report.finished_at = timezone.now()
    report.save()


@transaction.atomic
def take_away(*, report: PolicyReport, purpose: str, by: Actor, at: datetime) -> Iterator[bytes]:
    """The report with every winner and loser as a spreadsheet, once who takes it and why is in the ledger."""
    demand(may_open_report(by, report))
    if report.state != ReportState.DONE:
        raise NotFinished(_("Báo cáo chưa tính xong."), _("Chờ tính xong rồi tải."))
    if not (purpose := purpose.strip()):
        raise PurposeMissing(_("Chưa ghi mục đích."), _("Ghi ngắn gọn danh sách dùng vào việc gì."))
    touched = unpacked(bytes(report.touched))
    rows = sum(len(each.ids) for each in touched)
    record(by=by, at=at, action="policy.export", on=subject_of(report), after={"rows": rows}, reason=purpose)
    return reform_pieces(report.result, touched)


def subject_of(report: PolicyReport) -> Subject:
    return Subject("policy_report", str(report.pk), report.title)
