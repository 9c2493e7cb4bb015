"""What became of a list, row by row, and what still waits for somebody."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from matxich.accounts.permissions import Person, holds
from matxich.kit.actor import Actor
from matxich.registry.models import Import, ImportRow, Source
from matxich.registry.permissions import IMPORTING
from matxich.registry.queries.list_changes import Comparison, comparison
from matxich.registry.states import ImportState, Outcome
from matxich.rulebook.lists.model import REJECTIONS, REMEDIES, SKIPPED, WARNINGS

TALLIES = ("rows", "accepted", "linked", "new", "queued")


def import_report(batch: Import) -> dict[str, Any]:
    """Every row of the file accounted for: rows = accepted + rejected rows, accepted = linked + new + queued.

    Keys: rows, accepted, linked, new, queued (numbers); rejected [{sheet, row, column, value, reason, what_to_do}];
    warnings [{sheet, row, column, value, reason, kept_as}]; skipped [{sheet, row, reason}]; compared_with {import,
    new, gone, changed, unchanged}: enterprises beside the sender's last published list, None for its first;
    corrects: the import whose rejected rows these are, or None. Where tables stand side by side, "columns" ("E:G")
    says of which of them a row is: two rows of one number are two rows.
    """
    noted = _first(batch).rows.exclude(rejected__isnull=True, warnings=[])
    told = noted.order_by("id").values_list("sheet", "row", "span", "rejected", "warnings")
    return report_of(batch.counts, told, batch.skipped, comparison(batch)) | {"corrects": batch.corrects_id}


def report_of(
    counts: dict[str, int],
    told: Iterable[tuple[str, int, str, dict[str, Any] | None, list[dict[str, Any]]]],
    skipped: list[dict[str, Any]],
    compared: Comparison | None,
) -> dict[str, Any]:
    """The report of rows with something to say: (sheet, row, span, rejection, warnings)."""
    rejected, warnings = [], []
    for sheet, row, span, rejection, doubts in told:
        where = {"sheet": sheet, "row": row} | ({"columns": span} if span else {})
        if rejection:
            remedy = gettext(REMEDIES.get(rejection["reason"], ""))
            rejected.append(_said(where, rejection, REJECTIONS) | {"what_to_do": remedy})
        else:
            warnings += [_said(where, doubt, WARNINGS) for doubt in doubts]
    return {name: counts.get(name, 0) for name in TALLIES} | {
        "rejected": rejected,
        "warnings": warnings,
        "skipped": [line | {"reason": gettext(SKIPPED.get(line["reason"], line["reason"]))} for line in skipped],
        "compared_with": compared.as_dict() if compared else None,
    }


def _said(where: dict[str, Any], told: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    return {**where, **told, "reason": gettext(texts.get(told["reason"], told["reason"]))}


def _first(batch: Import) -> Import:
    """The import whose rows tell: of a file taken in twice, the first."""
    return batch.repeats or batch


def rows_of(batch: Import, outcome: str = "") -> QuerySet[ImportRow]:
    """The rows of a list in the file's order, all or those of one outcome."""
    rows = _first(batch).rows.select_related("enterprise").order_by("id")
    return rows.filter(outcome=outcome) if outcome else rows


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of doubt in one column of a list, how often, and where first. `text` is in the reader's language."""

    batch: Import
    reason: str
    text: str
    column: str
    count: int
    first_sheet: str
    first_row: int
    example: str


def problems(batch: Import) -> list[Problem]:
    """Warnings and rejections grouped by what is wrong and where, most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    firsts: dict[tuple[str, str], tuple[str, int, str]] = {}
    noted = _first(batch).rows.exclude(rejected__isnull=True, warnings=[]).order_by("id")
    for sheet, row, rejected, warnings in noted.values_list("sheet", "row", "rejected", "warnings"):
        for told in [*warnings, *([rejected] if rejected else [])]:
            key = (told["reason"], told["column"])
            counts[key] += 1
            firsts.setdefault(key, (sheet, row, told["value"]))
    texts = WARNINGS | REJECTIONS
    return [
        Problem(batch, reason, gettext(texts.get(reason, reason)), column, count, *firsts[reason, column])
        for (reason, column), count in counts.most_common()
    ]


def imports_of(actor: Actor) -> QuerySet[Import]:
    """The imports an actor may open, newest first."""
    imports = Import.objects.select_related("source", "agency").order_by("-id")
    if holds(actor, IMPORTING, places=()):
        return imports
    agencies = actor.agency_ids if isinstance(actor, Person) else frozenset()
    return imports.filter(Q(agency__in=agencies) | Q(started_by=actor.id, started_by__gt=""))


def queue_of(actor: Actor) -> QuerySet[ImportRow]:
    """Rows of published lists that wait for a decision the actor may take, oldest first."""
    waiting = ImportRow.objects.filter(outcome=Outcome.QUEUED, decided_as="", batch__state=ImportState.PUBLISHED)
    if not holds(actor, IMPORTING):
        return waiting.none()
    mine = imports_of(actor).order_by().values("pk")
    return waiting.filter(batch__in=mine).select_related("batch__source").order_by("batch_id", "id")


def sources_of(actor: Actor) -> QuerySet[Source]:
    """All sources by name, with how many published lists each has and the newest date they speak of."""
    if not holds(actor, IMPORTING):
        return Source.objects.none()
    published = Count("imports", filter=Q(imports__state=ImportState.PUBLISHED))
    return Source.objects.annotate(published=published).order_by("key")
