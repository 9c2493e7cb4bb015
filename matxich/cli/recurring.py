"""`registry compare`, `registry rejected`, `registry sources`: lists that come again and again."""

from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.cli.usage import Number
from matxich.documents.spreadsheets import write_xlsx
from matxich.kit.access import record_export
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Refusal
from matxich.registry.models import Enterprise, Import
from matxich.registry.queries.list_changes import GROUPS, comparison, enterprises_in
from matxich.registry.queries.rejected import rejected_sheets
from matxich.registry.queries.senders import SourceLine, every_source
from matxich.registry.states import ImportState
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.passport import PERSONAL_FIELDS

SHOWN = 20
WORDS = {"new": "mới", "gone": "không còn", "changed": "thay đổi", "unchanged": "như cũ"}
LATE = {"": "", "due": "đến hạn", "overdue": "quá hạn"}
_CHECKED = (ImportState.STAGED, ImportState.PUBLISHED, ImportState.UNDONE)
number = Number(1, 10**18)


class NoSuchImport(Refusal):
    code = "no_such_import"
    status = 404


class NothingRejected(Refusal):
    code = "nothing_rejected"
    status = 404


class WouldOverwrite(Refusal):
    """A file of that name is there already."""

    code = "would_overwrite"
    status = 409


@click.command("compare")
@click.argument("number", metavar="IMPORT", type=number)
@json_option
def compare(number: int) -> Answer:
    """So một lần nhập với danh sách trước của nơi gửi; mã thoát 1 nếu không có danh sách trước."""
    batch = _import(number)
    compared = comparison(batch)
    if compared is None:
        data: dict[str, Any] = {"import": batch.pk, "compared_with": None}
        return Answer(data, ["Nơi gửi chưa có danh sách nào khác được công bố trước ngày của danh sách này."], 1)
    groups = {group: enterprises_in(batch, compared.before, group) for group in GROUPS}
    data = {"import": batch.pk, "compared_with": compared.as_dict()}
    data |= {group: [make_registry_id(pk) for pk in groups[group]] for group in GROUPS[:3]}
    return Answer(data, [compared_line(compared.as_dict()), *_named(groups)])


def compared_line(told: dict[str, Any]) -> str:
    """Of what a comparison is as JSON."""
    words = ", ".join(f"{told[group]} {word}" for group, word in WORDS.items())
    return f"So với lần nhập {told['import']} của nơi gửi: {words}."


def _named(groups: dict[str, list[int]]) -> list[str]:
    lines = []
    for group in GROUPS[:3]:
        names = Enterprise.objects.in_bulk(groups[group][:SHOWN])
        lines += [f"  {WORDS[group]}: {make_registry_id(pk)} {names[pk].name}" for pk in groups[group][:SHOWN]]
        if len(groups[group]) > SHOWN:
            lines.append(f"  {WORDS[group]}: và {len(groups[group]) - SHOWN} nữa")
    return lines


@click.command("rejected")
@click.argument("number", metavar="IMPORT", type=number)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
def rejected(number: int, file: Path) -> Answer:
    """Ghi các dòng không nhận ra tệp xlsx kèm lý do, để sửa rồi nhập lại; mã thoát 1 nếu không có dòng nào."""
    batch = _import(number)
    sheets = rejected_sheets(batch)
    rows = sum(len(sheet.rows) for sheet in sheets)
    data = {"import": batch.pk, "rows": rows, "file": str(file) if rows else None}
    if not rows:
        return Answer(data, ["Danh sách này không có dòng nào để sửa và gửi lại."], 1)
    if file.exists():
        raise WouldOverwrite(f"Đã có tệp “{file}”.", "Chọn tên khác.")
    by, why = system_actor(), f"Sửa các dòng không nhận của {batch.file_name} để gửi lại"
    write_xlsx(file, [(sheet.name, sheet.headers, sheet.rows) for sheet in sheets])
    record_export(by=by, at=timezone.now(), what="import", fields=sorted(PERSONAL_FIELDS), rows=rows, reason=why)
    return Answer(data, [f"Đã ghi {rows} dòng vào {file}. Sửa, giữ cột mã dòng, rồi nhập lại với cùng nơi gửi."])


@click.command("sources")
@json_option
def sources(**_: object) -> Answer:
    """Các nguồn: mức tin cậy, danh sách cuối, kỳ tới; mã thoát 1 nếu có danh sách quá hạn."""
    lines = every_source(timezone.localdate())
    late = any(line.late == "overdue" for line in lines)
    return Answer([_source(line) for line in lines], [_source_line(line) for line in lines], int(late))


def _source(line: SourceLine) -> dict[str, Any]:
    return {
        "source": line.source.name,
        "trust": line.source.trust,
        "level": line.level.code,
        "lists": line.published,
        "last_import": line.latest,
        "last_list": line.newest.isoformat() if line.newest else None,
        "rhythm": line.source.rhythm,
        "next_due": line.due.isoformat() if line.due else None,
        "late": line.late or None,
    }


def _source_line(line: SourceLine) -> str:
    last = f"số {line.latest}, số liệu đến {line.newest:%d/%m/%Y}" if line.newest else "chưa có"
    due = f"; kỳ tới {line.due:%d/%m/%Y} {LATE[line.late]}".rstrip() if line.due else ""
    return f"{line.source.name}: tin cậy {line.source.trust} ({line.level.label}); danh sách cuối {last}{due}."


def _import(number: int) -> Import:
    found = Import.objects.select_related("source", "repeats").filter(pk=number, state__in=_CHECKED).first()
    if found is None:
        raise NoSuchImport(
            f"Không có lần nhập số {number}, hoặc nó chưa được kiểm tra từng dòng.",
            "Xem số ở địa chỉ trang của lần nhập, hoặc: matxich registry sources",
        )
    return found
