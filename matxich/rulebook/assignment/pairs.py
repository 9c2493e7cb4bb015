"""The pairs that may meet, in an order that does not depend on the order of the input."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from matxich.rulebook.assignment.affinity import Units, overlap, units_of
from matxich.rulebook.assignment.model import Bools, Floats, Ints, Problem, Rules


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A problem as arrays, cases and reviewers in the order of their ids.

    `may`: cases × reviewers without a conflict; `own`: pairs of one province. `organisation`: a number, -1 for none.
    `case_order`, `reviewer_order`: places in the problem.
    """

    needs: Ints
    least: Ints
    most: Ints
    organisation: Ints
    finance: Bools
    may: Bools
    own: Bools
    affinity: Floats
    units: Units
    rules: Rules
    case_order: Ints
    reviewer_order: Ints

    @property
    def allowed(self) -> Bools:
        """Pairs that neither a conflict nor the ban on one province keeps apart."""
        return self.may & ~self.own if self.rules.ban_same_province else self.may


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs one after the other: places of case and reviewer, affinity in units."""

    case: Ints
    reviewer: Ints
    gain: Ints

    def __len__(self) -> int:
        return len(self.case)

    def __getitem__(self, some: Bools | Ints) -> "Pairs":
        return Pairs(self.case[some], self.reviewer[some], self.gain[some])

    def sums(self, chosen: Bools, cases: int) -> Ints:
        """Units each case gets from the chosen pairs."""
        found = np.zeros(cases, np.int64)
        np.add.at(found, self.case[chosen], self.gain[chosen])
        return found


class Found(NamedTuple):
    """`chosen` of the pairs; `bound` in units, of any choice that keeps the rules; `proven`: the search is over."""

    chosen: Bools
    bound: float
    proven: bool


def table_of(problem: Problem) -> Table:
    cases = sorted(range(len(problem.cases)), key=lambda place: problem.cases[place].id)
    reviewers = sorted(range(len(problem.reviewers)), key=lambda place: problem.reviewers[place].id)
    asking, offering = [problem.cases[p] for p in cases], [problem.reviewers[p] for p in reviewers]
    may = np.ones((len(problem.cases), len(problem.reviewers)), bool)
    if problem.conflicts:
        rows, columns = np.array(list(problem.conflicts)).T
        may[rows, columns] = False
    provinces: dict[str, int] = {}
    there = [
        np.array([provinces.setdefault(each.province, len(provinces)) if each.province else -1 for each in some])
        for some in (asking, offering)
    ]
    own = (there[0][:, None] == there[1][None, :]) & (there[0] >= 0)[:, None]
    organisations: dict[str, int] = {}
    members = [
        organisations.setdefault(each.organisation, len(organisations)) if each.organisation else -1
        for each in offering
    ]
    nodes = _nodes(problem.rules, len(cases), len(reviewers), len(organisations))
    units = None
    if problem.affinity is None:
        affinity, units = overlap(asking, offering)
    else:
        affinity = problem.affinity[np.ix_(cases, reviewers)]
    return Table(
        np.array([each.needs for each in asking], np.int64),
        np.array([each.least for each in offering], np.int64),
        np.array([each.most for each in offering], np.int64),
        np.array(members, np.int64),
        np.array([each.finance for each in offering], bool),
        may[np.ix_(cases, reviewers)],
        own,
        affinity,
        units or units_of(affinity, nodes),
        problem.rules,
        np.array(cases, np.int64),
        np.array(reviewers, np.int64),
    )


def pairs_of(table: Table, among: Bools) -> Pairs:
    rows, columns = np.nonzero(among)
    return Pairs(rows, columns, table.units.gains[rows, columns])


def _nodes(rules: Rules, cases: int, reviewers: int, organisations: int) -> int:
    """At most so many nodes has the network of a problem."""
    groups = (min(organisations, reviewers) if rules.one_per_organisation else 0) + (rules.min_finance > 0)
    return cases * (1 + groups) + reviewers + 1
