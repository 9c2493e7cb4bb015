"""Whether money waits for a support on a day, as the rooms that hold programmes and calls know it."""

from collections.abc import Iterable
from dataclasses import replace

from matxich.policy.signals import funding_asked
from matxich.rulebook.law.answering import Answer, Case
from matxich.rulebook.law.conditions import Judged
from matxich.rulebook.law.truth import Truth


def with_funding(found: Iterable[Answer], case: Case) -> tuple[Answer, ...]:
    """The answers with their `funding` said by whoever knows programmes; what nobody knows stays as the law has it.

    A programme known to run is never made unknown by silence.
    """
    told: dict[str, Judged] = {}
    place = case.facts.get("site_province")
    province = str(place.value) if place else ""
    for _receiver, said in funding_asked.send(sender=None, on=case.on, budget=case.budget, province=province):
        if isinstance(said, dict):
            told |= said
    return tuple(_fed(answer, told.get(answer.support.id)) for answer in found)


def _fed(answer: Answer, judged: Judged | None) -> Answer:
    if judged is None or (judged.truth is not Truth.YES and answer.funding.truth is Truth.YES):
        return answer
    return replace(answer, funding=judged)
