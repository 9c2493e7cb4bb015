"""What the register of personal data promises to keep no longer is wiped when its time has come."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from matxich.accounts.models import Invitation
from matxich.kit.personal import GONE, wipe

INVITATIONS_KEPT = timedelta(days=90)
LOOKED_BACK = timedelta(days=1)


@transaction.atomic
def forget_old(*, at: datetime) -> int:
    """Addresses of invitations settled or expired ninety days ago; sessions that ended. How many."""
    return _forget_invitations(at - INVITATIONS_KEPT) + _forget_sessions(at)


def _forget_invitations(before: datetime) -> int:
    over = Q(accepted_at__lt=before) | Q(revoked_at__lt=before) | Q(expires_at__lt=before)
    old = Invitation.objects.filter(over).exclude(email="").exclude(email__endswith=GONE)
    return wipe("accounts.Invitation", list(old.values_list("pk", flat=True)))


def _forget_sessions(at: datetime) -> int:
    """With an ended session goes the network address it came from."""
    ended, _each = Session.objects.filter(expire_date__lt=at).delete()
    alive = Session.objects.values("session_key")
    gone = UserSession.objects.filter(last_seen_at__lt=at - LOOKED_BACK).exclude(session_key__in=alive)
    return int(ended) + int(gone.delete()[0])
