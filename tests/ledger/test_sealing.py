"""The chain is linear, complete and in commit order, whoever writes and whoever seals."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from matxich.kit.models import ReadPosition
from matxich.ledger.actions import publish_digests, seal
from matxich.ledger.models import Digest, Entry, Seal
from matxich.ledger.queries import daily_digest, verify
from matxich.ledger.sealing import GENESIS
from tests.ledger.conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 50


def assert_linear(count: int) -> None:
    seal(at=AT)
    seals = list(Seal.objects.order_by("seq"))
    assert [link.seq for link in seals] == list(range(1, count + 1))
    assert [link.previous_hash for link in seals] == [GENESIS, *(link.seal_hash for link in seals[:-1])]
    assert sorted(link.entry for link in seals) == sorted(Entry.objects.values_list("id", flat=True))
    result = verify(at=AT)
    assert (result.ok, result.entries, result.seals) == (True, count, count)


def in_threads(work, count: int = WRITERS) -> list[object]:
    def one(number: int) -> object:
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_fifty_writers_and_two_sealers_make_one_chain(write):
    stop = threading.Event()

    def keep_sealing() -> None:
        while not stop.wait(0.02):
            seal(at=AT)
        connections.close_all()

    sealers = [threading.Thread(target=keep_sealing) for _ in range(2)]
    for sealer in sealers:
        sealer.start()
    in_threads(write)
    stop.set()
    for sealer in sealers:
        sealer.join()
    assert_linear(WRITERS)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time by nature")
def test_no_writer_waits_for_another(write):
    """All fifty stand inside their open transactions, each with its entry written, before any of them commits."""
    everybody_has_written = threading.Barrier(WRITERS, timeout=60)

    def hold_open(number: int) -> None:
        with transaction.atomic():
            write(number)
            everybody_has_written.wait()

    in_threads(hold_open)
    assert_linear(WRITERS)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="no late commits where there is one writer at a time")
def test_what_commits_late_is_sealed_later_and_never_skipped(write):
    written, go_on = threading.Event(), threading.Event()

    def commit_late() -> None:
        with transaction.atomic():
            write(1)
            written.set()
            go_on.wait(30)
        connections.close_all()

    late = threading.Thread(target=commit_late)
    late.start()
    written.wait(30)
    second = write(2)
    assert seal(at=AT) == 0, "nothing newer than a transaction still open is settled"
    assert verify(at=AT).ok
    go_on.set()
    late.join()
    third = write(3)
    assert seal(at=AT) == 3
    first = Entry.objects.get(object_id="1").pk
    assert list(Seal.objects.order_by("seq").values_list("entry", flat=True)) == [first, second, third]
    assert_linear(3)


def test_a_second_pass_has_nothing_to_do(chain):
    assert seal(at=AT) == 0
    assert_linear(5)


def test_without_its_position_or_in_another_cluster_the_sealer_looks_at_everything_once(chain, write):
    ReadPosition.objects.all().delete()
    write(6)
    assert seal(at=AT) == 1
    ReadPosition.objects.update(cluster="elsewhere", number=10**15)
    write(7)
    assert seal(at=AT) == 1
    assert_linear(7)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="transactions are numbered on PostgreSQL only")
def test_rows_brought_from_a_cluster_with_higher_numbers_are_sealed(write):
    with connection.cursor() as cursor:
        write(1)
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ALL")
        cursor.execute("UPDATE ledger_entry SET transaction = 9000000000")
        cursor.execute("ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_is_append_only")
    write(2)
    assert seal(at=AT) == 2
    write(3)
    assert seal(at=AT) == 1
    assert_linear(3)


def test_a_rolled_back_entry_leaves_no_hole_in_the_chain(write):
    write(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(2)
        raise ZeroDivisionError
    write(3)
    seal(at=AT)
    assert_linear(2)


def test_each_finished_day_has_its_published_head(chain, write):
    from datetime import date, timedelta

    assert publish_digests(at=AT) == 0, "the day is not over"
    write(6)
    seal(at=AT + timedelta(days=2))
    assert publish_digests(at=AT + timedelta(days=3)) == 2
    heads = {digest.date: digest.seq for digest in Digest.objects.all()}
    assert heads == {date(2026, 11, 20): 5, date(2026, 11, 22): 6}
    assert daily_digest(date(2026, 11, 21)).seq == 5
    assert daily_digest(date(2026, 11, 19)) is None
    assert publish_digests(at=AT + timedelta(days=3)) == 0


def test_a_seal_is_hashed_by_the_same_recipe_as_an_entry():
    from matxich.ledger.canonical import digest, plain
    from matxich.ledger.sealing import seal_hash

    link = {"seq": 3, "entry": 9, "entry_hash": "a" * 64, "previous_hash": "b" * 64, "at": AT}
    assert seal_hash(**link, transaction=77) == digest(plain(link | {"transaction": 77}))
