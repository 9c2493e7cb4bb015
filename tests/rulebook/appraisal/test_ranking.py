"""The order of cases and how ties are broken."""

from datetime import UTC, datetime
from fractions import Fraction

from matxich.rulebook.appraisal.ranking import Entry, Place, ranked
from matxich.rulebook.law.truth import Truth

DAY = datetime(2026, 11, 20, tzinfo=UTC)


def entry(id: int, mean: int | None, asked: int = 1, truth: Truth = Truth.YES, **more: object) -> Entry:
    return Entry(id, truth, None if mean is None else Fraction(mean), None, asked, **more)  # type: ignore[arg-type]


def test_recommended_cases_go_first_whatever_the_mean():
    found = ranked([entry(1, 95, truth=Truth.NO), entry(2, 70), entry(3, 80), entry(4, None, truth=Truth.UNKNOWN)], ())
    assert [(each.id, each.rank) for each in found] == [(3, 1), (2, 2), (4, 3), (1, 4)]


def test_ties_are_broken_by_the_rule_and_told():
    cases = [entry(1, 80, asked=300), entry(2, 80, asked=200), entry(3, 80, asked=200, submitted=DAY)]
    assert ranked(cases, ("submitted",)) == (Place(3, 1), Place(2, 2, "submitted"), Place(1, 3, "asked"))
    assert [(each.id, each.rank) for each in ranked(cases, ())] == [(2, 1), (3, 1), (1, 3)]
