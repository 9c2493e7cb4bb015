"""Calls for proposals: drafted under a plan, published, extended, finished or cancelled; their calendar of steps.

Instants are UTC; a call takes proposals from `opens_at` until before `closes_at`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Subject, record
from matxich.programmes.actions.moves import BadEntry, WrongState, changes, demand_fresh, demand_text, move, reason_of
from matxich.programmes.actions.programmes import CODE, CodeTaken
from matxich.programmes.contents import groups
from matxich.programmes.models import Call, CallDate, FundingLine, YearPlan
from matxich.programmes.permissions import (
    is_open_to_change,
    may_cancel_call,
    may_manage,
    may_manage_call,
    may_publish_call,
)
from matxich.programmes.queries.calls import missing
from matxich.programmes.states import CALL_TRANSITIONS, CallState, PlanState, Route
from matxich.programmes.timing import OTHER, day_of_law, steps
from matxich.rulebook.programmes.content_groups import supports_of, unknown_groups
from matxich.rulebook.programmes.money import LARGEST
from matxich.rulebook.programmes.schedule import PLAN_STEPS
from matxich.rulebook.vietnamese.text import squeeze

MOST_DATES = 60
OWN_STEPS = frozenset({*PLAN_STEPS, "published", "closes"})
"""Steps whose day the plan and the call itself know."""


class NotReady(Refusal):
    """What a call lacks before the public may hear of it; `faults` by field."""

    code = "call_not_ready"
    status = 422

    def __init__(self, faults: Mapping[str, object]) -> None:
        super().__init__(" ".join(str(text) for text in faults.values()), _("Bổ sung rồi công bố."))
        self.faults = dict(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a call says; as of Call. `lines`: ids of funding lines of the plan's programme; money in đồng."""

    code: str
    title: str
    content_groups: tuple[str, ...]
    lines: tuple[int, ...]
    title_en: str = ""
    supports: tuple[str, ...] = ()
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    route: str = Route.COUNCIL
    criteria_code: str = ""
    form_code: str = ""
    rank_rule: Mapping[str, Any] | None = None
    instructions: str = ""
    instructions_en: str = ""
    max_amount: int | None = None
    joint_allowed: bool = False
    grouped_allowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One line of the calendar; as of CallDate. `on` None: nobody knows yet."""

    step: str
    on: date | None
    label: str = ""
    source: str = ""


def subject_of(call: Call) -> Subject:
    return Subject("call", str(call.pk), f"{call.code} {call.title}"[:200], call.plan.programme.place)


@transaction.atomic
def create_call(*, plan: YearPlan, draft: Draft, by: Actor, at: datetime) -> Call:
    """A draft with the days that the law sets for its programme; unseen ones empty.

    Raises Denied, WrongState, BadEntry, CodeTaken.
    """
    demand(may_manage(by, plan.programme))
    if not is_open_to_change(plan.programme) or plan.state == PlanState.CLOSED:
        raise WrongState(_("Kế hoạch hoặc chương trình đã kết thúc nên không lập đợt mới."))
    call = Call(plan=plan, created_by=by.id, created_at=at)
    lines = _fill(call, draft)
    try:
        with transaction.atomic():
            call.save(force_insert=True)
    except IntegrityError:
        raise _taken(call.code) from None
    call.funding_lines.set(lines)
    CallDate.objects.bulk_create(
        CallDate(
            call=call,
            step=legal.id,
            on=day_of_law(legal, plan.year),
            source=legal.unseen or " ".join(legal.figure or ()),
        )
        for legal in steps().dates_for(plan.programme.kind)
    )
    record(by=by, at=at, action="call.create", on=subject_of(call), after=told(call))
    return call


@transaction.atomic
def save_call(*, call: Call, draft: Draft, by: Actor, at: datetime, base_version: int) -> Call:
    """Only a draft: what was published stands. Raises Denied, Stale, WrongState, BadEntry, CodeTaken."""
    current = _locked(call)
    demand(may_manage_call(by, current))
    demand_fresh(current, base_version)
    move(current, "save", CALL_TRANSITIONS)
    before = told(current)
    lines = _fill(current, draft)
    if Call.objects.filter(code=current.code).exclude(pk=current.pk).exists():
        raise _taken(current.code)
    _keep(current)
    current.funding_lines.set(lines)
    old, new = changes(before, told(current))
    record(by=by, at=at, action="call.save", on=subject_of(current), before=old, after=new)
    return current


@transaction.atomic
def publish_call(*, call: Call, by: Actor, at: datetime, base_version: int) -> Call:
    """The public hears of it. Raises Denied, Stale, WrongState, NotReady with what is missing."""
    current = _locked(call)
    demand(may_publish_call(by, current))
    demand_fresh(current, base_version)
    move(current, "publish", CALL_TRANSITIONS)
    if faults := missing(current, at):
        raise NotReady(faults)
    current.published_at = at
    _keep(current)
    record(by=by, at=at, action="call.publish", on=subject_of(current), after=told(current))
    return current


@transaction.atomic
def extend_call(*, call: Call, closes_at: datetime, by: Actor, at: datetime, reason: str, base_version: int) -> Call:
    """A later deadline, told to the public with the first one; never an earlier. It may have passed already.

    Raises Denied, Stale, WrongState, BadEntry, NoReason.
    """
    current = _locked(call)
    demand(may_publish_call(by, current))
    demand_fresh(current, base_version)
    move(current, "extend", CALL_TRANSITIONS)
    why = reason_of(reason)
    assert current.closes_at is not None
    if closes_at <= current.closes_at or closes_at <= at:
        raise BadEntry("closes_at", _("Hạn mới phải sau hạn đã công bố và sau lúc này."))
    before = current.closes_at
    current.first_closes_at = current.first_closes_at or before
    current.closes_at, current.state_reason = closes_at, why
    _keep(current)
    record(
        by=by, at=at, action="call.extend", on=subject_of(current), before={"closes_at": before},
        after={"closes_at": closes_at}, reason=why,
    )  # fmt: skip
    return current


@transaction.atomic
def close_call(*, call: Call, by: Actor, at: datetime, base_version: int) -> Call:
    """Its work is done: every proposal decided. Raises Denied, Stale, WrongState, BadEntry while it takes proposals."""
    current = _locked(call)
    demand(may_publish_call(by, current))
    demand_fresh(current, base_version)
    if current.state == CallState.PUBLISHED and current.closes_at and at < current.closes_at:
        raise BadEntry("closes_at", _("Đợt này chưa hết hạn nhận hồ sơ nên chưa hoàn tất được."))
    move(current, "close", CALL_TRANSITIONS)
    _keep(current)
    record(by=by, at=at, action="call.close", on=subject_of(current), after={"state": current.state})
    return current


@transaction.atomic
def cancel_call(*, call: Call, by: Actor, at: datetime, reason: str, base_version: int) -> Call:
    """A published one stays public, with the reason. Raises Denied, Stale, WrongState, NoReason."""
    current = _locked(call)
    demand(may_cancel_call(by, current))
    demand_fresh(current, base_version)
    move(current, "cancel", CALL_TRANSITIONS)
    current.state_reason = reason_of(reason)
    _keep(current)
    record(by=by, at=at, action="call.cancel", on=subject_of(current), reason=current.state_reason)
    return current


@transaction.atomic
def set_dates(*, call: Call, dates: Iterable[Dated], by: Actor, at: datetime, base_version: int) -> Call:
    """The calendar anew; days on which steps were done stay. Raises Denied, Stale, WrongState, BadEntry."""
    current = _locked(call)
    demand(may_manage_call(by, current))
    demand_fresh(current, base_version)
    _demand_at_work(current)
    before = _calendar(current)
    done = {(each.step, each.label): each.done_on for each in current.dates.all() if each.done_on}
    rows = [_dated(current, each) for each in dates]
    keys = [(row.step, row.label) for row in rows]
    if len(set(keys)) != len(keys):
        raise BadEntry("dates", _("Có bước ghi hai lần."))
    if len(rows) > MOST_DATES:
        raise BadEntry("dates", _("Lịch có quá nhiều dòng (trên 60)."))
    for row in rows:
        row.done_on = done.pop((row.step, row.label), None)
    rows += [CallDate(call=current, step=step, label=label, done_on=day) for (step, label), day in done.items()]
    current.dates.all().delete()
    CallDate.objects.bulk_create(rows)
    _keep(current)
    record(by=by, at=at, action="call.set_dates", on=subject_of(current), before=before, after=_calendar(current))
    return current


@transaction.atomic
def record_step(*, call: Call, step: str, on: date, by: Actor, at: datetime, label: str = "") -> CallDate:
    """A step happened on a local day; said again, the later word counts. Raises Denied, BadEntry."""
    current = _locked(call)
    demand(may_manage_call(by, current))
    return note_step(call=current, step=step, on=on, by=by, at=at, label=label)


@transaction.atomic
def note_step(*, call: Call, step: str, on: date, by: Actor, at: datetime, label: str = "") -> CallDate:
    """For upper rooms, which have asked already who may: a step of theirs ("checked", "appraised", "decided",
    "contracted") happened on a local day. Raises BadEntry."""
    if step in OWN_STEPS or (steps().named(step) is None and step != OTHER):
        raise BadEntry("step", _("Không có bước này, hoặc ngày của bước này do chính kế hoạch, đợt nhận hồ sơ giữ."))
    if on > timezone.localdate(at):
        raise BadEntry("on", _("Ngày ở tương lai."))
    dated, _made = CallDate.objects.get_or_create(call=call, step=step, label=squeeze(label)[:200])
    before, dated.done_on = dated.done_on, on
    dated.save(update_fields=["done_on"])
    record(by=by, at=at, action="call.record_step", on=subject_of(call), before={step: before}, after={step: on})
    return dated


def told(call: Call) -> dict[str, Any]:
    """For the history."""
    names = (
        "code", "title", "title_en", "content_groups", "supports", "opens_at", "closes_at", "route", "criteria_code",
        "form_code", "rank_rule", "max_amount", "joint_allowed", "grouped_allowed", "instructions", "instructions_en",
    )  # fmt: skip
    return {name: getattr(call, name) for name in names} | {
        "lines": sorted(call.funding_lines.values_list("pk", flat=True)) if call.pk else []
    }


def _fill(call: Call, draft: Draft) -> list[FundingLine]:
    code = squeeze(draft.code).upper()
    if not CODE.fullmatch(code):
        raise BadEntry("code", _("Mã gồm chữ không dấu, số và gạch nối, từ 2 đến 40 ký tự."))
    if wrong := unknown_groups(groups(), draft.content_groups, call.plan.programme.kind):
        raise BadEntry("content_groups", _("Chương trình loại này không có nội dung %(code)s.") % {"code": wrong[0]})
    allowed = supports_of(groups(), draft.content_groups)
    if not set(draft.supports) <= set(allowed):
        raise BadEntry("supports", _("Có loại hỗ trợ không thuộc nội dung đã chọn."))
    if draft.route not in Route.values:
        raise BadEntry("route", _("Chọn cách thẩm định."))
    if draft.max_amount is not None and not 0 < draft.max_amount <= LARGEST:
        raise BadEntry("max_amount", _("Số tiền phải lớn hơn 0 và không quá 10^15 đồng."))
    if draft.opens_at and draft.closes_at and draft.closes_at <= draft.opens_at:
        raise BadEntry("closes_at", _("Hạn nhận hồ sơ phải sau thời điểm mở."))
    lines = list(FundingLine.objects.filter(pk__in=draft.lines, programme=call.plan.programme_id, year=call.plan.year))
    if len(lines) != len(set(draft.lines)):
        raise BadEntry("lines", _("Chọn nguồn kinh phí của chương trình trong năm kế hoạch."))
    call.code = code
    call.title = demand_text("title", draft.title, _("Ghi tên đợt nhận hồ sơ."))[:300]
    call.title_en = squeeze(draft.title_en)[:300]
    call.content_groups, call.supports = list(draft.content_groups), list(draft.supports)
    call.opens_at, call.closes_at, call.route = draft.opens_at, draft.closes_at, draft.route
    call.criteria_code, call.form_code = squeeze(draft.criteria_code)[:40], squeeze(draft.form_code)[:40]
    call.rank_rule = dict(draft.rank_rule or {})
    call.instructions = draft.instructions.strip()[:20_000]
    call.instructions_en = draft.instructions_en.strip()[:20_000]
    call.max_amount = draft.max_amount
    call.joint_allowed, call.grouped_allowed = draft.joint_allowed, draft.grouped_allowed
    return lines


def _dated(call: Call, dated: Dated) -> CallDate:
    label = squeeze(dated.label)[:200]
    if dated.step == OTHER:
        demand_text("dates", label, _("Ghi tên mốc riêng của đợt này."))
    elif dated.step in OWN_STEPS or steps().named(dated.step) is None:
        raise BadEntry("dates", _("Không có bước này, hoặc ngày của bước này do chính kế hoạch, đợt nhận hồ sơ giữ."))
    return CallDate(
        call=call, step=dated.step, label=label if dated.step == OTHER else "", on=dated.on,
        source=squeeze(dated.source)[:200],
    )  # fmt: skip


def _calendar(call: Call) -> dict[str, Any]:
    return {f"{each.step} {each.label}".strip(): [each.on, each.source] for each in call.dates.order_by("pk")}


def _demand_at_work(call: Call) -> None:
    if call.state not in (CallState.DRAFT, CallState.PUBLISHED):
        raise WrongState(
            _("Đang ở trạng thái “%(state)s” nên không làm được việc này.") % {"state": call.get_state_display()}
        )


def _taken(code: str) -> CodeTaken:
    return CodeTaken(_("Mã %(code)s đã có đợt khác dùng.") % {"code": code}, _("Chọn mã khác."))


def _locked(call: Call) -> Call:
    found = Call.objects.select_for_update(of=("self",)).select_related("plan__programme__agency")
    return found.get(pk=call.pk)


def _keep(call: Call) -> None:
    call.version += 1
    call.save()
