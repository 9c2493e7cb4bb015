"""From ballots to a result by the rule of the criteria set: each step named with its article, in exact arithmetic.

Unknown is not no: a step that cannot be worked out leaves the result open. A criterion that does not apply is never 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Any

from matxich.rulebook.appraisal.ballots import Sheet
from matxich.rulebook.appraisal.criteria import RESCALED, CriteriaSet, Threshold
from matxich.rulebook.appraisal.exact import written
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.truth import Truth, truth

VERSION = "appraisal-decision-1"


@dataclass(frozen=True, slots=True)
class Step:
    """One condition. `found` and `needed` are exact; None where there is nothing to work it out from.

    `of`: for a share, how many of how many.
    """

    code: str
    met: Truth
    words: Words
    article: str
    found: Fraction | None
    needed: Fraction
    of: tuple[int, int] | None = None
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """`recommended`: every step met, one not met, or not to be told. `counted`: ballots that the mean rests on.

    `means`: of each criterion over the members to whom it applies. `verdicts`: how many ballots chose each.
    """

    recommended: Truth
    mean: Fraction | None
    totals: Mapping[str, Fraction | None]
    means: Mapping[str, Fraction | None]
    verdicts: Mapping[str, int]
    ballots: int
    counted: int
    entitled: int
    steps: tuple[Step, ...]
    criteria: str
    version: str = VERSION

    def document(self) -> dict[str, Any]:
        """As it is kept: exact numbers as text, so that it can be worked out and compared again."""
        return {
            "recommended": self.recommended.verdict,
            "mean": _text(self.mean),
            "means": {code: _text(value) for code, value in self.means.items()},
            "verdicts": dict(self.verdicts),
            "ballots": self.ballots,
            "counted": self.counted,
            "entitled": self.entitled,
            "steps": [
                {
                    "code": step.code,
                    "met": step.met.verdict,
                    "vi": step.words.vi,
                    "en": step.words.en,
                    "article": step.article,
                    "found": _text(step.found),
                    "needed": written(step.needed),
                    "of": list(step.of) if step.of else None,
                    "criterion": step.criterion,
                }
                for step in self.steps
            ],
            "criteria": self.criteria,
            "version": self.version,
        }


def decide(criteria: CriteriaSet, sheets: Sequence[Sheet], *, entitled: int) -> Result:
    """The result of the ballots that were handed in. `entitled`: members who could vote, those recused not among them.

    Sheets are taken as complete (`ballots.missing`); nothing is invented where one is not.
    """
    rule = criteria.rule
    totals = {each.member: _total(criteria, each) for each in sheets}
    counted = [value for value in totals.values() if value is not None]
    mean = _mean(counted, rule.mean_of)
    means = {each.code: _criterion_mean(criteria, sheets, each.code) for each in criteria.criteria}
    steps: list[Step] = []
    if rule.ballots:
        steps.append(_share("ballots", len(sheets), entitled, rule.ballots, Words("Tỷ lệ phiếu đã nộp", "Ballots in")))
    if rule.mean:
        words = Words("Điểm trung bình", "Mean") if rule.mean_of == "mean" else Words("Điểm trung vị", "Median")
        steps.append(_least("mean", mean, rule.mean, words))
    if rule.favourable:
        good = {each.code for each in criteria.verdicts if each.favourable}
        count = sum(each.verdict in good for each in sheets)
        words = Words("Tỷ lệ phiếu đề nghị thực hiện", "Share of favourable ballots")
        steps.append(_share("favourable", count, len(sheets), rule.favourable, words))
    steps += _floors(criteria, means)
    if rule.zeros:
        steps += _zeros(criteria, sheets, rule.zeros)
    return Result(
        recommended=min((step.met for step in steps), default=Truth.UNKNOWN) if sheets else Truth.UNKNOWN,
        mean=mean,
        totals=totals,
        means=means,
        verdicts={each.code: sum(sheet.verdict == each.code for sheet in sheets) for each in criteria.verdicts},
        ballots=len(sheets),
        counted=len(counted),
        entitled=entitled,
        steps=tuple(steps),
        criteria=f"{criteria.code} {criteria.version} {criteria.fingerprint}",
    )


def _total(criteria: CriteriaSet, sheet: Sheet) -> Fraction | None:
    return sheet.rescaled(criteria) if criteria.rule.not_applicable == RESCALED else sheet.total(criteria)


def _mean(values: Sequence[Fraction], of: str) -> Fraction | None:
    if not values:
        return None
    return median(values) if of == "median" else sum(values, Fraction(0)) / len(values)


def _criterion_mean(criteria: CriteriaSet, sheets: Sequence[Sheet], code: str) -> Fraction | None:
    weight = criteria.criterion(code).weight
    given = [points * weight for each in sheets if (points := each.points.get(code)) is not None]
    return sum(given, Fraction(0)) / len(given) if given else None


def _floors(criteria: CriteriaSet, means: Mapping[str, Fraction | None]) -> list[Step]:
    return [
        _least("floor", means[code], limit, criteria.criterion(code).name, criterion=code)
        for code, limit in (criteria.rule.floors or {}).items()
    ]


def _zeros(criteria: CriteriaSet, sheets: Sequence[Sheet], limit: Threshold) -> list[Step]:
    """Members to whom the criterion does not apply gave no 0, and are members all the same."""
    steps = []
    for each in criteria.criteria:
        zeros = sum(sheet.points.get(each.code) == 0 for sheet in sheets)
        found = Fraction(zeros, len(sheets)) if sheets else None
        steps.append(
            Step(
                "zeros",
                truth(None if found is None else found <= limit.value),
                Words(f"Tỷ lệ cho 0 điểm: {each.name.vi}", f"Share giving 0: {each.name.en}"),
                limit.article,
                found,
                limit.value,
                (zeros, len(sheets)),
                each.code,
            )
        )
    return steps


def _least(code: str, found: Fraction | None, limit: Threshold, words: Words, *, criterion: str = "") -> Step:
    met = truth(None if found is None else found >= limit.value)
    return Step(code, met, words, limit.article, found, limit.value, criterion=criterion)


def _share(code: str, count: int, of: int, limit: Threshold, words: Words) -> Step:
    found = Fraction(count, of) if of else None
    met = truth(None if found is None else found >= limit.value)
    return Step(code, met, words, limit.article, found, limit.value, (count, of))


def _text(value: Fraction | None) -> str | None:
    return None if value is None else written(value)
