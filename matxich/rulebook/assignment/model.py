"""An assignment asked for and an assignment found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]
type Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Case:
    """`needs` reviewers, at least 1. `province` "" where it is not known; it is then nobody's own."""

    id: str
    needs: int
    expertise: frozenset[str] = frozenset()
    province: str = ""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Takes from `least` to `most` cases. `organisation` "" where it is not known; it is then shared with nobody."""

    id: str
    least: int
    most: int
    expertise: frozenset[str] = frozenset()
    organisation: str = ""
    province: str = ""
    finance: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What a council is made of, every rule off unless asked for. `min_finance`: members of finance for each case."""

    one_per_organisation: bool = False
    min_finance: int = 0
    ban_same_province: bool = False
    fair: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """`conflicts`: pairs of places (case, reviewer) that may never meet.

    `affinity`: one row a case, one column a reviewer, finite; None: it follows from expertise.
    """

    cases: Sequence[Case]
    reviewers: Sequence[Reviewer]
    conflicts: frozenset[tuple[int, int]] = frozenset()
    affinity: Floats | None = None
    rules: Rules = field(default_factory=Rules)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One rule that would have to give way: `rule` is a key of RELAXED, `units` by how much in all.

    `where`: places (case or None, reviewer or None) with how much at each.
    """

    rule: str
    units: int
    where: tuple[tuple[int | None, int | None, int], ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """`chosen`: ids of reviewers by id of case, None where no assignment keeps every rule.

    `total`: sum of affinities; `worst`: the least sum of one case; `bound`: no assignment has a greater total (in fair
    mode: none whose worst case is as well served). `optimal`: proven; in fair mode of the worst case as well.
    `relax`: the smallest set of rules without which there would be an assignment.
    """

    chosen: Mapping[str, tuple[str, ...]] | None
    total: float | None = None
    worst: float | None = None
    optimal: bool = False
    bound: float | None = None
    relax: tuple[Relaxation, ...] = ()
