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
from matxich.places.queries import province_map
from matxich.registry.queries.directory import cards
from matxich.registry.search import ListRequest, suggest
from matxich.registry.views.drawing import drawn_cards, drawn_facets
from matxich.rulebook.identifiers import make_registry_id

KEPT = ("map", "sort", "view")


@access(anyone)
def directory(request: HttpRequest) -> HttpResponse:
    return _listed(request, "registry/directory.html", "registry:firm", public=True)


@access(may_use_desk)
def enterprises(request: HttpRequest) -> HttpResponse:
    return _listed(request, "registry/enterprises.html", "registry:passport", public=False)


@access(anyone)
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the search box offers while somebody types: [{"kind", "text", "url"}]."""
    official = bool(may_use_desk(request.actor))  # type: ignore[attr-defined]
    told = suggest(request.GET.get("q", ""), audience="officials" if official else "public")
    firm, listed = ("passport", "enterprises") if official else ("firm", "directory")
    base = reverse(f"registry:{listed}")
    offered = [
        {
            "kind": one.kind,
            "text": one.text,
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
    boundaries = asked.query.boundaries
    context = {
        "page": page,
        "cards": drawn_cards(cards(page, route=route, public=public, boundaries=boundaries, today=today)),
        "today": today,
        "with_map": request.GET.get("view") == "map",
        "here": request.path,
        "facets": drawn_facets(page),
        "kept": render_to_string("registry/_kept.html", {"kept": [p for p in page.hidden if p[0] in KEPT]}),
    }
    if context["with_map"]:
        counts = dict(page.results.facets.get("province", ()))
        base = reverse("registry:directory" if public else "registry:enterprises")
        context["map"] = province_map(
            boundaries,
            counts,
            href=lambda code: f"{base}?map={boundaries}&province={code}",
            noun=_("doanh nghiệp"),
            on=today,
        )
    return render(request, template, context)
