"""Yes, no and unknown after Kleene: `and` is the least, `or` the greatest, `not` the opposite number."""

from enum import IntEnum
from typing import Literal

Verdict = Literal["met", "not", "unknown"]


class Truth(IntEnum):
    """Numbers, so that arrays of them are joined by the same minimum and maximum."""

    NO = -1
    UNKNOWN = 0
    YES = 1

    @property
    def opposite(self) -> "Truth":
        return Truth(-self)

    @property
    def verdict(self) -> Verdict:
        return _VERDICTS[self]


_VERDICTS: dict[int, Verdict] = {1: "met", -1: "not", 0: "unknown"}


def truth(value: bool | None) -> Truth:
    """Of a fact that may be missing."""
    return Truth.UNKNOWN if value is None else Truth.YES if value else Truth.NO
