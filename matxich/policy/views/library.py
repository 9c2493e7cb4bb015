"""The library: instruments, what each changed, and every figure through time. Open to everyone."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.kit.access import access, anyone
from matxich.kit.display import Link
from matxich.policy.queries import library
from matxich.policy.views.finder import day_asked, in_law_language

STATES = ("", "in_force", "ended", "unknown")


@access(anyone)
def instruments(request: HttpRequest) -> HttpResponse:
    with in_law_language():
        on, problem = day_asked(request)
        text, state = request.GET.get("q", "")[:80], request.GET.get("hieu-luc", "")
        state = state if state in STATES else ""
        page = library.listing(on=on, text=text, state=state)
        labels = (_("Tất cả"), _("Còn hiệu lực"), _("Hết hiệu lực"), _("Chưa rõ"))
        states = [
            Link(label, f"?{_query(text, code, request.GET.get('ngay', ''))}", current=code == state)
            for code, label in zip(STATES, labels, strict=True)
        ]
        context = {"page": page, "states": states, "text": text, "state": state, "problem": problem, "on": on}
        return render(request, "policy/instruments.html", context)


def _query(text: str, state: str, day: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in (("q", text), ("hieu-luc", state), ("ngay", day)) if value})
    return query.urlencode()


@access(anyone)
def instrument(request: HttpRequest, code: str) -> HttpResponse:
    with in_law_language():
        on, problem = day_asked(request)
        page = library.instrument_page(code, on=on)
        if page is None:
            raise Http404
        crumbs = [Link(_("Văn bản"), reverse("policy:instruments")), Link(page.line.name)]
        return render(request, "policy/instrument.html", {"page": page, "on": on, "problem": problem, "crumbs": crumbs})


@access(anyone)
def figure(request: HttpRequest, code: str) -> HttpResponse:
    with in_law_language():
        on, problem = day_asked(request)
        found = library.figure_page(code, on=on)
        if found is None:
            raise Http404
        crumbs = [Link(_("Văn bản"), reverse("policy:instruments")), Link(f"{found.code} {found.name}")]
        return render(request, "policy/figure.html", {"figure": found, "on": on, "problem": problem, "crumbs": crumbs})
