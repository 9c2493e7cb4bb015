"""Figures on the desk: what waits, an act that is proposed, shown with what it would change, decided, withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request, number_of, sentence
from matxich.kit.refusals import Denied, NoReason, Refusal
from matxich.policy.actions import acts as actions
from matxich.policy.actions.previews import changes_shown
from matxich.policy.forms.figures import DecideForm, ProposeForm
from matxich.policy.law import law
from matxich.policy.models import FigureAct
from matxich.policy.permissions import (
    PROGRAMME,
    layers_for,
    may_decide,
    may_open_act,
    may_propose,
    may_propose_for,
    may_see_acts,
    may_withdraw,
)
from matxich.policy.queries import figures as queries
from matxich.policy.queries.changes import changes_told
from matxich.policy.queries.changing import change_page, preview_of
from matxich.policy.states import ActKind, ActState
from matxich.policy.views.finder import in_law_language
from matxich.rulebook.law.acts import row_of

VIEWS = ("", "tat-ca", "quyet-dinh")


def act_of(pk: int) -> FigureAct:
    return get_object_or_404(FigureAct.objects.select_related("agency", "target", "decision"), pk=pk)


@access(may_see_acts)
def figures(request: Request) -> HttpResponse:
    """What waits first; all figures; all acts."""
    with in_law_language():
        view, text = request.GET.get("xem", ""), request.GET.get("q", "")[:80]
        view = view if view in VIEWS else ""
        labels = (_("Chờ xác nhận"), _("Mọi con số"), _("Đề xuất và quyết định"))
        tabs = [
            Link(label, f"?xem={code}" if code else "?", current=code == view)
            for code, label in zip(VIEWS, labels, strict=True)
        ]
        state = request.GET.get("tinh-trang", "")
        context = {
            "tabs": tabs,
            "view": view,
            "text": text,
            "lines": [] if view == "quyet-dinh" else queries.figure_lines(text=text, waiting=not view),
            "acts": queries.act_lines(queries.acts_by_state(state)) if view == "quyet-dinh" else [],
            "pending": queries.act_lines(queries.acts_by_state(ActState.PROPOSED)) if not view else [],
            "may_propose": may_propose(request.actor),
        }
        return render(request, "policy/figures.html", context)


@access(may_see_acts)
def figure(request: Request, code: str) -> HttpResponse:
    with in_law_language():
        page = queries.desk_figure(code)
        if page is None:
            raise Http404
        may = {row.layer_code: bool(may_propose_for(request.actor, row.layer_code)) for row in page.rows}
        context = {
            "page": page,
            "rows": [(row, may[row.layer_code]) for row in page.rows],
            "may_propose": may_propose(request.actor),
            "crumbs": [_root(), Link(f"{page.code} {page.name}")],
        }
        return render(request, "policy/desk_figure.html", context)


@access(may_propose, methods=("GET", "POST"))
def propose(request: Request, code: str) -> HttpResponse:
    with in_law_language():
        asked = _asked(request, code)
        form = ProposeForm(request.POST or None, **asked)
        target = _target(request) if asked["kind"] == ActKind.REVOKE else None
        if request.method == "POST" and form.is_valid() and (act := _proposed(request, form, target)):
            messages.success(request, _("Đã gửi đề xuất; một người khác có thẩm quyền sẽ quyết định."))
            return redirect("policy:act", pk=act.pk)
        page = queries.desk_figure(code)
        assert page is not None
        crumbs = [_root(), Link(page.code, reverse("policy:desk_figure", args=[code])), Link(asked["kind"].label)]
        context = {
            "form": form,
            "page": page,
            "kind": asked["kind"],
            "row": queries.row_line(law(), asked["row"]) if asked["row"] else None,
            "target": queries.act_line(target) if target else None,
            "crumbs": crumbs,
        }
        return render(request, "policy/propose.html", context, status=422 if form.errors else 200)


def _asked(request: Request, code: str) -> dict[str, Any]:
    """What the address asks for: kind, figure, row. Http404 where there is no such thing."""
    now = law()
    parameter = now.parameters.by_id.get(code)
    try:
        kind = ActKind(request.GET.get("viec", ActKind.ADD))
    except ValueError as error:
        raise Http404 from error
    if parameter is None:
        raise Http404
    row = None
    if kind in (ActKind.CONFIRM, ActKind.END):
        row = row_of(parameter, request.GET.get("lop", ""), request.GET.get("dong", ""))
        if row is None:
            raise Http404
    if kind == ActKind.REVOKE:
        _target(request)
    layers = [
        (each, _("chương trình khác") if each == PROGRAMME else queries.layer_label(each))
        for each in layers_for(request.actor)
    ]
    return {"kind": kind, "parameter": parameter, "library": now.library, "layers": layers, "row": row}


def _target(request: Request) -> FigureAct:
    return get_object_or_404(FigureAct, pk=number_of(request.GET.get("quyet-dinh")) or 0)


def _proposed(request: Request, form: ProposeForm, target: FigureAct | None) -> FigureAct | None:
    told = form.cleaned_data
    proposal = actions.Proposal(
        kind=form.kind,
        parameter=form.parameter.id,
        layer=target.layer if target else form.layer_meant,
        row=str(form.row.span.start) if form.row else "",
        values=form.values,
        starts=told.get("starts"),
        ends=told.get("ends"),
        instrument=target.instrument if target else form.instrument_meant,
        at=told.get("at", ""),
        new_instrument=form.new_instrument,
        target=target,
        reason=told["reason"],
    )
    try:
        return actions.propose(proposal=proposal, by=request.actor, at=timezone.now())
    except Denied:
        raise
    except actions.DoesNotFit as refusal:
        field = {"start": "starts", "end": "ends"}.get(refusal.field, refusal.field)
        form.add_error(field if field in form.fields else None, sentence(refusal))
    except Refusal as refusal:
        form.add_error("reason" if isinstance(refusal, NoReason) else None, sentence(refusal))
    return None


@access(may_open_act, on=act_of)
def act(request: Request, one: FigureAct) -> HttpResponse:
    with in_law_language():
        return _shown(request, one, DecideForm())


def _shown(request: Request, one: FigureAct, form: DecideForm) -> HttpResponse:
    line = queries.act_line(one)
    preview, changes, unfit = None, None, ""
    decision = getattr(one, "decision", None)
    if line.state == ActState.PROPOSED:
        try:
            preview = preview_of(one, actions.law_with(one))
            changes = preview.changes
        except actions.DoesNotFit as refusal:
            unfit = sentence(refusal)
    elif decision and decision.changes:
        changes = changes_told(decision.changes)
    context = {
        "act": line,
        "preview": preview,
        "changes": change_page(changes) if changes else None,
        "unfit": unfit,
        "form": form,
        "decide": may_decide(request.actor, one),
        "withdraw": may_withdraw(request.actor, one),
        "may_revoke": line.state == ActState.IN_FORCE
        and line.kind != ActKind.REVOKE
        and bool(may_propose_for(request.actor, one.layer)),
        "crumbs": [_root(), Link(one.parameter, reverse("policy:desk_figure", args=[one.parameter])),
                   Link(f"{line.kind_label} {one.pk}")],
    }  # fmt: skip
    return render(request, "policy/act.html", context, status=422 if form.errors else 200)


@access(may_decide, on=act_of, methods=("POST",))
def decide(request: Request, one: FigureAct) -> HttpResponse:
    """What is in force counts at once; the decision keeps what was shown of answers that become others."""
    with in_law_language():
        form, accept = DecideForm(request.POST), request.POST.get("ket-qua") == "dong-y"
        if not form.is_valid():
            return _shown(request, one, form)
        try:
            told = changes_shown(one) if accept else None
            actions.decide(
                act=one, accept=accept, by=request.actor, at=timezone.now(), reason=form.cleaned_data["reason"],
                changes=told,
            )  # fmt: skip
        except Denied:
            raise
        except Refusal as refusal:
            form.add_error("reason" if isinstance(refusal, NoReason) else None, sentence(refusal))
            return _shown(request, act_of(one.pk), form)
        done = _("Đã đưa vào áp dụng.") if accept else _("Đã ghi là không chấp nhận.")
        messages.success(request, done)
        return redirect("policy:act", pk=one.pk)


@access(may_withdraw, on=act_of, methods=("POST",))
def withdraw(request: Request, one: FigureAct) -> HttpResponse:
    actions.withdraw(act=one, by=request.actor, at=timezone.now())
    messages.success(request, _("Đã rút đề xuất."))
    return redirect("policy:act", pk=one.pk)


def _root() -> Link:
    return Link(_("Con số của pháp luật"), reverse("policy:figures"))
