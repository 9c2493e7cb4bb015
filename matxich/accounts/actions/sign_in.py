"""Wrong passwords are counted; security events are written down."""

from datetime import datetime, timedelta
from math import ceil

from django.db import transaction
from django.utils.crypto import salted_hmac

from matxich.accounts.models import FailedSignIn, User
from matxich.accounts.queries import subject_of_user
from matxich.kit.actor import ANONYMOUS, Actor
from matxich.ledger.actions import Subject, record

SIGN_IN_FAILURES = 5
SIGN_IN_WINDOW = timedelta(minutes=15)


def attempt_key(email: str, address: str) -> str:
    """A keyed hash of account and network address, so that the table of failures names nobody."""
    return salted_hmac("matxich.accounts.sign_in", f"{email.strip().lower()}|{address}", algorithm="sha256").hexdigest()


@transaction.atomic
def count_attempt(*, at: datetime, email: str, address: str) -> int:
    """Count one attempt before its password is tried; 0 when it may go on, else the minutes to wait.

    Counting first closes the gap between trying and counting. A right password forgets the attempts again.
    """
    key = attempt_key(email, address)
    FailedSignIn.objects.filter(at__lte=at - SIGN_IN_WINDOW).delete()
    tried = list(FailedSignIn.objects.filter(key=key).order_by("at").values_list("at", flat=True))
    if len(tried) >= SIGN_IN_FAILURES:
        return max(ceil((tried[-SIGN_IN_FAILURES] + SIGN_IN_WINDOW - at).total_seconds() / 60), 1)
    FailedSignIn.objects.create(key=key, at=at)
    return 0


def forget_attempts(*, email: str, address: str) -> None:
    FailedSignIn.objects.filter(key=attempt_key(email, address)).delete()


@transaction.atomic
def note_lock_out(*, at: datetime, email: str, address: str) -> bool:
    """After a wrong password: was it the last one allowed? Then history says so."""
    if FailedSignIn.objects.filter(key=attempt_key(email, address)).count() < SIGN_IN_FAILURES:
        return False
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user:
        personal = {"address": address}
        record(by=ANONYMOUS, at=at, action="accounts.locked_out", on=subject_of_user(user), personal=personal)
    else:
        record(by=ANONYMOUS, at=at, action="accounts.locked_out", on=Subject("sign_in", ""))
    return True


@transaction.atomic
def note(*, by: Actor, at: datetime, user: User, action: str) -> None:
    """A security event of an account: signed in, password changed, second factor added."""
    record(by=by, at=at, action=f"accounts.{action}", on=subject_of_user(user))
