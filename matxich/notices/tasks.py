"""Letters leave soon after they are written."""

from datetime import datetime

from matxich.kit.worker import chore
from matxich.notices.actions import deliver_due


@chore(every=5)
def deliver_letters(at: datetime) -> int:
    return deliver_due(at=at)
