"""The list of zones with its map, and the page of one: open to everyone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access, anyone
from matxich.kit.display import Link
from matxich.places.models import Zone
from matxich.places.queries import province_choices
from matxich.zones.forms import FilterForm
from matxich.zones.queries import listing as listings
from matxich.zones.queries.zone_page import public_page


def zone_of(pk: int) -> Zone:
    found = listings.listed_zones(timezone.localdate()).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@access(anyone)
def zones(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = listings.Asked.from_params(request.GET.dict(), today)
    initial = {"q": asked.text, "kind": asked.kind, "province": asked.province}
    context = {
        "page": listings.listing(asked, today),
        "form": FilterForm(initial=initial, provinces=province_choices(asked.edition)),
        "kept": _kept(asked, request),
        "today": today,
        "clear_url": reverse("zones:zones"),
    }
    return render(request, "zones/zones.html", context)


def _kept(asked: listings.Asked, request: HttpRequest) -> list[tuple[str, str]]:
    """What the filter form does not ask and must not forget."""
    told = {"map": asked.edition, "known": asked.known, "digitised": asked.digitised, "ngay": asked.on.isoformat()}
    return [(name, value) for name, value in told.items() if request.GET.get(name) and value]


@access(anyone)
def zone(request: HttpRequest, pk: int) -> HttpResponse:
    found = zone_of(pk)
    context = {
        "page": public_page(found, timezone.localdate(), request.actor),  # type: ignore[attr-defined]
        "crumbs": [Link(_("Khu, cụm công nghiệp"), reverse("zones:zones")), Link(str(found))],
    }
    return render(request, "zones/zone.html", context)
