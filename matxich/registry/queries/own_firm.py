"""A firm's own side of its record: what others see, what is missing, which lists mention it, what it may say itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matxich.accounts.states import Role
from matxich.kit.actor import Actor
from matxich.kit.display import Fact as Line
from matxich.kit.templatetags.mx import age, day
from matxich.registry.models import Enterprise
from matxich.registry.permissions import manages_firm, may_edit_field
from matxich.registry.queries.claims import Mention, mentions, own_firms
from matxich.registry.queries.enterprises import BY_CONSENT
from matxich.registry.queries.firm_page import STALE_DAYS, shown
from matxich.registry.queries.passport import Fact, Row, passport, standing
from matxich.registry.states import OWN_WORD, Visibility
from matxich.rulebook.freshness import LINES, WHYS, Assessment, Held, assess
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.lists.fields import BY_CODE
from matxich.rulebook.passport import FIELDS

SEEN = 3
STEPS = 6
REPRESENTATIVE = frozenset({Role.REPRESENTATIVE})


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to add: the field in words, why, and where to add it ("" where this page has no form for it)."""

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
    version: int
    completeness: int
    freshness: int
    advice: tuple[Advice, ...]
    blocks: tuple[OwnBlock, ...]
    mentions: tuple[Mention, ...]
    fields: tuple[tuple[str, str], ...]
    may_confirm: bool


def own_firm(enterprise: Enterprise, *, actor: Actor, today: date) -> OwnFirm:
    """As those see it who manage the record."""
    told = passport(enterprise, actor=actor)
    state = assessed(enterprise, today)
    blocks = (
        OwnBlock(section.code, _(section.label), tuple(_line(row, enterprise, actor, today) for row in section.rows))
        for section in told.sections
    )
    return OwnFirm(
        id=make_registry_id(enterprise.pk),
        name=enterprise.name,
        tax_code=enterprise.tax_code or "",
        is_public=enterprise.kind not in BY_CONSENT,
        is_demo=enterprise.is_demo,
        version=enterprise.version,
        completeness=state.completeness,
        freshness=state.freshness,
        advice=tuple(_advice(state, enterprise, actor)),
        blocks=tuple(blocks),
        mentions=tuple(mentions(enterprise, public_only=False)),
        fields=tuple((code, _(FIELDS[code].label)) for code in FIELDS if _may_state(actor, enterprise, code)),
        may_confirm=manages_firm(actor, enterprise, REPRESENTATIVE),
    )


def assessed(enterprise: Enterprise, today: date) -> Assessment:
    """How complete and fresh the record is, counting everything told of the firm, seen or not by this reader."""
    return assess((Held(one.field, one.as_of, one.verification) for one in standing(enterprise)), today)


def _advice(state: Assessment, enterprise: Enterprise, actor: Actor) -> Iterable[Advice]:
    lines = {line.code: line for line in LINES}
    vietnamese = get_language() == "vi"
    for step in state.steps[:STEPS]:
        line = lines[step.field]
        code = next((code for code in line.codes if code in FIELDS and _may_state(actor, enterprise, code)), "")
        url = reverse("registry:own_fact", args=[make_registry_id(enterprise.pk), code]) if code else ""
        label, why = [*zip(line.labels, WHYS[step.why], strict=True)][0 if vietnamese else 1]
        yield Advice(label, why, url)


def _may_state(actor: Actor, enterprise: Enterprise, code: str) -> bool:
    """A field of plain text or figures; those with parts have forms of their own."""
    return code in BY_CODE and FIELDS[code].audience != "private" and bool(may_edit_field(actor, (enterprise, code)))


def _line(row: Row, enterprise: Enterprise, actor: Actor, today: date) -> Line:
    """One line a field, with who else says what, and a way to say it anew."""
    first = row.facts[0]
    texts = dict.fromkeys(shown(fact.value, row.kind) for fact in row.facts)
    editable = row.code in FIELDS and _may_state(actor, enterprise, row.code)
    return Line(
        label=_(row.label),
        value=" · ".join(texts),
        level=min(SEEN, first.level),
        source=first.statement.source.name,
        age=age(first.as_of, today),
        note="" if first.statement.visibility == Visibility.PUBLIC else _("chỉ cán bộ và bạn thấy"),
        below=_others(row, first),
        stale=first.age > STALE_DAYS,
        url=reverse("registry:own_fact", args=[make_registry_id(enterprise.pk), row.code]) if editable else "",
        action=_("Khai lại"),
    )


def _others(row: Row, fact: Fact) -> str:
    said = [
        _("%(source)s, %(day)s: %(value)s")
        % {"source": other.statement.source.name, "day": day(other.as_of), "value": shown(other.value, row.kind)}
        for other in fact.alternatives
    ]
    return _("nguồn khác nói: %(said)s") % {"said": " · ".join(said)} if said else ""


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
    """What is said of one field now, a line for each source's word; `typed` is what a form begins with."""

    lines: tuple[Line, ...]
    kind: str
    typed: str


def told_of_field(enterprise: Enterprise, field: str, actor: Actor, today: date) -> ToldField:
    """As the firm may see it. The form begins with the firm's own word, else with the value shown."""
    row = passport(enterprise, actor=actor).row(field)
    if row is None:
        return ToldField((), FIELDS[field].kind, "")
    facts = [one for fact in row.facts for one in (fact, *fact.alternatives)]
    own = [fact for fact in facts if fact.statement.source.key == OWN_WORD]
    texts = dict.fromkeys(shown(fact.value, row.kind) for fact in own or row.facts)
    lines = (
        Line(
            label="",
            value=shown(fact.value, row.kind),
            level=min(SEEN, fact.level),
            source=fact.statement.source.name,
            age=age(fact.as_of, today),
        )
        for fact in facts
    )
    return ToldField(tuple(lines), row.kind, "; ".join(texts))
