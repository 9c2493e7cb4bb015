"""Lists as tables to take away: the columns a list shows, for every enterprise found, read a few hundred at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import Any

from django.utils.translation import gettext as _

from matxich.documents.spreadsheets import Cell, csv_pieces, xlsx_pieces
from matxich.kit.actor import Actor
from matxich.kit.templatetags.mx import day as written_day
from matxich.kit.templatetags.mx import mask, number
from matxich.places.queries import name_of
from matxich.registry.permissions import may_see_contacts
from matxich.registry.queries.directory import (
    COLUMNS,
    LAST_DAY_OF_63,
    SHOWN_FIELDS,
    hidden_statements,
    is_hidden,
    place_is_hidden,
    texts_of,
    values_of,
)
from matxich.registry.queries.enterprises import public_enterprises, visible_enterprises
from matxich.registry.queries.showing import shown
from matxich.registry.search import Query, labels
from matxich.registry.search.listing import day_told
from matxich.registry.search.values import title
from matxich.registry.states import Size, Verification
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.passport import FIELDS, PERSONAL_FIELDS

CHUNK = 500
BETWEEN = "; "
CONTACT_FIELDS = tuple(code for code in FIELDS if code in PERSONAL_FIELDS and FIELDS[code].audience != "private")


@dataclass(frozen=True, slots=True)
class Export:
    """A table to take away: for whom, with which columns (code → head), on which map; its words already looked up.

    Certificates are those that count `on` a day, as in the list.
    Personal columns (`contacts`) hold a firm's contacts where the actor may see them, else their masks.
    """

    actor: Actor
    public: bool
    boundaries: str
    on: date | None
    contacts: bool
    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]

    @property
    def heads(self) -> list[str]:
        return list(self.columns.values())


def export_of(actor: Actor, *, public: bool, query: Query, contacts: bool = False) -> Export:
    """What a list shows of a firm, in the words of the reader's language; `contacts` adds the people to reach."""
    own = {
        "registry_id": _("Mã hồ sơ"),
        **{code: _(FIELDS[code].label) for code in ("name", "name_en", "tax_code")},
        **{code: title(code) for code in ("commune", "province", "zone", "size")},
        **{code: _(FIELDS[code].label) for code in ("workers", *SHOWN_FIELDS)},
        "verified": title("verified"),
        "as_of": _("Số liệu mới nhất"),
        "in_programme": title("in_programme"),
        **{code: _(FIELDS[code].label) for code in (CONTACT_FIELDS if contacts else ())},
    }
    words = {
        "size": {value: str(label) for value, label in Size.choices if value != Size.UNKNOWN},
        "verified": {str(value): str(label) for value, label in Verification.choices},
        "in_programme": labels("in_programme", ("0", "1")),
    }
    return Export(actor, public, query.boundaries, query.on or query.today, contacts, own, words)


def export_rows(export: Export, ids: Iterable[int]) -> Iterator[list[Cell]]:
    """A row for each enterprise, in the order of `ids`; one that is out of sight by now is left out. Two queries for
    each CHUNK, for the public; one for officials."""
    seen = (public_enterprises if export.public else visible_enterprises)().order_by()
    for some in batched(ids, CHUNK, strict=False):
        rows = {row.pk: row for row in seen.filter(pk__in=some).values_list(*COLUMNS, named=True)}
        hidden = hidden_statements(some) if export.public else frozenset()
        yield from (_row(export, rows[pk], hidden) for pk in some if pk in rows)


def file_pieces(form: str, export: Export, ids: Iterable[int], about: Sequence[tuple[str, str]]) -> Iterator[bytes]:
    """The file, xlsx or csv, as it comes; an xlsx carries a sheet that says what it is."""
    table = export_rows(export, ids)
    if form == "csv":
        return csv_pieces(export.heads, table)
    sheet, cover = _("Doanh nghiệp"), _("Về danh sách này")
    return xlsx_pieces([(sheet, export.heads, table), (cover, [cover, ""], about)])


def about_list(query: Query, *, rows: int, purpose: str, day: date) -> list[tuple[str, str]]:
    """What a file says of itself, wherever it goes: the question, on which map, how many rows, the day, for what."""
    lines = [(_("Số dòng"), number(rows)), (_("Tải ngày"), written_day(day)), (_("Mục đích"), purpose)]
    return about_question(query) + [line for line in lines if line[1]]


def about_question(query: Query) -> list[tuple[str, str]]:
    """Words, filters and map of what is asked."""
    filters = [
        f"{title(name)}: {', '.join(labels(name, values, query.boundaries).values())}"
        for name, values in query.filters.items()
        if values
    ]
    if query.on:
        filters.append(day_told(query))
    map_ = _("Từ 01/7/2025 (34 tỉnh)") if query.boundaries == "34" else _("Trước 01/7/2025 (63 tỉnh)")
    lines = [(_("Tìm"), query.text), (_("Bộ lọc"), "; ".join(filters)), (_("Bản đồ hành chính"), map_)]
    return [line for line in lines if line[1]]


def _row(export: Export, row: Any, hidden: frozenset[int]) -> list[Cell]:
    on, places = None, (row.commune_34, row.province_34)
    if export.boundaries == "63":
        on, places = LAST_DAY_OF_63, (row.commune_63, row.province_63)
    commune, province = (name_of(code, on) if code else "" for code in places)
    zone, size, workers = row.zone, export.words["size"].get(row.size, ""), row.workers
    if place_is_hidden(row.passport, hidden):
        commune = province = zone = ""
    if is_hidden(row.passport, "workers", hidden):
        size, workers = "", None
    english = "" if is_hidden(row.passport, "name_en", hidden) else row.name_en
    cells: list[Cell] = [make_registry_id(row.pk), row.name, english, row.tax_code or "", commune, province]
    cells += [zone, size, workers]
    cells += [BETWEEN.join(_told(export, row, code, hidden)) for code in SHOWN_FIELDS]
    cells += [export.words["verified"][str(row.verification)], row.as_of]
    cells.append(export.words["in_programme"][str(int(row.in_programme))])
    return cells + (_contacts(export, row) if export.contacts else [])


def _told(export: Export, row: Any, code: str, hidden: frozenset[int]) -> list[str]:
    if export.public and FIELDS[code].audience != "public":
        return []
    return texts_of(row.passport, code, hidden, on=export.on)


def _contacts(export: Export, row: Any) -> list[Cell]:
    told = [[shown(code, value) for value in values_of(row.passport.get(code))] for code in CONTACT_FIELDS]
    if not may_see_contacts(export.actor, row):
        told = [[mask(text) for text in texts] for texts in told]
    return [BETWEEN.join(texts) for texts in told]
