"""The replication kit: a programme that worked, begun anew by another agency, with where it came from.

Carried over: goal, the lines of money (without money), the last plan as a draft, its calls as drafts without days, and
every lesson, failures too. Not carried over: decisions, money, dates, partners.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from matxich.accounts.models import Agency
from matxich.kit.actor import Actor
from matxich.kit.refusals import demand
from matxich.ledger.actions import record
from matxich.programmes.actions.moves import BadEntry
from matxich.programmes.actions.programmes import OTHER, Draft, create_programme, subject_of
from matxich.programmes.models import Call, FundingLine, Lesson, PlanItem, Programme, YearPlan
from matxich.programmes.permissions import may_open_programme
from matxich.programmes.states import MoneySource, ProgrammeKind
from matxich.rulebook.law.parameters import NATIONAL
from matxich.rulebook.programmes.content_groups import PROGRAMMES

SOURCES: dict[str, MoneySource] = {
    ProgrammeKind.CNHT_NATIONAL: MoneySource.NATIONAL_CNHT,
    ProgrammeKind.CNHT_CITY: MoneySource.CITY_CNHT,
    ProgrammeKind.KC_NATIONAL: MoneySource.KC_NATIONAL,
    ProgrammeKind.KC_LOCAL: MoneySource.KC_LOCAL,
}
"""The money a kind of programme has of its own."""


@transaction.atomic
def clone_programme(
    *, programme: Programme, draft: Draft, agency: Agency, by: Actor, at: datetime, is_demo: bool = False
) -> Programme:
    """A draft after the model. `draft.goal` "" takes the model's. Raises Denied, BadEntry, CodeTaken.

    The kind may change within the same contents (a city's programme after the national one), so the clone's lines
    hold money of its own kind; a sponsor's line is left to be agreed anew.
    """
    demand(may_open_programme(by, programme))
    if PROGRAMMES.get(draft.kind) != PROGRAMMES[programme.kind]:
        raise BadEntry("kind", _("Chương trình nhân rộng phải cùng nhóm nội dung với chương trình gốc."))
    made = create_programme(
        draft=replace(draft, goal=draft.goal or programme.goal), agency=agency, by=by, at=at, is_demo=is_demo
    )
    made.cloned_from = programme
    made.save(update_fields=["cloned_from"])
    lessons = _carry_lessons(programme, made, by, at)
    plan, calls = _carry_plan(programme, made, by, at)
    after = {
        "from": programme.pk, "code": programme.code, "lessons": lessons, "items": plan, "calls": calls,
    }  # fmt: skip
    record(by=by, at=at, action="programme.clone", on=subject_of(made), after=after)
    return made


def _carry_lessons(programme: Programme, made: Programme, by: Actor, at: datetime) -> int:
    carried = [
        Lesson(
            programme=made,
            kind=each.kind,
            title=each.title,
            text=each.text,
            origin=each,
            recorded_by=by.id,
            recorded_at=at,
        )
        for each in programme.lessons.order_by("pk")
    ]
    return len(Lesson.objects.bulk_create(carried))


def _carry_plan(programme: Programme, made: Programme, by: Actor, at: datetime) -> tuple[int, int]:
    """How many rows and calls came along."""
    last = programme.plans.aggregate(Max("year"))["year__max"]
    if last is None:
        return 0, 0
    model = programme.plans.get(year=last)
    plan = YearPlan.objects.create(
        programme=made, year=made.starts.year, durations=model.durations, created_by=by.id, created_at=at,
        note=_("Theo kế hoạch năm %(year)s của %(programme)s; số lượng và số tiền để tham khảo.")
        % {"year": last, "programme": programme.name},
    )  # fmt: skip
    lines: dict[int, FundingLine] = {}
    for line in FundingLine.objects.filter(programme=programme, year=last).order_by("pk"):
        if line.source != MoneySource.SPONSOR or made.kind == ProgrammeKind.SPONSOR:
            lines[line.pk] = _line(line, made, by, at)
    items = [
        PlanItem(
            plan=plan,
            order=each.order,
            content_group=each.content_group,
            title=each.title,
            funding_line=lines[each.funding_line_id],
            quantity=each.quantity,
            unit=each.unit,
            amount=each.amount,
        )
        for each in model.items.order_by("order", "pk")
        if each.funding_line_id in lines
    ]
    PlanItem.objects.bulk_create(items)
    calls = [_call(call, plan, number, lines, by, at) for number, call in enumerate(model.calls.order_by("pk"), 1)]
    return len(items), len(calls)


def _line(line: FundingLine, made: Programme, by: Actor, at: datetime) -> FundingLine:
    source = SOURCES.get(made.kind, MoneySource(line.source))
    local = source in (MoneySource.CITY_CNHT, MoneySource.KC_LOCAL)
    layer = f"province:{made.place}" if local else OTHER if source == MoneySource.SPONSOR else NATIONAL
    return FundingLine.objects.create(
        programme=made, year=made.starts.year, source=source, layer=layer, name=line.name,
        sponsor=line.sponsor if source == MoneySource.SPONSOR else None, created_by=by.id, created_at=at,
    )  # fmt: skip


def _call(call: Call, plan: YearPlan, number: int, lines: dict[int, FundingLine], by: Actor, at: datetime) -> Call:
    names = (
        "title", "title_en", "content_groups", "supports", "route", "criteria_code", "form_code", "rank_rule",
        "instructions", "instructions_en", "max_amount", "joint_allowed", "grouped_allowed",
    )  # fmt: skip
    made = Call.objects.create(
        plan=plan, code=f"{plan.programme.code[:32]}-{plan.year}-{number}", created_by=by.id, created_at=at,
        **{name: getattr(call, name) for name in names},
    )  # fmt: skip
    made.funding_lines.set([lines[pk] for pk in call.funding_lines.values_list("pk", flat=True) if pk in lines])
    return made
