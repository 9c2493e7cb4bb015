"""A programme's plan of a year: written, submitted by one person, approved by another or returned, closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Subject, record
from matxich.programmes.actions.moves import BadEntry, WrongState, demand_fresh, demand_text, move, reason_of
from matxich.programmes.contents import groups
from matxich.programmes.models import FundingLine, PlanItem, Programme, YearPlan
from matxich.programmes.permissions import is_open_to_change, may_approve_plan, may_direct, may_manage
from matxich.programmes.states import PLAN_TRANSITIONS, CallState, PlanState
from matxich.programmes.timing import steps
from matxich.rulebook.programmes.content_groups import unknown_groups
from matxich.rulebook.programmes.money import LARGEST
from matxich.rulebook.programmes.schedule import LONGEST, bad_durations
from matxich.rulebook.vietnamese.text import squeeze

MOST_ITEMS = 200
MOST_QUANTITY = Decimal("999999999.999")


class PlanThere(Refusal):
    """One plan a year; `existing` is the one."""

    code = "plan_there"

    def __init__(self, existing: YearPlan | None) -> None:
        super().__init__(_("Chương trình đã có kế hoạch của năm này."), _("Mở kế hoạch đã có."))
        self.existing = existing


class EmptyPlan(Refusal):
    """A plan is submitted with what it does."""

    code = "empty_plan"
    status = 422


class CallsOpen(Refusal):
    """Calls of the plan are not finished."""

    code = "calls_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row of a plan; as of PlanItem. `line`: the id of a funding line of the programme and year; amount in đồng."""

    content_group: str
    line: int
    quantity: Decimal
    unit: str
    amount: int
    title: str = ""


def subject_of(plan: YearPlan) -> Subject:
    programme = plan.programme
    return Subject("year_plan", str(plan.pk), f"{programme.code} {plan.year}", programme.place)


@transaction.atomic
def create_plan(*, programme: Programme, year: int, by: Actor, at: datetime) -> YearPlan:
    """Raises Denied, WrongState, BadEntry, PlanThere."""
    current = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    demand(may_manage(by, current))
    if not is_open_to_change(current):
        raise WrongState(_("Chương trình đã kết thúc nên không lập kế hoạch mới."))
    if not current.starts.year <= year <= current.ends.year:
        raise BadEntry("year", _("Năm ở ngoài thời gian của chương trình."))
    plan = YearPlan(programme=current, year=year, created_by=by.id, created_at=at)
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
    except IntegrityError:
        raise PlanThere(YearPlan.objects.filter(programme=current, year=year).first()) from None
    record(by=by, at=at, action="year_plan.create", on=subject_of(plan), after={"year": year})
    return plan


@transaction.atomic
def save_plan(
    *,
    plan: YearPlan,
    items: Iterable[Item],
    note: str,
    durations: Mapping[str, int],
    by: Actor,
    at: datetime,
    base_version: int,
) -> YearPlan:
    """All rows anew. `durations`: step → days where this plan differs. Raises Denied, Stale, WrongState, BadEntry."""
    current = _locked(plan)
    demand(may_manage(by, current.programme))
    demand_fresh(current, base_version)
    move(current, "save", PLAN_TRANSITIONS)
    rows = [_item(current, number, item) for number, item in enumerate(items, start=1)]
    if len(rows) > MOST_ITEMS:
        raise BadEntry("items", _("Kế hoạch có quá nhiều dòng (trên 200)."))
    if bad_durations(steps().steps, durations):
        raise BadEntry("durations", _("Mỗi bước mất từ 0 đến %(most)s ngày.") % {"most": LONGEST})
    before = _told(current)
    usual = {step.id: step.days for step in steps().steps}
    current.note = note.strip()[:4000]
    current.durations = {code: days for code, days in durations.items() if days != usual[code]}
    current.items.all().delete()
    PlanItem.objects.bulk_create(rows)
    _keep(current)
    record(by=by, at=at, action="year_plan.save", on=subject_of(current), before=before, after=_told(current))
    return current


@transaction.atomic
def submit_plan(*, plan: YearPlan, by: Actor, at: datetime, base_version: int) -> YearPlan:
    """For another person to approve. Raises Denied, Stale, WrongState, EmptyPlan."""
    current = _locked(plan)
    demand(may_manage(by, current.programme))
    demand_fresh(current, base_version)
    move(current, "submit", PLAN_TRANSITIONS)
    if not current.items.exists():
        raise EmptyPlan(_("Kế hoạch chưa có nội dung nào."), _("Thêm ít nhất một dòng rồi trình."))
    current.submitted_by, current.submitted_at, current.returned_reason = by.id, at, ""
    _keep(current)
    record(by=by, at=at, action="year_plan.submit", on=subject_of(current), after=_told(current))
    return current


@transaction.atomic
def return_plan(*, plan: YearPlan, by: Actor, at: datetime, reason: str, base_version: int) -> YearPlan:
    """Raises Denied, Stale, WrongState, NoReason."""
    current = _locked(plan)
    demand(may_approve_plan(by, current))
    demand_fresh(current, base_version)
    move(current, "return", PLAN_TRANSITIONS)
    current.returned_reason = reason_of(reason)
    _keep(current)
    record(by=by, at=at, action="year_plan.return", on=subject_of(current), reason=current.returned_reason)
    return current


@transaction.atomic
def approve_plan(
    *, plan: YearPlan, decision_no: str, decided_on: date, by: Actor, at: datetime, base_version: int
) -> YearPlan:
    """By the paper of `decided_on`; another person than who submitted. Raises Denied, Stale, WrongState, BadEntry."""
    current = _locked(plan)
    demand(may_approve_plan(by, current))
    demand_fresh(current, base_version)
    move(current, "approve", PLAN_TRANSITIONS)
    current.decision_no = demand_text("decision_no", decision_no, _("Ghi số quyết định phê duyệt."))[:100]
    if decided_on > timezone.localdate(at):
        raise BadEntry("decided_on", _("Ngày ở tương lai."), _("Ghi ngày trên quyết định."))
    current.decided_on, current.approved_by, current.approved_at = decided_on, by.id, at
    _keep(current)
    after = {"decision_no": current.decision_no, "decided_on": decided_on, "submitted_by": current.submitted_by}
    record(by=by, at=at, action="year_plan.approve", on=subject_of(current), after=after | _told(current))
    return current


@transaction.atomic
def reopen_plan(*, plan: YearPlan, by: Actor, at: datetime, reason: str, base_version: int) -> YearPlan:
    """To adjust an approved plan: it is approved anew by its own decision. Raises Denied, Stale, WrongState, NoReason.

    The decision it had stays in the history.
    """
    current = _locked(plan)
    demand(may_direct(by, current.programme))
    demand_fresh(current, base_version)
    move(current, "reopen", PLAN_TRANSITIONS)
    before = {"decision_no": current.decision_no, "decided_on": current.decided_on}
    current.returned_reason = reason_of(reason)
    _keep(current)
    record(
        by=by, at=at, action="year_plan.reopen", on=subject_of(current), before=before, reason=current.returned_reason
    )
    return current


@transaction.atomic
def close_plan(*, plan: YearPlan, by: Actor, at: datetime, base_version: int) -> YearPlan:
    """Once no call of it is at work. Raises Denied, Stale, WrongState, CallsOpen."""
    current = _locked(plan)
    demand(may_direct(by, current.programme))
    demand_fresh(current, base_version)
    move(current, "close", PLAN_TRANSITIONS)
    if current.calls.filter(state__in=(CallState.DRAFT, CallState.PUBLISHED)).exists():
        raise CallsOpen(_("Kế hoạch còn đợt nhận hồ sơ chưa xong."), _("Hoàn tất hoặc hủy các đợt đó trước."))
    _keep(current)
    record(by=by, at=at, action="year_plan.close", on=subject_of(current), after={"state": current.state})
    return current


def _item(plan: YearPlan, number: int, item: Item) -> PlanItem:
    where = f"items-{number}"
    if wrong := unknown_groups(groups(), [item.content_group], plan.programme.kind):
        raise BadEntry(where, _("Chương trình loại này không có nội dung %(code)s.") % {"code": wrong[0]})
    line = FundingLine.objects.filter(pk=item.line, programme=plan.programme, year=plan.year).first()
    if line is None:
        raise BadEntry(where, _("Chọn nguồn kinh phí của chương trình trong năm này."))
    if not 0 <= item.amount <= LARGEST:
        raise BadEntry(where, _("Số tiền từ 0 đến 10^15 đồng."))
    if not 0 < item.quantity <= MOST_QUANTITY:
        raise BadEntry(where, _("Số lượng phải lớn hơn 0."))
    return PlanItem(
        plan=plan, order=number, content_group=item.content_group, title=squeeze(item.title)[:300],
        funding_line=line, quantity=item.quantity, unit=demand_text(where, item.unit, _("Ghi đơn vị tính."))[:50],
        amount=item.amount,
    )  # fmt: skip


def _told(plan: YearPlan) -> dict[str, Any]:
    rows = plan.items.order_by("order").values_list(
        "content_group", "title", "funding_line", "quantity", "unit", "amount"
    )
    told = [[str(value) if isinstance(value, Decimal) else value for value in row] for row in rows]
    return {"items": told, "durations": plan.durations, "state": PlanState(plan.state).value}


def _locked(plan: YearPlan) -> YearPlan:
    found = YearPlan.objects.select_for_update(of=("self",)).select_related("programme__agency")
    return found.get(pk=plan.pk)


def _keep(plan: YearPlan) -> None:
    plan.version += 1
    plan.save()
