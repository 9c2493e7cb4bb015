"""The officials' home and the health of the installation."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from matxich.accounts.permissions import may_use_desk
from matxich.desk import health, queries
from matxich.kit.access import access, anyone


@access(may_use_desk)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/home.html", {"day": queries.day_of(request.actor, timezone.now())})  # type: ignore[attr-defined]


@access(anyone)
def healthy(request: HttpRequest) -> JsonResponse:
    """For machines that watch: 200 when all is well, 503 and what is wrong otherwise. Tells nothing of contents."""
    report = health.examine(timezone.now())
    return JsonResponse(report.as_dict(), status=200 if report.ok else 503)
