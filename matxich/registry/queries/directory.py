"""The rows of list pages: what a card says of each enterprise, read from the stored passport alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matxich.places.queries import name_of
from matxich.places.reference import TWO_LEVELS
from matxich.registry.models import Enterprise
from matxich.registry.search import ListPage
from matxich.registry.states import Size
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.passport import field_of
from matxich.rulebook.vietnamese.text import fold

STALE_DAYS = 365
ITEMS_SHOWN = 4
COLUMNS = (
    *("name", "name_en", "tax_code", "province_34", "province_63", "commune_34", "commune_63", "zone", "size"),
    *("workers", "sector", "verification", "as_of", "in_programme", "passport"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One process or product; `hit` when the question names it."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Card:
    """An enterprise in a list. `level` 0 to 3 as the marks of verification; `more` items are not shown."""

    id: str
    url: str
    name: str
    name_en: str
    tax_code: str
    place: str
    scale: str
    sector: str
    items: tuple[Item, ...]
    more: int
    certificates: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    level: int
    as_of: date | None
    stale: bool
    in_programme: bool


def cards(page: ListPage, *, route: str, public: bool, boundaries: str, today: date) -> list[Card]:
    """The page's enterprises in the order found. One query."""
    rows = Enterprise.objects.filter(pk__in=page.ids).order_by().only(*COLUMNS)
    asked = frozenset(fold(page.text).split())
    shown: Callable[[str], bool] = (lambda code: field_of(code).audience == "public") if public else (lambda code: True)
    return [_card(row, route, boundaries, asked, shown, today) for row in page.in_order(rows)]


def _card(
    row: Enterprise, route: str, boundaries: str, asked: frozenset[str], shown: Callable[[str], bool], today: date
) -> Card:
    told = {code: texts for code, current in row.passport.items() if shown(code) and (texts := _texts(current))}
    made = [*told.get("processes", ()), *told.get("products", ())]
    items = sorted((Item(text, _named(text, asked)) for text in made), key=lambda item: not item.hit)
    return Card(
        id=(registry_id := make_registry_id(row.pk)),
        url=reverse(route, args=[registry_id]),
        name=row.name,
        name_en=row.name_en,
        tax_code=row.tax_code,
        place=_place(row, boundaries),
        scale=_scale(row),
        sector=row.sector,
        items=tuple(items[:ITEMS_SHOWN]),
        more=max(0, len(items) - ITEMS_SHOWN),
        certificates=tuple(told.get("certificates", ()))[:ITEMS_SHOWN],
        figures=_figures(told),
        level=min(3, row.verification),
        as_of=row.as_of,
        stale=row.as_of is not None and (today - row.as_of).days > STALE_DAYS,
        in_programme=row.in_programme,
    )


def _texts(current: Mapping[str, Any]) -> tuple[str, ...]:
    """The values of one passport field as text; a value that is not text or number has no place on a card."""
    values = [item[0] for item in current["m"]] if "m" in current else [current.get("v")]
    return tuple(str(value) for value in values if isinstance(value, str | int))


def _named(text: str, asked: frozenset[str]) -> bool:
    return bool(asked) and bool(asked & set(fold(text).split()))


def _place(row: Enterprise, boundaries: str) -> str:
    """Commune and province on the map asked for, and the zone."""
    if boundaries == "63":
        last_day = date.fromordinal(TWO_LEVELS.toordinal() - 1)
        codes = [name_of(code, last_day) for code in (row.commune_63, row.province_63) if code]
    else:
        codes = [name_of(code) for code in (row.commune_34, row.province_34) if code]
    return ", ".join([*codes, *([row.zone] if row.zone else [])]) or _("chưa rõ nơi sản xuất")


def _scale(row: Enterprise) -> str:
    size = str(Size(row.size).label) if row.size != Size.UNKNOWN else ""
    workers = (
        ngettext("%(n)s người", "%(n)s người", row.workers) % {"n": row.workers} if row.workers is not None else ""
    )
    return " · ".join(part for part in (size, workers) if part)


def _figures(told: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    names = {"machines": _("Máy"), "tolerance": _("Dung sai"), "capacity": _("Công suất"), "materials": _("Vật liệu")}
    return tuple((label, told[code][0] if told.get(code) else "") for code, label in names.items())
