"""What the comparison with a sender's last list shows: enterprises of one group, and field by field what changed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from matxich.accounts.permissions import holds
from matxich.kit.actor import Actor
from matxich.places.queries import name_of
from matxich.registry.models import Enterprise, Import, NoLongerListed, Statement
from matxich.registry.permissions import IMPORTING
from matxich.registry.queries.cells import field_label, shown_value
from matxich.registry.queries.enterprises import PUBLISHED
from matxich.registry.queries.families import families
from matxich.registry.queries.import_pages import PAGE, Slice, cut
from matxich.registry.queries.imports import imports_of
from matxich.registry.queries.list_changes import CHANGED, GONE, NEW, UNCHANGED, Comparison, enterprises_in, lists_of
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.lists.comparing import said
from matxich.rulebook.passport import FIELDS, field_of

GROUPS = {"moi": NEW, "khong-con": GONE, "thay-doi": CHANGED, "nguyen": UNCHANGED}
FOLLOWED = "theo-doi"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What the two lists say of one field; "" where one is silent. Personal values are masked."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FirmLine:
    """`registry_id`: "" while nobody may see the record yet. `note`: that it is no longer listed, if noted."""

    pk: int
    registry_id: str
    name: str
    tax_code: str
    place: str
    changes: tuple[FieldChange, ...]
    note: NoLongerListed | None


def firms_page(batch: Import, compared: Comparison, group: str, after: int = 0) -> Slice[FirmLine]:
    """Enterprises of one group by number. At most six queries, however long the lists."""
    numbers = enterprises_in(batch, compared.before, GROUPS[group], after=after, limit=PAGE + 1)
    shown = numbers[:PAGE]
    changes = _changes(batch, compared.before, shown) if group == "thay-doi" else {}
    notes = {n.enterprise_id: n for n in notes_of(batch).filter(enterprise__in=shown)} if group == "khong-con" else {}
    lines = _lines(shown, changes, notes)
    return Slice(lines, shown[-1] if len(numbers) > PAGE else None)


def notes_of(batch: Import) -> QuerySet[NoLongerListed]:
    return NoLongerListed.objects.filter(batch=batch).order_by("id")


def followed_page(batch: Import, after: int = 0) -> Slice[FirmLine]:
    """Those noted as no longer listed, in the order of the notes."""
    notes = list(notes_of(batch).filter(pk__gt=after)[: PAGE + 1])
    by_firm = {note.enterprise_id: note for note in notes}
    return cut(_lines(list(by_firm), {}, by_firm), [note.pk for note in notes])


def to_follow(actor: Actor) -> QuerySet[NoLongerListed]:
    """Notes that wait for a finding, of lists the actor may change."""
    if not holds(actor, IMPORTING):
        return NoLongerListed.objects.none()
    return NoLongerListed.objects.filter(closed_at=None, batch__in=imports_of(actor).order_by().values("pk"))


def _lines(
    numbers: Sequence[int], changes: dict[int, tuple[FieldChange, ...]], notes: dict[int, NoLongerListed]
) -> list[FirmLine]:
    found = Enterprise.objects.in_bulk(numbers)
    seen = set(Enterprise.objects.filter(PUBLISHED, pk__in=numbers).values_list("pk", flat=True))
    return [
        FirmLine(
            pk=pk,
            registry_id=make_registry_id(pk) if pk in seen else "",
            name=found[pk].name,
            tax_code=found[pk].tax_code or "",
            place=", ".join(name_of(code) for code in (found[pk].commune_34, found[pk].province_34) if code),
            changes=changes.get(pk, ()),
            note=notes.get(pk),
        )
        for pk in numbers
    ]


def _changes(batch: Import, before: Import, numbers: Collection[int]) -> dict[int, tuple[FieldChange, ...]]:
    """Per enterprise the fields the two lists do not say the same of, in the order of the passport."""
    heads = {member: head for head, members in families(numbers).items() for member in members}
    old, now = set(lists_of(before)), set(lists_of(batch))
    told: dict[int, dict[str, tuple[list[Any], list[Any]]]] = defaultdict(lambda: defaultdict(lambda: ([], [])))
    statements = Statement.objects.filter(Q(batch__in=old | now), enterprise__in=heads).order_by("id")
    for firm, code, value, batch_id in statements.values_list("enterprise_id", "field", "value", "batch_id"):
        if code == "person_id":
            continue
        sides = told[heads[firm]][code]
        for side, lists in zip(sides, (old, now), strict=True):
            if batch_id in lists:
                side.append(value)
    return {pk: _differing(fields) for pk, fields in told.items()}


def _differing(fields: dict[str, tuple[list[Any], list[Any]]]) -> tuple[FieldChange, ...]:
    order = {code: at for at, code in enumerate(FIELDS)}
    codes = sorted(fields, key=lambda code: (order.get(code, len(order)), code))
    return tuple(
        FieldChange(_label(code), _text(code, fields[code][0]), _text(code, fields[code][1]))
        for code in codes
        if _forms(code, fields[code][0]) != _forms(code, fields[code][1])
    )


def _forms(code: str, values: list[Any]) -> list[str]:
    return sorted(repr(said(code, value)) for value in values)


def _label(code: str) -> str:
    suffix = gettext(" (chưa kiểm được)") if code.endswith("_unverified") else ""
    return gettext(field_of(code).label) + suffix if code == "list_section" else field_label(code) + suffix


def _text(code: str, values: list[Any]) -> str:
    return " · ".join(dict.fromkeys(filter(None, (shown_value(code, value) for value in values))))
