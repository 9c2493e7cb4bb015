"""Exact values, gains with their direction, what lasts."""

from decimal import Decimal as D
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.coaching.instruments import kpi_sheet
from matxich.rulebook.coaching.kpi import (
    ABOVE_MOST,
    NEGATIVE,
    NO_DENOMINATOR,
    NO_NUMERATOR,
    ZERO_DENOMINATOR,
    DefinitionChanged,
    Value,
    demand_unchanged,
    formula_of,
    gain,
    lasts,
    product_of,
    rounded,
    sustained_share,
    value,
)

OEE, DEFECTS, LEAD = kpi_sheet()["oee@1"], kpi_sheet()["defects@1"], kpi_sheet()["lead_time@1"]


@pytest.mark.parametrize(
    ("kpi", "top", "below", "exact", "why"),
    [
        (OEE, D(29), D(50), F(58), ""),
        (OEE, D(1), D(3), F(100, 3), ""),
        (OEE, D(0), D(50), F(0), ""),
        (OEE, D(1), D(0), None, ZERO_DENOMINATOR),
        (OEE, D(0), D(0), None, ZERO_DENOMINATOR),
        (OEE, D(1), None, None, NO_DENOMINATOR),
        (OEE, None, D(1), None, NO_NUMERATOR),
        (OEE, D(-1), D(2), None, NEGATIVE),
        (OEE, D(51), D(50), None, ABOVE_MOST),
        (DEFECTS, D(19), D(1000), F(19000), ""),
        (LEAD, D("12.5"), None, F(25, 2), ""),
        (LEAD, D("12.5"), D(0), F(25, 2), ""),
    ],
)
def test_values(kpi, top, below, exact, why):
    assert value(kpi, top, below) == Value(exact, why)


@given(st.decimals(0, 10**6, places=3), st.decimals(D("0.001"), 10**6, places=3))
def test_a_value_is_the_exact_fraction(top, below):
    found = value(DEFECTS, top, below)
    if found.exact is not None:
        assert found.exact == F(top) / F(below) * 1_000_000
    else:
        assert (found.why, top > below) == (ABOVE_MOST, True)


@pytest.mark.parametrize(
    ("exact", "places", "shown"),
    [(F(1, 3), 1, "0.3"), (F(1, 2), 0, "1"), (F(-1, 2), 0, "-1"), (F(5, 100), 1, "0.1"), (F(58), 1, "58.0"), (F(0), 2, "0.00")],
)  # fmt: skip
def test_a_half_is_rounded_away_from_zero(exact, places, shown):
    assert str(rounded(exact, places)) == shown


@pytest.mark.parametrize(
    ("kpi", "base", "now", "amount", "relative"),
    [
        (OEE, F(58), F(71), F(13), F(13, 58)),
        (OEE, F(58), F(50), F(-8), F(-8, 58)),
        (DEFECTS, F(42000), F(19000), F(23000), F(23, 42)),
        (DEFECTS, F(10), F(20), F(-10), F(-1)),
        (LEAD, F(21), F(21), F(0), F(0)),
    ],
)
def test_a_gain_knows_its_direction(kpi, base, now, amount, relative):
    found = gain(kpi, Value(base), Value(now))
    assert (found.amount, found.relative, found.is_better) == (amount, relative, amount > 0)


def test_no_gain_without_both_and_no_share_of_nothing():
    assert gain(OEE, Value(None, ZERO_DENOMINATOR), Value(F(1))).amount is None
    found = gain(OEE, Value(F(0)), Value(F(5)))
    assert (found.amount, found.relative, found.why) == (F(5), None, "zero_base")


def test_oee_is_the_product_of_its_parts():
    parts = [Value(F(90)), Value(F(95)), Value(F(99))]
    assert product_of(parts) == Value(F(90 * 95 * 99, 10_000))
    assert product_of([*parts, Value(None, "not_measured")]) == Value(None, "not_measured")


@pytest.mark.parametrize(
    ("later", "kept"), [(F(71), True), (F("68.4"), True), (F("68.3"), False), (F(58), False), (None, None)]
)
def test_four_fifths_of_the_gain_last(later, kept):
    base = Value(F(58))
    at_end = gain(OEE, base, Value(F(71)))
    assert lasts(at_end, gain(OEE, base, Value(later, "" if later is not None else "not_measured"))) is kept


def test_what_had_no_gain_is_in_neither_count():
    base = Value(F(50))
    better, worse = gain(OEE, base, Value(F(60))), gain(OEE, base, Value(F(40)))
    found = sustained_share([(better, better), (better, worse), (worse, better)])
    assert (found.kept, found.of, found.share) == (1, 2, F(1, 2))
    assert sustained_share([]).share is None


@pytest.mark.parametrize("part", ["unit", "scale", "better", "numerator"])
def test_a_version_says_what_it_said(part):
    known = formula_of(OEE)
    demand_unchanged(known, dict(known), "oee@1")
    with pytest.raises(DefinitionChanged) as error:
        demand_unchanged(known, known | {part: "other"}, "oee@1")
    assert error.value.parts == (part,)
