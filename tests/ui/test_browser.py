"""The gallery as a person meets it: reachable by everyone, by key, once, and without losing what was typed."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
WIDE, PHONE = 1440, 390


@pytest.fixture
def open_gallery(browser: "Browser", live_server: Any) -> Iterator[Any]:
    contexts = []

    def opened(width: int = WIDE, theme: str = "light", scripts: bool = True) -> "Page":
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="vi-VN", java_script_enabled=scripts
        )
        contexts.append(context)
        context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{live_server.url}/thanh-phan/")
        assert faults == []
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_nothing_stands_in_anyones_way(open_gallery: Any, width: int, theme: str) -> None:
    page = open_gallery(width, theme)
    page.evaluate(AXE.read_text())
    violations = page.evaluate("axe.run()")["violations"]
    assert [(v["id"], [node["target"] for node in v["nodes"]]) for v in violations] == []


@pytest.mark.parametrize("width", [WIDE, 900, PHONE])
def test_the_page_never_scrolls_sideways(open_gallery: Any, width: int) -> None:
    page = open_gallery(width)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_keys_lead_to_the_search_box_and_along_the_rows(open_gallery: Any) -> None:
    page = open_gallery()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("/jk")
    assert page.input_value("[data-slash]") == "/jk"
    page.evaluate("document.activeElement.blur()")
    for key in "jjk":
        page.keyboard.press(key)
    row = page.locator("[data-rows] tr[aria-selected=true]")
    assert row.locator("a").inner_text() == "Sở Công Thương Hải Phòng, quý III"
    assert page.evaluate("document.activeElement.closest('tr').ariaSelected") == "true"


def test_a_form_is_sent_once(open_gallery: Any) -> None:
    page = open_gallery()
    page.evaluate(
        """() => { window.sent = 0; const form = document.getElementById("sample");
        window.addEventListener("submit", (event) => {
            window.sent += event.defaultPrevented ? 0 : 1; event.preventDefault(); });
        form.noValidate = true; form.requestSubmit(); form.requestSubmit(); }"""
    )
    assert page.evaluate("window.sent") == 1


def test_what_was_typed_survives_leaving_the_page(open_gallery: Any) -> None:
    page = open_gallery()
    page.fill("#id_note", "Đã gọi hai lần")
    page.goto("about:blank")
    page.go_back()
    page.reload()
    assert page.input_value("#id_note") == "Đã gọi hai lần"
    page.click("text=Bỏ phần này")
    assert page.input_value("#id_note") == ""
    page.reload()
    assert page.input_value("#id_note") == ""


def test_menus_open_without_scripts(open_gallery: Any) -> None:
    page = open_gallery(PHONE, scripts=False)
    page.click(".mx-menu summary")
    assert page.locator(".mx-menu nav").is_visible()


def test_the_theme_is_chosen_without_scripts(open_gallery: Any) -> None:
    page = open_gallery(WIDE, scripts=False)
    page.click(".mx-foot button[name=theme]")
    assert (page.locator("html").get_attribute("data-bs-theme"), page.url.endswith("/thanh-phan/")) == ("dark", True)
