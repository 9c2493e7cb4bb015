"""One browser for each worker of the run: a plugin that gives `browser` to every test that asks."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


FOLDERS = ("journeys", "ui")
"""Where tests with a browser lie: the suite looks for them there alone, and collects nothing else for them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        asks = "browser" in getattr(item, "fixturenames", ()) or item.get_closest_marker("browser")
        if asks and item.path.relative_to(Path(__file__).parent).parts[0] not in FOLDERS:
            raise pytest.UsageError(f"{item.nodeid} needs a browser: it belongs in tests/journeys.")


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Debian's Chromium. Its driver runs an event loop in this thread; the test's own ORM calls stay synchronous."""
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()
