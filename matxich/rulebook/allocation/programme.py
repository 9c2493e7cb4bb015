"""The best use of a budget as a whole-number programme: solved by HiGHS in floats, settled in whole đồng.

A case is chosen or not (y), and a chosen one gets its floor and something more (e): amount = floor × y + e,
0 ≤ e ≤ (asked − floor) × y. Budget and quotas bound sums of amounts. HiGHS solves that in a coarse unit of money with
tolerances; with the cases it chose, a second programme settles the amounts: whole đồng up or down from what the first
one said, numbers so small that floats hold them exactly. The sums are then checked in whole numbers. A choice that
passed by tolerance only is excluded and the first programme solved again.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matxich.rulebook.allocation.model import Case, Objective, Problem
from matxich.rulebook.whole_programme import Programme, Unsolved, both, maximise, relax, rows_of, search

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]
type Bools = NDArray[np.bool_]

_FINE = 10**6
"""About so many units of money has the largest amount."""
_MILLION = 10**6
_STEPS = 16
_TRIES = 30
EXACT = 150
"""So many cases or fewer are solved without any gap; beyond, one of nine hundred-thousandths is allowed."""
_GAP = 9e-5
_MARGIN = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Sums of amounts that are bounded, in đồng: the budget first, then the quotas; None for no limit."""

    members: Bools
    least: tuple[int | None, ...]
    most: tuple[int | None, ...]


class Best(NamedTuple):
    """`amounts` in đồng by place in the ranking, `value` exact, `bound` that no allocation passes."""

    amounts: tuple[int, ...]
    value: Fraction
    bound: float

    @property
    def gap(self) -> float:
        """0 where what is missing is within the slips of floats."""
        missing = self.bound - float(self.value)
        return max(0.0, missing / self.bound) if missing > _MARGIN * max(1.0, abs(self.bound)) else 0.0


def limits_of(problem: Problem, cases: Sequence[Case]) -> Limits:
    members = np.ones((1 + len(problem.quotas), len(cases)), bool)
    for row, quota in enumerate(problem.quotas, start=1):
        members[row] = [quota.holds(case) for case in cases]
    return Limits(
        members,
        (None, *(quota.least for quota in problem.quotas)),
        (problem.budget, *(quota.most for quota in problem.quotas)),
    )


def value_of(objective: Objective, cases: Sequence[Case], amounts: Sequence[int]) -> Fraction:
    """Exact, in points × đồng, points, or cases."""
    paid = [(case, amount) for case, amount in zip(cases, amounts, strict=True) if amount]
    if objective == "count":
        return Fraction(len(paid))
    if objective == "score":
        return sum((case.score for case, _amount in paid), Fraction())
    return sum((case.score * amount for case, amount in paid), Fraction())


def best(problem: Problem, cases: Sequence[Case], limits: Limits) -> Best | None:
    """The allocation of greatest value to passed cases; None where the limits leave none. Unsolved."""
    if not cases:
        return Best((), Fraction(), 0.0) if _kept(limits, ()) else None
    coarse = coarse_programme(problem, cases, limits)
    for _try in range(_TRIES):
        found = maximise(coarse.programme, gap=0.0 if len(cases) <= EXACT else _GAP)
        if found is None:
            return None
        chosen = found.values[: len(cases)] > 0.5
        amounts = _settled(cases, limits, chosen, coarse.amounts(found.values))
        if amounts is not None:
            value = value_of(problem.objective, cases, amounts)
            return Best(amounts, value, max(float(value), found.bound * coarse.worth))
        coarse = coarse.without(chosen)
    raise Unsolved("every choice passed by tolerance only")


@dataclass(frozen=True, slots=True, eq=False)
class Coarse:
    """The first programme: choice of each case, then what those get beyond their floor that may get more.

    `unit` đồng of money; `worth` of one unit of its value. `partial`: places of cases with something between.
    """

    programme: Programme
    unit: int
    worth: float
    floor: Floats
    partial: Ints

    def amounts(self, values: Floats) -> Floats:
        """In đồng, as floats say."""
        number = len(self.floor)
        found = self.floor * values[:number]
        found[self.partial] += values[number:]
        return found * self.unit

    def without(self, chosen: Bools) -> "Coarse":
        """Not exactly these cases again."""
        places = np.arange(len(chosen))
        sign = np.where(chosen, 1.0, -1.0)
        cut = rows_of(
            np.zeros(len(chosen), np.int64), places, sign, np.array([-np.inf]), np.array([chosen.sum() - 1.0]),
            len(self.programme.gain),
        )  # fmt: skip
        return replace(self, programme=replace(self.programme, rows=both(self.programme.rows, cut)))


def coarse_programme(problem: Problem, cases: Sequence[Case], limits: Limits) -> Coarse:
    """Needs a case. Rows of the limits come first, in their order."""
    unit = _unit(problem, cases, limits)
    least, most = _range(cases)
    floor, more = (
        np.array([each / unit for each in least]),
        np.array([(high - low) / unit for low, high in zip(least, most, strict=True)]),
    )
    partial = np.flatnonzero(more > 0)
    number, width = len(cases), len(cases) + len(partial)
    row, column = np.nonzero(limits.members)
    part_row, part_column = np.nonzero(limits.members[:, partial])
    sums = rows_of(
        np.concatenate([row, part_row]),
        np.concatenate([column, number + part_column]),
        np.concatenate([floor[column], np.ones(len(part_row))]),
        np.array([-np.inf if each is None else each / unit for each in limits.least]),
        np.array([np.inf if each is None else each / unit for each in limits.most]),
        width,
    )
    places = np.arange(len(partial))
    links = rows_of(
        np.concatenate([places, places]),
        np.concatenate([partial, number + places]),
        np.concatenate([-more[partial], np.ones(len(partial))]),
        np.full(len(partial), -np.inf),
        np.zeros(len(partial)),
        width,
    )
    score = np.array([float(case.score) for case in cases])
    if problem.objective == "score_times_amount":
        gain, worth = np.concatenate([score * floor, score[partial]]), float(unit)
    else:
        gain = np.concatenate([score if problem.objective == "score" else np.ones(number), np.zeros(len(partial))])
        worth = 1.0
    scale = max(1.0, float(np.abs(gain).max()) / _FINE)
    whole = np.concatenate([np.ones(number, bool), np.full(len(partial), unit == 1)])
    upper = np.concatenate([np.ones(number), more[partial]])
    return Coarse(Programme(gain / scale, both(sums, links), upper, whole), unit, worth * scale, floor, partial)


def _range(cases: Sequence[Case]) -> tuple[list[int], list[int]]:
    """What a case that gets money gets at least and at most: never 0."""
    return [max(1, case.floor) for case in cases], [case.asked for case in cases]


def _unit(problem: Problem, cases: Sequence[Case], limits: Limits) -> int:
    """Of money: what all figures are multiples of, else a power of ten, so that the largest amount is not too fine."""
    largest = max(case.asked for case in cases)
    figures = [problem.budget, *(each for side in (limits.least, limits.most) for each in side if each is not None)]
    shared = math.gcd(*(figure for case in cases for figure in (case.asked, max(1, case.floor))), *figures)
    return shared if largest <= shared * _FINE else 10 ** max(0, len(str(largest // _FINE)))


def _settled(cases: Sequence[Case], limits: Limits, chosen: Bools, near: Floats) -> tuple[int, ...] | None:
    """Whole đồng near these amounts within every limit, points × đồng greatest; None where there are none."""
    least, most = _range(cases)
    places = np.flatnonzero(chosen)
    first = {int(p): min(most[p], max(least[p], round(near[p]))) for p in places}
    steps = max(_STEPS, int(near.max(initial=0)) // 10**5)
    for reach in (steps, steps * 1000):
        low = np.array([-min(reach, first[int(p)] - least[p]) for p in places], float)
        high = np.array([min(reach, most[p] - first[int(p)]) for p in places], float)
        moved = _moved(cases, limits, places, first, low, high)
        if moved is None:
            continue
        amounts = [0] * len(cases)
        for place, more in zip(places, moved, strict=True):
            amounts[int(place)] = first[int(place)] + round(more)
        if _kept(limits, amounts) and all(least[p] <= amounts[p] <= most[p] for p in places):
            return tuple(amounts)
    return None


def _moved(
    cases: Sequence[Case], limits: Limits, places: Ints, first: dict[int, int], low: Floats, high: Floats
) -> Floats | None:
    """How many đồng each amount goes up, between low and high. Counted from low, so that no number is large."""
    if not len(places):
        return np.zeros(0)
    members = limits.members[:, places]
    sums = [sum(first[int(p)] for p in places[row]) for row in members]
    start, most = members @ low, float((high - low).sum()) + 1
    low_room, high_room = np.full(len(sums), -np.inf), np.full(len(sums), np.inf)
    for row, (least, top, total) in enumerate(zip(limits.least, limits.most, sums, strict=True)):
        if least is not None:
            low_room[row] = _clip(least - total - int(start[row]), most)
        if top is not None:
            high_room[row] = _clip(top - total - int(start[row]), most)
    row_places, column_places = np.nonzero(members)
    rows = rows_of(row_places, column_places, None, low_room, high_room, len(places))
    gain = np.array([float(cases[int(p)].score) for p in places])
    found = search(Programme(gain, rows, high - low, np.ones(len(places), bool)))
    return found.values + low if found else None


def _clip(value: int, most: float) -> float:
    """Beyond what all variables together can do, how far is all one."""
    return max(-most, min(most, float(value)))


def _kept(limits: Limits, amounts: Sequence[int]) -> bool:
    """In whole numbers."""
    for members, least, most in zip(limits.members, limits.least, limits.most, strict=True):
        total = sum(amount for amount, inside in zip(amounts, members, strict=True) if inside)
        if (least is not None and total < least) or (most is not None and total > most):
            return False
    return True


def relaxation(problem: Problem, cases: Sequence[Case], limits: Limits) -> tuple[float, Floats] | None:
    """The bound when cases may be funded in part of their floor, and of each limit what that gains for a million đồng:
    above 0 where the limit holds down, below 0 where it demands. None where the limits leave nothing. Unsolved."""
    coarse = coarse_programme(problem, cases, limits)
    relaxed = relax(coarse.programme)
    if relaxed is None:
        return None
    per_million = coarse.worth / coarse.unit * _MILLION
    return relaxed.bound * coarse.worth, relaxed.price[: len(limits.members)] * per_million
