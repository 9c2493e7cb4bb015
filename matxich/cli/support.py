"""`support list`, `support import`, `support undo`: the history of support from the shell."""

from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.cli.sealing import sealed
from matxich.cli.usage import ExistingFile, Number
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Refusal
from matxich.policy.actions.support_lists import AlreadyBrought, look_at_list, publish_list, read_list, undo_list
from matxich.policy.models import SupportList
from matxich.policy.queries.facts import firm_of_tax_code
from matxich.policy.queries.support import of_firm, support_given
from matxich.policy.queries.support_pages import Line, lines_of, list_report
from matxich.rulebook.law.given import FIRST, LAST


class NoSuchList(Refusal):
    code = "no_such_list"


@click.group("support")
def support() -> None:
    """Hỗ trợ đã cấp: ai, nội dung gì, năm nào, bao nhiêu."""


@support.command("list")
@click.argument("text", default="")
@click.option("--tax-code", "tax_code", default="", help="Chỉ của một doanh nghiệp trong sổ đăng ký.")
@click.option("--year", type=Number(FIRST, LAST))
@click.option("--doubles", is_flag=True, help="Chỉ những khoản trùng.")
@json_option
def list_(text: str, tax_code: str, year: int | None, doubles: bool) -> Answer:
    """Các khoản hỗ trợ và khoản nào trùng khoản nào; mã thoát 1 nếu không có khoản nào."""
    found = of_firm(firm_of_tax_code(tax_code)) if tax_code else support_given(text=text)
    lines = [line for line in lines_of(found.filter(year=year) if year else found) if line.doubles or not doubles]
    data = {
        "total": len(lines),
        "amount": sum(line.amount for line in lines),
        "support": [_told(line) for line in lines],
    }
    said = [f"{line.year} {line.content or '–'} {line.name}: {line.title}, {line.amount} đồng" + (
        f" · trùng: {'; '.join(line.doubles)}" if line.doubles else "") for line in lines]  # fmt: skip
    return Answer(data, said, 0 if lines else 1)


def _told(line: Line) -> dict[str, Any]:
    return {
        "entry": line.pk, "beneficiary": line.name, "registry_id": line.registry_id or None,
        "tax_code": line.tax_code or None, "province": line.province, "content": line.content or None,
        "title": line.title, "programme": line.programme, "agency": line.agency, "budget": line.budget,
        "year": line.year, "decision": line.decision, "amount": line.amount, "counterpart": line.counterpart,
        "status": line.status, "source": line.source, "doubles": list(line.doubles),
    }  # fmt: skip


@support.command("import")
@click.argument("file", type=ExistingFile())
@click.option("--source", required=True, help="Cơ quan gửi và số công văn.")
@click.option("--dry-run", is_flag=True, help="Đọc và báo cáo, không ghi gì.")
@json_option
@sealed
def import_(file: Path, source: str, dry_run: bool) -> Answer:
    """Nhập danh sách hỗ trợ (xlsx, xls, ods, csv); cùng tệp nhập lại không đổi gì; mã thoát 1 nếu không nhận gì."""
    by, at = system_actor(), timezone.now()
    if dry_run:
        report = list_report(look_at_list(path=file, name=file.name, source=source, by=by, at=at))
    else:
        try:
            batch = read_list(path=file, name=file.name, source=source, by=by, at=at)
            batch = publish_list(batch=batch, by=by, at=at) if batch.counts["taken"] else batch
            report = list_report(batch)
        except AlreadyBrought as refusal:
            report = list_report(refusal.existing, repeats=True)
    again = "Tệp này đã được nhập; không có gì thay đổi. " if report["repeats"] else ""
    lines = [
        f"{again}{report['rows']} dòng: {report['taken']} nhận, {report['rejected']} bị từ chối, "
        f"{report['doubles']} trùng hỗ trợ."
    ]
    lines += [f"  dòng {one['row']} {one['name']}: {one['reason']}" for one in report["rejections"][:20]]
    lines += [f"  dòng {one['row']}: {one['note']}" for one in report["notes"][:20]]
    return Answer(report, lines, 0 if report["taken"] else 1)


@support.command("undo")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Vì sao; được ghi vào nhật ký.")
@json_option
@sealed
def undo(number: int, reason: str) -> Answer:
    """Hoàn tác danh sách mang số NUMBER."""
    batch = SupportList.objects.filter(pk=number).first()
    if batch is None:
        raise NoSuchList(f"Không có danh sách số {number}.", "Số có trong kết quả của matxich support import.")
    undone = undo_list(batch=batch, by=system_actor(), at=timezone.now(), reason=reason)
    return Answer({"list": undone.pk, "state": undone.state}, [f"Đã hoàn tác danh sách {undone.file_name}."])


COMMANDS = {"support": support}
