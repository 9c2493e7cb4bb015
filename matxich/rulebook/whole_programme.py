"""Programmes in whole numbers: the greatest value of a sum under bounds on other sums. HiGHS solves, a bound proves.

First the relaxation in which nothing has to be whole. Its dual prices bound every solution from above. A variable
whose reduced price times its distance from where the relaxation has it exceeds what a solution is still short of that
bound cannot be that far from there in a better one (reduced-cost fixing; Nemhauser, Wolsey, "Integer and
Combinatorial Optimization", 1988, II.5.2). So the search in whole numbers runs over the few variables in doubt, and
the bound holds for all.

HiGHS reckons in floats, with slips of about 10^-9 of the value. Callers check what it answers in whole numbers.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]
type Bools = NDArray[np.bool_]

SECONDS = 20.0
"""The longest one search may take: a safety, far above what councils need. What was found by then is not proven."""
_PART = 1e-6
_WIDER = 4
_IN_DOUBT = 100
_INFEASIBLE = 2


class Unsolved(RuntimeError):
    """HiGHS found neither an answer nor that there is none, in the time it had."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What has to hold: low ≤ matrix × variables ≤ high."""

    matrix: "csr_array"
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """The sum of gain × variable shall be greatest; 0 ≤ variable ≤ upper, whole where `whole` says so."""

    gain: Floats
    rows: Rows
    upper: Floats
    whole: Bools


class Relaxed(NamedTuple):
    """Values without wholeness; `reduced` price of each variable, `price` of each row; no solution passes `bound`."""

    values: Floats
    reduced: Floats
    price: Floats
    bound: float


class Solution(NamedTuple):
    """`bound`: no solution has a greater value. `proven`: the search ended by itself."""

    values: Floats
    bound: float
    proven: bool


def rows_of(row: Ints, column: Ints, value: Floats | None, low: Floats, high: Floats, width: int) -> Rows:
    """From places and values of a matrix; None for ones."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - scipy is heavy, and only some problems need it

    values = np.ones(len(row)) if value is None else value
    return Rows(csr_array((values, (row, column)), shape=(len(low), width)), low, high)


def both(one: Rows, other: Rows) -> Rows:
    from scipy.sparse import vstack  # noqa: PLC0415 - as above

    return Rows(
        vstack([one.matrix, other.matrix], format="csr"),
        np.concatenate([one.low, other.low]),
        np.concatenate([one.high, other.high]),
    )


def maximise(
    programme: Programme, *, start: Bools | None = None, gap: float = 0.0, seconds: float = SECONDS
) -> Solution | None:
    """The greatest value; None where nothing keeps the rows. Unsolved.

    `gap`: by what part of the bound the value may stay below it. `start`: variables to begin with, the others at 0;
    those that could gain by the prices join them.
    """
    if not len(programme.gain):
        possible = (programme.rows.low <= 0).all() and (programme.rows.high >= 0).all()
        return Solution(np.zeros(0), 0.0, True) if possible else None
    relaxed = relax(programme, start=start)
    if relaxed is None:
        return None
    near = np.rint(relaxed.values)
    if (np.abs(relaxed.values - near) < _PART)[programme.whole].all():
        return Solution(np.where(programme.whole, near, relaxed.values), relaxed.bound, True)
    doubt, best = _first_doubt(relaxed.reduced * programme.upper), None
    enough = gap * abs(relaxed.bound)
    while True:
        lower, upper = _within(programme, relaxed.reduced, doubt)
        everything = bool((lower <= 0).all() and (upper >= programme.upper).all())
        found = search(programme, lower=lower, upper=upper, gap=gap, seconds=seconds)
        if found is None and everything:
            return best
        if found is None:
            doubt *= _WIDER
            continue
        if best is None or programme.gain @ found.values > programme.gain @ best.values:
            best = found
        outside = -math.inf if everything else relaxed.bound - doubt
        bound = min(relaxed.bound, max(found.bound, outside))
        short = relaxed.bound - float(programme.gain @ best.values)
        if everything or short <= doubt or not found.proven or bound - relaxed.bound + short <= enough:
            return best._replace(bound=bound, proven=found.proven)
        doubt = short * (1 + _PART)


def relax(programme: Programme, *, start: Bools | None = None) -> Relaxed | None:
    """Without wholeness; None where nothing keeps the rows. Unsolved."""
    from scipy.optimize import linprog  # noqa: PLC0415 - as above
    from scipy.sparse import vstack  # noqa: PLC0415 - as above

    gain, rows = programme.gain, programme.rows
    equal = rows.low == rows.high
    above, below = ~equal & np.isfinite(rows.high), ~equal & np.isfinite(rows.low)
    active = np.ones(len(gain), bool) if start is None else start.copy()
    while True:
        some = rows.matrix[:, np.flatnonzero(active)]
        one_sided = bool((above | below).any())
        answer = linprog(
            -gain[active],
            A_eq=some[equal] if equal.any() else None,
            b_eq=rows.low[equal] if equal.any() else None,
            A_ub=vstack([some[above], -some[below]]) if one_sided else None,
            b_ub=np.concatenate([rows.high[above], -rows.low[below]]) if one_sided else None,
            bounds=np.stack([np.zeros(int(active.sum())), programme.upper[active]], axis=1),
            method="highs",
        )
        if answer.status == _INFEASIBLE:
            if active.all():
                return None
            active = np.ones(len(gain), bool)
            continue
        if answer.status:
            raise Unsolved(answer.message)
        on_high, on_low = np.zeros(len(rows.low)), np.zeros(len(rows.low))
        sides = np.maximum(-answer.ineqlin.marginals, 0)
        on_high[above], on_low[below] = sides[: int(above.sum())], sides[int(above.sum()) :]
        price = on_high - on_low
        price[equal] = -answer.eqlin.marginals
        reduced = gain - rows.matrix.T @ price
        tempting = ~active & (reduced > _PART)
        if not tempting.any():
            break
        active |= tempting
    # Any prices bound the value (weak duality): what HiGHS slipped in them makes the bound larger, never wrong.
    bound = float(
        price[equal] @ rows.low[equal]
        + on_high[above] @ rows.high[above]
        - on_low[below] @ rows.low[below]
        + np.maximum(reduced, 0) @ programme.upper
    )
    values = np.zeros(len(gain))
    values[active] = answer.x
    return Relaxed(values, reduced, price, bound)


def search(
    programme: Programme,
    *,
    lower: Floats | None = None,
    upper: Floats | None = None,
    gap: float = 0.0,
    seconds: float = SECONDS,
) -> Solution | None:
    """The greatest value within narrower bounds, up to a gap; None where there is none. Unsolved."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - as above

    rows = programme.rows
    lower = np.zeros(len(programme.gain)) if lower is None else lower
    upper = programme.upper if upper is None else upper
    kept = np.flatnonzero(upper > 0)
    if not len(kept):
        possible = (rows.low <= 0).all() and (rows.high >= 0).all()
        return Solution(np.zeros(len(upper)), 0.0, True) if possible else None
    answer = milp(
        -programme.gain[kept],
        integrality=programme.whole[kept].astype(float),
        bounds=Bounds(lower[kept], upper[kept]),
        constraints=LinearConstraint(rows.matrix[:, kept], rows.low, rows.high),
        options={"mip_rel_gap": gap, "time_limit": seconds},
    )
    if answer.status == _INFEASIBLE:
        return None
    if answer.x is None:
        raise Unsolved(answer.message)
    values = np.zeros(len(upper))
    values[kept] = np.where(programme.whole[kept], np.rint(answer.x), answer.x)
    bound = -float(answer.fun if answer.mip_dual_bound is None else answer.mip_dual_bound)
    return Solution(values, bound, answer.status == 0)


def _first_doubt(prices: Floats) -> float:
    """So that a twentieth of the variables, but no fewer than a hundred, are in doubt."""
    number = min(len(prices) - 1, max(_IN_DOUBT, len(prices) // 20))
    return float(np.partition(np.abs(prices), number)[number]) + _PART


def _within(programme: Programme, reduced: Floats, doubt: float) -> tuple[Floats, Floats]:
    """How far each variable may be from where its reduced price puts it, if no more than `doubt` is to be lost."""
    with np.errstate(divide="ignore"):
        far = np.where(reduced == 0, math.inf, doubt / np.abs(reduced))
    far = np.where(programme.whole & np.isfinite(far), np.floor(far + _PART), far)
    upper = np.where(reduced < 0, np.minimum(programme.upper, far), programme.upper)
    lower = np.where(reduced > 0, np.maximum(0.0, programme.upper - far), 0.0)
    return lower, upper
