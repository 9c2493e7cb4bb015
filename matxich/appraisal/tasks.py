"""Members of councils are reminded."""

from datetime import datetime

from matxich.appraisal.actions.reminding import remind
from matxich.kit.worker import chore


@chore(every=3600)
def remind_members(at: datetime) -> int:
    return remind(at=at)
