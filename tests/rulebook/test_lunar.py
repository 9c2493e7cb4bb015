"""The lunar calendar at UTC+7 against published dates."""

from datetime import date, timedelta

import pytest

from matxich.rulebook.lunar import hung_kings_day, lunar_date, tet

# Where Viet Nam differs from Beijing's reckoning (1985, 2007, 2030) the local date is the published one.
TET = """
1968-01-29 1985-01-21 2000-02-05 2001-01-24 2002-02-12 2003-02-01 2004-01-22 2005-02-09 2006-01-29 2007-02-17
2008-02-07 2009-01-26 2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28
2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06
2028-01-26 2029-02-13 2030-02-02
"""
HUNG_KINGS = ["2019-04-14", "2020-04-02", "2021-04-21", "2022-04-10", "2023-04-29", "2024-04-18", "2025-04-07"]
LEAP_MONTHS = [(2004, 2), (2006, 7), (2009, 5), (2012, 4), (2014, 9), (2017, 6), (2020, 4), (2023, 2), (2025, 6)]


@pytest.mark.parametrize("day", [date.fromisoformat(text) for text in TET.split()], ids=str)
def test_tet(day: date) -> None:
    assert tet(day.year) == day


@pytest.mark.parametrize("day", [date.fromisoformat(text) for text in HUNG_KINGS], ids=str)
def test_hung_kings_day(day: date) -> None:
    assert hung_kings_day(day.year) == day


@pytest.mark.parametrize(("year", "month"), LEAP_MONTHS)
def test_leap_months(year: int, month: int) -> None:
    assert lunar_date(year, month, 1, leap=True) - lunar_date(year, month, 1) in (timedelta(29), timedelta(30))


def test_a_year_without_that_leap_month_says_so() -> None:
    with pytest.raises(LookupError, match="No leap month 3 in lunar year 2026"):
        lunar_date(2026, 3, 1, leap=True)


def test_years_join_without_gap() -> None:
    for year in range(1950, 2050):
        assert tet(year + 1) - tet(year) in [timedelta(days) for days in (353, 354, 355, 383, 384, 385)]
        assert tet(year + 1) - lunar_date(year, 12, 1) in (timedelta(29), timedelta(30))
