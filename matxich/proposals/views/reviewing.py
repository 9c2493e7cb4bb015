"""The officers' page of a proposal: notes, differences, four gates, handing over; the dossier a council reads."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.models import User
from matxich.appraisal.actions.batches import BadBatch
from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, number_of, sentence
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.kit.verdict import Verdict
from matxich.proposals.actions import checking
from matxich.proposals.actions.appraising import hand_over as give_over
from matxich.proposals.actions.submitting import NoReason
from matxich.proposals.forms.filing import ConcludeForm
from matxich.proposals.models import Gate, Proposal
from matxich.proposals.permissions import (
    may_assign,
    may_check,
    may_conclude,
    may_hand_over,
    may_open_dossier,
    may_review,
)
from matxich.proposals.queries.cases import case_of
from matxich.proposals.queries.reviewing import read, review_page, version_of
from matxich.proposals.states import GateKind
from matxich.proposals.views.doorway import proposal_of, version_sent

NOTE = "note-"


def gate_asked(pk: int, gate: str) -> Gate:
    if gate not in GateKind.values:
        raise Http404
    found = Gate.objects.select_related("proposal__call__plan__programme__agency", "proposal__enterprise")
    return get_object_or_404(found, proposal=pk, kind=gate)


def may_conclude_here(actor: Actor, gate: Gate) -> Verdict:
    return may_conclude(actor, gate)


@access(may_review, on=proposal_of)
def review(request: Request, proposal: Proposal) -> HttpResponse:
    return _shown(request, proposal)


def _shown(
    request: Request, proposal: Proposal, *, problem: str = "", form: ConcludeForm | None = None, at_gate: str = "",
) -> HttpResponse:  # fmt: skip
    version = version_of(proposal, number_of(request.GET.get("ban")))
    if version is None:
        raise Http404
    page = review_page(proposal, version, request.actor, timezone.now())
    blank = ConcludeForm(initial={"base_version": proposal.version})
    context = {
        "page": page,
        "problem": problem,
        "form": form or blank,
        "at_gate": at_gate,
        "typed": {key.removeprefix(NOTE): text for key, text in request.POST.items() if key.startswith(NOTE)},
        "crumbs": [Link(_("Đề án"), reverse("proposals:proposals")), Link(proposal.code)],
    }
    status = 422 if problem or (form and form.errors) else 200
    return render(request, "proposals/review.html", context, status=status)


@access(may_check, on=proposal_of, methods=("POST",))
def give_back(request: Request, proposal: Proposal) -> HttpResponse:
    notes = {key.removeprefix(NOTE): str(text) for key, text in request.POST.items() if key.startswith(NOTE)}
    try:
        checking.return_proposal(
            proposal=proposal, notes=notes, by=request.actor, at=timezone.now(),
            base_version=version_sent(request.POST.get("base_version")),
        )  # fmt: skip
    except (checking.NothingToMend, Stale) as refusal:
        return _shown(request, proposal_of(proposal.pk), problem=sentence(refusal))
    messages.success(request, _("Đã trả lại đề án kèm nhận xét."))
    return redirect("proposals:review", pk=proposal.pk)


@access(may_check, on=proposal_of, methods=("POST",))
def accept(request: Request, proposal: Proposal) -> HttpResponse:
    checking.accept_dossier(
        proposal=proposal, by=request.actor, at=timezone.now(),
        base_version=version_sent(request.POST.get("base_version")),
    )  # fmt: skip
    messages.success(request, _("Đã nhận hồ sơ. Đối chiếu điều kiện và thẩm tra dự toán bắt đầu song song."))
    return redirect("proposals:review", pk=proposal.pk)


@access(may_conclude_here, on=gate_asked, methods=("POST",))
def conclude(request: Request, gate: Gate) -> HttpResponse:
    """`outcome`: pass or refuse, at one of the three gates before the council."""
    form = ConcludeForm(request.POST)
    proposal = gate.proposal
    if form.is_valid():
        told = {
            "proposal": proposal, "reason": form.cleaned_data["reason"], "by": request.actor, "at": timezone.now(),
            "base_version": form.cleaned_data["base_version"],
        }  # fmt: skip
        try:
            if request.POST.get("outcome") == "refuse":
                checking.refuse_gate(kind=gate.kind, **told)
                messages.success(request, _("Đã kết luận không nhận; người nộp đã được báo kèm lý do."))
            elif gate.kind == GateKind.ELIGIBILITY:
                checking.pass_eligibility(**told)
                messages.success(request, _("Đã kết luận đủ điều kiện, kèm câu trả lời của pháp luật ngày nộp."))
            elif gate.kind == GateKind.FINANCE:
                checking.pass_finance(**told)
                messages.success(request, _("Đã kết luận dự toán hợp lý."))
            return redirect("proposals:review", pk=proposal.pk)
        except Denied:
            raise
        except NoReason as refusal:
            form.add_error("reason", sentence(refusal))
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
    return _shown(request, proposal_of(proposal.pk), form=form, at_gate=gate.kind)


@access(may_assign, on=proposal_of, methods=("POST",))
def assign(request: Request, proposal: Proposal) -> HttpResponse:
    kind = request.POST.get("gate", "")
    chosen = number_of(request.POST.get("officer"))
    officer = User.objects.filter(pk=chosen, is_active=True).first() if chosen else None
    if kind not in GateKind.values or officer is None:
        return _shown(request, proposal, problem=_("Chọn bước và người được giao."))
    try:
        checking.assign_gate(proposal=proposal, kind=kind, officer=officer, by=request.actor, at=timezone.now())
    except Denied as refusal:
        if not may_assign(request.actor, proposal):
            raise
        return _shown(request, proposal, problem=sentence(refusal))
    messages.success(request, _("Đã giao việc."))
    return redirect("proposals:review", pk=proposal.pk)


@access(may_hand_over, on=proposal_of, methods=("POST",))
def hand_over(request: Request, proposal: Proposal) -> HttpResponse:
    try:
        give_over(
            proposal=proposal, by=request.actor, at=timezone.now(),
            base_version=version_sent(request.POST.get("base_version")),
        )  # fmt: skip
    except (Denied, BadBatch):
        raise
    except Refusal as refusal:
        return _shown(request, proposal_of(proposal.pk), problem=sentence(refusal))
    messages.success(request, _("Đã đưa ra thẩm định."))
    return redirect("proposals:review", pk=proposal.pk)


@access(may_open_dossier, on=proposal_of)
def dossier(request: Request, proposal: Proposal) -> HttpResponse:
    """The frozen version as a council reads it: nothing of officers' notes, nothing of other members."""
    case = case_of(proposal)
    versions = list(proposal.versions.order_by("-number"))
    found = next((one for one in versions if case and one.sha256 == case.dossier_sha256), None)
    version = found or (versions[0] if versions else None)
    if version is None:
        raise Http404
    files = {one.pk: one for one in proposal.files.select_related("file")}
    context = {
        "proposal": proposal,
        "version": version,
        "sections": [one for one in read(version) if one.id != "files"],
        "files": [(row, files.get(row["id"])) for row in version.snapshot["files"]],
        "totals": version.snapshot["totals"],
        "case": case,
    }
    return render(request, "proposals/dossier.html", context)
