"""Small criteria sets for the truth tables."""

from fractions import Fraction
from typing import Any

from matxich.rulebook.appraisal.ballots import Sheet
from matxich.rulebook.appraisal.criteria import CriteriaSet, criteria_set


def spec(**changes: Any) -> dict[str, Any]:
    """Two criteria of 60 and 40; mean at least 65 and two thirds favourable, as CN-63."""
    data: dict[str, Any] = {
        "code": "mau", "version": "1", "kind": "scored", "official": False, "vi": "Mẫu", "en": "Sample",
        "note_vi": "mẫu tham khảo", "note_en": "for reference", "article": "Đ1", "total": 100, "step": "0.5",
        "criteria": [
            {"code": "a", "vi": "A", "en": "A", "max": 60, "floor": 20},
            {"code": "b", "vi": "B", "en": "B", "max": 40, "may_not_apply": True},
        ],
        "verdicts": [
            {"code": "pass", "vi": "Đạt", "en": "Passed", "favourable": True},
            {"code": "mend", "vi": "Đạt, sửa", "en": "Mend", "favourable": True, "comment": True},
            {"code": "fail", "vi": "Không", "en": "No", "comment": True},
        ],
        "rule": {
            "mean": {"at_least": 65, "article": "Đ9.3.c"},
            "favourable": {"at_least": "2/3", "article": "Đ9.3.c"},
        },
    }  # fmt: skip
    return data | changes


def made(**changes: Any) -> CriteriaSet:
    return criteria_set(spec(**changes))


def ruled(**rule: Any) -> CriteriaSet:
    return made(rule=rule)


def sheet(a: int | str | None, b: int | str | None, verdict: str = "pass", member: str = "1") -> Sheet:
    points = {"a": None if a is None else Fraction(a), "b": None if b is None else Fraction(b)}
    return Sheet(member, points, {}, verdict)


def sheets(*rows: tuple[Any, ...]) -> list[Sheet]:
    return [sheet(*row, member=str(index)) for index, row in enumerate(rows)]
