"""How far a series of invented firms has come."""

from dataclasses import dataclass

from matxich.ledger.models import Entry
from matxich.rulebook.identifiers import parse_registry_id

ACTION = "registry.generate"


@dataclass(frozen=True, slots=True)
class Standing:
    """How many firms of a series stand, whether with all a passport can hold, the last one's number, the last entry."""

    enterprises: int
    full: bool
    last: int | None
    entry: int | None


def batch_of(seed: int) -> str:
    """How ledger entries of one series are tied together."""
    return f"generate:{seed}"


def standing(seed: int) -> Standing:
    """By the last entry about the series: it was written in the transaction of the firms it counts."""
    entry = Entry.objects.filter(batch=batch_of(seed), action=ACTION).order_by("-id").first()
    if entry is None:
        return Standing(0, False, None, None)
    told = entry.after or {}
    return Standing(told["firms"][1], told["full"], parse_registry_id(told["ids"][1]), entry.pk)
