"""Users, their roles, their sessions; one's own profile."""

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts import actions, queries
from matxich.accounts.forms import ChangeEmailForm, ChangeStateForm, GrantForm, ProfileForm, ReasonForm
from matxich.accounts.models import Membership, User
from matxich.accounts.permissions import (
    may_change_user,
    may_grant_to,
    may_manage_people,
    may_open_membership,
    may_open_user,
    signed_in,
)
from matxich.accounts.receivers import carry_preferences
from matxich.accounts.views.doorway import (
    form_page,
    makes_administrator,
    membership_of,
    tried,
    user_of,
)
from matxich.kit.access import access
from matxich.kit.doorway import Request, after_of

STATES = {"dang-hoat-dong": True, "da-ngung": False}


@access(may_manage_people)
def users(request: Request) -> HttpResponse:
    text, state = request.GET.get("q", ""), request.GET.get("trang-thai", "")
    page = queries.users(
        request.actor,
        timezone.localdate(),
        text=text,
        active=STATES.get(state),
        after=after_of(request),
    )
    return render(request, "accounts/users.html", {"page": page, "text": text, "state": state})


@access(may_open_user, on=user_of)
def user(request: Request, user: User) -> HttpResponse:
    return _user_page(request, user, revealed=False)


@access(may_open_user, on=user_of, methods=("POST",))
def reveal(request: Request, user: User) -> HttpResponse:
    """Full address and phone, once, for a reason that history keeps."""
    actions.reveal_contact(by=request.actor, at=timezone.now(), user=user, reason=request.POST.get("reason", ""))
    return _user_page(request, user, revealed=True)


def _user_page(request: Request, user: User, *, revealed: bool) -> HttpResponse:
    page = queries.user_page(request.actor, user)
    return render(request, "accounts/user.html", {"page": page, "revealed": revealed, "reason_form": ReasonForm()})


@access(may_grant_to, on=user_of, methods=("GET", "POST"))
@reauthentication_required(enabled=makes_administrator)
def grant(request: Request, user: User) -> HttpResponse:
    today = timezone.localdate()
    form = GrantForm(
        request.POST or None,
        agencies=queries.grantable_agencies(request.actor, today),
        roles=queries.grantable_roles(request.actor),
    )
    if form.is_valid() and tried(
        form, lambda: actions.grant(by=request.actor, at=timezone.now(), user=user, **form.cleaned_data)
    ):
        messages.success(request, _("Đã giao vai trò."))
        return redirect("accounts:user", pk=user.pk)
    return form_page(
        request,
        form,
        title=_("Giao vai trò cho %(name)s") % {"name": user.name},
        submit=_("Giao vai trò"),
        back_url=_path("accounts:user", user.pk),
    )


@access(may_open_membership, on=membership_of, methods=("GET", "POST"))
def revoke(request: Request, membership: Membership) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid() and tried(
        form,
        lambda: actions.revoke(
            by=request.actor, at=timezone.now(), membership=membership, reason=form.cleaned_data["reason"]
        ),
    ):
        messages.success(request, _("Đã thu hồi vai trò."))
        return redirect("accounts:user", pk=membership.user_id)
    return form_page(
        request,
        form,
        title=_("Thu hồi vai trò %(role)s của %(name)s")
        % {"role": membership.get_role_display(), "name": membership.user.name},
        intro=_("Người này mất quyền ngay tại %(agency)s.") % {"agency": membership.agency.name},
        submit=_("Thu hồi"),
        danger=True,
        back_url=_path("accounts:user", membership.user_id),
    )


@access(may_change_user, on=user_of, methods=("GET", "POST"))
@reauthentication_required
def deactivate(request: Request, user: User) -> HttpResponse:
    return _change_state(
        request,
        user,
        actions.deactivate_user,
        title=_("Ngừng tài khoản của %(name)s") % {"name": user.name},
        intro=_("Người này bị đăng xuất ở mọi nơi và không đăng nhập được nữa. Lịch sử và vai trò vẫn được lưu."),
        submit=_("Ngừng tài khoản"),
        danger=True,
    )


@access(may_change_user, on=user_of, methods=("GET", "POST"))
def reactivate(request: Request, user: User) -> HttpResponse:
    return _change_state(
        request,
        user,
        actions.reactivate_user,
        title=_("Mở lại tài khoản của %(name)s") % {"name": user.name},
        intro=_("Người này đăng nhập lại được, với các vai trò đang còn hiệu lực."),
        submit=_("Mở lại"),
    )


def _change_state(request: Request, user: User, action: Callable[..., object], **texts: object) -> HttpResponse:
    form = ChangeStateForm(request.POST or None, initial={"version": user.version})
    if form.is_valid() and tried(
        form, lambda: action(by=request.actor, at=timezone.now(), user=user, **form.cleaned_data)
    ):
        messages.success(request, _("Đã lưu."))
        return redirect("accounts:user", pk=user.pk)
    return form_page(request, form, back_url=_path("accounts:user", user.pk), **texts)


@access(may_change_user, on=user_of, methods=("GET", "POST"))
def end_sessions(request: Request, user: User) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.end_sessions(by=request.actor, at=timezone.now(), user=user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Đã kết thúc các phiên đăng nhập."))
        return redirect("accounts:user", pk=user.pk)
    return form_page(
        request,
        form,
        title=_("Kết thúc các phiên của %(name)s") % {"name": user.name},
        intro=_("Người này bị đăng xuất trên mọi thiết bị và phải đăng nhập lại."),
        submit=_("Kết thúc phiên"),
        danger=True,
        back_url=_path("accounts:user", user.pk),
    )


@access(may_change_user, on=user_of, methods=("GET", "POST"))
@reauthentication_required
def reset_second_factor(request: Request, user: User) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.reset_second_factor(by=request.actor, at=timezone.now(), user=user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Đã đặt lại. Người này bật lại xác thực hai lớp khi đăng nhập."))
        return redirect("accounts:user", pk=user.pk)
    return form_page(
        request,
        form,
        title=_("Đặt lại xác thực hai lớp của %(name)s") % {"name": user.name},
        intro=_("Dùng khi người này mất điện thoại và mã dự phòng. Gọi lại để chắc chắn đúng người trước khi làm."),
        submit=_("Đặt lại"),
        danger=True,
        back_url=_path("accounts:user", user.pk),
    )


@access(may_change_user, on=user_of, methods=("GET", "POST"))
@reauthentication_required
def change_email(request: Request, user: User) -> HttpResponse:
    form = ChangeEmailForm(request.POST or None, initial={"version": user.version})
    if form.is_valid() and tried(
        form, lambda: actions.change_email(by=request.actor, at=timezone.now(), user=user, **form.cleaned_data)
    ):
        messages.success(request, _("Đã đổi e-mail đăng nhập."))
        return redirect("accounts:user", pk=user.pk)
    return form_page(
        request,
        form,
        title=_("Đổi e-mail đăng nhập của %(name)s") % {"name": user.name},
        intro=_("Người này bị đăng xuất ở mọi nơi và đăng nhập lại bằng địa chỉ mới."),
        submit=_("Đổi e-mail"),
        back_url=_path("accounts:user", user.pk),
    )


@access(signed_in, methods=("GET", "POST"))
def profile(request: Request) -> HttpResponse:
    user = request.user
    initial = {name: getattr(user, name) for name in ("name", "phone", "language", "theme", "version")}
    form = ProfileForm(request.POST or None, initial=initial)
    if form.is_valid():
        changed = actions.change_profile(by=request.actor, at=timezone.now(), user=user, **form.cleaned_data)
        messages.success(request, _("Đã lưu hồ sơ."))
        answer = redirect("accounts:profile")
        carry_preferences(answer, changed)
        return answer
    return form_page(request, form, template="accounts/profile.html", page=queries.user_page(request.actor, user))


@access(signed_in)
def my_roles(request: Request) -> HttpResponse:
    return render(request, "accounts/my_roles.html", {"roles": queries.explained(request.actor)})


def _path(name: str, pk: int) -> str:
    return reverse(name, kwargs={"pk": pk})
