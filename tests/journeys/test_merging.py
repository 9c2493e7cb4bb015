"""An officer finds the other record of a firm, compares, merges and takes it back, with a script and without."""

import re

import pytest
from playwright.sync_api import expect

from matxich.registry import search
from matxich.rulebook.identifiers import make_registry_id
from tests.journeys.conftest import DESKTOP, PHONE
from tests.registry.firm_world import full_firm, passport_of
from tests.registry.test_merging import merge, twin

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair(world):
    made = full_firm(), twin(phone="0987 000 111")
    search.rebuild()
    return made


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
def test_merged_and_taken_back(open_page, pair, world, viewport, script):
    kept, merged = pair
    page = open_page(passport_of(kept), world.owner, viewport, script)
    page.get_by_role("link", name="Hai hồ sơ là một?").click()
    page.get_by_label("Tên, mã số thuế hoặc mã hồ sơ").fill("cty binh minh")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("link", name=re.compile("So hai hồ sơ.*Cty Bình Minh")).click()
    expect(page.get_by_text("cộng cả hai")).to_have_count(1)
    page.get_by_label("Vì sao hai hồ sơ là một").fill("Cùng giấy đăng ký")
    page.get_by_role("button", name="Gộp B vào A").click()
    page.wait_for_url(f"**{passport_of(kept)}")
    expect(page.get_by_text("Đã gộp.")).to_have_count(1)
    page.goto(passport_of(merged))
    page.wait_for_url(f"**{passport_of(kept)}")
    page.get_by_role("link", name=re.compile("Tách ra")).click()
    page.get_by_label("Vì sao tách").fill("Hai pháp nhân")
    page.get_by_role("button", name="Tách hai hồ sơ").click()
    page.wait_for_url(f"**{passport_of(merged)}")
    expect(page.get_by_text("Đã tách.")).to_have_count(1)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_its_pages_are_accessible_and_fit(faults_of, pair, world, viewport, language):
    kept, merged = pair
    third = twin(name="Bình Minh thứ ba")
    merge(kept, third)
    here, other = passport_of(kept), make_registry_id(merged.pk)
    paths = ("?", "gop/?", "gop/?q=khongcogi&", f"gop/{other}/?", f"tach/{make_registry_id(third.pk)}/?")
    assert faults_of([(f"{here}{path}lang={language}", world.owner) for path in paths], viewport) == {}
