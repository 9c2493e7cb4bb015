"""Accounts of people: made, changed, stopped, restored."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.actions.roles import (
    LastAdministrator,
    administrators,
    demand_reason,
    lock_administrators,
)
from matxich.accounts.models import User
from matxich.accounts.permissions import may_administer, may_change_user, may_open_user
from matxich.accounts.queries import subject_of_user
from matxich.kit.access import open_personal
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.ledger.actions import record


class AddressTaken(Refusal):
    code = "address_taken"


@transaction.atomic
def create_user(
    *,
    by: Actor,
    at: datetime,
    email: str,
    name: str,
    password: str | None = None,
    phone: str = "",
    language: str = "vi",
    is_demo: bool = False,
) -> User:
    """An account with a confirmed address and no role. Without a password the person sets one by "Quên mật khẩu"."""
    demand(may_administer(by))
    return make_user(
        by=by, at=at, email=email, name=name, password=password, phone=phone, language=language, is_demo=is_demo
    )


def make_user(
    *,
    by: Actor | None,
    at: datetime,
    email: str,
    name: str,
    password: str | None,
    phone: str = "",
    language: str = "vi",
    is_demo: bool = False,
) -> User:
    """The making itself, for callers that have asked whether it may happen; `by` None is the person themself.

    Inside a transaction.
    """
    user = User(email=email, name=name, phone=phone.strip(), language=language, is_demo=is_demo, created_at=at)
    user.set_password(password)
    demand_free(email)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    by = by or Actor(kind="person", id=f"user:{user.pk}", name=user.name)
    record(by=by, at=at, action="accounts.user_created", on=subject_of_user(user), after={"is_demo": is_demo})
    return user


def demand_free(email: str) -> None:
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise AddressTaken(_("Địa chỉ e-mail này đã có tài khoản."), _("Tìm người đó trong danh sách người dùng."))


@transaction.atomic
def change_profile(
    *, by: Actor, at: datetime, user: User, version: int, name: str, phone: str, language: str, theme: str
) -> User:
    """A person's own name, phone, language and theme."""
    fresh = _locked(user, version)
    before = {"language": fresh.language, "theme": fresh.theme}
    changed = [field for field, new in (("name", name), ("phone", phone)) if getattr(fresh, field) != new]
    fresh.name, fresh.phone, fresh.language, fresh.theme = name, phone.strip(), language, theme
    _save(fresh)
    after = {"language": language, "theme": theme, "also_changed": changed}
    record(by=by, at=at, action="accounts.profile_changed", on=subject_of_user(fresh), before=before, after=after)
    return fresh


@transaction.atomic
def change_email(*, by: Actor, at: datetime, user: User, version: int, email: str, reason: str) -> User:
    """Administrators move an account to another address; its sessions end."""
    demand(may_administer(by))
    demand_reason(reason)
    fresh = _locked(user, version)
    if email.strip().lower() != fresh.email:
        demand_free(email)
    fresh.email = email
    _save(fresh)
    EmailAddress.objects.filter(user=fresh).delete()
    EmailAddress.objects.create(user=fresh, email=fresh.email, verified=True, primary=True)
    _drop_sessions(fresh)
    record(by=by, at=at, action="accounts.email_changed", on=subject_of_user(fresh), reason=reason)
    return fresh


@transaction.atomic
def deactivate_user(*, by: Actor, at: datetime, user: User, version: int, reason: str) -> User:
    """The person can no longer sign in; sessions end at once; roles stay written down."""
    demand(may_change_user(by, user))
    demand_reason(reason)
    lock_administrators()
    fresh = _locked(user, version)
    today = timezone.localdate(at)
    if administrators(today).filter(user=fresh).exists() and not administrators(today).exclude(user=fresh).exists():
        raise LastAdministrator(
            _("Đây là quản trị hệ thống cuối cùng."), _("Giao vai trò quản trị cho người khác trước khi ngừng.")
        )
    fresh.is_active = False
    _save(fresh)
    _drop_sessions(fresh)
    record(by=by, at=at, action="accounts.user_deactivated", on=subject_of_user(fresh), reason=reason)
    return fresh


@transaction.atomic
def reactivate_user(*, by: Actor, at: datetime, user: User, version: int, reason: str) -> User:
    demand(may_change_user(by, user))
    demand_reason(reason)
    fresh = _locked(user, version)
    fresh.is_active = True
    _save(fresh)
    record(by=by, at=at, action="accounts.user_reactivated", on=subject_of_user(fresh), reason=reason)
    return fresh


@transaction.atomic
def end_sessions(*, by: Actor, at: datetime, user: User, reason: str) -> int:
    """Sign the person out everywhere; how many sessions ended."""
    demand(may_change_user(by, user))
    demand_reason(reason)
    ended = _drop_sessions(user)
    record(
        by=by, at=at, action="accounts.sessions_ended", on=subject_of_user(user), after={"ended": ended}, reason=reason
    )
    return ended


@transaction.atomic
def reset_second_factor(*, by: Actor, at: datetime, user: User, reason: str) -> int:
    """For somebody who lost phone and codes: every second factor goes, sessions end; how many factors went.

    An official has to set one up again before any work.
    """
    demand(may_change_user(by, user))
    demand_reason(reason)
    gone: int = Authenticator.objects.filter(user=user).delete()[0]
    _drop_sessions(user)
    record(
        by=by,
        at=at,
        action="accounts.second_factor_reset",
        on=subject_of_user(user),
        after={"removed": gone},
        reason=reason,
    )
    return gone


def reveal_contact(*, by: Actor, at: datetime, user: User, reason: str) -> None:
    """Note in the log of looks that somebody was shown a person's full address and phone, and why."""
    demand(may_open_user(by, user))
    open_personal(by=by, at=at, subject=("user", str(user.pk)), fields=["email", "phone"], reason=reason)


def _locked(user: User, version: int) -> User:
    fresh = User.objects.select_for_update().get(pk=user.pk)
    if fresh.version != version:
        raise Stale(
            _("Thông tin này vừa được sửa ở nơi khác."), _("Tải lại trang để xem thông tin mới nhất rồi nhập lại.")
        )
    return fresh


def _save(user: User) -> None:
    user.version += 1
    user.save()


def _drop_sessions(user: User) -> int:
    keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user).delete()
    return len(keys)
