"""Decree 80/2021, article 5, read as a table."""

from datetime import date

import pytest

from matxich.rulebook.enterprise_size import BILLION, enterprise_size

ON = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("workers", "revenue", "capital", "size"),
    [
        (10, 3, 99, "micro"),
        (10, 99, 3, "micro"),
        (11, 3, 3, "small"),
        (10, 50, 99, "small"),
        (100, 50, None, "small"),
        (100, 51, 20, "small"),
        (100, 51, 21, "medium"),
        (101, 1, 1, "medium"),
        (200, 200, 500, "medium"),
        (200, 201, 101, "large"),
        (201, 1, 1, "large"),
        (201, None, None, "large"),
        (150, 40, None, "medium"),
        (80, 0, 20, "small"),
        (80, 0, 101, "large"),
        (80, 0, None, "unknown"),
        (80, None, None, "unknown"),
        (80, 51, None, "unknown"),
        (None, 1, 1, "unknown"),
        (None, 300, 300, "large"),
        (None, None, None, "unknown"),
    ],
)
def test_industry(workers: int | None, revenue: int | None, capital: int | None, size: str) -> None:
    money = [None if amount is None else amount * BILLION for amount in (revenue, capital)]
    assert enterprise_size(on=ON, workers=workers, revenue=money[0], capital=money[1]).size == size


def test_what_is_still_possible_is_said() -> None:
    answer = enterprise_size(on=ON, workers=80, revenue=51 * BILLION, capital=None)
    assert answer.possible == ("small", "medium")
    assert answer.article == "Điều 5 Nghị định 80/2021/NĐ-CP"


def test_services_have_their_own_limits() -> None:
    assert enterprise_size(on=ON, workers=60, revenue=1, capital=1, branch="services").size == "medium"


def test_before_the_decree_nothing_is_said() -> None:
    assert enterprise_size(on=date(2021, 10, 14), workers=5, revenue=1, capital=1).size == "unknown"
    assert enterprise_size(on=date(2021, 10, 15), workers=5, revenue=1, capital=1).size == "micro"
