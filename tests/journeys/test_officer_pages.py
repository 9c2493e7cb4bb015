"""The officer's way: find a firm, see the source of a fact, correct it with a reason, see it in the history."""

import pytest
from playwright.sync_api import expect

from matxich.registry import search
from matxich.registry.models import Statement
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.registry.firm_world import full_firm, passport_of, say, told_by

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def firm(transactional_db):
    made = full_firm()
    say(made, "workers", "172", source=told_by("Báo cáo của doanh nghiệp", "self_declared"), verification=0)
    search.rebuild()
    return made


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
def test_a_fact_is_followed_to_its_source_and_corrected(open_page, firm, world, viewport, script):
    page = open_page("/doanh-nghiep/?q=co+khi+chinh+xac", world.owner, viewport, script)
    page.get_by_role("link", name="Công ty TNHH Cơ khí chính xác Bình Minh").click()
    page.wait_for_url(f"**{passport_of(firm)}")
    line = page.locator(".mx-fact", has=page.get_by_text("Lao động", exact=True))
    line.get_by_role("link", name="Sở Công Thương Hải Phòng").click()
    assert page.locator("h1").inner_text() == "Lao động: từ đâu ra"
    expect(page.locator("dd", has_text="Theo danh sách").first).to_be_visible()
    page.goto(passport_of(firm))
    line.get_by_role("link", name="Chọn giá trị đúng").click()
    page.get_by_label("Giá trị", exact=True).fill("95")
    page.get_by_label("Hoặc ghi tên nguồn mới").fill("Biên bản khảo sát tháng 11")
    page.get_by_label("Mức kiểm chứng").select_option("3")
    page.get_by_label("Giá trị đang hiện là sai, thôi dùng").check()
    page.get_by_label("Lý do").fill("Đếm tại xưởng")
    page.get_by_role("button", name="Ghi vào hồ sơ").click()
    page.wait_for_url(f"**{passport_of(firm)}")
    expect(page.get_by_text("Đã ghi vào hồ sơ, kèm nguồn và lý do.")).to_have_count(1)
    assert line.locator(".val").inner_text().startswith("95")
    expect(page.locator(".mx-time").get_by_text("Đếm tại xưởng")).to_have_count(1)
    page.get_by_role("link", name="Mọi thông tin đã ghi").click()
    expect(page.get_by_text("đã thay", exact=True)).to_have_count(1)
    expect(page.get_by_text("Biên bản khảo sát tháng 11")).to_have_count(1)


def test_a_contact_is_opened_for_a_reason(open_page, firm, world):
    page = open_page(passport_of(firm), world.owner)
    line = page.locator(".mx-fact", has=page.get_by_text("Điện thoại", exact=True))
    assert line.locator(".val").inner_text().startswith("09•• ••• 678")
    line.get_by_role("link", name="Mở để xem, có ghi lý do").click()
    page.get_by_label("Xem để làm gì").fill("Hẹn ngày thăm xưởng")
    page.get_by_role("button", name="Mở để xem").click()
    assert page.get_by_text("0912 345 678").first.is_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
def test_officers_pages_are_accessible_and_fit(open_page, faults_of, firm, world, viewport):
    here = passport_of(firm)
    told = {s.field: s.pk for s in Statement.objects.filter(enterprise=firm)}
    paths = ["/viec-cua-toi/", "/doanh-nghiep/", "/doanh-nghiep/?q=co+khi&view=map", here, f"{here}thong-tin/"]
    paths += [f"{here}thong-tin/{told['workers']}/", f"{here}thong-tin/{told['phone']}/", f"{here}ghi/workers/"]
    assert faults_of([(path, world.owner) for path in paths], viewport) == {}
    refused = open_page(f"{here}ghi/workers/", world.stranger, viewport)
    assert violations(refused) == []
    assert refused.get_by_text("Bạn không được giao cập nhật hồ sơ ở địa bàn này.").is_visible()
