"""Allocation: exact against trying every amount, to the đồng, the same in any order; the cut is the rule's."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matxich.rulebook.allocation import Case, Problem, Quota, allocate, ranked_cut, ranking
from matxich.rulebook.allocation.checking import faults
from matxich.rulebook.allocation.model import OBJECTIVES
from matxich.rulebook.allocation.programme import value_of

CAREFUL = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LARGE = 1_000_000_007
"""A prime, so that no coarser unit of money fits."""


@st.composite
def problems(draw: Any, *, dong: int = 1) -> Problem:
    """Up to five cases and three quotas, feasible or not; every figure a multiple of `dong`."""
    cases = []
    for number in range(draw(st.integers(1, 5))):
        asked = draw(st.integers(1, 6))
        fields = {
            "province": draw(st.sampled_from("xy")), "sector": draw(st.sampled_from("st")), "sme": draw(st.booleans()),
        }  # fmt: skip
        score = Fraction(draw(st.integers(0, 10_000)), 100)
        floor = draw(st.integers(0, asked))
        cases.append(Case(f"c{number}", score, asked * dong, floor * dong, draw(st.integers(0, 9)) > 0, fields))
    quotas = []
    for by, value in (("province", "x"), ("sector", "s"), ("sme", True)):
        least = draw(st.one_of(st.none(), st.integers(0, 4)))
        most = draw(st.one_of(st.none(), st.integers(least or 0, 9)))
        if least is not None or most is not None:
            limits = [None if each is None else each * dong for each in (least, most)]
            quotas.append(Quota(by, value, *limits))
    return Problem(draw(st.integers(0, 14)) * dong, cases, quotas, draw(st.sampled_from(OBJECTIVES)))


def within_budget(problem: Problem, cases: Sequence[Case]) -> Iterator[tuple[int, ...]]:
    amounts = [[0, *range(max(1, case.floor), case.asked + 1)] for case in cases]
    return (each for each in product(*amounts) if sum(each) <= problem.budget)


def short(problem: Problem, cases: Sequence[Case], amounts: Sequence[int]) -> list[int]:
    """By how much each side of a quota is missed that is."""
    found = []
    for quota in problem.quotas:
        total = sum(amount for case, amount in zip(cases, amounts, strict=True) if quota.holds(case))
        found += [quota.least - total] if quota.least is not None and total < quota.least else []
        found += [total - quota.most] if quota.most is not None and total > quota.most else []
    return found


@CAREFUL
@given(problems())
def test_as_good_as_trying_every_amount(problem: Problem) -> None:
    found, cases = allocate(problem), ranking(problem.cases)
    assert faults(problem, found) == ()
    every = [(amounts, short(problem, cases, amounts)) for amounts in within_budget(problem, cases)]
    allowed = [value_of(problem.objective, cases, amounts) for amounts, missed in every if not missed]
    if allowed:
        assert (found.value, found.gap, found.relax) == (max(allowed), 0, ())
        return
    assert found.optimal is None
    assert (len(found.relax), sum(each.by for each in found.relax)) == min((len(m), sum(m)) for _a, m in every)


@CAREFUL
@given(problems(dong=LARGE))
def test_exact_to_the_dong_where_amounts_are_large(problem: Problem) -> None:
    found = allocate(problem)
    assert faults(problem, found) == ()
    assert found.gap in (0, None)


@CAREFUL
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_cases_changes_nothing(problem: Problem, chance: object) -> None:
    cases = list(problem.cases)
    chance.shuffle(cases)  # type: ignore[attr-defined]
    assert allocate(replace(problem, cases=cases)) == allocate(problem)


@CAREFUL
@given(problems())
def test_prices_are_what_solving_again_says(problem: Problem) -> None:
    found = allocate(problem)
    if found.value is None:
        return
    for price in found.prices:
        if price.quota is None:
            more = allocate(replace(problem, budget=problem.budget * 105 // 100))
            assert more.value is not None
            assert price.more == more.value - found.value
            continue
        quota = problem.quotas[price.quota]
        freed = replace(quota, **{"least" if price.side == "min" else "most": None})
        quotas = [freed if place == price.quota else each for place, each in enumerate(problem.quotas)]
        assert price.gain == allocate(replace(problem, quotas=quotas)).value - found.value  # type: ignore[operator]


def case(name: str, score: float, asked: int, floor: int | None = None, **more: Any) -> Case:
    passed = more.pop("passed", True)
    return Case(name, Fraction(repr(score)), asked, asked if floor is None else floor, passed, more)


@pytest.mark.parametrize(
    ("budget", "cases", "cut"),
    [
        (10, [case("a", 90, 4), case("b", 80, 6)], (("a", 4), ("b", 6))),
        (9, [case("a", 90, 4), case("b", 80, 6, 5), case("c", 70, 1)], (("a", 4), ("b", 5))),
        (9, [case("a", 90, 4), case("b", 80, 6), case("c", 70, 1)], (("a", 4),)),
        (9, [case("b", 80, 6), case("a", 90, 4, passed=False)], (("b", 6),)),
        (4, [case("a", 80, 5, 0), case("b", 80, 4)], (("b", 4),)),
        (3, [case("a", 80, 5, 0)], (("a", 3),)),
        (0, [case("a", 80, 5, 0)], ()),
        (9, [case("b", 80, 5), case("a", 80, 5)], (("a", 5),)),
    ],
    ids=("all", "the last in part", "the floor ends it", "only passed", "equal scores: less first", "floor of nothing",
         "no money", "equal all: by id"),
)  # fmt: skip
def test_the_ranked_cut(budget: int, cases: list[Case], cut: tuple[tuple[str, int], ...]) -> None:
    assert ranked_cut(Problem(budget, cases)) == cut


def test_more_score_for_the_money_shows_as_inversions_and_reserve() -> None:
    cases = [case("a", 90, 10), case("b", 89, 6), case("c", 88, 4), case("d", 50, 9, passed=False)]
    found = allocate(Problem(10, cases, objective="score"))
    assert (found.ranked_cut, found.optimal, found.value) == ((("a", 10),), (("b", 6), ("c", 4)), 177)
    assert [(each.id, each.rank, each.below) for each in found.inversions] == [("a", 1, ("b", "c"))]
    assert found.reserve == ("a",)
    assert allocate(Problem(10, cases)).optimal == (("a", 10),)


def test_equal_scores_are_no_inversion() -> None:
    found = allocate(Problem(6, [case("a", 80, 6), case("b", 80, 7)]))
    assert (found.optimal, found.inversions, found.reserve) == ((("a", 6),), (), ("b",))


def test_money_left_goes_to_the_best_of_those_chosen() -> None:
    found = allocate(Problem(10, [case("a", 90, 8, 2), case("b", 80, 8, 2)], objective="count"))
    assert (found.value, found.optimal) == (2, (("a", 8), ("b", 2)))


@pytest.mark.parametrize("missing", [0, 1])
def test_one_dong_decides(missing: int) -> None:
    cases = [case("a", 70, 5_000_000_001, 1_000_000_003, province="x"), case("b", 71, 5_000_000_008, 3, province="x"),
             case("c", 99, 5_000_000_015, 1, province="y")]  # fmt: skip
    whole = cases[0].asked + cases[1].asked
    found = allocate(Problem(10**13, cases, [Quota("province", "x", whole + missing)]))
    assert (found.optimal is None) is bool(missing)
    assert [(each.side, each.by) for each in found.relax] == ([("min", 1)] if missing else [])


def test_true_is_not_one() -> None:
    one, yes = case("a", 80, 5, sme=1), case("b", 70, 5, sme=True)
    assert (Quota("sme", True, 1).holds(one), Quota("sme", True, 1).holds(yes), Quota("sme", 1, 1).holds(one)) == (
        False, True, True,
    )  # fmt: skip


def test_no_case_passed() -> None:
    cases = [case("a", 80, 5, passed=False, province="x")]
    assert allocate(Problem(10, cases)).optimal == ()
    found = allocate(Problem(10, cases, [Quota("province", "x", 3)]))
    assert (found.optimal, [(each.quota, each.side, each.by) for each in found.relax]) == (None, [(0, "min", 3)])


def test_many_cases_end_with_a_small_gap_that_is_told() -> None:
    import numpy as np

    chance = np.random.default_rng(3)
    cases = [
        case(f"c{n:03}", float(round(chance.uniform(65, 95), 1)), int(asked), int(asked * 0.7), province=str(n % 7))
        for n, asked in enumerate(chance.integers(10**8, 3 * 10**9, 200))
    ]
    budget = sum(each.asked for each in cases) * 35 // 100
    problem = Problem(budget, cases, [Quota("province", str(n), budget // 10, budget // 6) for n in range(7)])
    found = allocate(problem)
    assert faults(problem, found) == ()
    assert found.gap is not None
    assert 0 <= found.gap <= 1e-4


def test_the_checker_sees_what_is_wrong() -> None:
    problem = Problem(10, [case("a", 90, 6, 4, p="x"), case("b", 80, 6), case("c", 70, 5, passed=False)],
                      [Quota("p", "x", 7)])  # fmt: skip
    good = allocate(replace(problem, quotas=()))
    wrong = replace(good, ranked_cut=(("b", 6),), optimal=(("a", 3), ("b", 8), ("c", 5)), gap=-1.0, inversions=())
    assert {code for code, _params in faults(problem, wrong)} == {
        "cut", "amount", "not_passed", "budget", "quota", "value", "gap", "reserve",
    } - ({"reserve"} if good.reserve == () else set())  # fmt: skip
    assert ("unknown_case", {"id": "z"}) in faults(problem, replace(good, optimal=(("z", 1),)))
    assert ("twice", {"id": "a"}) in faults(problem, replace(good, optimal=(("a", 4), ("a", 4))))


def test_of_as_few_quotas_those_give_way_that_need_less() -> None:
    """Nothing at all misses the least by two đồng, the whole case misses the most by one."""
    case = Case("a", Fraction(), 5, 5, True, {"sector": "s"})
    found = allocate(Problem(5, [case], [Quota("sector", "s", 2, 4)], "score_times_amount"))
    assert [(each.quota, each.side, each.by) for each in found.relax] == [(0, "max", 1)]
