"""Chores: small work done again and again by the worker, each room registering its own in `tasks.py`."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

log = logging.getLogger(__name__)
Work = Callable[[datetime], object]


@dataclass(slots=True)
class Chore:
    """Work done every so many seconds; it is given the time and opens its own transactions."""

    name: str
    every: float
    work: Work
    due_at: datetime | None = field(default=None, compare=False)


_chores: dict[str, Chore] = {}


def chore(*, every: float) -> Callable[[Work], Work]:
    """Register work under its room and name; registering it again replaces it."""

    def register(work: Work) -> Work:
        name = f"{work.__module__}.{work.__qualname__}"
        _chores[name] = Chore(name, every, work)
        return work

    return register


def chores() -> list[Chore]:
    """Every registered chore, once all rooms' `tasks` are read."""
    autodiscover_modules("tasks")
    return sorted(_chores.values(), key=lambda chore: chore.name)


def run_chores(*, once: bool, stop: threading.Event | None = None, progress: Callable[[str], None] = log.info) -> int:
    """Do what is due; for ever unless `once`, until `stop` is set. How many chores failed in the last round.

    A chore that fails is logged and tried again when it is next due: one broken chore never stops the others.
    """
    stop, known = stop or threading.Event(), chores()
    while True:
        failed = sum(_do(each, progress) for each in known if once or _is_due(each))
        if once or stop.wait(_pause(known)):
            return failed


def _is_due(each: Chore) -> bool:
    return each.due_at is None or each.due_at <= timezone.now()


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
