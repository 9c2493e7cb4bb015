"""Trying a proposed change of the law over the register; each sees their own reports."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.files.states import XLSX
from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request, download, sentence
from matxich.kit.refusals import Refusal
from matxich.policy.actions.reports import begin_report, take_away
from matxich.policy.forms.proposals import PurposeForm, ReformForm
from matxich.policy.models import PolicyReport
from matxich.policy.permissions import may_open_report, may_simulate
from matxich.policy.queries.reports import own_reports, report_page
from matxich.policy.states import ReportState
from matxich.policy.views.finder import in_law_language


def report_of(pk: int) -> PolicyReport:
    if found := PolicyReport.objects.filter(pk=pk).first():
        return found
    raise Http404


@access(may_simulate, methods=("GET", "POST"))
def reports(request: Request) -> HttpResponse:
    """The form and the reader's own reports."""
    with in_law_language():
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = ReformForm(*sent, today=timezone.localdate())
        if form.is_valid():
            try:
                made = begin_report(text=form.yaml(), by=request.actor, at=timezone.now())
                return redirect("policy:report", pk=made.pk)
            except Refusal as refusal:
                form.add_error(None, sentence(refusal))
        context = {"form": form, "rows": own_reports(request.actor)}
        return render(request, "policy/reports.html", context, status=422 if form.errors else 200)


@access(may_open_report, on=report_of)
def report(request: Request, told: PolicyReport) -> HttpResponse:
    with in_law_language():
        context = {"report": told, "crumbs": _crumbs(told), "form": PurposeForm()}
        if told.state == ReportState.DONE:
            support, edition = request.GET.get("noi-dung", ""), request.GET.get("map", "")
            context["page"] = report_page(told, support=support, edition=edition, today=timezone.localdate())
        return render(request, "policy/report.html", context)


@access(may_open_report, on=report_of, methods=("POST",))
def report_file(request: Request, told: PolicyReport) -> HttpResponseBase:
    form = PurposeForm(request.POST)
    purpose = form.cleaned_data["purpose"] if form.is_valid() else ""
    pieces = take_away(report=told, purpose=purpose, by=request.actor, at=timezone.now())
    name = _("de-xuat-%(number)s.xlsx") % {"number": told.pk}
    return download(pieces, name, XLSX)


def _crumbs(told: PolicyReport) -> list[Link]:
    return [Link(_("Thử đề xuất"), reverse("policy:reports")), Link(told.title)]
