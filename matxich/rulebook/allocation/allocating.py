"""The ranked cut, the optimum beside it, and what each limit costs."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from matxich.rulebook.allocation.model import Allocation, Case, Price, Problem
from matxich.rulebook.allocation.programme import EXACT, Best, Limits, best, limits_of, relaxation
from matxich.rulebook.allocation.ranking import inversions, ranked_cut, ranking, reserve
from matxich.rulebook.allocation.relaxing import shortfalls
from matxich.rulebook.whole_programme import Unsolved

MONEY_STEP = 5
"""Per cent by which the budget is tried larger and smaller."""


def allocate(problem: Problem) -> Allocation:
    """The same whatever the order of the cases. Unsolved where HiGHS found nothing in its time."""
    cases = ranking(problem.cases)
    cut = ranked_cut(problem)
    limits = limits_of(problem, cases)
    found = best(problem, cases, limits)
    if found is None:
        return Allocation(cut, None, relax=shortfalls(problem, cases, limits))
    funded = tuple((case.id, amount) for case, amount in zip(cases, found.amounts, strict=True) if amount)
    return Allocation(
        cut,
        funded,
        found.value,
        found.gap,
        inversions(problem, funded),
        _prices(problem, cases, limits, found),
        reserve(problem, funded),
    )


def _prices(problem: Problem, cases: Sequence[Case], limits: Limits, found: Best) -> tuple[Price, ...]:
    """The budget first, then each side of each quota in the order given."""
    if not cases:
        return ()
    relaxed = relaxation(problem, cases, limits)
    if relaxed is None:
        raise AssertionError("an allocation without a relaxation")
    bound, marginal = relaxed
    exact = len(cases) <= EXACT
    used = [
        sum(amount for amount, inside in zip(found.amounts, members, strict=True) if inside)
        for members in limits.members
    ]

    def gained(other: Problem) -> Fraction | None:
        """Over the optimum; of many cases that of the relaxation over its own."""
        others = limits_of(other, cases)
        try:
            if exact:
                better = best(other, cases, others)
                return better.value - found.value if better else None
            loose = relaxation(other, cases, others)
        except Unsolved:  # the optimum stands, only this price is not known
            return None
        return Fraction(round(loose[0] - bound)) if loose else None

    more, less = (
        gained(replace(problem, budget=problem.budget * (100 + step) // 100)) for step in (MONEY_STEP, -MONEY_STEP)
    )
    prices = [
        Price(
            "budget",
            None,
            problem.budget,
            used[0],
            max(0.0, float(marginal[0])),
            exact,
            more=more,
            less=None if less is None else -less,
        )
    ]
    for place, quota in enumerate(problem.quotas):
        sides: tuple[tuple[Literal["min", "max"], int | None], ...] = (("min", quota.least), ("max", quota.most))
        for side, limit in sides:
            if limit is None:
                continue
            price = max(0.0, float(marginal[place + 1]) * (1 if side == "max" else -1))
            gain = gained(_without(problem, place, side)) if exact or price > 0 else Fraction()
            gain = None if gain is None else max(Fraction(), gain)
            prices.append(Price(side, place, limit, used[place + 1], price, exact, gain))
    return tuple(prices)


def _without(problem: Problem, place: int, side: str) -> Problem:
    """One side of a quota dropped."""
    quota = problem.quotas[place]
    freed = replace(quota, least=None) if side == "min" else replace(quota, most=None)
    return replace(problem, quotas=(*problem.quotas[:place], freed, *problem.quotas[place + 1 :]))
