"""What waits for an agency counts from the moment it is confirmed, and only that."""

from dataclasses import replace
from typing import Any

import pytest

from matxich.rulebook.law.answering import Law, answers
from matxich.rulebook.law.asking import case_of
from matxich.rulebook.law.telling import answer_json

HOUSEHOLD = {
    "legal_form": "household", "production": True, "sector": "handicraft", "site_province": "24",
    "site_commune_kind": "commune", "counterpart_committed": True, "other_state_support_same_content": False,
}  # fmt: skip
SUPPORTING = {"is_cnht": True, "other_state_support_same_content": False}


def _after(law: Law, code: str) -> Law:
    def confirm(row: Any) -> Any:
        return replace(row, confirmed_by="Cục Công nghiệp") if row.parameter == code and row.values else row

    return Law(law.library, law.parameters.changed(confirm), law.version)


@pytest.mark.parametrize(
    ("code", "content", "enterprise", "project", "before", "after"),
    [
        ("KC-20", "KC-12", HOUSEHOLD, {"priority": True}, ("eligible", 300_000_000), ("eligible", 450_000_000)),
        ("KC-20", "KC-12", HOUSEHOLD, {"priority": True, "is_line": True}, ("eligible", 450_000_000),
         ("eligible", 675_000_000)),
        ("KC-11", "KC-11", HOUSEHOLD, {}, ("unknown", None), ("eligible", 100_000_000)),
        ("KC-13", "KC-13", HOUSEHOLD, {}, ("unknown", None), ("eligible", 500_000_000)),
        ("KC-22", "KC-22", HOUSEHOLD, {}, ("unknown", None), ("unknown", None)),
        ("CN-44-LATIN", "CN-44", SUPPORTING, {"destination": "latin_america"}, ("unknown", None),
         ("eligible", 70_000_000)),
        ("CN-52", "CN-52", SUPPORTING | {"workers": 20, "revenue": 10**9}, {}, ("unknown", None), ("eligible", None)),
    ],
)  # fmt: skip
def test_a_figure(
    law: Law, code: str, content: str, enterprise: dict, project: dict, before: tuple, after: tuple
) -> None:
    case = case_of({"enterprise": enterprise, "project": {**project, "content": content}, "on": "2026-03-01"})
    for one, expected in ((law, before), (_after(law, code), after)):
        told = answer_json(one, case, *answers(one, case))
        assert (told["verdict"], told["amount_max"]) == expected
        assert (code in told["unconfirmed"]) is (one is law or after == before)


def test_the_wards_of_dong_nai(law: Law) -> None:
    ward = HOUSEHOLD | {"site_province": "75", "site_commune_kind": "ward"}
    told = {}
    for day in ("2026-04-29", "2026-04-30"):
        case = case_of({"enterprise": ward, "project": {"content": "KC-12"}, "on": day})
        for name, one in (("before", law), ("after", _after(law, "KC-02-DONG-NAI"))):
            (answer,) = answers(one, case)
            told[name, day] = answer.truth.verdict
    assert told == {
        ("before", "2026-04-29"): "met", ("after", "2026-04-29"): "met",
        ("before", "2026-04-30"): "unknown", ("after", "2026-04-30"): "not",
    }  # fmt: skip
