"""Is a province ready to run the programme: eight criteria, each yes, no or not answered, with its source (Q15)."""

from collections.abc import Mapping
from dataclasses import dataclass

CRITERIA: Mapping[str, tuple[str, str]] = {
    "criteria": ("Đã ban hành tiêu chí lựa chọn", "Criteria issued"),
    "programme": ("Đã phê duyệt chương trình hành động", "Action programme approved"),
    "budget": ("Đã bố trí kinh phí", "Budget allotted"),
    "staff": ("Có cán bộ phụ trách", "Staff in charge"),
    "database": ("Có cơ sở dữ liệu doanh nghiệp", "Database of firms"),
    "portal": ("Có trang thông tin", "Portal"),
    "credit": ("Có chính sách tín dụng", "Credit policy"),
    "report": ("Có báo cáo năm", "Annual report"),
}
"""Code → Vietnamese and English, in the order of the board."""


@dataclass(frozen=True, slots=True)
class Score:
    """`met` of `answered` of all criteria; a criterion nobody answered is unknown, not unmet."""

    met: int
    answered: int
    of: int = len(CRITERIA)


def score(answers: Mapping[str, bool]) -> Score | None:
    """None while nothing was answered."""
    told = {code: said for code, said in answers.items() if code in CRITERIA}
    return Score(sum(told.values()), len(told)) if told else None
