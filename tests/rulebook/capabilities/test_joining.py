"""Items told in parts and words of lists, as one list."""

from itertools import permutations
from typing import Any

import pytest

from matxich.rulebook.capabilities.fields import FIELDS
from matxich.rulebook.capabilities.joining import FROM_LISTS, Item, agrees, identity, joined, words_key

YEAR = 2026
CERTIFICATE = {"text": "ISO 9001:2015", "number": "QMS-1", "valid_to": "2027-03-15"}


def items(field: str, **passport: Any) -> list[tuple[dict[str, Any], int, str]]:
    return [(one.value, one.statement, one.text) for one in joined(passport, field, latest_year=YEAR)]


def test_every_joined_field_names_the_list_that_feeds_it() -> None:
    assert {FIELDS[code].list_field for code in FROM_LISTS} == set(FROM_LISTS.values())


def test_words_of_a_list_are_read() -> None:
    told = {"machines": {"m": [["Máy phay CNC Mazak 2015", 7]]}}
    assert items("machine", **told) == [
        ({"kind": "Máy phay CNC", "maker": "Mazak", "year": 2015}, 7, "Máy phay CNC Mazak 2015")
    ]


def test_a_word_that_says_nothing_more_than_a_stated_item_is_left_out() -> None:
    told = {"certificate": {"m": [[CERTIFICATE, 3]]}, "certificates": {"m": [["ISO 9001", 1], ["IATF 16949", 1]]}}
    assert items("certificate", **told) == [(CERTIFICATE, 3, ""), ({"text": "IATF 16949"}, 1, "IATF 16949")]


def test_a_word_that_contradicts_a_stated_item_stays() -> None:
    told = {"certificate": {"m": [[CERTIFICATE, 3]]}, "certificates": {"m": [["ISO 9001, đến 01/02/2026", 1]]}}
    assert [statement for _value, statement, _text in items("certificate", **told)] == [3, 1]


def test_words_somebody_read_or_denied_speak_no_longer() -> None:
    told = {
        "machine": {"m": [[{"kind": "Máy tiện", "year": 2019}, 9]], "r": [words_key("Máy tiện cũ")]},
        "machines": {"m": [["máy  TIỆN cũ", 1]]},
    }
    assert items("machine", **told) == [({"kind": "Máy tiện", "year": 2019}, 9, "")]


def test_words_that_may_mean_several_things_ask() -> None:
    (one,) = joined({"tolerance": {"m": [["0.5", 4]]}}, "tolerance", latest_year=YEAR)
    assert (one.value, one.statement, one.text) == ({}, 4, "0.5")
    assert one.question is None or one.question.readings


def test_tolerance_is_told_either_way() -> None:
    parts = {"plus_nm": 10_000, "minus_nm": 10_000}
    found = items("tolerance", tolerance={"m": [[parts, 5], ["±0,02 mm", 4]]})
    assert found == [(parts, 5, ""), ({"plus_nm": 20_000, "minus_nm": 20_000}, 4, "±0,02 mm")]


def test_fields_of_one_value_have_one_item() -> None:
    assert joined({"exports": {"v": {"percent": "12"}, "s": 8}}, "exports", latest_year=YEAR) == (
        Item({"percent": "12"}, 8),
    )
    assert joined({}, "exports", latest_year=YEAR) == ()


@pytest.mark.parametrize(
    ("field", "one", "other", "same"),
    [
        ("certificate", {"text": "ISO 9001"}, {"text": "iso 9001:2015"}, True),
        ("certificate", {"text": "ISO 9001", "number": "A"}, {"text": "ISO 9001", "number": "B"}, False),
        ("machine", {"kind": "Máy tiện", "year": 2001}, {"kind": "máy tiện", "year": 2001}, True),
        ("machine", {"kind": "Máy tiện", "year": 2001}, {"kind": "Máy tiện", "year": 2002}, False),
        ("customer", {"name": "Canon", "tier": "1"}, {"name": "CANON"}, True),
        ("energy", {"solar_kwp": "5"}, {"audited": True}, True),
    ],
)
def test_what_speaks_of_one_thing(field: str, one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    assert (identity(field, one) == identity(field, other)) is same


def test_silence_is_no_contradiction() -> None:
    assert agrees({"name": "Canon", "tier": "1"}, {"name": "canon", "since": 2020})
    assert not agrees({"name": "Canon", "since": 2021}, {"name": "Canon", "since": 2020})


def test_the_order_of_a_lists_words_is_kept_and_nothing_else_matters() -> None:
    words = [["Máy cắt laser", 1], ["Máy chấn", 1], ["Máy hàn", 2]]
    for order in permutations(words):
        found = items("machine", machines={"m": list(order)})
        assert [text for _value, _statement, text in found] == [text for text, _statement in order]
