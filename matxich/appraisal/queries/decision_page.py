"""The decision of a batch as a page: fifty cases at a time, all of them or those that ask for attention."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matxich.appraisal.models import Decision
from matxich.appraisal.permissions import shut_out
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.places.queries import name_of

PAGE = 50

KINDS: Mapping[str, tuple[Promise, Callable[[Mapping[str, Any]], bool]]] = {
    "": (_("Tất cả"), lambda row: True),
    "ho-tro": (_("Được hỗ trợ"), lambda row: row["granted"] > 0),
    "du-bi": (_("Dự bị"), lambda row: row["reserve"] is not None),
    "khac": (_("Khác thứ hạng"), lambda row: row["departs"]),
    "thieu-ly-do": (_("Còn thiếu lý do"), lambda row: row["departs"] and not row["departure"]),
}
"""What the list may be narrowed to, by the word in the address."""


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """`rows`: of the page, as queries.snapshot tells them with the name of their `place`; `kinds`: what the list may be
    narrowed to; `hidden`: how many cases are shut to the reader."""

    rows: tuple[Mapping[str, Any], ...]
    kinds: tuple[Link, ...]
    kind: str
    page: int
    pages: int
    hidden: int
    departures: int
    left: int | None
    previous: str
    next: str

    @property
    def address(self) -> str:
        """The page as its own query string, to come back to after saving."""
        return _address(self.kind, self.page)


def decision_page(
    decision: Decision, snapshot: Mapping[str, Any], actor: Actor, *, kind: str, page: int
) -> DecisionPage:
    """A page costs the same for fifty cases and for five thousand."""
    seen = rows_for(decision, snapshot, actor)
    kind = kind if kind in KINDS else ""
    counts = {each: sum(holds(row) for row in seen) for each, (_label, holds) in KINDS.items()}
    found = [row for row in seen if KINDS[kind][1](row)]
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 1), pages)
    return DecisionPage(
        rows=tuple(placed(row) for row in found[(page - 1) * PAGE : page * PAGE]),
        kinds=tuple(
            Link(str(label), _address(each), counts[each], current=each == kind)
            for each, (label, _holds) in KINDS.items()
            if counts[each] or each in ("", kind)
        ),
        kind=kind,
        page=page,
        pages=pages,
        hidden=len(snapshot["ranked"]) - len(seen),
        departures=sum(bool(row["departs"]) for row in snapshot["ranked"]),
        left=None if snapshot["budget"] is None else snapshot["budget"] - snapshot["granted"],
        previous=_address(kind, page - 1) if page > 1 else "",
        next=_address(kind, page + 1) if page < pages else "",
    )


def rows_for(decision: Decision, snapshot: Mapping[str, Any], actor: Actor) -> Sequence[Mapping[str, Any]]:
    """The ranked rows without those shut to the reader."""
    shut = set(shut_out(actor).filter(case__batch=decision.batch).values_list("case_id", flat=True))
    return [row for row in snapshot["ranked"] if row["case"] not in shut]


def placed(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """With the name of its province."""
    return {**row, "place": name_of(row["province"]) if row["province"] else ""}


def page_of(rows: Sequence[Mapping[str, Any]], case: int | None) -> str:
    """The address of the page of the whole list that a case stands on; empty when it is not there."""
    place = next((index for index, row in enumerate(rows) if row["case"] == case), None)
    return "" if place is None else _address("", place // PAGE + 1)


def _address(kind: str, page: int = 1) -> str:
    return f"?xem={kind}&trang={page}" if kind else f"?trang={page}"
