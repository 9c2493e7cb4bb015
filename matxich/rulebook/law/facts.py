"""The facts that the law asks about, how each is written, and a fact as somebody told it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from matxich.rulebook.law.figures import LARGEST

Kind = Literal["choice", "yes_no", "whole", "money", "share"]
type Value = str | int | bool
type FactValues = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Words:
    """Message in Vietnamese and English; where a limit belongs, "{limit}"."""

    vi: str
    en: str

    def __bool__(self) -> bool:
        return bool(self.vi)


@dataclass(frozen=True, slots=True)
class Fact:
    """`assumed`: what counts while nobody has said anything; such use is listed. `choices`: code → its name."""

    id: str
    kind: Kind
    words: Words
    question: Words
    choices: Mapping[str, Words] | None = None
    assumed: Value | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A fact as told. `verification`: 0 declared, 1 list, 2 document, 3 visit, 4 audit. `others` say something else."""

    value: Value
    source: str = ""
    as_of: date | None = None
    verification: int = 0
    others: tuple["Known", ...] = ()


class BadFact(ValueError):
    """A fact that cannot be: unknown name, wrong kind, negative, beyond LARGEST. `fact` and `words` say which."""

    def __init__(self, fact: str, words: Words) -> None:
        super().__init__(f"{fact}: {words.vi}")
        self.fact, self.words = fact, words


def agreed(told: Iterable[Known]) -> Known | None:
    """Of several sources the better verified counts, then the later, then the first; who disagrees stays beside it."""
    ranked = sorted(told, key=lambda one: (-one.verification, -(one.as_of.toordinal() if one.as_of else 0)))
    if not ranked:
        return None
    best = ranked[0]
    others = tuple(one for one in ranked[1:] if one.value != best.value)
    return Known(best.value, best.source, best.as_of, best.verification, others)


def checked(fact: Fact, value: object) -> Value:
    """The value in the fact's own kind. BadFact."""
    if fact.kind == "choice" and isinstance(value, str) and fact.choices and value in fact.choices:
        return value
    if fact.kind == "yes_no" and isinstance(value, bool):
        return value
    if fact.kind in ("whole", "money", "share") and isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            raise BadFact(fact.id, Words("Không được âm.", "It cannot be negative."))
        if value > LARGEST:
            raise BadFact(
                fact.id, Words("Lớn hơn 10^15: hãy kiểm tra lại đơn vị (đồng).", "Above 10^15: check the unit.")
            )
        return value
    raise BadFact(fact.id, _wanted(fact))


def _wanted(fact: Fact) -> Words:
    if fact.id in ("site_province", "site_province_63"):
        return Words(
            "Phải là mã hai chữ số trong ngoặc kép, như “24”.", "It has to be a two-digit code in quotes: “24”."
        )
    if fact.choices:
        known = ", ".join(fact.choices)
        return Words(f"Phải là một trong: {known}.", f"It has to be one of: {known}.")
    if fact.kind == "yes_no":
        return Words("Phải là true hoặc false.", "It has to be true or false.")
    return Words("Phải là số nguyên, không có phần lẻ.", "It has to be a whole number.")
