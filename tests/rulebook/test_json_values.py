"""JSON handed in: every slip is told with its place, in words a person can act on."""

import json
from typing import Any

import pytest

from matxich.rulebook.allocation.reading import read_problem as read_allocation
from matxich.rulebook.assignment.reading import read_problem as read_assignment
from matxich.rulebook.calibration.reading import read_scores
from matxich.rulebook.json_values import BadDocument, Place, parse

CASE, REVIEWER = {"id": "c", "needs": 1}, {"id": "r", "max": 1}
GOOD = {"cases": [CASE], "reviewers": [REVIEWER]}
MONEY = {"budget": 10, "cases": [{"id": "c", "score": 80, "asked": 5, "floor": 1, "passed": True, "province": "24"}]}
SCORE = {"case": "c", "reviewer": "r", "score": 70}


def money(**changed: Any) -> dict[str, Any]:
    return {**MONEY, "cases": [{**MONEY["cases"][0], **changed}]}  # type: ignore[index]


def quota(**given: Any) -> dict[str, Any]:
    return {**MONEY, "quotas": [given]}


@pytest.mark.parametrize(
    ("document", "place", "code"),
    [
        ([], "", "not_an_object"),
        ({}, "", "missing_key"),
        ({**GOOD, "cases": []}, "cases", "empty_list"),
        ({**GOOD, "reviewers": []}, "reviewers", "empty_list"),
        ({**GOOD, "cases": {}}, "cases", "not_a_list"),
        ({**GOOD, "case": []}, "case", ""),
        ({**GOOD, "cases": [CASE, CASE]}, "cases[1].id", "repeated_id"),
        ({**GOOD, "cases": ["c"]}, "cases[0]", "not_an_object"),
        ({**GOOD, "cases": [{"id": 1, "needs": 1}]}, "cases[0].id", "not_text"),
        ({**GOOD, "cases": [{"id": " ", "needs": 1}]}, "cases[0].id", "empty_text"),
        ({**GOOD, "cases": [{"id": "x" * 999, "needs": 1}]}, "cases[0].id", "too_long_text"),
        ({**GOOD, "cases": [{"id": "c", "needs": 0}]}, "cases[0].needs", "too_small"),
        ({**GOOD, "cases": [{"id": "c", "needs": True}]}, "cases[0].needs", "not_whole"),
        ({**GOOD, "cases": [{"id": "c", "needs": 1.5}]}, "cases[0].needs", "not_whole"),
        ({**GOOD, "cases": [{"id": "c", "need": 1}]}, "cases[0]", "unknown_key_near"),
        ({**GOOD, "cases": [{**CASE, "expertise": "x"}]}, "cases[0].expertise", "not_a_list"),
        ({**GOOD, "reviewers": [{"id": "r", "min": 2, "max": 1}]}, "reviewers[0].min", "min_above_max"),
        ({**GOOD, "reviewers": [{"id": "r", "max": -1}]}, "reviewers[0].max", "too_small"),
        ({**GOOD, "reviewers": [{**REVIEWER, "finance": "no"}]}, "reviewers[0].finance", "not_yes_no"),
        ({**GOOD, "conflicts": [["c"]]}, "conflicts[0]", "not_a_pair"),
        ({**GOOD, "conflicts": [["r", "c"]]}, "conflicts[0][0]", "unknown_id"),
        ({**GOOD, "conflicts": [["c", "rr"]]}, "conflicts[0][1]", "unknown_id_near"),
        ({**GOOD, "affinity": []}, "affinity", "not_an_object"),
        ({**GOOD, "affinity": {"c": {"z": 1}}}, "affinity.c.z", "unknown_id"),
        ({**GOOD, "affinity": {"z": {"r": 1}}}, "affinity.z", "unknown_id"),
        ({**GOOD, "affinity": {"c": {"r": "1"}}}, "affinity.c.r", "not_a_number"),
        ({**GOOD, "affinity": {"c": {"r": float("nan")}}}, "affinity.c.r", "not_finite"),
        ({**GOOD, "affinity": {"c": {"r": 1e300}}}, "affinity.c.r", "too_large"),
        ({**GOOD, "affinity": {"c": {"r": 10**400}}}, "affinity.c.r", "too_large"),
        ({**GOOD, "rules": {"min_finances": 1}}, "rules", "unknown_key_near"),
        ({**GOOD, "rules": {"fair": 1}}, "rules.fair", "not_yes_no"),
        ({**GOOD, "rules": {"min_finance": -1}}, "rules.min_finance", "too_small"),
    ],
)
def test_slips_of_an_assignment(document: Any, place: str, code: str) -> None:
    with pytest.raises(BadDocument) as found:
        read_assignment(document)
    if code:
        assert (found.value.place, found.value.code) == (place, code)
    assert str(found.value).startswith(found.value.place)


@pytest.mark.parametrize(
    ("document", "place", "code"),
    [
        (money(asked=-1), "cases[0].asked", "too_small"),
        (money(asked=0), "cases[0].asked", "too_small"),
        (money(asked=10**15), "cases[0].asked", "too_large"),
        (money(asked=5.0), "cases[0].asked", "not_whole"),
        (money(asked="5"), "cases[0].asked", "not_whole"),
        (money(floor=6), "cases[0].floor", "floor_above_asked"),
        (money(floor=-1), "cases[0].floor", "too_small"),
        (money(score=float("inf")), "cases[0].score", "not_finite"),
        (money(score=-1), "cases[0].score", "too_small"),
        (money(passed="yes"), "cases[0].passed", "not_yes_no"),
        (money(passed=None), "cases[0]", "missing_key"),
        (money(province=["24"]), "cases[0].province", "not_a_value"),
        ({**MONEY, "budget": 10**15}, "budget", "too_large"),
        ({**MONEY, "budget": -1}, "budget", "too_small"),
        ({**MONEY, "budget": None}, "", "missing_key"),
        ({**MONEY, "cases": []}, "cases", "empty_list"),
        ({**MONEY, "objective": "scores"}, "objective", "not_a_choice"),
        (quota(by="provinc", value="24", min=1), "quotas[0].by", "no_such_field_near"),
        (quota(by="sector", value="24", min=1), "quotas[0].by", "no_such_field"),
        (quota(by="province", value="24"), "quotas[0]", "no_limit"),
        (quota(by="province", value="24", min=3, max=2), "quotas[0].min", "min_above_max"),
        (quota(by="province", value="24", least=3), "quotas[0]", "unknown_key"),
        (quota(by="province", value=None, min=3), "quotas[0]", "missing_key"),
        ({**MONEY, "quotas": [{"by": "province", "value": "24", "min": 1}] * 2}, "quotas[1]", "repeated_quota"),
    ],
)
def test_slips_of_an_allocation(document: Any, place: str, code: str) -> None:
    with pytest.raises(BadDocument) as found:
        read_allocation(document)
    assert (found.value.place, found.value.code) == (place, code)


@pytest.mark.parametrize(
    ("document", "place", "code"),
    [
        ({"scores": []}, "scores", "empty_list"),
        ({"scores": [{"case": "c", "reviewer": "r"}]}, "scores[0]", "missing_key"),
        ({"scores": [{**SCORE, "score": "70"}]}, "scores[0].score", "not_a_number"),
        ({"scores": [{**SCORE, "score": float("nan")}]}, "scores[0].score", "not_finite"),
        ({"scores": [{**SCORE, "score": -1}]}, "scores[0].score", "too_small"),
        ({"scores": [SCORE, SCORE]}, "scores[1]", "twice"),
        ({"scores": [SCORE], "threshold": True}, "threshold", "not_a_number"),
    ],
)
def test_slips_of_scores(document: Any, place: str, code: str) -> None:
    with pytest.raises(BadDocument) as found:
        read_scores(document)
    assert (found.value.place, found.value.code) == (place, code)


def test_what_may_be_left_out_or_added() -> None:
    problem = read_assignment({**GOOD, "conflicts": None, "rules": None, "affinity": None})
    assert (problem.rules.fair, problem.affinity, problem.reviewers[0].least) == (False, None, 0)
    assert read_assignment({**GOOD, "cases": [{**CASE, "name": "Khuôn"}]}).cases[0].id == "c"
    (case,) = read_allocation({**MONEY, "cases": [{"id": "c", "score": 78.5, "asked": 5, "passed": True}]}).cases
    assert (case.floor, str(case.score)) == (5, "157/2")
    (score,), threshold = read_scores({"scores": [{**SCORE, "score": None}]})
    assert (score.score, threshold) == (None, None)


def test_the_text_of_a_document() -> None:
    assert parse(b"\xef\xbb\xbf{}", longest=9) == {}
    for raw, code in (
        (b"", "not_json"), (b"\xff", "not_json"), (b"[" * 100_000, "not_json"), (b"9" * 6000, "not_json"),
        (b'{"a": 1, "a": 2}', "repeated_key"), (b"1" * 100, "too_long_file"),
    ):  # fmt: skip
        with pytest.raises(BadDocument) as found:
            parse(raw, longest=99 if code == "too_long_file" else 10**6)
        assert (found.value.code, found.value.place) == (code, "")


def test_a_place_is_written_as_people_point_at_it() -> None:
    document = json.loads('{"cases": [{"id": 1}]}')
    assert Place(document).at("cases").at(0).at("id").path == "cases[0].id"
