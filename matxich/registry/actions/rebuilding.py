"""Proof that every passport follows from its statements, and repair where one does not."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction

from matxich.kit.actor import Actor
from matxich.ledger.actions import Subject, record
from matxich.registry.actions.projecting import COLUMNS, projected, refold, told_of
from matxich.registry.models import Enterprise
from matxich.registry.queries.enterprises import visible_enterprises
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.projection import VERSION

CHUNK = 500


@dataclass(slots=True)
class Differences:
    """How many enterprises were looked at, and which differed: [{"id", "columns"}]."""

    enterprises: int = 0
    found: list[dict[str, Any]] = field(default_factory=list)


def rebuild(*, by: Actor, at: datetime) -> Differences:
    """Fold the statements of every visible enterprise anew; what differs is written, told and recorded."""
    differences = Differences()
    numbers = list(visible_enterprises().order_by("id").values_list("pk", flat=True))
    for some in batched(numbers, CHUNK, strict=False):
        differences.enterprises += len(some)
        with transaction.atomic():
            _rebuild_some(some, differences)
    if differences.found:
        with transaction.atomic():
            after = {"enterprises": differences.enterprises, "found": differences.found}
            record(by=by, at=at, action="registry.rebuild", on=Subject("registry", "1"), after=after, rule=VERSION)
    return differences


def _rebuild_some(some: tuple[int, ...], differences: Differences) -> None:
    held = Enterprise.objects.select_for_update().filter(pk__in=some).order_by("id")
    stored = {row["id"]: row for row in held.values("id", *COLUMNS)}
    wrong = []
    for pk, values in projected(some, told_of(some)).items():
        columns = [name for name in COLUMNS if values[name] != stored[pk][name]]
        if columns:
            wrong.append(pk)
            differences.found.append({"id": make_registry_id(pk), "columns": columns})
    refold(wrong)
