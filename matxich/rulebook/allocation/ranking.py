"""The ranking, and the cut that it gives.

Passed cases stand by score, the highest first; equal scores by the smaller amount asked (as circular 20/2023/TT-BKHCN
has it for trial-production projects: the lower budget first), then by id, so that the order is always the same.

The cut goes down the ranking. While what is left covers what is asked, a case gets all of it. The first case for which
it does not is where the money ends: it gets what is left if that is not below its floor, else nothing; nobody further
down gets anything, even where less would do. Quotas play no part in it.
"""

from collections.abc import Sequence

from matxich.rulebook.allocation.model import Case, Funded, Inversion, Problem


def ranking(cases: Sequence[Case]) -> list[Case]:
    """Cases that passed, in order."""
    passed = [case for case in cases if case.passed]
    return sorted(passed, key=lambda case: (-case.score, case.asked, case.id))


def ranked_cut(problem: Problem) -> Funded:
    left, funded = problem.budget, []
    for case in ranking(problem.cases):
        if case.asked <= left:
            funded.append((case.id, case.asked))
            left -= case.asked
            continue
        if left >= max(case.floor, 1):
            funded.append((case.id, left))
        break
    return tuple(funded)


def inversions(problem: Problem, funded: Funded) -> tuple[Inversion, ...]:
    """Passed cases without money, each with the funded ones whose score is lower. Equal scores are no inversion."""
    amounts = dict(funded)
    ranked = ranking(problem.cases)
    found = []
    for rank, case in enumerate(ranked, start=1):
        if case.id not in amounts:
            below = tuple(each.id for each in ranked[rank:] if each.id in amounts and each.score < case.score)
            if below:
                found.append(Inversion(case.id, rank, below))
    return tuple(found)


def reserve(problem: Problem, funded: Funded) -> tuple[str, ...]:
    amounts = dict(funded)
    return tuple(case.id for case in ranking(problem.cases) if case.id not in amounts)
