"""Papers of a proposal: the checklist with its files, and the mandate of one filed for somebody."""

from django.contrib import messages
from django.http import HttpResponse
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
from matxich.policy.law import law
from matxich.policy.queries.showing import said
from matxich.proposals.actions import papers as actions
from matxich.proposals.forms.filing import MandateForm, PaperForm
from matxich.proposals.models import Proposal, ProposalFile
from matxich.proposals.permissions import may_open_file, may_write
from matxich.proposals.queries.applicant import note_lines
from matxich.proposals.queries.papers import PaperLine, paper_lines
from matxich.proposals.states import OPEN_TO_WRITE, Mode
from matxich.proposals.views.doorway import file_of, proposal_of
from matxich.registry.views.attachments import handed_out


def may_remove(actor: Actor, file: ProposalFile) -> Verdict:
    return may_write(actor, file.proposal)


@access(may_write, on=proposal_of, methods=("GET", "POST"))
def papers(request: Request, proposal: Proposal) -> HttpResponse:
    if proposal.status not in OPEN_TO_WRITE:
        return redirect("proposals:proposal", pk=proposal.pk)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_file(
                proposal=proposal, paper=form.cleaned_data["paper"], upload=form.cleaned_data["file"], by=request.actor,
                at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("Đã thêm tệp."))
            return redirect("proposals:papers", pk=proposal.pk)
        except Denied:
            raise
        except Refusal as refusal:
            form.add_error("file", sentence(refusal))
    return _shown(request, proposal, form)


def _shown(request: Request, proposal: Proposal, form: PaperForm, mandate: MandateForm | None = None) -> HttpResponse:
    known = {"giver": proposal.mandate_from, "signed_on": proposal.mandate_on}
    refused = bool(form.errors) or bool(mandate and mandate.errors)
    context = {
        "proposal": proposal,
        "lines": [_drawn(line) for line in paper_lines(proposal)],
        "form": form,
        "chosen": form.data.get("paper", "") if form.errors else "",
        "mandate": (mandate or MandateForm(initial=known)) if proposal.mode == Mode.ON_BEHALF else None,
        "notes": [one.text for one in note_lines(proposal) if one.path.startswith("files") and not one.mended]
        if proposal.current_id else [],
        "crumbs": [
            Link(_("Đề án của tôi"), reverse("proposals:mine")),
            Link(proposal.title, reverse("proposals:proposal", args=[proposal.pk])),
        ],
    }  # fmt: skip
    return render(request, "proposals/papers.html", context, status=422 if refused else 200)


def _drawn(line: PaperLine) -> dict[str, object]:
    paper = line.paper
    return {
        "id": paper.id,
        "name": said(paper.words),
        "note": said(paper.note),
        "article": law().library.cite(paper.article) if paper.article else "",
        "confirmed": paper.confidence == "high",
        "made_here": paper.made_here,
        "optional": paper.optional,
        "missing": line.is_missing,
        "files": line.files,
        "more": paper.many or not line.files,
    }


@access(may_write, on=proposal_of, methods=("POST",))
def mandate(request: Request, proposal: Proposal) -> HttpResponse:
    form = MandateForm(request.POST)
    if form.is_valid():
        try:
            actions.set_mandate(proposal=proposal, by=request.actor, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Đã ghi giấy nhờ nộp hộ."))
            return redirect("proposals:papers", pk=proposal.pk)
        except actions.BadMandate as refusal:
            form.add_error(refusal.field, sentence(refusal))
    return _shown(request, proposal, PaperForm(), form)


@access(may_open_file, on=file_of)
def file(request: Request, file: ProposalFile) -> HttpResponse:
    return handed_out(file.file, file.name)


@access(may_remove, on=file_of, methods=("POST",))
def remove(request: Request, file: ProposalFile) -> HttpResponse:
    actions.remove_file(file=file, by=request.actor, at=timezone.now())
    messages.success(request, _("Đã gỡ tệp."))
    return redirect("proposals:papers", pk=file.proposal_id)
