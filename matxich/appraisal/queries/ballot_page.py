"""A member's own sheet, with what the dossier says beside each criterion and nothing of anybody else's."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from matxich.appraisal.criteria import criteria_of, said
from matxich.appraisal.models import Ballot, Case, CouncilMember, Interest
from matxich.appraisal.permissions import openable, seat_in
from matxich.appraisal.queries.case_page import CostLine, cost_lines, shown
from matxich.kit.actor import Actor
from matxich.rulebook.appraisal.ballots import NOT_APPLICABLE, sheet_of
from matxich.rulebook.appraisal.criteria import CriteriaSet as Criteria
from matxich.rulebook.appraisal.criteria import Fault


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion. `points` and `opinion` as typed so far; `fault` what is wrong with them."""

    code: str
    name: str
    guidance: str
    most: str
    floor: str
    weight: str
    may_not_apply: bool
    points: str
    opinion: str
    fault: str


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    name: str
    checked: bool


@dataclass(frozen=True, slots=True)
class CutRow:
    line: CostLine
    cut: str
    why: str
    fault: str


@dataclass(frozen=True, slots=True)
class BallotPage:
    case: Case
    seat: CouncilMember
    criteria: Criteria
    ballot: Ballot | None
    rows: tuple[Row, ...]
    choices: tuple[Choice, ...]
    cuts: tuple[CutRow, ...]
    comment: str
    verdict_fault: str
    comment_fault: str
    total: str
    threshold: str
    previous: Case | None
    following: Case | None
    position: tuple[int, int]
    cleared: tuple[Interest, ...]

    @property
    def version(self) -> int:
        return self.ballot.version if self.ballot else 0

    @property
    def handed_in(self) -> bool:
        return self.ballot is not None and self.ballot.state == "submitted"


def ballot_page(
    case: Case, actor: Actor, *, typed: dict[str, Any] | None = None, faults: list[Fault] | None = None
) -> BallotPage:
    """`typed`: what stands on a form that was sent and refused; else the kept draft. `faults` of it."""
    criteria = criteria_of(case.batch)
    seat = seat_in(actor, case.batch.council_id)
    assert seat is not None  # asked by may_vote
    ballot = Ballot.objects.filter(case=case, member=seat).first()
    told = _told(ballot) if typed is None else {key: str(value) for key, value in typed.items()}
    wrong = {each.path: said(each.words) for each in faults or ()}
    order = _order(case, actor)
    at = order.index(case.pk) if case.pk in order else 0
    near = {each.pk: each for each in Case.objects.filter(pk__in=order[max(0, at - 1) : at + 2])}
    sheet = sheet_of("", ballot.values, ballot.verdict, ballot.comment) if ballot else None
    total = sheet.rescaled(criteria) if sheet else None
    return BallotPage(
        case=case,
        seat=seat,
        criteria=criteria,
        ballot=ballot,
        rows=tuple(
            Row(
                each.code, said(each.name), said(each.guidance), shown(each.max) if each.max is not None else "",
                shown(each.floor) if each.floor is not None else "", shown(each.weight), each.may_not_apply,
                told.get(f"points-{each.code}", ""), told.get(f"opinion-{each.code}", ""), wrong.get(each.code, ""),
            )
            for each in criteria.criteria
        ),
        choices=tuple(
            Choice(each.code, said(each.name), told.get("verdict") == each.code) for each in criteria.verdicts
        ),
        cuts=tuple(
            CutRow(
                line,
                told.get(f"cut-{line.key}", ""),
                told.get(f"why-{line.key}", ""),
                wrong.get(f"cut-{line.key}", ""),
            )
            for line in cost_lines(case)
        ),
        comment=told.get("comment", ""),
        verdict_fault=wrong.get("verdict", ""),
        comment_fault=wrong.get("comment", ""),
        total=shown(total) if total is not None else _("chưa đủ"),
        threshold=shown(criteria.rule.mean.value) if criteria.rule.mean else "",
        previous=near.get(order[at - 1]) if at > 0 else None,
        following=near.get(order[at + 1]) if at + 1 < len(order) else None,
        position=(at + 1, len(order)),
        cleared=tuple(Interest.objects.filter(case=case, member=seat, state="cleared")),
    )  # fmt: skip


def _told(ballot: Ballot | None) -> dict[str, str]:
    if ballot is None:
        return {}
    points = ballot.values.get("points", {})
    told = {
        f"points-{code}": text if text == NOT_APPLICABLE else text.replace(".", ",") for code, text in points.items()
    }
    told |= {f"opinion-{code}": text for code, text in ballot.values.get("opinions", {}).items()}
    for key, each in ballot.trims.items():
        told |= {f"cut-{key}": f"{each['cut']:,}".replace(",", "."), f"why-{key}": each["reason"]}
    return told | {"verdict": ballot.verdict, "comment": ballot.comment}


def _order(case: Case, actor: Actor) -> list[int]:
    """Cases of the batch open to the actor, as the list of their cases has them."""
    rows = Case.objects.filter(openable(actor), batch=case.batch_id).exclude(state="withdrawn")
    return list(rows.order_by("reference", "id").values_list("pk", flat=True))
