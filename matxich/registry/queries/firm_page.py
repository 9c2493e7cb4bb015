"""One enterprise as its page shows it: lines with source, strength and age; for officials also where each came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.kit.display import Fact as Line
from matxich.kit.display import Link
from matxich.kit.templatetags.mx import age, day, mask
from matxich.places.queries import name_of
from matxich.registry.models import Enterprise
from matxich.registry.permissions import may_edit_officially
from matxich.registry.queries.capability_tables import TABLES, Reader, Table, below_item, capability_table, edit_url
from matxich.registry.queries.enterprises import BY_CONSENT
from matxich.registry.queries.meaning import FACET_OF, Item
from matxich.registry.queries.passport import Fact, Passport, Row, Section, passport
from matxich.registry.queries.showing import language, shown
from matxich.registry.queries.term_pages import UnderstoodItem, understood_fields
from matxich.registry.queries.unseen import unseen_of
from matxich.registry.states import Size, Verification, Visibility
from matxich.rulebook.capabilities.joining import JOINED_BY_LIST
from matxich.rulebook.enterprise_size import enterprise_size
from matxich.rulebook.freshness import WHYS, Assessment, assess, line_of
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.passport import FIELDS, field_of
from matxich.rulebook.projection import whole

STALE_DAYS = 365
SEEN = 3
ADVISED = 5


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of one field and the concepts of the taxonomy they are understood as."""

    label: str
    items: tuple[UnderstoodItem, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A section of the passport: lines, then what has parts as tables. A contact line of a person is masked."""

    code: str
    title: str
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    terms: tuple[Terms, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """What to add next, why, and where; `gain` in hundredths of a per cent of the record's strength."""

    label: str
    why: str
    missing: bool
    url: str
    gain: int


@dataclass(frozen=True, slots=True)
class Strength:
    """How many of the shown facts stand at a level, and where its bar begins and ends (0 to 320)."""

    level: int
    label: str
    count: int
    start: int
    width: int
    css: str


@dataclass(frozen=True, slots=True)
class FirmPage:
    """Everything a firm's page shows."""

    id: str
    name: str
    name_en: str
    former_names: tuple[str, ...]
    tax_code: str
    size: str
    in_programme: bool
    is_demo: bool
    is_public: bool
    crumbs: tuple[Link, ...]
    tabs: tuple[Link, ...]
    blocks: tuple[Block, ...]
    hidden: int
    sources: int
    strengths: tuple[Strength, ...]
    facts: int
    completeness: int
    freshness: int
    advice: tuple[Advice, ...]
    on: date
    today: date
    version: int
    may_edit: bool
    why_not: str


def firm_page(enterprise: Enterprise, *, actor: Actor, today: date, on: date | None, public: bool) -> FirmPage:
    """The page for this reader; `on` asks how it stood at the end of a past day."""
    told = passport(enterprise, actor=actor, on=on)
    facts = [fact for section in told.sections for row in section.rows for fact in row.facts]
    editing = may_edit_officially(actor, enterprise)
    reader = Reader(told.on, "" if public else make_registry_id(enterprise.pk), bool(editing) and not public)
    terms = _terms(told, reader)
    blocks = tuple(_block(section, told, reader, terms) for section in told.sections)
    found = assess(told.held, told.on)
    return FirmPage(
        id=make_registry_id(enterprise.pk),
        name=enterprise.name,
        name_en=enterprise.name_en if _is_told(told, "name_en") else "",
        former_names=told.former_names,
        tax_code=enterprise.tax_code or "",
        size=str(Size(enterprise.size).label),
        in_programme=enterprise.in_programme,
        is_demo=enterprise.is_demo,
        is_public=enterprise.kind not in BY_CONSENT,
        crumbs=_crumbs(enterprise, public, placed=_is_told(told, "site_address", "address")),
        tabs=tuple(Link(block.title, f"#{block.code}") for block in blocks),
        blocks=blocks,
        hidden=told.hidden,
        sources=len({fact.statement.source_id for fact in facts}),
        strengths=_strengths(facts),
        facts=len(facts),
        completeness=found.completeness,
        freshness=found.freshness,
        advice=_advice(found, reader, public),
        on=told.on,
        today=today,
        version=enterprise.version,
        may_edit=bool(editing),
        why_not=str(editing.reason),
    )


def _advice(found: Assessment, reader: Reader, public: bool) -> tuple[Advice, ...]:
    """The steps that would do most for the record; to the public, of what the public may see."""
    advice: list[Advice] = []
    for step in found.steps:
        line = line_of(step.field)
        seen = [code for code in line.codes if code in FIELDS and (not public or FIELDS[code].audience == "public")]
        if seen and len(advice) < ADVISED:
            why = WHYS[step.why][language() == "en"]
            url = _form_url(line.code, reader) if reader.editing else ""
            advice.append(Advice(line.labels[language() == "en"], why, step.why == "missing", url, step.gain))
    return tuple(advice)


def _form_url(code: str, reader: Reader) -> str:
    if field_of(code).structured:
        return edit_url(reader, code)
    return reverse("registry:state_fact", args=[reader.registry_id, code])


def _is_told(told: Passport, *codes: str) -> bool:
    """May the reader see the first of these fields that the record holds? A column of the record knows no reader."""
    held = next((code for code in codes if code in told.enterprise.passport), "")
    return not held or told.row(held) is not None


def _crumbs(enterprise: Enterprise, public: bool, *, placed: bool) -> tuple[Link, ...]:
    route = "registry:directory" if public else "registry:enterprises"
    links = [Link(_("Nhà cung ứng") if public else _("Doanh nghiệp"), reverse(route))]
    if placed and enterprise.province_34:
        links.append(Link(name_of(enterprise.province_34), f"{reverse(route)}?province={enterprise.province_34}"))
    if placed and enterprise.commune_34:
        links.append(Link(name_of(enterprise.commune_34)))
    return tuple(links)


def _terms(told: Passport, reader: Reader) -> tuple[Terms, ...]:
    """Words of lists and people that have a concept; what was told with its concept says so itself."""
    words = {}
    for code in FACET_OF:
        row = told.row(JOINED_BY_LIST.get(code, code))
        facts = row.facts if row else ()
        items = [fact.text or _item(fact.value) for fact in facts]
        words[code] = list({repr(item): item for item in items if item}.values())
    found = understood_fields(
        told.enterprise, {code: texts for code, texts in words.items() if texts}, editing=reader.editing
    )
    terms = (Terms(_(FIELDS[code].label), tuple(item for item in items if item.tells)) for code, items in found.items())
    return tuple(one for one in terms if one.items)


def _item(value: Any) -> Item:
    """An item as lists would tell it, in words; the concept somebody chose for them stays beside them."""
    if isinstance(value, dict):
        return value if value.keys() == {"text", "concept"} else str(value.get("text") or value.get("kind") or "")
    return str(value)


def _block(section: Section, told: Passport, reader: Reader, terms: tuple[Terms, ...]) -> Block:
    lines = [line for row in section.rows if row.code not in TABLES for line in lines_of(row, reader)]
    if section.code == "scale" and (size := _size_line(told)):
        lines.insert(0, size)
    tables = tuple(capability_table(row, reader) for row in section.rows if row.code in TABLES)
    return Block(section.code, _(section.label), tuple(lines), tables, terms if section.code == "capability" else ())


def lines_of(row: Row, reader: Reader) -> Iterable[Line]:
    """One line a field; items of a field that adds up share a line as long as they share a source and a date."""
    groups: dict[tuple[int, date], list[Fact]] = {}
    for fact in row.facts:
        groups.setdefault((fact.statement.pk, fact.as_of), []).append(fact)
    for facts in groups.values():
        yield _line(row, facts, reader)


def _line(row: Row, facts: list[Fact], reader: Reader) -> Line:
    first = facts[0]
    masked = row.personal and first.statement.visibility != Visibility.PUBLIC
    texts = [shown(row.code, fact.value) if fact.value else fact.text for fact in facts]
    texts = [mask(text) for text in texts] if masked else texts
    origin = reverse("registry:provenance", args=[reader.registry_id, first.statement.pk]) if reader.registry_id else ""
    url, action = "", ""
    if masked and origin:
        url, action = origin, _("Mở để xem, có ghi lý do")
    elif reader.editing and field_of(row.code).structured:
        url, action = edit_url(reader, row.code, first.statement.pk, first.text), _("Sửa")
    elif first.in_conflict and reader.editing:
        url, action = reverse("registry:state_fact", args=[reader.registry_id, row.code]), _("Chọn giá trị đúng")
    return Line(
        label=_(row.label),
        value=" · ".join(dict.fromkeys(texts)),
        level=min(SEEN, first.level),
        source=first.statement.source.name,
        age=age(first.as_of, reader.on),
        below=_below(row, facts, masked),
        stale=first.age > STALE_DAYS,
        clash=first.in_conflict or first.question is not None or any(fact.unseen for fact in facts),
        url=url,
        action=action,
        source_url=origin,
    )


def _below(row: Row, facts: list[Fact], masked: bool) -> str:
    first = facts[0]
    if masked:
        return ""
    if field_of(row.code).structured:
        return below_item(row.code, first)
    not_found = unseen_of((shown(row.code, fact.value), fact.unseen) for fact in facts)
    return " · ".join(filter(None, (not_found, _otherwise(row, first) or _old_place(first.value, row.kind))))


def _size_line(told: Passport) -> Line | None:
    """The size the law gives on the day asked, from the figures of the record; None without a headcount."""
    workers = told.row("workers")
    if workers is None:
        return None
    given = {code: _whole(told, code) for code in ("workers", "revenue", "assets")}
    answer = enterprise_size(
        on=told.on, workers=given["workers"], revenue=given["revenue"], capital=given["assets"]
    )  # fmt: skip
    said = str(Size(answer.size).label)
    if answer.size == "unknown" and answer.article:
        said = _("Chưa đủ số liệu: có thể là %(sizes)s") % {
            "sizes": ", ".join(str(Size(size).label).lower() for size in answer.possible)
        }
    note = _("tính theo %(article)s") % {"article": _(answer.article)} if answer.article else ""
    note = note or _("chưa có quy định để tính ở ngày này")
    return Line(
        label=_("Quy mô"), value=said, note=f"· {note}", level=workers.facts[0].level, source=_("Hệ thống tính")
    )


def _whole(told: Passport, code: str) -> int | None:
    row = told.row(code)
    return whole(row.facts[0].value) if row else None


def _otherwise(row: Row, fact: Fact) -> str:
    """What other sources say instead, each with its date."""
    if row.personal or not fact.alternatives:
        return ""
    said = [
        _("%(source)s, %(day)s: %(value)s")
        % {"source": other.statement.source.name, "day": day(other.as_of), "value": shown(row.code, other.value)}
        for other in fact.alternatives
    ]
    return _("nguồn khác nói: %(said)s") % {"said": " · ".join(said)}


def _old_place(value: Any, kind: str) -> str:
    if kind != "address" or not isinstance(value, dict):
        return ""
    return _("trong nguồn: %(text)s") % {"text": value["text"]} if value.get("commune_34") else ""


def _strengths(facts: list[Fact]) -> tuple[Strength, ...]:
    counts = [sum(1 for fact in facts if min(SEEN, fact.level) == level) for level in range(SEEN + 1)]
    whole, start, found = max(1, len(facts)), 0, []
    for level, css in ((3, "f-teal"), (2, "q-3"), (1, "q-2"), (0, "f-wash")):
        width = 320 * counts[level] // whole
        label = str(Verification(level).label)
        found.append(Strength(level, label, counts[level], start, max(0, width - 1), css))
        start += width
    return tuple(found)
