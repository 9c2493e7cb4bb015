"""The forms of a reporting period: who has sent them, entering one on somebody's behalf, deciding it."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, sentence
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.kit.verdict import Verdict
from matxich.places.models import Zone
from matxich.rulebook.zones.periods import NoSuchPeriod, Period, parse
from matxich.rulebook.zones.reports import FORMS
from matxich.zones.actions import reports as actions
from matxich.zones.actions.facts import BadDay, BadFigures
from matxich.zones.forms import OpenReportForm, ReportValuesForm, ReturnForm, shown_value
from matxich.zones.models import ZoneReport
from matxich.zones.permissions import may_handle_report, may_open_report, may_see_reports, may_state
from matxich.zones.queries.facts import known_of
from matxich.zones.queries.report_page import ReportPage, report_page
from matxich.zones.queries.reports import zone_period
from matxich.zones.queries.reports_page import reports_page
from matxich.zones.queries.showing import period_name
from matxich.zones.states import FormKind
from matxich.zones.views.public import zone_of


def report_of(pk: int) -> ZoneReport:
    return get_object_or_404(ZoneReport.objects.select_related("zone", "enterprise"), pk=pk)


def zone_in_period(pk: int, period: str) -> tuple[Zone, Period]:
    try:
        return zone_of(pk), parse(period)
    except NoSuchPeriod as error:
        raise Http404 from error


def new_report(pk: int, period: str, form: str) -> tuple[Zone, Period, str]:
    if form not in FORMS:
        raise Http404
    return *zone_in_period(pk, period), form


def may_enter(actor: Actor, asked: tuple[Zone, Period, str]) -> Verdict:
    return may_see_reports(actor) and may_state(actor, asked[0])


def may_see_zone_period(actor: Actor, asked: tuple[Zone, Period]) -> Verdict:
    return may_see_reports(actor) and may_open_report(actor, ZoneReport(zone=asked[0]))


@access(may_see_reports)
def reports(request: Request) -> HttpResponse:
    page = reports_page(request.GET.dict(), timezone.localdate(), request.actor)
    return render(request, "zones/reports.html", {"page": page, "crumbs": _crumbs(_("Báo cáo theo kỳ"))})


@access(may_see_zone_period, on=zone_in_period)
def zone_reports(request: Request, asked: tuple[Zone, Period]) -> HttpResponse:
    zone, period = asked
    context = {
        "page": zone_period(zone, period, timezone.localdate()),
        "period_name": period_name(period),
        "may_state": may_state(request.actor, zone),
        "crumbs": [*_to_period(period), Link(str(zone))],
    }
    return render(request, "zones/zone_reports.html", context)


@access(may_enter, on=new_report, methods=("GET", "POST"))
def enter(request: Request, asked: tuple[Zone, Period, str]) -> HttpResponse:
    zone, period, kind = asked
    form = OpenReportForm(request.POST or None, initial=_reporter(zone, kind, request))
    if form.is_valid():
        try:
            made = actions.open_report(
                zone=zone, period=period, form=kind, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
            return redirect("zones:report", pk=made.pk)
        except Denied:
            raise
        except actions.AlreadyReported as refusal:
            if refusal.existing:
                messages.warning(request, sentence(refusal))
                return redirect("zones:report", pk=refusal.existing.pk)
            form.add_error(None, sentence(refusal))
        except BadFigures as refusal:
            for code, text in refusal.faults.items():
                form.add_error(code, text)
        except Refusal as refusal:
            form.add_error("received_on" if isinstance(refusal, BadDay) else None, sentence(refusal))
    context = {
        "form": form,
        "zone": zone,
        "period": period,
        "period_name": period_name(period),
        "title": _(FORMS[kind].label),
        "back_url": reverse("zones:zone_reports", args=[zone.pk, period.key]),
        "crumbs": [*_to_period(period), *_to_zone(zone, period), Link(_("Nhập thay"))],
    }
    return render(request, "zones/enter.html", context, status=422 if form.errors else 200)


def _reporter(zone: Zone, kind: str, request: Request) -> dict[str, object]:
    """The developer as known; a tenant as the list of those silent names it."""
    if kind == FormKind.TENANT:
        return {name: request.GET.get(name, "")[:300] for name in ("reporter", "tax_code")}
    known = known_of([zone], timezone.localdate(), ("operator", "operator_tax_code"))[0].values
    return {"reporter": known.get("operator", ""), "tax_code": known.get("operator_tax_code", "")}


@access(may_open_report, on=report_of, methods=("GET", "POST"))
def report(request: Request, report: ZoneReport) -> HttpResponse:
    page = report_page(report, request.actor)
    if not (page.is_open and page.may_handle):
        if request.method == "POST":
            raise Stale(
                _("Báo cáo này không còn sửa được ở trạng thái hiện tại."),
                _("Tải lại trang để xem trạng thái hiện tại."),
            )
        return _shown(request, page)
    form = _values_form(request, report)
    if form.is_valid() and _saved(request, report, form):
        return redirect("zones:report", pk=report.pk)
    return _shown(request, page, form=form, status=422 if form.errors else 200)


def _values_form(request: Request, report: ZoneReport) -> ReportValuesForm:
    told = FORMS[report.form]
    initial: dict[str, object] = {one.code: shown_value(one, report.values.get(one.code)) for one in told.fields}
    initial["base_version"] = report.version
    drafting = request.method == "POST" and "submit" not in request.POST
    required = frozenset[str]() if drafting else told.required
    return ReportValuesForm(
        request.POST or None, fields=told.fields, required=required, notes=report.notes, initial=initial
    )


def _saved(request: Request, report: ZoneReport, form: ReportValuesForm) -> bool:
    """Saved, and handed in when asked: both or neither."""
    by, at = request.actor, timezone.now()
    submitting = "submit" in request.POST
    try:
        with transaction.atomic():
            saved = actions.save_report(
                report=report, typed=form.typed, by=by, at=at, base_version=form.cleaned_data["base_version"]
            )
            if submitting:
                actions.submit_report(report=saved, by=by, at=at, base_version=saved.version)
    except BadFigures as refusal:
        for code, text in refusal.faults.items():
            form.add_error(code, text)
        return False
    told = _("Đã gửi báo cáo. Cán bộ phụ trách xem rồi nhận hoặc trả lại.") if submitting else _("Đã lưu bản nháp.")
    messages.success(request, told)
    return True


def _shown(
    request: Request, page: ReportPage, *, form: ReportValuesForm | None = None, back: ReturnForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    report = page.report
    codes = tuple(one.code for one in page.form.fields)
    context = {
        "page": page,
        "report": report,
        "form": form,
        "back": back or ReturnForm(codes=codes, initial={"base_version": report.version}),
        "title": _(page.form.label),
        "crumbs": [
            *_to_period(page.period), *_to_zone(report.zone, page.period), Link(report.get_form_display()),
        ],
    }  # fmt: skip
    return render(request, "zones/report.html", context, status=status)


@access(may_handle_report, on=report_of, methods=("POST",))
def accept(request: Request, report: ZoneReport) -> HttpResponse:
    actions.accept_report(report=report, by=request.actor, at=timezone.now(), base_version=_version(request))
    messages.success(request, _("Đã nhận báo cáo; số liệu của báo cáo đã vào hồ sơ khu, cụm."))
    return redirect("zones:report", pk=report.pk)


@access(may_handle_report, on=report_of, methods=("POST",))
def give_back(request: Request, report: ZoneReport) -> HttpResponse:
    page = report_page(report, request.actor)
    form = ReturnForm(request.POST, codes=tuple(one.code for one in page.form.fields))
    if form.is_valid():
        try:
            actions.return_report(
                report=report,
                notes=form.notes,
                by=request.actor,
                at=timezone.now(),
                base_version=form.cleaned_data["base_version"],
            )
            messages.success(request, _("Đã trả lại báo cáo kèm nhận xét."))
            return redirect("zones:report", pk=report.pk)
        except actions.NothingToMend as refusal:
            form.add_error("whole", sentence(refusal))
    return _shown(request, page, back=form, status=422)


def _version(request: Request) -> int:
    told = request.POST.get("base_version", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else -1


def _crumbs(last: str) -> list[Link]:
    return [Link(_("Khu, cụm công nghiệp"), reverse("zones:rollup")), Link(last)]


def _to_period(period: Period) -> list[Link]:
    return [
        Link(_("Khu, cụm công nghiệp"), reverse("zones:rollup")),
        Link(period_name(period), f"{reverse('zones:reports')}?ky={period.key}"),
    ]


def _to_zone(zone: Zone, period: Period) -> list[Link]:
    return [Link(str(zone), reverse("zones:zone_reports", args=[zone.pk, period.key]))]
