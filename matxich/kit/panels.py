"""A page offers a slot; a higher room fills it. Slots and fillers are listed in docs/panels.md, held by a test."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

Panel = Callable[[HttpRequest, Any], SafeString | str]
_slots: dict[str, list[Panel]] = defaultdict(list)


def panel(slot: str) -> Callable[[Panel], Panel]:
    """Register a rendering function for a slot; return "" to show nothing."""

    def register(function: Panel) -> Panel:
        _slots[slot].append(function)
        return function

    return register


def render_slot(slot: str, request: HttpRequest, subject: Any) -> list[SafeString | str]:
    return [shown for function in _slots[slot] if (shown := function(request, subject))]
