"""Long lists are taken in by the worker, one left halfway is finished; the search index keeps up with the register.

Saved searches are asked again, records of a source trusted otherwise are weighed anew, and officers hear of lists
that are overdue.
"""

from datetime import datetime

from matxich.kit.worker import chore
from matxich.registry.actions.reminding import remind_of_overdue_lists
from matxich.registry.actions.saved_searches import look_for_new
from matxich.registry.actions.weighing import weigh_what_is_left
from matxich.registry.actions.wizard import take_in_waiting
from matxich.registry.search.indexer import keep_up


@chore(every=1, aside=True)
def take_in_lists(at: datetime) -> int:
    return take_in_waiting(at=at)


@chore(every=1, aside=True)
def keep_search_index(at: datetime) -> int:
    return keep_up(at)


@chore(every=300, aside=True)
def look_at_saved_searches(at: datetime) -> int:
    return look_for_new(at=at)


@chore(every=5, aside=True)
def weigh_records(at: datetime) -> int:
    return weigh_what_is_left(at_most=10_000)


@chore(every=3600)
def remind_of_lists(at: datetime) -> int:
    return remind_of_overdue_lists(at=at)
