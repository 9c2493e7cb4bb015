"""The rooms fit their window in every language, and those that do not stand in a row stand in the list at its end."""

import pytest
from playwright.sync_api import expect

from tests.conftest import World
from tests.journeys.conftest import overflow
from tests.journeys.council_world import Open

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (768, 834, 1099, 1100, 1279, 1280, 1439, 1440, 1600)


@pytest.mark.parametrize("language", ["vi", "en", "ja", "ko"])
def test_the_public_rooms_fit(open_page: Open, language: str) -> None:
    page = open_page("/xac-minh/")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])
    page.goto("/xac-minh/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    wide = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide[width] = overflow(page)
    assert wide == dict.fromkeys(WIDTHS, 0)
    page.set_viewport_size({"width": 834, "height": 900})
    names = page.locator(".mx-unfolded a").count()
    page.locator("details.mx-folded > summary").click()
    assert page.locator("details.mx-folded nav a:visible").count() == names


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_room_of_the_desk_can_be_reached(open_page: Open, world: World, language: str) -> None:
    page = open_page("/viec-cua-toi/", world.owner)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])
    page.goto("/nhat-ky/")  # the last of them: the room that is open is in the row
    row, everything = page.locator(".mx-rooms > .mx-nav > a"), page.locator(".mx-rooms details nav > a")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        seen = [each for each in row.all() if each.is_visible()]
        edges = [box["x"] + box["width"] for each in seen if (box := each.bounding_box())]
        menu = page.locator(".mx-rooms details > summary").bounding_box()
        assert menu is not None and max(edges) < menu["x"]
        assert overflow(page) == 0
        expect(page.locator(".mx-rooms > .mx-nav > a[aria-current]")).to_be_visible()
    page.locator(".mx-rooms details > summary").click()
    assert everything.count() == row.count() > 15
    assert all(each.is_visible() for each in everything.all())
