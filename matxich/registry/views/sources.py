"""Senders of lists: which there are, what each sent, how its columns are read, how far it is trusted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matxich.accounts.models import Agency
from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request, after_link, sentence
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.registry.actions import source_editing
from matxich.registry.actions.source_editing import NameTaken, UnexplainedTrust, edit_source, version_of
from matxich.registry.actions.sources import NamelessSource
from matxich.registry.forms.lists import SourceForm
from matxich.registry.models import Source
from matxich.registry.permissions import may_edit_source, may_import
from matxich.registry.queries import import_pages, imports_of, senders
from matxich.registry.queries.remembering import remembered_columns
from matxich.rulebook.sources import RANKS, TRUST_LEVELS


def source_of(pk: int) -> Source:
    return get_object_or_404(Source.objects.select_related("agency"), pk=pk)


@access(may_import)
def sources(request: Request) -> HttpResponse:
    lines, following = senders.sources_page(timezone.localdate(), request.GET.get("sau", ""))
    return render(request, "registry/sources.html", {"lines": lines, "next": after_link(request, following)})


@access(may_import, on=source_of, methods=("GET", "POST"))
def source(request: Request, source: Source) -> HttpResponse:
    known = {name: getattr(source, name) for name in ("name", "kind", "trust", "rhythm")}
    initial = known | {"agency": source.agency_id, "version": version_of(source)}
    form = SourceForm(request.POST or None, initial=initial, agencies=Agency.objects.order_by("name"))
    if form.is_valid() and _edited(request, source, form):
        messages.success(request, _("Đã lưu nguồn."))
        return redirect("registry:source", pk=source.pk)
    context = {
        "source": source,
        "form": form,
        "may_edit": may_edit_source(request.actor, source),
        "imports": list(imports_of(request.actor).filter(source=source)[: import_pages.PAGE]),
        "line": senders.source_line(source, timezone.localdate()),
        "columns": remembered_columns(source),
        "levels": TRUST_LEVELS,
        "ranks": RANKS.values(),
        "crumbs": [Link(_("Nguồn"), reverse("registry:sources")), Link(source.name)],
    }
    return render(request, "registry/source.html", context, status=422 if form.errors else 200)


@access(may_edit_source, on=source_of, methods=("POST",))
def forget_columns(request: Request, source: Source) -> HttpResponse:
    """One remembered column, or all of them."""
    headers = request.POST.getlist("header") or list(source.mapping)
    gone = source_editing.forget_columns(source=source, headers=headers, by=request.actor, at=timezone.now())
    told = ngettext("Đã quên cách ghép %(n)s cột.", "Đã quên cách ghép %(n)s cột.", len(gone))
    messages.success(request, told % {"n": len(gone)})
    return redirect("registry:source", pk=source.pk)


def _edited(request: Request, source: Source, form: SourceForm) -> bool:
    try:
        edit_source(source=source, by=request.actor, at=timezone.now(), **form.cleaned_data)
    except (Denied, Stale):
        raise
    except Refusal as refusal:
        fields = {NameTaken: "name", NamelessSource: "name", UnexplainedTrust: "reason"}
        form.add_error(fields.get(type(refusal)), sentence(refusal))
        return False
    return True
