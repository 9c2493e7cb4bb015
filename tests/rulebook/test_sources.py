"""Names of trust, the order in which sources win, and when a list is due."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.projection import Told
from matxich.rulebook.sources import MONTHS, RANKS, TRUST_LEVELS, lateness, next_due, trust_level


@given(st.integers(0, 100))
def test_every_trust_has_one_name(trust: int) -> None:
    level = trust_level(trust)
    above = [one for one in TRUST_LEVELS if one.least > level.least]
    assert level.least <= trust < min((one.least for one in above), default=101)


def test_levels_go_down_and_are_typical_of_themselves() -> None:
    assert all(higher.least > lower.least for higher, lower in pairwise(TRUST_LEVELS))
    assert [trust_level(level.typical) for level in TRUST_LEVELS] == list(TRUST_LEVELS)
    assert (TRUST_LEVELS[-1].least, [level.typical for level in TRUST_LEVELS]) == (0, [90, 70, 50, 30])


def test_what_pages_say_decides_is_what_decides() -> None:
    told = Told(7, "workers", 1, 2, date(2026, 1, 1), 50, None, True)  # type: ignore[arg-type]
    assert told.rank == (*(getattr(told, name) for name in RANKS), told.id)


@pytest.mark.parametrize(
    ("last", "rhythm", "due"),
    [
        (date(2025, 12, 31), "quarterly", date(2026, 3, 31)),
        (date(2026, 6, 30), "half_yearly", date(2026, 12, 31)),
        (date(2024, 2, 29), "yearly", date(2025, 2, 28)),
        (date(2025, 11, 30), "quarterly", date(2026, 2, 28)),
        (date(2025, 8, 30), "half_yearly", date(2026, 2, 28)),
        (date(2026, 1, 15), "quarterly", date(2026, 4, 15)),
        (date(2026, 1, 15), "none", None),
    ],
)
def test_due_a_period_later(last: date, rhythm: str, due: date | None) -> None:
    assert next_due(last, rhythm) == due


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(sorted(MONTHS)))
def test_due_is_as_many_months_later(last: date, rhythm: str) -> None:
    due = next_due(last, rhythm)
    assert due and (due.year - last.year) * 12 + due.month - last.month == MONTHS[rhythm]


def test_late_only_after_a_while() -> None:
    due = date(2026, 12, 31)
    days = {-1: "", 0: "due", 30: "due", 31: "overdue"}
    assert {after: lateness(due, due + timedelta(days=after)) for after in days} == days
    assert lateness(None, due) == ""
