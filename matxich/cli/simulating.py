"""`simulate`: what a proposed change of the law would do to the register, beside the law in force."""

import sys
from pathlib import Path
from typing import Any

import click

from matxich.cli import Answer, json_option
from matxich.cli.progress import Progress
from matxich.cli.usage import ExistingFile
from matxich.kit.refusals import Refusal
from matxich.policy.queries.simulating import Simulated, group_name, read_told, reform_pieces, run_reform
from matxich.rulebook.law.conditions import spoken
from matxich.rulebook.law.faults import LawFault

LONGEST = 2_000_000
SHOWN = 10


class BadReform(Refusal):
    """A slip in the reform; the message names its line and what was meant."""

    code = "bad_reform"


class NewSheet(click.ParamType):
    """An xlsx file to be written."""

    name = "tệp"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(str(value))
        if path.suffix.lower() != ".xlsx":
            self.fail(f"“{value}” phải có đuôi .xlsx.", param, ctx)
        if path.is_dir() or not path.parent.is_dir():
            self.fail(f"không ghi được vào “{value}”: thư mục không có.", param, ctx)
        return path


@click.command("simulate")
@click.argument("file", type=ExistingFile(standard_input=True))
@click.option("--xlsx", "sheet", type=NewSheet(), help="Ghi cả danh sách được lợi, bị thiệt vào tệp .xlsx.")
@json_option
def simulate(file: Path, sheet: Path | None) -> Answer:
    """Thử một đề xuất (tệp YAML hoặc “-”) trên cả sổ đăng ký: ai được, ai mất, tốn thêm bao nhiêu. Không lưu gì.

    Mã thoát 1 nếu không có doanh nghiệp nào trong phạm vi.
    """
    raw = sys.stdin.buffer.read(LONGEST + 1) if str(file) == "-" else file.read_bytes()
    try:
        reform = read_told(raw.decode("utf-8-sig"), file="-" if str(file) == "-" else file.name)
    except UnicodeDecodeError as error:
        raise BadReform("Tệp không phải là chữ UTF-8.", "Lưu lại tệp với mã UTF-8.") from error
    except LawFault as error:
        raise BadReform(str(error), "Sửa dòng đã nêu rồi chạy lại; mẫu trong docs/van-hanh.md, mục 3.") from error
    progress = Progress()
    found = run_reform(reform, progress=lambda done: progress(done, None, "đã đọc"))
    if sheet:
        _write(sheet, found)
    seen = max((one["firms"] for one in found.data["supports"]), default=found.data["firms"])
    return Answer(found.data | ({"file": str(sheet)} if sheet else {}), _lines(found.data), 0 if seen else 1)


def _write(path: Path, found: Simulated) -> None:
    """Whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("wb") as made:
            made.writelines(reform_pieces(found.data, found.touched))
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _lines(data: dict[str, Any]) -> list[str]:
    reform, total = data["reform"], data["total"]
    lines = [
        f"{reform['title']}: {spoken(data['firms'])} doanh nghiệp, luật ngày {reform['on']}, quy tắc "
        f"{data['rules_version']}. Đề xuất, không phải là luật.",
        *map(_change, reform["changes"]),
        f"Được lợi {spoken(total['winners'])} doanh nghiệp, bị thiệt {spoken(total['losers'])}.",
        f"Chi phí nhiều nhất: {_dong(total['cost']['before'])} → {_dong(total['cost']['after'])} đồng "
        f"({_signed(total['cost']['change'])}).",
    ]
    for one in data["supports"]:
        lines.append(
            f"{one['support']} {one['name_vi']}: thêm được {spoken(one['gained'])}, mất {spoken(one['lost'])}, "
            f"tăng mức {spoken(one['more'])}, giảm mức {spoken(one['less'])}; "
            f"{_dong(one['cost']['before'])} → {_dong(one['cost']['after'])} đồng ({_signed(one['cost']['change'])})."
        )
        most = sorted(one["by"]["province"], key=lambda each: -abs(each["cost"]["change"]))[:SHOWN]
        lines += [
            f"  {group_name('province', each['code'])}: {_signed(each['cost']['change'])} đồng"
            for each in most
            if each["cost"]["change"]
        ]
    return lines


def _change(change: dict[str, Any]) -> str:
    before = change["before"]["value"] if change["before"] else {}
    parts = [
        f"{part} {before.get(part, 'chưa có')} → {value}"
        for part, value in change["after"]["value"].items()
        if value != before.get(part)
    ]
    return f"{change['parameter']} {change['name_vi']} ({change['layer']}): {', '.join(parts) or 'không đổi'}"


def _dong(cost: dict[str, int]) -> str:
    return spoken(cost["most"])


def _signed(value: int) -> str:
    return f"+{spoken(value)}" if value > 0 else spoken(value)


COMMANDS = {"simulate": simulate}
