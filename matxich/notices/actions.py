"""Telling people: written into the outbox with the decision itself, delivered by the worker afterwards."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet

from matxich.notices.models import Notice
from matxich.notices.queries import inbox

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise
else:
    Text = str

LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
MAX_ATTEMPTS = 8
KEPT = timedelta(days=90)


def queue_mail(
    *, to: str, subject: Text, body: Text, at: datetime, due_at: datetime | None = None, dedupe: str = ""
) -> Notice | None:
    """A letter to an address, sent once the caller's transaction has committed and not before `due_at`.

    A `dedupe` key already used means it was queued before: nothing is written and None comes back.
    """
    return _queue(Notice.Kind.MAIL, to, subject, body, "", at, due_at, dedupe)


def queue_inapp(
    *,
    user_id: int,
    subject: Text,
    body: Text = "",
    link: str = "",
    at: datetime,
    due_at: datetime | None = None,
    dedupe: str = "",
) -> Notice | None:
    """A message behind the bell of one user, shown from `due_at` on; `link` is where it leads."""
    return _queue(Notice.Kind.INAPP, str(user_id), subject, body, link, at, due_at, dedupe)


def _queue(
    kind: str, to: str, subject: Text, body: Text, link: str, at: datetime, due_at: datetime | None, dedupe: str
) -> Notice | None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A notice is queued in the transaction of what it tells about")
    # A line break in a subject would let a name write headers of its own.
    notice = Notice(
        kind=kind,
        to=to,
        subject=" ".join(str(subject).split())[:300],
        body=str(body),
        link=link,
        created_at=at,
        due_at=due_at or at,
        dedupe=dedupe or None,
    )
    if dedupe and Notice.objects.filter(dedupe=dedupe).exists():
        return None
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError:
        return None
    return notice


def deliver_due(*, at: datetime, limit: int = 100) -> int:
    """Send the letters that are due, one by one, each under a lease of its own; how many went out.

    A letter is claimed and counted before it is sent: two workers never send one, and a worker that dies in between
    leaves it to be tried again after the lease; dying between the mail server's yes and our note of it sends the
    letter twice, never not at all. Failures wait 1, 2, 4 … minutes, eight tries in all. What was sent or given up
    loses its text: it may hold a one-time link.
    """
    waiting = _waiting(at).order_by("due_at", "id").values_list("id", flat=True)[:limit]
    return sum(_deliver(notice, at) for notice in list(waiting))


def _waiting(at: datetime) -> QuerySet[Notice]:
    free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    return Notice.objects.filter(free, kind=Notice.Kind.MAIL, sent_at=None, given_up_at=None, due_at__lte=at)


def _deliver(notice: int, at: datetime) -> bool:
    # The condition is part of the update, so only one of two workers finds a row to change.
    if not _waiting(at).filter(pk=notice).update(claimed_until=at + LEASE, attempts=F("attempts") + 1):
        return False
    letter = Notice.objects.get(pk=notice)
    try:
        EmailMessage(letter.subject, letter.body, settings.DEFAULT_FROM_EMAIL, [letter.to]).send()
    except (OSError, SMTPException, ValueError) as error:
        _postpone(letter, error, at)
        return False
    Notice.objects.filter(pk=notice).update(sent_at=at, claimed_until=None, error="", body="")
    return True


def _postpone(letter: Notice, error: Exception, at: datetime) -> None:
    gone = letter.attempts >= MAX_ATTEMPTS
    Notice.objects.filter(pk=letter.pk).update(
        body="" if gone else letter.body,
        error=f"{type(error).__name__}: {error}"[:300],
        claimed_until=None,
        due_at=at + FIRST_WAIT * 2 ** (letter.attempts - 1),
        given_up_at=at if gone else None,
    )


@transaction.atomic
def mark_read(*, user_id: int, at: datetime, notice: int | None = None) -> int:
    """One message read, or all of them; how many were unread."""
    rows = inbox(user_id, at).filter(read_at=None)
    return (rows.filter(pk=notice) if notice else rows).update(read_at=at)


@transaction.atomic
def forget(*, addresses: Iterable[str]) -> int:
    """Delete every letter and message to these addresses or user ids; how many."""
    return int(Notice.objects.filter(to__in=list(addresses)).delete()[0])


@transaction.atomic
def forget_old(*, at: datetime) -> int:
    """Delete letters sent or given up ninety days ago, as the register of personal data promises; how many."""
    old = at - KEPT
    return int(Notice.objects.filter(Q(sent_at__lt=old) | Q(given_up_at__lt=old) | Q(read_at__lt=old)).delete()[0])
