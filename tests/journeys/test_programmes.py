"""The pages of programmes and calls: accessible and fitting, at the desk and on a phone; a payment without script."""

import pytest
from playwright.sync_api import expect

from matxich.programmes.models import Commitment
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.programmes.conftest import MILLION, a_programme, member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(world):
    return a_programme(world)


def pages(made) -> list[str]:  # type: ignore[no-untyped-def]
    programme, plan = f"/chuong-trinh/{made.programme.pk}/", f"/chuong-trinh/ke-hoach/{made.plan.pk}/"
    call, agreement = f"/chuong-trinh/dot/{made.call.pk}/", f"/chuong-trinh/thoa-thuan/{made.agreement.pk}/"
    return [
        "/chuong-trinh/", "/chuong-trinh/?q=khong+co", "/chuong-trinh/moi/", programme, f"{programme}nhan-rong/",
        f"/chuong-trinh/nguon/{made.line.pk}/", f"/chuong-trinh/cam-ket/{made.commitment.pk}/", plan, f"{plan}sua/",
        f"{plan}dot-moi/", "/chuong-trinh/dot/?nam=2026", call, f"{call}lich/", "/chuong-trinh/thoa-thuan/", agreement,
        f"{agreement}sua/",
    ]  # fmt: skip


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
def test_pages_are_accessible_and_fit(open_page, faults_of, made, world, viewport):
    assert faults_of([(path, world.owner) for path in pages(made)], viewport) == {}
    public = ("/dot-nhan-ho-so/?nam=2026", "/dot-nhan-ho-so/?nam=2031", f"/dot-nhan-ho-so/{made.call.code}/")
    assert faults_of([(path, None) for path in public], viewport) == {}
    refused = open_page(f"/chuong-trinh/nguon/{made.line.pk}/", world.stranger, viewport)
    assert violations(refused) == []
    expect(refused.get_by_text("chỉ dành cho cán bộ phụ trách địa bàn")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_accountant_pays_more_than_there_is_and_then_what_there_is(open_page, made, world, script):
    finance = member(world, "finance", "finance@matxich.test", "Kế Toán Mẫu")
    page = open_page(f"/chuong-trinh/cam-ket/{made.commitment.pk}/", finance, DESKTOP, script)
    page.get_by_role("link", name="Ghi khoản chi").click()
    page.get_by_label("Số tiền").fill("301 triệu")
    page.get_by_label("Số quyết định, chứng từ").fill("UNC 7")
    page.get_by_label("Ngày trên văn bản").fill("2026-11-20")
    page.get_by_role("button", name="Ghi khoản chi").click()
    expect(page.get_by_role("alert").get_by_text("chỉ còn 300.000.000 đồng chưa chi")).to_be_visible()
    page.get_by_label("Số tiền").fill("210 triệu")
    page.get_by_role("button", name="Ghi khoản chi").click()
    page.wait_for_url(f"**/chuong-trinh/cam-ket/{made.commitment.pk}/")
    expect(page.get_by_text("210.000.000 đồng")).to_be_visible()
    assert Commitment.objects.get().paid == 210 * MILLION
