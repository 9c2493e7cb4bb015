"""Who looks at what: reviewers to cases, exactly, with a proof, or with the fewest rules in the way."""

from matxich.rulebook.assignment.model import Assignment, Case, Problem, Relaxation, Reviewer, Rules
from matxich.rulebook.assignment.solving import assign, solvers_of

__all__ = ["Assignment", "Case", "Problem", "Relaxation", "Reviewer", "Rules", "assign", "solvers_of"]
