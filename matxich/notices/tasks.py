"""Letters leave soon after they are written."""

from datetime import datetime

from matxich.kit.worker import chore
from matxich.notices.actions import deliver_due, forget_old


@chore(every=5)
def deliver_letters(at: datetime) -> int:
    return deliver_due(at=at)


@chore(every=3600)
def forget_letters(at: datetime) -> int:
    return forget_old(at=at)
