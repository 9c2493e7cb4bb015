"""Quorum: shares at their edges, mandatory roles, recusals in and out of the base, reviewers' comments."""

import pytest

from matxich.rulebook.appraisal.criteria import BadCriteria
from matxich.rulebook.appraisal.quorum import Seat, quorum, quorum_rule

SEATS = [
    Seat("chair", "chair"), Seat("vice", "vice"), Seat("r1", "reviewer"), Seat("r2", "reviewer"),
    Seat("m1", "member"), Seat("m2", "finance"), Seat("sec", "secretary", votes=False),
]  # fmt: skip
RULE = {
    "share": "2/3", "article": "TT 25/2026/TT-BCT", "reviews": True,
    "needs": [{"roles": ["chair", "vice"]}, {"roles": ["secretary"]}],
}  # fmt: skip


def met(present: str, gone: str = "", reviewed: tuple[str, ...] | None = None, **rule: object) -> bool:
    return quorum(quorum_rule(RULE | rule), SEATS, present.split(), recused=gone.split(), reviewed=reviewed).met


@pytest.mark.parametrize(
    ("present", "answer"),
    [
        ("chair r1 r2 m1 sec", True),  # 4 of 6, exactly two thirds
        ("chair r1 r2 sec", False),  # the secretary does not vote
        ("vice r1 r2 m1 sec", True),
        ("r1 r2 m1 m2 sec", False),  # neither chair nor vice
        ("chair r1 r2 m1", False),  # no secretary
        ("", False),
    ],
)
def test_share_and_roles(present, answer):
    assert met(present) == answer


def test_recused_members_leave_the_base_unless_the_rule_keeps_them():
    there = "chair r1 m1 m2 sec"
    assert met(there, gone="m2 r2")  # 3 of 4
    assert not met(there, gone="m2 r2", recused="in")  # 3 of 6


def test_a_recused_chair_needs_the_vice():
    assert not met("chair r1 r2 m1 m2 sec", gone="chair")
    assert met("chair vice r1 r2 m1 m2 sec", gone="chair")


def test_all_reviewers_comments_are_in():
    there = "chair r1 r2 m1 sec"
    assert not met(there, reviewed=("r1",))
    assert met(there, reviewed=("r1", "r2"))
    assert met(there + " m2", gone="r2", reviewed=("r1",))
    assert not met("chair vice m1 m2 sec", gone="r1 r2", reviewed=())  # nobody is left to comment


def test_everybody_recused_is_no_quorum():
    answer = quorum(quorum_rule(RULE), SEATS, [s.member for s in SEATS], recused=[s.member for s in SEATS])
    assert (answer.met, answer.present, answer.of) == (False, 0, 0)


def test_all_who_hold_a_role():
    rule = RULE | {"needs": [{"roles": ["reviewer"], "all": True}]}
    assert quorum(quorum_rule(rule), SEATS, ["chair", "vice", "r1", "m1"]).met is False
    assert quorum(quorum_rule(rule), SEATS, ["chair", "r2", "r1", "m1"]).met is True


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"share": "2/3"},
        {"share": "0", "article": "x"},
        {"share": "4/3", "article": "x"},
        {"share": 0.5, "article": "x"},
        {"share": 1, "article": "x", "needs": [{"roles": ["king"]}]},
        {"share": 1, "article": "x", "needs": ["chair"]},
        {"share": 1, "article": "x", "recused": "maybe"},
    ],
)
def test_rules_that_are_none(told):
    with pytest.raises(BadCriteria):
        quorum_rule(told)
