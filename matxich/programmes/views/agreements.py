"""Agreements: the list, one with its targets and tasks, written, signed, ended; its paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.models import Agency
from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request
from matxich.programmes.actions import agreements as actions
from matxich.programmes.forms.agreements import (
    AgreementForm,
    EndForm,
    PaperForm,
    TaskForm,
    initial_of,
    party_of,
    party_rows,
    target_of,
    target_rows,
)
from matxich.programmes.forms.fields import more_rows
from matxich.programmes.models import Agreement, JointTask
from matxich.programmes.permissions import (
    agencies_to_run_for,
    may_keep_agreement,
    may_keep_agreements,
    may_open_agreement,
    may_see_agreements,
)
from matxich.programmes.queries.agreement_pages import agreement_page, agreements_page
from matxich.programmes.states import TASK_TRANSITIONS
from matxich.programmes.views.doorway import tried, version_of
from matxich.registry.views.attachments import handed_out

EVENTS = frozenset(event for _state, event in TASK_TRANSITIONS)


def agreement_of(pk: int) -> Agreement:
    return get_object_or_404(Agreement.objects.select_related("agency", "programme", "parent", "file"), pk=pk)


def task_of(pk: int) -> JointTask:
    return get_object_or_404(JointTask.objects.select_related("agreement__agency"), pk=pk)


def may_keep_task(actor: Any, task: JointTask) -> Any:
    return may_keep_agreement(actor, task.agreement)


def crumbs(*rest: Link) -> list[Link]:
    return [
        Link(_("Chương trình"), reverse("programmes:programmes")),
        Link(_("Thỏa thuận"), reverse("programmes:agreements") if rest else ""),
        *rest,
    ]


def _name(agreement: Agreement) -> str:
    return agreement.number or agreement.title[:60]


@access(may_see_agreements)
def agreements(request: Request) -> HttpResponse:
    context = {"page": agreements_page(timezone.localdate(), request.actor), "crumbs": crumbs()}
    return render(request, "programmes/agreements.html", context)


@access(may_open_agreement, on=agreement_of)
def agreement(request: Request, agreement: Agreement) -> HttpResponse:
    return _shown(request, agreement)


def _shown(
    request: Request, agreement: Agreement, *, task: TaskForm | None = None, paper: PaperForm | None = None
) -> HttpResponse:
    page = agreement_page(agreement, timezone.localdate(), request.actor)
    context = {
        "page": page,
        "agreement": agreement,
        "task": task or TaskForm(agreement=agreement),
        "paper": paper or PaperForm(),
        "crumbs": crumbs(Link(_name(agreement))) if page.on_desk else [Link(_name(agreement))],
    }
    return render(request, "programmes/agreement.html", context, status=422 if task or paper else 200)


@access(may_keep_agreements, methods=("GET", "POST"))
def create(request: Request) -> HttpResponse:
    agencies = agencies_to_run_for(request.actor)
    initial = {"agency": str(agencies[0].pk) if agencies else "", "base_version": 0}
    return _edited(request, None, agencies, initial)


@access(may_keep_agreement, on=agreement_of, methods=("GET", "POST"))
def edit(request: Request, agreement: Agreement) -> HttpResponse:
    return _edited(request, agreement, [agreement.agency], initial_of(agreement))


def _edited(
    request: Request, agreement: Agreement | None, agencies: list[Agency], initial: dict[str, Any]
) -> HttpResponse:
    """Parties and targets are rows; one button keeps, two others make room for more of each."""
    adding = next((name for name in ("parties", "targets") if f"more_{name}" in request.POST), "")
    data = more_rows(request.POST, adding, step=2, most=60) if adding else request.POST or None
    form = AgreementForm(data, agencies=agencies, agreement=agreement, initial=initial)
    parties, targets = party_rows(data, agreement), target_rows(data, agreement)
    whole = request.method == "POST" and not adding
    if whole and form.is_valid() and parties.is_valid() and targets.is_valid():
        draft = form.draft([party_of(told) for told in parties.told], [target_of(told) for told in targets.told])
        by, at = request.actor, timezone.now()
        if agreement is None:
            made = tried(
                form,
                lambda: actions.create_agreement(draft=draft, agency=form.chosen_agency, by=by, at=at),
            )
        else:
            base = form.cleaned_data["base_version"]
            made = tried(
                form,
                lambda: actions.save_agreement(agreement=agreement, draft=draft, by=by, at=at, base_version=base),
            )
        if made:
            messages.success(request, _("Đã ghi thỏa thuận."))
            return redirect("programmes:agreement", pk=made.pk)
    title = _("Sửa thỏa thuận") if agreement else _("Lập thỏa thuận")
    back = reverse("programmes:agreement", args=[agreement.pk]) if agreement else reverse("programmes:agreements")
    context = {
        "form": form, "parties": parties, "targets": targets, "title": title, "back_url": back, "quiet": bool(adding),
        "crumbs": crumbs(Link(title)),
    }  # fmt: skip
    return render(request, "programmes/edit_agreement.html", context, status=422 if whole else 200)


@access(may_keep_agreement, on=agreement_of, methods=("POST",))
def sign(request: Request, agreement: Agreement) -> HttpResponse:
    actions.sign_agreement(agreement=agreement, by=request.actor, at=timezone.now(), base_version=version_of(request))
    messages.success(request, _("Đã ghi là đã ký; từ nay không sửa, chỉ có thỏa thuận mới thay thế."))
    return redirect("programmes:agreement", pk=agreement.pk)


@access(may_keep_agreement, on=agreement_of, methods=("GET", "POST"))
def end(request: Request, agreement: Agreement) -> HttpResponse:
    initial = {"base_version": agreement.version, "ended_on": timezone.localdate()}
    form = EndForm(request.POST or None, initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        if tried(form, lambda: actions.end_agreement(agreement=agreement, by=request.actor, at=timezone.now(), **told)):
            return redirect("programmes:agreement", pk=agreement.pk)
    here = reverse("programmes:agreement", args=[agreement.pk])
    context = {
        "form": form, "title": _("Chấm dứt thỏa thuận"), "submit": _("Chấm dứt thỏa thuận"), "danger": True,
        "text": _("Thỏa thuận, mục tiêu và việc chung vẫn được giữ."), "back_url": here,
        "crumbs": crumbs(Link(_name(agreement), here), Link(_("Chấm dứt"))),
    }  # fmt: skip
    return render(request, "programmes/confirm.html", context, status=422 if form.errors else 200)


@access(may_open_agreement, on=agreement_of)
def paper(request: Request, agreement: Agreement) -> HttpResponse:
    if agreement.file is None:
        raise Http404
    return handed_out(agreement.file, agreement.file_name or agreement.file.name)


@access(may_keep_agreement, on=agreement_of, methods=("POST",))
def attach(request: Request, agreement: Agreement) -> HttpResponse:
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        if tried(
            form,
            lambda: actions.attach_paper(
                agreement=agreement, stream=file, name=file.name, by=request.actor, at=timezone.now()
            ),
        ):
            messages.success(request, _("Đã lưu bản ký."))
            return redirect("programmes:agreement", pk=agreement.pk)
    return _shown(request, agreement, paper=form)


@access(may_keep_agreement, on=agreement_of, methods=("POST",))
def add_task(request: Request, agreement: Agreement) -> HttpResponse:
    form = TaskForm(request.POST, agreement=agreement)
    if form.is_valid():
        told = form.cleaned_data
        if tried(form, lambda: actions.add_task(agreement=agreement, by=request.actor, at=timezone.now(), **told)):
            messages.success(request, _("Đã thêm việc chung."))
            return redirect("programmes:agreement", pk=agreement.pk)
    return _shown(request, agreement, task=form)


@access(may_keep_task, on=task_of, methods=("POST",))
def move_task(request: Request, task: JointTask) -> HttpResponse:
    event = request.POST.get("event", "")
    if event not in EVENTS:
        raise Http404
    actions.move_task(
        task=task, event=event, note=request.POST.get("note", ""), by=request.actor, at=timezone.now(),
        base_version=version_of(request),
    )  # fmt: skip
    return redirect("programmes:agreement", pk=task.agreement_id)
