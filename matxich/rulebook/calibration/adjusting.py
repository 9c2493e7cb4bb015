"""Severity of reviewers and scores without it: an additive mixed model, fitted by restricted likelihood.

A score is case + reviewer + chance: y = X b + Z u + e, cases fixed, reviewers u ~ N(0, t²), chance e ~ N(0, s²). The
ratio t²/s² is that of greatest restricted likelihood (Patterson, Thompson 1971); u is the best linear unbiased
prediction (Henderson 1975; Robinson 1991, "That BLUP is a good thing"), an empirical-Bayes estimate: what a reviewer
seems to take off is shrunk towards nothing, the more the fewer ballots show it. The severity of a reviewer is −u, and
a case's adjusted score is the mean over its ballots of score + severity.

What follows, and is tested: in a group of reviewers linked by cases they share, severities sum to 0; a case that the
whole group scored keeps its mean; points added to every score are added to every adjusted score; equally severe
reviewers change nothing.

Intervals are of 95 %, from the prediction error of the mixed model with t quantiles of the degrees of freedom left by
cases and reviewers. They treat the general level of a group as given: all of it is compared with one threshold.
Groups that share no case cannot be compared with each other; within each the sentences above hold.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matxich.rulebook.calibration.model import Calibrated, CaseScore, Score, Severity

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]

CONFIDENCE = 0.95
FEW = 2
"""So many ballots or fewer are few."""
_DIGITS = 6
_NIL = 1e-9
_RATIOS = -14.0, 18.0
"""Natural logarithms between which the ratio is sought, in rounds of ever finer points."""
_POINTS, _ROUNDS = 129, 5


class _Ballots(NamedTuple):
    """Scores in the order of their cases, with the places of cases and reviewers; `group` of each reviewer."""

    case: Ints
    reviewer: Ints
    points: Floats
    group: Ints
    numbers: Ints
    """Ballots of each case."""
    ends: Ints
    """Where the ballots of each case end."""


class _Fitted(NamedTuple):
    """`shift` of each reviewer (u), NaN where nothing shows it; `error`: half an interval of each case, or NaN."""

    shift: Floats
    error: Floats


def calibrate(scores: Iterable[Score], threshold: float | None = None) -> Calibrated:
    """At most one score of a reviewer for a case. Without a threshold nothing is flagged because of it.

    The same whatever the order of the scores; adjusted figures and intervals to six decimals.
    """
    every = list(scores)
    given = sorted((each for each in every if each.score is not None), key=lambda each: (each.case, each.reviewer))
    cases = {name: place for place, name in enumerate(sorted({each.case for each in given}))}
    reviewers = {name: place for place, name in enumerate(sorted({each.reviewer for each in given}))}
    told: dict[str, CaseScore] = {}
    severity: dict[str, float | None] = {}
    if given:
        ballots = _ballots(given, cases, reviewers)
        fitted = _fit(ballots)
        stood_aside = {each.case for each in every if each.score is None}
        apart = _apart(ballots)
        for name, place in cases.items():
            told[name] = _told(name, place, ballots, fitted)
        severity = {name: _rounded(-fitted.shift[place]) for name, place in reviewers.items()}
        most = int(ballots.numbers.max())
        told = {
            name: replace(
                each, flag=_flag(each, threshold, each.ballots < most or name in stood_aside, bool(apart[cases[name]]))
            )
            for name, each in told.items()
        }
    return Calibrated(
        tuple(
            told.get(name, CaseScore(name, None, None, None, None, 0, "no_ballots"))
            for name in dict.fromkeys(each.case for each in every)
        ),
        tuple(Severity(name, severity.get(name)) for name in dict.fromkeys(each.reviewer for each in every)),
    )


def _ballots(given: Sequence[Score], cases: dict[str, int], reviewers: dict[str, int]) -> _Ballots:
    case = np.array([cases[each.case] for each in given], np.int64)
    reviewer = np.array([reviewers[each.reviewer] for each in given], np.int64)
    points = np.array([each.score for each in given], float)
    numbers = np.bincount(case)
    return _Ballots(case, reviewer, points, _groups(case, reviewer, len(reviewers)), numbers, numbers.cumsum())


def _groups(case: Ints, reviewer: Ints, reviewers: int) -> Ints:
    """Reviewers linked by cases they share have the same number: the least place among them."""
    group = np.arange(reviewers)
    while True:
        of_case = np.full(int(case.max()) + 1, reviewers)
        np.minimum.at(of_case, case, group[reviewer])
        nearer = group.copy()
        np.minimum.at(nearer, reviewer, of_case[case])
        if (nearer == group).all():
            return group
        group = nearer


def _apart(ballots: _Ballots) -> NDArray[np.bool_]:
    """Cases outside the largest group: their scores are compared with nobody's there."""
    of_ballot = ballots.group[ballots.reviewer]
    largest = int(np.argmax(np.bincount(of_ballot)))
    found = np.zeros(len(ballots.numbers), bool)
    found[ballots.case] = of_ballot != largest
    return found


def _fit(ballots: _Ballots) -> _Fitted:
    """The mixed model, in the eigenvectors of the matrix of reviewers with cases swept out."""
    from scipy.special import stdtrit  # noqa: PLC0415 - scipy is heavy, and little else needs it

    cases, reviewers, number = len(ballots.numbers), len(ballots.group), len(ballots.points)
    share = np.zeros((cases, reviewers))
    share[ballots.case, ballots.reviewer] = 1 / ballots.numbers[ballots.case]
    mean = np.bincount(ballots.case, ballots.points) / ballots.numbers
    swept = ballots.points - mean[ballots.case]
    right = np.bincount(ballots.reviewer, swept, minlength=reviewers)
    matrix = np.diag(np.bincount(ballots.reviewer, minlength=reviewers).astype(float))
    matrix -= (share * ballots.numbers[:, None]).T @ share
    values, vectors = np.linalg.eigh(matrix)
    linked = reviewers - len(np.unique(ballots.group))
    values, vectors = values[reviewers - linked :], vectors[:, reviewers - linked :]
    along = vectors.T @ right
    explained = along**2 / values
    whole = float(swept @ swept)
    rest = max(0.0, whole - float(explained.sum()))
    within, freedom = number - cases, number - cases - linked
    alone = np.bincount(ballots.group, minlength=reviewers)[ballots.group] == 1
    if freedom <= 0:  # what is severity and what is chance cannot be told apart
        spread, kept, measured = whole / max(1, within), np.zeros(linked), np.zeros(reviewers, bool)
    else:
        ratio = _ratio(explained, values, rest, within, nothing=_NIL * (1 + float(np.abs(ballots.points).max())) ** 2)
        kept = 1 / values if np.isinf(ratio) else ratio / (1 + ratio * values)
        spread = (rest + float((explained * (1 - kept * values)).sum())) / within
        measured = ~alone
    shift = np.where(measured, vectors @ (kept * along), np.nan)
    variance = spread * (1 / ballots.numbers + ((share @ vectors) ** 2 @ kept))
    width = stdtrit(max(freedom, 0) or within, (1 + CONFIDENCE) / 2) if within > 0 else np.nan
    return _Fitted(shift, width * np.sqrt(variance))


def _ratio(explained: Floats, values: Floats, rest: float, within: int, *, nothing: float) -> float:
    """t²/s² of greatest restricted likelihood; infinite where reviewers explain all that differs within cases."""
    if rest + explained.sum() <= nothing:
        return 0.0
    if rest <= _NIL * explained.sum():
        return float("inf")

    low, high = _RATIOS
    best = 0.0
    for _round in range(_ROUNDS):
        ratios = np.exp(np.linspace(low, high, _POINTS))
        grown = 1 + ratios[:, None] * values
        misfit = within * np.log(rest + (explained / grown).sum(axis=1)) + np.log(grown).sum(axis=1)
        place = int(np.argmin(misfit))
        if misfit[place] >= within * np.log(rest + explained.sum()):
            return 0.0
        best, step = float(ratios[place]), (high - low) / (_POINTS - 1)
        low, high = np.log(best) - step, np.log(best) + step
    return best


def _told(name: str, place: int, ballots: _Ballots, fitted: _Fitted) -> CaseScore:
    number, end = int(ballots.numbers[place]), int(ballots.ends[place])
    own = slice(end - number, end)
    exact = sum((Fraction(repr(float(each))) for each in ballots.points[own]), Fraction()) / number
    mean, error = float(exact), float(fitted.error[place])
    adjusted = mean - float(np.nan_to_num(fitted.shift[ballots.reviewer[own]]).mean())
    return CaseScore(name, mean, _rounded(adjusted), _rounded(adjusted - error), _rounded(adjusted + error), number)


def _rounded(value: float) -> float | None:
    """None for what cannot be told; never −0."""
    return None if np.isnan(value) else round(float(value), _DIGITS) + 0.0


def _flag(case: CaseScore, threshold: float | None, fewer: bool, apart: bool) -> str:
    """The first of FLAGS that holds. `fewer`: ballots than other cases have, or somebody stood aside."""
    if threshold is not None and case.mean is not None and case.adjusted is not None:
        if (case.mean >= threshold) != (case.adjusted >= threshold):
            return "crosses"
        if case.low is not None and case.high is not None and case.low <= threshold <= case.high:
            return "near_recused" if fewer else "near"
    if apart:
        return "apart"
    return "few" if case.ballots <= FEW else ""
