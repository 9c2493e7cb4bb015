"""Batches: what one decision will be about. Opened for a call or by hand, started, ranked, opened again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.appraisal.actions.cases import tell_moved
from matxich.appraisal.actions.criteria import set_in_use
from matxich.appraisal.actions.interests import detect
from matxich.appraisal.actions.moving import WrongState, demand_reason, kept, locked, moved, of_batch
from matxich.appraisal.actions.ranking import sound_quotas, work_out
from matxich.appraisal.models import Batch, Council, CriteriaSet, Decision
from matxich.appraisal.permissions import may_feed, may_lead
from matxich.appraisal.states import (
    BATCH_TRANSITIONS,
    CASE_TRANSITIONS,
    DECIDING,
    LIVE,
    CaseState,
    CouncilState,
    CriteriaState,
    Route,
)
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.programmes.models import Call, FundingLine
from matxich.rulebook.appraisal.criteria import TIES
from matxich.rulebook.vietnamese.text import squeeze

DEFAULT_SET = "cnht-default"


class BadBatch(Refusal):
    """A batch without a name, of a council that does not work, or of a criteria set that is not in use."""

    code = "bad_batch"
    status = 422

    def __init__(self, where: str, message: object, hint: object = "") -> None:
        super().__init__(str(message), str(hint))
        self.field = where


class NotAllConcluded(Refusal):
    """A list is ranked when every case on it is concluded."""

    code = "not_all_concluded"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFacts:
    """Everything a person chooses of a batch."""

    name: str
    criteria: CriteriaSet
    route: str = Route.COUNCIL
    council: Council | None = None
    funding_line: FundingLine | None = None
    assigned_only: bool = False
    rank_rule: Mapping[str, Any] | None = None


@transaction.atomic
def batch_for_call(call: Call, *, by: Actor, at: datetime) -> Batch:
    """The batch of a call's proposals; made the first time it is asked for. Raises Denied, UnknownSet."""
    if found := Batch.objects.filter(call=call).first():
        return found
    programme = call.plan.programme
    draft = Batch(agency=programme.agency, place=programme.place)
    demand(may_feed(by, draft))
    batch, made = Batch.objects.get_or_create(
        call=call,
        defaults={
            "name": call.title[:200],
            "year": call.plan.year,
            "agency": programme.agency,
            "place": programme.place,
            "criteria": set_in_use(call.criteria_code or DEFAULT_SET, agency=programme.agency, by=by, at=at),
            "route": call.route,
            "funding_line": call.funding_lines.order_by("id").first(),
            "rank_rule": sound_rank_rule(call.rank_rule),
            "is_demo": programme.is_demo,
            "created_by": by.id,
            "created_at": at,
        },
    )
    if made:
        record(by=by, at=at, action="batch.create", on=of_batch(batch), after={"call": call.code})
    return batch


@transaction.atomic
def create_batch(*, agency: Agency, year: int, place: str, facts: BatchFacts, by: Actor, at: datetime) -> Batch:
    """A batch of its own, for cases that come from no call. Raises Denied, BadBatch."""
    batch = Batch(agency=agency, year=year, place=place, created_by=by.id, created_at=at)
    demand(may_feed(by, batch))
    _fill(batch, facts)
    batch.save()
    record(by=by, at=at, action="batch.create", on=of_batch(batch), after=_told(batch))
    return batch


@transaction.atomic
def change_batch(*, batch: Batch, facts: BatchFacts, by: Actor, at: datetime, base_version: int) -> Batch:
    """While cases are collected. Raises Denied, Stale, WrongState, BadBatch."""
    current = locked(batch, base_version)
    demand(may_feed(by, current))
    moved(current, BATCH_TRANSITIONS, "save")
    before = _told(current)
    _fill(current, facts)
    kept(current)
    record(by=by, at=at, action="batch.change", on=of_batch(current), before=before, after=_told(current))
    return current


def _fill(batch: Batch, facts: BatchFacts) -> None:
    batch.name = squeeze(facts.name)[:200]
    if not batch.name:
        raise BadBatch("name", _("Chưa đặt tên đợt."))
    if facts.criteria.state != CriteriaState.IN_USE:
        raise BadBatch("criteria", _("Bộ tiêu chí này chưa được đưa vào dùng hoặc đã thôi dùng."))
    if facts.council is not None:
        if facts.council.kind != facts.route:
            raise BadBatch("council", _("Hội đồng hoặc bộ phận được chọn không đúng hình thức thẩm định của đợt."))
        if facts.council.state == CouncilState.DISSOLVED:
            raise BadBatch("council", _("Hội đồng này đã giải thể."))
    batch.criteria, batch.route, batch.council = facts.criteria, facts.route, facts.council
    batch.funding_line, batch.assigned_only = facts.funding_line, facts.assigned_only
    batch.rank_rule = sound_rank_rule(facts.rank_rule or {})


def sound_rank_rule(told: Mapping[str, Any]) -> dict[str, Any]:
    """The parts that are understood here; what a call says beyond them stays with the call."""
    kept_parts: dict[str, Any] = {}
    ties = [each for each in told.get("ties", ()) if each in TIES]
    if ties:
        kept_parts["ties"] = ties
    if isinstance(told.get("quotas"), list):
        kept_parts["quotas"] = sound_quotas(told["quotas"])
    return kept_parts


def _told(batch: Batch) -> dict[str, Any]:
    return {
        "name": batch.name,
        "criteria": str(batch.criteria_id),
        "route": batch.route,
        "council": batch.council_id,
        "funding_line": batch.funding_line_id,
        "assigned_only": batch.assigned_only,
        "rank_rule": batch.rank_rule,
    }


@transaction.atomic
def start_batch(*, batch: Batch, by: Actor, at: datetime, base_version: int) -> Batch:
    """Cases are collected no longer; interests are looked for, ballots may be handed in. Raises Denied, Stale,
    WrongState, BadBatch."""
    current = locked(batch, base_version, "council")
    demand(may_lead(by, current))
    if current.council is None or current.council.state != CouncilState.FOUNDED:
        raise BadBatch("council", _("Đợt chưa có hội đồng hoặc bộ phận thẩm định đã thành lập."))
    cases = list(current.cases.select_for_update(of=("self",)).filter(state=CaseState.COLLECTED))
    if not cases:
        raise BadBatch("cases", _("Đợt chưa có hồ sơ nào."))
    moved(current, BATCH_TRANSITIONS, "start")
    kept(current)
    for case in cases:
        moved(case, CASE_TRANSITIONS, "start")
        case.version += 1
        case.save(update_fields=["state", "version"])
        tell_moved(case)
    found = detect(batch=current, by=by, at=at)
    record(by=by, at=at, action="batch.start", on=of_batch(current), after={"cases": len(cases), "signs": found})
    return current


@transaction.atomic
def rank_batch(*, batch: Batch, by: Actor, at: datetime, base_version: int) -> Batch:
    """Every case is concluded: the list may be ranked and a decision prepared. Raises Denied, Stale, WrongState,
    NotAllConcluded."""
    current = locked(batch, base_version, "criteria", "funding_line")
    demand(may_lead(by, current))
    open_ones = current.cases.filter(state__in=LIVE).exclude(state=CaseState.CONCLUDED).count()
    if open_ones or not current.cases.filter(state=CaseState.CONCLUDED).exists():
        raise NotAllConcluded(
            _("Còn %(count)s hồ sơ chưa có kết luận.") % {"count": open_ones},
            _("Kết luận hoặc rút từng hồ sơ trước khi xếp hạng."),
        )
    moved(current, BATCH_TRANSITIONS, "rank")
    current.ranked_at = at
    kept(current)
    work_out(current, current.rank_rule.get("quotas", []), by, at)
    return current


@transaction.atomic
def reopen_batch(*, batch: Batch, by: Actor, at: datetime, base_version: int, reason: str) -> Batch:
    """A conclusion has to be looked at again; refused once a decision was submitted. Raises Denied, Stale, WrongState,
    ReasonMissing."""
    current = locked(batch, base_version)
    demand(may_lead(by, current))
    why = demand_reason(reason)
    if Decision.objects.filter(batch=current, state__in=DECIDING).exists():
        raise WrongState(
            _("Phương án hỗ trợ đã trình, nên không mở lại được việc thẩm định."), _("Trả lại phương án trước.")
        )
    moved(current, BATCH_TRANSITIONS, "reopen")
    current.ranked_at = None
    kept(current)
    record(by=by, at=at, action="batch.reopen", on=of_batch(current), reason=why)
    return current
