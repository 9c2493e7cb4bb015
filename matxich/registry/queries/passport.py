"""One enterprise as a reader may see it: every value with who said it, when, how well backed, and who disagrees."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from matxich.kit.actor import Actor
from matxich.kit.personal import ERASED
from matxich.registry.models import Enterprise, Statement
from matxich.registry.permissions import OFFICIALS_FIELDS, manages_firm, may_see_contacts, may_see_officials_fields
from matxich.registry.queries.cells import typed_in
from matxich.registry.queries.families import families, family_as_of
from matxich.registry.queries.unseen import Unseen, UnseenItems, unseen, unseen_items
from matxich.registry.states import OWN_WORD, ImportState, Visibility
from matxich.rulebook.capabilities.joining import DENIED, FROM_LISTS, JOINED_BY_LIST, agrees, identity, joined
from matxich.rulebook.capabilities.model import Question
from matxich.rulebook.freshness import Held
from matxich.rulebook.passport import FIELDS, field_of
from matxich.rulebook.projection import Told, in_force, project, ranked, same_value
from matxich.rulebook.sections import SECTIONS
from matxich.rulebook.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one field. `level` 0 to 4 as Verification; `age` in days at the date asked.

    `alternatives`: what other sources say instead, best backed first; `repeated`: how many others say the same.
    `text`: the words of a list that a value told in parts was read from; `question`: how they may be understood.
    `unseen`: a visit that looked for it and did not find it.
    """

    statement: Statement
    value: Any
    level: int
    as_of: date
    age: int
    repeated: int = 0
    alternatives: tuple["Fact", ...] = ()
    text: str = ""
    question: Question | None = None
    unseen: Unseen | None = None

    @property
    def in_conflict(self) -> bool:
        return bool(self.alternatives)


@dataclass(frozen=True, slots=True)
class Row:
    """A field: one fact, or one for each item of a field whose items add up."""

    code: str
    label: str
    kind: str
    personal: bool
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Passport:
    """The sections that have something to show. `hidden`: how many fields this reader may not see.

    `held`: everything the record holds, whoever reads, for telling how complete and fresh it is.
    """

    enterprise: Enterprise
    on: date
    sections: tuple[Section, ...]
    hidden: int
    former_names: tuple[str, ...] = field(default=())
    held: tuple[Held, ...] = ()

    def row(self, code: str) -> Row | None:
        return next((row for section in self.sections for row in section.rows if row.code == code), None)


def passport(enterprise: Enterprise, *, actor: Actor, on: date | None = None) -> Passport:
    """The passport as it stood at the end of a local day (None: as it stands now), as far as the actor may see."""
    statements = list(standing(enterprise, on))
    day = on or timezone.localdate()
    levels = _levels(enterprise, actor)
    seen = [s for s in statements if levels(s)]
    groups: dict[str, list[Statement]] = {}
    for statement in seen:
        groups.setdefault(statement.field, []).append(statement)
    hidden = len({s.field for s in statements} - groups.keys())
    unfound = unseen_items({enterprise.pk, *(one.enterprise_id for one in statements)}, day)
    rows = {code: _looked_at(row, unfound) for code, row in _rows(groups, day) if row.facts}
    held = tuple(_held(one) for one in statements if one.value not in (DENIED, ERASED))
    return Passport(enterprise, day, _sections(rows), hidden, former_names(seen), held)


def _looked_at(row: Row, unfound: UnseenItems) -> Row:
    if not unfound or row.personal:
        return row
    facts = (replace(fact, unseen=unseen(unfound, row.code, fact.value, fact.text, fact.as_of)) for fact in row.facts)
    return replace(row, facts=tuple(facts))


def _held(statement: Statement) -> Held:
    told = statement.value if statement.field == "certificate" and isinstance(statement.value, dict) else {}
    until = told.get("valid_to")
    return Held(
        statement.field, statement.as_of, statement.verification, date.fromisoformat(until) if until else None
    )  # fmt: skip


def standing(enterprise: Enterprise, on: date | None = None) -> list[Statement]:
    """Statements that count, with their sources; as of a day: those recorded and published by its end."""
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min)) if on else None
    family = family_as_of(enterprise.pk, end) if end else families([enterprise.pk])[enterprise.pk]
    told = Statement.objects.filter(enterprise__in=family).select_related("source", "batch", "row").order_by("id")
    if end is None:
        published = Q(batch__isnull=True) | Q(batch__state=ImportState.PUBLISHED)
        statements = list(told.filter(published, withdrawn_at__isnull=True))
    else:
        published = Q(batch__isnull=True, recorded_at__lt=end) | Q(batch__published_at__lt=end) & (
            Q(batch__undone_at__isnull=True) | Q(batch__undone_at__gte=end)
        )
        statements = list(told.filter(published, Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=end)))
    standing = {one.id for one in in_force(map(told_from, statements))}
    return [statement for statement in statements if statement.pk in standing]


def told_from(statement: Statement) -> Told:
    return Told(
        statement.pk,
        statement.field,
        statement.value,
        statement.verification,
        statement.as_of,
        statement.source.trust,
        statement.recorded_at,
        statement.source.in_programme,
        statement.superseded_by_id,
        statement.raw,
    )


def _levels(enterprise: Enterprise, actor: Actor) -> Any:
    """A test of what the actor may see."""
    officials = bool(may_see_officials_fields(actor, enterprise))
    contacts = officials and bool(may_see_contacts(actor, enterprise))
    own = not officials and manages_firm(actor, enterprise)

    def may_see(statement: Statement) -> bool:
        if own and may_be_shown_to_the_firm(statement):
            return True
        if statement.field == "contact" and statement.visibility == Visibility.PUBLIC:
            return True
        if field_of(statement.field).personal or statement.visibility == Visibility.PRIVATE:
            return contacts
        return officials or statement.visibility == Visibility.PUBLIC

    return may_see


def may_be_shown_to_the_firm(statement: Statement) -> bool:
    """Of itself a firm sees what everybody does, its own word, and what officials were told but not their own notes.

    A person whom somebody else named as its contact is not shown; one it named itself is.
    """
    if field_of(statement.field).personal or statement.visibility == Visibility.PRIVATE:
        return statement.source.key == OWN_WORD and statement.visibility != Visibility.PRIVATE
    return (
        statement.visibility == Visibility.PUBLIC or statement.field.removesuffix("_unverified") not in OFFICIALS_FIELDS
    )


def _rows(groups: dict[str, list[Statement]], day: date) -> Iterator[tuple[str, Row]]:
    """The row of each field; words of lists about a structured field stand in its row."""
    for code in {JOINED_BY_LIST.get(code, code): None for code in groups}:
        known = field_of(code)
        group = [one for name in {code, FROM_LISTS.get(code, code)} for one in groups.get(name, ())]
        by_id = {statement.pk: statement for statement in group}
        told = {one.id: one for one in map(told_from, group)}
        best_first = [by_id[one.id] for one in ranked(list(told.values()))]
        if known.structured:
            facts = _in_parts(code, best_first, day)
        else:
            facts = _items(best_first, day) if known.united else (_single(best_first, day),)
        yield code, Row(code, gettext(known.label), known.kind, known.personal, facts)


def _in_parts(code: str, best_first: list[Statement], day: date) -> tuple[Fact, ...]:
    """Items told in parts or read from words, each with what contradicts it."""
    told = project([told_from(one) for one in best_first])["passport"]
    by_id = {statement.pk: statement for statement in best_first}
    stated = [one for one in best_first if one.field == code and isinstance(one.value, dict) and one.value != DENIED]
    facts = []
    for item in joined(told, code, latest_year=day.year):
        same = [
            one for one in stated
            if not item.text and one.pk != item.statement and identity(code, one.value) == identity(code, item.value)
        ]  # fmt: skip
        against = tuple(_fact(one, one.value, day) for one in same if not agrees(one.value, item.value))
        fact = _fact(by_id[item.statement], item.value, day)
        repeated = len(same) - len(against)
        facts.append(replace(fact, repeated=repeated, alternatives=against, text=item.text, question=item.question))
    return tuple(facts)


def _fact(statement: Statement, value: Any, day: date) -> Fact:
    return Fact(statement, value, statement.verification, statement.as_of, max((day - statement.as_of).days, 0))


def _single(best_first: list[Statement], day: date) -> Fact:
    best, *others = best_first
    different = [other for other in others if not same_value(other.value, best.value)]
    alternatives = tuple(_fact(other, other.value, day) for other in different)
    fact = _fact(best, best.value, day)
    return replace(fact, repeated=len(others) - len(different), alternatives=alternatives)


def _items(best_first: list[Statement], day: date) -> tuple[Fact, ...]:
    facts: dict[str, Fact] = {}
    for statement in best_first:
        for item in statement.value if isinstance(statement.value, list) else [statement.value]:
            key = fold(str(item["text"] if isinstance(item, dict) else item)).strip()
            known = facts.get(key)
            facts[key] = replace(known, repeated=known.repeated + 1) if known else _fact(statement, item, day)
    return tuple(facts.values())


def _sections(rows: dict[str, Row]) -> tuple[Section, ...]:
    order = {code: at for at, code in enumerate(FIELDS)}
    listed = sorted(rows.values(), key=lambda row: (order.get(row.code, len(order)), row.code))
    sections = (
        Section(code, gettext(label), tuple(row for row in listed if field_of(row.code).section == code))
        for code, label in SECTIONS.items()
    )
    return tuple(section for section in sections if section.rows)


def former_names(statements: list[Statement]) -> tuple[str, ...]:
    """Names this enterprise goes or went by besides the current one, best backed first."""
    names = [s for s in statements if s.field in ("name", "name_former")]
    by_id = {statement.pk: statement for statement in names}
    listed = [by_id[told.id] for told in ranked([told_from(statement) for statement in names])]
    current = next((s.value for s in listed if s.field == "name"), None)
    found: dict[str, str] = {}
    for statement in listed:
        for name in statement.value if isinstance(statement.value, list) else [statement.value]:
            if not same_value(name, current):
                found.setdefault(fold(str(name)), str(name))
    return tuple(found.values())


def history(enterprise: Enterprise) -> QuerySet[Statement]:
    """Everything ever said and published about an enterprise, newest first, withdrawn and undone included.

    What is said of records merged into it is said of it.
    """
    published = Q(batch__isnull=True) | Q(batch__published_at__isnull=False)
    told = Statement.objects.filter(published, enterprise__in=families([enterprise.pk])[enterprise.pk])
    return told.select_related("source", "batch", "row", "superseded_by").order_by("-id")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a statement comes from, down to the cell; `raw` is the text as found."""

    statement: Statement
    source: str
    file_name: str
    sheet: str
    row: int | None
    column: str
    raw: str

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row}" if self.column and self.row else ""


def provenance(statement: Statement) -> Provenance:
    """File, sheet, row, cell and raw text of a statement told by a list; source and raw text of any other."""
    row, batch = statement.row, statement.batch
    if row is None or batch is None:
        return Provenance(statement, statement.source.name, "", "", None, "", statement.raw)
    raw = typed_in(row.cells.get(statement.column, ""))
    return Provenance(statement, statement.source.name, batch.file_name, row.sheet, row.row, statement.column, raw)
