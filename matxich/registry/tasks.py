"""Long lists are read and taken in by the worker; an import its process left halfway is finished."""

from datetime import datetime

from matxich.kit.worker import chore
from matxich.registry.actions.wizard import take_in_waiting


@chore(every=1, aside=True)
def take_in_lists(at: datetime) -> int:
    return take_in_waiting(at=at)
