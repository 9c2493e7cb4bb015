"""What somebody went to look at and did not find: it changes no fact, and stands beside it until somebody says anew."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from matxich.kit.templatetags.mx import day as written_day
from matxich.registry.models import Visit
from matxich.registry.queries.showing import shown
from matxich.registry.states import Finding, VisitState


@dataclass(frozen=True, slots=True)
class Unseen:
    """An item not found on a visit: which day, and of which organisation the visitor was."""

    on: date
    who: str

    @property
    def told(self) -> str:
        said = _("không thấy tại chỗ ngày %(day)s, theo %(who)s") if self.who else _("không thấy tại chỗ ngày %(day)s")
        return said % {"day": written_day(self.on), "who": self.who}


type UnseenItems = dict[tuple[str, str], Unseen]
"""By field and the item as the visitor read it."""


def unseen_items(family: Collection[int], on: date) -> UnseenItems:
    """Items that the last visit which spoke of them, up to a day, did not find. One query."""
    found: UnseenItems = {}
    visits = Visit.objects.filter(enterprise__in=family, state=VisitState.SUBMITTED, on__lte=on)
    for visit in visits.order_by("on", "id").values_list("on", "organisation", "findings", named=True):
        for one in visit.findings.values():
            item = one["code"], one["text"]
            found.pop(item, None)
            if visit.on and one["found"] == Finding.NOT_SEEN:
                found[item] = Unseen(visit.on, visit.organisation)
    return found


def unseen(items: UnseenItems, code: str, value: Any, text: str, as_of: date) -> Unseen | None:
    """Was this item not found, and has nobody told it anew since? The visitor may have read it in either language."""
    if not any(field == code for field, _text in items):
        return None
    for language in ("vi", "en"):
        with translation.override(language):
            found = items.get((code, shown(code, value) if value or not text else text))
        if found and as_of <= found.on:
            return found
    return None


def unseen_of(told: Iterable[tuple[str, Unseen | None]]) -> str:
    """Of several items on one line, each that was not found by its name."""
    return " · ".join(f"{text}: {found.told}" for text, found in told if found)
