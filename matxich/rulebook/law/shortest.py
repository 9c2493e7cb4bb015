"""The shortest way from unknown, and from no, to yes."""

from collections.abc import Iterable
from functools import reduce

from matxich.rulebook.law.conditions import Judged
from matxich.rulebook.law.truth import Truth

type Wanted = frozenset[tuple[str, str]] | None
"""What has to be told: ("fact", …), ("figure", …); None: nothing that could be told would do."""


def missing(judged: Judged) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fewest facts with which the whole could still be met, and the figures that have to be confirmed for it.

    Both empty where it is met or cannot be met by telling more.
    """
    wanted = _towards(judged, Truth.YES) or frozenset()
    facts = sorted(name for kind, name in wanted if kind == "fact")
    return tuple(facts), tuple(sorted(name for kind, name in wanted if kind == "figure"))


def changes(judged: Judged) -> tuple[Judged, ...]:
    """Of what is not met, the fewest conditions that would have to be otherwise; () where it is met or unknown."""
    if judged.truth is not Truth.NO:
        return ()
    return tuple({id(each): each for each in _otherwise(judged)}.values())


def _towards(judged: Judged, goal: Truth) -> Wanted:
    """What would have to be told so that the goal can be reached; frozenset() where it is reached."""
    if judged.truth is goal:
        return frozenset()
    if judged.truth is goal.opposite:
        return None
    if judged.how == "not":
        return _towards(judged.parts[0], goal.opposite)
    if judged.how == "declared":
        return _towards(judged.parts[0], goal) or _towards(judged.parts[1], goal)
    if judged.how == "choose":
        test, then, other = judged.parts
        return _fewest(
            [
                _both(_towards(test, Truth.YES), _towards(then, goal)),
                _both(_towards(test, Truth.NO), _towards(other, goal)),
            ]
        )
    if judged.parts:
        every = (judged.how == "all") is (goal is Truth.YES)
        ways = [_towards(part, goal) for part in judged.parts]
        return reduce(_both, ways) if every else _fewest(ways)
    if judged.fact and judged.known is None:
        return frozenset([("fact", judged.fact)])
    if judged.figure and not judged.figure.usable:
        return frozenset([("figure", judged.figure.parameter)])
    return None


def _both(one: Wanted, other: Wanted) -> Wanted:
    return None if one is None or other is None else one | other


def _fewest(ways: Iterable[Wanted]) -> Wanted:
    """A way that facts alone open goes before one that waits for an agency to confirm a figure."""
    possible = [way for way in ways if way is not None]
    return min(possible, key=lambda way: (_figures(way), len(way), sorted(way))) if possible else None


def _figures(way: frozenset[tuple[str, str]]) -> int:
    return sum(kind == "figure" for kind, _name in way)


def _otherwise(judged: Judged) -> tuple[Judged, ...]:
    """The leaves of the shortest repair, each told as what is wanted."""
    failing = [part for part in judged.parts if part.truth is Truth.NO]
    if judged.how == "not" or not failing:
        return (judged,)
    if judged.how == "any":
        return min(map(_otherwise, failing), key=lambda leaves: (_another(leaves), len(leaves)))
    return tuple(leaf for part in failing for leaf in _otherwise(part))


def _another(leaves: tuple[Judged, ...]) -> int:
    """A firm is not told to become a household or an artisan where it could change anything else."""
    return sum(leaf.fact == "legal_form" for leaf in leaves)
