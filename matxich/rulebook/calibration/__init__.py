"""Scores as if every reviewer had been equally severe: advice beside the legal mean, never in its place."""

from matxich.rulebook.calibration.adjusting import calibrate
from matxich.rulebook.calibration.model import Calibrated, CaseScore, Score, Severity

__all__ = ["Calibrated", "CaseScore", "Score", "Severity", "calibrate"]
