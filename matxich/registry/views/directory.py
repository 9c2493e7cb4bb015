"""Lists of enterprises: everybody's directory and the officials' list, on one page of code."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.permissions import may_use_desk
from matxich.kit.access import access, anyone
from matxich.registry.queries.directory import cards
from matxich.registry.queries.result_map import result_map
from matxich.registry.search import ListRequest, suggest
from matxich.registry.search.values import title
from matxich.registry.views.drawing import drawn_cards, drawn_facets
from matxich.rulebook.identifiers import make_registry_id

KEPT = ("map", "sort", "view")


@access(anyone)
def directory(request: HttpRequest) -> HttpResponse:
    return _listed(request, "registry/directory.html", "registry:firm", public=True)


@access(may_use_desk)
def enterprises(request: HttpRequest) -> HttpResponse:
    return _listed(request, "registry/enterprises.html", "registry:passport", public=False)


def _with_question(request: HttpRequest, route: str) -> str:
    """Another page about what this one lists."""
    asked = request.META["QUERY_STRING"]
    return f"{reverse(route)}?{asked}" if asked else reverse(route)


@access(anyone)
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the search box offers while somebody types: [{"kind", "text", "of", "url"}], `of` the kind in words."""
    official = bool(may_use_desk(request.actor))  # type: ignore[attr-defined]
    told = suggest(request.GET.get("q", ""), audience="officials" if official else "public")
    firm, listed = ("passport", "enterprises") if official else ("firm", "directory")
    base = reverse(f"registry:{listed}")
    offered = [
        {
            "kind": one.kind,
            "text": one.text,
            "of": _("Doanh nghiệp") if one.kind == "enterprise" else title(one.kind),
            "url": reverse(f"registry:{firm}", args=[make_registry_id(int(one.code))])
            if one.kind == "enterprise"
            else f"{base}?{urlencode({one.kind: one.code})}",
        }
        for one in told
    ]
    return JsonResponse({"suggestions": offered})


def _listed(request: HttpRequest, template: str, route: str, *, public: bool) -> HttpResponse:
    asked = ListRequest.from_params(request.GET, audience="public" if public else "officials")
    page, today = asked.answer(), timezone.localdate()
    context = {
        "page": page,
        "cards": drawn_cards(cards(page, route=route, public=public, query=asked.query, today=today)),
        "today": today,
        "with_map": request.GET.get("view") == "map",
        "here": request.path,
        "facets": drawn_facets(page),
        "export_url": _with_question(request, "registry:directory_export" if public else "registry:register_export"),
        "save_url": _with_question(request, "registry:directory_save" if public else "registry:register_save"),
        "compare_url": reverse("registry:directory_compare" if public else "registry:register_compare"),
        "kept": render_to_string("registry/_kept.html", {"kept": [p for p in page.hidden if p[0] in KEPT]}),
    }
    if context["with_map"]:
        context["drawn"] = result_map(asked, page, here=request.path, today=today)
    return render(request, template, context)
