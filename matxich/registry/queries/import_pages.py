"""What the pages of the import show: the lists brought in, and their rows by what became of them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext

from matxich.kit.actor import Actor
from matxich.registry.models import Enterprise, Import, ImportRow, Source, StagedProjection
from matxich.registry.queries.cells import Layout, field_label, shown_cell, typed_in
from matxich.registry.queries.imports import imports_of
from matxich.registry.states import ImportState, Outcome
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.lists.fields import NAMES
from matxich.rulebook.lists.model import REJECTIONS, REMEDIES, SKIPPED, WARNINGS

PAGE = 25
SAID = WARNINGS | REJECTIONS
SEEN = (ImportState.STAGED, ImportState.PUBLISHED)
NEWEST = 50


@dataclass(frozen=True, slots=True)
class Slice[T]:
    """One page of a list; `next` is where the following one begins, None on the last."""

    items: list[T]
    next: int | None


def cut[T](items: list[T], keys: Iterable[int]) -> Slice[T]:
    """The page of at most PAGE out of what was fetched, one more than a page."""
    following = list(keys)[PAGE - 1 : PAGE] if len(items) > PAGE else []
    return Slice(items[:PAGE], following[0] if following else None)


def imports_page(actor: Actor, after: int | None = None) -> Slice[Import]:
    """The imports an actor may open, newest first."""
    imports = imports_of(actor)
    found = list((imports.filter(pk__lt=after) if after else imports)[: PAGE + 1])
    return cut(found, [one.pk for one in found])


def source_names() -> list[str]:
    """Known senders, to choose from while typing."""
    return list(Source.objects.order_by("key").values_list("name", flat=True)[:500])


def max_list_megabytes() -> int:
    return settings.MAX_LIST_BYTES // 1024**2


@dataclass(frozen=True, slots=True)
class Doubt:
    """One cell with something to say: what stood there, what is wrong, what it was kept as."""

    column: str
    label: str
    value: str
    text: str
    kept_as: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """One data row of the file and what became of it. `firm` is the registry id, "" while nobody may see it.

    `span`: the columns of its table when another stands beside it.
    """

    pk: int
    sheet: str
    row: int
    span: str
    name: str
    code: str
    outcome: str
    outcome_label: str
    decided: bool
    firm: str
    firm_name: str
    doubts: tuple[Doubt, ...]
    rejected: bool


@dataclass(frozen=True, slots=True)
class SkippedLine:
    sheet: str
    row: int
    last_row: int
    text: str


@dataclass(frozen=True, slots=True)
class ReasonCount:
    code: str
    text: str
    rows: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Every row of the file accounted for: rows = accepted + rejected, accepted = linked + new + queued."""

    rows: int
    accepted: int
    linked: int
    new: int
    queued: int
    rejected: int
    warned: int
    skipped: int
    reasons: tuple[ReasonCount, ...]


def totals(batch: Import) -> Totals:
    """No query for a list taken in by the wizard, which keeps its tally; else one."""
    counts = {name: int(batch.counts.get(name, 0)) for name in ("rows", "accepted", "linked", "new", "queued")}
    told = batch.mapping.get("noted") or tally(batch)
    reasons = tuple(ReasonCount(code, reason_text(code), rows) for code, rows in told["reasons"])
    rejected = counts["rows"] - counts["accepted"] if "accepted" in batch.counts else 0
    return Totals(**counts, rejected=rejected, warned=told["warned"], skipped=len(batch.skipped), reasons=reasons)


def tally(batch: Import) -> dict[str, Any]:
    """{"warned": accepted rows with a doubt, "reasons": [[code, rows], …] most frequent first}, as JSON keeps it."""
    warned, reasons = 0, Counter[str]()
    for rejected, warnings in noted(batch).values_list("rejected", "warnings"):
        warned += not rejected
        reasons.update({told["reason"] for told in ([rejected] if rejected else warnings)})
    return {"warned": warned, "reasons": [list(pair) for pair in reasons.most_common()]}


def noted(batch: Import) -> QuerySet[ImportRow]:
    """Rows with a warning or a rejection."""
    return rows_told(batch).exclude(rejected__isnull=True, warnings=[])


def rows_told(batch: Import) -> QuerySet[ImportRow]:
    """The rows of a list; of a file taken in twice, those of the first time."""
    return ImportRow.objects.filter(batch=batch.repeats_id or batch.pk).order_by("id")


def reason_text(code: str) -> str:
    return gettext(SAID.get(code, code))


def remedy_text(code: str) -> str:
    """What to do about a rejection; "" where there is nothing to do."""
    return gettext(REMEDIES[code]) if code in REMEDIES else ""


GROUPS = {
    "tat-ca": "",
    "noi": Outcome.LINKED,
    "moi": Outcome.NEW,
    "cho-xu-ly": Outcome.QUEUED,
    "khong-nhan": Outcome.REJECTED,
    "canh-bao": "warned",
    "bo-qua": "skipped",
}


def rows_page(batch: Import, *, group: str = "tat-ca", reason: str = "", after: int | None = None) -> Slice[RowLine]:
    """Rows of one outcome, in the file's order; `reason` narrows them to those with that warning or rejection."""
    rows = _grouped(batch, GROUPS.get(group, ""))
    if reason:
        rows = _with_reason(rows, reason)
    found = list((rows.filter(pk__gt=after) if after else rows).select_related("enterprise")[: PAGE + 1])
    layout = Layout(batch)
    visible = batch.state == ImportState.PUBLISHED
    return cut([row_line(row, layout, visible=visible) for row in found], [row.pk for row in found])


def _grouped(batch: Import, group: str) -> QuerySet[ImportRow]:
    if group == "warned":
        return noted(batch).exclude(outcome=Outcome.REJECTED)
    rows = rows_told(batch)
    if batch.repeats_id and group in (Outcome.LINKED, Outcome.NEW):
        return rows.filter(outcome__in=[Outcome.LINKED, Outcome.NEW]) if group == Outcome.LINKED else rows.none()
    return rows.filter(outcome=group) if group else rows


def _with_reason(rows: QuerySet[ImportRow], reason: str) -> QuerySet[ImportRow]:
    """Text match on the stored JSON: the two databases have no JSON containment in common."""
    code = re.sub(r"[^a-z_]", "", reason)
    told = rows.annotate(told=Cast("warnings", TextField()), refused=Cast("rejected", TextField()))
    patterns = [f'"reason":{space}"{code}"' for space in ("", " ")]
    conditions = Q()
    for pattern in patterns:
        conditions |= Q(told__contains=pattern) | Q(refused__contains=pattern)
    return told.filter(conditions)


def row_line(row: ImportRow, layout: Layout, *, visible: bool) -> RowLine:
    columns = layout.columns(row)
    doubts = [row.rejected] if row.rejected else row.warnings
    firm = row.enterprise if visible else None
    return RowLine(
        pk=row.pk,
        sheet=row.sheet,
        row=row.row,
        span=row.span,
        name=_first_cell(row, columns, NAMES),
        code=_first_cell(row, columns, ("tax_code",)),
        outcome=row.decided_as or row.outcome,
        outcome_label=str(Outcome(row.decided_as or row.outcome).label),
        decided=bool(row.decided_as),
        firm=make_registry_id(firm.pk) if firm else "",
        firm_name=firm.name if firm else "",
        doubts=tuple(_doubt(told, columns) for told in doubts),
        rejected=bool(row.rejected),
    )


def _first_cell(row: ImportRow, columns: dict[str, dict[str, Any]], fields: tuple[str, ...]) -> str:
    for code in fields:
        for letter, column in columns.items():
            if column["field"] == code and row.cells.get(letter):
                return shown_cell(code, typed_in(row.cells[letter]))
    return ""


def _doubt(told: dict[str, Any], columns: dict[str, dict[str, Any]]) -> Doubt:
    column = columns.get(told["column"])
    kept = (told.get("kept_as") or "").removesuffix("_unverified")
    return Doubt(
        told["column"],
        column["header"] if column else "",
        shown_cell(column["field"] if column else None, str(told["value"])),
        f"{reason_text(told['reason'])} {remedy_text(told['reason'])}".strip(),
        field_label(kept),
    )


def skipped_page(batch: Import, after: int = 0) -> Slice[SkippedLine]:
    """What is no data, neighbouring rows of one kind on one line; `after` counts lines."""
    lines: list[SkippedLine] = []
    for entry in batch.skipped:
        text, last = gettext(SKIPPED.get(entry["reason"], entry["reason"])), lines[-1] if lines else None
        if last and (last.sheet, last.text, last.last_row + 1) == (entry["sheet"], text, entry["row"]):
            lines[-1] = SkippedLine(last.sheet, last.row, entry["row"], text)
        else:
            lines.append(SkippedLine(entry["sheet"], entry["row"], entry["row"], text))
    shown = lines[after : after + PAGE]
    return Slice(shown, after + PAGE if len(lines) > after + PAGE else None)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a list being taken in is. `ahead`: whose list has the turn, "" when nobody has."""

    percent: float
    done: int
    total: int
    waiting: bool
    ahead: str
    ahead_percent: int


def standing(batch: Import) -> Standing:
    done, total = int(batch.progress.get("done", 0)), int(batch.progress.get("total") or batch.counts.get("rows", 0))
    waiting = not batch.progress.get("total")
    at_work = None
    if waiting:
        others = Import.objects.filter(state=ImportState.STAGING, progress__has_key="total").exclude(pk=batch.pk)
        at_work = others.select_related("agency").order_by("id").first()
    share = 100 * done / total if total else 0
    ahead = at_work.agency.name if at_work and at_work.agency else at_work.started_by_name if at_work else ""
    return Standing(share, done, total, waiting, ahead, _percent(at_work.progress) if at_work else 0)


def _percent(progress: dict[str, Any]) -> int:
    return round(100 * int(progress["done"]) / int(progress["total"])) if progress.get("total") else 0


@dataclass(frozen=True, slots=True)
class Reach:
    """What publishing or undoing a list touches: `firms` it speaks of, `made` it brought in itself."""

    firms: int
    made: int

    @property
    def known(self) -> int:
        return self.firms - self.made


def reach(batch: Import) -> Reach:
    about = ImportRow.objects.filter(batch=batch, enterprise__isnull=False).order_by()
    firms = about.aggregate(n=Count("enterprise", distinct=True))["n"]
    return Reach(firms, Enterprise.objects.filter(first_import=batch).count())


def updated_firms(batch: Import) -> int:
    """Records already known that get a new projection when this list is published."""
    return StagedProjection.objects.filter(batch=batch).count()


@dataclass(frozen=True, slots=True)
class ProblemOf:
    """One kind of problem in one list: how many rows, and the group of rows to open."""

    batch: Import
    rows: int
    rejected: bool


@dataclass(frozen=True, slots=True)
class ProblemKind:
    code: str
    text: str
    rows: int
    lists: tuple[ProblemOf, ...]


def problem_kinds(actor: Actor) -> list[ProblemKind]:
    """Warnings and rejections of the newest lists the actor may open, by kind, most frequent first. Two queries."""
    batches = {one.pk: one for one in imports_of(actor).filter(state__in=SEEN, repeats=None)[:NEWEST]}
    rows = ImportRow.objects.filter(batch__in=batches).exclude(rejected__isnull=True, warnings=[]).order_by("id")
    counts: Counter[tuple[str, int, bool]] = Counter()
    for batch, rejected, warnings in rows.values_list("batch_id", "rejected", "warnings"):
        for reason in {told["reason"] for told in ([rejected] if rejected else warnings)}:
            counts[reason, batch, bool(rejected)] += 1
    kinds: dict[str, list[ProblemOf]] = {}
    for (reason, batch, refused), count in counts.most_common():
        kinds.setdefault(reason, []).append(ProblemOf(batches[batch], count, refused))
    found = [
        ProblemKind(code, reason_text(code), sum(one.rows for one in lists), tuple(lists))
        for code, lists in kinds.items()
    ]
    return sorted(found, key=lambda kind: -kind.rows)
