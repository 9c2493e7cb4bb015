"""Figures of the law, exact: đồng, persons and days as whole numbers, shares and multipliers in ten-thousandths."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from yaml import SequenceNode

from matxich.rulebook.law.faults import BadValue
from matxich.rulebook.law.reading import Read

WHOLE = 10_000
"""Ten-thousandths that make up 1, or 100 %."""
LARGEST = 10**15
"""Đồng that a figure or a cost may have at most; sums of them still fit 64 bits."""
_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*(%|x)")
_MOST = 100


@dataclass(frozen=True, slots=True)
class Rate:
    """A share ("50%") or a multiplier ("1.5x"), in ten-thousandths."""

    parts: int
    kind: Literal["share", "multiplier"] = "share"

    @classmethod
    def of(cls, written: str) -> "Rate":
        """ValueError for anything that is not exact to a ten-thousandth, or above 100 times."""
        found = _RATE.fullmatch(written.strip())
        if not found:
            raise ValueError(f"{written} is no share")
        try:
            number = Decimal(found[1]) * (WHOLE // 100 if found[2] == "%" else WHOLE)
        except InvalidOperation as error:
            raise ValueError(f"{written} is no share") from error
        if number != int(number) or number > _MOST * WHOLE:
            raise ValueError(f"{written} is not exact to a ten-thousandth")
        return cls(int(number), "share" if found[2] == "%" else "multiplier")

    def __str__(self) -> str:
        unit, parts = ("%", 100) if self.kind == "share" else ("x", WHOLE)
        whole, rest = divmod(self.parts, parts)
        digits = str(rest).zfill(len(str(parts)) - 1).rstrip("0")
        return f"{whole}.{digits}{unit}" if digits else f"{whole}{unit}"


type Figure = int | str | Rate | tuple[str, ...]


def share_of(amount: int, parts: int) -> int:
    """Ten-thousandths of an amount, cut to whole đồng so that a share is never exceeded.

    Written so that it stays within 64 bits for arrays of amounts as well.
    """
    return amount // WHOLE * parts + amount % WHOLE * parts // WHOLE


def figure(place: Read) -> Figure:
    """A whole number, "50%", "1.5x", text or a list of text. BadValue for a fraction or an amount beyond LARGEST."""
    if isinstance(place.node, SequenceNode):
        return tuple(each.text() for each in place.items())
    value = place.value()
    if isinstance(value, str):
        try:
            return Rate.of(value) if _RATE.fullmatch(value) else value
        except ValueError as error:
            raise place.fault(BadValue, f"“{value}” phải đúng đến phần vạn.", str(error)) from error
    number = place.whole()
    if not 0 <= number <= LARGEST:
        raise place.fault(BadValue, "Con số phải từ 0 đến 10^15.", "The number has to lie between 0 and 10^15.")
    return number
