"""Exact numbers of criteria, ballots and rules: read from data, written into records. Never a float."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

_TEXT = re.compile(r"(-?\d{1,15}(?:\.\d{1,6})?)(?:/(\d{1,15}))?", re.ASCII)


class NotExact(ValueError):
    """What was given is no exact number."""


def exact(value: Any) -> Fraction:
    """15, "15.5", "2/3" as a fraction. Raises NotExact, for a float too: 0.1 is not a tenth."""
    if isinstance(value, bool | float):
        raise NotExact(value)
    if isinstance(value, int | Fraction):
        return Fraction(value)
    found = _TEXT.fullmatch(str(value).strip()) if isinstance(value, str | Decimal) else None
    if not found or (found[2] is not None and int(found[2]) == 0):
        raise NotExact(value)
    return Fraction(found[1]) / int(found[2] or 1)


def written(value: Fraction) -> str:
    """As `exact` reads it again, losing nothing: "76.5" where decimals end, "229/3" where they do not."""
    for places in range(7):
        if (value * 10**places).denominator == 1:
            return f"{Decimal((value * 10**places).numerator).scaleb(-places):f}"
    return f"{value.numerator}/{value.denominator}"


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """For showing alone, half away from zero; whatever is compared stays exact."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)
