"""The buyer's way with results: two firms beside each other, the map, a file; the officer's: a question saved."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from matxich.registry import search
from matxich.registry.models import SavedSearch
from matxich.rulebook.identifiers import make_registry_id
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.registry.firm_world import full_firm
from tests.registry.search_world import firm

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def firms(transactional_db):
    made = [full_firm()]
    made += [firm(f"Đúc Số {n}", told={"processes": ["Đúc"]}, province_34="31", province_63="31") for n in range(5)]
    search.rebuild()
    return made


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
def test_from_results_to_a_comparison_a_map_and_a_file(open_page, firms, viewport, script):
    page = open_page("/nha-cung-ung/?q=duc", viewport=viewport, script=script)
    for at in (0, 1):
        page.locator(".mx-res .pick input").nth(at).check()
    page.locator("#compare").get_by_role("button", name="So sánh").click()
    page.wait_for_url("**/nha-cung-ung/so-sanh/?id=*&id=*")
    expect(page.locator(".mx-firms thead th")).to_have_count(2)
    page.goto("/nha-cung-ung/?q=duc&view=map")
    page.get_by_role("link", name="Hải Phòng", exact=True).click()
    page.wait_for_url("**province=31*")
    assert page.locator("h1").inner_text().startswith("5 doanh nghiệp")
    page.get_by_role("link", name="Tải về").click()
    page.get_by_label("csv").check()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải về").click()
    assert taken.value.suggested_filename.endswith(".csv")
    assert len(Path(taken.value.path()).read_text(encoding="utf-8-sig").splitlines()) == 1 + 5


def test_an_officer_saves_a_question(open_page, firms, world):
    page = open_page("/doanh-nghiep/?q=duc", world.owner)
    page.get_by_role("link", name="Lưu tìm kiếm này").click()
    page.get_by_label("Tên").fill("Lò đúc")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Lò đúc", exact=True).click()
    page.wait_for_url("**/doanh-nghiep/?q=duc")
    assert SavedSearch.objects.get().cadence == "weekly"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
def test_suggestions_are_walked_by_key_and_pressed_by_hand(open_page, firms, viewport):
    page = open_page("/nha-cung-ung/?province=31", viewport=viewport)
    box, offers = page.get_by_role("combobox"), page.get_by_role("listbox", name="Gợi ý")
    box.press_sequentially("tien cnc")
    expect(offers.get_by_role("option").first).to_have_text("Tiện CNC Công đoạn")
    assert violations(page) == []
    box.press("ArrowDown")
    expect(offers.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(offers).to_be_hidden()
    expect(box).to_have_value("tien cnc")
    box.fill("duc so 3")
    expect(offers.get_by_role("option")).to_have_text(["Đúc Số 3 Doanh nghiệp"])
    if viewport is PHONE:
        offers.get_by_role("option").click()
    else:
        box.press("ArrowUp")
        box.press("Enter")
    page.wait_for_url(f"**/nha-cung-ung/{make_registry_id(firms[4].pk)}/")
    page.go_back()
    box.fill("tien cnc")
    offers.get_by_role("option").first.click()
    page.wait_for_url("**/nha-cung-ung/?process=turning-cnc&province=31")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
def test_a_day_is_asked_in_the_filters(open_page, firms, viewport, script):
    page = open_page("/nha-cung-ung/?q=binh+minh&sort=name", viewport=viewport, script=script)
    if viewport is PHONE:
        page.locator(".mx-fsheet > summary").click()
    filters = page.locator(".mx-fsheet" if viewport is PHONE else "aside.mx-wide")
    filters.get_by_label("Chứng chỉ còn hiệu lực vào ngày").fill("31.12.2027")
    filters.get_by_role("button", name="Xem kết quả" if viewport is PHONE else "Xem", exact=True).click()
    page.wait_for_url("**on=31.12.2027*")
    assert "sort=name" in page.url
    assert page.locator("h1").inner_text().startswith("0 doanh nghiệp")
    page.get_by_role("link", name="Bỏ lọc Chứng chỉ còn hiệu lực vào 31/12/2027").click()
    expect(page.locator(".mx-res")).to_have_count(1)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
def test_the_pages_are_accessible_and_fit(faults_of, firms, world, viewport):
    from matxich.registry.actions.saved_searches import letter_token
    from tests.samples import saved_search

    saved = saved_search(world)
    SavedSearch.objects.filter(pk=saved.pk).update(fresh=[firms[1].pk], fresh_at=saved.created_at)
    ids = [f"id={make_registry_id(one.pk)}" for one in firms]
    compare = "/nha-cung-ung/so-sanh/?"
    public = [compare + "&".join(ids[:4]), compare + "&".join(ids[:5]), compare, compare + "id=MX-1&" + ids[0]]
    public += ["/nha-cung-ung/?q=duc&view=map", "/nha-cung-ung/?view=map&map=63&province=31"]
    public += ["/nha-cung-ung/tai-ve/?q=duc", "/nha-cung-ung/tai-ve/?q=qwxz"]
    public += [f"/tim-da-luu/thoi-bao/{letter_token(saved)}/"]
    desk = ["/doanh-nghiep/so-sanh/?" + "&".join(ids[:3]), "/doanh-nghiep/tai-ve/?q=duc", "/doanh-nghiep/luu/?q=duc"]
    desk += ["/tim-da-luu/", *(f"/tim-da-luu/{saved.pk}/{page}" for page in ("", "sua/", "xoa/"))]
    assert faults_of([*((path, None) for path in public), *((path, world.owner) for path in desk)], viewport) == {}
