"""Requests about personal data are not forgotten; names announced for a day come on that day; what is old goes."""

from datetime import datetime

from matxich.accounts import actions
from matxich.accounts.personal_data.actions import forget_answered, remind
from matxich.kit.worker import chore

HOUR = 3600


@chore(every=HOUR)
def remind_of_requests(at: datetime) -> int:
    return remind(at=at)


@chore(every=HOUR)
def bring_names_up_to_date(at: datetime) -> int:
    return actions.bring_names_up_to_date(at=at)


@chore(every=HOUR)
def forget_old(at: datetime) -> int:
    return actions.forget_old(at=at) + forget_answered(at=at)
