"""The reserve list of an issued decision: money that comes back goes to it in order; the rest is told it is over."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.appraisal.actions.decisions import BadChoice
from matxich.appraisal.actions.moving import WrongState, demand_reason, kept, locked, of_case, of_decision
from matxich.appraisal.models import ApprovedPrice, Case, Decision
from matxich.appraisal.permissions import may_approve, may_lead
from matxich.appraisal.queries.snapshot import prices_of, waiting_reserve
from matxich.appraisal.signals import case_decided
from matxich.appraisal.states import DecisionState
from matxich.kit.actor import Actor
from matxich.kit.refusals import demand
from matxich.ledger.actions import record
from matxich.programmes.actions.money import commit


@transaction.atomic
def promote(
    *, decision: Decision, case: int, amount: int, number: str, on: date, reason: str, by: Actor, at: datetime,
    base_version: int,
) -> Decision:  # fmt: skip
    """Support the next case of the reserve list. `number`, `on`: the signed decision that adds it. `reason`: whose
    money came back; where the case is not the first that waits, why it goes before the others.

    By another person than prepared the decision. The money is committed at once.
    Raises Denied, Stale, WrongState, BadChoice, ReasonMissing, NotEnoughMoney.
    """
    current, row = _held(decision, case, base_version)
    demand(may_approve(by, current))
    why = demand_reason(reason)
    if not number.strip():
        raise BadChoice(_("Ghi số, ký hiệu của quyết định bổ sung."), case=case)
    if not row["least"] <= amount <= row["amount"] or amount <= 0:
        raise BadChoice(_("Số tiền từ mức tối thiểu chủ trì làm được đến mức hội đồng đề nghị."), case=case)
    line = current.batch.funding_line
    if line is None:
        raise BadChoice(_("Đợt chưa có nguồn kinh phí."), case=case)
    commit(
        line=line, amount=amount, owner=("decision", current.pk), key=f"decision:{current.pk}/reserve/case:{case}",
        label=f"{row['reference']} {row['organisation']}"[:200], made_by=current.prepared_by, by=by, at=at, reason=why,
        decision_no=number.strip()[:100], on=on,
    )  # fmt: skip
    judged = Case.objects.select_related("batch").get(pk=case)
    ApprovedPrice.objects.bulk_create(prices_of(judged, row | {"granted": amount}), ignore_conflicts=True)
    _close(current, judged, {"granted": amount, "number": number.strip()[:100], "on": on.isoformat()}, why, by, at)
    case_decided.send(
        sender=Case, kind=judged.owner_kind, id=judged.owner_id, recommended=True, amount=amount, reasons=row["told"],
        decision=current.pk, reserve=None,
    )  # fmt: skip
    return current


@transaction.atomic
def end_reserve(*, decision: Decision, case: int, reason: str, by: Actor, at: datetime, base_version: int) -> Decision:
    """No money will come back for this case: its applicant is told, and a letter may be drafted.

    Raises Denied, Stale, WrongState, ReasonMissing.
    """
    current, row = _held(decision, case, base_version)
    demand(may_lead(by, current.batch))
    why = demand_reason(reason)
    judged = Case.objects.select_related("batch").get(pk=case)
    _close(current, judged, {"granted": 0}, why, by, at)
    case_decided.send(
        sender=Case, kind=judged.owner_kind, id=judged.owner_id, recommended=False, amount=0,
        reasons=[*row["told"], {"vi": why, "en": why, "article": ""}], decision=current.pk, reserve=None,
    )  # fmt: skip
    return current


@transaction.atomic
def leave_reserve(*, case: Case, by: Actor, at: datetime, reason: str) -> None:
    """Its owner takes it off the list; a case that waits on none stays as it is. Raises ReasonMissing."""
    decision = Decision.objects.filter(batch=case.batch_id, state=DecisionState.ISSUED).first()
    if decision is None:
        return
    current = locked(decision, None)
    if any(row["case"] == case.pk for row in waiting_reserve(current)):
        _close(current, case, {"granted": 0}, demand_reason(reason), by, at)


def _held(decision: Decision, case: int, base_version: int) -> tuple[Decision, dict[str, Any]]:
    current = locked(decision, base_version, "batch__agency", "batch__funding_line__programme")
    row = next((row for row in waiting_reserve(current) if row["case"] == case), None)
    if current.state != DecisionState.ISSUED or row is None:
        raise WrongState(
            _("Hồ sơ này không còn chờ trong danh sách dự phòng."), _("Tải lại trang để xem trạng thái hiện tại.")
        )
    return current, row


def _close(decision: Decision, case: Case, what: dict[str, Any], why: str, by: Actor, at: datetime) -> None:
    told = what | {"reason": why}
    decision.reserve_after = decision.reserve_after | {str(case.pk): told | {"by": by.id, "at": at.isoformat()}}
    decision.total += what["granted"]
    kept(decision)
    action = "decision.promote" if what["granted"] else "decision.end_reserve"
    record(by=by, at=at, action=action, on=of_decision(decision), after=told | {"case": case.pk}, reason=why)
    record(by=by, at=at, action=action, on=of_case(case), after=told | {"decision": decision.pk}, reason=why)
