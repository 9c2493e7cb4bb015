"""One enterprise as its page shows it: lines with source, strength and age; for officials also where each came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from matxich.kit.actor import Actor
from matxich.kit.display import Fact as Line
from matxich.kit.display import Link
from matxich.kit.templatetags.mx import age, day, locale, mask, number
from matxich.places.queries import chain, name_of
from matxich.registry.models import Enterprise
from matxich.registry.permissions import may_edit
from matxich.registry.queries.enterprises import BY_CONSENT
from matxich.registry.queries.passport import Fact, Passport, Row, Section, passport
from matxich.registry.states import Size, Verification
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.passport import FIELDS, KEY_FIELDS
from matxich.rulebook.vietnamese.numbers import format_money

STALE_DAYS = 365
SEEN = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A section of the passport. A contact line of a person is masked; `reveal_url` opens it for a reason."""

    code: str
    title: str
    lines: tuple[Line, ...]


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
    missing: tuple[str, ...]
    on: date
    today: date
    version: int
    may_edit: bool
    why_not: str


def firm_page(enterprise: Enterprise, *, actor: Actor, today: date, on: date | None, public: bool) -> FirmPage:
    """The page for this reader; `on` asks how it stood at the end of a past day."""
    told = passport(enterprise, actor=actor, on=on)
    facts = [fact for section in told.sections for row in section.rows for fact in row.facts]
    editing = may_edit(actor, enterprise)
    blocks = tuple(_block(section, told, public, bool(editing)) for section in told.sections)
    return FirmPage(
        id=make_registry_id(enterprise.pk),
        name=enterprise.name,
        name_en=enterprise.name_en,
        former_names=told.former_names,
        tax_code=enterprise.tax_code or "",
        size=str(Size(enterprise.size).label),
        in_programme=enterprise.in_programme,
        is_demo=enterprise.is_demo,
        is_public=enterprise.kind not in BY_CONSENT,
        crumbs=_crumbs(enterprise, public),
        tabs=tuple(Link(block.title, f"#{block.code}") for block in blocks),
        blocks=blocks,
        hidden=told.hidden,
        sources=len({fact.statement.source_id for fact in facts}),
        strengths=_strengths(facts),
        facts=len(facts),
        completeness=enterprise.completeness,
        missing=tuple(_(FIELDS[code].label) for code in FIELDS if code in _missing(told)),
        on=told.on,
        today=today,
        version=enterprise.version,
        may_edit=bool(editing),
        why_not=str(editing.reason),
    )


def _missing(told: Passport) -> set[str]:
    known = {row.code for section in told.sections for row in section.rows}
    return {code for code in KEY_FIELDS - known if not FIELDS[code].personal}


def _crumbs(enterprise: Enterprise, public: bool) -> tuple[Link, ...]:
    route = "registry:directory" if public else "registry:enterprises"
    links = [Link(_("Nhà cung ứng") if public else _("Doanh nghiệp"), reverse(route))]
    if enterprise.province_34:
        links.append(Link(name_of(enterprise.province_34), f"{reverse(route)}?province={enterprise.province_34}"))
    if enterprise.commune_34:
        links.append(Link(name_of(enterprise.commune_34)))
    return tuple(links)


def _block(section: Section, told: Passport, public: bool, editing: bool) -> Block:
    lines = (line for row in section.rows for line in _lines(row, told, public, editing))
    return Block(section.code, _(section.label), tuple(lines))


def _lines(row: Row, told: Passport, public: bool, editing: bool) -> Iterable[Line]:
    """One line a field; items of a field that adds up share a line as long as they share a source and a date."""
    groups: dict[tuple[int, date], list[Fact]] = {}
    for fact in row.facts:
        groups.setdefault((fact.statement.pk, fact.as_of), []).append(fact)
    for facts in groups.values():
        yield _line(row, facts, told, public, editing)


def _line(row: Row, facts: list[Fact], told: Passport, public: bool, editing: bool) -> Line:
    first, registry_id = facts[0], make_registry_id(told.enterprise.pk)
    texts = [shown(fact.value, row.kind) for fact in facts]
    texts = [mask(text) for text in texts] if row.personal else texts
    origin = "" if public else reverse("registry:provenance", args=[registry_id, first.statement.pk])
    url, action = "", ""
    if row.personal and origin:
        url, action = origin, _("Mở để xem, có ghi lý do")
    elif first.in_conflict and editing:
        url, action = reverse("registry:state_fact", args=[registry_id, row.code]), _("Chọn giá trị đúng")
    return Line(
        label=_(row.label),
        value=" · ".join(dict.fromkeys(texts)),
        level=min(SEEN, first.level),
        source=first.statement.source.name,
        age=age(first.as_of, told.on),
        below=_otherwise(row, first) or _old_place(first.value, row.kind),
        stale=first.age > STALE_DAYS,
        clash=first.in_conflict,
        url=url,
        action=action,
        source_url=origin,
    )


def _otherwise(row: Row, fact: Fact) -> str:
    """What other sources say instead, each with its date."""
    if row.personal or not fact.alternatives:
        return ""
    said = [
        _("%(source)s, %(day)s: %(value)s")
        % {"source": other.statement.source.name, "day": day(other.as_of), "value": shown(other.value, row.kind)}
        for other in fact.alternatives
    ]
    return _("nguồn khác nói: %(said)s") % {"said": " · ".join(said)}


QUALIFIERS = {"≈": _lazy("khoảng"), ">": _lazy("trên"), "≥": _lazy("từ"), "<": _lazy("dưới"), "≤": _lazy("không quá")}


def shown(value: Any, kind: str) -> str:
    """A stored value as people read it, with the word that qualifies it and the year it is of."""
    if kind == "address" and isinstance(value, dict):
        return _address(value)
    if isinstance(value, dict) and "value" in value:
        word, year = QUALIFIERS.get(value.get("comparator", ""), ""), value.get("year")
        plain = " ".join(part for part in (str(word), shown(value["value"], kind)) if part)
        return _("%(value)s, năm %(year)s") % {"value": plain, "year": year} if year else plain
    if isinstance(value, dict) and "amount" in value:
        return _amount(value)
    if isinstance(value, dict):
        return str(value.get("text", ""))
    if isinstance(value, list):
        return " · ".join(str(item) for item in value)
    if kind == "percent":
        return f"{value}%"
    if kind in ("integer", "number") and isinstance(value, int | float):
        return number(value)
    return str(value)


def _amount(value: Mapping[str, Any]) -> str:
    """Whole đồng in words people use; any other currency by its code. A comparator stands before."""
    word = QUALIFIERS.get(value.get("comparator", ""), "")
    if value.get("currency") == "VND":
        plain = format_money(int(value["amount"]), locale())
    else:
        plain = f"{number(Decimal(str(value['amount'])))} {value.get('currency', '')}".strip()
    text = " ".join(part for part in (str(word), plain) if part)
    return _("%(value)s, năm %(year)s") % {"value": text, "year": value["year"]} if value.get("year") else text


def _address(value: dict[str, Any]) -> str:
    """As typed where no commune was found; else lot, zone, commune and province of today."""
    codes = chain(value["commune_34"]) if value.get("commune_34") else ()
    if not codes:
        return str(value["text"])
    lot = _("lô %(lot)s") % {"lot": value["lot"]} if value.get("lot") else ""
    return ", ".join(part for part in (lot, value.get("zone", ""), *map(name_of, codes)) if part)


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
