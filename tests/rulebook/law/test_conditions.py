"""Three-valued logic, dated rules, circles, and the shortest way to a yes, on a small law of our own."""

from datetime import date
from itertools import product

import pytest

from matxich.rulebook.law.conditions import (
    All,
    AnyOf,
    Asking,
    Choose,
    Condition,
    Era,
    Is,
    Judged,
    Not,
    OrDeclared,
    Register,
    Rule,
)  # fmt: skip
from matxich.rulebook.law.facts import Known, Words
from matxich.rulebook.law.faults import Circle
from matxich.rulebook.law.parameters import Parameters
from matxich.rulebook.law.register import columns
from matxich.rulebook.law.shortest import changes, missing
from matxich.rulebook.law.spans import Edge, Span
from matxich.rulebook.law.truth import Truth, truth

ON = date(2026, 3, 1)
A, B, C = (Is(name, (True,), Words(name, name)) for name in ("production", "is_cnht", "relocating"))
NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES
NOTHING = Parameters({})


def _asking(rules: dict | None = None, **facts: bool | None) -> Asking:
    told = {name: Known(value) for name, value in facts.items() if value is not None}
    return Asking(NOTHING, rules or {}, ON, told)


def _judge(condition: Condition, **facts: bool | None) -> Judged:
    return _asking(**facts).judge(condition)


THREE = (None, False, True)
TABLE = {
    "all": (All((A, B)), min),
    "any": (AnyOf((A, B)), max),
}


@pytest.mark.parametrize(("a", "b"), list(product(THREE, THREE)))
@pytest.mark.parametrize("how", TABLE)
def test_truth_table(how: str, a: bool | None, b: bool | None) -> None:
    condition, joined = TABLE[how]
    assert _judge(condition, production=a, is_cnht=b).truth is Truth(joined(truth(a), truth(b)))


@pytest.mark.parametrize(("a", "found"), [(None, UNKNOWN), (True, NO), (False, YES)])
def test_not(a: bool | None, found: Truth) -> None:
    assert _judge(Not(A), production=a).truth is found


@pytest.mark.parametrize(
    ("test", "then", "other", "found"),
    [
        (True, True, False, YES), (True, False, True, NO), (True, None, True, UNKNOWN),
        (False, True, False, NO), (False, False, True, YES), (False, True, None, UNKNOWN),
        (None, True, True, YES), (None, False, False, NO), (None, True, False, UNKNOWN), (None, None, None, UNKNOWN),
    ],
)  # fmt: skip
def test_choose(test: bool | None, then: bool | None, other: bool | None, found: Truth) -> None:
    facts = {"production": test, "is_cnht": then, "relocating": other}
    assert _judge(Choose(A, B, C), **facts).truth is found
    rows = [{name: value for name, value in facts.items() if value is not None}]
    size, told = columns(rows)
    assert Register(NOTHING, {}, ON, size, told).over(Choose(A, B, C)).tolist() == [int(found)]


@pytest.mark.parametrize(("a", "b"), list(product(THREE, THREE)))
def test_a_rule_goes_before_what_is_declared(a: bool | None, b: bool | None) -> None:
    found = _judge(OrDeclared(A, B), production=a, is_cnht=b).truth
    assert found is truth(b if a is None else a)


def test_a_rule_is_read_as_of_the_day() -> None:
    rules = {"r": (Era(Span.of("2020-01-01", "2026-03-01"), A), Era(Span.of("2026-03-01"), Not(A)))}
    facts = {"production": Known(True)}
    found = {
        day: Asking(NOTHING, rules, day, facts).judge(Rule("r")).truth
        for day in (date(2019, 12, 31), date(2020, 1, 1), date(2026, 2, 28), date(2026, 3, 1))
    }
    assert list(found.values()) == [UNKNOWN, YES, YES, NO]


def test_a_circle_is_named() -> None:
    rules = {"a": (Era(Span.of("2020-01-01"), Rule("b")),), "b": (Era(Span.of("2020-01-01"), Not(Rule("a"))),)}
    with pytest.raises(Circle) as caught:
        _asking(rules).judge(Rule("a"))
    assert caught.value.path == ("a", "b", "a")
    with pytest.raises(Circle):
        Register(NOTHING, rules, ON, 1, {}).over(Rule("a"))


@pytest.mark.parametrize(
    ("condition", "facts", "wanted"),
    [
        (All((A, B)), {}, ("is_cnht", "production")),
        (All((A, B)), {"production": True}, ("is_cnht",)),
        (All((A, B)), {"production": False}, ()),
        (AnyOf((All((A, B)), C)), {}, ("relocating",)),
        (AnyOf((All((A, B)), C)), {"relocating": False}, ("is_cnht", "production")),
        (Not(All((A, B))), {}, ("is_cnht",)),
        (Not(A), {"production": True}, ()),
        (Choose(A, B, C), {}, ("is_cnht", "production")),
        (Choose(A, B, C), {"is_cnht": False}, ("production", "relocating")),
        (OrDeclared(All((A, B)), C), {"production": True}, ("is_cnht",)),
    ],
)
def test_the_fewest_facts_that_could_settle_it(condition: Condition, facts: dict, wanted: tuple[str, ...]) -> None:
    assert missing(_judge(condition, **facts)) == (wanted, ())


def test_the_fewest_changes_that_would_turn_a_no() -> None:
    either = AnyOf((All((A, B)), C))
    told = changes(_judge(either, production=False, is_cnht=False, relocating=False))
    assert [each.words.vi for each in told] == ["relocating"]
    assert changes(_judge(either)) == ()
    wanted = Not(A, Words("không sản xuất", "does not produce"))
    assert [each.words.vi for each in changes(_judge(All((wanted, B)), production=True, is_cnht=True))] == [
        "không sản xuất"
    ]


@pytest.mark.parametrize(
    ("written", "before", "inside", "after"),
    [
        ("2018-05-11", date(2018, 5, 10), None, date(2018, 5, 11)),
        ("2018-05", date(2018, 4, 30), date(2018, 5, 31), date(2018, 6, 1)),
        ("2018-12", date(2018, 11, 30), date(2018, 12, 1), date(2019, 1, 1)),
        ("2018", date(2017, 12, 31), date(2018, 7, 1), date(2019, 1, 1)),
    ],
)
def test_an_edge_is_a_day_a_month_or_a_year(written: str, before: date, inside: date | None, after: date) -> None:
    edge = Edge.of(written)
    assert (edge.passed(before), edge.passed(after)) == (NO, YES)
    assert inside is None or edge.passed(inside) is UNKNOWN
    assert str(edge) == written


@pytest.mark.parametrize("written", ["", "11/05/2018", "2018-13", "2018-02-30", "0000-01-01", "x", None, 12])
def test_what_is_no_date(written: object) -> None:
    with pytest.raises(ValueError):
        Edge.of(written)  # type: ignore[arg-type]


def test_what_was_judged_is_never_taken_for_another_condition() -> None:
    """Conditions made on the way are freed, and others may come to lie where they lay."""
    asking = _asking(production=True)
    assert [asking.judge(Is("production", (value,))).truth for value in (True, False) * 50] == [YES, NO] * 50
    size, told = columns([{"production": True}])
    register = Register(NOTHING, {}, ON, size, told)
    assert [register.over(Is("production", (value,))).tolist() for value in (True, False) * 50] == [[1], [-1]] * 50
