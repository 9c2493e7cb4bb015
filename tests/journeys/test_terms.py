"""A national officer decides what a phrase means and takes it back, without a script; every page fits."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from matxich.registry import search
from tests.journeys.conftest import DESKTOP, PHONE
from tests.registry.firm_world import passport_of
from tests.registry.search_world import firm
from tests.registry.test_term_decisions import decide

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def presser(world):
    made = firm("Cơ khí Lam", told={"processes": ["Ép; phay CNC", "chuyện riêng"]}, province_34="31")
    search.rebuild()
    return made


def test_decided_for_everybody_and_taken_back(open_page, presser, world):
    page = open_page("/tu-ngu/", world.ministry, script=False)
    page.get_by_role("link", name="Ép", exact=True).click()
    page.get_by_label("Tìm trong danh mục").fill("dap")
    page.get_by_role("button", name="Tìm trong danh mục").click()
    page.get_by_label(re.compile("^Dập kim loại")).check()
    page.get_by_label("Lý do").fill("cách gọi quen trong nghề")
    page.get_by_role("button", name="Ghi quyết định").click()
    page.wait_for_url("**/tu-ngu/")
    expect(page.get_by_text("Đã ghi: “Ép” ở mọi doanh nghiệp.")).to_have_count(1)
    page.get_by_role("link", name="Đã quyết định").click()
    page.get_by_role("link", name=re.compile("Bỏ quyết định")).click()
    page.get_by_label("Lý do").fill("nhầm")
    page.get_by_role("button", name="Bỏ quyết định").click()
    expect(page.get_by_text("Chưa có quyết định nào")).to_have_count(1)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
def test_its_pages_are_accessible_and_fit(faults_of, presser, world, viewport):
    made = decide("phay CNC", enterprise=presser)
    own = f"{passport_of(presser)}hieu/processes/?t={quote('Ép; phay CNC')}&q=ép"
    paths = ["/tu-ngu/", "/tu-ngu/?facet=material", f"/tu-ngu/process/?t={quote('Ép')}&q=khongcogi", own]
    paths += ["/tu-ngu/da-quyet-dinh/", f"/tu-ngu/da-quyet-dinh/{made.pk}/bo/"]
    assert faults_of([(path, world.ministry) for path in paths], viewport) == {}
