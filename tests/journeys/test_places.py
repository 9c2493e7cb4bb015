"""The administrative map in a browser: axe at both widths, no page wider than its window, links on the map itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from matxich.places.actions import load_reference
from tests.conftest import NOW
from tests.journeys.conftest import DESKTOP, PHONE, violations

PAGES = (
    "/dia-gioi/",
    "/dia-gioi/?ngay=2025-06-30",
    "/dia-gioi/24/",
    "/dia-gioi/27/",
    "/dia-gioi/tim/?q=tan+phu",
    "/tra-dia-chi/",
)


@pytest.fixture
def _places(transactional_db: None) -> None:
    load_reference(at=NOW)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
def test_every_page_of_the_map_is_accessible_and_fits(
    _places: None, faults_of: Callable[..., object], viewport: dict[str, int]
) -> None:
    assert faults_of([(path, None) for path in PAGES], viewport) == {}


def test_from_the_map_to_a_former_province_without_script(_places: None, open_page: Callable[..., Page]) -> None:
    page = open_page("/dia-gioi/", script=False)
    page.locator("svg.mx-map a[aria-label^='Bắc Ninh:'] path").click()
    assert page.locator("h1").inner_text() == "Tỉnh Bắc Ninh"
    page.get_by_role("link", name="Tỉnh Bắc Giang").click()
    assert page.locator("h1").inner_text() == "Tỉnh Bắc Giang"
    page.get_by_role("link", name="Thị xã Việt Yên").click()
    assert "KCN Quang Châu" in page.content()


def test_addresses_are_looked_up_without_script(transactional_db: None, open_page: Callable[..., Page]) -> None:
    page = open_page("/tra-dia-chi/", viewport=PHONE, script=False)
    page.get_by_label("Địa chỉ, mỗi dòng một địa chỉ").fill("P. Bến Nghé, Q.1, TPHCM\nLô A2-6, KCN Quế Võ, Bắc Ninh")
    page.get_by_role("button", name="Tra địa chỉ").click()
    page.locator("table").wait_for()
    assert "phường Sài Gòn" in page.locator("table").inner_text()
    assert violations(open_page("/tra-dia-chi/")) == []
