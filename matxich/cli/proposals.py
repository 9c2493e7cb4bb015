"""`proposals list`, `proposals show`: proposals that were handed in, from the shell."""

from typing import Any

import click
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.cli.usage import OneOf
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Refusal
from matxich.programmes.queries.calls import call_of
from matxich.proposals.models import Proposal
from matxich.proposals.queries.listing import Asked, Line, every_line
from matxich.proposals.queries.reviewing import version_of
from matxich.proposals.queries.waiting import gate_lines
from matxich.proposals.states import Status
from matxich.rulebook.proposals.comparing import digest
from matxich.rulebook.vietnamese.numbers import format_number


class NoSuchProposal(Refusal):
    code = "no_such_proposal"
    status = 404


class NoSuchCall(Refusal):
    code = "no_such_call"
    status = 404


@click.group("proposals")
def proposals() -> None:
    """Đề án đã nộp: đang ở bước nào, xin bao nhiêu, bản nào."""


@proposals.command("list")
@click.argument("text", default="")
@click.option("--call", "code", default="", help="Mã đợt nhận hồ sơ.")
@click.option("--status", type=OneOf("trạng thái", {each: each for each in Status.values}))
@click.option("--late", is_flag=True, help="Chỉ đề án quá hạn ở bước đang chờ.")
@json_option
def list_(text: str, code: str, status: str | None, late: bool) -> Answer:
    """Các đề án, mới nộp trước, tiền bằng đồng; mã thoát 1 nếu không có đề án nào."""
    call = call_of(code) if code else None
    if code and call is None:
        raise NoSuchCall(f"Không có đợt nhận hồ sơ mã {code}.", "Xem matxich programmes show.")
    asked = Asked(text=text, call=call.pk if call else None, status=status or "", late=late)
    lines = list(every_line(system_actor(), asked, timezone.now()))
    data = {
        "total": len(lines), "asked": sum(line.asked for line in lines), "proposals": [_line(line) for line in lines],
    }  # fmt: skip
    said = [
        f"{line.code} {line.title} ({line.status_label}): đề nghị {format_number(line.asked)} đồng"
        + (f", chờ {line.waiting}" if line.waiting else "")
        for line in lines
    ]
    return Answer(data, said or ["Không có đề án nào."], 0 if lines else 1)


def _line(line: Line) -> dict[str, Any]:
    """Amounts in đồng; `due` the last day of the step that waits; null while unknown."""
    return {
        "code": line.code, "title": line.title, "content": line.content, "status": line.status, "total": line.total,
        "asked": line.asked, "approved": line.approved,
        "submitted_at": line.submitted_at.isoformat() if line.submitted_at else None,
        "waiting": line.waiting or None, "due": line.due.isoformat() if line.due else None, "late": line.late,
        "on_behalf": line.on_behalf,
    }  # fmt: skip


@proposals.command("show")
@click.argument("code")
@click.option("--version", "number", type=int, help="Số của bản; mặc định bản mới nhất.")
@json_option
def show(code: str, number: int | None) -> Answer:
    """Một đề án: bốn bước xét, bản đã nộp và mã băm; mã thoát 1 nếu bản không khớp mã băm."""
    found = Proposal.objects.filter(code=code).exclude(submitted_at=None).select_related("call__plan__programme")
    proposal = found.first()
    version = version_of(proposal, number) if proposal else None
    if proposal is None or version is None:
        raise NoSuchProposal(f"Không có đề án đã nộp mã {code}.", "Xem matxich proposals list.")
    steps = gate_lines(proposal, timezone.now())
    whole = digest(version.snapshot) == version.sha256
    data = {
        "code": proposal.code, "status": proposal.status, "call": proposal.call.code, "asked": proposal.asked,
        "approved": proposal.approved, "decision": proposal.decision or None,
        "gates": [
            {"gate": step.kind, "state": step.state, "due": step.due.isoformat() if step.due else None,
             "reason": step.reason or None}
            for step in steps
        ],
        "version": version.number, "submitted_at": version.submitted_at.isoformat(), "sha256": version.sha256,
        "matches": whole, "snapshot": version.snapshot,
    }  # fmt: skip
    lines = [f"{proposal.code} {proposal.title}: {proposal.get_status_display()}"]
    lines += [f"  {step.label}: {step.words}" + (f", hạn {step.due:%d/%m/%Y}" if step.due else "") for step in steps]
    lines += [f"  bản {version.number}, {version.sha256}" + ("" if whole else " KHÔNG KHỚP NỘI DUNG")]
    return Answer(data, lines, 0 if whole else 1)


COMMANDS = {"proposals": proposals}
