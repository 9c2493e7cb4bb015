"""Invented zones, every one called “Mẫu …”: a list of them through the real importer, and forms of two periods.

Real zones get no figure: what is invented is never told of what exists.
"""

import csv
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from django.utils import timezone

from matxich.accounts.models import User
from matxich.accounts.queries import person
from matxich.kit.actor import Actor
from matxich.places.models import Zone
from matxich.rulebook.zones.periods import Period, due_next
from matxich.zones.actions.lists import publish_list, read_list
from matxich.zones.actions.reports import accept_report, open_report, return_report, save_report, submit_report
from matxich.zones.models import ZoneList, ZoneReport

SOURCE = "Danh sách khu, cụm công nghiệp (dữ liệu mẫu)"
HEADER = (
    "STT", "Tên khu, cụm công nghiệp", "Tỉnh", "Quyết định thành lập", "Ngày thành lập", "Xã, phường",
    "Diện tích quy hoạch (ha)", "Diện tích thành lập (ha)", "Diện tích đất công nghiệp (ha)", "Đã cho thuê (ha)",
    "Tỷ lệ lấp đầy (%)", "Chủ đầu tư hạ tầng", "Vốn đăng ký (tỷ đồng)", "Giao thông", "Cấp điện", "XLNT",
    "Công suất XLNT (m3/ngày đêm)", "Số lao động",
)  # fmt: skip
PLACES = (
    ("Hải Phòng", "An Dương"), ("Hải Dương", "Tứ Minh"), ("Bắc Giang", "Nếnh"), ("Bắc Ninh", "Từ Sơn"),
    ("Đồng Nai", "Trảng Dài"), ("Bình Phước", "Bình Long"),
)  # fmt: skip
NAMES = ("Sông Xanh", "Đồi Thông", "Cánh Đồng", "Bến Gỗ", "Cầu Đá", "Gò Sim")
STATES = ("đang vận hành", "đang xây dựng", "đã có kế hoạch", "chưa có")
TENANTS = ("Cơ khí Mẫu Một", "Nhựa Mẫu Hai", "Dệt Mẫu Ba")


def fill_zones(at: datetime) -> None:
    """Idempotent: what is there is left alone."""
    if ZoneList.objects.filter(source=SOURCE).exists():
        return
    ministry = _actor("bo.chuyenvien", at)
    today = timezone.localdate(at)
    with tempfile.TemporaryDirectory() as folder:
        path = _write(Path(folder) / "khu-cum-mau.csv")
        batch = read_list(
            path=path, name=path.name, source=SOURCE, as_of=today - timedelta(days=200), by=ministry, at=at
        )
    publish_list(batch=batch, by=ministry, at=at)
    period = due_next(today)
    if period.previous:
        _report(period.previous, period.previous.due_before + timedelta(days=-6), at)
    _begin(period, max(period.starts, today - timedelta(days=2)), at)


def _write(path: Path) -> Path:
    """Eighteen zones; three rows a real list would have: a nameless one, one that leases more than it has, a total."""
    chance = Random(32)
    rows = [_row(number, name, place, chance) for number, (name, place) in enumerate(_named(), start=1)]
    rows.insert(7, ["", "", "Hải Phòng", *[""] * 15])
    rows.insert(12, [*_row(99, ("CCN", "Mẫu Sai Số"), PLACES[0], chance)[:8], "20", "25", *[""] * 8])
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *rows])
    return path


def _named() -> list[tuple[tuple[str, str], tuple[str, str]]]:
    return [
        (("KCN" if at % 3 == 2 else "CCN", f"Mẫu {NAMES[(at + turn) % 6]}{' 2' if turn else ''}"), PLACES[at])
        for turn in (0, 2, 4)
        for at in range(6)
    ]


def _row(number: int, named: tuple[str, str], place: tuple[str, str], chance: Random) -> list[str]:
    kind, name = named
    planned = chance.randint(150, 420) if kind == "KCN" else chance.randint(20, 75)
    industrial = round(planned * 0.68, 1)
    leased = round(industrial * chance.choice((0, 0.35, 0.6, 0.82, 0.97)), 1)
    known = chance.random() < 0.8
    return [
        str(number), f"{kind} {name}", place[0],
        f"{100 + number}/QĐ-UBND (mẫu)" if known else "", f"05/0{1 + number % 9}/20{12 + number % 10}",
        place[1] if known else "", str(planned), str(planned), _comma(industrial), _comma(leased),
        _comma(round(100 * leased / industrial, 1)), f"Công ty Hạ tầng {name} (mẫu)" if known else "",
        str(planned * 6), chance.choice(STATES[:2]), chance.choice(STATES[:2]), chance.choice(STATES),
        "", str(chance.randint(200, 9_000)) if leased else "0",
    ]  # fmt: skip


def _comma(figure: float) -> str:
    return f"{figure}".replace(".", ",")


def _report(period: Period, on: date, at: datetime) -> None:
    """The period before: taken in, late and waiting, returned; a few tenants of the first cluster."""
    officer = _actor("hp.chuyenvien", at)
    clusters = list(Zone.objects.filter(name__startswith="Mẫu", kind="CCN", province_34="31"))
    for cluster, days in zip(clusters, (0, 2, 9), strict=False):
        report = _developer(cluster, period, on + timedelta(days=days), officer, at)
        if days == 0:
            accept_report(report=report, by=officer, at=at, base_version=report.version)
            _tenants(cluster, period, on, officer, at)
        elif days == 2:
            notes = {"workers": "Số lao động thấp hơn kỳ trước một nửa; kiểm tra lại giúp."}
            return_report(report=report, notes=notes, by=officer, at=at, base_version=report.version)


def _begin(period: Period, on: date, at: datetime) -> None:
    """The period due next: one form is in, waiting to be looked at."""
    cluster = Zone.objects.filter(name__startswith="Mẫu", kind="CCN", province_34="31").order_by("-order").first()
    if cluster:
        _developer(cluster, period, on, _actor("hp.chuyenvien", at), at)


def _developer(cluster: Zone, period: Period, on: date, officer: Actor, at: datetime) -> ZoneReport:
    report = open_report(
        zone=cluster, period=period, form="developer", reporter=f"Công ty Hạ tầng {cluster.name} (mẫu)", tax_code="",
        paper="15/BC (mẫu)", received_on=min(on, timezone.localdate(at)), by=officer, at=at,
    )  # fmt: skip
    told = {
        "established_area": "50", "industrial_area": "34", "leased_area": "27,5", "wastewater": "operating",
        "wastewater_capacity": "1.500", "roads": "operating", "power": "operating", "fire_safety": "operating",
        "projects": "21", "tenants": "18", "workers": "2.140", "revenue": "1.250 tỷ", "budget_paid": "48 tỷ",
        "export_value": "12 triệu USD",
    }  # fmt: skip
    report = save_report(report=report, typed=told, by=officer, at=at, base_version=report.version)
    return submit_report(report=report, by=officer, at=at, base_version=report.version)


def _tenants(cluster: Zone, period: Period, on: date, officer: Actor, at: datetime) -> None:
    for name, workers, revenue in zip(TENANTS, ("180", "95", "320"), ("95 tỷ", "40 tỷ", "120 tỷ"), strict=True):
        report = open_report(
            zone=cluster, period=period, form="tenant", reporter=f"{name} (mẫu)", tax_code="", paper="phiếu mẫu",
            received_on=on, by=officer, at=at,
        )  # fmt: skip
        told = {"status": "operating", "rented_area": "1,2", "workers": workers, "revenue": revenue}
        report = save_report(report=report, typed=told, by=officer, at=at, base_version=report.version)
        report = submit_report(report=report, by=officer, at=at, base_version=report.version)
        accept_report(report=report, by=officer, at=at, base_version=report.version)


def _actor(local: str, at: datetime) -> Actor:
    return person(User.objects.get(email=f"{local}@matxich.example"), timezone.localdate(at))
