"""Size of an enterprise under decree 80/2021/NĐ-CP, article 5. Unknown is not no: a missing figure narrows nothing.

Workers ≤ limit AND (yearly revenue ≤ limit OR total capital ≤ limit). Workers are the yearly average that take part
in social insurance; total capital is the balance sheet's, not the charter capital. Without revenue, capital decides.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Size = Literal["unknown", "micro", "small", "medium", "large"]
Branch = Literal["industry", "services"]
BILLION = 10**9


@dataclass(frozen=True, slots=True)
class Limit:
    """Upper bounds, inclusive: persons, đồng a year, đồng."""

    size: Size
    workers: int
    revenue: int
    capital: int


@dataclass(frozen=True, slots=True)
class Regime:
    """Limits in force over [valid_from, valid_to), smallest size first."""

    article: str
    valid_from: date
    valid_to: date | None
    limits: dict[Branch, tuple[Limit, ...]]


REGIMES = (
    Regime(
        article="Điều 5 Nghị định 80/2021/NĐ-CP",
        valid_from=date(2021, 10, 15),
        valid_to=None,
        limits={
            # agriculture, forestry, fishery; industry and construction
            "industry": (
                Limit("micro", 10, 3 * BILLION, 3 * BILLION),
                Limit("small", 100, 50 * BILLION, 20 * BILLION),
                Limit("medium", 200, 200 * BILLION, 100 * BILLION),
            ),
            "services": (
                Limit("micro", 10, 10 * BILLION, 3 * BILLION),
                Limit("small", 50, 100 * BILLION, 50 * BILLION),
                Limit("medium", 100, 300 * BILLION, 100 * BILLION),
            ),
        },
    ),
)


@dataclass(frozen=True, slots=True)
class SizeAnswer:
    """`size` when the figures settle it, with `possible` holding it alone; else every size still possible."""

    size: Size
    possible: tuple[Size, ...]
    article: str


def enterprise_size(
    *, on: date, workers: int | None, revenue: int | None, capital: int | None, branch: Branch = "industry"
) -> SizeAnswer:
    """The size on a date; workers in persons, money in đồng, None for a figure nobody has given."""
    regime = next((r for r in REGIMES if r.valid_from <= on and (r.valid_to is None or on < r.valid_to)), None)
    if regime is None:
        return SizeAnswer("unknown", ("micro", "small", "medium", "large"), "")
    possible = _possible(regime.limits[branch], workers, revenue, capital)
    return SizeAnswer(possible[0] if len(possible) == 1 else "unknown", possible, regime.article)


def _possible(
    limits: tuple[Limit, ...], workers: int | None, revenue: int | None, capital: int | None
) -> tuple[Size, ...]:
    """Walk up the sizes: one that certainly fits ends the search, one that may fit stays possible."""
    possible: list[Size] = []
    for limit in limits:
        people = _within(workers, limit.workers)
        money = _either(revenue != 0 and _within(revenue, limit.revenue), _within(capital, limit.capital))
        if people and money:
            return (*possible, limit.size)
        if people is not False and money is not False:
            possible.append(limit.size)
    return (*possible, "large")


def _within(figure: int | None, limit: int) -> bool | None:
    return None if figure is None else figure <= limit


def _either(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return False if one is False and other is False else None
