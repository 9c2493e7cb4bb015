"""Writing history. `record` runs inside the caller's transaction and queues behind nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matxich.kit.actor import Actor
from matxich.ledger.models import Entry


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about: a kind ("enterprise"), an identifier, a label for people, the place it lies in."""

    kind: str
    id: str
    label: str = ""
    place: str = ""


def record(
    *,
    by: Actor,
    at: datetime,
    action: str,
    on: Subject,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    batch: str = "",
    rule: str = "",
) -> Entry:
    """Write one entry."""
    raise NotImplementedError
