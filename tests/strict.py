"""A client and a template engine that refuse what a user would only notice later."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch

from django.template.base import FilterExpression, VariableDoesNotExist
from django.test import Client

WRITTEN = frozenset({"textarea", "pre"})
"""What somebody wrote, templates of papers included, is shown as it is."""
INLINE_HANDLER = re.compile(r"^on[a-z]+$")


class PageFault(AssertionError):
    """A page that would misbehave in a browser under our content policy."""


class _Inspector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: set[str] = set()
        self.written = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.written = self.written or tag in WRITTEN
        for name, value in attrs:
            if INLINE_HANDLER.match(name):
                self.faults.append(f"inline handler {name} on <{tag}>")
            if name == "style":
                self.faults.append(f"inline style on <{tag}>")
            if name in {"href", "action"} and (value or "").startswith("javascript:"):
                self.faults.append(f"script address on <{tag}>")
            if name == "id" and value:
                if value in self.ids:
                    self.faults.append(f"id “{value}” twice")
                self.ids.add(value)

    def handle_endtag(self, tag: str) -> None:
        self.written = self.written and tag not in WRITTEN

    def handle_data(self, data: str) -> None:
        if self.written:
            return
        if "{{" in data or "{%" in data:
            self.faults.append(f"unrendered template code: {data.strip()[:60]}")


def inspect(html: str) -> list[str]:
    inspector = _Inspector()
    inspector.feed(html)
    return inspector.faults


class StrictClient(Client):
    """Reads every HTML answer and fails on what the content policy or a careful reader would not accept."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        if page and (faults := inspect(response.content.decode())):
            raise PageFault("; ".join(faults))
        return response


@contextmanager
def fail_on_undefined_variables() -> Iterator[None]:
    """A name the context does not hold raises in our templates, unless a `default` filter or an `if` expects it."""
    original = FilterExpression.resolve

    def resolve(self: FilterExpression, context: Any, ignore_failures: bool = False) -> Any:
        expected = ignore_failures or any(f[0].__name__ in {"default", "default_if_none"} for f in self.filters)
        name = getattr(context.template, "origin", None)
        ours = name is not None and "site-packages" not in str(name.name)
        if expected or not ours or not hasattr(self.var, "resolve"):
            return original(self, context, ignore_failures)
        try:
            self.var.resolve(context)
        except VariableDoesNotExist as error:
            raise PageFault(f"undefined template variable: {self.token} in {name.name}") from error
        return original(self, context, ignore_failures)

    with patch.object(FilterExpression, "resolve", resolve):
        yield
