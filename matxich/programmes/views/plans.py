"""A plan of a year: shown with its latest days, written row by row, submitted, approved, returned, closed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request
from matxich.kit.verdict import Verdict
from matxich.programmes.actions import plans as actions
from matxich.programmes.actions.calls import create_call
from matxich.programmes.forms.calls import CallForm
from matxich.programmes.forms.fields import EndingForm, Rows, more_rows
from matxich.programmes.forms.plans import ApproveForm, PlanForm, item_of, item_rows
from matxich.programmes.models import YearPlan
from matxich.programmes.permissions import may_approve_plan, may_direct, may_manage_plan, may_open_plan
from matxich.programmes.queries.plan_page import plan_page
from matxich.programmes.states import Route
from matxich.programmes.views.doorway import tried, version_of
from matxich.programmes.views.programmes import crumbs


def plan_of(pk: int) -> YearPlan:
    return get_object_or_404(YearPlan.objects.select_related("programme__agency"), pk=pk)


def may_direct_plan(actor: Actor, plan: YearPlan) -> Verdict:
    return may_direct(actor, plan.programme)


@access(may_open_plan, on=plan_of)
def plan(request: Request, plan: YearPlan) -> HttpResponse:
    return _shown(request, plan)


def _shown(
    request: Request, plan: YearPlan, *, approving: ApproveForm | None = None, returning: EndingForm | None = None
) -> HttpResponse:
    page = plan_page(plan, timezone.now(), request.actor)
    initial = {"base_version": plan.version}
    context = {
        "page": page,
        "plan": page.plan,
        "approving": approving or ApproveForm(initial=initial, auto_id="duyet-%s"),
        "returning": returning or EndingForm(initial=initial, auto_id="tra-%s"),
        "reopening": EndingForm(initial=initial, auto_id="mo-%s"),
        "crumbs": crumbs(plan.programme, Link(_("Kế hoạch %(year)s") % {"year": plan.year})),
    }
    return render(request, "programmes/plan.html", context, status=422 if approving or returning else 200)


@access(may_manage_plan, on=plan_of, methods=("GET", "POST"))
def edit(request: Request, plan: YearPlan) -> HttpResponse:
    """Rows, note and durations at once; one button keeps, another only makes room for more rows."""
    form = PlanForm(request.POST or None, plan=plan, initial={"note": plan.note, "base_version": plan.version})
    rows = item_rows(request.POST or None, plan)
    adding = "more" in request.POST
    if adding:
        rows = item_rows(more_rows(request.POST, "items"), plan)
    elif request.method == "POST" and form.is_valid() and rows.is_valid() and _saved(request, plan, form, rows):
        messages.success(request, _("Đã ghi kế hoạch."))
        return redirect("programmes:plan", pk=plan.pk)
    context = {
        "form": form,
        "rows": rows,
        "plan": plan,
        "quiet": adding,
        "crumbs": crumbs(
            plan.programme,
            Link(_("Kế hoạch %(year)s") % {"year": plan.year}, reverse("programmes:plan", args=[plan.pk])),
            Link(_("Sửa")),
        ),
    }
    wrong = not adding and (form.errors or any(rows.errors) or rows.non_form_errors())
    return render(
        request, "programmes/edit_plan.html", context, status=422 if request.method == "POST" and wrong else 200
    )


def _saved(request: Request, plan: YearPlan, form: PlanForm, rows: Rows) -> bool:
    return bool(
        tried(
            form,
            lambda: actions.save_plan(
                plan=plan, items=[item_of(told) for told in rows.told], note=form.cleaned_data["note"],
                durations=form.durations, by=request.actor, at=timezone.now(),
                base_version=form.cleaned_data["base_version"],
            ),
        )
    )  # fmt: skip


@access(may_manage_plan, on=plan_of, methods=("POST",))
def submit(request: Request, plan: YearPlan) -> HttpResponse:
    actions.submit_plan(plan=plan, by=request.actor, at=timezone.now(), base_version=version_of(request))
    messages.success(request, _("Đã trình. Trưởng phòng, lãnh đạo phê duyệt hoặc trả lại."))
    return redirect("programmes:plan", pk=plan.pk)


@access(may_approve_plan, on=plan_of, methods=("POST",))
def approve(request: Request, plan: YearPlan) -> HttpResponse:
    form = ApproveForm(request.POST, auto_id="duyet-%s")
    if form.is_valid():
        told = form.cleaned_data
        if tried(form, lambda: actions.approve_plan(plan=plan, by=request.actor, at=timezone.now(), **told)):
            messages.success(request, _("Đã phê duyệt kế hoạch."))
            return redirect("programmes:plan", pk=plan.pk)
    return _shown(request, plan, approving=form)


@access(may_approve_plan, on=plan_of, methods=("POST",))
def give_back(request: Request, plan: YearPlan) -> HttpResponse:
    form = EndingForm(request.POST, auto_id="tra-%s")
    if form.is_valid():
        told = form.cleaned_data
        if tried(form, lambda: actions.return_plan(plan=plan, by=request.actor, at=timezone.now(), **told)):
            messages.success(request, _("Đã trả lại kế hoạch kèm lý do."))
            return redirect("programmes:plan", pk=plan.pk)
    return _shown(request, plan, returning=form)


@access(may_direct_plan, on=plan_of, methods=("POST",))
def reopen(request: Request, plan: YearPlan) -> HttpResponse:
    form = EndingForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.reopen_plan(plan=plan, by=request.actor, at=timezone.now(), reason=reason, base_version=version_of(request))
    messages.success(request, _("Đã mở lại kế hoạch để điều chỉnh; phê duyệt lại bằng quyết định mới."))
    return redirect("programmes:plan", pk=plan.pk)


@access(may_direct_plan, on=plan_of, methods=("POST",))
def close(request: Request, plan: YearPlan) -> HttpResponse:
    actions.close_plan(plan=plan, by=request.actor, at=timezone.now(), base_version=version_of(request))
    messages.success(request, _("Đã khép kế hoạch."))
    return redirect("programmes:plan", pk=plan.pk)


@access(may_manage_plan, on=plan_of, methods=("GET", "POST"))
def new_call(request: Request, plan: YearPlan) -> HttpResponse:
    lines = [str(pk) for pk in plan.programme.lines.filter(year=plan.year).values_list("pk", flat=True)]
    number = plan.calls.count() + 1
    initial = {
        "code": f"{plan.programme.code[:32]}-{plan.year}-{number}", "route": Route.COUNCIL, "lines": lines,
        "base_version": 0,
    }  # fmt: skip
    form = CallForm(request.POST or None, plan=plan, initial=initial)
    if form.is_valid():
        made = tried(form, lambda: create_call(plan=plan, draft=form.draft(None), by=request.actor, at=timezone.now()))
        if made:
            return redirect("programmes:call", pk=made.pk)
    context = {
        "form": form,
        "plan": plan,
        "title": _("Lập đợt nhận hồ sơ"),
        "back_url": reverse("programmes:plan", args=[plan.pk]),
        "crumbs": crumbs(
            plan.programme,
            Link(_("Kế hoạch %(year)s") % {"year": plan.year}, reverse("programmes:plan", args=[plan.pk])),
            Link(_("Lập đợt nhận hồ sơ")),
        ),
    }
    return render(request, "programmes/edit_call.html", context, status=422 if form.errors else 200)
