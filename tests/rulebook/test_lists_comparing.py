"""Rows that say the same have one digest, whatever column, order, spelling or year they say it in."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.lists.comparing import digest_of

facts = st.lists(st.tuples(st.sampled_from(["name", "products", "workers", "revenue"]), st.text() | st.integers()))


@given(facts, st.randoms())
def test_order_does_not_matter(told: list[tuple[str, Any]], chance: Any) -> None:
    shuffled = chance.sample(told, len(told))
    assert digest_of(shuffled) == digest_of(told)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("name", "Công ty  A"), ("name", "CÔNG TY A")),
        (("products", ["Ốc", "Vít"]), ("products", ["vít", "ốc"])),
        (("workers", 80), ("workers", {"value": 80, "comparator": "≈"})),
        (("workers", {"value": 80, "year": 2025}), ("workers", {"value": 80, "year": 2026})),
        (("address", {"text": "An Dương", "confidence": 0.9}), ("address", {"text": "An Dương", "province_34": "31"})),
    ],
)
def test_the_same(one: tuple[str, Any], other: tuple[str, Any]) -> None:
    assert digest_of([one]) == digest_of([other])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([("workers", 80)], [("workers", 81)]),
        ([("workers", 80)], [("workers", {"value": 80, "comparator": ">"})]),
        ([("workers", 80)], [("workers", "80")]),
        ([("name", "Hoa Phát")], [("name", "Hòa Phát")]),
        ([("name", "A")], [("name_en", "A")]),
        ([("products", ["A"])], [("products", ["A"]), ("products", ["A"])]),
    ],
)
def test_not_the_same(one: list[tuple[str, Any]], other: list[tuple[str, Any]]) -> None:
    assert digest_of(one) != digest_of(other)
