"""What the law says of a firm of the register."""

from dataclasses import replace
from datetime import date

from matxich.kit.actor import Actor
from matxich.policy.queries.facts import facts_of
from matxich.policy.queries.support import other_supports
from matxich.registry.models import Enterprise
from matxich.rulebook.law.answering import Answer, Case, Law, answers
from matxich.rulebook.law.asking import settled
from matxich.rulebook.law.facts import Known

FACT = "other_state_support_same_content"


def firm_case(firm: Enterprise, *, on: date, actor: Actor, project: dict[str, Known] | None = None) -> Case:
    """The firm on a day, as far as the reader may see its record; `project`: what is asked for, by fact."""
    return Case({**settled(facts_of(firm, on=on, actor=actor)), **(project or {})}, on)


def firm_answers(law: Law, case: Case, firm: Enterprise) -> tuple[Answer, ...]:
    """Each kind of support with what the history of support says of its content in the year of the day asked."""
    had = {} if FACT in case.facts else other_supports(firm, case.on.year)
    found = answers(law, case)
    return tuple(
        answers(law, replace(case, content=each.support.id, facts={**case.facts, FACT: known}))[0]
        if (known := had.get(each.support.id))
        else each
        for each in found
    )
