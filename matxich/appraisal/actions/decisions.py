"""The decision of a batch: chosen from the ranked list, frozen when submitted, approved by another person, issued."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.appraisal.actions.moving import demand_reason, kept, locked, moved, of_case, of_decision
from matxich.appraisal.actions.ranking import work_out
from matxich.appraisal.models import ApprovedPrice, Batch, Case, Decision
from matxich.appraisal.permissions import may_approve, may_lead, may_prepare_decision
from matxich.appraisal.queries.snapshot import prices_of, snapshot_hash, snapshot_of
from matxich.appraisal.signals import case_decided
from matxich.appraisal.states import (
    BATCH_TRANSITIONS,
    CASE_TRANSITIONS,
    DECISION_TRANSITIONS,
    BatchState,
    DecisionState,
)
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Draft, record, record_many
from matxich.programmes.actions.money import commit, release
from matxich.programmes.models import Commitment


class BadChoice(Refusal):
    """A choice that the rules of the batch do not allow; `case` says of which."""

    code = "bad_choice"
    status = 422

    def __init__(self, message: object, hint: object = "", case: int | None = None) -> None:
        super().__init__(str(message), str(hint))
        self.case = case


class NothingRanked(Refusal):
    code = "nothing_ranked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """`amounts`: case → đồng granted, cases left out get none. `departures`: case → why it departs from the official
    cut. `reserve`: cases that follow, in order, should money come back. `refusals`: case → words for the letter."""

    amounts: Mapping[int, int]
    departures: Mapping[int, str] = field(default_factory=dict)
    reserve: tuple[int, ...] = ()
    refusals: Mapping[int, str] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        return {
            "amounts": {str(case): amount for case, amount in sorted(self.amounts.items()) if amount},
            "departures": {str(case): " ".join(why.split())[:500] for case, why in sorted(self.departures.items())},
            "reserve": list(dict.fromkeys(self.reserve)),
            "refusals": {str(case): why.strip()[:2000] for case, why in sorted(self.refusals.items()) if why.strip()},
        }


@transaction.atomic
def draft_decision(*, batch: Batch, by: Actor, at: datetime) -> Decision:
    """Begun with the official cut as the choice; again gives the one that is there. Raises Denied, NothingRanked."""
    current = locked(batch, None, "agency", "criteria", "funding_line")
    demand(may_lead(by, current))
    if there := Decision.objects.filter(batch=current).first():
        return there
    if current.state != BatchState.RANKED:
        raise NothingRanked(_("Đợt chưa được xếp hạng."), _("Xếp hạng khi mọi hồ sơ đã có kết luận."))
    run = current.rankings.order_by("-id")[:1].get()
    decision = Decision(batch=current, run=run, prepared_by=by.id, prepared_at=at)
    snapshot = snapshot_of(current, run, {})
    decision.choices = Choices(
        amounts={row["case"]: row["cut"] for row in snapshot["ranked"] if row["cut"]},
        reserve=tuple(row["case"] for row in snapshot["ranked"] if row["recommended"] == "met" and not row["cut"]),
    ).document()
    decision.total = sum(decision.choices["amounts"].values())
    decision.save()
    record(by=by, at=at, action="decision.draft", on=of_decision(decision), after=decision.choices)
    return decision


@transaction.atomic
def save_choices(*, decision: Decision, choices: Choices, by: Actor, at: datetime, base_version: int) -> Decision:
    """Whoever saves is the one who prepared it. Raises Denied, Stale, WrongState, BadChoice."""
    current = _locked(decision, base_version)
    demand(may_prepare_decision(by, current))
    moved(current, DECISION_TRANSITIONS, "save")
    before = current.choices
    current.choices = choices.document()
    _demand_allowed(current, finished=False)
    current.total = sum(current.choices["amounts"].values())
    current.prepared_by, current.prepared_at, current.approved_by = by.id, at, ""
    kept(current)
    record(by=by, at=at, action="decision.draft", on=of_decision(current), before=before, after=current.choices)
    return current


@transaction.atomic
def submit_decision(*, decision: Decision, by: Actor, at: datetime, base_version: int) -> Decision:
    """The snapshot is frozen: ranked list, cut, optimum, cuts, reserve, departures, refusals. Raises Denied, Stale,
    WrongState, BadChoice."""
    current = _locked(decision, base_version)
    demand(may_prepare_decision(by, current))
    if current.batch.state != BatchState.RANKED:
        raise NothingRanked(_("Đợt chưa được xếp hạng."), _("Xếp hạng khi mọi hồ sơ đã có kết luận."))
    moved(current, DECISION_TRANSITIONS, "submit")
    # Ranked anew under the quotas of the last run: what is frozen rests on the money there is today.
    current.run = work_out(current.batch, current.batch.rankings.order_by("-id")[:1].get().problem["quotas"], by, at)
    _demand_allowed(current, finished=True)
    current.snapshot = snapshot_of(current.batch, current.run, current.choices)
    current.sha256 = snapshot_hash(current.snapshot)
    current.prepared_by, current.submitted_at, current.return_reason = by.id, at, ""
    kept(current)
    record(
        by=by, at=at, action="decision.submit", on=of_decision(current),
        after={"sha256": current.sha256, "total": current.total},
    )  # fmt: skip
    return current


@transaction.atomic
def return_decision(*, decision: Decision, by: Actor, at: datetime, base_version: int, reason: str) -> Decision:
    """To whoever prepared it; money that its approval committed is let go. Raises Denied, Stale, WrongState,
    ReasonMissing."""
    current = _locked(decision, base_version)
    demand(may_approve(by, current))
    why = demand_reason(reason)
    approved = current.state == DecisionState.APPROVED
    moved(current, DECISION_TRANSITIONS, "return")
    if approved:
        for held in _commitments(current):
            release(commitment=held, amount=held.amount - held.released, by=by, at=at, reason=why)
    current.return_reason, current.approved_by, current.approved_at = why, "", None
    kept(current)
    record(by=by, at=at, action="decision.return", on=of_decision(current), reason=why)
    return current


@transaction.atomic
def approve_decision(*, decision: Decision, by: Actor, at: datetime, base_version: int) -> Decision:
    """By another person than prepared it; the money of each case is committed, never twice.

    Raises Denied, Stale, WrongState, BadChoice (the cases are not as they were), NotEnoughMoney.
    """
    current = _locked(decision, base_version)
    demand(may_approve(by, current))
    moved(current, DECISION_TRANSITIONS, "approve")
    if snapshot_hash(snapshot_of(current.batch, current.run, current.choices)) != current.sha256:
        raise BadChoice(_("Kết luận của hội đồng đã thay đổi sau khi trình."), _("Trả lại để soạn lại phương án."))
    current.approved_by, current.approved_at = by.id, at
    line = current.batch.funding_line
    if line is not None:
        for row in current.snapshot["ranked"]:
            if row["granted"]:
                commit(
                    line=line, amount=row["granted"], owner=("decision", current.pk),
                    key=f"decision:{current.pk}/{base_version}/case:{row['case']}",
                    label=f"{row['reference']} {row['organisation']}"[:200],
                    made_by=current.prepared_by, by=by, at=at, reason=current.batch.name,
                )  # fmt: skip
    elif current.total:
        raise BadChoice(_("Đợt chưa có nguồn kinh phí."), _("Chọn nguồn kinh phí của đợt trước khi duyệt."))
    kept(current)
    record(
        by=by, at=at, action="decision.approve", on=of_decision(current),
        after={"sha256": current.sha256, "total": current.total, "prepared_by": current.prepared_by},
    )  # fmt: skip
    return current


@transaction.atomic
def issue_decision(*, decision: Decision, number: str, on: date, paper: int, by: Actor, at: datetime) -> Decision:
    """What its paper's issue brings about: the batch and its cases are decided, and the rooms above hear it.

    Not a click of its own: the correspondence room has asked who may. Again changes nothing. Raises WrongState.
    """
    current = _locked(decision, None)
    if current.state == DecisionState.ISSUED:
        return current
    moved(current, DECISION_TRANSITIONS, "issue")
    current.number, current.issued_on, current.issued_at, current.paper = number, on, at, paper
    kept(current)
    batch = locked(current.batch, None)
    moved(batch, BATCH_TRANSITIONS, "decide")
    kept(batch)
    rows = {row["case"]: row for row in current.snapshot["ranked"]}
    cases = list(batch.cases.select_for_update(of=("self",)).filter(pk__in=rows).select_related("batch"))
    drafts = []
    for case in cases:
        row = rows[case.pk]
        moved(case, CASE_TRANSITIONS, "decide")
        case.version += 1
        case.save(update_fields=["state", "version"])
        drafts.append(
            Draft(
                by=by, at=at, action="decision.issue", on=of_case(case),
                after={"granted": row["granted"], "decision": current.pk, "number": number},
            )
        )  # fmt: skip
    ApprovedPrice.objects.bulk_create(
        (price for case in cases for price in prices_of(case, rows[case.pk])), ignore_conflicts=True
    )
    record_many(drafts)
    record(
        by=by, at=at, action="decision.issue", on=of_decision(current),
        after={"number": number, "on": on, "sha256": current.sha256, "total": current.total},
    )  # fmt: skip
    for case in cases:
        row = rows[case.pk]
        case_decided.send(
            sender=Case, kind=case.owner_kind, id=case.owner_id, recommended=bool(row["granted"]),
            amount=row["granted"], reasons=row["told"], decision=current.pk, reserve=row["reserve"],
        )  # fmt: skip
    return current


class DecisionStands(Refusal):
    """Its cases are decided and its money committed: it is replaced by another decision, not withdrawn."""

    code = "decision_stands"


def demand_not_issued(decision: Decision) -> None:
    """Raises DecisionStands."""
    if decision.state == DecisionState.ISSUED:
        raise DecisionStands(
            _("Quyết định đã có hiệu lực với các hồ sơ và kinh phí."), _("Ban hành quyết định khác để thay thế.")
        )


def _demand_allowed(decision: Decision, *, finished: bool) -> None:
    """Only cases the council recommends get money, within what it left them, within the line; departures say why."""
    snapshot = snapshot_of(decision.batch, decision.run, decision.choices)
    rows = {row["case"]: row for row in snapshot["ranked"]}
    chosen = decision.choices
    for case in {int(each) for part in ("amounts", "departures", "refusals") for each in chosen[part]} - set(rows):
        raise BadChoice(_("Có hồ sơ không thuộc đợt này."), case=case)
    if set(chosen["reserve"]) - set(rows):
        raise BadChoice(_("Có hồ sơ không thuộc đợt này."))
    for row in snapshot["ranked"]:
        _demand_row(row, finished=finished)
    if snapshot["budget"] is not None and snapshot["granted"] > snapshot["budget"]:
        raise BadChoice(_("Tổng số tiền vượt kinh phí còn lại của nguồn."))


def _demand_row(row: Mapping[str, Any], *, finished: bool) -> None:
    granted, case = row["granted"], row["case"]
    name = {"name": row["reference"]}
    if granted and row["recommended"] != "met":
        raise BadChoice(_("%(name)s không được hội đồng đề nghị nên không được hỗ trợ.") % name, case=case)
    if not isinstance(granted, int) or not 0 <= granted <= row["amount"]:
        raise BadChoice(_("%(name)s: số tiền từ 0 đến mức hội đồng đề nghị.") % name, case=case)
    if granted and row["least"] is not None and granted < row["least"]:
        raise BadChoice(_("%(name)s: dưới mức tối thiểu chủ trì làm được.") % name, case=case)
    if finished and row["departs"] and not row["departure"]:
        raise BadChoice(_("%(name)s khác phương án theo thứ hạng; ghi lý do.") % name, case=case)


def _commitments(decision: Decision) -> list[Commitment]:
    rows = Commitment.objects.filter(owner_kind="decision", owner_id=str(decision.pk)).order_by("id")
    return [each for each in rows if each.amount > each.released]


def _locked(decision: Decision, base_version: int | None) -> Decision:
    return locked(
        decision, base_version, "batch__agency", "batch__criteria", "batch__council", "batch__funding_line", "run"
    )
