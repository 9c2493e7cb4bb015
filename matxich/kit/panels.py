"""A slot on a page of a lower room that higher rooms fill; which ones there are stands in docs/between-rooms.md."""

from collections.abc import Callable
from functools import cache

from django.utils.module_loading import autodiscover_modules

from matxich.kit.doorway import Request

Panel = Callable[[Request], str]
_PANELS: dict[str, list[Panel]] = {}


def panel(slot: str) -> Callable[[Panel], Panel]:
    """Registers a function that draws its part of the slot; "" when it has nothing to show to this reader."""

    def register(draw: Panel) -> Panel:
        _PANELS.setdefault(slot, []).append(draw)
        return draw

    return register


def drawn(slot: str, request: Request) -> list[str]:
    """What the rooms above put into a slot, in the order of the rooms in the settings."""
    load()
    return [part for draw in _PANELS.get(slot, ()) if (part := draw(request))]


@cache
def load() -> None:
    """Before the first slot is drawn, not before: every command would start slower for what pages show."""
    autodiscover_modules("panels")
