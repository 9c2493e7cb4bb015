"""Requests about personal data are not forgotten."""

from datetime import datetime

from matxich.accounts.personal_data.actions import remind
from matxich.kit.worker import chore


@chore(every=3600)
def remind_of_requests(at: datetime) -> int:
    return remind(at=at)
