"""What rooms above keep back of the history for now: a sealed ballot, a case that somebody has an interest in.

The chain, its seals and its check hold such entries like any other; only pages do not show them yet.
"""

from collections.abc import Callable

from django.db.models import Q

from matxich.kit.actor import Actor
from matxich.ledger.models import Entry

Withholding = Callable[[Actor], Q]
_RULES: list[Withholding] = []


def withhold(rule: Withholding) -> Withholding:
    """Register a condition on entries that a reader may not see yet."""
    _RULES.append(rule)
    return rule


def withheld_from(actor: Actor) -> Q:
    """Entries kept back from this reader by any room."""
    found = Q(pk__in=[])
    for rule in _RULES:
        found |= rule(actor)
    return found


def is_withheld(actor: Actor, entry: Entry) -> bool:
    return Entry.objects.filter(pk=entry.pk).filter(withheld_from(actor)).exists()
