"""Handing in, taking back, reading what was handed in, taking over what the passport says now."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, sentence
from matxich.kit.refusals import Denied, Refusal
from matxich.kit.verdict import Verdict
from matxich.proposals.actions.drafting import take_from_passport
from matxich.proposals.actions.submitting import NotReady, submit_proposal, withdraw_proposal
from matxich.proposals.forms.filing import SubmitForm, WithdrawForm
from matxich.proposals.models import Proposal, ProposalVersion
from matxich.proposals.permissions import may_open, may_submit, may_write
from matxich.proposals.queries.applicant import parts_of
from matxich.proposals.queries.readiness import readiness
from matxich.proposals.queries.reviewing import read, version_of
from matxich.proposals.queries.snapshots import snapshot_of
from matxich.proposals.states import OPEN_TO_WRITE, OVER
from matxich.proposals.views.doorway import proposal_of


def version_asked(pk: int, number: int) -> tuple[Proposal, ProposalVersion]:
    proposal = proposal_of(pk)
    found = version_of(proposal, number)
    if found is None:
        raise Http404
    return proposal, found


def may_open_version(actor: Actor, asked: tuple[Proposal, ProposalVersion]) -> Verdict:
    return may_open(actor, asked[0])


@access(may_write, on=proposal_of, methods=("GET", "POST"))
def submit(request: Request, proposal: Proposal) -> HttpResponse:
    """Read everything once more, then hand it in; whoever may only prepare sees the same page without the button."""
    if proposal.status not in OPEN_TO_WRITE and request.method == "GET":
        return redirect("proposals:proposal", pk=proposal.pk)
    at = timezone.now()
    form = SubmitForm(request.POST or None, initial={"token": uuid4(), "base_version": proposal.version})
    if form.is_valid():
        try:
            made = submit_proposal(
                proposal=proposal, token=form.cleaned_data["token"], base_version=form.cleaned_data["base_version"],
                by=request.actor, at=at,
            )  # fmt: skip
            messages.success(request, _("Đã nộp bản %(n)s, mã %(code)s.") % {"n": made.number, "code": proposal.code})
            return redirect("proposals:proposal", pk=proposal.pk)
        except Denied:
            raise
        except NotReady:
            form.add_error(None, _("Đề án còn chỗ cần sửa, xem danh sách bên dưới."))
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
    told = readiness(proposal, request.actor, at)
    draft = ProposalVersion(proposal=proposal, number=0, snapshot=snapshot_of(proposal))
    context = {
        "proposal": proposal,
        "form": form,
        "told": told,
        "parts": [one for one in parts_of(proposal, told, ()) if one.gaps],
        "sections": read(draft),
        "may_submit": may_submit(request.actor, proposal),
        "closes": proposal.call.closes_at,
        "crumbs": _crumbs(proposal),
    }
    return render(request, "proposals/submit.html", context, status=422 if form.errors else 200)


@access(may_submit, on=proposal_of, methods=("GET", "POST"))
def withdraw(request: Request, proposal: Proposal) -> HttpResponse:
    if proposal.status in OVER:
        return redirect("proposals:proposal", pk=proposal.pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_proposal(
                proposal=proposal, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()
            )
            messages.success(request, _("Đã rút đề án."))
            return redirect("proposals:proposal", pk=proposal.pk)
        except Denied:
            raise
        except Refusal as refusal:
            form.add_error("reason", sentence(refusal))
    context = {"proposal": proposal, "form": form, "back_url": reverse("proposals:proposal", args=[proposal.pk])}
    return render(request, "proposals/withdraw.html", context, status=422 if form.errors else 200)


@access(may_open_version, on=version_asked)
def version(request: Request, asked: tuple[Proposal, ProposalVersion]) -> HttpResponse:
    """What was handed in, to the letter."""
    proposal, found = asked
    context = {"proposal": proposal, "version": found, "sections": read(found), "crumbs": _crumbs(proposal)}
    return render(request, "proposals/version.html", context)


@access(may_write, on=proposal_of, methods=("POST",))
def take_offers(request: Request, proposal: Proposal) -> HttpResponse:
    taken = request.POST.getlist("field")
    take_from_passport(proposal=proposal, fields=taken, by=request.actor, at=timezone.now())
    told = _("Đã cập nhật từ hồ sơ doanh nghiệp.") if taken else _("Giữ nguyên phần đã ghi trong đề án.")
    messages.success(request, told)
    return redirect("proposals:proposal", pk=proposal.pk)


def _crumbs(proposal: Proposal) -> list[Link]:
    return [
        Link(_("Đề án của tôi"), reverse("proposals:mine")),
        Link(proposal.title, reverse("proposals:proposal", args=[proposal.pk])),
    ]
