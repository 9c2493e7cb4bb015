"""`zones list`, `zones import`, `zones undo`, `zones report`: industrial zones and clusters from the shell."""

from datetime import date
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.cli.sealing import sealed
from matxich.cli.usage import Day, ExistingFile, Map, OneOf
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Refusal
from matxich.places.queries import edition_on, match_province, name_of
from matxich.places.states import ZoneKind
from matxich.rulebook.addresses.model import Edition
from matxich.rulebook.zones.periods import NoSuchPeriod, Period, due_next, parse
from matxich.zones.actions.lists import AlreadyBrought, look_at_list, publish_list, read_list, undo_list
from matxich.zones.models import ZoneList
from matxich.zones.queries.facts import Known
from matxich.zones.queries.list_pages import list_report
from matxich.zones.queries.listing import Asked, found, place_of, province_of
from matxich.zones.queries.reports import period_standing
from matxich.zones.queries.rollup import rollup

map_option = click.option("--boundaries", type=Map(), help="63 hoặc 34; mặc định là bản đồ của ngày được hỏi.")
day_option = click.option("--on", type=Day(), help="Ngày, mặc định hôm nay.")


class NoSuchProvince(Refusal):
    code = "no_such_province"


class UnknownPeriod(Refusal):
    code = "no_such_period"


class NoSuchList(Refusal):
    code = "no_such_list"


@click.group("zones")
def zones() -> None:
    """Khu, cụm công nghiệp."""


@zones.command("list")
@click.argument("text", default="")
@click.option("--kind", type=OneOf("loại", {kind.lower(): kind for kind in ZoneKind.values}), help="KCN, CCN, …")
@click.option("--province", help="Mã, tên hoặc tên cũ của tỉnh, thành phố.")
@click.option("--digitised", is_flag=True, default=None, help="Chỉ cụm đã số hóa (chỉ tiêu A09).")
@map_option
@day_option
@json_option
def list_(
    text: str,
    kind: str | None,
    province: str | None,
    digitised: bool | None,
    boundaries: Edition | None,
    on: date | None,
) -> Answer:
    """Các khu, cụm và số liệu đang tính; mã thoát 1 nếu không có khu, cụm nào."""
    day = on or timezone.localdate()
    edition = boundaries or edition_on(day)
    asked = Asked(day, edition, text=text, kind=kind or "", digitised="1" if digitised else "")
    codes = _province(province, edition) if province else frozenset[str]()
    known = [one for one in found(asked) if not codes or province_of(one.zone, edition) in codes]
    data = {"on": day.isoformat(), "boundaries": edition, "total": len(known), "zones": [_zone(one) for one in known]}
    lines = [f"{len(known)} khu, cụm, số liệu đến {day:%d/%m/%Y}."]
    lines += [
        f"{one.zone}, {place_of(one.zone, edition)}: "
        + (f"lấp đầy {one.occupancy:.1%}".replace(".", ",") if one.occupancy is not None else "chưa có tỷ lệ lấp đầy")
        for one in known
    ]
    return Answer(data, lines, 0 if known else 1)


def _province(text: str, edition: Edition) -> frozenset[str]:
    codes = frozenset(match_province(text, edition))
    if not codes:
        raise NoSuchProvince(
            f"Không có tỉnh, thành nào là “{text}” trên bản đồ {edition}.", "Ghi mã hoặc tên, có dấu hay không dấu."
        )
    return codes


def _zone(one: Known) -> dict[str, Any]:
    """Areas in hectares as exact texts; occupancy a share; null while unknown."""
    zone = one.zone
    return {
        "id": zone.pk,
        "kind": zone.kind,
        "name": zone.name,
        "province_63": zone.province_63,
        "province_34": zone.province_34,
        "facts": {
            code: {
                "value": fact.value,
                "comparator": fact.comparator,
                "as_of": fact.as_of.isoformat(),
                "source": fact.source,
            }
            for code, fact in sorted(one.facts.items())
        },
        "occupancy": None if one.occupancy is None else str(one.occupancy),
        "digitised": one.is_digitised,
    }


@zones.command("import")
@click.argument("file", type=ExistingFile())
@click.option("--source", required=True, help="Cơ quan gửi và số công văn.")
@click.option("--as-of", "as_of", type=Day(), required=True, help="Số liệu đến ngày nào, ghi trên danh sách.")
@click.option("--dry-run", is_flag=True, help="Đọc và báo cáo, không ghi gì.")
@json_option
@sealed
def import_(file: Path, source: str, as_of: date, dry_run: bool) -> Answer:
    """Nhập danh sách khu, cụm (xlsx, xls, ods, csv); cùng tệp nhập lại không đổi gì; mã thoát 1 nếu không nhận gì."""
    by, at = system_actor(), timezone.now()
    told: dict[str, Any] = {"path": file, "name": file.name, "source": source, "as_of": as_of, "by": by, "at": at}
    if dry_run:
        report = list_report(look_at_list(**told))
    else:
        try:
            batch = read_list(**told)
            batch = publish_list(batch=batch, by=by, at=at) if batch.counts["facts"] else batch
            report = list_report(batch)
        except AlreadyBrought as refusal:
            report = list_report(refusal.existing, repeats=True)
    again = "Tệp này đã được nhập; không có gì thay đổi. " if report["repeats"] else ""
    lines = [
        f"{again}{report['rows']} dòng: {report['accepted']} nhận ({report['known']} khu, cụm đã có, "
        f"{report['new']} mới), {len(report['rejected'])} bị từ chối; {report['facts']} số liệu."
    ]
    lines += [f"  dòng {one['row']} {one['name']}: {one['reason']}" for one in report["rejected"][:20]]
    lines += [f"  dòng {one['row']} cột {one['column']}: {one['reason']}" for one in report["notes"][:20]]
    return Answer(report, lines, 0 if report["accepted"] else 1)


@zones.command("undo")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Vì sao; được ghi vào nhật ký.")
@json_option
@sealed
def undo(number: int, reason: str) -> Answer:
    """Hoàn tác danh sách mang số NUMBER: số liệu của danh sách không còn được tính."""
    batch = ZoneList.objects.filter(pk=number).first()
    if batch is None:
        raise NoSuchList(f"Không có danh sách số {number}.", "Số danh sách có trong kết quả của matxich zones import.")
    undone = undo_list(batch=batch, by=system_actor(), at=timezone.now(), reason=reason)
    return Answer({"list": undone.pk, "state": undone.state}, [f"Đã hoàn tác danh sách {undone.file_name}."])


@zones.command("report")
@click.option("--period", help="2026-H1 (6 tháng đầu năm) hoặc 2026-Y (cả năm); mặc định là kỳ đến hạn gần nhất.")
@map_option
@day_option
@json_option
def report(period: str | None, boundaries: Edition | None, on: date | None) -> Answer:
    """Tổng hợp theo tỉnh, thành, tỷ lệ cụm số hóa (A09), và cụm nào chưa gửi báo cáo của kỳ."""
    day = on or timezone.localdate()
    edition = boundaries or edition_on(day)
    asked = _period(period, day)
    told = rollup(day, edition, asked)
    standing = period_standing(asked, day, system_actor(), edition=edition)
    data = {
        "on": day.isoformat(),
        "boundaries": edition,
        "provinces": [row.as_dict() for row in told.rows],
        "total": told.total.as_dict(),
        "reports": standing.as_dict(),
    }
    total, share = told.total, told.total.occupancy.value
    lines = [
        f"{total.zones} khu, cụm; lấp đầy {'chưa biết' if share is None else f'{share:.1%}'.replace('.', ',')}; "
        f"số hóa {total.digitised.numerator} trong {total.digitised.denominator} cụm.",
        f"Báo cáo {asked.name}: trước ngày {asked.due_before:%d/%m/%Y}, {_days(standing.days_left)}; "
        f"đã nhận {standing.accepted}, chưa gửi {standing.waiting} trong {len(standing.rows)} cụm.",
    ]
    lines += [
        f"  {row.zone}, {name_of(row.zone.province_34)}: chưa gửi" for row in standing.rows[:20] if row.is_waiting
    ]
    return Answer(data, lines)


def _days(left: int) -> str:
    return f"còn {left} ngày" if left > 0 else f"quá hạn {1 - left} ngày"


def _period(key: str | None, on: date) -> Period:
    if key is None:
        return due_next(on)
    try:
        return parse(key)
    except NoSuchPeriod as error:
        raise UnknownPeriod(
            f"Không có kỳ báo cáo “{key}”.", "Kỳ đầu tiên là 2024-Y; ghi dạng 2026-H1 hoặc 2026-Y."
        ) from error


COMMANDS = {"zones": zones}
