"""The visitor's way: home, search without marks, the old Bắc Giang, a firm; axe on each page at both widths."""

import pytest
from playwright.sync_api import expect

from matxich.registry import search
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.registry.firm_world import full_firm, page_of, passport_of, say, told_by
from tests.registry.search_world import firm

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def firms(transactional_db):
    made = full_firm(address="Lô A1, KCN Đình Trám, huyện Việt Yên, tỉnh Bắc Giang")
    for number in range(30):
        firm(
            f"Công ty Cơ khí chính xác Số {number}",
            told={"processes": ["Tiện CNC"]},
            province_34="31",
            province_63="31",
        )
    say(made, "workers", "172", source=told_by("Báo cáo của doanh nghiệp", "self_declared"), verification=0)
    search.rebuild()
    return made


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
def test_from_home_to_a_firm_of_old_bac_giang(open_page, firms, viewport, script):
    page = open_page("/", viewport=viewport, script=script)
    box = page.get_by_role("searchbox", name="Tìm nhà cung ứng")
    box.fill("co khi chinh xac")
    box.press("Enter")
    page.wait_for_url("**/nha-cung-ung/?q=co+khi+chinh+xac*")
    assert page.locator("h1").inner_text().startswith("31 doanh nghiệp cho “co khi chinh xac”")
    expect(page.locator(".mx-res")).to_have_count(25)
    page.get_by_role("link", name="Trang sau").click()
    expect(page.locator(".mx-res")).to_have_count(6)
    page.goto("/nha-cung-ung/?q=co+khi+chinh+xac&map=63")
    if viewport is PHONE:
        page.locator(".mx-fsheet > summary").click()
        sheet = page.locator(".mx-fsheet")
        sheet.get_by_label("Bắc Giang").check()
        sheet.get_by_role("button", name="Xem kết quả").click()
    else:
        page.locator("aside").get_by_label("Bắc Giang").check()
        if not script:
            page.locator("aside").get_by_role("button", name="Lọc").click()
    page.wait_for_url("**province=24*")
    assert page.locator("h1").inner_text().startswith("1 doanh nghiệp")
    page.get_by_role("link", name="Công ty TNHH Cơ khí chính xác Bình Minh").click()
    page.wait_for_url(f"**{page_of(firms)}")
    expect(page.get_by_text("Lô A1, KCN Đình Trám, huyện Việt Yên, tỉnh Bắc Giang")).to_have_count(1)
    expect(page.get_by_text("nguồn khác nói: Báo cáo của doanh nghiệp, 01/09/2026: 172")).to_have_count(1)
    expect(page.get_by_text("Ngô Văn Bí Mật")).to_have_count(0)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
def test_public_pages_are_accessible_and_fit(faults_of, firms, viewport):
    paths = (
        "/",
        "/?map=63",
        "/nha-cung-ung/",
        "/nha-cung-ung/?q=co+khi&map=63&province=24",
        "/nha-cung-ung/?q=qwxzvvkp",
    )
    paths += ("/nha-cung-ung/?view=map", page_of(firms), f"{page_of(firms)}?on=01/01/2020", f"{page_of(firms)}?on=x")
    paths += ("/nha-cung-ung/MX-999999-9/",)
    assert faults_of([(path, None) for path in paths], viewport) == {}


def test_dark_pages_are_accessible(open_page, firms, world):
    faults = {}
    for path, user in (
        ("/", None),
        ("/nha-cung-ung/", None),
        (page_of(firms), None),
        (passport_of(firms), world.ministry),
    ):
        page = open_page(path, user)
        page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
        if found := violations(page):
            faults[path] = found
    assert faults == {}


def test_a_printed_record_keeps_facts_and_sources_alone(open_page, firms):
    page = open_page(page_of(firms))
    page.emulate_media(media="print")
    assert page.locator(".mx-fact .src").first.is_visible()
    assert page.get_by_text("Đầy đủ", exact=True).is_visible()
    for furniture in (".mx-topline", ".mx-foot", ".mx-tabs", ".mx-title .btn", "#on"):
        assert not page.locator(furniture).first.is_visible(), furniture
