"""The estimate: exact sums for any figures, limits of law, and lines that cannot be."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.law.figures import Rate
from matxich.rulebook.proposals.costs import (
    BadLine,
    Limit,
    Line,
    Totals,
    amount_of,
    checked,
    limits,
    read_quantity,
    shares_match,
    totals,
)

QUANTITIES = st.integers(1, 10**9).map(lambda n: Decimal(n) / 1000)


def line(**told: object) -> Line:
    whole = {
        "item": "Máy tiện", "unit": "cái", "quantity": Decimal(2), "unit_price": 100, "state": 80, "counterpart": 120,
    }  # fmt: skip
    return Line(**(whole | told))  # type: ignore[arg-type]


@st.composite
def lines(draw: st.DrawFn) -> Line:
    quantity, price = draw(QUANTITIES), draw(st.integers(0, 10**8))
    amount = amount_of(quantity, price)
    state = draw(st.integers(0, amount))
    other = draw(st.integers(0, amount - state))
    return Line("x", "cái", quantity, price, state, amount - state - other, other)


@given(st.lists(lines(), max_size=20))
def test_sources_add_up_to_the_whole_to_the_dong(some: list[Line]) -> None:
    sums = totals(map(checked, some))
    assert sums.amount == sums.state + sums.counterpart + sums.other
    assert all(isinstance(value, int) for value in (sums.amount, sums.state, sums.counterpart, sums.other))


@given(lines(), st.integers(1, 10**6), st.sampled_from(["state", "counterpart", "other"]))
def test_a_line_that_is_off_by_any_dong_is_refused(one: Line, off: int, name: str) -> None:
    with pytest.raises(BadLine) as raised:
        checked(Line(**{**{f: getattr(one, f) for f in one.__slots__}, name: getattr(one, name) + off}))
    assert raised.value.field == "counterpart"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"item": ""}, "item"), ({"unit": ""}, "unit"), ({"quantity": Decimal(0)}, "quantity"),
        ({"quantity": Decimal(-1)}, "quantity"), ({"quantity": Decimal(10) ** 9 + 1}, "quantity"),
        ({"state": -1, "counterpart": 201}, "state"), ({"unit_price": 10**15 + 1}, "unit_price"),
        ({"quantity": Decimal(2), "unit_price": 10**15}, "unit_price"), ({"state": 10**15 + 1}, "state"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_says_which_part(told: dict[str, object], field: str) -> None:
    with pytest.raises(BadLine) as raised:
        checked(line(**told))
    assert raised.value.field == field


def test_half_a_dong_is_rounded_up_once() -> None:
    assert [amount_of(Decimal(q), 1001) for q in ("0.5", "1.5", "0.499")] == [501, 1502, 499]


@pytest.mark.parametrize(("text", "value"), [("2", "2"), ("12,5", "12.5"), ("1.000", "1000"), ("0,125", "0.125")])
def test_a_quantity_is_read_as_it_is_written(text: str, value: str) -> None:
    assert read_quantity(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "khoảng 2", "2 cái", "0,1234", "hai"])
def test_a_quantity_that_cannot_be_read(text: str) -> None:
    with pytest.raises(BadLine):
        read_quantity(text)


def test_the_laws_share_and_cap_and_the_calls_own() -> None:
    sums = Totals(1_000_000_000, 400_000_000, 600_000_000, 0)
    found = limits(sums, share=Rate.of("50%"), cap=300_000_000, call_most=350_000_000, known=True)
    assert [(one.id, one.most, one.over) for one in found] == [
        ("share", 500_000_000, 0), ("cap", 300_000_000, 100_000_000), ("call", 350_000_000, 50_000_000),
    ]  # fmt: skip


def test_a_level_that_may_not_be_used_holds_nothing_back() -> None:
    sums = Totals(100, 90, 10, 0)
    assert limits(sums, share=None, cap=None, call_most=None, known=False) == (Limit("law", None, 90),)
    assert limits(sums, share=None, cap=None, call_most=None, known=False)[0].over == 0
    assert limits(sums, share=None, cap=None, call_most=None, known=True) == ()


def test_the_share_shown_never_hides_what_is_over() -> None:
    assert Totals(3, 1, 2, 0).state_share == 3334
    assert Totals(0, 0, 0, 0).state_share is None


def test_shares_of_a_group_add_up() -> None:
    assert shares_match(100, [60, 40]) and not shares_match(100, [60, 39])
