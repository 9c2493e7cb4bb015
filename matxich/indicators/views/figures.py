"""Dashboards, one figure, sentences, targets, figures told by others, readiness."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.documents.spreadsheets import xlsx_pieces
from matxich.indicators.actions import figures as actions
from matxich.indicators.forms import ReadinessForm, ReasonForm, ReportedForm, TargetForm
from matxich.indicators.models import ReportedFigure, Target
from matxich.indicators.permissions import (
    keeping_places,
    may_keep_figures,
    may_see_indicators,
    may_withdraw_reported,
    may_withdraw_target,
)
from matxich.indicators.queries.dashboard import dashboard as dashboard_of
from matxich.indicators.queries.export import sheets
from matxich.indicators.queries.figure_page import figure_page
from matxich.indicators.queries.readiness import board
from matxich.indicators.queries.sentences_page import sentences_page
from matxich.indicators.queries.showing import asked_from, language
from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request, download, number_of
from matxich.places.queries import province_choices
from matxich.programmes.views.doorway import tried
from matxich.rulebook.indicators.catalogue import Indicator, catalogue

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _home(*rest: Link) -> list[Link]:
    return [Link(_("Kết quả"), reverse("indicators:dashboard")), *rest]


def indicator_of(code: str) -> Indicator:
    found = catalogue().get(code)
    if found is None:
        raise Http404(_("Không có chỉ tiêu này."))
    return found


@access(may_see_indicators)
def dashboard(request: Request) -> HttpResponse:
    edition = "63" if request.GET.get("map") == "63" else "34"
    context = {"page": dashboard_of(edition, timezone.localdate()), "provinces": province_choices("34")}  # type: ignore[arg-type]
    return render(request, "indicators/dashboard.html", context)


def province_named(code: str) -> str:
    if code not in dict(province_choices("34")):
        raise Http404(_("Không có tỉnh, thành này."))
    return code


@access(may_see_indicators, on=province_named)
def province(request: Request, place: str) -> HttpResponse:
    page = dashboard_of("34", timezone.localdate(), place)
    context = {"page": page, "provinces": province_choices("34"), "crumbs": _home(Link(page.name))}
    return render(request, "indicators/dashboard.html", context)


@access(may_see_indicators, on=indicator_of)
def figure(request: Request, indicator: Indicator) -> HttpResponse:
    today = timezone.localdate()
    asked = asked_from(indicator.code, request.GET.dict(), today)
    page = max(number_of(request.GET.get("trang")) or 1, 1)
    context: dict[str, Any] = {
        "page": figure_page(asked, today, request.actor, page), "freezing": ReasonForm(auto_id="freeze_%s"),
        "crumbs": _home(Link(indicator.code)),
    }  # fmt: skip
    return render(request, "indicators/figure.html", context)


@access(may_keep_figures, on=indicator_of, methods=("POST",))
def freeze(request: Request, indicator: Indicator) -> HttpResponse:
    asked = asked_from(indicator.code, request.GET.dict(), timezone.localdate())
    actions.freeze(asked=asked, reason=request.POST.get("reason", ""), by=request.actor, at=timezone.now())
    messages.success(request, _("Đã chốt con số cùng danh sách hồ sơ."))
    query = request.GET.urlencode()
    url = reverse("indicators:figure", args=[indicator.code])
    return redirect(f"{url}?{query}" if query else url)


@access(may_see_indicators, on=indicator_of)
def export(request: Request, indicator: Indicator) -> HttpResponseBase:
    asked = asked_from(indicator.code, request.GET.dict(), timezone.localdate())
    name = f"{indicator.code}-{asked.on:%Y%m%d}.xlsx"
    return download(xlsx_pieces(sheets(asked, request.actor)), name, XLSX)


@access(may_see_indicators)
def sentences(request: Request) -> HttpResponse:
    page = sentences_page(request.GET.getlist("ma"), request.GET.dict(), timezone.localdate())
    return render(request, "indicators/sentences.html", {"page": page, "crumbs": _home(Link(_("Đoạn báo cáo")))})


@access(may_see_indicators, methods=("GET", "POST"))
def readiness(request: Request) -> HttpResponse:
    places = keeping_places(request.actor)
    form = ReadinessForm(
        request.POST or None, national=places is None, places=places or (), language=language(),
        initial={"as_of": timezone.localdate()},
    )  # fmt: skip
    if form.is_valid():
        told = form.cleaned_data
        if tried(form, lambda: actions.answer_readiness(**told, by=request.actor, at=timezone.now())):
            messages.success(request, _("Đã ghi câu trả lời, kèm nguồn."))
            return redirect("indicators:readiness")
    context = {
        "page": board(timezone.localdate()), "form": form, "may_answer": places != (),
        "crumbs": _home(Link(_("Mức độ sẵn sàng"))),
    }  # fmt: skip
    return render(request, "indicators/readiness.html", context, status=422 if form.errors else 200)


@access(may_keep_figures, methods=("GET", "POST"))
def new_target(request: Request) -> HttpResponse:
    form = TargetForm(request.POST or None, **_choices(request, list(catalogue().values())))
    if form.is_valid():
        told = form.cleaned_data
        made = tried(form, lambda: actions.set_target(aimed=actions.Aimed(**told), by=request.actor, at=timezone.now()))
        if made:
            messages.success(request, _("Đã đặt mục tiêu."))
            return redirect(_figure_url(made.indicator, made.place, made.edition, made.until))
    return _form(request, form, _("Đặt mục tiêu"), _("Ghi như văn bản viết: con số, cách nói, thời hạn, bản đồ."))


@access(may_keep_figures, methods=("GET", "POST"))
def new_reported(request: Request) -> HttpResponse:
    form = ReportedForm(request.POST or None, **_choices(request, list(catalogue().values())))
    if form.is_valid():
        told = form.cleaned_data
        made = tried(
            form, lambda: actions.record_reported(said=actions.Said(**told), by=request.actor, at=timezone.now())
        )
        if made:
            messages.success(request, _("Đã ghi số liệu báo cáo."))
            return redirect(_figure_url(made.indicator, made.place, made.edition, made.as_of))
    text = _("Chỉ dành cho số thống kê hoặc số đã công bố mà hệ thống không tính được từ hồ sơ.")
    return _form(request, form, _("Ghi số liệu báo cáo"), text)


def target_of(pk: int) -> Target:
    return get_object_or_404(Target, pk=pk)


@access(may_withdraw_target, on=target_of, methods=("GET", "POST"))
def withdraw_target(request: Request, target: Target) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if tried(
            form, lambda: actions.withdraw_target(target=target, reason=reason, by=request.actor, at=timezone.now())
        ):
            return redirect(_figure_url(target.indicator, target.place, target.edition, target.until))
    return _form(request, form, _("Rút mục tiêu"), f"{target}. {target.source}", danger=True)


def reported_of(pk: int) -> ReportedFigure:
    return get_object_or_404(ReportedFigure, pk=pk)


@access(may_withdraw_reported, on=reported_of, methods=("GET", "POST"))
def withdraw_reported(request: Request, reported: ReportedFigure) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = tried(
            form,
            lambda: actions.withdraw_reported(reported=reported, reason=reason, by=request.actor, at=timezone.now()),
        )
        if done:
            return redirect(_figure_url(reported.indicator, reported.place, reported.edition, reported.as_of))
    return _form(request, form, _("Rút số liệu báo cáo"), f"{reported}. {reported.source}", danger=True)


def _choices(request: Request, indicators: list[Indicator]) -> dict[str, Any]:
    places = keeping_places(request.actor)
    code = request.GET.get("ma", "")
    return {
        "indicators": indicators, "national": places is None, "places": places or (),
        "initial": {"indicator": code, "edition": "34", "place": request.GET.get("tinh", "")},
    }  # fmt: skip


def _figure_url(code: str, place: str, edition: str, on: date) -> str:
    query = f"?ngay={on.isoformat()}&map={edition}" + (f"&tinh={place}" if place else "")
    return f"{reverse('indicators:figure', args=[code])}{query}"


def _form(request: Request, form: Any, title: str, text: str, *, danger: bool = False) -> HttpResponse:
    context = {
        "form": form, "title": title, "text": text, "submit": title, "danger": danger,
        "back_url": reverse("indicators:dashboard"), "crumbs": _home(Link(title)),
    }  # fmt: skip
    return render(request, "indicators/form.html", context, status=422 if form.errors else 200)
