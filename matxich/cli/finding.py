"""`search` and `resolve`: the register and the gazetteer from the shell."""

import csv
import io
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.cli.taking import ListFile, export
from matxich.cli.usage import Day, ExistingFile, Map, Number
from matxich.kit.refusals import Refusal
from matxich.places.queries import resolution_as_json
from matxich.registry.search import Query, catch_up, search_as_json
from matxich.registry.search import resolve as value_of
from matxich.registry.search.concepts import SCHEMES
from matxich.registry.search.document import FRESHNESS, VALIDITY
from matxich.registry.search.query import Boundaries
from matxich.registry.search.values import title
from matxich.rulebook.vietnamese.text import squeeze

FACETS = ("province", "size", "sector", *SCHEMES, VALIDITY, "zone", "verified", FRESHNESS, "source")


class NoSuchColumn(Refusal):
    code = "no_such_column"


class NotACsv(Refusal):
    code = "not_a_csv"


@click.command("resolve")
@click.argument("text", required=False)
@click.option("--file", "file", type=ExistingFile(), help="Tệp csv có cột địa chỉ.")
@click.option("--column", help="Tên cột địa chỉ trong tệp.")
@json_option
def resolve(text: str | None, file: Path | None, column: str | None) -> Answer:
    """Tìm tỉnh, xã trên cả hai bản đồ, khu công nghiệp và lô từ một địa chỉ viết tự do."""
    if file:
        answers = [resolution_as_json(address) for address in _column(file, column)]
        return Answer(answers, [_line(answer) for answer in answers])
    if text is None:
        raise click.UsageError("Cần một địa chỉ hoặc --file và --column.")
    answer = resolution_as_json(text)
    return Answer(answer, [_line(answer)], 0 if answer["province_34"] or answer["province_63"] else 1)


def _column(file: Path, column: str | None) -> list[str]:
    content = _decoded(file.read_bytes())
    separator = max(",;\t|", key=content.split("\n", 1)[0].count)
    try:
        names, *rows = csv.reader(io.StringIO(content, newline=""), delimiter=separator)
    except (csv.Error, ValueError) as error:
        raise NotACsv("Tệp không phải là csv.", "Lưu danh sách ở dạng csv, dòng đầu là tên các cột.") from error
    named = {_key(name): index for index, name in reversed(list(enumerate(names)))}
    chosen = named.get(_key(column)) if column else 0 if len(names) == 1 else None
    if chosen is None:
        told = f"Tệp không có cột “{column}”." if column else "Chưa nói cột nào chứa địa chỉ."
        raise NoSuchColumn(told, f"Dùng --column với một trong các cột: {', '.join(names)}")
    return [row[chosen] if chosen < len(row) else "" for row in rows if row]


def _key(name: str) -> str:
    return squeeze(name).casefold()


def _decoded(raw: bytes) -> str:
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotACsv("Tệp không phải là csv.", "Lưu danh sách ở dạng csv, dòng đầu là tên các cột.")
    for encoding in ("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "cp1258"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("cp1258", errors="replace")


def _line(answer: dict) -> str:
    codes = " ".join(
        f"{key}={answer[key] or '?'}" for key in ("province_63", "commune_63", "province_34", "commune_34")
    )
    return f"{answer['text']}: {codes} ({answer['confidence']:.2f})"


@click.command("search")
@click.argument("text", default="")
@click.option("--province", help="Mã, tên hoặc tên cũ của tỉnh, thành phố.")
@click.option("--boundaries", type=Map(), default="34", show_default=True)
@click.option("--size", help="siêu nhỏ, nhỏ, vừa, lớn")
@click.option("--sector", help="Lĩnh vực, ví dụ: cơ khí")
@click.option("--process", help="Công đoạn, gọi theo bất cứ tiếng nào, ví dụ: cắt dây, wire EDM")
@click.option("--material", help="Vật liệu, ví dụ: inox 304")
@click.option("--certificate", help="Chứng chỉ, ví dụ: ISO 9001")
@click.option("--on", type=Day(), help="Ngày (YYYY-MM-DD) mà chứng chỉ phải còn hiệu lực.")
@click.option("--zone", help="Tên khu, cụm công nghiệp.")
@click.option("--verified", help="tự khai, danh sách, giấy tờ, khảo sát, kiểm tra")
@click.option("--source", help="Tên hoặc số của nguồn thông tin.")
@click.option("--limit", type=Number(1, 1000), default=25, show_default=True)
@click.option("--export", "file", type=ListFile(), help="Ghi mọi kết quả vào tệp .xlsx hoặc .csv, không kèm liên hệ.")
@click.option("--purpose", default="", help="Danh sách dùng vào việc gì; cần có khi --export, được ghi vào nhật ký.")
@json_option
def search(
    text: str,
    boundaries: Boundaries,
    limit: int,
    on: date | None,
    file: Path | None,
    purpose: str,
    **asked: str | None,
) -> Answer:
    """Tìm doanh nghiệp, có dấu hay không dấu.

    Công đoạn, vật liệu, chứng chỉ nhận mã, tên hoặc cách gọi trong bốn thứ tiếng. Chứng chỉ chưa rõ thời hạn không
    tính là còn hiệu lực; số doanh nghiệp như vậy được báo riêng.
    """
    catch_up()
    filters = {name: value_of(name, given, boundaries) for name, given in asked.items() if given}
    query = Query(
        text, filters, boundaries, limit=limit, audience="officials", facets=FACETS, on=on, today=timezone.localdate()
    )
    if file:
        return export(query, file, purpose)
    data = search_as_json(query)
    lines = [f"{data['total']} kết quả, {data['took_ms']:.1f} ms"]
    lines += _notes(data)
    lines += [f"{hit['id']}  {hit['tax_code'] or '-':>14}  {hit['name']}" for hit in data["hits"]]
    return Answer(data, lines, 0 if data["total"] else 1)


def _notes(data: dict[str, Any]) -> list[str]:
    notes = []
    if data.get("corrected"):
        notes.append("Không có doanh nghiệp nào khớp đúng từng chữ; đã tìm cả những chữ gần giống.")
    if data.get("without_end"):
        notes.append(f"Thêm {data['without_end']} doanh nghiệp có chứng chỉ nhưng chưa rõ thời hạn.")
    if data.get("degraded"):
        notes.append("Chỉ mục tìm kiếm đang được lập lại: chỉ tìm theo tên và đầu mã số thuế.")
        if data["unanswered"]:
            notes.append(f"Chưa áp dụng được bộ lọc: {', '.join(map(title, data['unanswered']))}.")
    return notes


COMMANDS = {"resolve": resolve, "search": search}
