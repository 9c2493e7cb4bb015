"""Order of the marks, the reserve, the funnel; weeks, clashes and when a firm is asked again."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.coaching.selection import (
    STEPS,
    Candidate,
    Journey,
    NotNext,
    demand_turn,
    funnel,
    next_in_reserve,
    ranked,
)
from matxich.rulebook.coaching.weeks import (
    BadWeeks,
    Booking,
    clashes,
    demand_weeks,
    due_on,
    months_after,
    next_step,
    week_of,
    week_span,
)

DAY = date(2023, 1, 10)


def one(number, visit, talk, on=DAY):
    return Candidate(number, visit, talk, on)


def test_marks_then_visit_then_day_then_id():
    firms = [
        one(1, Fraction(1, 2), Fraction(1, 2)), one(2, Fraction(3, 4), Fraction(1, 4)), one(3, Fraction(9, 10), Fraction(9, 10)), one(4, None, Fraction(1)),
        one(5, Fraction(1, 2), Fraction(1, 2), DAY - timedelta(days=1)), one(6, Fraction(1, 2), Fraction(1, 2)),
    ]  # fmt: skip
    order, unmarked = ranked(firms, 2)
    assert [(each.rank, each.candidate.id, each.within_quota) for each in order] == [
        (1, 3, True), (2, 2, True), (3, 5, False), (4, 1, False), (5, 6, False),
    ]  # fmt: skip
    assert [each.id for each in unmarked] == [4]


def test_the_reserve_comes_up_in_its_order():
    assert next_in_reserve({7: 5, 8: 4}) == 8
    demand_turn(8, {7: 5, 8: 4})
    with pytest.raises(NotNext) as error:
        demand_turn(7, {7: 5, 8: 4})
    assert error.value.next == 8
    assert next_in_reserve({}) is None


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.booleans(), st.sampled_from(["", "xa", "nhỏ"]))))
def test_every_firm_of_the_funnel_is_somewhere(told):
    steps = funnel([Journey(step, left, reason if left else "") for step, left, reason in told])
    assert steps[0].reached == len(told)
    for here, after in pairwise(steps):
        waiting = sum(step == here.step and not left for step, left, _reason in told)
        assert here.reached == after.reached + here.left + waiting
        assert here.left == sum(count for _reason, count in here.reasons)


@pytest.mark.parametrize(
    ("weeks", "theory", "site", "why"),
    [
        (12, range(1, 4), range(4, 13), None),
        (2, [1, 2], [2], None),
        (12, [1], range(3, 13), "left_over"),
        (3, [1, 1], [2, 3], "twice"),
        (3, [1], [2, 4], "outside"),
        (0, [], [], "none"),
        (53, range(1, 54), [], "too_many"),
    ],
)
def test_weeks_add_up(weeks, theory, site, why):
    if why is None:
        demand_weeks(weeks, theory, site)
        return
    with pytest.raises(BadWeeks) as error:
        demand_weeks(weeks, theory, site)
    assert error.value.why == why


def test_which_week_a_day_lies_in():
    start = date(2023, 4, 10)
    assert week_span(start, 2) == (date(2023, 4, 17), date(2023, 4, 24))
    days = [date(2023, 4, 9), start, date(2023, 4, 16), date(2023, 4, 17), date(2023, 7, 2), date(2023, 7, 3)]
    assert [week_of(start, day, 12) for day in days] == [None, 1, 1, 2, 12, None]


def test_months_end_where_months_end():
    assert months_after(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert months_after(date(2023, 12, 22), 24) == date(2025, 12, 22)
    assert due_on(date(2023, 8, 18), "m12") == date(2024, 8, 18)
    assert due_on(date(2023, 8, 18), "end") == date(2023, 8, 18)


@pytest.mark.parametrize(
    ("days", "sent", "reminders", "step"),
    [
        (-31, False, 0, "wait"), (-30, False, 0, "send"), (0, True, 0, "nothing"), (13, True, 0, "nothing"),
        (14, True, 0, "remind"), (60, True, 1, "nothing"), (89, False, 0, "send"), (90, True, 1, "give_up"),
        (90, False, 0, "give_up"),
    ],
)  # fmt: skip
def test_one_policy_of_asking(days, sent, reminders, step):
    due = date(2024, 2, 18)
    assert next_step(due, due + timedelta(days=days), sent=sent, reminders=reminders) == step


def test_an_expert_is_in_one_place_at_a_time():
    def booked(key, where, begins, ends):
        return Booking(key, where, datetime(2023, 5, 2, begins, tzinfo=UTC), datetime(2023, 5, 2, ends, tzinfo=UTC))

    others = [booked(1, 10, 8, 12), booked(2, 11, 13, 17)]
    assert [each.key for each in clashes(booked(0, 12, 11, 14), others)] == [1, 2]
    assert clashes(booked(0, 12, 12, 13), others) == ()
    assert clashes(booked(1, 10, 9, 11), others) == ()
