from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from matxich.kit.actor import Actor
from matxich.registry.actions import create_enterprise, source_named
from matxich.zones.actions.facts import state_facts
from matxich.zones.models import ZoneFact, ZoneList, ZoneReport
from tests.conftest import NOW, World
from tests.zones.conftest import Zones
from tests.zones.test_reports import TYPED, accepted, opened

SignIn = Callable[[object], Client]


def test_a_zone_of_which_nothing_is_known_says_so(zones: Zones, client: Client) -> None:
    page = client.get(f"/khu-cum-cong-nghiep/{zones.cluster.pk}/").content.decode()
    assert "Khu, cụm này chưa có số liệu" in page
    assert "chưa đủ số liệu để tính" in page


def test_everybody_sees_facts_with_source_and_day_and_no_turnover(zones: Zones, system: Actor, client: Client) -> None:
    accepted(opened(zones, system), system, TYPED)
    page = client.get(f"/khu-cum-cong-nghiep/{zones.cluster.pk}/").content.decode()
    assert "75,0%" in page
    assert "Báo cáo 6 tháng đầu năm 2026" in page
    assert "14/06/2026" in page
    assert "800 tỷ đồng" not in page
    assert "/khu-cum/bao-cao/" not in page


@pytest.mark.parametrize(("who", "sees"), [("owner", True), ("stranger", True), ("viewer", False)])
def test_turnover_is_for_officials(
    zones: Zones, system: Actor, world: World, sign_in: SignIn, who: str, sees: bool
) -> None:
    accepted(opened(zones, system), system, TYPED)
    page = sign_in(getattr(world, who)).get(f"/khu-cum/{zones.cluster.pk}/").content.decode()
    assert ("800 tỷ đồng" in page) is sees


def test_tenants_of_the_public_register_are_listed(zones: Zones, system: Actor, client: Client) -> None:
    source = source_named(name="Danh sách", by=system, at=NOW)
    for name, zone in (("Cơ khí Trong", str(zones.cluster)), ("Nhựa Ngoài", "CCN Khác")):
        facts = {"name": name, "zone": zone}
        create_enterprise(facts=facts, source=source, as_of=date(2026, 6, 1), by=system, at=NOW)
    page = client.get(f"/khu-cum-cong-nghiep/{zones.cluster.pk}/").content.decode()
    assert ("Cơ khí Trong" in page, "Nhựa Ngoài" in page) == (True, False)


def test_what_does_not_fit_is_pointed_out(zones: Zones, system: Actor, client: Client) -> None:
    typed = {"established_area": "80", "industrial_area": "40", "leased_area": "41"}
    state_facts(zone=zones.cluster, typed=typed, as_of=date(2026, 6, 14), source="x", by=system, at=NOW)
    page = client.get(f"/khu-cum-cong-nghiep/{zones.cluster.pk}/").content.decode()
    assert "Diện tích trên 75 ha (Nghị định 32/2024/NĐ-CP, Điều 2)." in page
    assert "Diện tích đã cho thuê lớn hơn diện tích đất công nghiệp." in page


def test_an_officer_states_facts_and_what_is_wrong_stands_beside_its_field(
    zones: Zones, world: World, sign_in: SignIn
) -> None:
    officer, url = sign_in(world.owner), f"/khu-cum/{zones.cluster.pk}/ghi/land/"
    paper = {"as_of": "2026-06-14", "source": "Công văn 12/SCT", "reason": ""}
    answer = officer.post(url, {"leased_area": "rộng", **paper})
    assert (answer.status_code, ZoneFact.objects.count()) == (422, 0)
    assert "“rộng” không đọc được thành một số." in answer.content.decode()
    assert officer.post(url, {"leased_area": "12,5", **paper}).status_code == 302
    assert "đang ghi: 12,5 ha, đến 14/06/2026" in officer.get(url).content.decode()
    history = officer.get(f"/khu-cum/{zones.cluster.pk}/").content.decode()
    assert "Công văn 12/SCT" in history


@pytest.mark.parametrize("path", ["/khu-cum-cong-nghiep/999999/", "/khu-cum/1/ghi/bia/", "/khu-cum/1/ky/2023-Y/"])
def test_what_is_not_there_is_not_found(zones: Zones, world: World, sign_in: SignIn, path: str) -> None:
    assert sign_in(world.ministry).get(path.replace("/1/", f"/{zones.cluster.pk}/")).status_code == 404


def test_a_form_from_paper_to_facts_on_the_officers_pages(zones: Zones, world: World, sign_in: SignIn) -> None:
    officer = sign_in(world.owner)
    enter = f"/khu-cum/{zones.cluster.pk}/ky/2026-H1/developer/"
    paper = {"reporter": "Công ty Hạ tầng Mẫu", "tax_code": "", "paper": "15/BC", "received_on": "2026-06-23"}
    assert officer.post(enter, paper | {"paper": ""}).status_code == 422
    page = officer.post(enter, paper, follow=True)
    report = ZoneReport.objects.get()
    assert "Cán bộ nhập thay từ bản giấy 15/BC" in page.content.decode()
    assert "trễ hạn" in page.content.decode()
    url = f"/khu-cum/bao-cao/{report.pk}/"
    version = {"base_version": str(report.version)}
    answer = officer.post(url, version | {"leased_area": "30", "submit": "1"})
    assert (answer.status_code, ZoneReport.objects.get().values) == (422, {})
    assert officer.post(url, version | {"leased_area": "30"}).status_code == 302
    version = {"base_version": str(ZoneReport.objects.get().version)}
    assert officer.post(url, version | TYPED | {"submit": "1"}).status_code == 302
    version = {"base_version": str(ZoneReport.objects.get().version)}
    back = officer.post(f"{url}tra-lai/", version | {"note_workers": "Xem lại", "whole": ""}, follow=True)
    assert "Xem lại" in back.content.decode()
    version = {"base_version": str(ZoneReport.objects.get().version)}
    officer.post(url, version | TYPED | {"submit": "1"})
    version = {"base_version": str(ZoneReport.objects.get().version)}
    assert officer.post(f"{url}nhan/", {"base_version": "1"}).status_code == 409
    assert officer.post(f"{url}nhan/", version).status_code == 302
    assert ZoneFact.objects.filter(report=report).count() == 8
    standing = officer.get("/khu-cum/bao-cao/", {"ky": "2026-H1"}).content.decode()
    assert "1 đã nhận báo cáo, 1 chưa gửi" in standing
    assert officer.post(enter, paper).status_code == 302


def test_a_list_from_upload_to_undo_on_the_officers_pages(zones: Zones, world: World, sign_in: SignIn) -> None:
    officer = sign_in(world.owner)

    def file() -> SimpleUploadedFile:
        text = "Tên cụm công nghiệp;Tỉnh;Đã cho thuê (ha)\nCCN Mẫu Một;Hải Phòng;3\nCCN Mẫu Bốn;Đồng Nai;3\n"
        return SimpleUploadedFile("cum.csv", text.encode())

    told = {"source": "Sở", "as_of": "2026-06-14"}
    assert officer.post("/khu-cum/danh-sach/", told).status_code == 422
    preview = officer.post("/khu-cum/danh-sach/", told | {"file": file()}, follow=True)
    assert "ngoài địa bàn được giao của bạn" in preview.content.decode()
    batch = ZoneList.objects.get()
    url = f"/khu-cum/danh-sach/{batch.pk}/"
    assert officer.post(f"{url}cong-bo/").status_code == 302
    assert ZoneFact.objects.get().value == "3"
    again = officer.post("/khu-cum/danh-sach/", told | {"file": file()}, follow=True)
    assert "đã được công bố" in again.content.decode()
    assert officer.post(f"{url}hoan-tac/", {"reason": ""}).status_code == 422
    undone = officer.post(f"{url}hoan-tac/", {"reason": "Gửi nhầm"}, follow=True)
    assert "Đã hoàn tác" in undone.content.decode()
    zone = officer.get(f"/khu-cum/{zones.cluster.pk}/").content.decode()
    assert "Danh sách đã hoàn tác, không còn tính." in zone
