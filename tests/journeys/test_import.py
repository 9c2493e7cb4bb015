"""An officer drops in a messy list, corrects a column, sees every row accounted for, publishes it and takes it back."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from matxich.registry.models import Import
from matxich.registry.queries import visible_enterprises
from tests.conftest import World
from tests.journeys.conftest import DESKTOP, PHONE, overflow, violations
from tests.registry.messy import write_messy


@pytest.fixture
def list_file(transactional_db: None, tmp_path: Path) -> Path:
    return write_messy(tmp_path / "DS CNHT.xlsx")


def whole(page: Page) -> None:
    """Nothing for axe to say, nothing wider than the window."""
    assert (page.url, violations(page), overflow(page)) == (page.url, [], 0)


def bring_in(page: Page, path: Path) -> None:
    page.get_by_label("Tệp danh sách").set_input_files(path)
    page.get_by_label("Nơi gửi danh sách").fill("Phòng Kinh tế An Dương")
    page.get_by_role("button", name="Tải lên và đọc cột").click()
    page.wait_for_url("**/cot/")


def publish(page: Page) -> None:
    page.get_by_role("button", name="Công bố 3 dòng").click()
    page.wait_for_url("**/ket-qua/")


def undo(page: Page) -> None:
    page.get_by_role("link", name="Hoàn tác").click()
    page.get_by_label("Lý do").fill("Nhầm tệp")
    page.get_by_role("button", name="Hoàn tác").click()
    page.wait_for_url("**/ket-qua/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã hoàn tác")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_a_messy_list_to_the_register_and_back(
    list_file: Path, world: World, open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = open_page("/nhap-lieu/", world.owner, viewport)
    whole(page)
    bring_in(page, list_file)
    whole(page)
    expect(page.locator("tr.is-ask")).to_have_count(1)
    page.get_by_role("combobox", name="Cột E").select_option("processes")
    page.get_by_role("button", name="Kiểm tra từng dòng").click()
    page.wait_for_url("**/kiem-tra/")
    whole(page)
    expect(page.locator("#equation b")).to_have_text("4 dòng")
    expect(page.locator("#equation")).to_contain_text("3 nhận (0 nối + 3 mới + 0 chờ xử lý) + 1 không nhận.")
    page.get_by_role("link", name="Có cảnh báo").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    whole(page)
    page.locator("tbody th a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("CTY CP Hòa Phát")
    whole(page)
    page.get_by_role("link", name="Về danh sách").click()
    publish(page)
    whole(page)
    assert visible_enterprises().count() == 3
    with page.expect_download() as download:
        page.get_by_role("link", name="Dòng không nhận").click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    heads, *rows = sheet.iter_rows(values_only=True)
    assert [row[heads.index("Dòng trong tệp đã gửi")] for row in rows] == [8]
    page.get_by_role("link", name="Hoàn tác").click()
    whole(page)
    page.go_back()
    undo(page)
    whole(page)
    assert visible_enterprises().count() == 0


def test_the_whole_way_without_script(list_file: Path, world: World, open_page: Callable[..., Page]) -> None:
    page = open_page("/nhap-lieu/", world.owner, script=False)
    bring_in(page, list_file)
    page.get_by_role("button", name="Kiểm tra từng dòng").click()
    expect(page.get_by_role("alert")).to_contain_text("Chọn điều ghi cho các cột màu hổ phách")
    page.get_by_role("combobox", name="Cột E").select_option("processes")
    page.get_by_role("button", name="Đọc lại").click()
    expect(page.locator("tr.is-ask")).to_have_count(0)
    page.get_by_role("button", name="Kiểm tra từng dòng").click()
    publish(page)
    undo(page)
    assert Import.objects.get().state == "undone"


def test_a_refused_file_keeps_what_was_typed(world: World, open_page: Callable[..., Page], tmp_path: Path) -> None:
    bad = tmp_path / "anh.xlsx"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    page = open_page("/nhap-lieu/", world.owner)
    page.get_by_label("Tệp danh sách").set_input_files(bad)
    page.get_by_label("Nơi gửi danh sách").fill("Phòng Kinh tế An Dương")
    page.get_by_role("button", name="Tải lên và đọc cột").click()
    expect(page.locator(".invalid-feedback")).to_contain_text("Tệp này không phải bảng tính.")
    expect(page.get_by_label("Nơi gửi danh sách")).to_have_value("Phòng Kinh tế An Dương")
    whole(page)


def test_progress_is_shown_until_the_worker_is_done(
    list_file: Path, world: World, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    from matxich.registry.actions import wizard
    from tests.conftest import NOW

    monkeypatch.setattr(wizard, "STAGE_AT_ONCE", 0)
    page = open_page("/nhap-lieu/", world.owner)
    bring_in(page, list_file)
    page.get_by_role("combobox", name="Cột E").select_option("processes")
    page.get_by_role("button", name="Kiểm tra từng dòng").click()
    expect(page.locator("main")).to_contain_text("Đang chờ tiến trình nền nhận việc.")
    whole(page)
    assert wizard.take_in_waiting(at=NOW) == 1
    expect(page.locator("#equation b")).to_have_text("4 dòng", timeout=15_000)
