"""Which item of a record a form speaks of."""

from dataclasses import dataclass

from django.utils import timezone

from matxich.registry.models import Enterprise
from matxich.rulebook.capabilities.joining import JOINED_BY_LIST, joined, words_key
from matxich.rulebook.capabilities.model import Value
from matxich.rulebook.passport import FIELDS


def editable_codes() -> list[str]:
    """What people add to a record; lists' words about what has parts are corrected where they stand."""
    return [code for code in FIELDS if FIELDS[code].audience != "private" and JOINED_BY_LIST.get(code, code) == code]


@dataclass(frozen=True, slots=True)
class Corrected:
    """An item that stands in a record now. `words`: those of the list it was read from, "" when told in parts."""

    value: Value
    statement: int
    words: str


def corrected(enterprise: Enterprise, field: str, statement: int | None, words: str) -> Corrected | None:
    """The item of a statement, or of words of a list; None when the record has no such item (any longer)."""
    if not statement:
        return None
    for item in joined(enterprise.passport, field, latest_year=timezone.localdate().year):
        if item.statement == statement and words_key(item.text) == words_key(words):
            return Corrected(item.value, item.statement, item.text)
    return None
