"""A firm's own side of its record: what others see, what is missing, which lists mention it, what it may say itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.kit.display import Fact as Line
from matxich.kit.templatetags.mx import age
from matxich.registry.models import Enterprise
from matxich.registry.permissions import firm_may_say, may_confirm
from matxich.registry.queries.capability_tables import below_item
from matxich.registry.queries.claims import Mention, mentions, own_firms
from matxich.registry.queries.enterprises import BY_CONSENT
from matxich.registry.queries.firm_page import ADVISED, SEEN, STALE_DAYS
from matxich.registry.queries.items import editable_codes
from matxich.registry.queries.meaning import Item, words_of
from matxich.registry.queries.passport import Fact, Row, passport
from matxich.registry.queries.showing import language, shown
from matxich.registry.queries.unseen import unseen_of
from matxich.registry.states import OWN_WORD, Visibility
from matxich.rulebook.freshness import WHYS, Assessment, assess, line_of
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.passport import FIELDS, field_of


@dataclass(frozen=True, slots=True)
class OwnAdvice:
    """One thing to add, why, and the form to add it ("" where the firm's papers decide)."""

    label: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class OwnBlock:
    code: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class OwnFirm:
    """Everything the firm's own page shows. `completeness` and `freshness` per cent."""

    id: str
    name: str
    tax_code: str
    is_public: bool
    is_demo: bool
    completeness: int
    freshness: int
    advice: tuple[OwnAdvice, ...]
    blocks: tuple[OwnBlock, ...]
    mentions: tuple[Mention, ...]
    fields: tuple[tuple[str, str], ...]
    may_confirm: bool


def own_firm(enterprise: Enterprise, *, actor: Actor, today: date) -> OwnFirm:
    """As those see it who manage the record."""
    told = passport(enterprise, actor=actor)
    found = assess(told.held, today)
    blocks = (
        OwnBlock(section.code, _(section.label), tuple(_lines(section.rows, enterprise, today)))
        for section in told.sections
    )
    return OwnFirm(
        id=make_registry_id(enterprise.pk),
        name=enterprise.name,
        tax_code=enterprise.tax_code or "",
        is_public=enterprise.kind not in BY_CONSENT,
        is_demo=enterprise.is_demo,
        completeness=found.completeness,
        freshness=found.freshness,
        advice=tuple(_advice(found, enterprise)),
        blocks=tuple(blocks),
        mentions=tuple(mentions(enterprise, public_only=False)),
        fields=tuple((code, _(FIELDS[code].label)) for code in editable_codes() if firm_may_say(code)),
        may_confirm=bool(may_confirm(actor, enterprise)),
    )


def own_form_url(enterprise: Enterprise, code: str, fact: Fact | None = None) -> str:
    """The firm's own form of a field; of an item with parts, the form of that item."""
    registry_id = make_registry_id(enterprise.pk)
    if not field_of(code).structured:
        return reverse("registry:own_fact", args=[registry_id, code])
    url = reverse("registry:own_item", args=[registry_id, code])
    asked = {"theo": str(fact.statement.pk)} | ({"chu": fact.text} if fact.text else {}) if fact else {}
    return f"{url}?{urlencode(asked)}" if asked else url


def _advice(found: Assessment, enterprise: Enterprise) -> Iterable[OwnAdvice]:
    english = language() == "en"
    for step in found.steps[:ADVISED]:
        line = line_of(step.field)
        may = line.code in FIELDS and firm_may_say(line.code)
        url = own_form_url(enterprise, line.code) if may else ""
        yield OwnAdvice(line.labels[english], WHYS[step.why][english], url)


def _lines(rows: Iterable[Row], enterprise: Enterprise, today: date) -> Iterable[Line]:
    for row in rows:
        editable = row.code in FIELDS and firm_may_say(row.code)
        groups = [[fact] for fact in row.facts] if field_of(row.code).structured else [list(row.facts)]
        for facts in groups:
            url = own_form_url(enterprise, row.code, facts[0]) if editable else ""
            yield _line(row, facts, url, today)


def _line(row: Row, facts: list[Fact], url: str, today: date) -> Line:
    """With who else says what, and the way to say it anew."""
    first = facts[0]
    public = first.statement.visibility == Visibility.PUBLIC
    return Line(
        label=_(row.label),
        value=" · ".join(dict.fromkeys(said(row, fact) for fact in facts)),
        level=min(SEEN, first.level),
        source=first.statement.source.name,
        age=age(first.as_of, today),
        note="" if public else _("chỉ cán bộ và bạn thấy"),
        below=below_item(row.code, first)
        if field_of(row.code).structured
        else unseen_of((said(row, fact), fact.unseen) for fact in facts),
        stale=first.age > STALE_DAYS,
        url=url,
        action=_("Khai lại"),
    )


def said(row: Row, fact: Fact) -> str:
    """A fact's value as people read it; words of a list nobody could read stand as they are."""
    return shown(row.code, fact.value) if fact.value or not fact.text else fact.text


@dataclass(frozen=True, slots=True)
class FirmCard:
    """A managed firm in a list, with the lists that mention it."""

    id: str
    name: str
    tax_code: str
    mentions: tuple[Mention, ...]


def own_firm_cards(actor: Actor) -> list[FirmCard]:
    return [
        FirmCard(make_registry_id(firm.pk), firm.name, firm.tax_code or "", tuple(mentions(firm, public_only=False)))
        for firm in own_firms(actor)
    ]


@dataclass(frozen=True, slots=True)
class ToldField:
    """What is said of one field now, a line for each source's word.

    `typed` and, one by one, `items` are what a form begins with.
    `statements`: those the reader may see, for forms of one item.
    """

    lines: tuple[Line, ...]
    kind: str
    typed: str
    items: tuple[Item, ...]
    statements: frozenset[int]


def told_of_field(enterprise: Enterprise, field: str, actor: Actor, today: date) -> ToldField:
    """As the firm may see it. The form begins with the firm's own word, else with the value shown."""
    row = passport(enterprise, actor=actor).row(field)
    if row is None:
        return ToldField((), FIELDS[field].kind, "", (), frozenset())
    facts = [one for fact in row.facts for one in (fact, *fact.alternatives)]
    own = [fact for fact in facts if fact.statement.source.key == OWN_WORD]
    texts = dict.fromkeys(said(row, fact) for fact in own or row.facts)
    lines = (
        Line(
            label="",
            value=said(row, fact),
            level=min(SEEN, fact.level),
            source=fact.statement.source.name,
            age=age(fact.as_of, today),
        )
        for fact in facts
    )
    items = {words_of(fact.value): fact.value for fact in own or row.facts if isinstance(fact.value, str | dict)}
    statements = frozenset(fact.statement.pk for fact in facts)
    return ToldField(tuple(lines), row.kind, "; ".join(texts), tuple(items.values()), statements)
