"""A proposed change of the law, read from YAML and put beside the law in force. It is never law itself.

title: Nâng trần hỗ trợ máy móc
on: 2026-06-01                       # the day whose law is the base
project: {content: KC-12, eligible_cost: 900_000_000, counterpart_committed: true}
scope: {province: ["31", "33"]}      # whose firms; all where absent
changes:
  KC-12: {cap: 500_000_000}          # parts of the figure in force on the day, or
  KC-21: {row: {share: "60%", cap: 50_000_000}}   # a whole new row where there is none that may be used
"""

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from matxich.rulebook.law.answering import Case, Law
from matxich.rulebook.law.asking import PROVINCES
from matxich.rulebook.law.conditions import Condition, Limit, Rule, Settled
from matxich.rulebook.law.facts import BadFact, Fact, Known, Value, checked
from matxich.rulebook.law.faults import BadValue, LawFault, NoRow, UnknownKey, UnknownParameter
from matxich.rulebook.law.figures import Figure, Rate, figure
from matxich.rulebook.law.instruments import Citation
from matxich.rulebook.law.parameters import LAYER, NATIONAL, Parameters, Setting
from matxich.rulebook.law.reading import Read, parsed, unknown
from matxich.rulebook.law.spans import Edge, Span
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.law.supports.model import Support
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.law.vocabulary import FACTS, REGISTERED

_KEYS = ("title", "on", "project", "scope", "changes")
_HOW = ("layer", "row", "from", "to")
"""Said of a change; every other key of it is a part of the figure."""
SCOPE = {
    "province": "site_province",
    "province_63": "site_province_63",
    "legal_form": "legal_form",
    "commune_kind": "site_commune_kind",
    "size": "size",
}
"""Key → the fact that is looked at; `size` follows from the rules."""
SIZES = ("micro", "small", "medium", "large")
TITLE = 200
Kind = Literal["whole", "share", "multiplier", "text", "list"]
_KINDS: Mapping[Kind, tuple[str, str]] = {
    "whole": ("số nguyên (300_000_000)", "a whole number (300_000_000)"),
    "share": ('tỷ lệ ("50%")', 'a share ("50%")'),
    "multiplier": ('hệ số ("1.5x")', 'a multiplier ("1.5x")'),
    "text": ("chữ", "text"),
    "list": ("danh sách", "a list"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One figure otherwise. `whole`: the values stand for a row of their own, else they replace parts of one."""

    parameter: str
    values: Mapping[str, Figure]
    layer: str = NATIONAL
    whole: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Reform:
    """`project`: one typical project for every firm. `scope`: fact → values a firm has to have one of."""

    title: str
    on: date
    changes: tuple[Change, ...]
    content: str = ""
    budget: str = NATIONAL
    project: Mapping[str, Known] = field(default_factory=dict)
    scope: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        return Case(self.project, self.on, self.content, self.budget)


def read_reform(file: str, text: str, law: Law) -> Reform:
    """LawFault subclasses say what is wrong, in which line, and what was meant."""
    place = parsed(file, text)
    keys = place.keys(_KEYS, needed=("title", "on", "changes"))
    edge = keys["on"].edge()
    if not edge.exact:
        raise keys["on"].fault(BadValue, "Phải đủ ngày, tháng, năm.", "This has to be a day.")
    title = keys["title"].text()[:TITLE]
    if not title:
        raise keys["title"].fault(BadValue, "Đề xuất cần có tên.", "A reform needs a title.")
    content, budget, project = _project(keys.get("project"))
    scope = _scope(keys["scope"]) if "scope" in keys else {}
    changes = tuple(_change(law, edge.earliest, code, each) for code, each in _changes(law, keys["changes"]))
    return Reform(title, edge.earliest, changes, content, budget, project, scope)


def proposed(law: Law, reform: Reform) -> Law:
    """The law with the reform's figures in it, each marked as proposed; everything else as it is."""
    parameters = law.parameters
    for change in reform.changes:
        parameters = _changed(parameters, change, reform.on)
    return replace(law, parameters=parameters)


def before_and_after(law: Law, reform: Reform) -> Iterator[tuple[Change, Setting | None, Setting]]:
    """Each change with the row in force on the day, if any, and the row that would be."""
    after = proposed(law, reform).parameters
    for change in reform.changes:
        new = after.at(change.parameter, reform.on, change.layer).setting
        if new is None:
            raise AssertionError(change.parameter)
        yield change, law.parameters.at(change.parameter, reform.on, change.layer).setting, new


def concerned(law: Law, reform: Reform) -> tuple[str, ...]:
    """The kinds of support to look at: the one asked for, else all that read a figure the reform changes."""
    return (reform.content,) if reform.content else resting_on(law, {change.parameter for change in reform.changes})


def resting_on(law: Law, figures: AbstractSet[str]) -> tuple[str, ...]:
    """The kinds of support whose answer may change with one of these figures."""
    return tuple(code for code, support in SUPPORTS.items() if figures & figures_of(law, support))


def figures_of(law: Law, support: Support) -> frozenset[str]:
    """Every parameter that its verdict or amount may rest on, on any day."""
    read = {support.figure} if support.figure else set()
    if support.level:
        read |= {option.parameter for option in support.level.options}
        read |= {support.level.priority} if support.level.priority else set()
    return frozenset(read | {condition.parameter for condition in _asked(law, support)})


def parts_of(law: Law, code: str) -> dict[str, Kind]:
    """The parts that a parameter has in any of its rows, or that a condition or a level reads of it."""
    found: dict[str, Kind] = {}
    for row in law.parameters[code].rows:
        found |= {name: _kind(value) for name, value in row.values.items()}
    for support in SUPPORTS.values():
        if support.level and support.level.priority == code:
            found.setdefault("priority_multiplier", "multiplier")
        for option in support.level.options if support.level else ():
            if option.parameter == code:
                read: tuple[tuple[str, Kind], ...] = (
                    (option.share, "share"), (option.cap, "whole"), (support.level.line, "multiplier"),  # type: ignore[union-attr]
                )  # fmt: skip
                for name, kind in read:
                    if name:
                        found.setdefault(name, kind)
        for condition in _asked(law, support):
            if isinstance(condition, Limit) and condition.parameter == code:
                found.setdefault(condition.part, "whole")
    return found


def _asked(law: Law, support: Support) -> Iterator[Limit | Settled]:
    """The conditions behind a support that rest on a figure, those of the rules it names included."""
    options = support.level.options if support.level else ()
    waiting: list[Condition] = [era.condition for era in support.eras]
    waiting += [option.when for option in options if option.when]
    rules: set[str] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, Limit | Settled):
            yield one
        elif isinstance(one, Rule) and one.name not in rules:
            rules.add(one.name)
            waiting += [era.condition for era in law.rules[one.name]]
        for part in fields(one):  # type: ignore[arg-type]
            value = getattr(one, part.name)
            waiting += [
                each for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, Condition)
            ]


# The law with the change.


def _changed(parameters: Parameters, change: Change, on: date) -> Parameters:
    rows = parameters[change.parameter].rows
    own = [row for row in rows if row.layer == change.layer]
    held = next((row for row in own if row.span.holds(on) is Truth.YES), None)
    if change.whole:
        span = change.span or Span(Edge.of(on))
        article = held.article if held else rows[-1].article if rows else Citation("")
        new = Setting(change.parameter, change.layer, span, article, change.values, "low", proposed=True)
    elif held is None:
        raise LookupError(f"{change.parameter}: no row of {change.layer} on {on}")
    else:
        span = Span(max(held.span.start, Edge.of(on)), held.span.end)
        new = replace(held, span=span, values={**held.values, **change.values}, proposed=True)
    others = [row for row in rows if row.layer != change.layer]
    kept = [part for row in own for part in _without(row, new.span)]
    return parameters.replaced(change.parameter, [*others, *kept, new])


def _without(row: Setting, span: Span) -> Iterator[Setting]:
    """What of a row lies outside the span."""
    if row.span.start < span.start:
        end = span.start if row.span.end is None else min(row.span.end, span.start)
        yield replace(row, span=Span(row.span.start, end))
    if span.end and (row.span.end is None or row.span.end > span.end):
        yield replace(row, span=Span(max(row.span.start, span.end), row.span.end))


# Reading.


def _project(place: Read | None) -> tuple[str, str, dict[str, Known]]:
    if place is None:
        return "", NATIONAL, {}
    keys = place.keys(("content", "budget", *FACTS))
    project = {}
    for name, each in keys.items():
        if name in REGISTERED:
            raise each.fault(
                UnknownKey, f"“{name}” là của từng doanh nghiệp, đọc từ sổ đăng ký; bỏ dòng này.",
                f"“{name}” is read from the register for each firm; leave it out.",
            )  # fmt: skip
        if name in FACTS:
            project[name] = Known(_value(FACTS[name], each))
    content = keys["content"].choice(SUPPORTS) if "content" in keys else ""
    budget = keys["budget"].text() if "budget" in keys else NATIONAL
    province = budget.removeprefix("province:")
    if (
        not LAYER.fullmatch(budget)
        or budget.startswith("province63")
        or (province != budget and province not in PROVINCES)
    ):
        raise keys["budget"].fault(
            BadValue, "Viết “national” hoặc “province:24”.", "Write “national” or “province:24”."
        )
    return content, budget, project


def _value(fact: Fact, place: Read) -> Value:
    if fact.choices:
        return place.choice(fact.choices)
    value = place.value() if fact.kind == "yes_no" else place.whole()
    try:
        return checked(fact, value)
    except BadFact as error:
        raise place.fault(BadValue, error.words.vi, error.words.en) from error


def _scope(place: Read) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, each in place.keys(tuple(SCOPE)).items():
        one = [each] if not each.is_list else list(each.items())
        found[SCOPE[name]] = tuple(part.choice(_choices(SCOPE[name])) for part in one)
    return found


def _choices(fact: str) -> Collection[str]:
    if fact == "site_province":
        return PROVINCES
    return SIZES if fact == "size" else FACTS[fact].choices or ()


def _changes(law: Law, place: Read) -> Iterator[tuple[str, Read]]:
    if place.is_empty:
        return
    for code, each in place.keys(()).items():
        if code not in law.parameters.by_id:
            raise each.fault(UnknownParameter, *unknown(code, law.parameters.by_id))
        yield code, each


def _change(law: Law, on: date, code: str, place: Read) -> Change:
    parts = parts_of(law, code)
    keys = place.keys((*_HOW, *parts))
    layer = _layer(keys["layer"]) if "layer" in keys else NATIONAL
    values = _values(code, parts, {name: each for name, each in keys.items() if name not in _HOW})
    if "row" in keys:
        if values:
            raise place.fault(
                BadValue, "Ghi cả dòng (row) thì đặt mọi phần trong row.", "With row, all parts stand in it."
            )
        whole = {} if keys["row"].is_empty else _values(code, parts, keys["row"].keys(tuple(parts)))
        return Change(code, whole, layer, whole=True, span=_span(keys, on))
    for name in ("from", "to"):
        if name in keys:
            raise keys[name].fault(UnknownKey, f"“{name}” chỉ đi với “row”.", f"“{name}” goes with “row” only.")
    _demand_row(law, place, Change(code, values, layer), on)
    return Change(code, values, layer)


def _demand_row(law: Law, place: Read, change: Change, on: date) -> None:
    """Parts are changed of a row that may be used; of an unconfirmed one nothing may be taken over unseen."""
    code, found = change.parameter, law.parameters.at(change.parameter, on, change.layer)
    if found.setting is None or found.standing == "unsure_day":
        raise place.fault(
            NoRow, f"{code}: ngày {on:%d/%m/%Y} không có con số nào của lớp {change.layer}; ghi cả dòng (row).",
            f"{code}: no figure of {change.layer} on {on}; write a whole row.",
        )  # fmt: skip
    if not found.usable:
        parts = ", ".join(parts_of(law, code))
        raise place.fault(
            NoRow, f"{code}: con số của ngày này chưa xác nhận nên không giữ lại phần nào; ghi cả dòng (row): {parts}.",
            f"{code}: the figure of this day is not confirmed, so none of it is kept; write a whole row: {parts}.",
        )  # fmt: skip


def _values(code: str, parts: Mapping[str, Kind], given: Mapping[str, Read]) -> Mapping[str, Figure]:
    found = {}
    for name, place in given.items():
        value = figure(place)
        if _kind(value) != parts[name]:
            vi, en = _KINDS[parts[name]]
            raise place.fault(BadValue, f"{code}: “{name}” phải là {vi}.", f"{code}: “{name}” has to be {en}.")
        found[name] = value
    return MappingProxyType(found)


def _layer(place: Read) -> str:
    layer = place.text()
    if not LAYER.fullmatch(layer):
        raise place.fault(BadValue, f"“{layer}” không phải là lớp nào.", f"“{layer}” is no layer.")
    return layer


def _span(keys: Mapping[str, Read], on: date) -> Span:
    """From the day on unless it says otherwise; it has to hold on the day, or nothing would be seen of it."""
    start = keys["from"].edge() if "from" in keys else Edge.of(on)
    end = None if "to" not in keys or keys["to"].is_empty else keys["to"].edge()
    if end and end.earliest <= start.earliest:
        raise keys["to"].fault(BadValue, "Ngày hết hiệu lực không sau ngày bắt đầu.", "The end is not after the start.")
    if Span(start, end).holds(on) is not Truth.YES:
        where: LawFault = keys["to" if end and end.passed(on) is not Truth.NO else "from"].fault(
            BadValue, f"Dòng mới phải chạy vào ngày {on:%d/%m/%Y}.", f"The new row has to hold on {on}."
        )
        raise where
    return Span(start, end)


def _kind(value: Figure) -> Kind:
    if isinstance(value, Rate):
        return value.kind
    return "whole" if isinstance(value, int) else "list" if isinstance(value, tuple) else "text"
