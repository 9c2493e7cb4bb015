"""Conditions of the law, written once and judged two ways: for one case with the reasons, or for a register at once.

A condition is a value: what it asks, in words, with its article. `judge` gives a tree of `Judged`; `over` an array of
-1, 0, 1. Both follow the same three-valued logic, which a property test holds against each other.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matxich.rulebook.law.facts import Known, Words
from matxich.rulebook.law.faults import Circle
from matxich.rulebook.law.figures import Figure, Rate
from matxich.rulebook.law.instruments import Citation
from matxich.rulebook.law.parameters import Found, Parameters
from matxich.rulebook.law.spans import Span
from matxich.rulebook.law.truth import Truth, truth
from matxich.rulebook.law.vocabulary import FACTS

type Truths = NDArray[np.int8]

NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class Judged:
    """A condition and what came of it. `fact` was used, or is missing where `known` is None; `figure` likewise.

    `how` joins the parts: "all", "any", "not", "" for a leaf.
    """

    words: Words
    article: Citation | None
    truth: Truth
    how: str = ""
    parts: tuple["Judged", ...] = ()
    fact: str = ""
    known: Known | None = None
    figure: Found | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Era:
    """A rule as it reads over a span of days."""

    span: Span
    condition: "Condition"


@dataclass(slots=True)
class Asking:
    """One case under the law of one day. `open_law`: what counts where the law gives nothing that may be used."""

    parameters: Parameters
    rules: Mapping[str, tuple[Era, ...]]
    on: date
    facts: Mapping[str, Known]
    open_law: Truth = Truth.UNKNOWN
    _otherwise: "dict[Truth, Asking]" = field(default_factory=dict)
    _judged: "dict[Condition, Judged]" = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def judge(self, condition: "Condition") -> Judged:
        """Each condition once a case. Circle where a rule rests on itself."""
        found = self._judged.get(condition)
        if found is None:
            found = self._judged[condition] = condition.judge(self)
        return found

    def with_open_law(self, truth: Truth) -> "Asking":
        """The same case, were every open question of the law answered so."""
        if truth not in self._otherwise:
            self._otherwise[truth] = Asking(self.parameters, self.rules, self.on, self.facts, truth)
        return self._otherwise[truth]

    def rule(self, name: str) -> Judged | None:
        """The rule as it reads on the day, None where no text of that day is known."""
        with _Opened(self._open, name):
            era = era_on(self.rules[name], self.on)
            return self.judge(era.condition) if era else None


@dataclass(frozen=True, slots=True)
class Column:
    """A fact of many firms: codes of choices as their place in FACTS, yes and no as 1 and 0; -1 is not known."""

    values: NDArray[np.int64]


@dataclass(slots=True)
class Register:
    """Many firms under the law of one day. A fact without a column is known of nobody. `open_law`: as of Asking."""

    parameters: Parameters
    rules: Mapping[str, tuple[Era, ...]]
    on: date
    size: int
    columns: Mapping[str, Column]
    open_law: Truth = Truth.UNKNOWN
    _base: "Register | None" = None
    _otherwise: "dict[Truth, Register]" = field(default_factory=dict)
    _judged: "dict[Condition, Truths]" = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def over(self, condition: "Condition") -> Truths:
        if self._base and not condition.is_open(self):
            return self._base.over(condition)
        found = self._judged.get(condition)
        if found is None:
            found = self._judged[condition] = condition.over(self)
        return found

    def with_open_law(self, truth: Truth) -> "Register":
        """The same firms, were every open question of the law answered so; what rests on none is judged once."""
        if truth not in self._otherwise:
            self._otherwise[truth] = Register(
                self.parameters, self.rules, self.on, self.size, self.columns, truth, self
            )
        return self._otherwise[truth]

    def rule(self, name: str) -> Truths | None:
        with _Opened(self._open, name):
            era = era_on(self.rules[name], self.on)
            return self.over(era.condition) if era else None

    def values(self, fact: str) -> NDArray[np.int64] | None:
        """What is known of each, -1 where nothing is; None where nothing is of anybody. Assumptions are filled in."""
        column, assumed = self.columns.get(fact), FACTS[fact].assumed
        if column is None:
            return None if assumed is None else np.full(self.size, int(assumed), np.int64)
        if assumed is None:
            return column.values
        return np.where(column.values < 0, int(assumed), column.values)

    def everywhere(self, value: Truth) -> Truths:
        return np.full(self.size, value, np.int8)


class _Opened:
    def __init__(self, names: list[str], name: str) -> None:
        self.names, self.name = names, name

    def __enter__(self) -> None:
        if self.name in self.names:
            raise Circle((*self.names[self.names.index(self.name) :], self.name))
        self.names.append(self.name)

    def __exit__(self, *_error: object) -> None:
        self.names.pop()


def era_on(eras: Iterable[Era], on: date) -> Era | None:
    return next((era for era in eras if era.span.holds(on) is Truth.YES), None)


def code(fact: str, value: object) -> int:
    """A value as columns hold it."""
    choices = FACTS[fact].choices
    return list(choices).index(str(value)) if choices else int(value)  # type: ignore[call-overload]


class Condition(ABC):
    """`words` and `article` may be absent on what only joins other conditions."""

    words: Words
    article: Citation | None

    @abstractmethod
    def judge(self, asking: Asking) -> Judged: ...

    @abstractmethod
    def over(self, register: Register) -> Truths: ...

    def is_open(self, register: Register) -> bool:
        """Does it rest, on the day, on something that the law does not give, or not yet surely?"""
        return any(part.is_open(register) for part in self.joined)

    @property
    def joined(self) -> "tuple[Condition, ...]":
        """The conditions it is made of."""
        return ()


@dataclass(frozen=True, eq=False, slots=True)
class Is(Condition):
    """The fact is one of these values; for yes and no, `True` or `False`."""

    fact: str
    values: tuple[str | bool | int, ...]
    words: Words = NOTHING
    article: Citation | None = None

    def judge(self, asking: Asking) -> Judged:
        known, assumed = _told(asking, self.fact)
        found = truth(None if known is None else known.value in self.values)
        return Judged(self.words, self.article, found, "", (), self.fact, known, None, assumed)

    def over(self, register: Register) -> Truths:
        values = register.values(self.fact)
        if values is None:
            return register.everywhere(Truth.UNKNOWN)
        codes = [code(self.fact, value) for value in self.values]
        choices = FACTS[self.fact].choices
        if not choices:
            return _tri(values == codes[0] if len(codes) == 1 else np.isin(values, codes), values >= 0)
        # The last place is that of -1, which is not known.
        table = np.full(len(choices) + 1, Truth.NO, np.int8)
        table[codes], table[-1] = Truth.YES, Truth.UNKNOWN
        return table[values]


@dataclass(frozen=True, eq=False, slots=True)
class Limit(Condition):
    """The fact lies at or below (`at_least`: at or above) a part of a parameter of national law."""

    fact: str
    parameter: str
    part: str
    words: Words = NOTHING
    article: Citation | None = None
    at_least: bool = False

    def judge(self, asking: Asking) -> Judged:
        known, assumed = _told(asking, self.fact)
        figure = asking.parameters.at(self.parameter, asking.on)
        limit, words, found = _limit(figure, self.part), self.words, asking.open_law
        if limit is not None:
            words = Words(words.vi.replace("{limit}", spoken(limit)), words.en.replace("{limit}", spoken(limit, "en")))
            held = None if known is None else int(known.value)
            found = truth(None if held is None else held >= _number(limit) if self.at_least else held <= _number(limit))
        return Judged(words, self.article or _article(figure), found, "", (), self.fact, known, figure, assumed)

    def over(self, register: Register) -> Truths:
        limit = _limit(register.parameters.at(self.parameter, register.on), self.part)
        values = register.values(self.fact)
        if limit is None or values is None:
            return register.everywhere(register.open_law if limit is None else Truth.UNKNOWN)
        number = _number(limit)
        return _tri(values >= number if self.at_least else values <= number, values >= 0)

    def is_open(self, register: Register) -> bool:
        return _limit(register.parameters.at(self.parameter, register.on), self.part) is None


@dataclass(frozen=True, eq=False, slots=True)
class Settled(Condition):
    """A figure that may be used exists on the day: seen in the law, or confirmed by an agency."""

    parameter: str
    words: Words = NOTHING
    article: Citation | None = None

    def judge(self, asking: Asking) -> Judged:
        figure = asking.parameters.at(self.parameter, asking.on)
        found = Truth.YES if figure.usable else asking.open_law
        return Judged(self.words, self.article or _article(figure), found, figure=figure)

    def over(self, register: Register) -> Truths:
        return register.everywhere(register.open_law if self.is_open(register) else Truth.YES)

    def is_open(self, register: Register) -> bool:
        return not register.parameters.at(self.parameter, register.on).usable


@dataclass(frozen=True, eq=False, slots=True)
class All(Condition):
    parts: tuple[Condition, ...]
    words: Words = NOTHING
    article: Citation | None = None

    def judge(self, asking: Asking) -> Judged:
        parts = tuple(map(asking.judge, self.parts))
        return Judged(self.words, self.article, min(part.truth for part in parts), "all", parts)

    def over(self, register: Register) -> Truths:
        found = register.over(self.parts[0])
        for part in self.parts[1:]:
            found = np.minimum(found, register.over(part))
        return found

    @property
    def joined(self) -> tuple[Condition, ...]:
        return self.parts


@dataclass(frozen=True, eq=False, slots=True)
class AnyOf(Condition):
    parts: tuple[Condition, ...]
    words: Words = NOTHING
    article: Citation | None = None

    def judge(self, asking: Asking) -> Judged:
        parts = tuple(map(asking.judge, self.parts))
        return Judged(self.words, self.article, max(part.truth for part in parts), "any", parts)

    def over(self, register: Register) -> Truths:
        found = register.over(self.parts[0])
        for part in self.parts[1:]:
            found = np.maximum(found, register.over(part))
        return found

    @property
    def joined(self) -> tuple[Condition, ...]:
        return self.parts


@dataclass(frozen=True, eq=False, slots=True)
class Not(Condition):
    part: Condition
    words: Words = NOTHING
    article: Citation | None = None

    def judge(self, asking: Asking) -> Judged:
        part = asking.judge(self.part)
        return Judged(self.words, self.article, part.truth.opposite, "not", (part,))

    def over(self, register: Register) -> Truths:
        return np.negative(register.over(self.part))

    @property
    def joined(self) -> tuple[Condition, ...]:
        return (self.part,)


@dataclass(frozen=True, eq=False, slots=True)
class Choose(Condition):
    """`then` where `test` holds, `other` where it does not; where that is unknown, what both agree on."""

    test: Condition
    then: Condition
    other: Condition
    words: Words = NOTHING
    article: Citation | None = None

    def judge(self, asking: Asking) -> Judged:
        test = asking.judge(self.test)
        if test.truth is not Truth.UNKNOWN:
            taken = asking.judge(self.then if test.truth is Truth.YES else self.other)
            return _named(taken, self.words, self.article)
        then, other = asking.judge(self.then), asking.judge(self.other)
        if then.truth is other.truth and then.truth is not Truth.UNKNOWN:
            return _named(then, self.words, self.article)
        return Judged(self.words, self.article, Truth.UNKNOWN, "choose", (test, then, other))

    def over(self, register: Register) -> Truths:
        test, then, other = map(register.over, (self.test, self.then, self.other))
        both = np.where(then == other, then, np.int8(0))
        return np.where(test > 0, then, np.where(test < 0, other, both))

    @property
    def joined(self) -> tuple[Condition, ...]:
        return self.test, self.then, self.other


@dataclass(frozen=True, eq=False, slots=True)
class Rule(Condition):
    """A named rule as it reads on the day; unknown on days whose text is not known."""

    name: str
    words: Words = NOTHING
    article: Citation | None = None

    def judge(self, asking: Asking) -> Judged:
        found = asking.rule(self.name)
        if found is None:
            none = Words("Hệ thống không có quy định của ngày này", "No text of this day is known to the system")
            leaf = Judged(none, None, asking.open_law)
            return Judged(self.words or none, self.article, asking.open_law, "all", (leaf,))
        return _named(found, self.words, self.article)

    def over(self, register: Register) -> Truths:
        found = register.rule(self.name)
        return register.everywhere(register.open_law) if found is None else found

    def is_open(self, register: Register) -> bool:
        era = era_on(register.rules[self.name], register.on)
        return era is None or era.condition.is_open(register)


@dataclass(frozen=True, eq=False, slots=True)
class OrDeclared(Condition):
    """What the rule says; where it cannot say, what was declared, `unless` it is the law that leaves it open."""

    rule: Condition
    declared: Condition
    words: Words = NOTHING
    article: Citation | None = None
    unless: Condition | None = None

    def judge(self, asking: Asking) -> Judged:
        found = asking.judge(self.rule)
        if found.truth is not Truth.UNKNOWN or (self.unless and asking.judge(self.unless).truth is Truth.YES):
            return _named(found, self.words, self.article)
        declared = asking.judge(self.declared)
        if declared.truth is Truth.UNKNOWN:
            return Judged(self.words, self.article or found.article, Truth.UNKNOWN, "declared", (found, declared))
        return Judged(self.words, self.article or found.article, declared.truth, "all", (declared,))

    def over(self, register: Register) -> Truths:
        found = register.over(self.rule)
        open_ = found == 0
        if self.unless:
            open_ &= register.over(self.unless) < Truth.YES
        return np.where(open_, register.over(self.declared), found)

    @property
    def joined(self) -> tuple[Condition, ...]:
        return self.rule, self.declared, *((self.unless,) if self.unless else ())


def _named(found: Judged, words: Words, article: Citation | None) -> Judged:
    """What was found, under the name of what asked for it; a leaf keeps its own words below."""
    if not words or words == found.words:
        return found if found.article or not article else replace(found, article=article)
    if found.parts:
        return replace(found, words=words, article=article or found.article)
    return Judged(words, article or found.article, found.truth, "all", (found,))


def _told(asking: Asking, fact: str) -> tuple[Known | None, bool]:
    """The fact as told, or as assumed."""
    known = asking.facts.get(fact)
    if known is None and (assumed := FACTS[fact].assumed) is not None:
        return Known(assumed), True
    return known, False


def _tri(held: NDArray[np.bool_], known: NDArray[np.bool_]) -> Truths:
    found: Truths = held.astype(np.int8)
    found *= 2
    found -= 1
    found *= known
    return found


def _limit(figure: Found, part: str) -> Figure | None:
    return figure.setting.values.get(part) if figure.usable and figure.setting else None


def _number(figure: Figure) -> int:
    if isinstance(figure, Rate):
        return figure.parts
    if isinstance(figure, int):
        return figure
    raise TypeError(f"{figure} is no number")


def _article(figure: Found) -> Citation | None:
    return figure.setting.article if figure.setting else None


def spoken(figure: Figure, language: str = "vi") -> str:
    """A figure as a sentence has it: "300.000.000", "50 %", "1,5"."""
    if isinstance(figure, Rate):
        written = str(figure).rstrip("%x")
        return f"{written if language == 'en' else written.replace('.', ',')}{'%' if figure.kind == 'share' else ''}"
    if isinstance(figure, int):
        return f"{figure:,}" if language == "en" else f"{figure:,}".replace(",", ".")
    return ", ".join(figure) if isinstance(figure, tuple) else figure
