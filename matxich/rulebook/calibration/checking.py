"""Calibrated scores held against the ballots once more: what has to hold whatever the estimate."""

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction

from matxich.rulebook.calibration.model import Calibrated, Score

_SLIP = 1e-5

# Message keys: Vietnamese source texts that screens translate, then fill with the parameters.
FAULTS: dict[str, str] = {
    "cases": "Danh sách đề án của kết quả khác danh sách của các phiếu.",
    "reviewers": "Danh sách người chấm của kết quả khác danh sách của các phiếu.",
    "ballots": "%(case)s: ghi %(told)s phiếu, đếm lại là %(found)s.",
    "mean": "%(case)s: điểm trung bình ghi %(told)s, tính lại là %(found)s.",
    "adjusted": "%(case)s: điểm điều chỉnh ghi %(told)s, tính lại từ độ khắt khe là %(found)s.",
    "interval": "%(case)s: khoảng tin cậy không chứa điểm điều chỉnh.",
}


def faults(scores: Iterable[Score], result: Calibrated) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """What is wrong: keys of FAULTS with their parameters, () where means and adjustments are those of the ballots."""
    by_case: dict[str, list[Score]] = {}
    every = list(scores)
    for each in every:
        by_case.setdefault(each.case, []).append(each)
    if [each.case for each in result.cases] != list(by_case):
        return (("cases", {}),)
    if [each.reviewer for each in result.reviewers] != list(dict.fromkeys(each.reviewer for each in every)):
        return (("reviewers", {}),)
    severity = {each.reviewer: each.severity or 0.0 for each in result.reviewers}
    found: list[tuple[str, Mapping[str, object]]] = []
    for told in result.cases:
        ballots = [each for each in by_case[told.case] if each.score is not None]
        if told.ballots != len(ballots):
            found.append(("ballots", {"case": told.case, "told": told.ballots, "found": len(ballots)}))
        if not ballots:
            if told.mean is not None or told.adjusted is not None:
                found.append(("mean", {"case": told.case, "told": told.mean, "found": None}))
            continue
        mean = sum((Fraction(repr(float(each.score or 0))) for each in ballots), Fraction()) / len(ballots)
        if told.mean != float(mean):
            found.append(("mean", {"case": told.case, "told": told.mean, "found": float(mean)}))
        adjusted = float(mean) + math.fsum(severity[each.reviewer] for each in ballots) / len(ballots)
        if told.adjusted is None or not math.isclose(told.adjusted, adjusted, abs_tol=_SLIP):
            found.append(("adjusted", {"case": told.case, "told": told.adjusted, "found": adjusted}))
        elif told.low is not None and told.high is not None and not told.low <= told.adjusted <= told.high:
            found.append(("interval", {"case": told.case}))
    return tuple(found)
