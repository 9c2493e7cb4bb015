"""Long lists are taken in by the worker, one left halfway is finished; the search index keeps up with the register."""

from datetime import datetime

from matxich.kit.worker import chore
from matxich.registry.actions.wizard import take_in_waiting
from matxich.registry.search.indexer import keep_up


@chore(every=1, aside=True)
def take_in_lists(at: datetime) -> int:
    return take_in_waiting(at=at)


@chore(every=1, aside=True)
def keep_search_index(at: datetime) -> int:
    return keep_up(at)
