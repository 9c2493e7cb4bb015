"""Periods of reporting and the reports in them."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.models import Agency
from matxich.accounts.permissions import Person
from matxich.documents.spreadsheets import xlsx_pieces
from matxich.indicators.actions import reports as actions
from matxich.indicators.forms import FillForm, PeriodForm, ReopenForm, ReturnForm
from matxich.indicators.models import Report, ReportPeriod
from matxich.indicators.permissions import (
    agencies_that_ask,
    may_decide_report,
    may_lock_report,
    may_open_period,
    may_open_report,
    may_see_indicators,
    may_see_period,
    may_write_report,
)
from matxich.indicators.queries.report_files import REPORT_HEADS, docx_of_report
from matxich.indicators.queries.report_pages import periods, report_of, report_page, table_of, title_of, tree
from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request, download
from matxich.programmes.permissions import OWNING
from matxich.programmes.views.doorway import tried, version_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def period_of(pk: int) -> ReportPeriod:
    return get_object_or_404(ReportPeriod.objects.select_related("agency"), pk=pk)


def one_report(pk: int) -> Report:
    return get_object_or_404(report_of(pk))


def crumbs(*rest: Link) -> list[Link]:
    first = Link(_("Kết quả"), reverse("indicators:dashboard"))
    if not rest:
        return [first, Link(_("Báo cáo"))]
    return [first, Link(_("Báo cáo"), reverse("indicators:reports")), *rest]


@access(may_see_indicators)
def reports(request: Request) -> HttpResponse:
    context = {"rows": periods(), "may_open": bool(may_open_period(request.actor)), "crumbs": crumbs()}
    return render(request, "indicators/reports.html", context)


@access(may_open_period, methods=("GET", "POST"))
def new_period(request: Request) -> HttpResponse:
    agencies = agencies_that_ask(request.actor) if isinstance(request.actor, Person) else []
    asked = Agency.objects.filter(kind__in=OWNING, valid_to=None).exclude(place="").order_by("order")
    form = PeriodForm(
        request.POST or None, agencies=agencies, reporters=asked,
        initial={"edition": "34", "agency": str(agencies[0].pk) if agencies else ""},
    )  # fmt: skip
    if form.is_valid():
        told = form.cleaned_data
        made = tried(
            form,
            lambda: actions.open_period(
                agency=form.agencies[told["agency"]], title=told["title"], starts=told["starts"],
                ends=told["last_day"] + timedelta(days=1), due_before=told["due_before"], edition=told["edition"],
                indicators=told["indicators"], reporters=[form.asked[pk] for pk in told["reporters"]],
                by=request.actor, at=timezone.now(),
            ),
        )  # fmt: skip
        if made:
            return redirect("indicators:period", pk=made.pk)
    context = {
        "form": form, "title": _("Mở kỳ báo cáo"), "submit": _("Mở kỳ báo cáo"), "danger": False,
        "text": _("Mỗi cơ quan nhận một báo cáo trống; số liệu được tính từ hồ sơ, cơ quan ghi nhận xét và gửi."),
        "back_url": reverse("indicators:reports"), "crumbs": crumbs(Link(_("Mở kỳ báo cáo"))),
    }  # fmt: skip
    return render(request, "indicators/form.html", context, status=422 if form.errors else 200)


@access(may_see_period, on=period_of)
def period(request: Request, period: ReportPeriod) -> HttpResponse:
    context = {
        "period": period, "nodes": tree(period, request.actor, timezone.localdate()),
        "last_day": period.ends - timedelta(days=1), "crumbs": crumbs(Link(period.title)),
    }  # fmt: skip
    return render(request, "indicators/period.html", context)


@access(may_open_report, on=one_report)
def report(request: Request, report: Report) -> HttpResponse:
    return _shown(request, report)


def _shown(request: Request, report: Report, status: int = 200, **forms: Any) -> HttpResponse:
    version = {"base_version": report.version}
    context = {
        "page": report_page(report, request.actor),
        "filling": FillForm(initial=version | {"comment": report.comment}, auto_id="fill_%s"),
        "returning": ReturnForm(initial=version, auto_id="return_%s"),
        "reopening": ReopenForm(initial=version, auto_id="reopen_%s"),
        "crumbs": crumbs(
            Link(report.period.title, reverse("indicators:period", args=[report.period_id])), Link(report.agency.name)
        ),
    } | forms  # fmt: skip
    return render(request, "indicators/report.html", context, status=status)


@access(may_write_report, on=one_report, methods=("POST",))
def fill(request: Request, report: Report) -> HttpResponse:
    comments = {code: request.POST.get(f"cell-{code}", "") for code in report.period.indicators}
    actions.fill_report(
        report=report, comments=comments, comment=request.POST.get("comment", ""), by=request.actor, at=timezone.now(),
        base_version=version_of(request),
    )  # fmt: skip
    messages.success(request, _("Đã tính lại từ hồ sơ và giữ nhận xét."))
    return redirect("indicators:report", pk=report.pk)


@access(may_write_report, on=one_report, methods=("POST",))
def submit(request: Request, report: Report) -> HttpResponse:
    actions.submit_report(report=report, by=request.actor, at=timezone.now(), base_version=version_of(request))
    messages.success(request, _("Đã gửi báo cáo; bản vừa gửi được giữ lại."))
    return redirect("indicators:report", pk=report.pk)


@access(may_decide_report, on=one_report, methods=("POST",))
def give_back(request: Request, report: Report) -> HttpResponse:
    form = ReturnForm(request.POST, auto_id="return_%s")
    notes = {code: request.POST.get(f"note-{code}", "") for code in report.period.indicators}
    if form.is_valid():
        told = form.cleaned_data
        done = tried(
            form,
            lambda: actions.return_report(
                report=report, notes=notes, reason=told["reason"], by=request.actor, at=timezone.now(),
                base_version=told["base_version"],
            ),
        )  # fmt: skip
        if done:
            messages.success(request, _("Đã trả lại, kèm yêu cầu ở từng ô."))
            return redirect("indicators:report", pk=report.pk)
    return _shown(request, report, 422, returning=form)


@access(may_decide_report, on=one_report, methods=("POST",))
def accept(request: Request, report: Report) -> HttpResponse:
    actions.accept_report(report=report, by=request.actor, at=timezone.now(), base_version=version_of(request))
    messages.success(request, _("Đã nhận báo cáo."))
    return redirect("indicators:report", pk=report.pk)


@access(may_write_report, on=one_report, methods=("POST",))
def consolidate(request: Request, report: Report) -> HttpResponse:
    actions.consolidate(report=report, by=request.actor, at=timezone.now(), base_version=version_of(request))
    messages.success(request, _("Đã tổng hợp các báo cáo cấp dưới."))
    return redirect("indicators:report", pk=report.pk)


@access(may_lock_report, on=one_report, methods=("POST",))
def lock(request: Request, report: Report) -> HttpResponse:
    actions.lock_report(report=report, by=request.actor, at=timezone.now(), base_version=version_of(request))
    messages.success(request, _("Đã khóa báo cáo và mọi báo cáo cấp dưới."))
    return redirect("indicators:report", pk=report.pk)


@access(may_lock_report, on=one_report, methods=("POST",))
def reopen(request: Request, report: Report) -> HttpResponse:
    form = ReopenForm(request.POST, auto_id="reopen_%s")
    if form.is_valid():
        told = form.cleaned_data
        if tried(form, lambda: actions.reopen_report(report=report, by=request.actor, at=timezone.now(), **told)):
            messages.success(request, _("Đã mở lại; bản đã gửi trước đó vẫn được giữ."))
            return redirect("indicators:report", pk=report.pk)
    return _shown(request, report, 422, reopening=form)


@access(may_open_report, on=one_report)
def spreadsheet(request: Request, report: Report) -> HttpResponseBase:
    sheet = (_("Báo cáo"), [str(head) for head in REPORT_HEADS], table_of(report))
    return download(xlsx_pieces([sheet]), f"bao-cao-{report.pk}.xlsx", XLSX)  # type: ignore[list-item]


@access(may_open_report, on=one_report)
def word(request: Request, report: Report) -> HttpResponseBase:
    return download([docx_of_report(report, title_of(report))], f"bao-cao-{report.pk}.docx", DOCX)
