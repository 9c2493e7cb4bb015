"""Councils in numbers: python -m benchmarks.council [--rounds N] [--seeds N].

1. Reviewers to cases at the sizes that matter, affinities of six topics and noise, 5 % conflicts, loads: exact, fair,
   with composition rules. The clock runs from the problem as records to the proven answer. What is found is checked
   rule by rule, and its total held against a bound reckoned here by another route: the relaxation by HiGHS's interior
   point over every pair, where ours comes from potentials of a flow or from a whole-number search.
2. Money to a thousand cases under sixteen quotas, partial floors, every price and the five per cent included.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np

from benchmarks.law import Watch, spread
from matxich.rulebook.allocation import Case as MoneyCase
from matxich.rulebook.allocation import Problem as MoneyProblem
from matxich.rulebook.allocation import Quota, allocate
from matxich.rulebook.allocation.checking import faults as money_faults
from matxich.rulebook.assignment import Assignment, Case, Problem, Reviewer, Rules, assign
from matxich.rulebook.assignment.checking import faults

COMPOSED = Rules(one_per_organisation=True, min_finance=1, ban_same_province=True)
CASES = (
    ("200 × 100 × 5, loads 5 to 15", (200, 100, 5, 5, 15), Rules(), 0.1),
    ("the same, fair", (200, 100, 5, 5, 15), Rules(fair=True), 4.0),
    ("the same, organisation, finance, province", (200, 100, 5, 5, 15), COMPOSED, 2.0),
    ("the same, all of it fair", (200, 100, 5, 5, 15), replace(COMPOSED, fair=True), None),
    ("1000 × 500 × 3, loads 3 to 9", (1000, 500, 3, 3, 9), Rules(), 0.5),
)
MONEY_SECONDS, MONEY_GAP = 1.0, 1e-4
SAME = 1e-6


def council(size: tuple[int, int, int, int, int], rules: Rules, seed: int) -> Problem:
    """Affinities of rank six with noise, to six decimals."""
    cases, reviewers, needs, least, most = size
    chance = np.random.default_rng(seed)
    affinity = chance.random((cases, 6)) @ chance.random((6, reviewers)) / 6 + 0.3 * chance.random((cases, reviewers))
    conflicts = chance.random(affinity.shape) < 0.05
    organisation, finance = chance.integers(0, reviewers // 3, reviewers), chance.random(reviewers) < 0.3
    provinces = chance.integers(0, 34, cases), chance.integers(0, 34, reviewers)
    return Problem(
        tuple(Case(f"c{n:04}", needs, province=str(provinces[0][n])) for n in range(cases)),
        tuple(
            Reviewer(f"r{n:04}", least, most, frozenset(), str(organisation[n]), str(provinces[1][n]), bool(finance[n]))
            for n in range(reviewers)
        ),
        frozenset(zip(*(side.tolist() for side in np.nonzero(conflicts)), strict=True)),
        np.round(affinity / affinity.max(), 6),
        rules,
    )


def another_bound(problem: Problem, worst: float | None) -> float:
    """The relaxation of all rules in one programme, by interior point; `worst` is demanded of every case."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, vstack

    may = np.ones((len(problem.cases), len(problem.reviewers)), bool)
    may[tuple(np.array(sorted(problem.conflicts)).T)] = False
    home = np.array([case.province for case in problem.cases])[:, None]
    if problem.rules.ban_same_province:
        may &= home != np.array([each.province for each in problem.reviewers])[None, :]
    row, column = np.nonzero(may)
    gain = problem.affinity[row, column]  # type: ignore[index]
    width, pairs = len(row), np.arange(len(row))

    def table(place: np.ndarray, some: np.ndarray, value: np.ndarray | None = None) -> csr_array:
        ones = np.ones(len(some)) if value is None else value
        return csr_array((ones, (place, some)), shape=(int(place.max()) + 1, width))

    loads = table(column, pairs)
    above, limits = [loads, -loads], [[each.most for each in problem.reviewers], [-e.least for e in problem.reviewers]]
    if problem.rules.min_finance:
        money = np.array([each.finance for each in problem.reviewers])[column]
        above.append(-table(row[money], pairs[money]))
        limits.append([-problem.rules.min_finance] * len(problem.cases))
    if problem.rules.one_per_organisation:
        names = np.unique([each.organisation for each in problem.reviewers], return_inverse=True)[1]
        groups = np.unique(row * len(names) + names[column], return_inverse=True)[1]
        above.append(table(groups, pairs))
        limits.append([1] * int(groups.max() + 1))
    if worst is not None:
        above.append(-table(row, pairs, gain))
        limits.append([-worst + 1e-9] * len(problem.cases))
    answer = linprog(
        -gain, A_eq=table(row, pairs), b_eq=[case.needs for case in problem.cases], A_ub=vstack(above),
        b_ub=np.concatenate(limits), bounds=(0, 1), method="highs-ipm",
    )  # fmt: skip
    return -float(answer.fun)


def timed[T](solve: Callable[[], T], rounds: int) -> tuple[T, list[tuple[float, float]]]:
    taken = []
    for _round in range(rounds):
        watch = Watch()
        found = solve()
        taken.append(watch.taken)
    return found, taken


def assignments(rounds: int, seeds: int) -> bool:
    met = True
    for name, size, rules, most in CASES:
        taken: list[tuple[float, float]] = []
        told = []
        for seed in range(1, seeds + 1):
            problem = council(size, rules, seed)
            found, seconds = timed(lambda: assign(problem), rounds)  # noqa: B023 - called at once
            taken += seconds
            told.append(_judged(problem, found))
            met = met and told[-1][0]
        wall = statistics.median(seconds for seconds, _cpu in taken)
        target = "" if most is None else f" (at most {most} s)"
        print(f"\n{name}: {spread3(taken)}{target}")
        for seed, (good, line) in enumerate(told, start=1):
            print(f"  seed {seed}: {line}{'' if good else '  WRONG'}")
        met = met and (most is None or wall <= most)
    return met


def _judged(problem: Problem, found: Assignment) -> tuple[bool, str]:
    """Every rule kept, and the total is the bound of the other route, or below it where wholeness costs something."""
    if found.total is None or found.bound is None:
        return False, "no assignment"
    other = another_bound(problem, found.worst if problem.rules.fair else None)
    kept = faults(problem, found) == ()
    above = other - found.total
    good = kept and found.optimal and above >= -SAME * found.total
    line = f"total {found.total:.6f}, worst {found.worst:.6f}, optimal {found.optimal}, relaxation {other:.6f}"
    return good, f"{line} ({'equal' if abs(above) <= SAME * found.total else f'{above:.6f} above: wholeness'})"


def spread3(taken: list[tuple[float, float]]) -> str:
    return spread(taken) if min(wall for wall, _cpu in taken) > 1 else _in_ms(taken)


def _in_ms(taken: list[tuple[float, float]]) -> str:
    wall, cpu = ([1000 * each[clock] for each in taken] for clock in (0, 1))
    return (
        f"median {statistics.median(wall):.0f} ms, {min(wall):.0f} to {max(wall):.0f}; "
        f"processor {statistics.median(cpu):.0f}, {min(cpu):.0f} to {max(cpu):.0f}"
    )


def money(number: int, seed: int) -> MoneyProblem:
    """Half of the cases may get part of what they ask; ten provinces, five sectors and small firms have quotas."""
    chance = np.random.default_rng(seed)
    asked = chance.integers(100, 3000, number) * 1_000_000
    parts = (asked * chance.uniform(0.5, 0.9, number)).astype(np.int64) // 1_000_000 * 1_000_000
    floor = np.where(chance.random(number) < 0.5, parts, asked)
    score, small = np.round(chance.uniform(65, 98, number), 1), chance.random(number) < 0.6
    province, sector = chance.integers(0, 34, number), chance.integers(0, 8, number)
    budget = int(asked.sum()) * 35 // 100
    cases = [
        MoneyCase(
            f"c{n:04}", Fraction(repr(float(score[n]))), int(asked[n]), int(floor[n]), True,
            {"province": str(province[n]), "sector": str(sector[n]), "sme": bool(small[n])},
        )
        for n in range(number)
    ]  # fmt: skip
    quotas = [Quota("province", str(n), budget * 12 // 1000) for n in range(10)]
    quotas += [Quota("sector", str(n), None, budget * 11 // 100) for n in range(5)]
    return MoneyProblem(budget, cases, [*quotas, Quota("sme", True, budget * 6 // 10)])


def allocations(rounds: int, seeds: int) -> bool:
    met = True
    for objective in ("score_times_amount", "score", "count"):
        taken: list[tuple[float, float]] = []
        gaps, wrong = [], 0
        for seed in range(1, seeds + 1):
            problem = replace(money(1000, seed), objective=objective)  # type: ignore[arg-type]
            found, seconds = timed(lambda: allocate(problem), rounds)  # noqa: B023 - called at once
            taken += seconds
            gaps.append(1.0 if found.gap is None else found.gap)
            wrong += len(money_faults(problem, found))
        promised = objective == "score_times_amount"
        print(f"\n1,000 cases, 16 quotas, {objective}, with every price: {spread3(taken)}"
              f"{f' (at most {MONEY_SECONDS} s)' if promised else ''}")  # fmt: skip
        print(f"  gap {', '.join(f'{gap:.1e}' for gap in gaps)} (at most {MONEY_GAP:.0e}); faults found: {wrong}")
        met = met and max(gaps) <= MONEY_GAP and not wrong
        met = met and (not promised or statistics.median(wall for wall, _cpu in taken) <= MONEY_SECONDS)
    return met


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    began = time.perf_counter()
    assign(council((20, 10, 3, 3, 9), COMPOSED, 1))
    allocate(money(20, 1))
    print(f"solvers loaded in {time.perf_counter() - began:.1f} s; load of the machine {os.getloadavg()[0]:.1f}")
    met = [assignments(options.rounds, options.seeds), allocations(options.rounds, options.seeds)]
    print(f"\nload at the end {os.getloadavg()[0]:.1f}")
    print("every target met" if all(met) else "A TARGET IS NOT MET")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
