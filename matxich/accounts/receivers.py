"""What the sign-in library tells us: written to history, preferences carried to the browser."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpResponse
from django.utils import timezone

from matxich.accounts import actions
from matxich.accounts.models import User
from matxich.accounts.queries import person
from matxich.accounts.states import Theme

YEAR = 365 * 24 * 3600


def _note(user: User, action: str) -> None:
    now = timezone.now()
    actions.note(by=person(user, timezone.localdate(now)), at=now, user=user, action=action)


@receiver(user_logged_in)
def signed_in(user: User, response: HttpResponse | None = None, **kwargs: Any) -> None:
    _note(user, "signed_in")
    if response is not None:
        carry_preferences(response, user)


@receiver(password_changed)
@receiver(password_set)
@receiver(password_reset)
def password_replaced(user: User, **kwargs: Any) -> None:
    _note(user, "password_changed")


@receiver(authenticator_added)
@receiver(authenticator_reset)
def second_factor_added(user: User, **kwargs: Any) -> None:
    _note(user, "second_factor_added")


@receiver(authenticator_removed)
def second_factor_removed(user: User, **kwargs: Any) -> None:
    _note(user, "second_factor_removed")


@receiver(social_account_added)
def identity_connected(sociallogin: Any, **kwargs: Any) -> None:
    _note(sociallogin.user, "identity_connected")


@receiver(social_account_removed)
def identity_disconnected(socialaccount: Any, **kwargs: Any) -> None:
    _note(socialaccount.user, "identity_disconnected")


def carry_preferences(response: HttpResponse, user: User) -> None:
    """Language and theme live in cookies, so that every page, cached ones too, is drawn right the first time."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, user.language, max_age=YEAR, samesite="Lax", secure=secure, httponly=True
    )
    if user.theme == Theme.AUTO:
        response.delete_cookie("theme", samesite="Lax")
    else:
        response.set_cookie("theme", user.theme, max_age=YEAR, samesite="Lax", secure=secure, httponly=True)
