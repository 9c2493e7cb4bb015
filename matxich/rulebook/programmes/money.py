"""Money of a funding line as the fold of its entries: budget, committed, paid, free. Whole đồng.

No article: this is bookkeeping. What the law says of advances and settlement (TT 36/2013/TT-BCT Đ12–19) stands with
contracts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

ALLOT, WITHDRAW_ALLOTMENT = "allot", "withdraw_allotment"
COMMIT, RELEASE, PAY, REPAY = "commit", "release", "pay", "repay"
OF_LINE = frozenset({ALLOT, WITHDRAW_ALLOTMENT})
DONG = frozenset({"", "đồng"})
"""How the unit of an amount may be written; nothing is đồng too."""
KINDS = OF_LINE | {COMMIT, RELEASE, PAY, REPAY}
LARGEST = 10**15
"""No programme's line comes near it; a figure above is a slip of the keyboard."""


class CannotBe(ValueError):
    """An entry that does not fit what stands before it. `limit`: the most that would fit, in đồng."""

    def __init__(self, kind: str, amount: int, limit: int) -> None:
        super().__init__(f"{kind} {amount}: at most {limit}")
        self.kind, self.amount, self.limit = kind, amount, limit


@dataclass(frozen=True, slots=True)
class Entry:
    """`commitment`: which promise it is about; "" for allotments of the line."""

    kind: str
    amount: int
    commitment: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment: what was promised, taken back and paid."""

    amount: int = 0
    released: int = 0
    paid: int = 0

    @property
    def standing(self) -> int:
        return self.amount - self.released

    @property
    def unpaid(self) -> int:
        return self.amount - self.released - self.paid


@dataclass(frozen=True, slots=True)
class Totals:
    """Always 0 ≤ paid ≤ committed ≤ budget."""

    budget: int = 0
    committed: int = 0
    paid: int = 0
    promises: Mapping[str, Promise] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def free(self) -> int:
        """What may still be committed, or withdrawn from the line."""
        return self.budget - self.committed

    @property
    def unpaid(self) -> int:
        return self.committed - self.paid


def fold(entries: Iterable[Entry]) -> Totals:
    """The totals after all entries, in their order. Raises CannotBe at the first that does not fit."""
    now = Totals()
    for entry in entries:
        now = after(now, entry)
    return now


def most(now: Totals, kind: str, commitment: str = "") -> int:
    """The largest amount an entry of a kind may have, in đồng."""
    promise = now.promises.get(commitment, Promise())
    limits = {
        ALLOT: LARGEST - now.budget,
        WITHDRAW_ALLOTMENT: now.free,
        COMMIT: 0 if promise.amount else now.free,
        RELEASE: promise.unpaid,
        PAY: promise.unpaid,
        REPAY: promise.paid,
    }
    return limits[kind]


def after(now: Totals, entry: Entry) -> Totals:
    """The totals once the entry stands. Raises CannotBe: nothing is cut down to fit."""
    kind, amount = entry.kind, entry.amount
    limit = most(now, kind, entry.commitment)
    if not 0 < amount <= limit:
        raise CannotBe(kind, amount, limit)
    if kind in OF_LINE:
        budget = now.budget + (amount if kind == ALLOT else -amount)
        return Totals(budget, now.committed, now.paid, now.promises)
    old = now.promises.get(entry.commitment, Promise())
    new = Promise(
        old.amount + (amount if kind == COMMIT else 0),
        old.released + (amount if kind == RELEASE else 0),
        old.paid + {PAY: amount, REPAY: -amount}.get(kind, 0),
    )
    return Totals(
        now.budget,
        now.committed + new.standing - old.standing,
        now.paid + new.paid - old.paid,
        MappingProxyType({**now.promises, entry.commitment: new}),
    )
