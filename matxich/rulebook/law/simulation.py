"""What a reform would do to a register, beside the law in force: who gains, who loses, what it costs, to the đồng.

A cost is the sum of the most each firm may get. `eligible` counts firms that get it by what is known, `unknown` those
that a missing fact may still shut out: the cost lies between the first and the sum of both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matxich.rulebook.law.answering import Law
from matxich.rulebook.law.conditions import Column, Register, code
from matxich.rulebook.law.reform import SIZES, Reform, concerned, proposed
from matxich.rulebook.law.register import NO_AMOUNT, Verdicts, judge, register_of
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.law.vocabulary import FACTS

type Codes = NDArray[np.int64]
type Effect = Literal["gained", "lost", "more", "less"]

VERDICTS = (Truth.YES, Truth.UNKNOWN, Truth.NO)
EFFECTS: tuple[Effect, ...] = ("gained", "lost", "more", "less")
"""A better verdict, a worse one; the same with a larger amount, with a smaller one."""
WINNING: tuple[Effect, ...] = ("gained", "more")
_PART, _BITS = 21, 63
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Grouping:
    """Firms by something: `codes` are places in `names`, -1 where it is not known."""

    names: tuple[str, ...]
    codes: Codes


@dataclass(frozen=True, slots=True)
class Cost:
    """In đồng."""

    eligible: int = 0
    unknown: int = 0

    @property
    def most(self) -> int:
        return self.eligible + self.unknown

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.eligible + other.eligible, self.unknown + other.unknown)


@dataclass(frozen=True, slots=True)
class Share:
    """What a group of firms has of a support. `name` "" for those of whom the group is not known."""

    name: str
    firms: int
    before: Cost
    after: Cost
    effects: Mapping[Effect, int]


@dataclass(frozen=True, slots=True)
class Changed:
    """The firms to whom something changes, the largest change first; `places` are rows of the register."""

    places: Codes
    truth_before: NDArray[np.int8]
    truth_after: NDArray[np.int8]
    most_before: Codes
    most_after: Codes

    @property
    def gains(self) -> NDArray[np.bool_]:
        """Winners; every other is a loser."""
        better = self.truth_after > self.truth_before
        same = self.truth_after == self.truth_before
        return np.asarray(better | same & (self.difference > 0))

    @property
    def difference(self) -> Codes:
        return _amount(self.most_after) - _amount(self.most_before)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one kind of support. `matrix`: verdict before → verdict after → firms."""

    support: str
    matrix: Mapping[Truth, Mapping[Truth, int]]
    total: Share
    groups: Mapping[str, tuple[Share, ...]]
    changed: Changed


def simulate(
    law: Law, reform: Reform, size: int, told: Mapping[str, Column], groups: Mapping[str, Grouping]
) -> Iterator[Outcome]:
    """One kind of support after another. The law given is the base; `groups` may be empty, `size` is added to them.

    Totals of a grouping, those not known included, are the total.
    """
    base = register_of(law, reform.case, size, told)
    sizes = sizes_of(base)
    if reform.scope:
        inside = within(reform, told, sizes)
        told = {name: Column(column.values[inside]) for name, column in told.items()}
        groups = {name: Grouping(each.names, each.codes[inside]) for name, each in groups.items()}
        places, sizes = np.flatnonzero(inside), Grouping(SIZES, sizes.codes[inside])
        base = register_of(law, reform.case, len(places), told)
    else:
        places = np.arange(size)
    after_law = proposed(law, reform)
    after = register_of(after_law, reform.case, len(places), told)
    every = {**groups, "size": sizes}
    for support in concerned(law, reform):
        ((_code, old),) = judge(law, base, content=support, budget=reform.budget)
        ((_code, new),) = judge(after_law, after, content=support, budget=reform.budget)
        yield _outcome(support, old, new, places, every)


def sizes_of(register: Register) -> Grouping:
    """The size of each firm as the rules of the day have it; unknown where they cannot tell."""
    found = np.full(register.size, UNKNOWN, np.int64)
    for place in reversed(range(len(SIZES) - 1)):
        fits = register.rule(f"at_most_{SIZES[place]}")
        if fits is None:
            continue
        if place == len(SIZES) - 2:
            found = np.where(fits == Truth.NO, len(SIZES) - 1, found)
        found = np.where(fits == Truth.YES, place, np.where(fits == Truth.UNKNOWN, UNKNOWN, found))
    return Grouping(SIZES, found)


def within(reform: Reform, told: Mapping[str, Column], sizes: Grouping) -> NDArray[np.bool_]:
    """The firms a reform speaks of: all whose facts are among those asked for; one not known is outside."""
    inside = np.ones(len(sizes.codes), bool)
    for fact, values in reform.scope.items():
        if fact == "size":
            inside &= np.isin(sizes.codes, [SIZES.index(each) for each in values])
        elif fact in told:
            inside &= np.isin(told[fact].values, [code(fact, each) for each in values])
        else:
            inside &= False
    return inside


def places_of(told: Mapping[str, Column]) -> dict[str, Grouping]:
    """Provinces of both maps, by their codes."""
    names = tuple(FACTS["site_province"].choices or ())
    found = {"province": "site_province", "province_63": "site_province_63"}
    return {name: Grouping(names, told[fact].values) for name, fact in found.items() if fact in told}


def _outcome(support: str, old: Verdicts, new: Verdicts, places: Codes, groups: Mapping[str, Grouping]) -> Outcome:
    before, after = _amount(old.most), _amount(new.most)
    same = old.truths == new.truths
    effects: dict[Effect, NDArray[np.bool_]] = {
        "gained": new.truths > old.truths,
        "lost": new.truths < old.truths,
        "more": same & (after > before),
        "less": same & (after < before),
    }
    matrix = {
        was: {now: int(np.count_nonzero((old.truths == was) & (new.truths == now))) for now in VERDICTS}
        for was in VERDICTS
    }
    one = Grouping(("",), np.zeros(len(places), np.int64))
    (total,) = _shares(one, old, new, effects) or (Share("", 0, Cost(), Cost(), dict.fromkeys(EFFECTS, 0)),)
    shares = {name: _shares(each, old, new, effects) for name, each in groups.items()}
    touched = np.flatnonzero(~same | (old.most != new.most))
    order = touched[np.argsort(-np.abs(after[touched] - before[touched]), kind="stable")]
    changed = Changed(places[order], old.truths[order], new.truths[order], old.most[order], new.most[order])
    return Outcome(support, matrix, total, shares, changed)


def _shares(
    group: Grouping, old: Verdicts, new: Verdicts, effects: Mapping[Effect, NDArray[np.bool_]]
) -> tuple[Share, ...]:
    """In the order of the names, those not known last; groups without a firm are left out."""
    length = len(group.names) + 1
    rows = np.where(group.codes < 0, length - 1, group.codes)
    firms = np.bincount(rows, minlength=length)
    costs = [
        exact_sums(rows, np.where(each.truths == truth, _amount(each.most), 0), length)
        for each in (old, new)
        for truth in (Truth.YES, Truth.UNKNOWN)
    ]
    counts = {name: np.bincount(rows[touched], minlength=length) for name, touched in effects.items()}
    return tuple(
        Share(
            (*group.names, "")[place],
            int(firms[place]),
            Cost(costs[0][place], costs[1][place]),
            Cost(costs[2][place], costs[3][place]),
            {name: int(each[place]) for name, each in counts.items()},
        )
        for place in range(length)
        if firms[place]
    )


def exact_sums(rows: Codes, amounts: Codes, length: int) -> list[int]:
    """Sums by row that a float could not hold, nor 64 bits: added in parts small enough to be exact."""
    found = [0] * length
    for shift in range(0, _BITS, _PART):
        part = amounts >> shift & (1 << _PART) - 1
        if part.any():
            sums = np.bincount(rows, weights=part, minlength=length)
            found = [known + (int(more) << shift) for known, more in zip(found, sums, strict=True)]
    return found


def _amount(most: Codes) -> Codes:
    return np.where(most == NO_AMOUNT, 0, most)
