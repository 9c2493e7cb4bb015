"""Calibrated scores as programs read them."""

from typing import Any

from matxich.rulebook.calibration.model import Calibrated


def calibrated_json(result: Calibrated) -> dict[str, Any]:
    """Keys cases and reviewers; null for what cannot be told, never 0."""
    return {
        "cases": [
            {
                "case": each.case,
                "mean": each.mean,
                "adjusted": each.adjusted,
                "low": each.low,
                "high": each.high,
                "n": each.ballots,
                "flag": each.flag or None,
            }
            for each in result.cases
        ],
        "reviewers": [{"reviewer": each.reviewer, "severity": each.severity} for each in result.reviewers],
    }
