"""A letter leaves once, after the decision it tells about; a failure waits and is tried again."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connections, transaction

from matxich.notices.actions import MAX_ATTEMPTS, deliver_due, mark_read, queue_inapp, queue_mail
from matxich.notices.models import Notice
from matxich.notices.queries import inbox_page, undelivered, unread_count

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


class DeadServer(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("no server")


def letter(**more: object) -> Notice | None:
    return queue_mail(to="a@matxich.test", subject="Lời mời", body="Xin chào", at=AT, **more)


def test_a_letter_leaves_once(db):
    letter()
    assert (deliver_due(at=AT), deliver_due(at=LATER)) == (1, 0)
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to) == ("Lời mời", "Xin chào", ["a@matxich.test"])
    assert Notice.objects.get().sent_at == AT


def test_of_a_sent_letter_the_text_is_not_kept(db):
    letter(dedupe="invite:1")
    deliver_due(at=AT)
    sent = Notice.objects.get()
    assert (sent.kind, sent.to, sent.subject, sent.body, sent.dedupe) == (
        "mail", "a@matxich.test", "Lời mời", "", "invite:1"
    )  # fmt: skip


def test_a_worker_killed_before_its_note_sends_again_rather_than_never(db):
    letter()
    Notice.objects.update(claimed_until=AT + timedelta(minutes=5), attempts=1)
    assert deliver_due(at=LATER) == 1
    assert mail.outbox[0].body == "Xin chào"


def test_a_letter_waits_for_its_time(db):
    letter(due_at=LATER)
    assert (deliver_due(at=AT), deliver_due(at=LATER)) == (0, 1)


def test_the_same_key_is_queued_once(db):
    assert letter(dedupe="invite:1") is not None
    assert letter(dedupe="invite:1") is None
    assert Notice.objects.count() == 1


def test_a_name_cannot_write_headers(db):
    queue_mail(to="a@matxich.test", subject="Xin chào\nBcc: x@y.z", body="", at=AT)
    assert deliver_due(at=AT) == 1
    assert mail.outbox[0].subject == "Xin chào Bcc: x@y.z"


@pytest.mark.django_db(transaction=True)
def test_a_decision_undone_tells_nobody():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        letter()
        raise ZeroDivisionError
    with pytest.raises(transaction.TransactionManagementError):
        letter()
    assert deliver_due(at=AT) == 0


def test_failures_back_off_and_are_given_up_in_the_end(db, settings):
    settings.MAILERS = {"default": {"BACKEND": "tests.notices.test_actions.DeadServer"}}
    letter()
    waits, now = [], AT
    for _ in range(MAX_ATTEMPTS):
        assert deliver_due(at=now) == 0
        row = Notice.objects.get()
        waits.append((row.due_at - now).total_seconds() / 60)
        assert row.body == ("" if row.given_up_at else "Xin chào")
        now = row.due_at
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128]
    assert row.error == "ConnectionRefusedError: no server"
    assert list(undelivered()) == [row]
    assert deliver_due(at=now + timedelta(days=9)) == 0
    assert Notice.objects.get().attempts == MAX_ATTEMPTS


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_never_send_twice():
    with transaction.atomic():
        for _ in range(20):
            letter()
    together = threading.Barrier(4)

    def work(_number: int) -> int:
        try:
            together.wait(30)
            return deliver_due(at=AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 20
    assert len(mail.outbox) == 20


def test_a_worker_that_died_leaves_its_letter_to_the_next(db):
    letter()
    Notice.objects.update(claimed_until=AT + timedelta(minutes=5), attempts=1)
    assert deliver_due(at=AT + timedelta(minutes=4)) == 0
    assert deliver_due(at=AT + timedelta(minutes=5)) == 1


def test_the_bell_counts_what_is_due_and_unread(db):
    for number in range(30):
        queue_inapp(user_id=7, subject=f"Việc {number}", link="/viec/", at=AT)
    queue_inapp(user_id=7, subject="Mai", at=AT, due_at=LATER)
    queue_inapp(user_id=8, subject="Của người khác", at=AT)
    assert unread_count(7, AT) == 30
    first, key = inbox_page(7, AT)
    rest, end = inbox_page(7, AT, key)
    assert [len(first), len(rest), end] == [25, 5, None]
    assert mark_read(user_id=7, at=AT, notice=first[0].pk) == 1
    assert mark_read(user_id=8, at=AT, notice=first[1].pk) == 0
    assert mark_read(user_id=7, at=AT) == 29
    assert unread_count(7, LATER) == 1
