"""Answers to an instrument: what may be said, what is missing, what the scores come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from matxich.rulebook.coaching.loading import MOST_RATING, Instrument, Item

YES, NO, UNKNOWN = "yes", "no", "unknown"
LARGEST = 10**15
Answers = Mapping[str, object]
"""Path ("section.item") → "yes"|"no"|"unknown", a whole number, or a text; what was not answered is not there."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`path` of the answer, and why: "not_asked", "not_this_kind", "too_large", "missing"."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """Points won of points that were asked for; an item nobody answered counts in neither."""

    points: int
    of: int
    answered: int
    asked: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.points, self.of) if self.of else None

    def scaled(self, total: int) -> Decimal | None:
        """To a full mark of `total`, two decimals."""
        if self.share is None:
            return None
        share = self.share * total
        return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(Decimal("0.01"))


def faults(asked: Instrument, given: Answers, *, whole: bool) -> list[Fault]:
    """`whole`: the sheet is being sent, so what must be answered is."""
    known = asked.items
    found = [Fault(path, "not_asked") for path in given if path not in known]
    for path, item in known.items():
        if path in given:
            if why := _wrong(item, given[path]):
                found.append(Fault(path, why))
        elif whole and (item.must or item.is_scored):
            found.append(Fault(path, "missing"))
    return found


def _wrong(item: Item, value: object) -> str:
    if item.answer == "yes_no":
        return "" if value in (YES, NO, UNKNOWN) else "not_this_kind"
    if item.answer == "text":
        return "" if isinstance(value, str) and value.strip() else "not_this_kind"
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        return "not_this_kind"
    most = item.most if item.is_scored else MOST_RATING if item.answer == "rating" else LARGEST
    return "too_large" if value > most else ""


def score(asked: Instrument, given: Answers) -> Score:
    """An item without an answer is left out of both, never counted as zero."""
    scored = {path: item for path, item in asked.items.items() if item.is_scored}
    heard = [(item, value) for path, item in scored.items() if isinstance(value := given.get(path), int)]
    return Score(
        points=sum(value for _item, value in heard),
        of=sum(item.most for item, _value in heard),
        answered=len(heard),
        asked=len(scored),
    )


def average_level(asked: Instrument, given: Answers) -> Fraction | None:
    """Of a ladder: the mean of the levels given; None when none was."""
    found = score(asked, given)
    return Fraction(found.points, found.answered) if found.answered else None


def eligible(asked: Instrument, given: Answers) -> tuple[str, tuple[str, ...]]:
    """What a screening sheet says: ("yes" | "no" | "unknown", paths that decide it).

    One item that must be a yes and is a no decides; unknown is not no.
    """
    must = [path for path, item in asked.items.items() if item.answer == "yes_no" and item.must]
    if refused := tuple(path for path in must if given.get(path) == NO):
        return NO, refused
    if unknown := tuple(path for path in must if given.get(path) != YES):
        return UNKNOWN, unknown
    return YES, ()
