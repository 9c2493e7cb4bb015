"""What an act about a figure would change: answers over the register, or a sample of it, with the act and without."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Mod
from django.utils import timezone

from matxich.policy.law import law
from matxich.policy.models import FigureAct
from matxich.policy.permissions import FORMER, province_of
from matxich.policy.queries.columns import firms_among
from matxich.registry.models import Enterprise
from matxich.registry.queries import visible_enterprises
from matxich.rulebook.law.answering import Case, Law
from matxich.rulebook.law.parameters import Found
from matxich.rulebook.law.register import NO_AMOUNT, Verdicts, judge, register_of
from matxich.rulebook.law.telling import VERDICTS
from matxich.rulebook.law.truth import Truth

SAMPLE = 150
MOST_DAYS = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """One kind of support on one day. `verdicts`: (before, after) → firms; `amounts`: firms whose most differs."""

    support: str
    day: date
    verdicts: dict[tuple[str, str], int]
    amounts: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Changes:
    """`firms` were asked of `total` the money concerns; `days`: past and present days on which the figure differs."""

    firms: int
    total: int
    days: tuple[date, ...]
    lines: tuple[Moved, ...]

    @property
    def sampled(self) -> bool:
        return self.firms < self.total

    def as_dict(self) -> dict[str, Any]:
        return {
            "firms": self.firms,
            "of": self.total,
            "days": [day.isoformat() for day in self.days],
            "changed": [
                {
                    "support": one.support,
                    "on": one.day.isoformat(),
                    "verdicts": {f"{before}>{after}": count for (before, after), count in one.verdicts.items()},
                    "amounts": one.amounts,
                    "before": one.before,
                    "after": one.after,
                }
                for one in self.lines
            ],
        }


def changes_of(act: FigureAct, changed: Law) -> Changes:
    """`changed`: the law as it would be. Nothing is stored."""
    now = law()
    days = _days(now, changed, act)
    province = province_of(act.layer)
    found = visible_enterprises().filter(province_34=province) if province else visible_enterprises()
    total = found.count()
    ids = list(_some(found, total).values_list("pk", flat=True))
    budget = f"province:{province}" if act.layer.startswith(FORMER) else act.layer
    lines = [line for day in days for line in _on(now, changed, Case({}, day, "", budget), ids)]
    return Changes(len(ids), total, days, tuple(lines))


def _some(found: QuerySet[Enterprise], total: int) -> QuerySet[Enterprise]:
    """Spread evenly over the register, the same ones whenever it is asked."""
    if total <= SAMPLE:
        return found.order_by("pk")
    return found.alias(turn=Mod(F("pk"), -(-total // SAMPLE))).filter(turn=0).order_by("pk")[:SAMPLE]


def _days(now: Law, changed: Law, act: FigureAct) -> tuple[date, ...]:
    """Today, and the days from which rows differ, where the figure is another one with the act."""
    rows = {(row.key, str(row.span.end), row.usable): row for law in (now, changed)
            for row in law.parameters[act.parameter].rows if row.layer == act.layer}  # fmt: skip
    edges = {row.span.start.latest for row in rows.values()}
    edges |= {row.span.end.latest for row in rows.values() if row.span.end}
    differing = [day for day in sorted({*edges, timezone.localdate()})
                 if _figure(now, act, day) != _figure(changed, act, day)]  # fmt: skip
    return tuple(differing[-MOST_DAYS:])


def _figure(law: Law, act: FigureAct, on: date) -> tuple[bool, dict[str, Any]]:
    found: Found = law.parameters.at(act.parameter, on, act.layer)
    return found.usable, dict(found.setting.values) if found.setting else {}


def _on(now: Law, changed: Law, case: Case, ids: list[int]) -> list[Moved]:
    firms = firms_among(ids, case.on)
    judged = [
        dict(judge(law, register_of(law, case, firms.size, firms.facts), budget=case.budget)) for law in (now, changed)
    ]
    lines = [_moved(code, case.on, before, judged[1][code]) for code, before in judged[0].items()]
    return [line for line in lines if line.verdicts or line.amounts]


def _moved(code: str, day: date, before: Verdicts, after: Verdicts) -> Moved:
    pairs = Counter(zip(before.truths.tolist(), after.truths.tolist(), strict=True))
    verdicts = {
        (VERDICTS[Truth(one)], VERDICTS[Truth(other)]): count for (one, other), count in pairs.items() if one != other
    }
    differs = before.most != after.most
    sums = [int(each.most[differs & (each.most != NO_AMOUNT)].sum()) for each in (before, after)]
    return Moved(code, day, verdicts, int(differs.sum()), *sums)
