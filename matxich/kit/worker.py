"""Chores: small work done again and again by the worker, each room registering its own in `tasks.py`."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

log = logging.getLogger(__name__)
Work = Callable[[datetime], object]
LEFT_BEHIND = timedelta(hours=1)
"""After so long without an end, long work is taken up again: its process was stopped."""
TOLD_EVERY = 2.0


@dataclass(slots=True)
class Chore:
    """Work done every so many seconds; it is given the time and opens its own transactions."""

    name: str
    every: float
    work: Work
    aside: bool = False
    due_at: datetime | None = field(default=None, compare=False)
    thread: threading.Thread | None = field(default=None, compare=False)


_chores: dict[str, Chore] = {}


def chore(*, every: float, aside: bool = False) -> Callable[[Work], Work]:
    """Register work under its room and name; registering it again replaces it.

    `aside`: work that may take minutes; it runs beside the others, never twice at a time.
    """

    def register(work: Work) -> Work:
        name = f"{work.__module__}.{work.__qualname__}"
        _chores[name] = Chore(name, every, work, aside)
        return work

    return register


def chores() -> list[Chore]:
    """Every registered chore, once all rooms' `tasks` are read."""
    autodiscover_modules("tasks")
    return sorted(_chores.values(), key=lambda chore: chore.name)


def seldom(tell: Callable[[int], object]) -> Callable[[int], None]:
    """Tells how far long work is, at most every two seconds, however often it hears."""
    last = monotonic()

    def told(done: int) -> None:
        nonlocal last
        if monotonic() - last >= TOLD_EVERY:
            last = monotonic()
            tell(done)

    return told


def run_chores(*, once: bool, stop: threading.Event | None = None, progress: Callable[[str], None] = log.info) -> int:
    """Do what is due; for ever unless `once`, until `stop` is set. How many chores failed in the last round.

    A chore that fails is logged and tried again when it is next due: one broken chore never stops the others.
    """
    stop, known = stop or threading.Event(), chores()
    while True:
        due = [each for each in known if once or _is_due(each)]
        failed = sum((_begin if each.aside and not once else _do)(each, progress) for each in due)
        if once or stop.wait(_pause(known)):
            return failed


def _is_due(each: Chore) -> bool:
    if each.thread is not None and each.thread.is_alive():
        return False
    return each.due_at is None or each.due_at <= timezone.now()


def _begin(each: Chore, progress: Callable[[str], None]) -> bool:
    """Start a long chore in a thread of its own; it dies with the worker and says itself when it fails."""

    def work() -> None:
        _do(each, progress)
        connections.close_all()

    each.thread = threading.Thread(target=work, name=each.name, daemon=True)
    each.thread.start()
    return False


def _pause(known: list[Chore]) -> float:
    """Seconds until the next chore, between a fifth of a second and a minute."""
    now = timezone.now()
    waits = [(each.due_at - now).total_seconds() for each in known if each.due_at]
    return min(60.0, max(0.2, min(waits, default=60.0)))


def _do(each: Chore, progress: Callable[[str], None]) -> bool:
    at = timezone.now()
    close_old_connections()
    try:
        if done := each.work(at):
            progress(f"{each.name}: {done}")
    except Exception:
        log.exception("%s failed", each.name)
        return True
    finally:
        each.due_at = timezone.now() + timedelta(seconds=each.every)
        close_old_connections()
    return False
