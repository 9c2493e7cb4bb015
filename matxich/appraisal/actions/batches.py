"""Batches: what one decision will be about. Opened for a call or by hand, started, ranked, opened again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.appraisal.actions.criteria import set_in_use
from matxich.appraisal.actions.moving import kept, locked, moved, of_batch
from matxich.appraisal.models import Batch, Council, CriteriaSet
from matxich.appraisal.permissions import may_feed
from matxich.appraisal.states import BATCH_TRANSITIONS, CouncilState, CriteriaState, Route
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
        kept_parts["quotas"] = told["quotas"]
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
