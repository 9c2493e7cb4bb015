"""Lean indicators before and after: exact values, gains with their direction, the share of gains that last (C12).

A value without a denominator is no value and says why; it is never a zero. Fractions inside, rounded once for showing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from matxich.rulebook.coaching.loading import Kpi

NO_NUMERATOR, NO_DENOMINATOR, ZERO_DENOMINATOR = "no_numerator", "no_denominator", "zero_denominator"
NEGATIVE, ABOVE_MOST, NOT_BOTH, ZERO_BASE = "negative", "above_most", "not_both", "zero_base"
KEPT_SHARE = Fraction(4, 5)
"""C12: an improvement lasts when four fifths of the gain at the end are still there twelve months later."""
LARGEST = Decimal(10) ** 15


class DefinitionChanged(ValueError):
    """Formula, unit or direction differ inside one version; `parts`: what differs."""

    def __init__(self, key: str, parts: tuple[str, ...]) -> None:
        super().__init__(f"{key}: {', '.join(parts)}")
        self.key, self.parts = key, parts


@dataclass(frozen=True, slots=True)
class Value:
    """`exact` in the unit of the definition, or None and `why`."""

    exact: Fraction | None
    why: str = ""

    def shown(self, decimals: int) -> Decimal | None:
        return None if self.exact is None else rounded(self.exact, decimals)


def value(kpi: Kpi, numerator: Decimal | None, denominator: Decimal | None = None) -> Value:
    """By the definition's formula. A measure needs no denominator and does not look at one."""
    if numerator is None:
        return Value(None, NO_NUMERATOR)
    if kpi.shape == "ratio":
        if denominator is None:
            return Value(None, NO_DENOMINATOR)
        if denominator == 0:
            return Value(None, ZERO_DENOMINATOR)
        if numerator < 0 or denominator < 0:
            return Value(None, NEGATIVE)
        found = Fraction(numerator) / Fraction(denominator) * kpi.scale
    else:
        if numerator < 0:
            return Value(None, NEGATIVE)
        found = Fraction(numerator) * kpi.scale
    if kpi.most is not None and found > kpi.most:
        return Value(None, ABOVE_MOST)
    return Value(found)


def rounded(exact: Fraction, decimals: int) -> Decimal:
    """Half away from zero, as people round; from the exact fraction, so that no half is lost on the way."""
    scaled = exact * 10**decimals
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    sign = -1 if scaled < 0 else 1
    return Decimal(sign * whole).scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def product_of(parts: Iterable[Value]) -> Value:
    """What shares in percent come to when multiplied (OEE of its three parts)."""
    found = Fraction(100)
    for part in parts:
        if part.exact is None:
            return Value(None, part.why)
        found *= part.exact / 100
    return Value(found)


@dataclass(frozen=True, slots=True)
class Gain:
    """`amount`: how much better, in the unit (below zero: worse); `relative` to the base, None and why where none."""

    amount: Fraction | None
    relative: Fraction | None
    why: str = ""

    @property
    def is_better(self) -> bool:
        return self.amount is not None and self.amount > 0


def gain(kpi: Kpi, base: Value, now: Value) -> Gain:
    """Better is more or less, as the definition says. Both must be of the same version: the caller asks that."""
    if base.exact is None or now.exact is None:
        return Gain(None, None, NOT_BOTH)
    amount = now.exact - base.exact if kpi.better == "up" else base.exact - now.exact
    if base.exact == 0:
        return Gain(amount, None, ZERO_BASE)
    return Gain(amount, amount / abs(base.exact))


def lasts(at_end: Gain, later: Gain) -> bool | None:
    """Four fifths of the gain are still there; None where there was no gain to keep, or it was not measured again."""
    if at_end.amount is None or at_end.amount <= 0 or later.amount is None:
        return None
    return later.amount >= at_end.amount * KEPT_SHARE


@dataclass(frozen=True, slots=True)
class SustainedShare:
    """C12: kept of measured again; None where nothing was."""

    kept: int
    of: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.kept, self.of) if self.of else None


def sustained_share(pairs: Iterable[tuple[Gain, Gain]]) -> SustainedShare:
    """Of (gain at the end, gain later): what had no gain, or was not measured again, is in neither count."""
    told = [found for at_end, later in pairs if (found := lasts(at_end, later)) is not None]
    return SustainedShare(kept=sum(told), of=len(told))


FIXED = ("shape", "scale", "unit", "better", "numerator", "denominator", "most", "parts")
"""What makes a definition the same one; names and decimals may be mended."""


def demand_unchanged(known: Mapping[str, object], now: Mapping[str, object], key: str) -> None:
    """Raises DefinitionChanged where a version says something else than it did."""
    if parts := tuple(name for name in FIXED if known.get(name) != now.get(name)):
        raise DefinitionChanged(key, parts)


def formula_of(kpi: Kpi) -> dict[str, object]:
    """What is compared and stored of a definition; plain values alone."""
    return {
        "shape": kpi.shape, "scale": kpi.scale, "unit": kpi.unit, "better": kpi.better, "most": kpi.most,
        "numerator": dict(kpi.numerator), "denominator": dict(kpi.denominator) if kpi.denominator else None,
        "parts": list(kpi.parts),
    }  # fmt: skip
