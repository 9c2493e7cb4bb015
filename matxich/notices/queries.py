"""What is asked of the outbox: a user's messages, and how many are unread."""

from datetime import datetime

from django.db.models import QuerySet

from matxich.notices.models import Notice

PAGE = 25


def inbox(user_id: int, at: datetime) -> QuerySet[Notice]:
    """Messages of a user that are due, newest first."""
    return Notice.objects.filter(kind=Notice.Kind.INAPP, to=str(user_id), due_at__lte=at).order_by("-id")


def inbox_page(user_id: int, at: datetime, before: int | None = None) -> tuple[list[Notice], int | None]:
    """One page and the key the next one starts at (None on the last)."""
    rows = inbox(user_id, at)
    found = list((rows.filter(id__lt=before) if before else rows)[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def unread_count(user_id: int, at: datetime) -> int:
    """The figure on the bell."""
    return inbox(user_id, at).filter(read_at=None).count()


def undelivered() -> QuerySet[Notice]:
    """Letters given up after every try, for the administrator."""
    return Notice.objects.filter(kind=Notice.Kind.MAIL).exclude(given_up_at=None).order_by("-id")


def link_of(user_id: int, notice: int) -> str:
    """Where a message of the user leads; "" for nowhere or for somebody else's."""
    found = Notice.objects.filter(pk=notice, kind=Notice.Kind.INAPP, to=str(user_id)).first()
    return found.link if found else ""
