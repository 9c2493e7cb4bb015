"""Inviting people, and the page behind the link they receive."""

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from matxich.accounts import actions, queries
from matxich.accounts.forms import AcceptForm, FirstAdministratorForm, InviteForm
from matxich.accounts.models import Invitation, User
from matxich.accounts.permissions import may_manage_people, may_open_invitation, signed_in
from matxich.accounts.views.doorway import form_page, invitation_of, makes_administrator, tried
from matxich.kit.access import access, anyone
from matxich.kit.doorway import Request, after_of


@access(may_manage_people)
def invitations(request: Request) -> HttpResponse:
    page = queries.invitations(request.actor, timezone.now(), after=after_of(request))
    return render(request, "accounts/invitations.html", {"page": page})


@access(may_manage_people, methods=("GET", "POST"))
@reauthentication_required(enabled=makes_administrator)
def invite(request: Request) -> HttpResponse:
    form = InviteForm(
        request.POST or None,
        agencies=queries.grantable_agencies(request.actor, timezone.localdate()),
        roles=queries.grantable_roles(request.actor),
    )
    if form.is_valid() and tried(
        form, lambda: actions.invite(by=request.actor, at=timezone.now(), **form.cleaned_data)
    ):
        messages.success(request, _("Đã gửi lời mời tới %(email)s.") % {"email": form.cleaned_data["email"]})
        return redirect("accounts:invitations")
    return form_page(
        request,
        form,
        title=_("Mời người dùng"),
        intro=_("Người được mời nhận thư có đường dẫn dùng một lần, hết hạn sau 7 ngày."),
        submit=_("Gửi lời mời"),
        back_url=reverse("accounts:invitations"),
    )


@access(may_open_invitation, on=invitation_of, methods=("POST",))
def revoke(request: Request, invitation: Invitation) -> HttpResponse:
    actions.revoke_invitation(by=request.actor, at=timezone.now(), invitation=invitation)
    messages.success(request, _("Đã thu hồi lời mời."))
    return redirect("accounts:invitations")


@access(may_open_invitation, on=invitation_of, methods=("POST",))
def renew(request: Request, invitation: Invitation) -> HttpResponse:
    actions.renew_invitation(by=request.actor, at=timezone.now(), invitation=invitation)
    messages.success(request, _("Đã gửi lại lời mời. Đường dẫn trước không còn dùng được."))
    return redirect("accounts:invitations")


@access(anyone, methods=("GET", "POST"))
@sensitive_post_parameters("password1", "password2")
def accept(request: Request, token: str) -> HttpResponse:
    """Set name and password; whoever has an account already is asked to sign in to it instead."""
    invitation = actions.open_invitation(token, timezone.now())
    if invitation.email and User.objects.filter(email=invitation.email).exists():
        return render(request, "accounts/accept_with_account.html", {"invitation": invitation, "token": token})
    kind = AcceptForm if invitation.agency_id else FirstAdministratorForm
    form = kind(request.POST or None, email=invitation.email)
    made: list[User] = []
    if form.is_valid() and tried(form, lambda: made.append(_newcomer(token, form))):
        return perform_login(request, made[0], redirect_url=reverse("mfa_index"))
    return form_page(request, form, template="accounts/accept.html", invitation=invitation)


def _newcomer(token: str, form: AcceptForm) -> User:
    data = form.cleaned_data
    return actions.accept_invitation(
        at=timezone.now(),
        token=token,
        name=data["name"],
        password=data["password1"],
        email=data.get("email", ""),
        agency_name=data.get("agency_name", ""),
        agency_kind=data.get("agency_kind", ""),
        language=get_language() or "vi",
    )


@access(signed_in, methods=("POST",))
def accept_with_account(request: Request, token: str) -> HttpResponse:
    actions.accept_with_account(by=request.actor, at=timezone.now(), token=token, user=request.user)
    messages.success(request, _("Bạn đã nhận vai trò mới."))
    return redirect("accounts:my_roles")
