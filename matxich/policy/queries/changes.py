"""What an act about a figure would change: the answers of every firm it concerns, with the act and without."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone

from matxich.policy.law import law
from matxich.policy.models import FigureAct
from matxich.policy.permissions import FORMER, province_of
from matxich.policy.queries.columns import CHUNK, Firms, firms_in_parts
from matxich.registry.models import Enterprise
from matxich.registry.queries import visible_enterprises
from matxich.rulebook.identifiers import make_registry_id, parse_registry_id
from matxich.rulebook.law.answering import Case, Law
from matxich.rulebook.law.parameters import Found
from matxich.rulebook.law.reform import resting_on
from matxich.rulebook.law.register import NO_AMOUNT, Verdicts, judge, register_of
from matxich.rulebook.law.telling import VERDICTS
from matxich.rulebook.law.truth import Truth

MOST_DAYS = 3
EXAMPLES = 5

type Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Example:
    """A firm whose answer changes, by its public id; amounts in đồng, None where there is none."""

    id: str
    before: str
    after: str
    amount_before: int | None
    amount_after: int | None

    @property
    def order(self) -> tuple[int, int]:
        """The dearest change first, then the oldest record."""
        return -abs((self.amount_after or 0) - (self.amount_before or 0)), parse_registry_id(self.id) or 0


@dataclass(frozen=True, slots=True)
class Moved:
    """One kind of support on one day. `verdicts`: (before, after) → firms; `amounts`: firms whose most differs.

    `before`, `after`: the most of those firms added up; `examples`: the first EXAMPLES of all that change.
    """

    support: str
    day: date
    verdicts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    amounts: int = 0
    before: int = 0
    after: int = 0
    examples: tuple[Example, ...] = ()

    def with_more(self, other: "Moved") -> "Moved":
        examples = sorted((*self.examples, *other.examples), key=lambda one: one.order)[:EXAMPLES]
        verdicts = dict(Counter(self.verdicts) + Counter(other.verdicts))
        return Moved(
            self.support, self.day, verdicts, self.amounts + other.amounts, self.before + other.before,
            self.after + other.after, tuple(examples),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changes:
    """`firms`: all whom the money concerns, each asked; `days`: past and present days on which the figure differs.

    `rules_version`: the law in force, beside which the act was laid.
    """

    firms: int
    days: tuple[date, ...]
    lines: tuple[Moved, ...]
    rules_version: str

    def as_dict(self) -> dict[str, Any]:
        return {
            "firms": self.firms,
            "days": [day.isoformat() for day in self.days],
            "rules_version": self.rules_version,
            "changed": [
                {
                    "support": one.support,
                    "on": one.day.isoformat(),
                    "verdicts": {f"{before}>{after}": count for (before, after), count in one.verdicts.items()},
                    "amounts": one.amounts,
                    "before": one.before,
                    "after": one.after,
                    "examples": [
                        {
                            "id": each.id, "before": each.before, "after": each.after,
                            "amount_before": each.amount_before, "amount_after": each.amount_after,
                        }
                        for each in one.examples
                    ],
                }
                for one in self.lines
            ],
        }  # fmt: skip


def changes_told(told: Mapping[str, Any]) -> Changes:
    """What `Changes.as_dict` gave, read again."""
    lines = tuple(
        Moved(
            one["support"],
            date.fromisoformat(one["on"]),
            {_pair(pair): count for pair, count in one["verdicts"].items()},
            one["amounts"],
            one["before"],
            one["after"],
            tuple(_example(each) for each in one.get("examples", ())),
        )
        for one in told["changed"]
    )
    days = tuple(map(date.fromisoformat, told["days"]))
    return Changes(told["firms"], days, lines, told.get("rules_version", ""))


def _pair(pair: str) -> tuple[str, str]:
    before, _arrow, after = pair.partition(">")
    return before, after


def _example(told: Mapping[str, Any]) -> Example:
    return Example(told["id"], told["before"], told["after"], told["amount_before"], told["amount_after"])


def concerned_by(act: FigureAct) -> QuerySet[Enterprise]:
    """The firms whose answers an act may change: of the province whose money it is, of the whole country else."""
    province = province_of(act.layer)
    found = visible_enterprises()
    return found.filter(province_34=province) if province else found


def changes_of(act: FigureAct, changed: Law, *, progress: Tell | None = None) -> Changes:
    """Every firm concerned, some thousands at a time, so that memory does not grow with the register.

    `changed`: the law as it would be. `progress` hears how many firms were read so far. Nothing is stored.
    """
    now = law()
    days, province = _days(now, changed, act), province_of(act.layer)
    budget = f"province:{province}" if act.layer.startswith(FORMER) else act.layer
    contents = resting_on(now, {act.parameter})
    found: dict[tuple[date, str], Moved] = {}
    firms = concerned_by(act).count()
    for turn, day in enumerate(days):
        for number, part in enumerate(firms_in_parts(day, province=province)):
            for code in contents:
                line = _moved(now, changed, Case({}, day, code, budget), part)
                if line:
                    key = day, code
                    found[key] = found[key].with_more(line) if key in found else line
            if progress:
                progress((turn * firms + min(number * CHUNK + part.size, firms)) // len(days))
    lines = tuple(found[day, code] for day in days for code in contents if (day, code) in found)
    return Changes(firms, days, lines, now.version)


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


def _moved(now: Law, changed: Law, case: Case, firms: Firms) -> Moved | None:
    before, after = (
        next(judge(law, register_of(law, case, firms.size, firms.facts), content=case.content, budget=case.budget))[1]
        for law in (now, changed)
    )
    turned, differs = before.truths != after.truths, before.most != after.most
    if not (turned | differs).any():
        return None
    pairs = Counter(zip(before.truths[turned].tolist(), after.truths[turned].tolist(), strict=True))
    verdicts = {(VERDICTS[Truth(one)], VERDICTS[Truth(other)]): count for (one, other), count in pairs.items()}
    less, more = (int(each.most[differs & (each.most != NO_AMOUNT)].sum()) for each in (before, after))
    examples = _examples(firms, np.flatnonzero(turned | differs), before, after)
    return Moved(case.content, case.on, verdicts, int(differs.sum()), less, more, examples)


def _examples(firms: Firms, places: Any, before: Verdicts, after: Verdicts) -> tuple[Example, ...]:
    most = [np.where(each.most[places] == NO_AMOUNT, 0, each.most[places]) for each in (before, after)]
    first = np.lexsort((firms.ids[places], -np.abs(most[1] - most[0])))[:EXAMPLES]
    return tuple(
        Example(
            make_registry_id(int(firms.ids[place])),
            VERDICTS[Truth(int(before.truths[place]))],
            VERDICTS[Truth(int(after.truths[place]))],
            *(None if each.most[place] == NO_AMOUNT else int(each.most[place]) for each in (before, after)),
        )
        for place in places[first].tolist()
    )
