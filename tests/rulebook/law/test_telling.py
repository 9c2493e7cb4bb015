"""What programs are told beside verdict and amount."""

from matxich.rulebook.law.answering import Law, answers
from matxich.rulebook.law.asking import case_of
from matxich.rulebook.law.telling import answer_json


def _told(law: Law, content: str, on: str) -> dict:
    case = case_of({"enterprise": {}, "project": {"content": content}, "on": on})
    (answer,) = answers(law, case)
    return answer_json(law, case, answer)


def test_deadlines_are_days_of_the_year_or_working_days(law: Law) -> None:
    assert [each["by"] for each in _told(law, "KC-12", "2026-03-01")["deadlines"]] == ["20/05", "15/06"]
    before, after = (_told(law, "CN-50", day)["deadlines"] for day in ("2025-08-31", "2025-09-01"))
    assert [each["working_days"] for each in before] == [15, 30]
    assert [each["by"] for each in after] == ["15/04"]
    assert all(each["article"] for each in (*before, *after))
