"""Papers on their way: lists by what waits for whom, one paper with its preview, every step of its life."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matxich.accounts.models import Agency
from matxich.correspondence.actions import drafting, issuing, numbering, signing
from matxich.correspondence.forms.papers import (
    WITH_REASON,
    FieldsForm,
    NumberForm,
    ScanForm,
    StepForm,
    signing_of,
    typed,
)
from matxich.correspondence.kinds import CONTRACTS, NoSuchKind, declared
from matxich.correspondence.kinds.fields import BadFields
from matxich.correspondence.models import OfficialPaper, PaperFile
from matxich.correspondence.permissions import (
    DRAFTING,
    FILLING_IN,
    agencies_where,
    may_attach,
    may_draft,
    may_draft_any,
    may_open_paper,
    may_see_papers,
    may_take,
)
from matxich.correspondence.queries.composing import compose
from matxich.correspondence.queries.papers import (
    ALL,
    MINE,
    QUEUES,
    PaperPage,
    file_name,
    number_of_paper,
    paper_page,
    papers_page,
    queues_of,
)
from matxich.correspondence.states import FileRole
from matxich.documents.docx import docx_of
from matxich.documents.filling import TemplateFault
from matxich.documents.paper import Unprintable
from matxich.documents.pdf import pdf_of
from matxich.documents.setting import as_data, set_out
from matxich.files.models import StoredFile
from matxich.files.queries import open_file
from matxich.files.states import DOCX, PDF
from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Event, Link
from matxich.kit.doorway import Request, after_link, after_of, download, sentence
from matxich.kit.refusals import Denied, Refusal
from matxich.kit.templatetags.mx import moment
from matxich.kit.verdict import Verdict
from matxich.registry.views.attachments import handed_out

MEDIA = {FileRole.PDF: PDF, FileRole.DOCX: DOCX}
RENDER: dict[str, Callable[[Any], bytes]] = {FileRole.PDF: pdf_of, FileRole.DOCX: docx_of}
NEXT = frozenset({"initial", "sign", "number", "issue"})
LABELS = {
    "submit": gettext_lazy("Trình ký"),
    "initial": gettext_lazy("Ký nháy"),
    "return": gettext_lazy("Trả lại người soạn"),
    "sign": gettext_lazy("Ký"),
    "sign_own": gettext_lazy("Ký phiếu"),
    "number": gettext_lazy("Cấp số"),
    "issue": gettext_lazy("Ban hành"),
    "withdraw": gettext_lazy("Thu hồi"),
    "discard": gettext_lazy("Bỏ dự thảo"),
    "replace": gettext_lazy("Soạn văn bản thay thế"),
    "revise": gettext_lazy("Sửa"),
}
DONE = {
    "submit": gettext_lazy("Đã trình; trưởng phòng hoặc lãnh đạo sẽ ký nháy."),
    "initial": gettext_lazy("Đã ký nháy; văn bản chờ người có thẩm quyền ký."),
    "return": gettext_lazy("Đã trả lại người soạn."),
    "sign": gettext_lazy("Đã ký; văn thư sẽ cấp số."),
    "sign_own": gettext_lazy("Đã ký phiếu."),
    "number": gettext_lazy("Đã cấp số."),
    "issue": gettext_lazy("Đã ban hành; bản PDF và bản Word được lưu kèm mã băm."),
    "withdraw": gettext_lazy("Đã thu hồi; số của văn bản vẫn giữ trong sổ."),
    "discard": gettext_lazy("Đã bỏ dự thảo."),
}
SAYS = {
    "submit": gettext_lazy("Sau khi trình, văn bản chỉ sửa được khi bị trả lại."),
    "initial": gettext_lazy("Bạn xác nhận nội dung và thể thức văn bản. Xem kỹ bản xem trước rồi mới ký nháy."),
    "return": gettext_lazy("Người soạn nhận lại văn bản cùng lý do, sửa rồi trình lại."),
    "sign": gettext_lazy("Họ tên và chức vụ của bạn được ghi vào văn bản."),
    "sign_own": gettext_lazy("Sau khi ký, phiếu không sửa được nữa."),
    "number": gettext_lazy("Số kế tiếp trong sổ của cơ quan, hoặc số đã cấp ở nơi khác."),
    "issue": gettext_lazy("Văn bản có hiệu lực từ lúc này; hồ sơ liên quan chuyển trạng thái theo văn bản."),
    "withdraw": gettext_lazy("Văn bản không còn hiệu lực; số đã cấp không dùng lại."),
    "discard": gettext_lazy("Dự thảo không đi tiếp nữa nhưng vẫn xem lại được."),
}


def paper_of(pk: int) -> OfficialPaper:
    return get_object_or_404(OfficialPaper.objects.select_related("agency", "agency__parent", "replaces"), pk=pk)


def step_of(pk: int, event: str) -> tuple[OfficialPaper, str]:
    if event not in SAYS:
        raise Http404
    return paper_of(pk), event


def may_step(actor: Actor, asked: tuple[OfficialPaper, str]) -> Verdict:
    return may_open_paper(actor, asked[0]) and may_take(actor, *asked)


def may_revise(actor: Actor, paper: OfficialPaper) -> Verdict:
    return may_open_paper(actor, paper) and may_take(actor, paper, "revise")


def may_add_scan(actor: Actor, paper: OfficialPaper) -> Verdict:
    return may_open_paper(actor, paper) and may_attach(actor, paper)


def new_paper(agency: int, kind: str) -> tuple[Agency, str]:
    if kind not in CONTRACTS:
        raise Http404
    return get_object_or_404(Agency, pk=agency), kind


def may_draft_one(actor: Actor, asked: tuple[Agency, str]) -> Verdict:
    return may_draft(actor, *asked)


def file_of(pk: int, role: str) -> tuple[OfficialPaper, str]:
    if role not in MEDIA:
        raise Http404
    return paper_of(pk), role


def may_take_file(actor: Actor, asked: tuple[OfficialPaper, str]) -> Verdict:
    return may_open_paper(actor, asked[0])


def signed_of(pk: int, file: int) -> PaperFile:
    files = PaperFile.objects.select_related("paper__agency", "stored")
    return get_object_or_404(files, pk=file, paper=pk, role=FileRole.SIGNED)


def may_open_signed(actor: Actor, file: PaperFile) -> Verdict:
    return may_open_paper(actor, file.paper)


@access(may_see_papers)
def papers(request: Request) -> HttpResponse:
    queue, text = request.GET.get("viec", MINE), request.GET.get("q", "")[:80].strip()
    queue = queue if queue in QUEUES or queue == ALL else MINE
    rows, following = papers_page(request.actor, queue, text=text, after=after_of(request))
    tabs = [
        Link(each.label, f"?viec={each.code}" if each.code else "?", each.count, current=each.code == queue)
        for each in queues_of(request.actor)
    ]
    context = {
        "tabs": tabs,
        "queue": queue,
        "text": text,
        "rows": [(row, number_of_paper(row)) for row in rows],
        "next_url": after_link(request, following),
        "may_draft": may_draft_any(request.actor),
    }
    return render(request, "correspondence/papers.html", context)


@access(may_draft_any)
def choose(request: Request) -> HttpResponse:
    """Which kind of paper, of which agency."""
    own = agencies_where(request.actor, DRAFTING | FILLING_IN)
    context = {
        "agencies": Agency.objects.filter(pk__in=own).order_by("order", "id"),
        "kinds": [declared(code).kind for code in CONTRACTS],
        "crumbs": [_root(), Link(_("Soạn văn bản"))],
    }
    return render(request, "correspondence/choose.html", context)


@access(may_draft_one, on=new_paper, methods=("GET", "POST"))
def draft(request: Request, asked: tuple[Agency, str]) -> HttpResponse:
    agency, kind = asked
    told = declared(kind)
    replaced = _replaced(request, agency, kind)
    initial = typed(told.contract, replaced.fields) | signing_of(replaced) if replaced else {}
    form = FieldsForm(request.POST or None, contract=told.contract, initial=initial)
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        common: dict[str, Any] = {"kind": kind, "fields": form.told, "signing": form.signing, "unit": unit}
        owner = (
            drafting.Owner(replaced.owner_kind, replaced.owner_id, replaced.purpose) if replaced else drafting.Owner()
        )
        made = _tried(form, lambda: drafting.draft_paper(
            owner=owner, agency=agency, replaces=replaced, by=request.actor, at=timezone.now(), **common
        ))  # fmt: skip
        if made:
            return redirect("correspondence:paper", pk=made.pk)
    context = {
        "form": form,
        "kind": told.kind,
        "agency": agency,
        "replaced": (replaced, number_of_paper(replaced)) if replaced else None,
        "crumbs": [_root(), Link(_("Soạn văn bản"), reverse("correspondence:choose")), Link(_(told.kind.name))],
    }
    return render(request, "correspondence/draft.html", context, status=422 if form.errors else 200)


def _replaced(request: Request, agency: Agency, kind: str) -> OfficialPaper | None:
    """The issued paper that this draft is to replace, named in the address."""
    asked = request.GET.get("thay", "")
    if not asked.isdecimal() or len(asked) > 18:
        return None
    found = get_object_or_404(OfficialPaper, pk=int(asked), agency=agency, kind=kind)
    if not may_open_paper(request.actor, found):
        raise Http404
    return found


def _tried(form: FieldsForm, act: Callable[[], OfficialPaper]) -> OfficialPaper | None:
    """What a draft cannot say is said beside the form."""
    try:
        return act()
    except (Denied, NoSuchKind):
        raise
    except BadFields as refusal:
        for label, what in refusal.faults.items():
            form.add_error(None, f"{label}: {what}" if label else what)
    except (TemplateFault, Unprintable, drafting.NotSignable, drafting.AlreadyReplaced) as refusal:
        form.add_error(None, sentence(refusal))
    return None


@access(may_open_paper, on=paper_of)
def paper(request: Request, paper: OfficialPaper) -> HttpResponse:
    return _shown(request, paper, ScanForm())


def _shown(request: Request, paper: OfficialPaper, scan: ScanForm) -> HttpResponse:
    page = paper_page(paper, request.actor)
    shown, fault = _laid_out(paper)
    number = page.number
    context = {
        "page": page,
        "paper": paper,
        "sheet": shown,
        "fault": fault,
        "kind": declared(paper.kind).kind,
        "acts": _acts(page),
        "waits": [str(verdict.reason) for event, verdict in page.refused.items() if event in NEXT],
        "events": [_event(each) for each in page.history],
        "may_attach": bool(may_attach(request.actor, paper)) and paper.state in issuing.SIGNED_ONES,
        "scan": scan,
        "replaced": (paper.replaces, number_of_paper(paper.replaces)) if paper.replaces else None,
        "replaced_by": (page.replaced_by, number_of_paper(page.replaced_by)) if page.replaced_by else None,
        "crumbs": [_root(), Link(number or _("Dự thảo %(code)s") % {"code": paper.code})],
    }
    return render(request, "correspondence/paper.html", context, status=422 if scan.errors else 200)


def _acts(page: PaperPage) -> list[Link]:
    """Buttons in the order of the table; the first is the one to press."""
    return [Link(LABELS[event], _address(page.paper, event), current=event in WITH_REASON) for event in page.steps]


def _address(paper: OfficialPaper, event: str) -> str:
    if event == "revise":
        return reverse("correspondence:revise", args=[paper.pk])
    if event == "replace":
        return f"{reverse('correspondence:draft', args=[paper.agency_id, paper.kind])}?thay={paper.pk}"
    return reverse("correspondence:step", args=[paper.pk, event])


def _event(shown: Any) -> Event:
    entry = shown.entry
    text = " · ".join(part for part in (shown.actor_name, entry.reason) if part)
    return Event(
        time=moment(entry.at), iso=entry.at.isoformat(), title=shown.word, text=text,
        url=reverse("ledger:entry", args=[entry.pk]), action=_("Bản ghi %(id)s") % {"id": entry.pk},
    )  # fmt: skip


def _laid_out(paper: OfficialPaper) -> tuple[dict[str, Any] | None, str]:
    """The paper as its readers will see it; or why it can no longer be put together."""
    try:
        return as_data(set_out(compose(paper))), ""
    except (TemplateFault, Unprintable, BadFields) as refusal:
        return None, sentence(refusal)


@access(may_open_paper, on=paper_of)
def preview(request: Request, paper: OfficialPaper) -> HttpResponse:
    """The sheet alone, as it would lie on a desk."""
    shown, fault = _laid_out(paper)
    context = {"sheet": shown, "fault": fault, "back_url": reverse("correspondence:paper", args=[paper.pk])}
    return render(request, "correspondence/preview.html", context, status=200 if shown else 422)


@access(may_revise, on=paper_of, methods=("GET", "POST"))
def revise(request: Request, paper: OfficialPaper) -> HttpResponse:
    told = declared(paper.kind)
    drafting.demand_state(paper, "revise")
    form = FieldsForm(
        request.POST or None, contract=told.contract, initial=typed(told.contract, paper.fields) | signing_of(paper)
    )
    if request.method == "POST" and form.is_valid():
        common: dict[str, Any] = {"fields": form.told, "signing": form.signing, "unit": form.cleaned_data["unit"]}
        made = _tried(form, lambda: drafting.revise(
            paper=paper, base_version=form.cleaned_data["base_version"] or 0, by=request.actor, at=timezone.now(),
            newest_template="newest" in request.POST, **common,
        ))  # fmt: skip
        if made:
            messages.success(request, _("Đã lưu dự thảo."))
            return redirect("correspondence:paper", pk=paper.pk)
    context = {
        "form": form,
        "kind": told.kind,
        "paper": paper,
        "agency": paper.agency,
        "replaced": None,
        "crumbs": [_root(), Link(paper.code, reverse("correspondence:paper", args=[paper.pk])), Link(_("Sửa"))],
    }
    return render(request, "correspondence/draft.html", context, status=422 if form.errors else 200)


@access(may_step, on=step_of, methods=("GET", "POST"))
def step(request: Request, asked: tuple[OfficialPaper, str]) -> HttpResponse:
    """One step of a paper's life, said out loud before it is taken."""
    paper, event = asked
    drafting.demand_state(paper, event)
    initial = {"base_version": paper.version, "on": timezone.localdate()}
    kind = NumberForm if event == "number" else StepForm
    form = kind(request.POST or None, event=event, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _taken(request, paper, event, form.cleaned_data)
            messages.success(request, str(DONE[event]))
            return redirect("correspondence:paper", pk=paper.pk)
        except (Denied, drafting.Stale, drafting.WrongState):
            raise
        except Refusal as refusal:
            form.add_error(REFUSED_BESIDE.get(type(refusal)), sentence(refusal))
    context = {
        "form": form,
        "title": LABELS[event],
        "text": SAYS[event],
        "danger": event in WITH_REASON,
        "paper": paper,
        "back_url": reverse("correspondence:paper", args=[paper.pk]),
        "crumbs": [_root(), Link(paper.code, reverse("correspondence:paper", args=[paper.pk])), Link(LABELS[event])],
    }
    return render(request, "correspondence/step.html", context, status=422 if form.errors else 200)


REFUSED_BESIDE = {
    drafting.NoReason: "reason",
    numbering.BadDay: "on",
    numbering.BadNumber: "elsewhere",
    numbering.NumberTaken: "elsewhere",
}
TAKEN: dict[str, Callable[..., OfficialPaper]] = {
    "submit": drafting.submit,
    "return": drafting.give_back,
    "discard": drafting.discard,
    "initial": signing.initial,
    "sign": signing.sign,
    "sign_own": signing.sign_own,
    "issue": issuing.issue,
    "withdraw": issuing.withdraw,
}


def _taken(request: Request, paper: OfficialPaper, event: str, told: dict[str, Any]) -> OfficialPaper:
    common = {"paper": paper, "by": request.actor, "at": timezone.now(), "base_version": told["base_version"]}
    if event == "number":
        if told["elsewhere"]:
            return numbering.number_elsewhere(number=told["elsewhere"], issuer=told["issuer"], on=told["on"], **common)
        return numbering.number(on=told["on"], **common)
    if event in WITH_REASON:
        common["reason"] = told["reason"]
    return TAKEN[event](**common)


@access(may_add_scan, on=paper_of, methods=("POST",))
def attach(request: Request, paper: OfficialPaper) -> HttpResponse:
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            sent = form.cleaned_data["file"]
            issuing.attach_scan(paper=paper, stream=sent.stream, name=sent.name, by=request.actor, at=timezone.now())
            messages.success(request, _("Đã kèm bản đã ký; mã băm được ghi vào nhật ký."))
            return redirect("correspondence:paper", pk=paper.pk)
        except Denied:
            raise
        except Refusal as refusal:
            form.add_error("file", sentence(refusal))
    return _shown(request, paper, form)


@access(may_take_file, on=file_of)
def download_file(request: Request, asked: tuple[OfficialPaper, str]) -> HttpResponseBase:
    """What was kept on issue, byte for byte; before that what it would be today."""
    paper, role = asked
    kept = paper.files.filter(role=role).select_related("stored").first()
    if kept:
        return download([_content(kept.stored)], kept.name, MEDIA[FileRole(role)])
    content = RENDER[role](compose(paper))
    return download([content], file_name(paper, role), MEDIA[FileRole(role)])


def _content(stored: StoredFile) -> bytes:
    with open_file(stored) as file:
        return file.read()


@access(may_open_signed, on=signed_of)
def signed_file(request: Request, file: PaperFile) -> HttpResponse:
    return handed_out(file.stored, file.name)


def _root() -> Link:
    return Link(_("Văn bản đi"), reverse("correspondence:papers"))
