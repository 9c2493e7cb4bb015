"""What a firm is asked to confirm, and which firms are due to be asked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.permissions import Person
from matxich.kit.actor import ANONYMOUS, Actor
from matxich.kit.templatetags.mx import age
from matxich.registry.models import Confirmation, ConfirmationLink, Enterprise
from matxich.registry.permissions import EDITING, firm_may_say
from matxich.registry.queries.enterprises import visible_enterprises
from matxich.registry.queries.own_firm import said
from matxich.registry.queries.passport import Fact, Row, passport
from matxich.rulebook.capabilities.joining import FROM_LISTS
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.passport import FIELDS, field_of

YEARLY = timedelta(days=365)
PAGE = 50


@dataclass(frozen=True, slots=True)
class ConfirmableLine:
    text: str
    source: str
    level: int
    age: str


@dataclass(frozen=True, slots=True)
class Confirmable:
    """A field a firm may say "vẫn đúng" of. `told`: what is stated then, field by field; `editable`: as a text.

    Words of lists are confirmed as words: their own level goes on counting, at the firm's new date.
    """

    code: str
    label: str
    lines: tuple[ConfirmableLine, ...]
    told: tuple[tuple[str, Any], ...]
    editable: bool


@dataclass(frozen=True, slots=True)
class ConfirmableSection:
    code: str
    label: str
    rows: tuple[Confirmable, ...]


def confirmable(enterprise: Enterprise, reader: Actor | None) -> list[Confirmable]:
    """As somebody who manages the record sees it; None is whoever holds a link: public facts, and of no person."""
    return [row for section in confirmable_sections(enterprise, reader, timezone.localdate()) for row in section.rows]


def confirmable_sections(enterprise: Enterprise, reader: Actor | None, today: date) -> list[ConfirmableSection]:
    told = passport(enterprise, actor=reader or ANONYMOUS)
    sections = (
        ConfirmableSection(section.code, _(section.label), tuple(_rows(section.rows, reader, today)))
        for section in told.sections
    )
    return [section for section in sections if section.rows]


def _rows(rows: Iterable[Row], reader: Actor | None, today: date) -> Iterable[Confirmable]:
    for row in rows:
        if row.code in FIELDS and firm_may_say(row.code) and not (reader is None and row.personal):
            lines = tuple(_line(row, fact, today) for fact in row.facts)
            structured = field_of(row.code).structured
            yield Confirmable(row.code, _(row.label), lines, tuple(_told(row)), editable=not structured)


def _told(row: Row) -> Iterable[tuple[str, Any]]:
    """Of a field whose items add up one statement says all; of one with parts each item has its own."""
    field = field_of(row.code)
    if not field.structured:
        yield row.code, [fact.value for fact in row.facts] if field.united else row.facts[0].value
        return
    yield from ((row.code, fact.value) for fact in row.facts if not fact.text)
    words = list(dict.fromkeys(fact.text for fact in row.facts if fact.text))
    listed = FROM_LISTS.get(row.code, row.code)
    if words and field_of(listed).united and not field_of(listed).structured:
        yield listed, words
    elif words:
        yield from ((listed, text) for text in words)


def _line(row: Row, fact: Fact, today: date) -> ConfirmableLine:
    return ConfirmableLine(said(row, fact), fact.statement.source.name, min(3, fact.level), age(fact.as_of, today))


def known_email(enterprise: Enterprise) -> str:
    """The best backed e-mail address of the record that can be written to; "" when there is none. Personal data."""
    told = enterprise.passport.get("email", {}).get("v")
    contacts = [item[0] for item in enterprise.passport.get("contact", {}).get("m", ())]
    for text in (told, *(contact.get("email") for contact in contacts if isinstance(contact, dict))):
        for address in re.split(r"[\s;,]+", text.lower()) if isinstance(text, str) else ():
            try:
                validate_email(address)
            except ValidationError:
                continue
            return address
    return ""


def last_confirmation(enterprise: Enterprise) -> Confirmation | None:
    return enterprise.confirmations.order_by("-at").first()


def open_links(enterprise: Enterprise, at: datetime) -> QuerySet[ConfirmationLink]:
    """Links sent that still work."""
    return enterprise.confirmation_links.filter(used_at__isnull=True, replaced_at__isnull=True, expires_at__gt=at)


def territory(actor: Actor) -> QuerySet[Enterprise]:
    """The records whose facts the actor states officially."""
    if actor.is_system:
        return visible_enterprises()
    standings = actor.standings if isinstance(actor, Person) else ()
    scopes = {standing.scope for standing in standings if standing.role in EDITING}
    if "" in scopes:
        return visible_enterprises()
    return visible_enterprises().filter(Q(province_34__in=scopes) | Q(commune_34__in=scopes))


def due_firms(actor: Actor, at: datetime, *, place: str = "", reachable: bool = False) -> QuerySet[Enterprise]:
    """Firms of the actor's territory that have not confirmed for a year and hold no link that works, by id.

    `place`: the code of a province or commune of today's map. `reachable`: only those with an e-mail on record.
    """
    lately = Confirmation.objects.filter(enterprise=OuterRef("pk"), at__gt=at - YEARLY)
    asked = ConfirmationLink.objects.filter(
        enterprise=OuterRef("pk"), used_at__isnull=True, replaced_at__isnull=True, expires_at__gt=at
    )
    firms = territory(actor).filter(~Exists(lately), ~Exists(asked)).order_by("id")
    if place:
        firms = firms.filter(Q(province_34=place) | Q(commune_34=place))
    if reachable:
        firms = firms.filter(Q(passport__has_key="email") | Q(passport__has_key="contact"))
    return firms


@dataclass(frozen=True, slots=True)
class DueFirm:
    id: str
    name: str
    has_email: bool
    as_of: date | None


@dataclass(frozen=True, slots=True)
class DuePage:
    """`total` of the filter, `reachable` of them by e-mail; `next`: the key the next page begins after."""

    firms: tuple[DueFirm, ...]
    total: int
    reachable: int
    next: int | None


def due_page(actor: Actor, at: datetime, *, place: str, after: int | None) -> DuePage:
    firms = due_firms(actor, at, place=place)
    found = list((firms.filter(pk__gt=after) if after else firms)[: PAGE + 1])
    rows = tuple(
        DueFirm(make_registry_id(firm.pk), firm.name, bool(known_email(firm)), firm.as_of) for firm in found[:PAGE]
    )
    reachable = due_firms(actor, at, place=place, reachable=True).count()
    return DuePage(rows, firms.count(), reachable, found[PAGE - 1].pk if len(found) > PAGE else None)
