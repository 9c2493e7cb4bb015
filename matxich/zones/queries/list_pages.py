"""Lists of zones as pages: which there are, what becomes of each row and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.places.queries import name_of
from matxich.rulebook.zones.fields import BY_CODE
from matxich.rulebook.zones.lists import LABELS, NOTES, REJECTED
from matxich.rulebook.zones.values import REFUSED
from matxich.zones.models import ZoneList
from matxich.zones.queries.showing import value_text

LISTS_SHOWN = 50
ROWS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row. `values`: "Đất công nghiệp: 40 ha"; `notes`: a sentence and the column it is about."""

    sheet: str
    row: int
    name: str
    outcome: str
    outcome_text: str
    reason: str
    zone: int | None
    place: str
    values: list[str]
    notes: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ColumnLine:
    letter: str
    header: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class ListPage:
    batch: ZoneList
    columns: list[ColumnLine]
    rows: list[RowLine]
    hidden: int
    counts: Mapping[str, Any]


def lists_of(actor: Actor) -> QuerySet[ZoneList]:
    """Lists the actor brought in; all of them for who acts for the whole country."""
    lists = ZoneList.objects.all()
    return lists if actor.oversight is None else lists.filter(Q(started_by=actor.id))


def list_page(batch: ZoneList) -> ListPage:
    """Rejected rows first, then those with notes, then the rest."""
    rows = sorted(batch.rows, key=lambda row: (row["outcome"] != "rejected", not row["notes"], row["row"]))
    return ListPage(
        batch=batch,
        columns=[_column(one) for one in batch.columns],
        rows=[row_line(one) for one in rows[:ROWS_SHOWN]],
        hidden=max(0, len(rows) - ROWS_SHOWN),
        counts=batch.counts,
    )


def _column(one: Mapping[str, str]) -> ColumnLine:
    code = one["code"]
    label = _(BY_CODE[code].label) if code in BY_CODE else _(LABELS[code]) if code else ""
    note = _(NOTES[one["note"]]) % {"other": one["other"]} if one["note"] else ""
    return ColumnLine(one["letter"], one["header"], label, note)


def row_line(row: Mapping[str, Any]) -> RowLine:
    texts = {"known": _("khu, cụm đã có"), "new": _("khu, cụm mới"), "rejected": _("không nhận")}
    reason = row["reason"]
    return RowLine(
        sheet=row["sheet"],
        row=row["row"],
        name=row["name"],
        outcome=row["outcome"],
        outcome_text=texts[row["outcome"]],
        reason=_(REJECTED[reason["code"]]) % reason["params"] if reason else "",
        zone=row["zone"],
        place=name_of(row["province"]) if row["province"] else "",
        values=[
            f"{_(BY_CODE[code].label)}: {value_text(BY_CODE[code], told['v'], told['c'])}"
            for code, told in row["values"].items()
            if not reason
        ],
        notes=[(note_text(note), note["col"]) for note in row["notes"]],
    )


def note_text(note: Mapping[str, Any]) -> str:
    """Why a cell is not taken."""
    return str(_((REFUSED | NOTES)[note["code"]]) % note["params"])


def list_report(batch: ZoneList, *, repeats: bool = False) -> dict[str, Any]:
    """What `matxich zones import` prints: counts, and for every row not or not wholly taken the reason."""
    lines = [row_line(row) for row in batch.rows]
    return {
        "list": batch.pk,
        "state": batch.state,
        "repeats": repeats,
        "source": batch.source,
        "as_of": batch.as_of.isoformat(),
        **{name: batch.counts[name] for name in ("rows", "known", "new", "facts")},
        "accepted": batch.counts["known"] + batch.counts["new"],
        "rejected": [
            {"sheet": one.sheet, "row": one.row, "name": one.name, "reason": one.reason}
            for one in lines
            if one.outcome == "rejected"
        ],
        "notes": [
            {"sheet": one.sheet, "row": one.row, "column": column, "reason": text}
            for one in lines
            for text, column in one.notes
        ],
        "columns": [
            {"column": one["letter"], "header": one["header"], "field": one["code"] or None} for one in batch.columns
        ],
    }
