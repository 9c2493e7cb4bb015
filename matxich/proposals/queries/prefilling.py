"""What of the long form the passport already knows, each with who says so; what changed there since."""

from dataclasses import dataclass
from typing import Any

from matxich.kit.actor import Actor
from matxich.proposals.models import Proposal
from matxich.proposals.packaged import forms
from matxich.registry.models import Enterprise
from matxich.registry.queries.own_firm import said
from matxich.registry.queries.passport import passport
from matxich.rulebook.proposals.forms import BadAnswer, Form, FormField, is_answered, read_answer

MOST_ITEMS = 12


@dataclass(frozen=True, slots=True)
class Filled:
    """A value of the passport for one field of the form."""

    field: FormField
    value: Any
    source: str
    as_of: str

    def kept(self) -> dict[str, Any]:
        return {"value": self.value, "source": self.source, "as_of": self.as_of}


@dataclass(frozen=True, slots=True)
class Offer:
    """The passport says something else now than when the draft was filled, and than the draft says."""

    field: FormField
    mine: Any
    now: Filled


def known_of(firm: Enterprise, form: Form, actor: Actor) -> dict[str, Filled]:
    """Field of the form → what the passport says, as far as the actor may see it."""
    told = passport(firm, actor=actor)
    found: dict[str, Filled] = {}
    for one in form.fields:
        row = told.row(one.passport) if one.passport else None
        if row is None or not row.facts:
            continue
        text = "; ".join(said(row, fact) for fact in row.facts[:MOST_ITEMS])
        try:
            value = read_answer(one, text[: one.most] if one.most else text)
        except BadAnswer:
            continue
        if value is not None:
            first = row.facts[0]
            found[one.id] = Filled(one, value, first.statement.source.name, first.as_of.isoformat())
    return found


def offers(proposal: Proposal, actor: Actor) -> list[Offer]:
    """What a draft could take over; nothing of one that was handed in."""
    firm = proposal.enterprise
    if firm is None or firm.version == proposal.passport_version:
        return []
    found = []
    for code, now in known_of(firm, forms()[proposal.form_code], actor).items():
        mine, before = proposal.answers.get(code), proposal.filled.get(code, {}).get("value")
        if now.value != before and now.value != mine:
            found.append(Offer(now.field, mine if is_answered(now.field, mine) else None, now))
    return found
