"""`programmes list`, `programmes show`, `programmes money`: programmes, their calls and money from the shell."""

from datetime import datetime
from typing import Any

import click
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.cli.usage import Number, OneOf
from matxich.kit.refusals import Refusal
from matxich.programmes.contents import supports_of_call
from matxich.programmes.models import Call, FundingLine, Programme
from matxich.programmes.queries.money import line_totals, walked
from matxich.programmes.queries.schedules import ground_of, plans_to_time, timing_of
from matxich.programmes.states import CallState, ProgrammeState
from matxich.rulebook.vietnamese.numbers import format_number


class NoSuchProgramme(Refusal):
    code = "no_such_programme"
    status = 404


@click.group("programmes")
def programmes() -> None:
    """Chương trình, đợt nhận hồ sơ và kinh phí."""


@programmes.command("list")
@click.option("--state", type=OneOf("trạng thái", {each: each for each in ProgrammeState.values}))
@click.option("--province", default="", help="Mã tỉnh, thành phố.")
@json_option
def list_(state: str | None, province: str) -> Answer:
    """Các chương trình và kinh phí (đồng); mã thoát 1 nếu không có chương trình nào."""
    found = Programme.objects.select_related("agency").prefetch_related("lines").order_by("code")
    if state:
        found = found.filter(state=state)
    if province:
        found = found.filter(place=province)
    rows = [_programme(programme) for programme in found]
    lines = [
        f"{row['code']} {row['name']} ({row['state']}): được giao {format_number(row['budget'])}, "
        f"cam kết {format_number(row['committed'])}, đã chi {format_number(row['paid'])}, "
        f"còn {format_number(row['free'])} đồng"
        for row in rows
    ]
    return Answer({"total": len(rows), "programmes": rows}, lines or ["Không có chương trình nào."], 0 if rows else 1)


def _programme(programme: Programme) -> dict[str, Any]:
    """Amounts in đồng; `ends` is the first day after the programme."""
    totals = line_totals(list(programme.lines.all()))
    return {
        "code": programme.code, "name": programme.name, "name_en": programme.name_en or None, "kind": programme.kind,
        "agency": programme.agency.name, "place": programme.place or None, "starts": programme.starts.isoformat(),
        "ends": programme.ends.isoformat(), "state": programme.state, "budget": totals.budget,
        "committed": totals.committed, "paid": totals.paid, "free": totals.free,
    }  # fmt: skip


def _found(code: str) -> Programme:
    found = Programme.objects.select_related("agency", "cloned_from").filter(code=code.upper()).first()
    if found is None:
        raise NoSuchProgramme(f"Không có chương trình mã {code}.", "Xem mã bằng matxich programmes list.")
    return found


@programmes.command("show")
@click.argument("code")
@json_option
def show(code: str) -> Answer:
    """Một chương trình: kế hoạch, đợt nhận hồ sơ, thời gian còn cho đơn vị, bài học."""
    programme, now = _found(code), timezone.now()
    today = timezone.localdate(now)
    plans = list(plans_to_time().filter(programme=programme).order_by("year").prefetch_related("items"))
    ground = ground_of(plans)
    told_plans, lines = [], [f"{programme.code} {programme.name}: {programme.get_state_display()}"]
    for plan in plans:
        calls = [_call(call, now, timing_of(plan, call, today, ground)) for call in plan.calls.all()]
        told_plans.append(
            {
                "year": plan.year, "state": plan.state, "decision": plan.decision_no or None,
                "amount": sum(item.amount for item in plan.items.all()), "calls": calls,
            }
        )  # fmt: skip
        lines += [
            f"  {call['code']} ({call['phase']}): đơn vị còn {call['firm_days']} ngày làm việc để thực hiện, "
            f"thường cần {call['firm_wanted']}"
            for call in calls
        ]
    lessons = [
        {"kind": each.kind, "title": each.title, "text": each.text, "carried": each.origin_id is not None}
        for each in programme.lessons.order_by("pk")
    ]
    data = _programme(programme) | {
        "cloned_from": programme.cloned_from.code if programme.cloned_from else None,
        "plans": told_plans,
        "lessons": lessons,
    }
    return Answer(data, lines)


def _call(call: Call, at: datetime, timing: Any) -> dict[str, Any]:
    """Instants in UTC. `firm_days`: working days left for the firm; `squeezed_by`: the step that is late."""
    return {
        "code": call.code, "title": call.title, "phase": call.phase(at), "state": call.state,
        "opens_at": call.opens_at.isoformat() if call.opens_at else None,
        "closes_at": call.closes_at.isoformat() if call.closes_at else None,
        "content_groups": call.content_groups, "supports": list(supports_of_call(call)), "route": call.route,
        "max_amount": call.max_amount, "firm_days": timing.firm_days, "firm_wanted": timing.firm_wanted,
        "squeezed_by": timing.squeezed_by or None if call.state != CallState.CANCELLED else None,
    }  # fmt: skip


@programmes.command("money")
@click.argument("code")
@click.option("--year", type=Number(2000, 2100))
@json_option
def money(code: str, year: int | None) -> Answer:
    """Từng nguồn với mọi khoản, đối chiếu tổng với các khoản; mã thoát 1 nếu có nguồn không khớp."""
    programme = _found(code)
    found = programme.lines.order_by("year", "pk")
    rows = [_line(line) for line in (found.filter(year=year) if year else found)]
    lines = []
    for row in rows:
        lines.append(
            f"{row['name']} {row['year']}: được giao {format_number(row['budget'])}, cam kết "
            f"{format_number(row['committed'])}, đã chi {format_number(row['paid'])}, còn {format_number(row['free'])} "
            f"đồng; {'khớp' if row['reconciled'] else 'KHÔNG KHỚP'} với {len(row['entries'])} khoản"
        )
    wrong = any(not row["reconciled"] for row in rows)
    return Answer({"programme": programme.code, "lines": rows}, lines or ["Chưa có nguồn nào."], 1 if wrong else 0)


def _line(line: FundingLine) -> dict[str, Any]:
    """Every movement, oldest first, with the totals the movements give."""
    entries = list(line.entries.select_related("commitment").order_by("pk"))
    told = walked(entries)
    return {
        "name": line.name, "year": line.year, "source": line.source, "layer": line.layer, "budget": line.budget,
        "committed": line.committed, "paid": line.paid, "free": line.free,
        "reconciled": told.agrees_with(line),
        "entries": [
            {
                "entry": each.pk, "kind": each.kind, "amount": each.amount, "on": each.on.isoformat(),
                "decision": each.decision_no or None, "commitment": each.commitment_id,
                "key": each.commitment.key if each.commitment else None, "by": each.by, "at": each.at.isoformat(),
            }
            for each in entries
        ],
    }  # fmt: skip


COMMANDS = {"programmes": programmes}
