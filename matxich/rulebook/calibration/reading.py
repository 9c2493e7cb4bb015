"""Scores from JSON; every slip is a BadDocument with its place.

{"scores": [{"case", "reviewer", "score"}], "threshold": 65}. A score of null is a reviewer who stood aside or could
not say; a threshold may be left out.
"""

from operator import attrgetter
from typing import Any

from matxich.rulebook.calibration.model import Score
from matxich.rulebook.json_values import Place

LARGEST = 1e6
MOST = 1_000_000
MOST_REVIEWERS, MOST_PAIRS = 3_000, 20_000_000
_ROW = ("case", "reviewer", "score")

# Message keys: Vietnamese source texts that screens translate, then fill with the parameters.
REFUSED: dict[str, str] = {
    "twice": "%(reviewer)s đã chấm %(case)s ở %(first)s; mỗi người một phiếu cho một đề án.",
    "too_many": "Có %(number)s mục, nhiều hơn mức %(most)s; chia thành nhiều đợt.",
}


def read_scores(document: Any) -> tuple[tuple[Score, ...], float | None]:
    """Scores and threshold."""
    keys = Place(document).keys(("scores", "threshold"), needed=("scores",))
    found: dict[tuple[str, str], str] = {}
    scores = []
    for place in keys["scores"].items(some=True):
        row = place.keys(_ROW, needed=("case", "reviewer"), more=True)
        if "score" not in place.value:
            raise place.fault("missing_key", key="score")
        case, reviewer = row["case"].text(), row["reviewer"].text()
        if (case, reviewer) in found:
            raise place.fault("twice", REFUSED, reviewer=reviewer, case=case, first=found[case, reviewer])
        found[case, reviewer] = place.path
        scores.append(Score(case, reviewer, row["score"].number(0, LARGEST) if "score" in row else None))
    cases, reviewers = (len({name(each) for each in scores}) for name in (attrgetter("case"), attrgetter("reviewer")))
    for number, most in ((len(scores), MOST), (reviewers, MOST_REVIEWERS), (cases * reviewers, MOST_PAIRS)):
        if number > most:
            raise keys["scores"].fault("too_many", REFUSED, number=number, most=most)
    return tuple(scores), keys["threshold"].number(0, LARGEST) if "threshold" in keys else None
