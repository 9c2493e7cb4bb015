"""A sender's second list: read as the first, compared, those who are gone followed up, a rejected row corrected."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from matxich.accounts.queries import person
from matxich.registry.actions import import_list
from matxich.registry.models import Import, Source
from tests.conftest import NOW, World
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_import import whole

SENDER = "Ban Quản lý các khu công nghiệp Hải Phòng"
PLACE = "xã An Dương, Hải Phòng"


def write(path: Path, year: int, *rows: tuple[str, str, str]) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["Tên doanh nghiệp", "Địa chỉ", "Sản phẩm chính", f"Số lao động {year}"])
    for name, products, workers in rows:
        book.active.append([name, PLACE, products, workers])
    book.save(path)
    return path


@pytest.fixture
def second(transactional_db: None, world: World, tmp_path: Path) -> Path:
    by = person(world.owner, NOW.date())  # type: ignore[arg-type]
    first = write(
        tmp_path / "DS 2025.xlsx",
        2025,
        ("Công ty TNHH Cơ khí An Bình", "Khuôn mẫu; Đồ gá", "80"),
        ("Công ty CP Nhựa Gia Long", "Linh kiện nhựa", "150"),
        ("HTX Đúc Hải Nam", "Vỏ máy bơm", "35"),
        ("Công ty TNHH Ốc vít Khánh Minh", "Bu lông cường độ cao", "61"),
    )
    import_list(first, source_name=SENDER, by=by, at=NOW, as_of=date(2025, 12, 31))
    Source.objects.update(rhythm="half_yearly")
    return write(
        tmp_path / "DS 2026.xlsx",
        2026,
        ("Công ty TNHH Cơ khí An Bình", "Khuôn mẫu; Đồ gá; Khuôn dập liên hoàn", "95"),
        ("HTX Đúc Hải Nam", "Vỏ máy bơm", "35"),
        ("Công ty TNHH Mạ Thủy Nguyên", "Mạ kẽm, mạ niken", "47"),
        ("-", "Ốc vít", "007"),
    )


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_second_list_of_a_sender(
    second: Path, world: World, open_page: Callable[..., Page], viewport: dict[str, int], tmp_path: Path
) -> None:
    page = open_page("/nhap-lieu/", world.owner, viewport)
    page.get_by_label("Tệp danh sách").set_input_files(second)
    page.get_by_label("Nơi gửi danh sách").fill(SENDER)
    page.get_by_role("button", name="Tải lên và đọc cột").click()
    page.wait_for_url("**/cot/")
    expect(page.locator("#c0-3-row")).to_contain_text("khi cột mang tên “Số lao động 2025”")
    whole(page)
    page.get_by_role("combobox", name="Cột C").select_option("processes")
    page.get_by_role("button", name="Kiểm tra từng dòng").click()
    page.get_by_label("Đúng, lần này các cột trên có nghĩa khác.").wait_for()
    whole(page)
    page.get_by_role("combobox", name="Cột C").select_option("products")
    page.get_by_role("button", name="Kiểm tra từng dòng").click()
    page.wait_for_url("**/kiem-tra/")
    whole(page)
    page.get_by_role("button", name="Công bố 3 dòng").click()
    page.wait_for_url("**/ket-qua/")
    page.locator("dl:has-text('như lần trước')").get_by_role("link", name="Xem").nth(2).click()
    expect(page.locator("del")).to_have_text(["Khuôn mẫu; Đồ gá", "80 (2025)"])
    whole(page)
    page.get_by_role("link", name="Không còn").click()
    page.get_by_role("checkbox", name="Chọn Công ty CP Nhựa Gia Long").check()
    page.get_by_label("Lý do theo dõi").fill("Hỏi lại Ban Quản lý")
    page.get_by_role("button", name="Ghi theo dõi").click()
    whole(page)
    page.get_by_role("link", name="Đang theo dõi").click()
    whole(page)
    page.get_by_label("Kết quả tìm hiểu về Công ty CP Nhựa Gia Long").fill("Đã chuyển sang Hưng Yên")
    page.get_by_role("button", name="Ghi kết quả").click()
    expect(page.get_by_role("table")).to_contain_text("“Đã chuyển sang Hưng Yên”")
    with page.expect_download() as loading:
        page.goto(f"/nhap-lieu/{Import.objects.latest('pk').pk}/ket-qua/")
        page.get_by_role("link", name="Dòng không nhận, để sửa và gửi lại (xlsx)").click()
    loading.value.save_as(tmp_path / "sua.xlsx")
    book = openpyxl.load_workbook(tmp_path / "sua.xlsx")
    book.active["E2"] = "Công ty TNHH Ốc vít Đồ Sơn"
    book.save(tmp_path / "sua.xlsx")
    page.goto("/nhap-lieu/")
    page.get_by_label("Tệp danh sách").set_input_files(tmp_path / "sua.xlsx")
    page.get_by_label("Nơi gửi danh sách").fill(SENDER)
    page.get_by_role("button", name="Tải lên và đọc cột").click()
    page.wait_for_url("**/cot/")
    page.get_by_role("button", name="Kiểm tra từng dòng").click()
    page.get_by_role("button", name="Công bố 1 dòng").click()
    page.wait_for_url("**/ket-qua/")
    whole(page)
    page.get_by_role("link", name="Xem danh sách ấy").click()
    expect(page.locator("main")).to_contain_text("1 trong 1 dòng không nhận đã được sửa và nhận.")
    whole(page)
    page.goto(f"/nguon/{Source.objects.get().pk}/")
    whole(page)
    page.goto("/nguon/")
    whole(page)
