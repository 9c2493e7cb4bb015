"""The same law over a whole register at once, in columns: what `answering` says of each, without the reasons."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from matxich.rulebook.law.answering import Case, Law, layer_of, multiplier, outside
from matxich.rulebook.law.conditions import Column, Condition, Register, Truths, code, era_on
from matxich.rulebook.law.facts import FactValues
from matxich.rulebook.law.figures import Rate, share_of
from matxich.rulebook.law.parameters import NATIONAL
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.law.supports.model import Option, Support
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.law.vocabulary import FACTS

type Money = NDArray[np.int64]

NO_AMOUNT = -1


@dataclass(frozen=True, slots=True)
class Verdicts:
    """By firm: -1, 0, 1, and the most in đồng, NO_AMOUNT where there is none."""

    truths: Truths
    most: Money


def columns(rows: Iterable[FactValues]) -> tuple[int, dict[str, Column]]:
    """Columns of facts given by firm; for small registers and tests."""
    given = list(rows)
    names = dict.fromkeys(name for row in given for name in row)
    return len(given), {
        name: Column(np.array([code(name, row[name]) if name in row else -1 for row in given], np.int64))
        for name in names
    }


def judge(law: Law, register: Register, *, content: str = "", budget: str = NATIONAL) -> Iterator[tuple[str, Verdicts]]:
    """One kind of support after another, so that their arrays need not be held together."""
    for support in [SUPPORTS[content]] if content else SUPPORTS.values():
        yield support.id, _judge(law, register, support, budget)


def _judge(law: Law, register: Register, support: Support, budget: str) -> Verdicts:
    none = outside(support, register.on)
    era = era_on(support.eras, register.on)
    found = register.everywhere(none.truth) if none or era is None else register.over(era.condition)  # type: ignore[union-attr]
    untold = found == Truth.NO
    if era and not none and era.condition.is_open(register):
        untold = untold | _open_by_law(register, era.condition, found)
    most = np.full(register.size, NO_AMOUNT, np.int64)
    for layer, rows in _layers(law, register, support, budget):
        if support.figure and none is None:
            figure = law.parameters.at(support.figure, register.on, layer)
            unsure = rows if not figure.usable else rows & _unsure(law, register, support, layer)
            if unsure.any():
                found = np.where(unsure, np.minimum(found, np.int8(0)), found)
        for option in support.level.options if support.level else ():
            most = np.maximum(most, np.where(rows, _option(law, register, support, option, layer), NO_AMOUNT))
    return Verdicts(found.astype(np.int8), np.where(untold, NO_AMOUNT, most))


def _open_by_law(register: Register, condition: Condition, found: Truths) -> NDArray[np.bool_]:
    """Whom no fact could bring it if the law's open questions were answered one way or the other; see answering."""
    ways = (register.with_open_law(truth).over(condition) == Truth.NO for truth in (Truth.YES, Truth.NO))
    barred: NDArray[np.bool_] = (found == Truth.UNKNOWN) & reduce(np.logical_or, ways)
    return barred


def _layers(law: Law, register: Register, support: Support, budget: str) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Whose figures count for which firms: old provinces may still have their own."""
    everybody = np.ones(register.size, bool)
    if not support.figure or not support.layered or budget == NATIONAL:
        yield NATIONAL, everybody
        return
    inherited = [each for each in law.parameters.layers(support.figure) if each.startswith("province63:")]
    old = register.values("site_province_63")
    own = layer_of(law.parameters, support, support.figure, budget, register.on, "").layer
    if not inherited or old is None or law.parameters.at(support.figure, register.on, own).standing != "absent":
        yield own, everybody
        return
    choices = FACTS["site_province_63"].choices or {}
    for place, name in enumerate(choices):
        if (rows := old == place).any():
            yield f"province63:{name}", rows
    if (rows := old < 0).any():
        yield own, rows


def _unsure(law: Law, register: Register, support: Support, layer: str) -> NDArray[np.bool_]:
    """For whom some option may apply, and none whose figure may be used."""
    options = support.level.options if support.level else ()
    usable = {each: law.parameters.at(each.parameter, register.on, layer).usable for each in options}
    if all(usable.values()):
        return np.zeros(register.size, bool)
    applying = {
        each: np.ones(register.size, bool) if each.when is None else register.over(each.when) > Truth.NO
        for each in options
    }
    nothing = np.zeros(register.size, bool)
    some = reduce(np.logical_or, applying.values(), nothing)
    good = reduce(np.logical_or, (mask for each, mask in applying.items() if usable[each]), nothing)
    unsure: NDArray[np.bool_] = some & ~good
    return unsure


def _option(law: Law, register: Register, support: Support, option: Option, layer: str) -> Money:
    """The most this option gives, NO_AMOUNT where it cannot apply or its figure may not be used."""
    nothing = np.full(register.size, NO_AMOUNT, np.int64)
    figure = law.parameters.at(option.parameter, register.on, layer)
    if not figure.usable or figure.setting is None:
        return nothing
    share, cap = figure.setting.values.get(option.share), figure.setting.values.get(option.cap)
    most = nothing
    if isinstance(cap, int):
        most = _capped(law, register, support, option, layer, cap)
    cost = register.values("eligible_cost")
    if isinstance(share, Rate) and cost is not None:
        part = np.where(cost >= 0, share_of(cost, share.parts), NO_AMOUNT)  # type: ignore[arg-type]
        most = np.where(part < 0, most, np.where(most < 0, part, np.minimum(most, part)))
    if option.when:
        most = np.where(register.over(option.when) == Truth.NO, NO_AMOUNT, most)
    return most


def _capped(law: Law, register: Register, support: Support, option: Option, layer: str, cap: int) -> Money:
    """The cap of each, raised by the multipliers that count for it."""

    def raised(*, line: bool, priority: bool) -> int:
        return share_of(
            cap, multiplier(law.parameters, support, option, register.on, layer, line=line, priority=priority)
        )

    plain, lined = raised(line=False, priority=False), raised(line=True, priority=False)
    first, both = raised(line=False, priority=True), raised(line=True, priority=True)
    most = np.full(register.size, plain, np.int64)
    if lined != plain or both != first:
        most = np.where(_yes(register, "is_line"), lined, most)
    if (first, both) != (plain, lined):
        better = np.where(_yes(register, "is_line"), both, first) if both != first else first
        most = np.where(_yes(register, "priority"), better, most)
    return most


def _yes(register: Register, fact: str) -> NDArray[np.bool_]:
    values = register.values(fact)
    return np.zeros(register.size, bool) if values is None else values == 1


def register_of(law: Law, case: Case, size: int, told: Mapping[str, Column]) -> Register:
    """The firms on the day of a case, each with its project facts: one typical project for all."""
    project = {
        name: Column(np.full(size, code(name, known.value), np.int64))
        for name, known in case.facts.items()
        if name not in told
    }
    return Register(law.parameters, law.rules, case.on, size, {**project, **told})
