"""The officials' pages of calls: calendar of a year, one call, changed, published, extended, ended; its steps."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request
from matxich.programmes.actions import calls as actions
from matxich.programmes.forms.calls import CallForm, ExtendForm, StepDoneForm, date_rows, dated_of, initial_of
from matxich.programmes.forms.fields import EndingForm, Rows, VersionForm, more_rows
from matxich.programmes.models import Call
from matxich.programmes.permissions import may_cancel_call, may_manage_call, may_publish_call, may_see_programmes
from matxich.programmes.queries.call_pages import desk_call, desk_page
from matxich.programmes.views.doorway import tried, version_of
from matxich.programmes.views.programmes import crumbs


def call_of(pk: int) -> Call:
    return get_object_or_404(Call.objects.select_related("plan__programme__agency"), pk=pk)


def may_see_desk_call(actor: object, call: Call) -> object:
    return may_see_programmes(actor)  # type: ignore[arg-type]


def trail(call: Call, *rest: Link) -> list[Link]:
    plan = call.plan
    year = Link(_("Kế hoạch %(year)s") % {"year": plan.year}, reverse("programmes:plan", args=[plan.pk]))
    own = Link(call.code, reverse("programmes:call", args=[call.pk]) if rest else "")
    return crumbs(plan.programme, year, own, *rest)


@access(may_see_programmes)
def calls(request: Request) -> HttpResponse:
    context = {
        "page": desk_page(request.GET.dict(), timezone.now()),
        "crumbs": [Link(_("Chương trình"), reverse("programmes:programmes")), Link(_("Lịch nhận hồ sơ"))],
    }
    return render(request, "programmes/calls.html", context)


@access(may_see_desk_call, on=call_of)  # type: ignore[arg-type]
def call(request: Request, call: Call) -> HttpResponse:
    return _shown(request, call)


def _shown(request: Request, call: Call, step: StepDoneForm | None = None) -> HttpResponse:
    context = {
        "page": desk_call(call, timezone.now(), request.actor),
        "call": call,
        "step": step or StepDoneForm(plan=call.plan, initial={"on": timezone.localdate()}),
        "crumbs": trail(call),
    }
    return render(request, "programmes/call.html", context, status=422 if step else 200)


@access(may_manage_call, on=call_of, methods=("GET", "POST"))
def edit(request: Request, call: Call) -> HttpResponse:
    form = CallForm(request.POST or None, plan=call.plan, initial=initial_of(call))
    if form.is_valid():
        saved = tried(
            form,
            lambda: actions.save_call(
                call=call, draft=form.draft(call), by=request.actor, at=timezone.now(),
                base_version=form.cleaned_data["base_version"],
            ),
        )  # fmt: skip
        if saved:
            messages.success(request, _("Đã ghi đợt nhận hồ sơ."))
            return redirect("programmes:call", pk=call.pk)
    context = {
        "form": form,
        "plan": call.plan,
        "title": _("Sửa đợt nhận hồ sơ"),
        "back_url": reverse("programmes:call", args=[call.pk]),
        "crumbs": trail(call, Link(_("Sửa"))),
    }
    return render(request, "programmes/edit_call.html", context, status=422 if form.errors else 200)


@access(may_manage_call, on=call_of, methods=("GET", "POST"))
def dates(request: Request, call: Call) -> HttpResponse:
    form = VersionForm(request.POST or None, initial={"base_version": call.version})
    rows = date_rows(request.POST or None, call)
    adding = "more" in request.POST
    if adding:
        rows = date_rows(more_rows(request.POST, "dates", most=60), call)
    elif request.method == "POST" and form.is_valid() and rows.is_valid() and _dated(request, call, form, rows):
        messages.success(request, _("Đã ghi lịch của đợt nhận hồ sơ."))
        return redirect("programmes:call", pk=call.pk)
    wrong = not adding and (form.errors or any(rows.errors) or rows.non_form_errors())
    context = {"form": form, "rows": rows, "call": call, "quiet": adding, "crumbs": trail(call, Link(_("Lịch")))}
    return render(request, "programmes/dates.html", context, status=422 if request.method == "POST" and wrong else 200)


def _dated(request: Request, call: Call, form: VersionForm, rows: Rows) -> bool:
    return bool(
        tried(
            form,
            lambda: actions.set_dates(
                call=call, dates=[dated_of(told) for told in rows.told], by=request.actor, at=timezone.now(),
                base_version=form.cleaned_data["base_version"],
            ),
        )
    )  # fmt: skip


@access(may_manage_call, on=call_of, methods=("POST",))
def step_done(request: Request, call: Call) -> HttpResponse:
    form = StepDoneForm(request.POST, plan=call.plan)
    if form.is_valid():
        told = form.cleaned_data
        if tried(form, lambda: actions.record_step(call=call, by=request.actor, at=timezone.now(), **told)):
            messages.success(request, _("Đã ghi bước đã xong."))
            return redirect("programmes:call", pk=call.pk)
    return _shown(request, call, form)


@access(may_publish_call, on=call_of, methods=("POST",))
def publish(request: Request, call: Call) -> HttpResponse:
    actions.publish_call(call=call, by=request.actor, at=timezone.now(), base_version=version_of(request))
    messages.success(request, _("Đã công bố: mọi người xem được trên trang công khai."))
    return redirect("programmes:call", pk=call.pk)


@access(may_publish_call, on=call_of, methods=("GET", "POST"))
def extend(request: Request, call: Call) -> HttpResponse:
    text = _("Hạn mới phải muộn hơn hạn đã công bố; trang công khai ghi cả hai hạn và lý do.")
    form = ExtendForm(request.POST or None, initial={"base_version": call.version, "closes_at": call.closes_at})
    return _ended(request, call, form, actions.extend_call, _("Gia hạn nhận hồ sơ"), text, danger=False)


@access(may_publish_call, on=call_of, methods=("POST",))
def close(request: Request, call: Call) -> HttpResponse:
    actions.close_call(call=call, by=request.actor, at=timezone.now(), base_version=version_of(request))
    messages.success(request, _("Đã hoàn tất đợt nhận hồ sơ."))
    return redirect("programmes:call", pk=call.pk)


@access(may_cancel_call, on=call_of, methods=("GET", "POST"))
def cancel(request: Request, call: Call) -> HttpResponse:
    text = _("Đợt đã công bố vẫn còn trên trang công khai, ghi là đã hủy kèm lý do.")
    form = EndingForm(request.POST or None, initial={"base_version": call.version})
    return _ended(request, call, form, actions.cancel_call, _("Hủy đợt nhận hồ sơ"), text, danger=True)


def _ended(
    request: Request, call: Call, form: VersionForm, action: Callable[..., Call], title: str, text: str, *, danger: bool
) -> HttpResponse:
    if form.is_valid():
        told = form.cleaned_data
        if tried(form, lambda: action(call=call, by=request.actor, at=timezone.now(), **told)):
            return redirect("programmes:call", pk=call.pk)
    context = {
        "form": form, "title": title, "text": text, "submit": title, "danger": danger,
        "back_url": reverse("programmes:call", args=[call.pk]), "crumbs": trail(call, Link(title)),
    }  # fmt: skip
    return render(request, "programmes/confirm.html", context, status=422 if form.errors else 200)
