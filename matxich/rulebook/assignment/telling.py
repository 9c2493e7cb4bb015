"""An assignment as programs read it, and the rules in its way as people do."""

from typing import Any

from matxich.rulebook.assignment.model import Assignment, Problem, Relaxation
from matxich.rulebook.assignment.relaxing import RELAXED

_SHOWN = 12


def assignment_json(problem: Problem, result: Assignment) -> dict[str, Any]:
    """Keys assignment, total, worst, optimal, bound, relax; numbers are null where there is no assignment."""
    return {
        "assignment": {case: list(members) for case, members in (result.chosen or {}).items()},
        "total": result.total,
        "worst": result.worst,
        "optimal": result.optimal,
        "bound": result.bound,
        "relax": [_relaxation(problem, each) for each in result.relax],
    }


def relaxation_text(problem: Problem, relaxation: Relaxation) -> str:
    """In Vietnamese, the first dozen places named."""
    told = [_place(problem, *each) for each in relaxation.where[:_SHOWN]]
    more = len(relaxation.where) - _SHOWN
    where = ", ".join(told) + (f" và {more} chỗ nữa" if more > 0 else "")
    return RELAXED[relaxation.rule] % {"where": where}


def _relaxation(problem: Problem, relaxation: Relaxation) -> dict[str, Any]:
    return {
        "rule": relaxation.rule,
        "units": relaxation.units,
        "where": [
            ({} if case is None else {"case": problem.cases[case].id})
            | ({} if reviewer is None else {"reviewer": problem.reviewers[reviewer].id})
            | {"units": units}
            for case, reviewer, units in relaxation.where
        ],
        "text": relaxation_text(problem, relaxation),
    }


def _place(problem: Problem, case: int | None, reviewer: int | None, units: int) -> str:
    names = [problem.cases[case].id] if case is not None else []
    names += [problem.reviewers[reviewer].id] if reviewer is not None else []
    return f"{' với '.join(names)} ({units})"
