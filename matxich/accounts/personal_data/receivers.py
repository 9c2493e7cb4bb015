"""What this room wipes of a person who asked to be erased."""

from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.utils.translation import gettext as _

from matxich.accounts.actions.roles import LastAdministrator, administrators, lock_administrators
from matxich.accounts.models import Invitation, User
from matxich.accounts.personal_data.models import PersonalDataRequest
from matxich.accounts.personal_data.signals import personal_data_erasure
from matxich.kit.personal import wipe
from matxich.notices.actions import forget
from matxich.rulebook.calendar import local_date


@receiver(personal_data_erasure)
def wipe_account(subject: str, at: datetime, **kwargs: Any) -> None:
    """The account, its invitations, letters to it, and what the person wrote to the request desk."""
    kind, _, number = subject.partition(":")
    user = User.objects.filter(pk=number).first() if kind == "user" and number.isdecimal() else None
    if user is None:
        return
    _demand_another_administrator(user, local_date(at))
    forget(addresses=[user.email, str(user.pk)])
    wipe("accounts.Invitation", Invitation.objects.filter(email__iexact=user.email).values_list("pk", flat=True))
    wipe("accounts.PersonalDataRequest", _requests(subject))
    for session in UserSession.objects.filter(user=user):
        session.end()
    for ways_in in (EmailAddress, Authenticator, SocialAccount):
        ways_in.objects.filter(user=user).delete()
    wipe("accounts.User", [user.pk])
    user.refresh_from_db()
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    user.memberships.filter(valid_to=None).update(valid_to=local_date(at))


def _demand_another_administrator(user: User, today: date) -> None:
    lock_administrators()
    held = administrators(today)
    if held.filter(user=user).exists() and not held.exclude(user=user).exists():
        raise LastAdministrator(
            _("Đây là quản trị hệ thống cuối cùng."), _("Giao vai trò quản trị cho người khác trước khi xóa.")
        )


def _requests(subject: str) -> list[int]:
    return list(PersonalDataRequest.objects.filter(subject=subject).values_list("pk", flat=True))
