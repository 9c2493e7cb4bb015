"""Firms are asked again when it is time."""

from datetime import datetime

from matxich.coaching.actions.following import ask_due
from matxich.kit.actor import system_actor
from matxich.kit.worker import chore


@chore(every=3600)
def ask_firms_again(at: datetime) -> int:
    return ask_due(by=system_actor(), at=at)
