"""New entries enter the chain within two seconds; each finished day's head is published."""

from datetime import datetime

from matxich.kit.worker import chore
from matxich.ledger.actions import publish_digests, seal


@chore(every=1)
def seal_entries(at: datetime) -> int:
    return seal(at=at)


@chore(every=300)
def publish_heads(at: datetime) -> int:
    return publish_digests(at=at)
