"""After opening: cuts line by line with their reasons, remarks, and the conclusion that the rule gives."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.appraisal.actions.cases import tell_moved
from matxich.appraisal.actions.moving import demand_reason, moved, of_case
from matxich.appraisal.criteria import criteria_of
from matxich.appraisal.models import Case, Outcome, Remark, Trim
from matxich.appraisal.permissions import may_conclude, may_speak, seat_in
from matxich.appraisal.queries.results import result_of
from matxich.appraisal.states import CASE_TRANSITIONS, CaseState, RemarkKind, SeatRole
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.rulebook.appraisal.decision import Result
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.vietnamese.text import fold, squeeze


class NotDecidable(Refusal):
    """The rule cannot be worked out from the ballots; `lines` say which step is open."""

    code = "not_decidable"

    def __init__(self, result: Result) -> None:
        super().__init__(
            _("Chưa kết luận được theo quy tắc."),
            "; ".join(step.words.vi for step in result.steps if step.met == Truth.UNKNOWN),
        )
        self.result = result


class BadTrim(Refusal):
    code = "bad_trim"
    status = 422


class BadRemark(Refusal):
    code = "bad_remark"
    status = 422


@transaction.atomic
def set_trim(*, case: Case, line: str, proposed: int, reason: str, by: Actor, at: datetime) -> Trim | None:
    """What the council leaves of a line; all that was asked takes the cut back (None). Raises Denied, WrongState,
    BadTrim, ReasonMissing."""
    current = _locked(case, by)
    if current.state not in (CaseState.OPENED, CaseState.CONCLUDED):
        raise BadTrim(_("Ghi cắt giảm sau khi mở phiếu và trước khi có quyết định."))
    told = next((each for each in current.lines if each["key"] == line), None)
    if told is None:
        raise BadTrim(_("Hồ sơ không có dòng chi này."))
    asked = int(told.get("asked", 0))
    if not isinstance(proposed, int) or not 0 <= proposed <= asked:
        raise BadTrim(_("Mức đề nghị từ 0 đến số đã xin."))
    before = Trim.objects.filter(case=current, line=line).first()
    if proposed == asked:
        if before is not None:
            before.delete()
            record(by=by, at=at, action="case.trim", on=of_case(current), before=_cut(before), after={"line": line})
        return None
    why = demand_reason(reason)
    trim, _made = Trim.objects.update_or_create(
        case=current, line=line,
        defaults={
            "item": told["item"][:300], "item_key": item_key(told["item"]), "asked": asked, "proposed": proposed,
            "reason": why, "by": by.id, "at": at,
        },
    )  # fmt: skip
    record(
        by=by, at=at, action="case.trim", on=of_case(current), before=_cut(before) if before else None,
        after=_cut(trim), reason=why,
    )  # fmt: skip
    return trim


@transaction.atomic
def remark(*, case: Case, kind: str, text: str, by: Actor, at: datetime) -> Remark:
    """A word on the case; a review is a reviewer's own. Raises Denied, BadRemark."""
    demand(may_speak(by, case))
    seat = seat_in(by, case.batch.council_id)
    said = text.strip()[:8000]
    if not said:
        raise BadRemark(_("Chưa ghi gì."))
    if kind == RemarkKind.REVIEW and (seat is None or seat.role != SeatRole.REVIEWER):
        raise BadRemark(_("Chỉ ủy viên phản biện ghi nhận xét phản biện."))
    made = Remark.objects.create(case=case, member=seat, kind=kind, text=said, by=by.id, at=at)
    record(by=by, at=at, action="case.remark", on=of_case(case), after={"kind": kind, "remark": made.pk})
    return made


@transaction.atomic
def conclude_case(*, case: Case, conditions: str, by: Actor, at: datetime) -> Outcome:
    """What the rule makes of the opened ballots, with the money the cuts leave; nobody chooses the result.

    Concluding again, after a cut was changed, replaces what was concluded before. Raises Denied, WrongState,
    NotDecidable.
    """
    current = _locked(case, by)
    moved(current, CASE_TRANSITIONS, "conclude")
    result = result_of(current)
    if result.recommended == Truth.UNKNOWN:
        raise NotDecidable(result)
    current.version += 1
    current.save()
    yes = result.recommended == Truth.YES
    outcome, made = Outcome.objects.update_or_create(
        case=current,
        defaults={
            "result": result.document(),
            "recommended": result.recommended.verdict,
            "amount": amount_left(current) if yes else 0,
            "reasons": reasons_of(result),
            "conditions": conditions.strip()[:8000],
            "rules_version": f"{result.version} {criteria_of(current.batch).fingerprint}",
            "by": by.id,
            "at": at,
        },
    )
    record(
        by=by, at=at, action="case.conclude", on=of_case(current), rule=outcome.rules_version,
        after={"recommended": outcome.recommended, "amount": outcome.amount, "mean": outcome.result["mean"],
               "again": not made},
    )  # fmt: skip
    tell_moved(current)
    return outcome


def amount_left(case: Case) -> int:
    """What is asked less the cuts."""
    return case.asked - sum(trim.asked - trim.proposed for trim in case.trims.all())


def reasons_of(result: Result) -> list[dict[str, Any]]:
    """Why it came out so: the steps that were not met; all of them when it is recommended."""
    yes = result.recommended == Truth.YES
    return [
        {"vi": step.words.vi, "en": step.words.en, "article": step.article, "code": step.code, "met": step.met.verdict}
        for step in result.steps
        if yes or step.met != Truth.YES
    ]


def item_key(item: str) -> str:
    """The same equipment or course, however it is typed."""
    return fold(squeeze(item))[:300]


def _cut(trim: Trim) -> dict[str, Any]:
    return {"line": trim.line, "asked": trim.asked, "proposed": trim.proposed}


def _locked(case: Case, by: Actor) -> Case:
    rows = Case.objects.select_for_update(of=("self",)).select_related("batch__council", "batch__criteria")
    current = rows.get(pk=case.pk)
    demand(may_conclude(by, current))
    return current
