"""A real browser over the gallery: Debian's Chromium, kept from every host but this one."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
CLOSED = ["--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """The browser runs an event loop of its own, which Django would otherwise take for async code."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        pytest.skip("NO BROWSER: install Debian's chromium to run this test.")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=[*QUIET, *CLOSED])
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
