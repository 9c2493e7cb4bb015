"""Senders of lists: which there are, what each sent, how its columns are read, how far it is trusted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.models import Agency
from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request, after_link, sentence
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.registry.actions.source_editing import NameTaken, edit_source, version_of
from matxich.registry.actions.sources import NamelessSource
from matxich.registry.forms import SourceForm
from matxich.registry.models import Source
from matxich.registry.permissions import may_edit_source, may_import
from matxich.registry.queries import import_pages, imports_of


def source_of(pk: int) -> Source:
    return get_object_or_404(Source.objects.select_related("agency"), pk=pk)


@access(may_import)
def sources(request: Request) -> HttpResponse:
    lines, following = import_pages.sources_page(request.GET.get("sau", ""))
    return render(request, "registry/sources.html", {"lines": lines, "next": after_link(request, following)})


@access(may_import, on=source_of, methods=("GET", "POST"))
def source(request: Request, source: Source) -> HttpResponse:
    known = {name: getattr(source, name) for name in ("name", "kind", "trust")}
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
        "columns": import_pages.remembered_columns(source),
        "crumbs": [Link(_("Nguồn"), reverse("registry:sources")), Link(source.name)],
    }
    return render(request, "registry/source.html", context, status=422 if form.errors else 200)


def _edited(request: Request, source: Source, form: SourceForm) -> bool:
    try:
        edit_source(source=source, by=request.actor, at=timezone.now(), **form.cleaned_data)
    except (Denied, Stale):
        raise
    except Refusal as refusal:
        field = "name" if isinstance(refusal, NameTaken | NamelessSource) else None
        form.add_error(field, sentence(refusal))
        return False
    return True
