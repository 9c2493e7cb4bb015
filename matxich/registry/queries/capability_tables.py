"""Machines, certificates, products and customers of a firm as tables, each row with how well it is backed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _noop
from django.utils.translation import ngettext

from matxich.kit.display import Column
from matxich.kit.templatetags.mx import age, day
from matxich.registry.queries.passport import Fact, Row
from matxich.registry.queries.showing import language, shown
from matxich.registry.taxonomy import label_of, taxonomy
from matxich.rulebook.capabilities.certificate import STATUSES, status
from matxich.rulebook.capabilities.fields import FIELDS
from matxich.rulebook.capabilities.model import SEPARATOR, Value
from matxich.rulebook.capabilities.parts import to_text

SOON = 90
SEEN = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """`below`: a quieter second line; `warn` sets it in the colour of attention."""

    text: str
    head: str = ""
    figures: bool = False
    below: str = ""
    warn: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A certificate's validity as a bar over five years, in hundredths of their width; `now` is the day asked."""

    start: float
    width: float
    now: float
    label: str
    ending: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One item. `below`: the words of a list it was read from, and what contradicts it."""

    name: str
    cells: tuple[Cell, ...]
    level: int
    source: str
    age: str
    below: str = ""
    clash: bool = False
    source_url: str = ""
    edit_url: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """`years` head the bars of certificates; `add_url` is "" for who may not add."""

    code: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    years: tuple[int, ...] = ()
    add_url: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom, as of which day. `registry_id` is "" for the public, which sees neither origins nor forms."""

    on: date
    registry_id: str = ""
    editing: bool = False
    masks: Callable[[str], str] = field(default=str)


def capability_table(row: Row, reader: Reader) -> Table:
    """The items of a structured field of TABLES."""
    shape = TABLES[row.code]
    lines = tuple(_line(row.code, shape, fact, reader) for fact in row.facts)
    years = _years(reader.on) if row.code == "certificate" else ()
    used = [at for at in range(len(shape)) if any(line.cells[at].text for line in lines)]
    columns = tuple(Column(_(shape[at].label), shape[at].figures) for at in used)
    kept = tuple(replace(line, cells=tuple(line.cells[at] for at in used)) for line in lines)
    return Table(row.code, row.label, columns, kept, years, edit_url(reader, row.code) if reader.editing else "")


def edit_url(reader: Reader, code: str, statement: int | None = None, words: str = "") -> str:
    """The form of one item of a structured field: a new one, one stated before, or the words of a list."""
    asked = {"theo": str(statement)} if statement else {}
    asked |= {"chu": words} if words else {}
    url = reverse("registry:item", args=[reader.registry_id, code])
    return f"{url}?{urlencode(asked)}" if asked else url


@dataclass(frozen=True, slots=True)
class _Shape:
    label: str
    text: Callable[[Value, Reader], str]
    figures: bool = False
    below: Callable[[Value, Reader], tuple[str, bool]] = lambda value, reader: ("", False)


def _part(code: str, *parts: str, joint: str = " ") -> Callable[[Value, Reader], str]:
    known = FIELDS[code]

    def text(value: Value, reader: Reader) -> str:
        told = (to_text(known.part(part), value[part], language()) for part in parts if part in value)
        return joint.join(told)

    return text


def _strength(value: Value, reader: Reader) -> str:
    """Tonnage, axes, table: what a machine can take."""
    kept = {part: value[part] for part in ("tonnage_t", "tonnage_to_t", "axes", "table_mm") if part in value}
    return FIELDS["machine"].plain(kept, language()).lstrip(SEPARATOR)


def _process(value: Value, reader: Reader) -> str:
    code = value.get("process", "")
    return label_of(code) if code in taxonomy() else code


def _years_made(value: Value, reader: Reader) -> str:
    return "–".join(str(value[part]) for part in ("year", "year_to") if part in value)


def _expiry(value: Value, reader: Reader) -> str:
    if "valid_to" not in value:
        return str(STATUSES[status(value, reader.on)][language() == "en"])
    return day(_last_day(value))


def _until(value: Value, reader: Reader) -> tuple[str, bool]:
    if "valid_to" not in value:
        return "", False
    left = (_last_day(value) - reader.on).days + 1
    standing = status(value, reader.on)
    if standing == "valid" and left <= SOON:
        return ngettext("còn %(n)s ngày", "còn %(n)s ngày", left) % {"n": left}, True
    return ("", False) if standing == "valid" else (STATUSES[standing][language() == "en"], True)


def _last_day(value: Value) -> date:
    return date.fromisoformat(value["valid_to"]) - timedelta(days=1)


TABLES: Mapping[str, tuple[_Shape, ...]] = {
    "machine": (
        _Shape(_noop("Công đoạn"), _process),
        _Shape(_noop("Hãng, kiểu"), _part("machine", "maker", "model")),
        _Shape(_noop("Năm"), _years_made, figures=True),
        _Shape(_noop("Số lượng"), _part("machine", "quantity"), figures=True),
        _Shape(_noop("Thông số"), _strength),
        _Shape(_noop("Giờ trống mỗi tuần"), _part("machine", "hours_free_per_week"), figures=True),
        _Shape(_noop("Xuất xứ"), _part("machine", "origin")),
    ),
    "certificate": (
        _Shape(_noop("Phạm vi"), _part("certificate", "scope")),
        _Shape(_noop("Nơi cấp"), _part("certificate", "body")),
        _Shape(_noop("Hết hạn"), _expiry, figures=True, below=_until),
    ),
    "product": (
        _Shape(_noop("Mã HS"), _part("product", "hs"), figures=True),
        _Shape(_noop("Mã ngành"), _part("product", "vsic"), figures=True),
        _Shape(_noop("Sản phẩm ưu tiên"), _part("product", "priority_product")),
        _Shape(_noop("Mỗi năm"), _part("product", "yearly", "unit"), figures=True),
    ),
    "customer": (
        _Shape(_noop("Nước"), _part("customer", "country")),
        _Shape(_noop("Cấp cung ứng"), _part("customer", "tier")),
        _Shape(_noop("Tỷ trọng"), _part("customer", "share_percent"), figures=True),
        _Shape(_noop("Từ năm"), _part("customer", "since"), figures=True),
        _Shape(_noop("Sản phẩm"), _part("customer", "product")),
    ),
}
_NAMES = {"machine": ("kind", "concept"), "certificate": ("text",), "product": ("name",), "customer": ("name",)}


def _line(code: str, shape: tuple[_Shape, ...], fact: Fact, reader: Reader) -> Line:
    value = fact.value
    cells = []
    for column in shape:
        below, warn = column.below(value, reader) if value else ("", False)
        cells.append(Cell(column.text(value, reader) if value else "", _(column.label), column.figures, below, warn))
    return Line(
        name=_name(code, fact, reader),
        cells=tuple(cells),
        level=min(SEEN, fact.level),
        source=fact.statement.source.name,
        age=age(fact.as_of, reader.on),
        below=below_item(code, fact),
        clash=fact.in_conflict or fact.question is not None or fact.unseen is not None,
        source_url=reverse("registry:provenance", args=[reader.registry_id, fact.statement.pk])
        if reader.registry_id
        else "",
        edit_url=edit_url(reader, code, fact.statement.pk, fact.text) if reader.editing else "",
        span=_span(value, reader) if code == "certificate" else None,
    )


def _name(code: str, fact: Fact, reader: Reader) -> str:
    """What the item is called; with its number a certificate, with its process a machine."""
    value = fact.value
    name = next((str(value[part]) for part in _NAMES[code] if part in value), "") or fact.text
    if code == "machine" and not name:
        name = _part("machine", "maker", "model")(value, reader)
    number = _("số %(number)s") % {"number": value["number"]} if value.get("number") else ""
    return " · ".join(part for part in (name, number) if part)


def below_item(code: str, fact: Fact) -> str:
    """The words an item was read from, where they differ from how it is shown; doubts; what others say."""
    told = []
    if fact.text and fact.value and fact.text != shown(code, fact.value):
        told.append(_("trong nguồn: %(text)s") % {"text": fact.text})
    if fact.unseen:
        told.append(fact.unseen.told)
    if fact.question:
        told.append(fact.question.message(language()))
    said = [
        _("%(source)s, %(day)s: %(value)s")
        % {"source": other.statement.source.name, "day": day(other.as_of), "value": shown(code, other.value)}
        for other in fact.alternatives
    ]
    if said:
        told.append(_("nguồn khác nói: %(said)s") % {"said": " · ".join(said)})
    return " · ".join(told)


def _years(on: date) -> tuple[int, ...]:
    return tuple(range(on.year - 2, on.year + 3))


def _span(value: Value, reader: Reader) -> Span | None:
    """None when neither end is known."""
    start = value.get("valid_from") or value.get("issued")
    if not value or not (start or value.get("valid_to")):
        return None
    first = _across(date.fromisoformat(start), reader.on) if start else 0.0
    last = _across(date.fromisoformat(value["valid_to"]), reader.on) if "valid_to" in value else 100.0
    label = _("Hiệu lực đến %(day)s") % {"day": _expiry(value, reader)}
    ending = _until(value, reader)[1]
    return Span(first, max(last - first, 1.0), _across(reader.on, reader.on), label, ending)


def _across(at: date, on: date) -> float:
    """How far along the five years a day lies, 0 to 100."""
    first, last = date(on.year - 2, 1, 1), date(on.year + 3, 1, 1)
    return round(min(max((at - first).days / (last - first).days, 0.0), 1.0) * 100, 1)
