"""A command that wrote leaves nothing half-told: its entries are sealed, its notices sent, its index caught up."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.utils import timezone

from matxich.ledger.sealing import seal
from matxich.notices.actions import deliver_due
from matxich.registry.search import catch_up


def sealed(command: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            answer = command(*args, **kwargs)
        except BaseException:
            with suppress(Exception):  # what stopped the command is what the user must hear of
                settle()
            raise
        settle()
        return answer

    return run


def settle() -> None:
    now = timezone.now()
    seal(at=now)
    deliver_due(at=now)
    catch_up()
