"""Templates of an agency: what each kind says, tried out with sample data, changed, brought back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.models import Agency
from matxich.accounts.states import OFFICIAL_ROLES
from matxich.correspondence.actions import templates as actions
from matxich.correspondence.forms.papers import LetterheadForm, TemplateForm
from matxich.correspondence.kinds import CONTRACTS, declared
from matxich.correspondence.models import PaperTemplate
from matxich.correspondence.permissions import agencies_where, may_keep_templates, may_see_papers, may_see_templates
from matxich.correspondence.queries.composing import COMMON, sample_paper, template_faults
from matxich.correspondence.queries.heads import letterhead_of
from matxich.correspondence.queries.templates import field_lines, template_in_use, template_lines, versions_of
from matxich.documents.filling import Fault, TemplateFault
from matxich.documents.paper import Unprintable
from matxich.documents.setting import as_data, set_out
from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, number_of, sentence
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.kit.verdict import Verdict
from matxich.rulebook.papers import sections
from matxich.rulebook.papers.kinds import CIRCULAR_36

Asked = tuple[Agency, str]


def agency_of(agency: int) -> Agency:
    return get_object_or_404(Agency.objects.select_related("parent"), pk=agency)


def template_of(agency: int, kind: str) -> Asked:
    if kind not in CONTRACTS:
        raise Http404
    return agency_of(agency), kind


def version_of(agency: int, kind: str, version: int) -> tuple[Agency, str, int]:
    found, kind = template_of(agency, kind)
    if version and not PaperTemplate.objects.filter(agency=found, kind=kind, version=version).exists():
        raise Http404
    return found, kind, version


def may_see(actor: Actor, asked: tuple[Any, ...]) -> Verdict:
    return may_see_templates(actor, asked[0])


def may_keep(actor: Actor, asked: tuple[Any, ...]) -> Verdict:
    return may_keep_templates(actor, asked[0])


@access(may_see_papers)
def agencies(request: Request) -> HttpResponse:
    own = list(Agency.objects.filter(pk__in=agencies_where(request.actor, OFFICIAL_ROLES)).order_by("order", "id"))
    if len(own) == 1:
        return redirect("correspondence:templates", agency=own[0].pk)
    context = {"agencies": own, "crumbs": [_root(), Link(_("Mẫu văn bản"))]}
    return render(request, "correspondence/template_agencies.html", context)


@access(may_see_templates, on=agency_of)
def templates(request: Request, agency: Agency) -> HttpResponse:
    context = {
        "agency": agency,
        "head": letterhead_of(agency),
        "lines": template_lines(agency),
        "may_keep": may_keep_templates(request.actor, agency),
        "crumbs": [_root(), Link(_("Mẫu văn bản"))],
    }
    return render(request, "correspondence/templates.html", context)


@access(may_keep_templates, on=agency_of, methods=("GET", "POST"))
def letterhead(request: Request, agency: Agency) -> HttpResponse:
    head = letterhead_of(agency)
    form = LetterheadForm(request.POST or None, instance=head, initial={"base_version": head.version})
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in LetterheadForm.Meta.fields}
        try:
            actions.change_letterhead(
                agency=agency, head=actions.Head(**told), by=request.actor, at=timezone.now(),
                base_version=form.cleaned_data["base_version"],
            )  # fmt: skip
            messages.success(request, _("Đã lưu thể thức; văn bản soạn từ nay theo thể thức này."))
            return redirect("correspondence:templates", agency=agency.pk)
        except (Denied, Stale):
            raise
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
    context = {"form": form, "agency": agency, "crumbs": [*_to_agency(agency), Link(_("Thể thức"))]}
    return render(request, "correspondence/letterhead.html", context, status=422 if form.errors else 200)


@access(may_see, on=template_of, methods=("GET", "POST"))
def template(request: Request, asked: Asked) -> HttpResponse:
    """The editor, for who keeps templates; to others the same without its button."""
    agency, kind = asked
    current = template_in_use(agency, kind)
    initial = {"text": current.text, "base_version": current.version}
    form = TemplateForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.change_template(
                agency=agency, kind=kind, text=told["text"], note=told["note"], by=request.actor, at=timezone.now(),
                base_version=told["base_version"],
            )  # fmt: skip
            messages.success(request, _("Đã lưu mẫu; văn bản soạn từ nay theo mẫu này."))
            return redirect("correspondence:template", agency=agency.pk, kind=kind)
        except (Denied, Stale):
            raise
        except TemplateFault as refusal:
            return _shown(request, asked, form, refusal.faults)
        except Refusal as refusal:
            form.add_error("text", sentence(refusal))
    return _shown(request, asked, form, ())


def _shown(request: Request, asked: Asked, form: TemplateForm, faults: tuple[Fault, ...]) -> HttpResponse:
    agency, kind = asked
    told = declared(kind)
    current = template_in_use(agency, kind)
    shown, _found = _tried(agency, kind, current.text)
    context = {
        "agency": agency,
        "kind": told.kind,
        "unproven": told.kind.source == CIRCULAR_36,
        "form": form,
        "faults": faults,
        "current": current,
        "versions": versions_of(agency, kind),
        "fields": list(field_lines(told.contract)),
        "common": COMMON,
        "sections": sections.SECTIONS,
        "sheet": shown,
        "may_keep": may_keep_templates(request.actor, agency),
        "crumbs": [*_to_agency(agency), Link(_(told.kind.name))],
    }
    return render(request, "correspondence/template.html", context, status=422 if faults or form.errors else 200)


@access(may_see, on=template_of, methods=("POST",))
def try_out(request: Request, asked: Asked) -> HttpResponse:
    """What the text, not kept, makes of the sample: the sheet, or everything that is wrong with it."""
    agency, kind = asked
    shown, faults = _tried(agency, kind, request.POST.get("text", "")[:100_000])
    context = {
        "sheet": shown,
        "faults": faults,
        "back_url": reverse("correspondence:template", args=[agency.pk, kind]),
    }
    template = "correspondence/_tried.html" if request.headers.get("HX-Request") else "correspondence/try_out.html"
    return render(request, template, context, status=422 if faults and template.endswith("try_out.html") else 200)


def _tried(agency: Agency, kind: str, text: str) -> tuple[dict[str, Any] | None, tuple[Fault, ...]]:
    if faults := template_faults(kind, text):
        return None, tuple(faults)
    try:
        return as_data(set_out(sample_paper(agency, kind, text))), ()
    except TemplateFault as refusal:
        return None, refusal.faults
    except Unprintable as refusal:
        return None, (Fault(0, refusal.code, sentence(refusal)),)


@access(may_see, on=version_of)
def version(request: Request, asked: tuple[Agency, str, int]) -> HttpResponse:
    """An older version as it was, and what it makes of the sample."""
    agency, kind, number = asked
    old = PaperTemplate.objects.filter(agency=agency, kind=kind, version=number).first()
    text = old.text if old else declared(kind).packaged
    shown, faults = _tried(agency, kind, text)
    current = template_in_use(agency, kind)
    context = {
        "agency": agency,
        "kind": declared(kind).kind,
        "number": number,
        "old": old,
        "text": text,
        "sheet": shown,
        "faults": faults,
        "current": current,
        "may_restore": may_keep_templates(request.actor, agency) and text != current.text,
        "crumbs": [
            *_to_agency(agency),
            Link(_(declared(kind).kind.name), reverse("correspondence:template", args=[agency.pk, kind])),
            Link(_("Phiên bản %(version)s") % {"version": number} if number else _("Mẫu gốc")),
        ],
    }
    return render(request, "correspondence/template_version.html", context)


@access(may_keep, on=version_of, methods=("POST",))
def restore(request: Request, asked: tuple[Agency, str, int]) -> HttpResponse:
    agency, kind, number = asked
    actions.restore_template(
        agency=agency, kind=kind, version=number, by=request.actor, at=timezone.now(),
        base_version=number_of(request.POST.get("base_version")) or 0,
    )  # fmt: skip
    messages.success(request, _("Đã khôi phục; văn bản soạn từ nay theo mẫu này."))
    return redirect("correspondence:template", agency=agency.pk, kind=kind)


def _root() -> Link:
    return Link(_("Văn bản đi"), reverse("correspondence:papers"))


def _to_agency(agency: Agency) -> list[Link]:
    return [_root(), Link(_("Mẫu văn bản"), reverse("correspondence:templates", args=[agency.pk]))]
