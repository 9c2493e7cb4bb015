"""Scores given and what is made of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """One ballot. `score` None: a reviewer who stood aside or could not say; it counts nowhere, least of all as 0."""

    case: str
    reviewer: str
    score: float | None


@dataclass(frozen=True, slots=True)
class CaseScore:
    """`mean`: the legal one, of the `ballots` that have a score. `adjusted`, `low`, `high`: advice, in the same points.

    None where it cannot be told. `flag`: a key of FLAGS, "" for none.
    """

    case: str
    mean: float | None
    adjusted: float | None
    low: float | None
    high: float | None
    ballots: int
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Severity:
    """Points by which a reviewer scores below what the others would give; None where nothing shows it."""

    reviewer: str
    severity: float | None


@dataclass(frozen=True, slots=True)
class Calibrated:
    """In the order in which cases and reviewers first came."""

    cases: tuple[CaseScore, ...]
    reviewers: tuple[Severity, ...]


# Message keys: Vietnamese source texts that screens translate.
FLAGS: dict[str, str] = {
    "no_ballots": "Chưa có phiếu nào có điểm",
    "crosses": "Điểm điều chỉnh nằm bên kia ngưỡng so với điểm trung bình",
    "near_recused": "Gần ngưỡng và thiếu phiếu so với các đề án khác",
    "near": "Gần ngưỡng: khoảng tin cậy chứa ngưỡng",
    "apart": "Không có người chấm chung với các đề án khác nên không so được độ khắt khe",
    "few": "Ít phiếu",
}
"""From the most to the least serious; a case carries the first that holds."""
