"""State money reaches one beneficiary once for one content in a year."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.policy.packaged import packaged_law, pairs_of_contents
from matxich.rulebook.law.duplicates import ARTICLES, Given, doubles, excludes, in_the_way, more_favourable, pairs_of

PAIRS = pairs_of_contents()
ONE = Given("1", "0100233488", "KC-12", 2026, True, 300_000_000)
CONTENTS = ("KC-12", "CN-33", "DN-22", "KC-17", "")


def test_all_five_have_to_hold_for_a_double() -> None:
    """Who, content, year, state money, still standing: one that differs and there is none."""
    for who, content, year, state, stands in product((True, False), repeat=5):
        other = Given(
            "2", ONE.who if who else "0100233489", ONE.content if content else "KC-17", 2026 if year else 2025, state,
            1, stands,
        )  # fmt: skip
        assert excludes(ONE, other, PAIRS) is all((who, content, year, state, stands))
    assert not excludes(replace(ONE, state=False), replace(ONE, id="2"), PAIRS)
    assert not excludes(replace(ONE, who=""), replace(ONE, id="2", who=""), PAIRS)
    assert not excludes(ONE, ONE, PAIRS)


@pytest.mark.parametrize(
    ("one", "other", "double"),
    [("KC-12", "CN-33", True), ("CN-33", "KC-12", True), ("KC-12", "DN-22", True), ("KC-12", "KC-17", False),
     ("KC-17", "CN-42", True), ("KC-16", "CN-42", False), ("", "", False), ("KC-12", "", False)],
)  # fmt: skip
def test_contents_that_cover_each_other_are_declared(one: str, other: str, double: bool) -> None:
    assert excludes(replace(ONE, content=one), replace(ONE, id="2", content=other), PAIRS) is double


def test_declared_pairs_make_no_chain() -> None:
    """KC-21 pays for brands as CN-45 and DN-22 do; DN-22 also pays for transfers as KC-12 does, KC-21 does not."""
    assert not excludes(replace(ONE, content="KC-12"), replace(ONE, id="2", content="KC-21"), PAIRS)


def test_a_double_names_its_entries_and_the_more_favourable_one() -> None:
    other = replace(ONE, id="2", content="DN-22", amount=100_000_000)
    (found,) = doubles([ONE, other, replace(ONE, id="3", year=2025)], PAIRS)
    assert (found.entries, found.better) == ((ONE, other), ONE)
    assert "chuyển giao công nghệ" in found.why.vi and "transfer" in found.why.en
    assert in_the_way(replace(ONE, id=""), [ONE, other], PAIRS) == (ONE, other)


@pytest.mark.parametrize(
    ("offers", "choice"),
    [({"KC-12": 300, "DN-22": 100}, ["KC-12"]), ({"KC-12": None, "DN-22": 100}, ["DN-22"]),
     ({"KC-12": None, "DN-22": None}, ["KC-12", "DN-22"]), ({"KC-12": 5, "DN-22": 5}, ["KC-12", "DN-22"]), ({}, [])],
)  # fmt: skip
def test_the_firm_chooses_the_more_favourable(offers: dict, choice: list) -> None:
    assert more_favourable(offers) == choice


GIVEN = st.builds(
    Given, id=st.uuids().map(str), who=st.sampled_from(("a", "b", "")), content=st.sampled_from(CONTENTS),
    year=st.sampled_from((2025, 2026)), state=st.booleans(), amount=st.integers(0, 10**12), stands=st.booleans(),
)  # fmt: skip


@given(st.lists(GIVEN, max_size=12))
def test_doubles_are_the_pairs_that_exclude_each_other_whatever_the_order(entries: list[Given]) -> None:
    def told(given: list[Given]) -> set[frozenset[str]]:
        return {frozenset(each.id for each in double.entries) for double in doubles(given, PAIRS)}

    expected = {frozenset((one.id, other.id)) for one in entries for other in entries if excludes(one, other, PAIRS)}
    assert told(entries) == expected == told(entries[::-1])
    assert all(excludes(one, other, PAIRS) is excludes(other, one, PAIRS) for one in entries for other in entries)
    for one in entries:
        found = {each.id for each in in_the_way(one, entries, PAIRS)}
        assert found == {code for pair in expected if one.id in pair for code in pair - {one.id}}


@given(st.lists(GIVEN, max_size=12))
def test_what_does_not_stand_is_never_in_the_way(entries: list[Given]) -> None:
    assert doubles([replace(each, stands=False) for each in entries], PAIRS) == ()


@pytest.mark.parametrize(
    "text",
    ["one,other\n", "one,other,vi,en\nKC-12,KC-99,a,b\n", "one,other,vi,en\nKC-12,KC-12,a,b\n",
     "one,other,vi,en\nKC-12,CN-33,a,b\nCN-33,KC-12,a,b\n", "one,other,vi,en\nKC-12,CN-33,,b\n"],
)  # fmt: skip
def test_a_faulty_table_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        pairs_of(text)


def test_the_articles_stand_in_the_library() -> None:
    assert all(packaged_law().library.cite(each) for each in ARTICLES)
