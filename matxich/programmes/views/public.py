"""Calls for everybody: the calendar of a year and one call."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access, anyone
from matxich.kit.display import Link
from matxich.programmes.models import Call
from matxich.programmes.permissions import may_see_call
from matxich.programmes.queries.call_pages import public_call, public_page
from matxich.programmes.queries.calls import call_of as call_by_code


def call_of(code: str) -> Call:
    """A draft is nobody's business here, not even that it exists."""
    found = call_by_code(code)
    if found is None or found.published_at is None:
        raise Http404
    return found


@access(anyone)
def calls(request: HttpRequest) -> HttpResponse:
    return render(request, "programmes/public_calls.html", {"page": public_page(request.GET.dict(), timezone.now())})


@access(may_see_call, on=call_of)
def call(request: HttpRequest, call: Call) -> HttpResponse:
    context = {
        "page": public_call(call, timezone.now()),
        "call": call,
        "crumbs": [Link(_("Đợt nhận hồ sơ"), reverse("programmes:public_calls")), Link(call.code)],
    }
    return render(request, "programmes/public_call.html", context)
