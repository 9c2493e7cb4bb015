"""The law that counts now: as it ships, with the acts of agencies that are in force."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from matxich.policy.models import FigureAct, FigureDecision
from matxich.policy.packaged import names_of_parts, packaged_law
from matxich.policy.states import ActKind, ActState
from matxich.rulebook.law.acts import Act, Laid, figure_of, laid_over
from matxich.rulebook.law.answering import Law
from matxich.rulebook.law.instruments import Citation, Instrument
from matxich.rulebook.law.spans import Span

__all__ = ["act_of", "acts_in_force", "laid", "law", "names_of_parts", "packaged_law", "version_after"]


def law() -> Law:
    """One query; what an agency decided counts from the next question on, in every process."""
    return laid().law


def laid() -> Laid:
    """The law with the acts that fit it, and those that do not, as when a release brought the same figure."""
    last = FigureDecision.objects.filter(outcome=ActState.IN_FORCE).order_by("-id").values_list("id", "version").first()
    return _laid(*(last or (0, "")))


@lru_cache(maxsize=4)
def _laid(last: int, version: str) -> Laid:
    """`version` stands for every decision up to `last`, so what was laid over once need not be again."""
    if not last:
        return Laid(packaged_law())
    made = laid_over(packaged_law(), map(act_of, acts_in_force(up_to=last)))
    told = hashlib.sha256(f"{made.law.version}:{version}".encode()).hexdigest()[:12]
    return replace(made, law=replace(made.law, version=told))


def acts_in_force(*, up_to: int | None = None, without: int | None = None) -> list[FigureAct]:
    """In the order of their decisions; neither revoked ones nor revocations. `up_to`: the last decision that counts."""
    decided = FigureAct.objects.filter(decision__outcome=ActState.IN_FORCE).select_related("decision")
    if up_to is not None:
        decided = decided.filter(decision__id__lte=up_to)
    revoked = {without, *decided.filter(kind=ActKind.REVOKE).values_list("target_id", flat=True)}
    return [act for act in decided.exclude(kind=ActKind.REVOKE).order_by("decision__id") if act.pk not in revoked]


def act_of(act: FigureAct) -> Act:
    """As the rulebook takes it; one that waits is dated as if decided today."""
    decision: FigureDecision | None = getattr(act, "decision", None)
    on = timezone.localdate(decision.decided_at if decision else act.proposed_at)
    values = {name: figure_of(value) for name, value in act.values.items()}
    return Act(
        str(act.pk), act.kind, act.parameter, act.layer, f"{act.agency_name}, {on:%d/%m/%Y}",  # type: ignore[arg-type]
        Citation(act.instrument, act.at), act.row, MappingProxyType(values), act.starts, act.ends,
        instrument_of(act.new_instrument),
    )  # fmt: skip


def instrument_of(told: dict[str, Any] | None) -> Instrument | None:
    if not told:
        return None
    issued = date.fromisoformat(told["issued"]) if told.get("issued") else None
    span = Span.of(told["from"], told.get("to") or None)
    return Instrument(
        told["id"], told["kind"], told["number"], told["issuer"], told["vi"], told.get("en") or told["vi"], issued,
        span, "high", "high",
    )  # fmt: skip


def version_after(before: str, act: FigureAct, decided: FigureDecision) -> str:
    """The version of the law once this act is in force after all others."""
    told = [
        before, act.pk, act.kind, act.parameter, act.layer, act.row, act.values, str(act.starts), str(act.ends),
        act.instrument, act.at, act.new_instrument, act.target_id, act.agency_name, decided.decided_at.isoformat(),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
