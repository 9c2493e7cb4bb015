"""Who is taken into a round: order by rank, the quota, the reserve in its order, the funnel with its reasons."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

STEPS = ("longlisted", "eligible", "visited", "surveyed", "interviewed", "selected", "agreed", "started", "finished")
"""Of the funnel, in order; whoever reached a step reached every one before it."""


class NotNext(ValueError):
    """Another firm of the reserve stands before this one; `next`: its id."""

    def __init__(self, wanted: int, next_id: int | None) -> None:
        super().__init__(f"{wanted}: next is {next_id}")
        self.wanted, self.next = wanted, next_id


@dataclass(frozen=True, slots=True)
class Candidate:
    """Shares of full marks, exact; None where it was not scored. `longlisted_on`, `id` settle what is equal."""

    id: int
    visit: Fraction | None
    interview: Fraction | None
    longlisted_on: date

    @property
    def mark(self) -> Fraction | None:
        """Visit and interview weigh the same; whoever lacks one has no mark and is not ranked."""
        return None if self.visit is None or self.interview is None else (self.visit + self.interview) / 2


@dataclass(frozen=True, slots=True)
class Ranked:
    rank: int
    candidate: Candidate
    within_quota: bool


def ranked(candidates: Iterable[Candidate], quota: int) -> tuple[tuple[Ranked, ...], tuple[Candidate, ...]]:
    """(in order of mark, those without a mark). Equal marks: the better visit, then who was listed first, then id."""
    everybody = list(candidates)
    marked = sorted(
        (one for one in everybody if one.mark is not None),
        key=lambda one: (-_of(one.mark), -_of(one.visit), one.longlisted_on, one.id),
    )
    order = tuple(Ranked(rank, one, rank <= quota) for rank, one in enumerate(marked, 1))
    return order, tuple(one for one in everybody if one.mark is None)


def _of(share: Fraction | None) -> Fraction:
    return share or Fraction(0)


def next_in_reserve(reserve: Mapping[int, int]) -> int | None:
    """`reserve`: id → rank. The id whose turn it is."""
    return min(reserve, key=lambda each: (reserve[each], each), default=None)


def demand_turn(wanted: int, reserve: Mapping[int, int]) -> None:
    """The reserve is promoted in the order of its ranks and in no other; raises NotNext."""
    if (turn := next_in_reserve(reserve)) != wanted:
        raise NotNext(wanted, turn)


@dataclass(frozen=True, slots=True)
class Journey:
    """One firm's way: the furthest step it reached; where it left, its reason ("" while it is still on the way)."""

    furthest: str
    left: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """`reached` firms came to the step, `left` went no further, each for a reason; `share` of the first step."""

    step: str
    reached: int
    left: int
    reasons: tuple[tuple[str, int], ...]
    share: Fraction | None


def funnel(journeys: Sequence[Journey]) -> tuple[FunnelStep, ...]:
    """From the longlist to the end; reached at a step = reached at the next + left here + still here."""
    total = len(journeys)
    found = []
    for place, step in enumerate(STEPS):
        here = [each for each in journeys if STEPS.index(each.furthest) >= place]
        gone = [each for each in journeys if each.left and each.furthest == step]
        reasons = Counter(each.reason for each in gone)
        found.append(
            FunnelStep(
                step, len(here), len(gone), tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
                Fraction(len(here), total) if total else None,
            )
        )  # fmt: skip
    return tuple(found)
