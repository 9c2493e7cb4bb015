"""What is asked of programmes."""

from matxich.programmes.queries.calls import call_of, open_calls, published_calls, visible_calls
from matxich.programmes.queries.money import (
    commitments_of,
    entry_of_rulebook,
    line_totals,
    lines_of_call,
    reconciled,
)

__all__ = [
    "call_of",
    "commitments_of",
    "entry_of_rulebook",
    "line_totals",
    "lines_of_call",
    "open_calls",
    "published_calls",
    "reconciled",
    "visible_calls",
]
