"""Small councils, and what trying every choice of members says of them."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import numpy as np
from hypothesis import strategies as st

from matxich.rulebook.assignment import Case, Problem, Reviewer, Rules
from matxich.rulebook.assignment.affinity import overlap

type Choice = tuple[tuple[int, ...], ...]
KINDS = ("min", "max", "ban_same_province", "one_per_organisation", "min_finance", "needs")


@st.composite
def problems(draw: Any, *, places: int = 2) -> Problem:
    """Up to four cases and five reviewers, every rule on or off, feasible or not."""
    cases = draw(st.integers(1, 4))
    reviewers = draw(st.integers(2, 5))
    small = st.sampled_from(("1", "2", ""))
    words = st.frozensets(st.sampled_from("abcd"), max_size=3)
    asking = tuple(
        Case(f"c{n}", draw(st.integers(1, min(3, reviewers))), draw(words), draw(small)) for n in range(cases)
    )
    offering = []
    for n in range(reviewers):
        least = draw(st.sampled_from((0, 0, 0, 1)))
        most = least + draw(st.integers(0, cases))
        offering.append(Reviewer(f"r{n}", least, most, draw(words), draw(small), draw(small), draw(st.booleans())))
    pairs = [(row, column) for row in range(cases) for column in range(reviewers)]
    conflicts = draw(st.frozensets(st.sampled_from(pairs), max_size=2))
    numbers = st.integers(0, 10**places).map(lambda whole: whole / 10**places)
    table = draw(st.lists(numbers, min_size=len(pairs), max_size=len(pairs)))
    affinity = draw(st.sampled_from((None, np.array(table).reshape(cases, reviewers))))
    yes = st.booleans()
    return Problem(asking, tuple(offering), conflicts, affinity, Rules(draw(yes), draw(yes), draw(yes), draw(yes)))


def choices(problem: Problem) -> Iterator[Choice]:
    """Every choice of members without a conflict, some cases short of people."""
    ways = []
    for row, case in enumerate(problem.cases):
        free = [column for column in range(len(problem.reviewers)) if (row, column) not in problem.conflicts]
        ways.append([some for size in range(case.needs + 1) for some in combinations(free, size)])
    return product(*ways)


def breaches(problem: Problem, choice: Choice) -> dict[str, int]:
    """By rule, by how much the choice breaks it."""
    rules, found = problem.rules, dict.fromkeys(KINDS, 0)
    loads = [sum(column in members for members in choice) for column in range(len(problem.reviewers))]
    for case, members in zip(problem.cases, choice, strict=True):
        people = [problem.reviewers[column] for column in members]
        found["needs"] += case.needs - len(people)
        if rules.ban_same_province and case.province:
            found["ban_same_province"] += sum(each.province == case.province for each in people)
        if rules.one_per_organisation:
            organisations = [each.organisation for each in people if each.organisation]
            found["one_per_organisation"] += len(organisations) - len(set(organisations))
        found["min_finance"] += max(0, rules.min_finance - sum(each.finance for each in people))
    for load, each in zip(loads, problem.reviewers, strict=True):
        found["min"] += max(0, each.least - load)
        found["max"] += max(0, load - each.most)
    return found


def sums(problem: Problem, choice: Choice) -> Sequence[Fraction]:
    """Affinity of each case, exact for decimals of a few places."""
    affinity = overlap(problem.cases, problem.reviewers)[0] if problem.affinity is None else problem.affinity
    return [
        sum((Fraction(float(affinity[row, column])).limit_denominator(10**6) for column in members), Fraction())
        for row, members in enumerate(choice)
    ]
