"""Money to be allocated and an allocation found. All money is whole đồng."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Objective = Literal["score_times_amount", "score", "count"]
OBJECTIVES: tuple[Objective, ...] = ("score_times_amount", "score", "count")
type Value = str | int | float | bool
type Funded = tuple[tuple[str, int], ...]
"""(id, amount), the amount above 0."""


@dataclass(frozen=True, slots=True)
class Case:
    """An amount is 0 or a whole number from `floor` to `asked`. `score` is exact: 78.5 is 157/2.

    Only a case that `passed` the decision rule may get money. `fields`: what quotas look at, by name.
    """

    id: str
    score: Fraction
    asked: int
    floor: int
    passed: bool = True
    fields: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quota:
    """From `least` to `most` đồng, both included, for cases whose field `by` is `value`; None: no limit."""

    by: str
    value: Value
    least: int | None = None
    most: int | None = None

    def holds(self, case: Case) -> bool:
        """Does it speak of the case? true is not 1."""
        told = case.fields.get(self.by)
        return told is not None and isinstance(told, bool) is isinstance(self.value, bool) and told == self.value


@dataclass(frozen=True, slots=True)
class Problem:
    budget: int
    cases: Sequence[Case]
    quotas: Sequence[Quota] = ()
    objective: Objective = "score_times_amount"


@dataclass(frozen=True, slots=True)
class Inversion:
    """A case that passed and gets nothing while `below`, of lower scores, get money. `rank` from 1."""

    id: str
    rank: int
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """What a limit costs. `side`: budget, min or max; `quota`: its place, None for the budget; `limit`, `used` in đồng.

    `marginal`: what the relaxation gains of the objective for each million đồng by which the limit gives way.
    `gain`: what the optimum gains without the limit; None for the budget, and where HiGHS found nothing in its time.
    `more`, `less`: what the optimum gains with 5 % more money, loses with 5 % less; None for quotas, and where less
    money cannot meet the quotas. `exact`: solved anew for each; else, of many cases, they are differences between
    bounds, which leave out wholeness. All in units of the objective: points × đồng, points, or cases.
    """

    side: Literal["budget", "min", "max"]
    quota: int | None
    limit: int
    used: int
    marginal: float
    exact: bool = True
    gain: Fraction | None = None
    more: Fraction | None = None
    less: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A quota that cannot be met: `by` how many đồng its `side` would have to give way."""

    quota: int
    side: Literal["min", "max"]
    by: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """`ranked_cut`: down the ranking until the money is out. `optimal`: the best value under budget and quotas.

    `optimal` and what follows from it are None or empty where no allocation meets the quotas; `relax` then names the
    fewest that would have to give way. `gap`: (bound − value) / bound, 0 where nothing better exists.
    `reserve`: ids of passed cases without money in the optimum, by rank.
    """

    ranked_cut: Funded
    optimal: Funded | None
    value: Fraction | None = None
    gap: float | None = None
    inversions: tuple[Inversion, ...] = ()
    prices: tuple[Price, ...] = ()
    reserve: tuple[str, ...] = ()
    relax: tuple[Shortfall, ...] = ()
