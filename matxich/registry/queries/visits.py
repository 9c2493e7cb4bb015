"""What to look at on site, what was found, and what a visit writes."""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.kit.templatetags.mx import age
from matxich.ledger.keys import open_texts
from matxich.registry.models import Attachment, Enterprise, Visit
from matxich.registry.queries.own_firm import said
from matxich.registry.queries.passport import Fact, Row, passport
from matxich.registry.states import Finding, VisitState
from matxich.rulebook.capabilities.joining import FROM_LISTS
from matxich.rulebook.passport import field_of

LOOKED_AT = ("capability", "activity")
ALSO = ("workers", "site_address", "site")


@dataclass(frozen=True, slots=True)
class Looked:
    """One item of a record to look at. `key` stays the same while the item reads the same.

    `states`: field and value of the statement that says so when it is seen; `plain`: may be corrected as a text.
    """

    key: str
    code: str
    label: str
    text: str
    source: str
    level: int
    age: str
    states: tuple[str, Any]
    plain: bool


def to_look_at(enterprise: Enterprise, actor: Actor, today: date) -> list[Looked]:
    """Capabilities, products, and the few figures a visitor can check, as this official sees them."""
    rows = [
        row
        for section in passport(enterprise, actor=actor).sections
        for row in section.rows
        if (section.code in LOOKED_AT or row.code in ALSO) and not row.personal
    ]
    return [_looked(row, fact, today) for row in rows for fact in row.facts]


def _looked(row: Row, fact: Fact, today: date) -> Looked:
    text, structured = said(row, fact), field_of(row.code).structured
    mark = blake2b(f"{row.code}:{text}".encode(), digest_size=6).hexdigest()
    field = FROM_LISTS.get(row.code, row.code) if structured and not fact.value else row.code
    return Looked(
        key=f"{row.code}-{mark}",
        code=row.code,
        label=_(row.label),
        text=text,
        source=fact.statement.source.name,
        level=min(3, fact.level),
        age=age(fact.as_of, today),
        states=(field, fact.value or fact.text),
        plain=not structured,
    )


def draft_of(enterprise: Enterprise, actor: Actor) -> Visit | None:
    """The actor's own draft about this record, the latest."""
    return Visit.objects.filter(enterprise=enterprise, by=actor.id, state=VisitState.DRAFT).order_by("-id").first()


def visits_of(enterprise: Enterprise) -> list[Visit]:
    """Visits sent, the latest first."""
    return list(Visit.objects.filter(enterprise=enterprise, state=VisitState.SUBMITTED).order_by("-on", "-id")[:20])


def people_met(visit: Visit) -> str:
    """Personal data; "" when nobody was named or the key was erased."""
    return (open_texts([visit.people])[visit.people] or "") if visit.people else ""


@dataclass(frozen=True, slots=True)
class Found:
    label: str
    text: str
    found: str
    found_label: str
    says: str
    statement: int | None
    structured: bool
    code: str


@dataclass(frozen=True, slots=True)
class VisitPage:
    """A visit that was sent; `unwritten`: what differs in fields with parts, to be written by their own forms."""

    visit: Visit
    found: tuple[Found, ...]
    photos: tuple[Attachment, ...]

    @property
    def unwritten(self) -> tuple[Found, ...]:
        return tuple(one for one in self.found if one.found == Finding.DIFFERENT and one.statement is None)


def visit_page(visit: Visit) -> VisitPage:
    found = tuple(
        Found(
            label=_(field_of(one["code"]).label),
            text=one["text"],
            found=one["found"],
            found_label=str(Finding(one["found"]).label),
            says=one["says"],
            statement=one.get("statement"),
            structured=field_of(one["code"]).structured,
            code=one["code"],
        )
        for one in visit.findings.values()
    )
    photos = visit.photos.filter(removed_at__isnull=True, file__quarantined=False).select_related("file", "shown")
    return VisitPage(visit, found, tuple(photos.order_by("id")))
