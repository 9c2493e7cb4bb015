"""Why no allocation meets the quotas: the fewest that would have to give way, then by the fewest đồng in all.

The budget never gives way. HiGHS finds the sums in floats; where amounts are larger than a million of their common
unit, a shortfall may be a few đồng off.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from matxich.rulebook.allocation.model import Case, Problem, Shortfall
from matxich.rulebook.allocation.programme import Limits, coarse_programme
from matxich.rulebook.whole_programme import Floats, Programme, Rows, Unsolved, both, rows_of, search

# Message keys: Vietnamese source texts that screens translate, then fill with the parameters.
RELAXED: dict[str, str] = {
    "min": "Hạ mức tối thiểu của hạn mức %(by)s = %(value)s (quotas[%(quota)s].min) ít nhất %(units)s đồng.",
    "max": "Nâng mức tối đa của hạn mức %(by)s = %(value)s (quotas[%(quota)s].max) ít nhất %(units)s đồng.",
}

type _Side = tuple[int, Literal["min", "max"]]
"""A row of limits, and which side of it."""


def shortfalls(problem: Problem, cases: Sequence[Case], limits: Limits) -> tuple[Shortfall, ...]:
    """Needs a problem that no allocation solves. Unsolved."""
    if not cases:
        return tuple(Shortfall(row, "min", each.least) for row, each in enumerate(problem.quotas) if each.least)
    coarse = coarse_programme(problem, cases, limits)
    sides: list[_Side] = [(row, "min") for row, least in enumerate(limits.least) if row and least is not None]
    sides += [(row, "max") for row, most in enumerate(limits.most) if row and most is not None]
    width, number = len(coarse.programme.gain), len(sides)
    most = float(max([problem.budget, sum(case.asked for case in cases), *filter(None, limits.least)])) / coarse.unit
    wider = _with_slack(coarse.programme, sides, most)
    few = search(replace(wider, gain=np.concatenate([np.zeros(width + number), -np.ones(number)])))
    if few is None:
        raise AssertionError("the budget alone is in the way")
    least = int((few.values[width + number :] > 0.5).sum())
    less = search(
        replace(
            wider,
            gain=np.concatenate([np.zeros(width), -np.ones(number), np.zeros(number)]),
            rows=both(wider.rows, _no_more_than(least, number, width)),
        )
    )
    if less is None:
        raise Unsolved("the quotas that give way do not do")
    by, given = less.values[width : width + number] * coarse.unit, less.values[width + number :] > 0.5
    return tuple(
        Shortfall(row - 1, side, max(1, round(float(by[place]))))
        for place, (row, side) in enumerate(sides)
        if given[place]
    )


def _no_more_than(least: int, number: int, width: int) -> Rows:
    """No more sides give way than have to; which of them is left to the đồng."""
    return rows_of(
        np.zeros(number, dtype=int),
        width + number + np.arange(number),
        np.ones(number),
        np.array([-np.inf]),
        np.array([float(least)]),
        width + 2 * number,
    )


def _with_slack(programme: Programme, sides: Sequence[_Side], most: float) -> Programme:
    """Each side with what it gives way, and whether it does."""
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415 - scipy is heavy, and only some problems need it

    number, width, height = len(sides), len(programme.gain), len(programme.rows.low)
    sign = np.array([1.0 if side == "min" else -1.0 for _row, side in sides])
    slack = csr_array((sign, ([row for row, _side in sides], np.arange(number))), shape=(height, 2 * number))
    matrix = hstack([programme.rows.matrix, slack], format="csr")
    places = np.arange(number)
    only_if = rows_of(
        np.concatenate([places, places]),
        width + np.concatenate([places, number + places]),
        np.concatenate([np.ones(number), np.full(number, -most)]),
        np.full(number, -np.inf),
        np.zeros(number),
        width + 2 * number,
    )
    upper: Floats = np.concatenate([programme.upper, np.full(number, most), np.ones(number)])
    whole = np.concatenate([programme.whole, np.full(number, bool(programme.whole.all())), np.ones(number, bool)])
    rows = both(Rows(matrix, programme.rows.low, programme.rows.high), only_if)
    return Programme(np.zeros(width + 2 * number), rows, upper, whole)
