"""Chores are found in every room, and one that breaks never stops the others."""

import threading

import pytest

from matxich.kit import worker


@pytest.fixture
def own_chores(monkeypatch):
    monkeypatch.setattr(worker, "_chores", {})
    monkeypatch.setattr(worker, "autodiscover_modules", lambda name: None)


def test_rooms_bring_their_own_chores():
    names = {chore.name for chore in worker.chores()}
    assert names >= {
        "matxich.accounts.tasks.bring_names_up_to_date",
        "matxich.accounts.tasks.forget_old",
        "matxich.accounts.tasks.remind_of_requests",
        "matxich.ledger.tasks.publish_heads",
        "matxich.ledger.tasks.seal_entries",
        "matxich.notices.tasks.deliver_letters",
        "matxich.notices.tasks.forget_letters",
        "matxich.registry.tasks.take_in_lists",
    }


def test_one_broken_chore_does_not_stop_the_others(own_chores, caplog, db):
    done = []

    @worker.chore(every=1)
    def a_breaks(at):
        raise ValueError("broken")

    @worker.chore(every=1)
    def b_works(at):
        done.append(at)

    assert worker.run_chores(once=True) == 1
    assert len(done) == 1
    assert "a_breaks failed" in caplog.text


def test_the_loop_comes_back_until_it_is_told_to_stop(own_chores, db):
    stop, rounds = threading.Event(), []

    @worker.chore(every=0)
    def tick(at):
        rounds.append(at)
        if len(rounds) == 3:
            stop.set()

    assert worker.run_chores(once=False, stop=stop) == 0
    assert len(rounds) == 3


def test_a_long_chore_runs_beside_the_others_and_never_twice_at_a_time(own_chores, db):
    begun, finish, stop, rounds = threading.Event(), threading.Event(), threading.Event(), []

    @worker.chore(every=0, aside=True)
    def a_long(at):
        rounds.append("long")
        begun.set()
        finish.wait(5)

    @worker.chore(every=0)
    def b_short(at):
        rounds.append("short")
        if rounds.count("short") == 3:
            stop.set()

    worker.run_chores(once=False, stop=stop)
    assert begun.wait(5)
    assert (rounds.count("long"), rounds.count("short")) == (1, 3)
    finish.set()
    worker.chores()[0].thread.join(5)
