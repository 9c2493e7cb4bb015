"""What people stated in parts and what lists say in words, as one list of items.

A list's words stay as told; their reading is worked out whenever it is asked for. Whoever states an item in parts may
say which words of a list it reads: those words then speak through it, or, when the item is DENIED, no longer at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from matxich.rulebook.capabilities.fields import FIELDS
from matxich.rulebook.capabilities.model import Question, Value
from matxich.rulebook.capabilities.reading import read
from matxich.rulebook.vietnamese.text import fold, squeeze

# Stated about words of a list, or an item stated before: it is not so, or no longer.
DENIED: Value = {"denied": True}

# The structured fields whose items lists tell under another field, or under the same.
FROM_LISTS: dict[str, str] = {
    code: FIELDS[code].list_field
    for code in ("product", "machine", "tolerance", "capacity", "certificate", "customer")
}  # fmt: skip
JOINED_BY_LIST = {listed: code for code, listed in FROM_LISTS.items()}


@dataclass(frozen=True, slots=True)
class Item:
    """One item and the statement that says it. `text`: the list's words it was read from, "" when stated in parts.

    `value` is empty when the words could not be read; `question` when they can mean several things.
    """

    value: Value
    statement: int
    text: str = ""
    question: Question | None = None


def joined(passport: Mapping[str, Any], field: str, *, latest_year: int) -> tuple[Item, ...]:
    """The items of a structured field (a code of FIELDS) in a stored passport: stated ones first, then what lists say.

    Words of a list that say nothing beyond an item before them are left out. `latest_year`: as for `read`.
    """
    current = passport.get(field, {})
    items = [Item(value, statement) for value, statement in _pairs(current) if isinstance(value, dict)]
    settled = set(current.get("r", ()))
    for text, statement in _pairs(passport.get(FROM_LISTS.get(field, ""), {})):
        if isinstance(text, str) and words_key(text) not in settled:
            for item in _read(field, text, statement, latest_year):
                if not any(_covers(field, known.value, item.value) for known in items):
                    items.append(item)
    return tuple(items)


def words_key(text: str) -> str:
    """Words of lists that differ only in case, marks and spacing are the same words."""
    return squeeze(fold(text))


def identity(field: str, value: Value) -> tuple[Any, ...]:
    """What makes two items of a field speak of one thing; of a field with one value, everything does.

    Two that share it and differ in a part contradict each other.
    """
    return _IDENTITY.get(field, _only)(value)


def agrees(one: Value, other: Value) -> bool:
    """Does neither contradict the other? What only one of them says is no contradiction."""
    return all(_plain(one[part]) == _plain(other[part]) for part in one.keys() & other.keys() if part != "text")


def _read(field: str, text: str, statement: int, latest_year: int) -> list[Item]:
    values, question = _reading(field, text, latest_year)
    if question or not values:
        return [Item({}, statement, text, question)]
    return [Item(value, statement, text) for value in values]


@lru_cache(maxsize=32_768)
def _reading(field: str, text: str, latest_year: int) -> tuple[tuple[Value, ...], Question | None]:
    reading = read(field, text, latest_year=latest_year)
    return reading.values, reading.question


def _covers(field: str, known: Value, read: Value) -> bool:
    same = bool(read) and _loose(field, known) == _loose(field, read)
    return same and agrees(known, read) and read.keys() <= known.keys()


def _pairs(current: Mapping[str, Any]) -> list[Any]:
    if "m" in current:
        return list(current["m"])
    return [[current["v"], current["s"]]] if "v" in current else []


def _loose(field: str, value: Value) -> tuple[Any, ...]:
    """As `identity`, as far as words of lists tell it: they seldom give a certificate's number or a machine's year."""
    loose = {"certificate": {"number"}, "machine": {"maker", "model", "year"}}.get(field, set())
    return identity(field, {part: one for part, one in value.items() if part not in loose})


def _plain(part: Any) -> Any:
    return words_key(part) if isinstance(part, str) else part


def _parts(*names: str) -> Callable[[Value], tuple[Any, ...]]:
    return lambda value: tuple(_plain(value.get(name, "")) for name in names)


def _scheme(value: Value) -> tuple[Any, ...]:
    """The standard without its edition, and the number: a firm may hold one standard for two plants."""
    return words_key(value.get("text", "")).partition(":")[0].strip(), _plain(value.get("number", ""))


def _sizes(value: Value) -> tuple[Any, ...]:
    return tuple(value.get("axes", ())), value.get("stated", "")


def _only(value: Value) -> tuple[Any, ...]:
    return ()


_IDENTITY: dict[str, Callable[[Value], tuple[Any, ...]]] = {
    "machine": _parts("kind", "maker", "model", "year"),
    "certificate": _scheme,
    "product": _parts("name"),
    "customer": _parts("name"),
    "site": _parts("name", "address"),
    "contact": _parts("name"),
    "capacity": _parts("product", "unit", "per"),
    "tolerance": _parts("applies_to"),
    "size_range": _sizes,
}
