"""Affinities in whole units, so that totals are sums of whole numbers and not of rounded ones.

A decimal such as 0.37 is no float, but the float nearest to it stands for no other decimal of up to 15 digits. Where
every affinity is such a decimal, the unit is the last decimal place that occurs (0.01) and all that follows is exact.
Where one has more digits, as random numbers have, the unit is the finest power of two with which the sums still fit 64
bits (about 10^-14 of the largest affinity); the total is then the correctly rounded sum of the floats, and what the
rounding of affinities could hide is added to the bound.
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from matxich.rulebook.assignment.model import Case, Floats, Ints, Reviewer
from matxich.rulebook.vietnamese.text import fold

_DIGITS = 16
_EXACT = 2**53
"""Whole numbers below it are floats."""
_ROOM = 2**58
_SAMPLE = 2000
_LARGEST_MULTIPLE = 10**9


class Units(NamedTuple):
    """`gains`: affinities in units, cases × reviewers. `per_one`: units in 1. `exact`: nothing was rounded."""

    gains: Ints
    per_one: int
    exact: bool

    def spoken(self, units: int) -> float:
        """The float nearest to so many units."""
        return float(Fraction(units, self.per_one))

    def hidden(self, pairs: int) -> float:
        """By how much a sum of so many affinities may differ from the sum of their units."""
        return 0.0 if self.exact else pairs * 0.5 / self.per_one


def overlap(cases: Sequence[Case], reviewers: Sequence[Reviewer]) -> tuple[Floats, Units | None]:
    """Affinity from expertise: the share of what a case asks for that a reviewer has, 0 where it asks for nothing.

    Words are compared without marks, case and spaces at the ends. Shares are in units of the least common multiple of
    the numbers of words, exact; None where that is beyond a milliard.
    """
    asked = [frozenset(map(_key, case.expertise)) for case in cases]
    held = [frozenset(map(_key, reviewer.expertise)) for reviewer in reviewers]
    column = {word: place for place, word in enumerate(sorted(set().union(*asked)))}
    wanted, known = np.zeros((len(cases), len(column))), np.zeros((len(reviewers), len(column)))
    for table, sets in ((wanted, asked), (known, held)):
        for row, words in enumerate(sets):
            table[row, [column[word] for word in words if word in column]] = 1
    shared = wanted @ known.T
    numbers = np.array([max(1, len(words)) for words in asked])
    shares = shared / numbers[:, None]
    multiple = math.lcm(*map(int, numbers))
    if multiple > _LARGEST_MULTIPLE:
        return shares, None
    return shares, Units(shared.astype(np.int64) * (multiple // numbers)[:, None], multiple, True)


def units_of(affinity: Floats, nodes: int) -> Units:
    """The affinities in units small enough for a network of so many nodes."""
    room = _ROOM // (nodes + 2)
    largest = float(np.abs(affinity).max(initial=0))
    digits = _decimals(affinity)
    if digits is not None and largest * 10**digits <= room:
        return Units(np.rint(affinity * 10.0**digits).astype(np.int64), 10**digits, True)
    power = math.floor(math.log2(room / largest))
    units = np.rint(np.ldexp(affinity, power))
    exact = bool((np.ldexp(units, -power) == affinity).all())
    return Units(units.astype(np.int64), 2**power, exact)


def _decimals(affinity: Floats) -> int | None:
    """How many decimal places they have, None where one has too many to be told apart from its neighbours."""
    flat = affinity.ravel()
    digits = 0
    for some in (flat[:: len(flat) // _SAMPLE + 1], flat):
        found = next((each for each in range(digits, _DIGITS) if _written(some, each)), None)
        if found is None:
            return None
        digits = found
    return digits


def _written(values: Floats, digits: int) -> bool:
    """Are these the floats nearest to decimals of so many places?"""
    scaled = np.rint(values * 10.0**digits)
    return bool((np.abs(scaled) < _EXACT).all() and (scaled / 10.0**digits == values).all())


def _key(word: str) -> str:
    return fold(word).strip()
