"""Work beside the caller: results in order, jobs taken no sooner than needed, faults told."""

import pytest

from matxich.kit.aside import map_aside

HERE = "tests.kit.test_aside"


def twice(number):
    if number < 0:
        raise ValueError("below nothing")
    return [number] * 2


def test_results_come_in_the_order_of_the_jobs_which_are_taken_one_ahead():
    taken, seen = [], []

    def jobs():
        for number in range(7):
            taken.append(number)
            yield number

    for result in map_aside(f"{HERE}.twice", jobs(), helpers=2):
        seen.append(result)
        assert len(taken) <= len(seen) + 2
    assert seen == [[number, number] for number in range(7)]


def test_a_fault_of_the_helper_is_the_callers():
    results = map_aside(f"{HERE}.twice", [1, -1, 2], helpers=1)
    assert next(results) == [1, 1]
    with pytest.raises(ValueError, match="below nothing"):
        next(results)
