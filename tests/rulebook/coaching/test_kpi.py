"""Exact values, gains with their direction, what lasts."""

from decimal import Decimal
from fractions import Fraction

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
        (OEE, Decimal(29), Decimal(50), Fraction(58), ""),
        (OEE, Decimal(1), Decimal(3), Fraction(100, 3), ""),
        (OEE, Decimal(0), Decimal(50), Fraction(0), ""),
        (OEE, Decimal(1), Decimal(0), None, ZERO_DENOMINATOR),
        (OEE, Decimal(0), Decimal(0), None, ZERO_DENOMINATOR),
        (OEE, Decimal(1), None, None, NO_DENOMINATOR),
        (OEE, None, Decimal(1), None, NO_NUMERATOR),
        (OEE, Decimal(-1), Decimal(2), None, NEGATIVE),
        (OEE, Decimal(51), Decimal(50), None, ABOVE_MOST),
        (DEFECTS, Decimal(19), Decimal(1000), Fraction(19000), ""),
        (LEAD, Decimal("12.5"), None, Fraction(25, 2), ""),
        (LEAD, Decimal("12.5"), Decimal(0), Fraction(25, 2), ""),
    ],
)
def test_values(kpi, top, below, exact, why):
    assert value(kpi, top, below) == Value(exact, why)


@given(st.decimals(0, 10**6, places=3), st.decimals(Decimal("0.001"), 10**6, places=3))
def test_a_value_is_the_exact_fraction(top, below):
    found = value(DEFECTS, top, below)
    if found.exact is not None:
        assert found.exact == Fraction(top) / Fraction(below) * 1_000_000
    else:
        assert (found.why, top > below) == (ABOVE_MOST, True)


@pytest.mark.parametrize(
    ("exact", "places", "shown"),
    [
        (Fraction(1, 3), 1, "0.3"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(5, 100), 1, "0.1"),
        (Fraction(58), 1, "58.0"),
        (Fraction(0), 2, "0.00"),
    ],
)
def test_a_half_is_rounded_away_from_zero(exact, places, shown):
    assert str(rounded(exact, places)) == shown


@pytest.mark.parametrize(
    ("kpi", "base", "now", "amount", "relative"),
    [
        (OEE, Fraction(58), Fraction(71), Fraction(13), Fraction(13, 58)),
        (OEE, Fraction(58), Fraction(50), Fraction(-8), Fraction(-8, 58)),
        (DEFECTS, Fraction(42000), Fraction(19000), Fraction(23000), Fraction(23, 42)),
        (DEFECTS, Fraction(10), Fraction(20), Fraction(-10), Fraction(-1)),
        (LEAD, Fraction(21), Fraction(21), Fraction(0), Fraction(0)),
    ],
)
def test_a_gain_knows_its_direction(kpi, base, now, amount, relative):
    found = gain(kpi, Value(base), Value(now))
    assert (found.amount, found.relative, found.is_better) == (amount, relative, amount > 0)


def test_no_gain_without_both_and_no_share_of_nothing():
    assert gain(OEE, Value(None, ZERO_DENOMINATOR), Value(Fraction(1))).amount is None
    found = gain(OEE, Value(Fraction(0)), Value(Fraction(5)))
    assert (found.amount, found.relative, found.why) == (Fraction(5), None, "zero_base")


def test_oee_is_the_product_of_its_parts():
    parts = [Value(Fraction(90)), Value(Fraction(95)), Value(Fraction(99))]
    assert product_of(parts) == Value(Fraction(90 * 95 * 99, 10_000))
    assert product_of([*parts, Value(None, "not_measured")]) == Value(None, "not_measured")


@pytest.mark.parametrize(
    ("later", "kept"),
    [(Fraction(71), True), (Fraction("68.4"), True), (Fraction("68.3"), False), (Fraction(58), False), (None, None)],
)
def test_four_fifths_of_the_gain_last(later, kept):
    base = Value(Fraction(58))
    at_end = gain(OEE, base, Value(Fraction(71)))
    assert lasts(at_end, gain(OEE, base, Value(later, "" if later is not None else "not_measured"))) is kept


def test_what_had_no_gain_is_in_neither_count():
    base = Value(Fraction(50))
    better, worse = gain(OEE, base, Value(Fraction(60))), gain(OEE, base, Value(Fraction(40)))
    found = sustained_share([(better, better), (better, worse), (worse, better)])
    assert (found.kept, found.of, found.share) == (1, 2, Fraction(1, 2))
    assert sustained_share([]).share is None


@pytest.mark.parametrize("part", ["unit", "scale", "better", "numerator"])
def test_a_version_says_what_it_said(part):
    known = formula_of(OEE)
    demand_unchanged(known, dict(known), "oee@1")
    with pytest.raises(DefinitionChanged) as error:
        demand_unchanged(known, known | {part: "other"}, "oee@1")
    assert error.value.parts == (part,)
