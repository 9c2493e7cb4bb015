"""Money to cases: the ranked cut that the rule gives, and beside it the best use of the same money."""

from matxich.rulebook.allocation.allocating import allocate
from matxich.rulebook.allocation.model import Allocation, Case, Inversion, Price, Problem, Quota, Shortfall
from matxich.rulebook.allocation.ranking import ranked_cut, ranking

__all__ = [
    "Allocation",
    "Case",
    "Inversion",
    "Price",
    "Problem",
    "Quota",
    "Shortfall",
    "allocate",
    "ranked_cut",
    "ranking",
]
