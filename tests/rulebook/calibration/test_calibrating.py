"""Calibration: what has to hold of any estimate, simulated councils, and inputs that say too little."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matxich.rulebook.calibration import Calibrated, CaseScore, Score, Severity, calibrate
from matxich.rulebook.calibration.checking import faults

CAREFUL = settings(max_examples=60, deadline=None)
PLACES = 1e-5


@st.composite
def ballots(draw: st.DrawFn) -> list[Score]:
    """Any part of a table of up to six cases and five reviewers, some ballots without a score."""
    pairs = [(f"c{case}", f"r{reviewer}") for case in range(6) for reviewer in range(5)]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=20, unique=True))
    points = st.one_of(st.none(), st.integers(0, 400).map(lambda quarter: quarter / 4))
    return [Score(case, reviewer, draw(points)) for case, reviewer in chosen]


def table(points: list[list[float | None]]) -> list[Score]:
    """One row a case; None for a ballot that was not cast at all."""
    return [
        Score(f"c{case}", f"r{reviewer}", value)
        for case, row in enumerate(points)
        for reviewer, value in enumerate(row)
        if value is not None
    ]


def severities(found: Calibrated) -> list[float | None]:
    return [each.severity for each in found.reviewers]


@CAREFUL
@given(ballots(), st.sampled_from((None, 50.0)))
def test_means_are_those_of_the_ballots_and_adjustments_those_of_the_severities(
    scores: list[Score], threshold: float | None
) -> None:
    assert faults(scores, calibrate(scores, threshold)) == ()


@CAREFUL
@given(ballots(), st.integers(1, 200))
def test_points_added_to_every_score_are_added_to_every_result(scores: list[Score], more: int) -> None:
    before = calibrate(scores)
    after = calibrate(
        [Score(each.case, each.reviewer, None if each.score is None else each.score + more) for each in scores]
    )
    assert [each.severity for each in after.reviewers] == pytest.approx(severities(before), abs=1e-3)
    for one, two in zip(before.cases, after.cases, strict=True):
        assert (one.mean is None, one.low is None) == (two.mean is None, two.low is None)
        if one.mean is not None and one.adjusted is not None:
            assert two.mean == pytest.approx(one.mean + more)
            assert two.adjusted == pytest.approx(one.adjusted + more, abs=1e-3)


@CAREFUL
@given(ballots(), st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_changes_nothing(scores: list[Score], chance: object) -> None:
    other = list(scores)
    chance.shuffle(other)  # type: ignore[attr-defined]
    one, two = calibrate(scores, 50), calibrate(other, 50)
    assert (set(one.cases), set(one.reviewers)) == (set(two.cases), set(two.reviewers))


@CAREFUL
@given(st.lists(st.lists(st.integers(0, 100), min_size=4, max_size=4), min_size=1, max_size=8))
def test_where_everybody_scored_everything_the_mean_stays(rows: list[list[int]]) -> None:
    for each in calibrate(table([list(map(float, row)) for row in rows])).cases:
        assert each.adjusted == pytest.approx(each.mean, abs=PLACES)


@CAREFUL
@given(ballots())
def test_severities_within_a_linked_group_sum_to_nothing(scores: list[Score]) -> None:
    told = [each for each in severities(calibrate(scores)) if each is not None]
    assert sum(told) == pytest.approx(0, abs=1e-4)


def test_equally_severe_reviewers_change_nothing() -> None:
    scores = table([[70, 70, None], [None, 60, 60], [81, None, 81], [50, 50, 50]])
    assert [each.adjusted for each in calibrate(scores).cases] == [70, 60, 81, 50]
    assert severities(calibrate(scores)) == [0, 0, 0]


def test_reviewers_who_explain_everything_are_taken_out_whole() -> None:
    """Case 60 to 63, severities 3, 0, −3, no chance: the case that the generous one did not score is put right."""
    scores = table([[57, 60, None], [58, 61, 64], [59, 62, 65], [60, 63, 66]])
    found = calibrate(scores)
    assert severities(found) == [3, 0, -3]
    assert [(each.mean, each.adjusted, each.low, each.high) for each in found.cases] == [
        (58.5, 60, 60, 60), (61, 61, 61, 61), (62, 62, 62, 62), (63, 63, 63, 63),
    ]  # fmt: skip


def test_little_evidence_is_shrunk() -> None:
    """The severe one differs by 8 points from the mean of the others, of which not all is believed."""
    scores = table([[60, 69, 71], [55, 62, 63], [70, 80, 77], [61, 68, None]])
    (severe, *_others) = severities(calibrate(scores))
    assert severe is not None
    assert 4 < severe < 6


def test_simulated_councils_of_incomplete_panels() -> None:
    """120 cases, 3 of 30 reviewers each: the adjusted order is nearer to the true one, intervals hold what they say."""
    nearer, held = [], []
    for seed in range(5):
        chance = np.random.default_rng(seed)
        quality, severity = chance.normal(70, 6, 120), chance.normal(0, 6, 30)
        scores = [
            Score(f"c{case:03}", f"r{place:02}", float(quality[case] - severity[place] + chance.normal(0, 4)))
            for case in range(120)
            for place in chance.choice(30, 3, replace=False)
        ]
        found = calibrate(scores)
        ranks = [np.argsort(np.argsort(values)) for values in (
            quality, [each.mean for each in found.cases], [each.adjusted for each in found.cases]
        )]  # fmt: skip
        nearer.append(np.corrcoef(ranks[0], ranks[2])[0, 1] - np.corrcoef(ranks[0], ranks[1])[0, 1])
        held.append(np.mean([each.low <= q <= each.high for q, each in zip(quality, found.cases, strict=True)]))  # type: ignore[operator]
    assert min(nearer) > 0.05
    assert 0.9 < np.mean(held) <= 1


@pytest.mark.parametrize(
    ("scores", "cases", "told"),
    [
        ([Score("a", "x", 70)], [CaseScore("a", 70, 70, None, None, 1, "few")], [None]),
        ([Score("a", "x", None)], [CaseScore("a", None, None, None, None, 0, "no_ballots")], [None]),
        (
            [Score("a", "x", 70), Score("b", "x", 60)],
            [CaseScore("a", 70, 70, None, None, 1, "few"), CaseScore("b", 60, 60, None, None, 1, "few")],
            [None],
        ),
        (
            [Score("a", "x", 70), Score("a", "y", 70), Score("a", "z", 70)],
            [CaseScore("a", 70, 70, 70, 70, 3, "")],
            [None, None, None],
        ),
    ],
    ids=("one ballot", "nobody could say", "one reviewer", "one case"),
)
def test_what_cannot_be_told_is_nothing_never_zero(
    scores: list[Score], cases: list[CaseScore], told: list[float | None]
) -> None:
    found = calibrate(scores)
    assert (list(found.cases), severities(found)) == (cases, told)


def test_groups_that_share_no_case() -> None:
    scores = table([[70, 66], [64, 60], [50, 46], [71, 68]])
    scores += [Score(f"d{n}", f"s{m}", 80.0 - 10 * m + n) for n in range(2) for m in range(2)]
    found = calibrate(scores, 65)
    flags = {each.case: each.flag for each in found.cases}
    assert {flags["d0"], flags["d1"]} <= {"apart", "near", "crosses"}
    assert flags["c2"] == "few"
    by_name = {each.reviewer: each.severity for each in found.reviewers}
    assert by_name["r0"] == pytest.approx(-by_name["r1"])  # type: ignore[operator]
    assert by_name["s0"] == pytest.approx(-by_name["s1"])  # type: ignore[operator]


@pytest.mark.parametrize(
    ("rows", "flag"),
    [
        ([[62, 66, None], [58, 64, 70], [60, 66, 72], [61, 66, 73], [40, 46, 52]], "crosses"),
        ([[66, None, None], [64, 70, 68], [60, 71, 66], [61, 60, 63]], "near_recused"),
        ([[66, 64, 67], [64, 70, 68], [60, 71, 66], [61, 60, 63]], "near"),
        ([[90, 91, None], [64, 65, 66], [60, 60, 61]], "few"),
        ([[90, 91, 92], [64, 65, 66], [60, 60, 61]], ""),
    ],
)
def test_flags(rows: list[list[float | None]], flag: str) -> None:
    assert calibrate(table(rows), 65).cases[0].flag == flag


def test_somebody_who_stood_aside_counts_as_missing() -> None:
    scores = table([[66, 64, 67], [64, 70, 68], [60, 71, 66], [61, 60, 63]])
    assert calibrate(scores, 65).cases[0].flag == "near"
    assert calibrate([*scores, Score("c0", "r9", None)], 65).cases[0].flag == "near_recused"
    assert calibrate([*scores, Score("c0", "r9", None)], 65).reviewers[-1] == Severity("r9", None)


def test_without_a_threshold_none_is_near() -> None:
    assert calibrate(table([[66, 64, 67], [64, 70, 68]])).cases[0].flag == ""


def test_the_legal_mean_is_exact() -> None:
    assert calibrate(table([[64.9, 65.1, 65.0]])).cases[0].mean == 65.0
    assert calibrate(table([[0.1, 0.2, 0.3]])).cases[0].mean == 0.2


def test_the_checker_sees_what_is_wrong() -> None:
    scores = table([[70, 60], [66, 62]])
    wrong = Calibrated((CaseScore("c0", 66, 80, 1, 2, 3), CaseScore("c1", 64, 64, 65, 66, 2)),
                       (Severity("r0", None), Severity("r1", None)))  # fmt: skip
    assert [code for code, _params in faults(scores, wrong)] == ["ballots", "mean", "adjusted", "interval"]
    assert faults(scores, Calibrated((), ())) == (("cases", {}),)
    assert faults(scores, replace(wrong, reviewers=())) == (("reviewers", {}),)
