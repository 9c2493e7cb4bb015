"""How a sender's columns were read before."""

from datetime import date

from matxich.registry.models import Source
from matxich.registry.queries.cells import field_label
from matxich.rulebook.lists.memory import Remembered


def columns_of(source: Source) -> dict[str, Remembered]:
    """By folded header, for the reading of the sender's next list."""
    return {
        key: Remembered(
            known["field"],
            known["header"],
            date.fromisoformat(known["on"]) if known["on"] else None,
            known["list"],
        )
        for key, known in source.mapping.items()
    }


def remembered_columns(source: Source) -> list[tuple[str, Remembered, str]]:
    """(folded header, column, what it is read as; "" when it is left out), newest list first."""
    known = sorted(columns_of(source).items(), key=lambda item: (-item[1].list, item[1].header))
    return [(key, one, field_label(one.field or "")) for key, one in known]
