"""Pages of the history: the list, one entry, the check of the chain, the published heads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from matxich.kit.access import access, anyone
from matxich.kit.doorway import Request
from matxich.ledger import queries
from matxich.ledger.forms import CheckForm, DigestFilter, EntryFilter
from matxich.ledger.models import Entry
from matxich.ledger.permissions import may_check_chain, may_open_entry, may_read_history


def entry_of(entry: int) -> Entry:
    if found := queries.find_entry(entry):
        return found
    raise Http404


@access(may_read_history)
def entries(request: Request) -> HttpResponse:
    form = EntryFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows, more = queries.entries_page(request.actor, **asked) if form.is_valid() else ([], None)
    context = {"form": form, "rows": rows, "more": more, "may_check": may_check_chain(request.actor)}
    return render(request, "ledger/entries.html", context)


@access(may_open_entry, on=entry_of)
def entry(request: HttpRequest, entry: Entry) -> HttpResponse:
    (shown,) = queries.show([entry])
    context = {"shown": shown, "entry": entry, "seal": queries.seal_of(entry), "changes": queries.changes(entry)}
    return render(request, "ledger/entry.html", context)


@access(may_check_chain, methods=("GET", "POST"))
def check(request: HttpRequest) -> HttpResponse:
    form = CheckForm(request.POST or None)
    result = None
    if request.method == "POST" and form.is_valid():
        result = queries.verify(at=timezone.now(), expected_digest=form.cleaned_data["expected_digest"])
    return render(request, "ledger/check.html", {"form": form, "result": result})


@access(anyone)
def digests(request: HttpRequest) -> HttpResponse:
    form = DigestFilter(request.GET)
    rows = queries.digests(form.cleaned_data["before"] if form.is_valid() else None)
    more = rows[-1].date if len(rows) == queries.PAGE else None
    return render(request, "ledger/digests.html", {"rows": rows, "more": more})
