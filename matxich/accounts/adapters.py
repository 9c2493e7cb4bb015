"""Where the sign-in library asks us: closed sign-up, lock-out, mail through the outbox, secrets kept encrypted."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts import actions
from matxich.accounts.permissions import may_use_desk
from matxich.accounts.queries import person
from matxich.notices.actions import queue_mail


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is by invitation alone; wrong passwords lock the pair of account and network address."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-mail hoặc mật khẩu không đúng."),
        "too_many_login_attempts": _("Có quá nhiều lần đăng nhập sai. Hãy thử lại sau ít phút."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Officials go to their desk; people without one to their own profile."""
        if may_use_desk(person(request.user, timezone.localdate())):  # type: ignore[arg-type]
            return super().get_login_redirect_url(request)
        return reverse("accounts:profile")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        minutes = actions.count_attempt(
            at=timezone.now(), email=credentials.get("email", ""), address=self.get_client_ip(request)
        )
        if minutes:
            self._rollback_login_failed_rl_usage()
            raise ValidationError(locked_message(minutes), code="locked")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        user = super().authenticate(request, **credentials)
        if user:
            self._forget(request, credentials)
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        email, address = credentials.get("email", ""), self.get_client_ip(request)
        if actions.note_lock_out(at=timezone.now(), email=email, address=address):
            minutes = int(actions.SIGN_IN_WINDOW.total_seconds() // 60)
            raise ValidationError(locked_message(minutes), code="locked")

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """A password reset by mail clears the way again."""
        super()._delete_login_attempts_cached_email(request, **credentials)
        self._forget(request, credentials)

    def _forget(self, request: HttpRequest, credentials: dict[str, Any]) -> None:
        actions.forget_attempts(email=credentials.get("email", ""), address=self.get_client_ip(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letter = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        with transaction.atomic():
            queue_mail(to=email, subject=letter.subject, body=str(letter.body), at=timezone.now())


def locked_message(minutes: int) -> str:
    return ngettext(
        "Đã nhập sai %(times)s lần liên tiếp. Hãy thử lại sau %(minutes)s phút, hoặc đặt lại mật khẩu.",
        "Đã nhập sai %(times)s lần liên tiếp. Hãy thử lại sau %(minutes)s phút, hoặc đặt lại mật khẩu.",
        minutes,
    ) % {"times": actions.SIGN_IN_FAILURES, "minutes": minutes}


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """An identity from outside only opens an account its owner has connected while signed in.

    A matching address alone connects nothing, and no account and no right is ever made from outside.
    """

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "connected_other": _("Danh tính này đã liên kết với một tài khoản khác."),
        "no_password": _("Hãy đặt mật khẩu trước khi bỏ liên kết."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Nothing the provider tells about the person is stored beyond the identifier."""
        sociallogin.account.extra_data = {}

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": _("Mã không đúng hoặc đã hết hạn.")}

    def get_totp_issuer(self) -> str:
        return "Mắt Xích"

    def encrypt(self, text: str) -> str:
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _vault().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return gettext("Khóa bảo mật")


def _vault() -> MultiFernet:
    """Second-factor secrets under the installation's key; former keys still open what they closed."""
    secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [Fernet(urlsafe_b64encode(sha256(f"matxich.accounts.mfa|{secret}".encode()).digest())) for secret in secrets]
    )
