"""One member's sheet: what was typed, read against the criteria set, with what still stops it from being handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from matxich.rulebook.appraisal.criteria import CriteriaSet, Fault
from matxich.rulebook.appraisal.exact import NotExact, exact, written
from matxich.rulebook.law.facts import Words

NOT_APPLICABLE = "na"


@dataclass(frozen=True, slots=True)
class Sheet:
    """`points`: criterion → points, None where it does not apply; a criterion that is absent was not answered."""

    member: str
    points: Mapping[str, Fraction | None] = field(default_factory=dict)
    opinions: Mapping[str, str] = field(default_factory=dict)
    verdict: str = ""
    comment: str = ""

    def total(self, criteria: CriteriaSet) -> Fraction | None:
        """Weighted sum; None while a criterion is unanswered or does not apply: what is missing is no zero."""
        if not criteria.scored or any(self.points.get(each.code) is None for each in criteria.criteria):
            return None
        return sum((_points(self, each.code) * each.weight for each in criteria.criteria), Fraction(0))

    def rescaled(self, criteria: CriteriaSet) -> Fraction | None:
        """The total brought up to the full one over the criteria that apply; None when none does or one is open."""
        if not criteria.scored or any(each.code not in self.points for each in criteria.criteria):
            return None
        applying = [each for each in criteria.criteria if self.points[each.code] is not None]
        full = sum((each.full for each in applying), Fraction(0))
        if not full or criteria.total is None:
            return None
        return sum((_points(self, each.code) * each.weight for each in applying), Fraction(0)) / full * criteria.total


def _points(sheet: Sheet, code: str) -> Fraction:
    return sheet.points[code] or Fraction(0)


def read_values(criteria: CriteriaSet, told: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """What was typed as it is kept: {"points": {code: "17" | "na"}, "opinions": {code: text}}, and what cannot be.

    An empty field is left open. Vietnamese decimals ("7,5") are read. A half sheet is kept as it is, for a draft.
    """
    kept: dict[str, Any] = {"points": {}, "opinions": {}}
    wrong: list[Fault] = []
    for each in criteria.criteria:
        opinion = str(told.get(f"opinion-{each.code}", "")).strip()
        if opinion:
            kept["opinions"][each.code] = opinion[:4000]
        text = str(told.get(f"points-{each.code}", "")).strip().replace(",", ".")
        if not criteria.scored or not text:
            continue
        if text == NOT_APPLICABLE:
            if each.may_not_apply:
                kept["points"][each.code] = NOT_APPLICABLE
            else:
                wrong.append(Fault(each.code, Words("Tiêu chí này phải chấm.", "This criterion has to be scored.")))
            continue
        try:
            points = exact(text)
        except NotExact:
            wrong.append(Fault(each.code, Words("Ghi số điểm.", "Give a number of points.")))
            continue
        if (fault := _range(criteria, each.code, points)) is not None:
            wrong.append(fault)
            continue
        kept["points"][each.code] = written(points)
    return kept, wrong


def _range(criteria: CriteriaSet, code: str, points: Fraction) -> Fault | None:
    most = criteria.criterion(code).max or Fraction(0)
    if not 0 <= points <= most:
        return Fault(code, Words(f"Điểm từ 0 đến {written(most)}.", f"Points are from 0 to {written(most)}."))
    if points % criteria.step:
        return Fault(
            code,
            Words(f"Điểm là bội của {written(criteria.step)}.", f"Points go in steps of {written(criteria.step)}."),
        )
    return None


def sheet_of(member: str, values: Mapping[str, Any], verdict: str, comment: str) -> Sheet:
    """A kept ballot as a sheet."""
    points = {code: None if text == NOT_APPLICABLE else exact(text) for code, text in values.get("points", {}).items()}
    return Sheet(member, points, dict(values.get("opinions", {})), verdict, comment)


def missing(criteria: CriteriaSet, sheet: Sheet) -> list[Fault]:
    """Why a sheet cannot be handed in yet: open criteria, points under the floor unexplained, no verdict or comment."""
    found: list[Fault] = []
    for each in criteria.criteria:
        if criteria.scored and each.code not in sheet.points:
            found.append(Fault(each.code, Words("Chưa chấm.", "Not scored yet.")))
            continue
        points = sheet.points.get(each.code)
        explained = bool(sheet.opinions.get(each.code))
        if not criteria.scored and not explained:
            found.append(Fault(each.code, Words("Chưa nhận xét.", "No opinion yet.")))
        elif each.floor is not None and points is not None and points < each.floor and not explained:
            floor = written(each.floor)
            found.append(
                Fault(
                    each.code,
                    Words(
                        f"Dưới sàn {floor}. Nêu lý do để chủ trì biết cần sửa gì.",
                        f"Below the floor of {floor}. Say why, so that the applicant knows what to mend.",
                    ),
                )
            )
        elif criteria.scored and points is None and not explained:
            found.append(Fault(each.code, Words("Nêu vì sao không áp dụng.", "Say why it does not apply.")))
    return found + _verdict_missing(criteria, sheet)


def _verdict_missing(criteria: CriteriaSet, sheet: Sheet) -> list[Fault]:
    if not criteria.verdicts:
        return []
    codes = {each.code: each for each in criteria.verdicts}
    if sheet.verdict not in codes:
        return [Fault("verdict", Words("Chưa chọn kết luận.", "No verdict chosen yet."))]
    if codes[sheet.verdict].comment and not sheet.comment.strip():
        return [Fault("comment", Words("Kết luận này cần nêu lý do.", "This verdict needs its reasons."))]
    return []
