"""A command that wrote leaves nothing half-told: its entries are sealed, its notices sent, its index caught up."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.utils import timezone

from matxich.cli.progress import Progress
from matxich.kit.refusals import Refusal
from matxich.ledger.sealing import seal
from matxich.notices.actions import deliver_due
from matxich.registry.queries.enterprises import visible_enterprises
from matxich.registry.search import catch_up, rebuild, status


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
    if not status().ready:
        _build_index()
    catch_up()


def _build_index() -> None:
    """The first index, or one after a restore: of a large register that takes minutes, so a terminal sees how far."""
    tell, total = Progress(), visible_enterprises().count()
    with suppress(Refusal):  # another process is at it; `catch_up` waits for it
        rebuild(progress=lambda done: tell(done, total, "Lập chỉ mục tìm kiếm"))
