"""Two records side by side, with what would change were they one; and where to look for the other one."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from matxich.kit.actor import Actor
from matxich.kit.templatetags.mx import mask
from matxich.places.queries import name_of
from matxich.registry.models import Enterprise, Statement
from matxich.registry.permissions import may_merge_here, may_see_statement
from matxich.registry.queries.cells import field_label
from matxich.registry.queries.enterprises import visible_enterprises
from matxich.registry.queries.families import merges_into
from matxich.registry.queries.passport import standing, told_from
from matxich.registry.queries.showing import shown
from matxich.registry.search import Query, search
from matxich.registry.states import Verification
from matxich.rulebook.identifiers import make_registry_id, parse_registry_id, parse_tax_code
from matxich.rulebook.passport import FIELDS, field_of
from matxich.rulebook.projection import project, same_value

LISTED = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A record that may be the same. `why_not`: why this reader may not merge it, or ""."""

    registry_id: str
    name: str
    tax_code: str
    place: str
    why_not: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records: its sources by name, and how many facts it brings."""

    letter: str
    registry_id: str
    name: str
    place: str
    level: int
    level_label: str
    facts: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of both and of the one they would be.

    `state`: agree, differ, adds (items add up) or only (one of them says it).
    """

    label: str
    kept: str
    merged: str
    after: str
    state: str


@dataclass(frozen=True, slots=True)
class MergePage:
    kept: Side
    merged: Side
    fields: tuple[Compared, ...]
    conflicts: int
    added: int
    codes_differ: bool


def records_like(enterprise: Enterprise, text: str, actor: Actor) -> tuple[list[Found], bool]:
    """Records found by a registry id, a tax code or words, without the record itself, at most LISTED; and whether they
    are merely the nearest, none having all the words."""
    numbers, nearest = records_by(text, LISTED + 1)
    found = visible_enterprises().in_bulk([pk for pk in numbers if pk != enterprise.pk])
    return [_found(found[pk], actor) for pk in numbers if pk in found][:LISTED], nearest


def records_by(text: str, most: int) -> tuple[list[int], bool]:
    """Records that a registry id, a tax code or words lead to, the best first; and whether they are the nearest only,
    none having all the words."""
    number, code = parse_registry_id(text), parse_tax_code(text)
    if number or code.valid:
        chosen = {"pk": number} if number else {"tax_code": code.text}
        return list(visible_enterprises().filter(**chosen).values_list("pk", flat=True)), False
    everywhere = {"in_programme": ("1", "0")}
    results = search(Query(text, filters=everywhere, limit=most, audience="officials")) if text else None
    return [pk for pk, _score in results.hits] if results else [], bool(results and results.relaxed)


def _found(one: Enterprise, actor: Actor) -> Found:
    why_not = str(may_merge_here(actor, one).reason or "")
    return Found(make_registry_id(one.pk), one.name, one.tax_code or "", _place(one), why_not)


def _place(one: Enterprise) -> str:
    codes = (one.commune_34, one.province_34)
    return ", ".join(name_of(code) for code in codes if code)


def merge_page(kept: Enterprise, merged: Enterprise, actor: Actor) -> MergePage:
    """Nothing is written: what both say is added up as it would be. Facts the reader may not see are left out."""
    told = {one.pk: [s for s in standing(one) if may_see_statement(actor, s)] for one in (kept, merged)}
    passports = [project(map(told_from, statements))["passport"] for statements in told.values()]
    after = project(told_from(s) for statements in told.values() for s in statements)["passport"]
    order = list(FIELDS)
    codes = sorted(after, key=lambda code: (order.index(code) if code in order else len(order), code))
    fields = tuple(_compared(code, passports[0].get(code), passports[1].get(code), after[code]) for code in codes)
    return MergePage(
        kept=_side("A", kept, told[kept.pk]),
        merged=_side("B", merged, told[merged.pk]),
        fields=fields,
        conflicts=sum(line.state == "differ" for line in fields),
        added=sum(1 for code in codes if code not in passports[0]),
        codes_differ=bool(kept.tax_code and merged.tax_code and kept.tax_code != merged.tax_code),
    )


def _side(letter: str, one: Enterprise, told: list[Statement]) -> Side:
    level = min(3, one.verification)
    sources = tuple(dict.fromkeys(statement.source.name for statement in told))
    label = str(Verification(level).label)
    return Side(letter, make_registry_id(one.pk), one.name, _place(one), level, label, len(told), sources)


def _compared(code: str, kept: Any, merged: Any, after: Any) -> Compared:
    suffix = gettext(" (chưa kiểm được)") if code.endswith("_unverified") else ""
    texts = (_text(code, kept), _text(code, merged), _text(code, after))
    return Compared(field_label(code) + suffix, *texts, _state(kept, merged, after))


def _state(kept: Any, merged: Any, after: Any) -> str:
    if not kept or not merged:
        return "only"
    if "m" in after:
        return "agree" if len(after["m"]) == len(kept["m"]) == len(merged["m"]) else "adds"
    return "agree" if same_value(kept["v"], merged["v"]) else "differ"


def _text(code: str, current: Any) -> str:
    if not current:
        return ""
    values = [item for item, _statement in current["m"]] if "m" in current else [current["v"]]
    field = field_of(code)
    text = " · ".join(filter(None, (shown(code, value) for value in values)))
    return mask(text) if field.personal and text else text


@dataclass(frozen=True, slots=True)
class Absorbed:
    """A record that speaks through this one, and why."""

    registry_id: str
    name: str
    reason: str
    at: Any


def absorbed(kept: Enterprise) -> list[Absorbed]:
    return [Absorbed(make_registry_id(one.merged_id), one.merged.name, one.reason, one.at) for one in merges_into(kept)]
