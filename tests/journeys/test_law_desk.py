"""Officers and the law: from a firm and from a list to answers, figures decided by two, what was given, a reform."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from matxich.accounts.queries import person
from matxich.policy.models import FigureDecision, SupportGiven
from matxich.registry import search
from matxich.registry.actions import create_enterprise, source_named
from matxich.registry.models import Enterprise
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW, World
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_import import whole
from tests.registry.firm_world import passport_of

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
PLACES = {"Đúc Mẫu Một": "Xã Vĩnh Bảo, Hải Phòng", "Đúc Mẫu Hai": "Phường Hồng Bàng, Hải Phòng",
          "Đúc Mẫu Ba": "Xã Nga My, Thái Nguyên"}  # fmt: skip


@pytest.fixture
def firms(transactional_db: None, world: World) -> list[Enterprise]:
    by = person(world.ministry, NOW.date())  # type: ignore[arg-type]
    source = source_named(name="Danh sách của Sở", by=by, at=NOW)
    made = []
    for name, place in PLACES.items():
        facts = {"name": name, "site_address": place, "workers": "40", "revenue": "9000000000", "processes": "Đúc"}
        made.append(create_enterprise(facts=facts, source=source, as_of=date(2026, 5, 1), by=by, at=NOW))
    search.rebuild()
    return made


def taken(page: Page, button: str, tmp_path: Path) -> openpyxl.Workbook:
    with page.expect_download() as loading:
        page.get_by_role("button", name=button).click()
    loading.value.save_as(tmp_path / "tep.xlsx")
    return openpyxl.load_workbook(BytesIO((tmp_path / "tep.xlsx").read_bytes()))


@BOTH
def test_from_a_passport_and_from_a_whole_list(
    open_page: Callable[..., Page], firms: list[Enterprise], world: World, viewport: dict, tmp_path: Path
) -> None:
    page = open_page(passport_of(firms[0]), world.owner, viewport)
    page.get_by_role("link", name="Hỗ trợ theo luật").click()
    expect(page.get_by_role("heading", name=re.compile("Cần biết thêm"))).to_be_visible()
    whole(page)
    page.goto("/doanh-nghiep/?province=31")
    page.get_by_role("link", name="theo luật của cả danh sách").click()
    expect(page.get_by_text("2 doanh nghiệp theo bộ lọc đang xem")).to_be_visible()
    page.get_by_label("Nội dung hỗ trợ").select_option("KC-12")
    page.get_by_label("Chi phí, triệu đồng").fill("500")
    page.get_by_label("Coi như vốn đối ứng đã đủ").check()
    page.get_by_label("Theo luật của ngày").fill("2026-06-15")
    page.get_by_role("button", name="Xét cả danh sách").click()
    rows = page.locator(".mx-judged tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="Đúc Mẫu Một")).to_contain_text("250 triệu")
    expect(rows.filter(has_text="Đúc Mẫu Hai")).to_contain_text("Nơi sản xuất ở xã, đặc khu")
    whole(page)
    page.get_by_text("Tải danh sách này về (xlsx)").click()
    page.get_by_label("Dùng vào việc gì").fill("Mời nộp hồ sơ")
    sheet = taken(page, "Tải xlsx", tmp_path).worksheets[0]
    assert sorted((row[1], row[4], row[5]) for row in sheet.iter_rows(min_row=2, values_only=True)) == [
        ("Đúc Mẫu Hai", "không", None), ("Đúc Mẫu Một", "được", 250_000_000),
    ]  # fmt: skip


@BOTH
def test_a_figure_is_proposed_by_one_and_decided_by_another(
    open_page: Callable[..., Page], firms: list[Enterprise], world: World, viewport: dict
) -> None:
    page = open_page("/con-so/KC-12/", world.owner, viewport)
    whole(page)
    page.get_by_role("link", name="Thêm mức").click()
    page.locator("[name=part_share]").fill("60")
    page.locator("[name=part_cap]").fill("bốn trăm")
    page.locator("[name=starts]").fill("2026-03-10")
    page.locator("[name=instrument]").select_option("+")
    page.locator("[name=new_kind]").select_option("resolution")
    for name, value in (("new_number", "12/2026/NQ-HĐND"), ("new_issuer", "HĐND thành phố (mẫu)"),
                        ("new_subject", "Mức chi khuyến công (mẫu)"), ("new_from", "2026-03-10"),
                        ("reason", "Nghị quyết mẫu")):  # fmt: skip
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Gửi đề xuất").click()
    expect(page.locator("[name=part_cap]")).to_have_attribute("aria-invalid", "true")
    whole(page)
    page.locator("[name=part_cap]").fill("400 triệu")
    page.get_by_role("button", name="Gửi đề xuất").click()
    page.wait_for_url("**/con-so/quyet-dinh/*/")
    expect(page.get_by_text("Người đề xuất không tự quyết định")).to_be_visible()
    expect(page.get_by_role("button", name="Đưa vào áp dụng")).to_have_count(0)
    expect(page.get_by_role("heading", name="Câu trả lời sẽ đổi")).to_be_visible()
    expect(page.get_by_text("hỏi cả 2 cơ sở")).to_be_visible()
    whole(page)
    address = page.url
    other = open_page(address, world.colleague, viewport)
    other.get_by_text("Ví dụ: KC-12").first.click()
    expect(other.get_by_role("link", name="Đúc Mẫu Một").first).to_be_visible()
    whole(other)
    other.get_by_role("button", name="Không chấp nhận").click()
    expect(other.get_by_text("Chưa ghi lý do không chấp nhận.").first).to_be_visible()
    other.get_by_role("button", name="Đưa vào áp dụng").click()
    expect(other.get_by_text("Đã đưa vào áp dụng.")).to_be_visible()
    expect(other.get_by_text("như người quyết định đã thấy")).to_be_visible()
    whole(other)
    assert FigureDecision.objects.get().changes["firms"] == 2
    asked = "province=31&hoi-content=KC-12&hoi-cost=500&hoi-committed=on&hoi-on=2026-06-15&hoi-budget=province:31"
    page.goto(f"/ho-tro-theo-danh-sach/?{asked}")
    expect(page.locator(".mx-judged tbody tr").filter(has_text="Đúc Mẫu Một")).to_contain_text("300 triệu")
    page.goto("/muc/KC-12/")
    expect(page.get_by_text("đã được xác nhận: Sở Công Thương Hải Phòng")).to_be_visible()


@BOTH
def test_support_given_is_entered_refused_as_a_double_brought_in_linked_and_undone(
    open_page: Callable[..., Page], firms: list[Enterprise], world: World, viewport: dict, tmp_path: Path
) -> None:
    page = open_page("/ho-tro-da-cap/", world.owner, viewport)
    whole(page)
    page.get_by_role("link", name="Ghi một khoản").click()
    told = {"name": "Xưởng đúc Mẫu", "title": "Lò đúc", "agency": "Sở Công Thương (mẫu)", "year": "2026",
            "amount": "300 triệu", "source": "Sổ khuyến công (mẫu)"}  # fmt: skip
    for name, value in told.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=content]").select_option("KC-12")
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.get_by_text("Đã ghi vào sổ.")).to_be_visible()
    page.goto("/ho-tro-da-cap/ghi/")
    for name, value in (told | {"title": "Lò khác"}).items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=content]").select_option("KC-12")
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.get_by_text("Trùng hỗ trợ").first).to_be_visible()
    whole(page)
    assert SupportGiven.objects.count() == 1

    path = tmp_path / "ho-tro.csv"
    path.write_text(
        "Đơn vị thụ hưởng;Tỉnh;Mã nội dung;Nội dung hỗ trợ;Năm;Kinh phí (triệu đồng)\n"
        "Xưởng đúc mẫu;Hải Phòng;DN-22;Tư vấn;2026;60\nXưởng bịa;Tỉnh Bịa;KC-12;Máy;2026;300\n"
    )
    page.goto("/ho-tro-da-cap/danh-sach/")
    whole(page)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_label("Nơi gửi").fill("Công văn 5 (mẫu)")
    page.get_by_role("button", name="Tải lên và xem trước").click()
    page.wait_for_url("**/danh-sach/*/")
    expect(page.get_by_text("Không rõ tỉnh, thành phố của đơn vị thụ hưởng.")).to_be_visible()
    expect(page.get_by_text("Trùng với một mục khác")).to_be_visible()
    whole(page)
    listed = page.url
    page.get_by_role("button", name="Công bố danh sách").click()
    expect(page.get_by_text("Đã công bố danh sách.")).to_be_visible()

    page.goto("/ho-tro-da-cap/?q=xuong+duc")
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator(".mx-warn")).to_have_count(2)
    whole(page)
    page.get_by_role("link", name="Xưởng đúc Mẫu", exact=True).click()
    whole(page)
    page.get_by_label("Tên, mã số thuế hoặc mã hồ sơ").fill("duc mau mot")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("link", name="Chọn Đúc Mẫu Một").click()
    expect(page.get_by_label("Mã hồ sơ hoặc mã số thuế")).to_have_value(make_registry_id(firms[0].pk))
    page.get_by_label("Lý do").fill("Cùng giấy đăng ký (mẫu)")
    page.get_by_role("button", name="Nối với hồ sơ này").click()
    expect(page.get_by_text("Đã nối; mọi khoản")).to_be_visible()
    whole(page)
    page.get_by_role("link", name="Mọi khoản của hồ sơ").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    whole(page)
    page.goto(listed)
    page.get_by_label("Lý do").fill("Nhầm tệp")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác danh sách")).to_be_visible()
    page.goto(f"/doanh-nghiep/{make_registry_id(firms[0].pk)}/da-ho-tro/")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator(".mx-warn")).to_have_count(0)


@BOTH
def test_a_reform_is_tried_over_the_register(
    open_page: Callable[..., Page], firms: list[Enterprise], world: World, viewport: dict, tmp_path: Path
) -> None:
    page = open_page("/thu-de-xuat/", world.owner, viewport)
    whole(page)
    page.locator("[name=figure]").select_option("KC-12/cap")
    page.get_by_label("Giá trị đề xuất").fill("năm trăm")
    page.get_by_label("Chi phí của một đề án điển hình").fill("2.000")
    page.get_by_label("Coi như vốn đối ứng đã đủ").check()
    page.get_by_label("So với luật của ngày").fill("2026-06-15")
    page.get_by_role("button", name="Thử trên sổ đăng ký").click()
    expect(page.get_by_text("“cap” phải là số nguyên").first).to_be_visible()
    page.get_by_label("Giá trị đề xuất").fill("500.000.000")
    page.get_by_role("button", name="Thử trên sổ đăng ký").click()
    page.wait_for_url("**/thu-de-xuat/*/")
    expect(page.get_by_text("từ 600 triệu đồng thành 1 tỷ đồng")).to_be_visible()
    whole(page)
    page.get_by_role("link", name="63 tỉnh cũ").click()
    expect(page.get_by_role("link", name=re.compile("Thái Nguyên.*200")).first).to_be_visible()
    whole(page)
    page.get_by_label("Dùng vào việc gì").fill("Trình dự thảo")
    book = taken(page, "Tải xlsx", tmp_path)
    names = [row[2] for row in book["Được lợi"].iter_rows(min_row=2, values_only=True)]
    assert names == ["Đúc Mẫu Một", "Đúc Mẫu Ba"]
