"""Assignment as a flow of least cost, and the proof that no flow is cheaper.

Source: Ahuja, Magnanti, Orlin, "Network Flows" (1993), chapters 9 and 11. A case sends as many units as it needs
reviewers; each pair carries one; a reviewer passes on between least and most. One member of an organisation, or least
members of finance, is a node between case and reviewers through which only so many units go: a tree, still a network,
whose flows are whole. Where organisations mix members of finance with others, both rules together are no tree.
"""

from collections.abc import Collection
from dataclasses import dataclass
from operator import mul

import numpy as np

from matxich.rulebook.assignment.model import Bools, Ints
from matxich.rulebook.assignment.pairs import Found, Pairs, Table

_MANY = 60_000
"""Pairs beyond which a few good ones for each are tried first."""
_FEW = 32
_NO_GROUP = -1


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Arcs, those of pairs first. `supply` of a node is what leaves it less what comes in. Costs are whole."""

    tail: Ints
    head: Ints
    room: Ints
    cost: Ints
    supply: Ints


def is_tree(table: Table) -> bool:
    """Can the rules be drawn as one network? Where only one of the two is on, or no organisation is of both kinds."""
    rules = table.rules
    if not (rules.one_per_organisation and rules.min_finance):
        return True
    known = table.organisation >= 0
    of_finance = np.unique(table.organisation[known & table.finance])
    return not np.isin(of_finance, table.organisation[known & ~table.finance]).any()


def flow(table: Table, pairs: Pairs) -> Found | None:
    """The assignment of greatest total; None where there is none. Needs is_tree.

    Of many pairs first the best few of each case and reviewer are tried. What was left out is then priced with the
    potentials of that flow: where no pair left out could gain, it is the optimum of all; else those that could join,
    and some more, so that few rounds are needed.
    """
    network = network_of(table, pairs)
    if network is None:
        return None
    others = np.ones(len(network.tail) - len(pairs), bool)
    active = np.ones(len(pairs), bool) if len(pairs) <= _MANY else _best(table, pairs)
    while True:
        kept = np.concatenate([active, others])
        flows = _solve(network, kept)
        if flows is None:
            if active.all():
                return None
            active = np.ones(len(pairs), bool)
            continue
        potentials = _potentials(network, flows, kept)
        reduced = network.cost + potentials[network.tail] - potentials[network.head]
        left_out = np.flatnonzero(~active)
        price = reduced[left_out]
        if not (price < 0).any():
            break
        room = min(len(left_out), int(active.sum()) // 2) - 1
        active[left_out[price <= max(-1, np.partition(price, room)[room])]] = True
    chosen = flows[: len(pairs)] > 0
    # Weak duality, for the prices of all arcs: whatever the potentials, no flow gains more.
    bound = _product(potentials, network.supply) - _product(np.minimum(reduced, 0), network.room)
    return Found(chosen, bound, True)


def least_broken(table: Table, pairs: Pairs, relaxed: Collection[str]) -> Bools | None:
    """The choice of pairs that bends the relaxed rules least; None where bending them is not enough. Needs is_tree."""
    network = network_of(table, pairs, relaxed=frozenset(relaxed))
    flows = _solve(network, np.ones(len(network.tail), bool)) if network else None
    return None if flows is None else flows[: len(pairs)] > 0


def network_of(table: Table, pairs: Pairs, *, relaxed: frozenset[str] = frozenset()) -> Network | None:
    """The network of some pairs; None where numbers alone make it impossible.

    With `relaxed` costs count breaches of those rules instead of affinity.
    """
    cases, reviewers = len(table.needs), len(table.least)
    sink = cases + reviewers
    arcs = _Arcs(sink + 1)
    tails = _tails(table, pairs, arcs, relaxed)
    if tails is None:
        return None
    own = table.own[pairs.case, pairs.reviewer] & table.rules.ban_same_province
    cost = own.astype(np.int64) if relaxed else -pairs.gain
    seats = np.arange(cases, sink)
    hard = np.zeros(reviewers, np.int64) if "min" in relaxed else table.least
    if "min" in relaxed:
        arcs.add(seats, sink, table.least, -1)
    arcs.add(seats, sink, table.most - table.least, 0)
    if "max" in relaxed:
        arcs.add(seats, sink, cases, 1)
    if "needs" in relaxed:
        arcs.add(np.arange(cases) if arcs.others is None else arcs.others, sink, table.needs, 1)
    remainder = int(table.needs.sum() - hard.sum())
    if remainder < 0:
        return None
    supply = np.concatenate([table.needs, -hard, [-remainder], np.zeros(arcs.nodes - sink - 1, np.int64)])
    tail, head, room, price = arcs.joined()
    return Network(
        np.concatenate([tails, tail]),
        np.concatenate([cases + pairs.reviewer, head]),
        np.concatenate([np.ones(len(pairs), np.int64), room]),
        np.concatenate([cost, price]),
        supply,
    )


class _Arcs:
    """Arcs other than those of pairs, and the nodes they lead through."""

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes
        self.others: Ints | None = None
        """The node of each case through which those go who are not of finance."""
        self._parts: list[tuple[Ints, ...]] = []

    def more_nodes(self, number: int) -> Ints:
        self.nodes += number
        return np.arange(self.nodes - number, self.nodes)

    def add(self, tail: Ints, head: Ints | int, room: Ints | int, cost: int) -> None:
        self._parts.append(
            tuple(np.broadcast_to(each, tail.shape).astype(np.int64) for each in (tail, head, room, cost))
        )

    def joined(self) -> tuple[Ints, Ints, Ints, Ints]:
        tail, head, room, cost = (np.concatenate(each) for each in zip(*self._parts, strict=True))
        return tail, head, room, cost


def _tails(table: Table, pairs: Pairs, arcs: _Arcs, relaxed: frozenset[str]) -> Ints | None:
    """The node each pair leaves: its case, or a group of the case; None where a case needs fewer than its rule asks."""
    cases = len(table.needs)
    tails = pairs.case.copy()
    least = table.rules.min_finance
    if least:
        bent = "min_finance" in relaxed
        if (table.needs < least).any() and not bent:
            return None
        arcs.others = arcs.more_nodes(cases)
        arcs.add(np.arange(cases), arcs.others, np.maximum(table.needs - least, 0), 0)
        if bent:
            arcs.add(np.arange(cases), arcs.others, np.minimum(table.needs, least), 1)
        plain = ~table.finance[pairs.reviewer]
        tails[plain] = arcs.others[pairs.case[plain]]
    if table.rules.one_per_organisation:
        organisation = table.organisation[pairs.reviewer]
        key = np.where(organisation >= 0, pairs.case * (len(table.least) + 1) + organisation, _NO_GROUP)
        groups, place, size = np.unique(key, return_inverse=True, return_counts=True)
        shared = (groups >= 0) & (size > 1)
        node = np.full(len(groups), -1, np.int64)
        node[shared] = arcs.more_nodes(int(shared.sum()))
        above = np.zeros(len(groups), np.int64)
        above[place] = tails
        arcs.add(above[shared], node[shared], 1, 0)
        if "one_per_organisation" in relaxed:
            arcs.add(above[shared], node[shared], size[shared], 1)
        inside = shared[place]
        tails[inside] = node[place[inside]]
    return tails


def _best(table: Table, pairs: Pairs) -> Bools:
    """The best few pairs of each case and of each reviewer."""
    cases, reviewers = len(table.needs), len(table.least)
    gains = np.full((cases, reviewers), -np.iinfo(np.int64).max)
    gains[pairs.case, pairs.reviewer] = pairs.gain
    found = np.zeros(gains.shape, bool)
    few = min(reviewers, max(_FEW, 3 * int(table.needs.max())))
    np.put_along_axis(found, np.argpartition(-gains, few - 1, axis=1)[:, :few], True, axis=1)
    few = min(cases, max(_FEW, 2 * int(table.most.max())))
    np.put_along_axis(found, np.argpartition(-gains, few - 1, axis=0)[:few], True, axis=0)
    return found[pairs.case, pairs.reviewer]


def _solve(network: Network, kept: Bools) -> Ints | None:
    """Flows of least cost over the arcs kept, 0 on the others; None where there is none."""
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415 - heavy, and few need it

    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        network.tail[kept], network.head[kept], network.room[kept], network.cost[kept]
    )
    solver.set_nodes_supplies(np.arange(len(network.supply)), network.supply)
    status = solver.solve()
    if status == solver.OPTIMAL:
        flows = np.zeros(len(kept), np.int64)
        flows[kept] = solver.flows(arcs)
        return flows
    if status == solver.INFEASIBLE:
        return None
    raise AssertionError(f"min-cost flow: {status}")


def _product(one: Ints, other: Ints) -> int:
    """Sum of products, beyond what 64 bits hold."""
    some = np.flatnonzero((one != 0) & (other != 0))
    return sum(map(mul, one[some].tolist(), other[some].tolist()))


def _potentials(network: Network, flows: Ints, kept: Bools) -> Ints:
    """Shortest distances in the residual network (Bellman, Ford), from a root at distance 0 of every node.

    They end because a flow of least cost leaves no cycle of negative cost; AssertionError if it did.
    """
    more, back = kept & (flows < network.room), flows > 0
    tail = np.concatenate([network.tail[more], network.head[back]])
    head = np.concatenate([network.head[more], network.tail[back]])
    cost = np.concatenate([network.cost[more], -network.cost[back]])
    order = np.argsort(head, kind="stable")
    tail, head, cost = tail[order], head[order], cost[order]
    first = np.flatnonzero(np.diff(head, prepend=-1))
    nodes = head[first]
    distance = np.zeros(len(network.supply), np.int64)
    for _round in range(len(distance) + 1):
        nearer = np.minimum(distance[nodes], np.minimum.reduceat(distance[tail] + cost, first))
        if (nearer == distance[nodes]).all():
            return distance
        distance[nodes] = nearer
    raise AssertionError("a flow of least cost with a cheaper one beside it")
