"""`import` and `registry rebuild`: lists come in, and the passport is proved to follow from its statements."""

from pathlib import Path

import click
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.cli.merging import merge, unmerge
from matxich.cli.progress import Progress
from matxich.cli.recurring import compare, compared_line, rejected, sources
from matxich.cli.sealing import sealed
from matxich.cli.usage import ExistingFile
from matxich.kit.actor import system_actor
from matxich.registry.actions import import_list, rebuild


@click.command("import")
@click.argument("file", type=ExistingFile())
@click.option("--source", required=True, help="Nơi gửi danh sách; tên mới thì được tạo.")
@click.option("--dry-run", is_flag=True, help="Đọc và báo cáo, không ghi gì.")
@json_option
@sealed
def import_(file: Path, source: str, dry_run: bool) -> Answer:
    """Nhập một danh sách doanh nghiệp (xlsx, xls, ods, csv); mã thoát 1 nếu không dòng nào được nhận."""
    report = import_list(
        file, source_name=source, by=system_actor(), at=timezone.now(), dry_run=dry_run, progress=Progress()
    )
    refused = {(told["sheet"], told["row"], told.get("columns")) for told in report["rejected"]}
    lines = [
        f"{report['rows']} dòng: {report['accepted']} nhận ({report['linked']} nối, {report['new']} mới, "
        f"{report['queued']} chờ xử lý), {len(refused)} bị từ chối."
    ]
    lines += [compared_line(told)] if (told := report["compared_with"]) else []
    if report["corrects"]:
        lines.append(f"Là các dòng sửa của lần nhập {report['corrects']}.")
    lines += [
        f"  {r['sheet']} dòng {r['row']} cột {r['column']}: {r['reason']} {r['what_to_do']}"
        for r in report["rejected"][:20]
    ]
    return Answer(report, lines, 0 if report["accepted"] else 1)


@click.group("registry")
def registry() -> None:
    """Sổ doanh nghiệp."""


@registry.command("rebuild")
@json_option
@sealed
def rebuild_(**_: object) -> Answer:
    """Dựng lại mọi hồ sơ từ các thông tin gốc; mã thoát 1 nếu có hồ sơ lệch."""
    differences = rebuild(by=system_actor(), at=timezone.now())
    data = {"enterprises": differences.enterprises, "differences": differences.found}
    return Answer(
        data, [f"{differences.enterprises} hồ sơ, {len(differences.found)} lệch."], 1 if differences.found else 0
    )


registry.add_command(merge)
registry.add_command(unmerge)
registry.add_command(compare)
registry.add_command(rejected)
registry.add_command(sources)
COMMANDS = {"import": import_, "registry": registry}
