"""Assignment: exact in every mode against trying everything, the same in any order, or the fewest rules in the way."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matxich.rulebook.assignment import Assignment, Case, Problem, Reviewer, Rules, assign
from matxich.rulebook.assignment.checking import faults
from matxich.rulebook.assignment.network import is_tree
from matxich.rulebook.assignment.pairs import table_of
from tests.rulebook.assignment.world import breaches, choices, problems, sums

CAREFUL = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TABLE = np.array([[0.9, 0.5, 0.1], [0.8, 0.7, 0.2]])


def council(*, needs: int = 1, most: int = 2, least: int = 0, rules: Rules | None = None, **more: object) -> Problem:
    """Two cases, three reviewers."""
    return Problem(
        tuple(Case(f"c{n}", needs, province="24") for n in range(2)),
        tuple(Reviewer(f"r{n}", least, most) for n in range(3)),
        affinity=TABLE,
        rules=rules or Rules(),
        **more,  # type: ignore[arg-type]
    )


@CAREFUL
@given(problems())
def test_as_good_as_trying_everything(problem: Problem) -> None:
    found = assign(problem)
    assert faults(problem, found) == ()
    allowed = [sums(problem, choice) for choice in choices(problem) if not any(breaches(problem, choice).values())]
    if not allowed:
        assert found.chosen is None
        return
    best = max((min(each), sum(each)) if problem.rules.fair else (0, sum(each)) for each in allowed)
    assert found.total == pytest.approx(float(best[1]), abs=1e-12)
    assert (found.optimal, found.bound) == (True, pytest.approx(found.total, abs=1e-9))
    if problem.rules.fair:
        assert found.worst == pytest.approx(float(best[0]), abs=1e-12)


@CAREFUL
@given(problems())
def test_the_rules_in_the_way_are_as_few_as_can_be(problem: Problem) -> None:
    broken = [breaches(problem, choice) for choice in choices(problem)]
    ways = {frozenset(rule for rule in each if each[rule]) for each in broken}
    found = assign(problem)
    assert (found.relax == ()) is (frozenset() in ways)
    if found.relax:
        fewest = min(map(len, ways))
        told = {each.rule for each in found.relax}
        assert len(told) == fewest
        small = [each for each in broken if sum(value > 0 for value in each.values()) == fewest]
        best = min((each["needs"] > 0, sum(each.values())) for each in small)
        assert ("needs" in told, sum(each.units for each in found.relax)) == best
        assert all(sum(units for _c, _r, units in each.where) == each.units for each in found.relax)


@CAREFUL
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_lists_changes_nothing(problem: Problem, chance: object) -> None:
    rows, columns = list(range(len(problem.cases))), list(range(len(problem.reviewers)))
    chance.shuffle(rows)  # type: ignore[attr-defined]
    chance.shuffle(columns)  # type: ignore[attr-defined]
    other = Problem(
        tuple(problem.cases[row] for row in rows),
        tuple(problem.reviewers[column] for column in columns),
        frozenset((rows.index(row), columns.index(column)) for row, column in problem.conflicts),
        None if problem.affinity is None else problem.affinity[np.ix_(rows, columns)],
        problem.rules,
    )
    one, two = assign(problem), assign(other)
    assert (one.total, one.worst, one.optimal) == (two.total, two.worst, two.optimal)
    assert (one.chosen is None) is (two.chosen is None)
    if one.chosen is not None and two.chosen is not None:
        assert {case: sorted(members) for case, members in one.chosen.items()} == {
            case: sorted(members) for case, members in two.chosen.items()
        }


def test_twice_the_same_answer() -> None:
    problem = replace(council(needs=2), affinity=np.ones((2, 3)))
    assert assign(problem) == assign(problem)


@pytest.mark.parametrize(
    ("changed", "chosen"),
    [
        (council(), {"c0": ("r0",), "c1": ("r0",)}),
        (council(most=1), {"c0": ("r0",), "c1": ("r1",)}),
        (council(conflicts=frozenset({(0, 0), (1, 0)})), {"c0": ("r1",), "c1": ("r1",)}),
        (council(needs=3, least=2), {"c0": ("r0", "r1", "r2"), "c1": ("r0", "r1", "r2")}),
    ],
)
def test_loads_and_conflicts(changed: Problem, chosen: dict[str, tuple[str, ...]]) -> None:
    assert assign(changed).chosen == chosen


def test_a_total_of_decimals_is_their_sum_not_a_rounded_one() -> None:
    tenths = replace(council(needs=3), affinity=np.full((2, 3), 0.1))
    assert (assign(tenths).total, assign(tenths).worst) == (0.6, 0.3)


def test_numbers_with_more_digits_than_a_decimal_holds_are_proven_nearly() -> None:
    chance = np.random.default_rng(1)
    found = assign(replace(council(needs=2), affinity=chance.random((2, 3))))
    assert (found.optimal, found.bound) == (True, pytest.approx(found.total, abs=1e-9))


def test_affinity_from_expertise_without_marks() -> None:
    cases = (Case("c", 1, frozenset(("Cơ khí", "khuôn mẫu"))),)
    reviewers = (Reviewer("a", 0, 1, frozenset(("đào tạo",))), Reviewer("b", 0, 1, frozenset(("co khi",))))
    assert assign(Problem(cases, reviewers)) == Assignment({"c": ("b",)}, 0.5, 0.5, True, 0.5)


def test_organisations_of_both_kinds_are_no_tree_and_still_exact() -> None:
    reviewers = [
        Reviewer("r0", 0, 2, organisation="A", finance=True),
        Reviewer("r1", 0, 2, organisation="A"),
        Reviewer("r2", 0, 2, organisation="B"),
    ]
    problem = replace(council(needs=2, rules=Rules(one_per_organisation=True, min_finance=1)), reviewers=reviewers)
    assert not is_tree(table_of(problem))
    assert assign(problem).chosen == {"c0": ("r0", "r2"), "c1": ("r0", "r2")}


def test_fair_before_great() -> None:
    table = np.array([[1.0, 0.6], [0.9, 0.1]])
    problem = Problem(tuple(Case(f"c{n}", 1) for n in range(2)), tuple(Reviewer(f"r{n}", 0, 1) for n in range(2)),
                      affinity=table)  # fmt: skip
    assert (assign(problem).total, assign(problem).worst) == (1.5, 0.6)
    lifted = replace(problem, affinity=np.array([[1.0, 0.5], [0.7, 0.1]]))
    assert (assign(lifted).total, assign(lifted).worst) == (1.2, 0.5)
    uneven = replace(problem, affinity=np.array([[1.0, 0.3], [0.4, 0.1]]))
    assert (assign(uneven).total, assign(uneven).worst) == (1.1, 0.1)
    fair = assign(replace(uneven, rules=Rules(fair=True)))
    assert (fair.total, fair.worst, fair.optimal) == (0.7, 0.3, True)


@pytest.mark.parametrize(
    ("problem", "relax"),
    [
        (council(needs=3, most=1), [("max", 3)]),
        (council(needs=1, least=1), [("min", 1)]),
        (council(conflicts=frozenset((r, c) for r in range(2) for c in range(3))), [("needs", 2)]),
        (replace(council(needs=4), rules=Rules()), [("needs", 2)]),
        (council(rules=Rules(min_finance=1)), [("min_finance", 2)]),
        (council(rules=Rules(min_finance=2)), [("min_finance", 4)]),
    ],
)
def test_rules_in_the_way(problem: Problem, relax: list[tuple[str, int]]) -> None:
    found = assign(problem)
    assert (found.chosen, found.total, found.optimal) == (None, None, False)
    assert [(each.rule, each.units) for each in found.relax] == relax


def test_many_pairs_are_tried_few_at_first_with_the_same_end() -> None:
    """Beyond sixty thousand pairs; the bound is that of all of them."""
    from matxich.rulebook.assignment import network

    table = np.round(np.random.default_rng(7).random((60, 40)), 3)
    people = tuple(Reviewer(f"r{n:02}", 3, 6) for n in range(40))
    problem = Problem(tuple(Case(f"c{n:02}", 3) for n in range(60)), people, affinity=table)
    whole = assign(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "_MANY", 0)
        patch.setattr(network, "_FEW", 4)
        few = assign(problem)
    assert (few.total, few.bound, few.optimal) == (whole.total, whole.bound, True)
    assert faults(problem, few) == ()


def test_the_checker_sees_what_is_wrong() -> None:
    problem = council(needs=2, most=1, rules=Rules(one_per_organisation=True, min_finance=1, ban_same_province=True),
                      conflicts=frozenset({(0, 0)}))  # fmt: skip
    people = tuple(replace(each, organisation="A", province="24") for each in problem.reviewers)
    problem = replace(problem, reviewers=people)
    wrong = Assignment({"c0": ("r0", "r1"), "c1": ("r0", "r0")}, 9.0, 9.0, True, 1.0)
    told = {code for code, _params in faults(problem, wrong)}
    assert told == {
        "conflict", "same_province", "same_organisation", "finance", "twice", "load", "total", "worst", "bound",
    }  # fmt: skip
    assert faults(problem, Assignment(None)) == (("no_reason", {}),)
    assert [code for code, _p in faults(problem, Assignment({"c0": ("r9",), "c1": ()}, 0, 0))] == ["unknown_reviewer"]
    assert [code for code, _p in faults(problem, Assignment({"c0": ()}))] == ["cases"]
