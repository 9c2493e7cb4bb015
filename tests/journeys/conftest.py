"""A real browser over a live server: Debian's Chromium, both widths, axe on every page."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text()
DESKTOP, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}
_examined: set[Page] = set()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("browser")


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:  # type: ignore[no-untyped-def]
    """Open an address of the live server, as somebody, at a width; console errors fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(path: str, user: object = None, viewport: dict | None = None, script: bool = True) -> Page:
        context = browser.new_context(
            viewport=viewport or DESKTOP, base_url=live_server.url, java_script_enabled=script, locale="vi-VN"
        )
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" and page not in _examined else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("framenavigated", lambda frame: _examined.discard(page) if frame == page.main_frame else None)
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [text for text in complaints if "status of 4" not in text] == []


@pytest.fixture
def faults_of(open_page: Callable[..., Page]) -> Callable[..., dict[str, list[str]]]:
    """What axe and the width of the window say of pages, each opened by somebody: {} is the only good answer.

    Everybody goes from page to page in one window: a window costs a browser more than the page in it.
    """

    def look(visits: Iterable[tuple[str, object]], viewport: dict[str, int]) -> dict[str, list[str]]:
        windows: dict[object, Page] = {}
        faults: dict[str, list[str]] = {}
        for path, user in visits:
            if user in windows:
                windows[user].goto(path)
            else:
                windows[user] = open_page(path, user, viewport)
            page = windows[user]
            if found := violations(page) + ([f"{wide} px too wide"] if (wide := overflow(page)) > 0 else []):
                faults[path] = found
        return faults

    return look


def session_cookie(user: object, url: str) -> dict[str, str]:
    signed = Client()
    signed.force_login(user)  # type: ignore[arg-type]
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": signed.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA and its best practices; empty is the only good answer."""
    _examined.add(page)  # axe styles its probes, which our content policy rightly refuses
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
    return [f"{v['id']}: {v['help']} → {v['nodes'][0]['target']} {v['nodes'][0]['html'][:160]}" for v in found]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
