"""Fair mode: first the worst served case as well as can be, then the greatest total among those that serve it so.

No case can get more than its own best reviewers; the least of these bounds over the cases is nearly always reached,
and reaching it proves it. Where loads or rules forbid it, HiGHS looks for the best level (max-min, as in Bansal,
Sviridenko 2006, "The Santa Claus problem"; NP-hard in general, so it may end unproven when its time is over).

With a level given, a pair with which its case cannot reach it is out of the question, told by adding whole numbers.
Cases that the greatest total still leaves below get a row each.
"""

import numpy as np

from matxich.rulebook.assignment.model import Bools, Ints
from matxich.rulebook.assignment.network import flow, is_tree
from matxich.rulebook.assignment.pairs import Found, Pairs, Table
from matxich.rulebook.assignment.programme import council_rows, floors, greatest, not_again
from matxich.rulebook.whole_programme import Programme, Rows, Unsolved, both, search

_START = 12
_SOON = 5
"""A case within a fifth above the level gets a row before it falls below."""


def greatest_total(table: Table, pairs: Pairs) -> Found | None:
    """Without fairness: by flow where the rules are a tree, by HiGHS where they are not. Unsolved."""
    if not len(pairs):
        return None
    if is_tree(table):
        return flow(table, pairs)
    return greatest(pairs, council_rows(table, pairs), best_of_each(table, pairs))


def fairest(table: Table, pairs: Pairs) -> Found | None:
    """The bound is that of assignments whose worst case is no worse; proven in both stages. Unsolved.

    Where a search ends without an answer the best one known is given, not proven; then its bound holds for any worst.
    """
    plain = greatest_total(table, pairs)
    if plain is None:
        return None
    cases = len(table.needs)
    reached = int(pairs.sums(plain.chosen, cases).min())
    ceiling = int(own_best(table, pairs).min())
    if reached >= ceiling:
        return plain
    at_ceiling, sure = _tried(table, pairs, ceiling)
    if at_ceiling:
        return at_ceiling
    level, highest = _best_level(table, pairs, reached, ceiling)
    found = _tried(table, pairs, level)[0] if level > reached else None
    return (found or plain)._replace(proven=sure and highest and (found or plain).proven)


def _tried(table: Table, pairs: Pairs, level: int) -> tuple[Found | None, bool]:
    """At a level, and whether the search told: HiGHS may find nothing in its time, and then less is still an answer."""
    try:
        return at_level(table, pairs, level), True
    except Unsolved:
        return None, False


def own_best(table: Table, pairs: Pairs) -> Ints:
    """Units no case can pass, not even if it were alone: the rules on its members are kept one at a time."""
    gains = _grid(table, pairs)
    best = _first(gains, table.needs)
    if table.rules.one_per_organisation:
        one_each = gains.copy()
        for organisation in np.unique(table.organisation[table.organisation >= 0]):
            members = np.flatnonzero(table.organisation == organisation)
            one_each[:, members[0]] = gains[:, members].max(axis=1)
            one_each[:, members[1:]] = gains.min()
        best = np.minimum(best, _first(one_each, table.needs))
    if table.rules.min_finance:
        within, outside = gains[:, table.finance], gains[:, ~table.finance]
        ways = [
            _first(within, np.minimum(table.needs, members)) + _first(outside, np.maximum(table.needs - members, 0))
            for members in range(table.rules.min_finance, int(table.needs.max()) + 1)
        ]
        best = np.minimum(best, np.max(ways, axis=0))
    return best


def at_level(table: Table, pairs: Pairs, level: int) -> Found | None:
    """The greatest total of assignments that give every case `level` or more; None where there is none. Unsolved."""
    some = _able(table, pairs, level)
    left, cases = pairs[some], len(table.needs)
    found = greatest_total(table, left)
    rows, start = None, best_of_each(table, left)
    below, wrong = np.zeros(cases, bool), np.zeros(cases, bool)
    while found is not None:
        sums = left.sums(found.chosen, cases)
        wrong = sums < level
        if not wrong.any():
            break
        rows = rows or council_rows(table, left)
        for case in np.flatnonzero(wrong & below):
            rows = both(rows, not_again(found.chosen & (left.case == case)))
        below |= sums < level + abs(level) // _SOON
        start |= found.chosen
        found = greatest(left, both(rows, floors(left, np.flatnonzero(below), level)), start)
    if found is None or wrong.any():
        return None
    chosen = np.zeros(len(pairs), bool)
    chosen[np.flatnonzero(some)[found.chosen]] = True
    return Found(chosen, found.bound, found.proven)


def best_of_each(table: Table, pairs: Pairs) -> Bools:
    """Pairs with which a relaxation begins: the best dozen of each case, all where there are few."""
    gains = _grid(table, pairs)
    few = min(gains.shape[1], max(_START, 2 * int(table.needs.max())))
    found = np.zeros(gains.shape, bool)
    np.put_along_axis(found, np.argpartition(-gains, few - 1, axis=1)[:, :few], True, axis=1)
    return found[pairs.case, pairs.reviewer]


def _able(table: Table, pairs: Pairs, level: int) -> Bools:
    """Pairs with which their case can still reach the level: with the best others beside them."""
    gains = _grid(table, pairs)
    ranked = -np.sort(-gains, axis=1)
    rows = np.arange(len(table.needs))
    last = ranked[rows, np.minimum(table.needs, ranked.shape[1]) - 1]
    best = _first(gains, table.needs)
    reach = best[pairs.case] - np.maximum(last[pairs.case] - pairs.gain, 0)
    return np.asarray(reach >= level)


def _grid(table: Table, pairs: Pairs) -> Ints:
    """Units of each case and reviewer; the least of all where they may not meet, so that sums are never too small."""
    gains = np.full((len(table.needs), len(table.least)), pairs.gain.min(initial=0))
    gains[pairs.case, pairs.reviewer] = pairs.gain
    return gains


def _first(gains: Ints, numbers: Ints) -> Ints:
    """Sum of the best so many of each row."""
    ranked = -np.sort(-gains, axis=1)
    sums = np.concatenate([np.zeros((len(gains), 1), np.int64), np.cumsum(ranked, axis=1)], axis=1)
    found: Ints = sums[np.arange(len(gains)), np.minimum(numbers, gains.shape[1])]
    return found


def _best_level(table: Table, pairs: Pairs, reached: int, ceiling: int) -> tuple[int, bool]:
    """The best level found, `reached` where none is better, and whether it is proven to be the best. Unsolved."""
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415 - scipy is heavy, and only some problems need it

    some = _able(table, pairs, reached + 1)
    left, cases = pairs[some], len(table.needs)
    rows = both(council_rows(table, left), floors(left, np.arange(cases), reached))
    scale = float(max(1, np.abs(left.gain).max(initial=0), abs(reached)))
    column = np.zeros((len(rows.low), 1))
    column[-cases:] = -1
    lifted = Rows(hstack([rows.matrix, csr_array(column)], format="csr"), rows.low, rows.high)
    gain, upper = np.append(np.zeros(len(left)), 1.0), np.append(np.ones(len(left)), (ceiling - reached) / scale)
    try:
        found = search(Programme(gain, lifted, upper, np.append(np.ones(len(left), bool), False)))
    except Unsolved:
        return reached, False
    if found is None:
        return reached, True
    level = int(left.sums(found.values[:-1] > 0.5, cases).min())
    return max(level, reached), found.proven
