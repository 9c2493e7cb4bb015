"""Why nothing fits: the smallest set of rules of which some would have to give way, and by how little.

Conflicts of interest never do: where they leave too few, more people have to be asked. Sets are tried from the
smallest; of those equally small, one that keeps every case its number of reviewers comes first, then the one with the
fewest breaches, then the one that stands first in RELAXED.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from matxich.rulebook.assignment.model import Bools, Ints, Relaxation
from matxich.rulebook.assignment.network import is_tree, least_broken
from matxich.rulebook.assignment.pairs import Pairs, Table, pairs_of
from matxich.rulebook.assignment.programme import least_bent

# Message keys: Vietnamese source texts that screens translate, then fill with the parameters.
RELAXED: dict[str, str] = {
    "min": "Hạ số đề án tối thiểu của thành viên (reviewers[].min): %(where)s.",
    "max": "Tăng số đề án tối đa của thành viên (reviewers[].max), hoặc mời thêm người: %(where)s.",
    "ban_same_province": "Cho thành viên cùng tỉnh xem đề án (rules.ban_same_province): %(where)s.",
    "one_per_organisation": "Cho hơn một người của cùng cơ quan (rules.one_per_organisation): %(where)s.",
    "min_finance": "Giảm số thành viên tài chính (rules.min_finance), hoặc mời thêm người của tài chính: %(where)s.",
    "needs": "Không đủ người không vướng xung đột lợi ích (cases[].needs): mời thêm, hoặc giảm số người của %(where)s.",
}

type Breaches = dict[str, list[tuple[int | None, int | None, int]]]


def relax(table: Table) -> tuple[Relaxation, ...]:
    """One entry a rule, in the order of RELAXED. Needs a problem that has no assignment."""
    rules = [rule for rule in RELAXED if _is_on(table, rule)]
    for size in range(1, len(rules) + 1):
        ways = []
        for some in combinations(rules, size):
            breaches = _breaches(table, some)
            if breaches is not None:
                units = sum(breach[2] for found in breaches.values() for breach in found)
                ways.append(("needs" in some, units, [rules.index(rule) for rule in some], breaches))
        if ways:
            chosen = min(ways, key=lambda way: way[:3])[3]
            return tuple(_relaxation(table, rule, chosen[rule]) for rule in rules if rule in chosen)
    raise AssertionError("no set of rules is in the way")


def _is_on(table: Table, rule: str) -> bool:
    rules = table.rules
    on = {
        "min": bool(table.least.any()),
        "ban_same_province": rules.ban_same_province,
        "one_per_organisation": rules.one_per_organisation,
        "min_finance": rules.min_finance > 0,
    }
    return on.get(rule, True)


def _breaches(table: Table, relaxed: tuple[str, ...]) -> Breaches | None:
    """Where the relaxed rules would have to be broken, by rule; None where an assignment needs more than that."""
    pairs = pairs_of(table, table.may if "ban_same_province" in relaxed else table.allowed)
    chosen = (least_broken if is_tree(table) else least_bent)(table, pairs, relaxed)
    return None if chosen is None else {rule: _counted(table, pairs, chosen, rule) for rule in relaxed}


def _counted(table: Table, pairs: Pairs, chosen: Bools, rule: str) -> list[tuple[int | None, int | None, int]]:
    """The breaches of one rule, counted anew from who was chosen."""
    case, reviewer = pairs.case[chosen], pairs.reviewer[chosen]
    cases, load = len(table.needs), np.bincount(reviewer, minlength=len(table.least))
    if rule == "min":
        return [(None, place, units) for place, units in _positive(table.least - load)]
    if rule == "max":
        return [(None, place, units) for place, units in _positive(load - table.most)]
    if rule == "ban_same_province":
        own = table.own[case, reviewer]
        return [(int(c), int(r), 1) for c, r in zip(case[own], reviewer[own], strict=True)]
    if rule == "needs":
        return [(place, None, units) for place, units in _positive(table.needs - np.bincount(case, minlength=cases))]
    if rule == "min_finance":
        members = np.bincount(case[table.finance[reviewer]], minlength=cases)
        return [(place, None, units) for place, units in _positive(table.rules.min_finance - members)]
    organisation = table.organisation[reviewer]
    known = organisation >= 0
    met = np.unique(np.stack([case[known], organisation[known]]), axis=1)
    different = np.bincount(met[0], minlength=cases)
    return [(place, None, units) for place, units in _positive(np.bincount(case[known], minlength=cases) - different)]


def _positive(values: Ints) -> Iterator[tuple[int, int]]:
    return ((int(place), int(values[place])) for place in np.flatnonzero(values > 0))


def _relaxation(table: Table, rule: str, breaches: list[tuple[int | None, int | None, int]]) -> Relaxation:
    """With places of the problem in the order of its ids."""
    where = tuple(
        (
            None if case is None else int(table.case_order[case]),
            None if reviewer is None else int(table.reviewer_order[reviewer]),
            units,
        )
        for case, reviewer, units in breaches
    )
    return Relaxation(rule, sum(units for _case, _reviewer, units in where), where)
