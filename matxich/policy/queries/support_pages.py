"""The history of support as pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from matxich.places.queries import name_of
from matxich.policy.models import SupportGiven, SupportList
from matxich.policy.queries.library import layer_label
from matxich.policy.queries.showing import said
from matxich.policy.queries.support import NOT_STATE, doubles_among
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.law.given import NOTES, REJECTED

ROWS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. `doubles`: for each other entry, why the two exclude each other and which is more favourable."""

    pk: int
    name: str
    registry_id: str
    tax_code: str
    province: str
    content: str
    title: str
    programme: str
    agency: str
    budget: str
    year: int
    decision: str
    decision_no: str
    decided_on: date | None
    amount: int
    counterpart: int | None
    status: str
    source: str
    doubles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowLine:
    row: int
    name: str
    taken: bool
    reason: str
    told: str
    notes: tuple[str, ...]


def lines_of(found: Iterable[SupportGiven]) -> list[Line]:
    shown = list(found)
    among = doubles_among(shown)
    return [_line(one, tuple(_double(one, each) for each in among.get(one.pk, ()))) for one in shown]


def _line(one: SupportGiven, doubles: tuple[str, ...]) -> Line:
    budget = _("không phải tiền nhà nước") if one.budget == NOT_STATE else layer_label(one.budget)
    day = f"{one.decided_on:%d/%m/%Y}" if one.decided_on else ""
    return Line(
        one.pk, one.name, make_registry_id(one.enterprise_id) if one.enterprise_id else "", one.tax_code,
        name_of(one.province), one.content, one.title, one.programme, one.agency, budget, one.year,
        ", ".join(part for part in (one.decision_no, day) if part), one.decision_no, one.decided_on, one.amount,
        one.counterpart,        str(one.get_status_display()), one.source, doubles,
    )  # fmt: skip


def _double(one: SupportGiven, double: Any) -> str:
    other = next(each for each in double.entries if each.id != str(one.pk))
    told = {"why": said(double.why), "number": other.id, "content": other.content}
    if double.better.id == str(one.pk):
        return _("%(why)s (mục số %(number)s, %(content)s); mục này có lợi hơn cho doanh nghiệp") % told
    return _("%(why)s (mục số %(number)s, %(content)s, có lợi hơn)") % told


def row_lines(batch: SupportList) -> list[RowLine]:
    """Rejected first, then those with notes."""
    rows = sorted(batch.rows, key=lambda row: (row["outcome"] == "taken", not row["notes"], row["row"]))
    return [
        RowLine(
            row["row"], row["values"].get("name", ""), row["outcome"] == "taken",
            _(REJECTED[row["reason"]]) if row["reason"] else "", row_text(row),
            tuple(_(NOTES[note]) for note in row["notes"]),
        )
        for row in rows[:ROWS_SHOWN]
    ]  # fmt: skip


def row_text(row: dict[str, Any]) -> str:
    values = row["values"]
    return " · ".join(str(each) for each in (values.get("content"), values.get("title"), values.get("year")) if each)


def list_report(batch: SupportList, *, repeats: bool = False) -> dict[str, Any]:
    """What `matxich support import` prints: counts, and the reason of every row not taken."""
    return {
        "list": batch.pk,
        "state": batch.state,
        "repeats": repeats,
        "source": batch.source,
        **{name: batch.counts[name] for name in ("rows", "taken", "rejected", "doubles")},
        "rejections": [
            {"row": row["row"], "name": row["values"].get("name", ""), "reason": _(REJECTED[row["reason"]])}
            for row in batch.rows
            if row["reason"]
        ],
        "notes": [
            {"row": row["row"], "note": _(NOTES[note])}
            for row in batch.rows
            for note in ([] if row["reason"] else row["notes"])
        ],
    }  # fmt: skip
