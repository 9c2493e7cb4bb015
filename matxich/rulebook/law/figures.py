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
# An amount, share or multiplier in another spelling than ours, which would pass for text: 300.000.000, 50,5%, "3".
_MISTYPED = re.compile(
    r"\d[\d.,_ ]*(?:e\d+|%+|x|lần|phần trăm|nghìn|triệu|tr|tỷ|tỉ|đồng|đ)|\d{1,3}(?:[.,]\d{3})+|[\d_]+",
    re.IGNORECASE,
)


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
        if _MISTYPED.fullmatch(value.strip()) and not _RATE.fullmatch(value):
            raise place.fault(
                BadValue, f"“{value}”: viết tiền là 300000000, tỷ lệ là 50%, hệ số là 1.5x.",
                f"“{value}”: write money as 300000000, a share as 50%, a multiplier as 1.5x.",
            )  # fmt: skip
        try:
            return Rate.of(value) if _RATE.fullmatch(value) else value
        except ValueError as error:
            raise place.fault(BadValue, f"“{value}” phải đúng đến phần vạn.", str(error)) from error
    number = place.whole()
    if not 0 <= number <= LARGEST:
        raise place.fault(BadValue, "Con số phải từ 0 đến 10^15.", "The number has to lie between 0 and 10^15.")
    return number


def as_typed(text: str) -> int | str:
    """What a person typed, as the data of the law write it.

    500.000.000 → 500000000, "60 %" → "60%", "1,5 lần" → "1.5x".
    """
    plain = "".join(text.split()).lower().removesuffix("đồng").removesuffix("lần")
    if plain.endswith("%") or (",") in plain or "lần" in text.lower() or plain.endswith("x"):
        number = plain.rstrip("%x").replace(",", ".")
        return f"{number}%" if plain.endswith("%") else f"{number}x"
    digits = plain.replace(".", "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else text
