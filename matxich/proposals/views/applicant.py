"""The applicant's pages: what one writes, beginning from a call, where a proposal stands."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.permissions import holds
from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, number_of, sentence
from matxich.kit.refusals import Denied, Refusal
from matxich.kit.verdict import Verdict, no
from matxich.policy.queries.library import layer_label
from matxich.programmes.models import Call
from matxich.proposals.actions.drafting import WrongChoice, start_proposal
from matxich.proposals.forms.filing import BehalfForm, StartForm
from matxich.proposals.models import Proposal
from matxich.proposals.permissions import may_open, may_see_own, may_start
from matxich.proposals.queries.applicant import (
    calls_to_start,
    cards,
    firms_to_start_for,
    proposal_page,
    supports_to_choose,
)
from matxich.proposals.queries.entitlement import layers_of
from matxich.proposals.states import Mode, Shape
from matxich.proposals.views.doorway import proposal_of
from matxich.registry.models import Enterprise
from matxich.registry.permissions import EDITING
from matxich.registry.queries import enterprise_by_registry_id


def call_of(pk: int) -> Call:
    return get_object_or_404(Call.objects.select_related("plan__programme__agency"), pk=pk)


def may_start_here(actor: Actor, call: Call) -> Verdict:
    """For one's own firm."""
    if (may := may_start(actor, call)) and holds(actor, EDITING) and not firms_to_start_for(actor):
        return no(_("Bạn không thuộc doanh nghiệp nào. Nộp hộ hộ kinh doanh, hợp tác xã ở trang Nộp hộ."))
    return may


def may_start_for_others(actor: Actor, call: Call) -> Verdict:
    if (may := may_start(actor, call)) and not holds(actor, EDITING):
        return no(_("Nộp hộ dành cho khuyến công viên và cán bộ phụ trách địa bàn."))
    return may


@access(may_see_own)
def mine(request: Request) -> HttpResponse:
    at = timezone.now()
    context = {
        "cards": cards(request.actor, at),
        "calls": calls_to_start(request.actor, at),
        "files_for": holds(request.actor, EDITING),
        "has_firm": bool(firms_to_start_for(request.actor)),
    }
    return render(request, "proposals/mine.html", context)


@access(may_start_here, on=call_of, methods=("GET", "POST"))
def start(request: Request, call: Call) -> HttpResponse:
    firms = firms_to_start_for(request.actor)
    form = StartForm(
        request.POST or None, contents=supports_to_choose(call), shapes=_shapes(call), layers=_layers(call),
        firms=[(str(one.pk), one.name) for one in firms], initial={"content": request.GET.get("content", "")},
    )  # fmt: skip
    if form.is_valid():
        chosen = number_of(form.cleaned_data.get("enterprise"))
        firm = next((one for one in firms if one.pk == chosen), None)
        if made := _begun(request, call, form, Mode.OWN, firm):
            return made
    return _start_page(request, call, form, on_behalf=False)


@access(may_start_for_others, on=call_of, methods=("GET", "POST"))
def start_for(request: Request, call: Call) -> HttpResponse:
    form = BehalfForm(
        request.POST or None, contents=supports_to_choose(call), shapes=_shapes(call), layers=_layers(call), firms=[],
        initial={"registry_id": request.GET.get("co-so", "")},
    )  # fmt: skip
    if form.is_valid():
        code = form.cleaned_data["registry_id"].strip()
        firm = enterprise_by_registry_id(code) if code else None
        if code and firm is None:
            form.add_error("registry_id", _("Sổ đăng ký không có mã này. Xem lại mã, ví dụ MX-004127-0."))
        elif made := _begun(request, call, form, Mode.ON_BEHALF, firm):
            return made
    return _start_page(request, call, form, on_behalf=True)


def _begun(request: Request, call: Call, form: StartForm, mode: Mode, firm: Enterprise | None) -> HttpResponse | None:
    told = form.cleaned_data
    try:
        made = start_proposal(
            call=call, content=told["content"], title=told["title"], shape=told.get("shape") or Shape.SINGLE, mode=mode,
            enterprise=firm, household=told.get("household", ""), commune=told.get("commune", ""),
            layer=told.get("layer", ""), by=request.actor, at=timezone.now(),
        )  # fmt: skip
    except Denied:
        raise
    except WrongChoice as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, sentence(refusal))
        return None
    except Refusal as refusal:
        form.add_error(None, sentence(refusal))
        return None
    messages.success(request, _("Đã lập đề án. Ghi từng phần, hệ thống tự lưu."))
    return redirect("proposals:proposal", pk=made.pk)


def _start_page(request: Request, call: Call, form: StartForm, *, on_behalf: bool) -> HttpResponse:
    at = timezone.now()
    context = {
        "call": call,
        "form": form,
        "is_open": call.is_open(at),
        "on_behalf": on_behalf,
        "crumbs": [Link(_("Đề án của tôi"), reverse("proposals:mine")), Link(call.code)],
    }
    return render(request, "proposals/start.html", context, status=422 if form.errors else 200)


def _shapes(call: Call) -> list[str]:
    offered = [(True, Shape.SINGLE), (call.grouped_allowed, Shape.GROUPED), (call.joint_allowed, Shape.JOINT)]
    return [shape for allowed, shape in offered if allowed]


def _layers(call: Call) -> list[tuple[str, str]]:
    return [(one, _("Nhà tài trợ") if one == "other" else layer_label(one)) for one in layers_of(call)]


@access(may_open, on=proposal_of)
def proposal(request: Request, proposal: Proposal) -> HttpResponse:
    at = timezone.now()
    context = {
        "page": proposal_page(proposal, request.actor, at),
        "now": at,
        "today": timezone.localdate(at),
        "crumbs": [Link(_("Đề án của tôi"), reverse("proposals:mine")), Link(proposal.code)],
    }
    return render(request, "proposals/proposal.html", context)
