"""The order of cases: recommended ones by legal mean, ties by the rule's own keys, each broken tie told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from matxich.rulebook.law.truth import Truth


@dataclass(frozen=True, slots=True)
class Entry:
    """A case with what its place may depend on; `mean` None where a sheet has no points."""

    id: int
    recommended: Truth
    mean: Fraction | None
    favourable: Fraction | None
    asked: int
    submitted: datetime | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """`rank` is shared by cases no key tells apart. `tie`: the key that put it after the one before it, "" for none."""

    id: int
    rank: int
    tie: str = ""


def ranked(entries: Sequence[Entry], ties: Sequence[str]) -> tuple[Place, ...]:
    """Recommended cases first, then open ones, then refused ones; within each by mean and share, then less money first
    (as circular 20/2023/TT-BKHCN has it), then the keys of `ties`: "submitted" earlier first, "reference"."""
    ties = ("asked", *ties)
    ordered = sorted(entries, key=lambda each: (_main(each), *(_key(each, tie) for tie in ties), each.id))
    places: list[Place] = []
    for index, each in enumerate(ordered):
        before = ordered[index - 1] if index else None
        if before is None or _main(before) != _main(each):
            places.append(Place(each.id, index + 1))
            continue
        broken = next((tie for tie in ties if _key(before, tie) != _key(each, tie)), "")
        places.append(Place(each.id, index + 1 if broken else places[-1].rank, broken))
    return tuple(places)


def _main(each: Entry) -> tuple[int, Fraction, Fraction]:
    """A case without a mean goes after those with one."""
    return (-int(each.recommended), -(each.mean if each.mean is not None else Fraction(-1)),
            -(each.favourable if each.favourable is not None else Fraction(-1)))  # fmt: skip


def _key(each: Entry, tie: str) -> tuple[int, float] | tuple[int, int] | tuple[int, str]:
    match tie:
        case "asked":
            return (0, each.asked)
        case "submitted":
            return (0, each.submitted.timestamp()) if each.submitted else (1, 0)
        case _:
            return (0, each.reference)
