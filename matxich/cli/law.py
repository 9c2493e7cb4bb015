"""`law figures|acts|propose|decide|withdraw`: figures of the law and what agencies record of them, from the shell."""

from datetime import date
from typing import Any

import click
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.cli.people import person_called
from matxich.cli.progress import Progress
from matxich.cli.sealing import sealed
from matxich.cli.usage import Day, OneOf
from matxich.kit.refusals import Refusal
from matxich.policy.actions.acts import Proposal, law_with
from matxich.policy.actions.acts import decide as decide_act
from matxich.policy.actions.acts import propose as propose_act
from matxich.policy.actions.acts import withdraw as withdraw_act
from matxich.policy.law import laid
from matxich.policy.law import law as law_now
from matxich.policy.models import FigureAct
from matxich.policy.queries.changes import changes_of
from matxich.policy.queries.figures import ActLine, act_line, act_lines, acts_by_state, figure_lines
from matxich.policy.states import ActKind, ActState
from matxich.rulebook.law.acts import instrument_id, parts_of, read_part
from matxich.rulebook.law.figures import Figure
from matxich.rulebook.law.instruments import KINDS
from matxich.rulebook.law.parameters import NATIONAL, Parameter
from matxich.rulebook.law.telling import setting_json

by_option = click.option("--by", "email", required=True, help="Thư điện tử của người làm việc này.")


class NoSuchFigure(Refusal):
    code = "no_such_figure"


class NoSuchAct(Refusal):
    code = "no_such_act"


class BadValue(Refusal):
    """A part that the figure does not have, or a value that is none."""

    code = "bad_value"


@click.group("law")
def law() -> None:
    """Con số của pháp luật và việc các cơ quan xác nhận, thêm, kết thúc con số."""


@law.command("figures")
@click.argument("text", default="")
@click.option("--all", "everything", is_flag=True, help="Cả những con số không chờ xác nhận.")
@json_option
def figures(text: str, everything: bool) -> Answer:
    """Con số chờ xác nhận, theo mã hoặc tên; mã thoát 1 nếu không có con số nào."""
    found, now = figure_lines(text=text, waiting=not everything), laid()
    rows = [
        {
            "id": line.code,
            "name": line.name,
            "answers_rest_on_it": line.support,
            "proposed": line.proposed,
            "rows": [setting_json(now.law, row) | {"usable": row.usable} for row in now.law.parameters[line.code].rows],
        }
        for line in found
    ]
    data = {
        "rules_version": now.law.version,
        "figures": rows,
        "unfit_acts": [{"act": int(code), "reason": words.vi} for code, words in now.unfit],
    }
    lines = [f"{one.code} {one.name}: " + ("; ".join(row.period for row in one.waiting) or "–") for one in found]
    return Answer(data, lines, 0 if found else 1)


@law.command("acts")
@click.option("--state", type=OneOf("trạng thái", {each: str(each) for each in ActState.values}))
@json_option
def acts(state: str | None) -> Answer:
    """Đề xuất và quyết định, mới nhất trước; mã thoát 1 nếu chưa có."""
    found = act_lines(acts_by_state(state or ""))
    return Answer({"acts": [_told(each) for each in found]}, list(map(_line, found)), 0 if found else 1)


@law.command("propose")
@click.argument("code")
@click.option("--kind", type=OneOf("việc", {each: ActKind(each) for each in ActKind.values}), required=True)
@click.option("--layer", default="", help="national, province:31, province63:30, programme:MÃ; mặc định national.")
@click.option("--row", default="", help="Ngày bắt đầu của dòng được xác nhận hoặc kết thúc, như 2018-05-11.")
@click.option("--value", "values", multiple=True, help="phần=con số, như share=60 hoặc cap=400000000; ghi nhiều lần.")
@click.option("--from", "starts", type=Day())
@click.option("--to", "ends", type=Day(), help="Ngày đầu tiên không còn áp dụng.")
@click.option("--instrument", default="", help="Mã văn bản trong thư viện.")
@click.option("--at", "place", default="", help="Điều, khoản.")
@click.option("--new", nargs=4, help="Văn bản mới: LOẠI SỐ CƠ-QUAN TRÍCH-YẾU, như resolution 12/2026/NQ-HĐND …")
@click.option("--new-from", "new_from", type=Day(), help="Ngày văn bản mới có hiệu lực.")
@click.option("--revokes", type=int, help="Số của quyết định được bãi bỏ.")
@click.option("--reason", required=True)
@by_option
@json_option
@sealed
def propose(
    code: str, kind: ActKind, layer: str, row: str, values: tuple[str, ...], starts: date | None, ends: date | None,
    instrument: str, place: str, new: tuple[str, str, str, str] | None, new_from: date | None, revokes: int | None,
    reason: str, email: str,
) -> Answer:  # fmt: skip
    """Đề xuất xác nhận, thêm, kết thúc hoặc bãi bỏ một con số; chưa có gì thay đổi."""
    parameter = law_now().parameters.by_id.get(code)
    if parameter is None:
        raise NoSuchFigure(f"Không có con số “{code}”.", "Xem: matxich law figures --all")
    target = _act(revokes) if revokes is not None else None
    where = target.layer if target else layer or NATIONAL
    brought = _instrument(new, new_from or starts, where) if new else None
    proposal = Proposal(
        kind=kind,
        parameter=code,
        layer=where,
        row=row,
        values=dict(_value(parameter, each) for each in values),
        starts=starts,
        ends=ends,
        instrument=str(brought["id"]) if brought else target.instrument if target else instrument,
        at=place,
        new_instrument=brought,
        target=target,
        reason=reason,
    )
    made = propose_act(proposal=proposal, by=person_called(email), at=timezone.now())
    told = _asked(made)
    return Answer(_told(act_line(made)) | {"changes": told}, [f"Đã ghi đề xuất số {made.pk}.", *_changes(told)])


@law.command("decide")
@click.argument("number", type=int)
@click.option("--accept/--refuse", "accept", required=True, default=None, help="Đưa vào áp dụng, hoặc không chấp nhận.")
@click.option("--reason", default="", help="Cần khi không chấp nhận.")
@by_option
@json_option
@sealed
def decide(number: int, accept: bool, reason: str, email: str) -> Answer:
    """Một người khác quyết định đề xuất mang số NUMBER."""
    act = _act(number)
    told = _asked(act) if accept and not hasattr(act, "decision") else {}
    decide_act(act=act, accept=accept, by=person_called(email), at=timezone.now(), reason=reason, changes=told)
    said = "Đã đưa vào áp dụng." if accept else "Đã ghi là không chấp nhận."
    line = act_line(act)
    return Answer(_told(line) | {"changes": told, "rules_version": law_now().version}, [said, *_changes(told)])


@law.command("withdraw")
@click.argument("number", type=int)
@by_option
@json_option
@sealed
def withdraw(number: int, email: str) -> Answer:
    """Người đề xuất rút đề xuất mang số NUMBER."""
    act = _act(number)
    withdraw_act(act=act, by=person_called(email), at=timezone.now())
    return Answer(_told(act_line(act)), ["Đã rút đề xuất."])


def _act(number: int) -> FigureAct:
    found = FigureAct.objects.select_related("agency", "target", "decision").filter(pk=number).first()
    if found is None:
        raise NoSuchAct(f"Không có đề xuất số {number}.", "Xem: matxich law acts")
    return found


def _asked(act: FigureAct) -> dict[str, Any]:
    """What the act would change, over every firm concerned."""
    progress = Progress()
    return changes_of(act, law_with(act), progress=lambda done: progress(done, None, "đã đọc")).as_dict()


def _value(parameter: Parameter, typed: str) -> tuple[str, Figure]:
    name, _equals, text = typed.partition("=")
    kinds = parts_of(parameter)
    if name not in kinds:
        raise BadValue(f"Con số này không có phần “{name}”.", f"Các phần: {', '.join(kinds) or 'không có'}.")
    try:
        return name, read_part(kinds[name], text)
    except ValueError as error:
        raise BadValue(f"“{text}” không phải là con số của phần {name}.", "Ví dụ share=60, cap=400000000.") from error


def _instrument(new: tuple[str, str, str, str], since: date | None, layer: str) -> dict[str, Any]:
    kind, number, issuer, subject = new
    if kind not in KINDS:
        raise BadValue(f"Không có loại văn bản “{kind}”.", f"Các loại: {', '.join(KINDS)}.")
    if since is None:
        raise BadValue("Chưa ghi ngày văn bản mới có hiệu lực.", "Thêm --new-from 2026-03-10.")
    place = layer.rpartition(":")[2] if layer.startswith("province") else ""
    return {
        "id": instrument_id(kind, number, place), "kind": kind, "number": number, "issuer": issuer, "issued": "",
        "from": since.isoformat(), "vi": subject, "en": "",
    }  # fmt: skip


def _told(line: ActLine) -> dict[str, Any]:
    return {
        "act": line.pk,
        "kind": line.kind,
        "figure": line.code,
        "layer": line.layer,
        "values": list(line.values),
        "when": line.when,
        "article": str(line.article.label),
        "state": str(line.state),
        "reason": line.reason,
        "agency": line.agency,
        "proposed_by": line.proposed_by,
        "proposed_at": line.proposed_at.isoformat(),
        "decided_by": line.decided_by or None,
        "decided_agency": line.decided_agency or None,
        "decided_at": line.decided_at.isoformat() if line.decided_at else None,
        "revokes": line.target,
    }


def _line(line: ActLine) -> str:
    values = f": {', '.join(line.values)}" if line.values else ""
    return f"{line.pk} {line.kind_label} {line.code}, {line.layer}, {line.when}{values} · {line.agency} · " + (
        line.state_label
    )


def _changes(told: dict[str, Any]) -> list[str]:
    if not told:
        return []
    lines = [f"Hỏi cả {told['firms']} cơ sở: {len(told['changed'])} loại câu trả lời đổi."]
    return lines + [
        f"  {one['support']} ngày {one['on']}: "
        + ", ".join([*(f"{pair} {count}" for pair, count in one["verdicts"].items()),
                     f"số tiền đổi ở {one['amounts']} cơ sở"])
        for one in told["changed"]
    ]  # fmt: skip


COMMANDS = {"law": law}
