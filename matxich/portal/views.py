"""The public home."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from matxich.kit.access import access, anyone
from matxich.portal import queries
from matxich.rulebook.addresses.model import Edition


@access(anyone)
def home(request: HttpRequest) -> HttpResponse:
    edition: Edition = "63" if request.GET.get("map") == "63" else "34"
    return render(request, "portal/home.html", {"home": queries.home(edition, timezone.localdate())})
