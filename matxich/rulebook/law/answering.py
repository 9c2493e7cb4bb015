"""One case, one day, every kind of support: yes, no or unknown, how much, why, and what would change it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from matxich.rulebook.law.conditions import Asking, Condition, Era, Judged, era_on
from matxich.rulebook.law.facts import Known, Words
from matxich.rulebook.law.figures import WHOLE, Figure, Rate, share_of
from matxich.rulebook.law.instruments import Library
from matxich.rulebook.law.parameters import NATIONAL, Found, Parameters, Setting
from matxich.rulebook.law.rules import RULES
from matxich.rulebook.law.shortest import changes, missing
from matxich.rulebook.law.supports.kinds import PROGRAMMES, SUPPORTS
from matxich.rulebook.law.supports.model import Clock, Option, Support
from matxich.rulebook.law.truth import Truth


@dataclass(frozen=True, slots=True)
class Law:
    """The instruments, the figures, and the version both came from."""

    library: Library
    parameters: Parameters
    version: str
    rules: Mapping[str, tuple[Era, ...]] = field(default_factory=lambda: RULES)


@dataclass(frozen=True, slots=True)
class Case:
    """Who asks, on which day (of the legal act, never "today"), for what.

    `content`: the id of one support, "" for all. `budget`: "national", "province:24" or "programme:<code>".
    """

    facts: Mapping[str, Known]
    on: date
    content: str = ""
    budget: str = NATIONAL


@dataclass(frozen=True, slots=True)
class Amount:
    """At most `most` đồng: the share of the cost under the cap, multipliers already in the cap.

    `most` None for a no, and where the law itself leaves it open, in a figure or in its wording.
    """

    most: int | None
    share: Rate | None = None
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`conditions` decide `truth`; `funding` does not, for it never hides what the law gives.

    `missing`: the fewest facts that could turn unknown into yes. `unconfirmed`: figures that stand in the way, of that
    or of a multiplier that was asked for.
    `changes`: of a no, the fewest conditions that would have to be otherwise. `assumed`: facts that counted unasked.
    `amount_needs`: facts without which the amount is only its cap.
    """

    support: Support
    truth: Truth
    conditions: tuple[Judged, ...]
    funding: Judged
    amount: Amount
    figures: tuple[Found, ...]
    missing: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    changes: tuple[Judged, ...]
    assumed: tuple[str, ...]
    amount_needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layered:
    """Whose figures count: a layer, or the fact one has to know to tell."""

    layer: str
    missing: str = ""


def answers(law: Law, case: Case) -> tuple[Answer, ...]:
    """KeyError for a content nobody knows."""
    asked = [SUPPORTS[case.content]] if case.content else SUPPORTS.values()
    asking = Asking(law.parameters, law.rules, case.on, case.facts)
    return tuple(_answer(law, case, asking, support) for support in asked)


def outside(support: Support, on: date) -> Judged | None:
    """Why a support does not exist on a day, or that nothing is known of it; None where a text of it is in force."""
    if era_on(support.eras, on):
        return None
    first, last = support.eras[0].span, support.eras[-1].span
    if last.end and last.end.passed(on) is Truth.YES:
        words = Words(f"Nội dung này hết hiệu lực từ {last.end.spoken}", f"Ended on {last.end.spoken}")
        return Judged(words, support.ended, Truth.NO if support.ended else Truth.UNKNOWN)
    if support.born and support.born <= on and first.start.passed(on) is Truth.NO:
        words = Words(f"Nội dung này có từ {first.start.spoken}", f"Begins on {first.start.spoken}")
        return Judged(words, support.eras[0].condition.article, Truth.NO)
    words = Words("Hệ thống không có quy định của ngày này", "No text of this day is known to the system")
    return Judged(words, None, Truth.UNKNOWN)


def layer_of(parameters: Parameters, support: Support, code: str, case_budget: str, on: date, old: str) -> Layered:
    """A province's money follows its own figures, else those of the old province whose resolution still runs."""
    if not support.layered or case_budget == NATIONAL:
        return Layered(NATIONAL)
    own = parameters.at(code, on, case_budget)
    inherited = [layer for layer in parameters.layers(code) if layer.startswith("province63:")]
    if own.standing != "absent" or not case_budget.startswith("province:") or not inherited:
        return Layered(case_budget)
    return Layered(f"province63:{old}") if old else Layered(case_budget, "site_province_63")


def _answer(law: Law, case: Case, asking: Asking, support: Support) -> Answer:
    era, none = era_on(support.eras, case.on), outside(support, case.on)
    judged = none or (asking.judge(era.condition) if era else None)
    if judged is None:
        raise AssertionError(support.id)
    old = case.facts.get("site_province_63")
    layered = layer_of(law.parameters, support, support.figure, case.budget, case.on, str(old.value) if old else "") \
        if support.figure else Layered(NATIONAL)  # fmt: skip
    conditions = judged.parts if judged.how == "all" and judged.parts else (judged,)
    figure = law.parameters.at(support.figure, case.on, layered.layer) if support.figure else None
    if figure and none is None:
        figure = _deciding(law.parameters, asking, support, layered.layer, figure)
        conditions = (*conditions, _level(support, figure, layered))
    found = min(condition.truth for condition in conditions)
    whole = Judged(support.words, None, found, "all", conditions)
    every = tuple(walk(whole))
    amount, figures = _amount(law, asking, support, layered.layer, found)
    if found is Truth.UNKNOWN and era and not _facts_may_settle(asking, era.condition):
        amount = replace(amount, most=None)
    wanted, unconfirmed = missing(whole)
    return Answer(
        support, found, conditions, funding(support, case), amount,
        tuple({id(each): each for each in (*([figure] if figure else []), *figures, *_used(every))}.values()),
        wanted, tuple(dict.fromkeys((*unconfirmed, *_raises(asking, support, layered.layer, found)))), changes(whole),
        tuple(dict.fromkeys((*_assumed(every), *_project(asking, support)))),
        _amount_needs(asking, support, amount, found),
    )  # fmt: skip


def _facts_may_settle(asking: Asking, condition: Condition) -> bool:
    """Whether the firm may still get it whichever way the law's open questions are answered.

    Where it may not, no amount is told: what stands in the way is no fact that anybody could supply.
    """
    ways = (asking.with_open_law(truth).judge(condition).truth for truth in (Truth.YES, Truth.NO))
    return all(way is not Truth.NO for way in ways)


def _deciding(parameters: Parameters, asking: Asking, support: Support, layer: str, figure: Found) -> Found:
    """The support's own figure; where every option that may apply rests on one that may not be used, that one."""
    if not figure.usable or support.level is None:
        return figure
    applying = [
        parameters.at(option.parameter, asking.on, layer)
        for option in support.level.options
        if option.when is None or asking.judge(option.when).truth is not Truth.NO
    ]
    return figure if any(each.usable for each in applying) else next(iter(applying), figure)


_LEVELS = {
    "high": Words("Mức hỗ trợ có trong văn bản", "The level stands in the law"),
    "confirmed": Words("Mức hỗ trợ đã được cơ quan xác nhận", "The level was confirmed by an agency"),
    "proposed": Words("Mức hỗ trợ đề xuất, chưa phải là luật", "A proposed level, not law"),
    "medium": Words("Mức hỗ trợ chưa xác nhận", "The level is not confirmed"),
    "low": Words("Mức hỗ trợ chưa xác nhận", "The level is not confirmed"),
    "unsure_day": Words("Chưa rõ ngày này mức hỗ trợ đã có hiệu lực chưa", "Not known whether the level holds yet"),
    "absent": Words("Chưa có mức hỗ trợ của ngân sách này vào ngày này", "No level of this budget on this day"),
}


def _level(support: Support, figure: Found, layered: Layered) -> Judged:
    article = figure.setting.article if figure.setting else None
    truth = Truth.YES if figure.usable else Truth.UNKNOWN
    return Judged(_LEVELS[figure.standing], article, truth, "", (), layered.missing, None, figure)


def _amount(law: Law, asking: Asking, support: Support, layer: str, found: Truth) -> tuple[Amount, tuple[Found, ...]]:
    """The best of the options that may apply; nothing for a no, or where a figure that is needed may not be used."""
    if support.level is None or found is Truth.NO:
        return Amount(None), ()
    used: list[Found] = []
    best: Amount | None = None
    for option in support.level.options:
        if option.when and asking.judge(option.when).truth is Truth.NO:
            continue
        figure = law.parameters.at(option.parameter, asking.on, layer)
        used.append(figure)
        amount = option_amount(law.parameters, asking, support, option, layer)
        if amount and (best is None or (amount.most or 0) > (best.most or 0)):
            best = amount
    if support.level.priority and truthy(asking.facts.get("priority")):
        used.append(law.parameters.at(support.level.priority, asking.on, layer))
    return best or Amount(None), tuple(used)


def option_amount(
    parameters: Parameters, asking: Asking, support: Support, option: Option, layer: str
) -> Amount | None:
    """None where its figure may not be used."""
    figure = parameters.at(option.parameter, asking.on, layer)
    if not figure.usable or figure.setting is None:
        return None
    share, cap = figure.setting.values.get(option.share), figure.setting.values.get(option.cap)
    if isinstance(cap, int):
        cap = share_of(cap, multiplier(parameters, support, option, asking.on, layer,
                                       line=truthy(asking.facts.get("is_line")),
                                       priority=truthy(asking.facts.get("priority"))))  # fmt: skip
    cost = asking.facts.get("eligible_cost")
    part = share_of(int(cost.value), share.parts) if cost and isinstance(share, Rate) else None
    known = [each for each in (part, cap) if isinstance(each, int)]
    return Amount(min(known) if known else None, share if isinstance(share, Rate) else None,
                  cap if isinstance(cap, int) else None)  # fmt: skip


def multiplier(
    parameters: Parameters, support: Support, option: Option, on: date, layer: str, *, line: bool, priority: bool
) -> int:
    """By how many ten-thousandths the cap is raised; a multiplier that may not be used raises nothing."""
    parts, level = WHOLE, support.level
    if level is None:
        return parts
    figure = parameters.at(option.parameter, on, layer)
    factor = figure.setting.values.get(level.line) if figure.setting and line else None
    if isinstance(factor, Rate):
        parts = parts * factor.parts // WHOLE
    if level.priority and priority:
        more = parameters.at(level.priority, on, layer)
        factor = more.setting.values.get("priority_multiplier") if more.usable and more.setting else None
        if isinstance(factor, Rate):
            parts = parts * factor.parts // WHOLE
    return parts


def truthy(known: Known | None) -> bool:
    return known is not None and known.value is True


def funding(support: Support, case: Case) -> Judged:
    """Whether a programme that is known runs on the day; its call is another matter."""
    unknown = Words("Chưa thấy chương trình nào của ngày này chi cho nội dung này", "No programme of this day is known")
    if case.budget != NATIONAL:
        own = Words("Cần xem chương trình của ngân sách này", "See the programme of this budget")
        return Judged(own, None, Truth.UNKNOWN)
    for programme in PROGRAMMES:
        if programme.group == support.group and programme.span.holds(case.on) is Truth.YES:
            return Judged(programme.words, programme.article, Truth.YES)
    return Judged(unknown, None, Truth.UNKNOWN)


def _amount_needs(asking: Asking, support: Support, amount: Amount, found: Truth) -> tuple[str, ...]:
    """The cost, and what tells the options of a level apart."""
    if found is Truth.NO or support.level is None:
        return ()
    wanted = [
        fact
        for option in support.level.options
        if option.when and asking.judge(option.when).truth is Truth.UNKNOWN
        for fact in missing(asking.judge(option.when))[0]
    ]
    cost = amount.share is not None and "eligible_cost" not in asking.facts
    return tuple(dict.fromkeys((*wanted, *(("eligible_cost",) if cost else ()))))


def term(parameters: Parameters, clock: Clock, on: date) -> tuple[Figure, Setting] | None:
    """A term of a procedure as the law of the day has it; None where it gives none that may be used."""
    found = parameters.at(clock.parameter, on)
    value = found.setting.values.get(clock.part) if found.usable and found.setting else None
    return (value, found.setting) if value is not None and found.setting else None


def walk(judged: Judged) -> Iterator[Judged]:
    """A condition and everything below it, in the order in which it reads; what stands twice is met once."""
    met, waiting = set(), [judged]
    while waiting:
        one = waiting.pop()
        if id(one) not in met:
            met.add(id(one))
            yield one
            waiting.extend(reversed(one.parts))


def _used(every: Iterable[Judged]) -> Iterable[Found]:
    return (one.figure for one in every if one.figure and one.figure.setting)


def _assumed(every: Iterable[Judged]) -> Iterable[str]:
    return (one.fact for one in every if one.assumed)


def _raises(asking: Asking, support: Support, layer: str, found: Truth) -> Iterable[str]:
    """The priority multiplier, where it was asked for and may not be used."""
    code = support.level.priority if support.level and found is not Truth.NO else ""
    if code and truthy(asking.facts.get("priority")) and not asking.parameters.at(code, asking.on, layer).usable:
        yield code


def _project(asking: Asking, support: Support) -> Iterable[str]:
    """What was assumed where only the amount depends on it."""
    if support.level is None:
        return
    if support.level.line and "is_line" not in asking.facts:
        yield "is_line"
    if support.level.priority and "priority" not in asking.facts:
        yield "priority"
    for option in support.level.options:
        if option.when:
            yield from _assumed(walk(asking.judge(option.when)))
