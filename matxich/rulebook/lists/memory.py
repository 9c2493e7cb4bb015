"""How a sender's columns were read before: the same header means the same, a slightly different one probably does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from matxich.rulebook.lists.shapes import plain
from matxich.rulebook.lists.units import split_header

CLOSE = 90  # of 100: one letter wrong in ten
SHORTEST = 6  # letters; shorter names are too easily close


@dataclass(frozen=True, slots=True)
class Remembered:
    """A column of an earlier list: its field (None: left out), its header as written, the day its list spoke of."""

    field: str | None
    header: str
    on: date | None = None
    list: int = 0


@dataclass(frozen=True, slots=True)
class Recalled:
    """What is remembered of a header. `match`: "same", "renamed" (but for year and unit) or "close"."""

    known: Remembered
    match: str


def recall(header: str, memory: Mapping[str, Remembered]) -> Recalled | None:
    """What a header meant before. `memory`: folded header → column. None when nothing, or several things, fit."""
    key = plain(header)
    if not key or not memory:
        return None
    if key in memory:
        return Recalled(memory[key], "same")
    name = _name(header)
    if found := _one(known for other, known in memory.items() if _name(other) == name):
        return Recalled(found, "renamed")
    if len(name) < SHORTEST:
        return None
    found = _one(known for other, known in memory.items() if ratio(_name(other), name) >= CLOSE)
    return Recalled(found, "close") if found else None


def missing(headers: Iterable[str], memory: Mapping[str, Remembered]) -> list[Remembered]:
    """Columns of the sender's last list that were used and that no header here recalls, as they stood remembered."""
    newest = max((known.list for known in memory.values()), default=0)
    here = {recalled.known.header for header in headers if (recalled := recall(header, memory))}
    return [known for known in memory.values() if known.list == newest and known.field and known.header not in here]


@lru_cache(maxsize=4096)
def _name(header: str) -> str:
    """Without year and unit."""
    return plain(split_header(header)[0])


def _one(found: Iterable[Remembered]) -> Remembered | None:
    """The newest of those that fit, if all mean the same."""
    fitting = list(found)
    if len({known.field for known in fitting}) != 1:
        return None
    return max(fitting, key=lambda known: (known.list, known.header))
