"""What the pages of this room share: looking things up, trying an action, drawing a form page."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from matxich.accounts.models import Agency, Invitation, Membership, User
from matxich.accounts.states import Role
from matxich.kit.doorway import sentence
from matxich.kit.refusals import Denied, Refusal, Stale


def user_of(pk: int) -> User:
    return get_object_or_404(User, pk=pk)


def agency_of(pk: int) -> Agency:
    return get_object_or_404(Agency.objects.select_related("parent"), pk=pk)


def invitation_of(pk: int) -> Invitation:
    return get_object_or_404(Invitation.objects.select_related("agency"), pk=pk)


def membership_of(pk: int) -> Membership:
    return get_object_or_404(Membership.objects.select_related("agency", "user"), pk=pk)


def makes_administrator(request: HttpRequest) -> bool:
    """Does the sent form hand out the role that can do everything? Then the password is asked once more."""
    return request.POST.get("role") == Role.ADMINISTRATOR


def tried(form: Form, act: Callable[[], Any]) -> bool:
    """Run an action for a form. A refusal stands in the form, so that nothing typed is lost."""
    try:
        act()
    except (Denied, Stale):
        raise
    except Refusal as refusal:
        form.add_error(None, sentence(refusal))
        return False
    return True


def form_page(request: HttpRequest, form: Form, **context: Any) -> HttpResponse:
    """A page with one form; 422 when it was sent with mistakes."""
    template = context.pop("template", "accounts/form.html")
    defaults = {"intro": "", "danger": False, "preview": []}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {**defaults, **context, "form": form}, status=status)
