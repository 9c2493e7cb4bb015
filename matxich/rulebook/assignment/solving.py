"""An assignment from a problem: the greatest total, or the fairest, or the fewest rules in the way of any."""

import math

from matxich.rulebook.assignment.fairness import fairest, greatest_total
from matxich.rulebook.assignment.model import Assignment, Bools, Problem
from matxich.rulebook.assignment.pairs import Pairs, Table, pairs_of, table_of
from matxich.rulebook.assignment.relaxing import relax

_SLIP = 1e-9
"""By what part of itself a bound of HiGHS, or of rounded affinities, may stand above the total it proves."""


def assign(problem: Problem) -> Assignment:
    """The assignment of greatest total affinity that keeps every rule; with `fair` of those whose worst case is best.

    The same whatever the order of cases and reviewers. Unsolved where HiGHS found nothing in its time.
    """
    table = table_of(problem)
    pairs = pairs_of(table, table.allowed)
    found = fairest(table, pairs) if problem.rules.fair else greatest_total(table, pairs)
    if found is None:
        return Assignment(None, relax=relax(table))
    return _told(problem, table, pairs, found.chosen, found.bound, found.proven)


def solvers_of(problem: Problem) -> tuple[str, ...]:
    """Modules that its answer will most likely need, so that a door may load them before it looks at the clock."""
    rules = problem.rules
    beyond = rules.fair or (rules.one_per_organisation and rules.min_finance)
    return ("ortools.graph.python.min_cost_flow", *(("scipy.optimize", "scipy.sparse") if beyond else ()))


def _told(problem: Problem, table: Table, pairs: Pairs, chosen: Bools, bound: float, proven: bool) -> Assignment:
    some, units = pairs[chosen], table.units
    gains = table.affinity[some.case, some.reviewer].tolist()
    by_case: list[list[float]] = [[] for _case in problem.cases]
    members: dict[str, list[str]] = {case.id: [] for case in problem.cases}
    cases, reviewers = table.case_order[some.case].tolist(), table.reviewer_order[some.reviewer].tolist()
    for case, reviewer, gain in zip(cases, reviewers, gains, strict=True):
        members[problem.cases[case].id].append(problem.reviewers[reviewer].id)
        by_case[case].append(gain)
    found = int(some.gain.sum())
    if units.exact:
        total, worst = units.spoken(found), units.spoken(int(pairs.sums(chosen, len(problem.cases)).min()))
    else:
        total, worst = math.fsum(gains), min(map(math.fsum, by_case))
    above = max(0.0, bound - found)
    if units.exact and above < 1:  # totals are whole numbers of units: none lies between the two
        above = 0.0
    slack = above / units.per_one + units.hidden(2 * len(some))
    optimal = proven and slack <= _SLIP * max(1.0, abs(total))
    return Assignment({case: tuple(ids) for case, ids in members.items()}, total, worst, optimal, total + slack)
