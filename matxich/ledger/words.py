"""What an action is called on screen. Each room names its own in `ACTIONS` of its states module."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise
else:
    Promise = str

OWN: dict[str, Promise] = {"ledger.erase_subject": _("Xóa dữ liệu cá nhân theo yêu cầu")}


@cache
def words() -> dict[str, Promise]:
    """Every room's names for its actions."""
    named = dict(OWN)
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "states"):
            named |= getattr(import_module(f"{config.name}.states"), "ACTIONS", {})
    return named


def word(action: str) -> str:
    return str(words().get(action, action))
