"""The rows of list pages: what a card says of each enterprise, read from the stored passport alone."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from matxich.kit.templatetags.mx import locale, number
from matxich.places.queries import name_of
from matxich.places.reference import TWO_LEVELS
from matxich.registry.models import Enterprise, Statement
from matxich.registry.queries.showing import shown
from matxich.registry.search import ListPage, Query
from matxich.registry.states import Size, Visibility
from matxich.rulebook.capabilities.certificate import status
from matxich.rulebook.capabilities.joining import JOINED_BY_LIST, joined
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.passport import field_of
from matxich.rulebook.vietnamese.numbers import Locale, PartialDate, format_date
from matxich.rulebook.vietnamese.text import fold

STALE_DAYS = 365
ITEMS_SHOWN = 4
CERTIFICATES_SHOWN = 3
FIGURE_LENGTH = 42
_ANY_YEAR = 2100
_MACHINE = frozenset(("kind", "maker", "model", "quantity", "tonnage_t", "tonnage_to_t", "axes"))
LAST_DAY_OF_63 = TWO_LEVELS - timedelta(days=1)
FIGURES = {
    "machines": _lazy("Máy"),
    "tolerance": _lazy("Dung sai"),
    "capacity": _lazy("Công suất"),
    "materials": _lazy("Vật liệu"),
}
SHOWN_FIELDS = ("processes", "products", "certificates", *FIGURES)
# Fields of a row whose statements may each be kept from the public.
TOLD_BY_STATEMENT = (*SHOWN_FIELDS, *JOINED_BY_LIST.values(), "name_en", "workers", "site_address", "address")
COLUMNS = (
    *("pk", "name", "name_en", "tax_code", "province_34", "province_63", "commune_34", "commune_63", "zone", "size"),
    *("workers", "verification", "as_of", "in_programme", "passport"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """An enterprise in a list. `level` 0 to 3 as the marks of verification.

    `hits` are the processes and products the question names, `others` the rest in one line; `figures` only what is
    known, `unknown` in words what is not. `dated`: the month of the newest fact, "" when none has a date.
    """

    id: str
    url: str
    name: str
    name_en: str
    place: str
    scale: str
    tax_code: str
    hits: tuple[str, ...]
    others: str
    certificates: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    unknown: str
    level: int
    dated: str
    stale: bool
    in_programme: bool


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads the list: where a row leads, which map, what was asked, which fields are open, what day it is.

    The words of the page are looked up once, not once a row.
    """

    route: str
    boundaries: str
    asked: frozenset[str]
    open_fields: frozenset[str]
    today: date
    counted_on: date
    figures: tuple[tuple[str, str], ...]
    sizes: Mapping[str, str]
    dated: str
    locale: Locale
    hidden: frozenset[int]


def cards(page: ListPage, *, route: str, public: bool, query: Query, today: date) -> list[Card]:
    """The enterprises of the page that answers `query`, in the order found."""
    seen = Enterprise.objects.filter(pk__in=page.ids)
    return cards_of(page.ids, seen, route=route, public=public, query=query, today=today)


def cards_of(
    ids: Iterable[int],
    seen: QuerySet[Enterprise],
    *,
    route: str,
    public: bool,
    query: Query,
    today: date,
) -> list[Card]:
    """Those of `ids` that are among `seen`, in their order, as cards that answer `query`."""
    rows = {row.pk: row for row in seen.order_by().values_list(*COLUMNS, named=True)}
    reader = _Reader(
        reverse(route, args=["*"]),
        query.boundaries,
        frozenset(fold(query.text).split()),
        frozenset(code for code in SHOWN_FIELDS if not public or field_of(code).audience == "public"),
        today,
        query.on or today,
        tuple((code, str(label)) for code, label in FIGURES.items()),
        {value: str(label) for value, label in Size.choices if value != Size.UNKNOWN},
        _("số liệu %(month)s"),
        locale(),
        hidden_statements(rows) if public else frozenset(),
    )
    return [_card(rows[pk], reader) for pk in ids if pk in rows]


def hidden_statements(ids: Collection[int]) -> frozenset[int]:
    """Statements about public fields that are themselves not public. One query, none for no enterprise."""
    told = Statement.objects.filter(enterprise__in=ids, visibility__gt=Visibility.PUBLIC, field__in=TOLD_BY_STATEMENT)
    return frozenset(told.order_by().values_list("pk", flat=True)) if ids else frozenset()


def is_hidden(passport: Mapping[str, Any], code: str, hidden: Collection[int]) -> bool:
    """Does the one value of a field come from a statement that is not for this reader?"""
    return bool(hidden) and passport.get(code, {}).get("s") in hidden


def place_is_hidden(passport: Mapping[str, Any], hidden: Collection[int]) -> bool:
    """The place of a row is that of its site, else of its office."""
    located = next((code for code in ("site_address", "address") if code in passport), "")
    return is_hidden(passport, located, hidden)


def _card(row: Any, reader: _Reader) -> Card:
    passport = row.passport
    made = [*_told(passport, "processes", reader), *_told(passport, "products", reader)]
    hits = tuple(text for text in made if _named(text, reader.asked))[:ITEMS_SHOWN]
    figures = [(label, _first(passport, code, reader)) for code, label in reader.figures]
    registry_id = make_registry_id(row.pk)
    return Card(
        id=registry_id,
        url=reader.route.replace("*", registry_id),
        name=row.name,
        name_en="" if is_hidden(passport, "name_en", reader.hidden) else row.name_en,
        place=_place(row, reader),
        scale="" if is_hidden(passport, "workers", reader.hidden) else _scale(row, reader.sizes),
        tax_code=row.tax_code or "",
        hits=hits,
        others=_others([text for text in made if text not in hits], ITEMS_SHOWN - len(hits)),
        certificates=tuple(_told(passport, "certificates", reader)[:CERTIFICATES_SHOWN]),
        figures=tuple(pair for pair in figures if pair[1]),
        unknown=", ".join(label.lower() for label, value in figures if not value),
        level=min(3, row.verification),
        dated=_month(row.as_of, reader),
        stale=row.as_of is not None and (reader.today - row.as_of).days > STALE_DAYS,
        in_programme=row.in_programme,
    )


def _month(on: date | None, reader: _Reader) -> str:
    return reader.dated % {"month": format_date(PartialDate(on, "month"), reader.locale)} if on else ""


def _told(passport: Mapping[str, Any], code: str, reader: _Reader) -> list[str]:
    """The values of one passport field as text; a value that is not text or number has no place on a card."""
    return texts_of(passport, code, reader.hidden, on=reader.counted_on) if code in reader.open_fields else []


def texts_of(
    passport: Mapping[str, Any], code: str, hidden: Collection[int] = (), *, on: date | None = None
) -> list[str]:
    """What one field of lists says in words or figures, with what is stated in parts about the same; but for what
    these statements say. `on`: without certificates known not to count on that day."""
    if code in JOINED_BY_LIST:
        field = JOINED_BY_LIST[code]
        items = [one for one in joined(passport, field, latest_year=_ANY_YEAR) if one.statement not in hidden]
        if on and field == "certificate":
            items = [one for one in items if status(one.value, on) in ("valid", "unknown")]
        return [item.text or _called(field, item.value) for item in items]
    told = values_of(passport.get(code), hidden)
    return [str(words) for one in told if isinstance(words := _words(one), str | int)]


def _called(field: str, value: Mapping[str, Any]) -> str:
    """What an item told in parts is called; of a machine what it can take, of anything nothing names all of it."""
    if field == "machine":
        value = {part: one for part, one in value.items() if part in _MACHINE} or value
    return next((str(value[part]) for part in ("text", "name") if part in value), "") or shown(field, value)


def _words(value: Any) -> Any:
    """The words of an item for which a person chose the concept; anything else as it is."""
    return value["text"] if isinstance(value, dict) and value.keys() == {"text", "concept"} else value


def values_of(current: Mapping[str, Any] | None, hidden: Collection[int] = ()) -> list[Any]:
    """The values of one stored field, but for what these statements say."""
    if current is None:
        return []
    told = current["m"] if "m" in current else [(current.get("v"), current.get("s"))]
    return [value for value, statement in told if statement not in hidden]


def _first(passport: Mapping[str, Any], code: str, reader: _Reader) -> str:
    told = _told(passport, code, reader)
    text = told[0] if told else ""
    return text if len(text) <= FIGURE_LENGTH else f"{text[: FIGURE_LENGTH - 1].rstrip()}…"


def _named(text: str, asked: frozenset[str]) -> bool:
    return bool(asked) and not asked.isdisjoint(fold(text).split())


def _others(texts: list[str], room: int) -> str:
    """As many as there is room for, and how many more."""
    shown, more = texts[: max(0, room)], len(texts) - max(0, room)
    if more > 0:
        shown.append(ngettext("thêm %(n)s", "thêm %(n)s", more) % {"n": more})
    return " · ".join(shown)


def _place(row: Any, reader: _Reader) -> str:
    """Commune and province on the map asked for, and the zone."""
    on, codes = None, (row.commune_34, row.province_34)
    if reader.boundaries == "63":
        on, codes = LAST_DAY_OF_63, (row.commune_63, row.province_63)
    if place_is_hidden(row.passport, reader.hidden):
        return _("chưa rõ nơi sản xuất")
    names = [name_of(code, on) for code in codes if code]
    return ", ".join([*names, *([row.zone] if row.zone else [])]) or _("chưa rõ nơi sản xuất")


def _scale(row: Any, sizes: Mapping[str, str]) -> str:
    people = row.workers
    workers = ngettext("%(n)s người", "%(n)s người", people) % {"n": number(people)} if people is not None else ""
    return " · ".join(part for part in (sizes.get(row.size, ""), workers) if part)
