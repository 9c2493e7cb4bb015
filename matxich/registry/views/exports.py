"""Taking a list away: the rows of the question asked, in the columns a list shows."""

from itertools import islice

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.permissions import may_use_desk
from matxich.files.states import XLSX
from matxich.kit.access import access, anyone
from matxich.kit.doorway import Request, download, sentence
from matxich.kit.refusals import Refusal
from matxich.registry.actions.exporting import FOR_EVERYBODY, begin_export
from matxich.registry.forms.lookups import ExportForm
from matxich.registry.permissions import may_export_contacts
from matxich.registry.queries.exports import about_list, export_of, file_pieces
from matxich.registry.search import ListRequest

MEDIA = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
}


@access(anyone, methods=("GET", "POST"))
def directory_export(request: Request) -> HttpResponseBase:
    return _export(request, "registry/directory_export.html", "registry:directory", public=True)


@access(may_use_desk, methods=("GET", "POST"))
def register_export(request: Request) -> HttpResponseBase:
    return _export(request, "registry/register_export.html", "registry:enterprises", public=False)


def _export(request: Request, template: str, back: str, *, public: bool) -> HttpResponseBase:
    asked = ListRequest.from_params(request.GET, audience="public" if public else "officials", facets=())
    page = asked.answer()
    contacts = not public and bool(may_export_contacts(request.actor))
    form = ExportForm(request.POST or None, official=not public, contacts=contacts)
    if form.is_valid():
        try:
            return _file(request, asked, form, public=public)
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
    known = request.actor.kind != "anonymous"
    context = {
        "form": form,
        "page": page,
        "heads": export_of(request.actor, public=public, query=asked.query).heads,
        "rows": page.total if known else min(page.total, FOR_EVERYBODY),
        "cut": not known and page.total > FOR_EVERYBODY,
        "back_url": _back(request, back),
        "title": _("Tải danh sách về"),
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _back(request: Request, route: str) -> str:
    asked = request.META["QUERY_STRING"]
    return f"{reverse(route)}?{asked}" if asked else reverse(route)


def _file(request: Request, asked: ListRequest, form: ExportForm, *, public: bool) -> StreamingHttpResponse:
    """Everything that is worded is worded here: the rows are read when the page's language is long gone."""
    told, now = form.cleaned_data, timezone.now()
    export = export_of(request.actor, public=public, query=asked.query, contacts=told.get("contacts", False))
    rows, ids = begin_export(
        by=request.actor, at=now, query=asked.query, export=export, form=told["form"], purpose=told["purpose"]
    )
    about = about_list(asked.query, rows=rows, purpose=told["purpose"], day=timezone.localdate(now))
    pieces = file_pieces(told["form"], export, islice(ids, rows), about)
    name = _("doanh-nghiep-%(day)s") % {"day": f"{timezone.localdate(now):%Y-%m-%d}"}
    return download(pieces, f"{name}.{told['form']}", MEDIA[told["form"]])
