"""Whether a figure meets what was promised, and whether it is on the way, with the comparator of both respected."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from matxich.rulebook.indicators.formatting import Comparator, Figure, ratio

Standing = Literal["met", "on_track", "behind", "missed", "unknown"]
MARGIN = Decimal("0.15")
"""A figure may lie so much below the straight line to its target and still be on track (programmes.md 11)."""
_ABOVE, _BELOW = frozenset(">≥"), frozenset("<≤")


@dataclass(frozen=True, slots=True)
class Aim:
    """What was promised. `comparator`: "" exactly or at least so much, ≈ about, > ≥ a floor, < ≤ a ceiling.

    `since`, `until`: the days it is to be reached between; None where the paper names none.
    """

    value: Decimal
    comparator: Comparator = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_ceiling(self) -> bool:
        return self.comparator in _BELOW


@dataclass(frozen=True, slots=True)
class Attainment:
    """`share`: figure ÷ target (1 is all of it); `expected`: what the straight line asks for by the day."""

    share: Figure
    standing: Standing
    expected: Decimal | None = None


def tolerance(value: Decimal) -> Decimal:
    """What “about” leaves open: half of the last figure that is not zero; of 920 it is 5, of 300 it is 50."""
    digits = value.normalize().as_tuple()
    return Decimal(5).scaleb(int(digits.exponent) - 1)


def meets(figure: Figure, aim: Aim) -> bool | None:
    """None where the figure's own bound leaves it open."""
    if figure.value is None:
        return None
    if aim.is_ceiling:
        return _below(figure, aim.value, strict=aim.comparator == "<")
    floor = aim.value - tolerance(aim.value) if aim.comparator == "≈" else aim.value
    return _above(figure, floor, strict=aim.comparator == ">")


def _above(figure: Figure, floor: Decimal, *, strict: bool) -> bool | None:
    value = figure.value
    assert value is not None
    reached = value > floor if strict else value >= floor
    match figure.comparator:
        case ">":
            return True if value >= floor else None
        case "≥":
            return True if reached else None
        case "<":
            return False if value <= floor else None
        case "≤":
            return False if not reached else None
        case "≈":
            around = tolerance(value) if value else Decimal()
            low, high = value - around, value + around
            return True if low >= floor and not (strict and low == floor) else False if high < floor else None
    return reached


def _below(figure: Figure, ceiling: Decimal, *, strict: bool) -> bool | None:
    assert figure.value is not None
    turned: dict[Comparator, Comparator] = {"": "", "≈": "≈", ">": "<", "≥": "≤", "<": ">", "≤": "≥"}
    return _above(Figure(-figure.value, turned[figure.comparator]), -ceiling, strict=strict)


def attainment(figure: Figure, aim: Aim, on: date, margin: Decimal = MARGIN) -> Attainment:
    """Where a figure stands on a day. Before the last day it is on track or behind, afterwards met or missed.

    A ceiling, or a target without days, has no straight line: it is met, or its time is not over.
    """
    share = ratio(figure, Figure(aim.value, "≈" if aim.comparator == "≈" else ""))
    met = meets(figure, aim)
    if met is None:
        return Attainment(share, "unknown", expected_by(aim, on))
    over = aim.until is not None and on >= aim.until
    if aim.is_ceiling:
        return Attainment(share, "met" if met and over else "on_track" if met else "missed")
    if met:
        return Attainment(share, "met", expected_by(aim, on))
    if over:
        return Attainment(share, "missed", expected_by(aim, on))
    expected = expected_by(aim, on)
    if expected is None:
        return Attainment(share, "behind")
    assert figure.value is not None
    return Attainment(share, "on_track" if figure.value >= expected * (1 - margin) else "behind", expected)


def expected_by(aim: Aim, on: date) -> Decimal | None:
    """What a straight line from the first day to the last asks for at the end of a day."""
    if aim.since is None or aim.until is None or aim.is_ceiling or aim.until <= aim.since:
        return None
    gone = min(max((on - aim.since).days + 1, 0), all_days := (aim.until - aim.since).days + 1)
    return aim.value * gone / all_days
