"""Somebody with a workshop and a phone: five answers, what the law gives, why, on paper; slips; in English."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.test_import import whole

pytestmark = pytest.mark.django_db(transaction=True)


def answer(page: Page, name: str, value: str) -> None:
    page.locator(f"input[name={name}][value='{value}']").check()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_five_answers_on_a_phone(open_page: Callable[..., Page], script: bool) -> None:
    page = open_page("/ho-tro/", viewport=PHONE, script=script)
    if script:
        whole(page)
    answer(page, "form", "household")
    page.get_by_label("Tỉnh, thành phố nơi sản xuất").select_option("24")
    answer(page, "kind", "ward")
    answer(page, "workers", "10")
    page.get_by_label("Ngành nghề chính").select_option("handicraft")
    page.get_by_label("Bạn định làm gì?").select_option("KC-12")
    page.get_by_label("Chi phí của việc đó, triệu đồng").fill("năm trăm")
    page.get_by_label("Tính theo luật của ngày").fill("2026-03-01")
    page.get_by_role("button", name="Xem hỗ trợ").click()
    expect(page.get_by_text("Có câu trả lời chưa đọc được")).to_be_visible()
    expect(page.get_by_text("Ghi số triệu đồng, ví dụ 700.")).to_be_visible()
    if script:
        whole(page)
    page.get_by_label("Chi phí của việc đó, triệu đồng").fill("500")
    page.get_by_role("button", name="Xem hỗ trợ").click()
    card = page.locator("#KC-12")
    expect(card).to_contain_text("tối đa 250 triệu đồng")
    expect(card.locator(".mx-lawask li")).to_have_count(2)
    card.get_by_text("Vì sao, theo điều nào").click()
    expect(card.get_by_text("Ở phường của một tỉnh")).to_be_visible()
    card.get_by_role("link", name="NĐ 45/2012/NĐ-CP").first.hover()
    if script:
        whole(page)
    page.get_by_text("Sửa câu trả lời").click()
    answer(page, "counterpart", "yes")
    answer(page, "other", "no")
    page.get_by_role("button", name="Xem hỗ trợ").click()
    expect(page.get_by_role("heading", name="Được hưởng theo luật")).to_be_visible()
    expect(page.locator(".mx-told li")).to_have_count(8)


def test_the_answer_on_paper_and_in_english(open_page: Callable[..., Page]) -> None:
    asked = "form=household&province=24&kind=ward&sector=handicraft&content=KC-12&cost=500&counterpart=yes&other=no"
    page = open_page(f"/ho-tro/?{asked}&on=2026-03-01", viewport=PHONE)
    page.evaluate("window.print = () => { document.title = 'giấy' }")
    page.get_by_role("button", name="In kết quả").click()
    assert page.title() == "giấy"
    page.emulate_media(media="print")
    for furniture in (".mx-topline", ".mx-foot", "#cau-hoi", "[data-print]"):
        assert not page.locator(furniture).first.is_visible(), furniture
    expect(page.get_by_text("tối đa 250 triệu đồng")).to_be_visible()
    expect(page.get_by_text("Trực tiếp sản xuất công nghiệp, tiểu thủ công nghiệp").first).to_be_visible()
    page.emulate_media(media="screen")
    page.goto(f"/ho-tro/?{asked}&on=2026-03-01&lang=en")
    expect(page.get_by_text("at most VND 250 million")).to_be_visible()
    whole(page)
    page.goto(f"/ho-tro/?{asked.replace('KC-12', '')}&on=2026-03-01&lang=en")
    whole(page)
