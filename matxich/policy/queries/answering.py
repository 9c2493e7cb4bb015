"""What the law says of a firm of the register."""

from datetime import date

from matxich.kit.actor import Actor
from matxich.policy.queries.facts import facts_of
from matxich.registry.models import Enterprise
from matxich.rulebook.law.answering import Answer, Case, Law, answers
from matxich.rulebook.law.asking import derived
from matxich.rulebook.law.facts import Known, agreed


def firm_case(firm: Enterprise, *, on: date, actor: Actor, project: dict[str, Known] | None = None) -> Case:
    """The firm on a day, as far as the reader may see its record; `project`: what is asked for, by fact."""
    told = facts_of(firm, on=on, actor=actor)
    facts = {name: best for name, known in told.items() if (best := agreed(known))}
    return Case({**facts, **derived(facts), **(project or {})}, on)


def firm_answers(law: Law, case: Case) -> tuple[Answer, ...]:
    return answers(law, case)
