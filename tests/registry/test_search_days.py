"""Certificates valid on a day, and the age of what is known: told by the day of asking, exact to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.registry.search.days import AGES, Certified, age_ranges, asked, certified, terms
from matxich.registry.search.document import Document
from matxich.rulebook.capabilities.certificate import status
from tests.registry.test_search_engine import Register

DAYS = st.dates(date(1900, 1, 1), date(2250, 1, 1))


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_terms_say_what_the_rulebook_says(start: date | None, end: date | None, on: date) -> None:
    if start and end and start >= end:
        return
    value = {code: day.isoformat() for code, day in (("valid_from", start), ("valid_to", end)) if day}
    (one,) = certified(["iso-9001"], value)
    for day in {on, *(d + timedelta(days=n) for d in (start, end) if d for n in (-1, 0, 1))}:
        told = {name for name in ("valid", "unknown") if set(asked(["iso-9001"], name, day)) & set(terms(one))}
        assert told == {status(value, day)} & {"valid", "unknown"}, day


def test_a_certificate_takes_few_terms() -> None:
    assert len(terms(Certified("iso-9001", date(2024, 3, 5), date(2027, 3, 5)))) == 11
    assert len(terms(Certified("iso-9001"))) == 1
    assert terms(Certified("iso-9001", date(2024, 3, 5), date(2024, 3, 5))) == ()


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.dates())
def test_every_day_has_one_age(on: date, known: date) -> None:
    within = [
        age["key"] for age in age_ranges(on) if age["from"] <= known.toordinal() < age.get("to", known.toordinal() + 1)
    ]
    assert len(within) == 1
    assert [age["key"] for age in age_ranges(on)] == list(AGES)


@pytest.mark.parametrize(
    ("known", "age"),
    [
        (date(2026, 8, 31), "6"),
        (date(2026, 12, 1), "6"),
        (date(2026, 2, 28), "6"),
        (date(2026, 2, 27), "12"),
        (date(2025, 8, 31), "12"),
        (date(2025, 8, 30), "24"),
        (date(2024, 8, 31), "24"),
        (date(2024, 8, 30), "older"),
        (None, "unknown"),
    ],
)
def test_months_end_where_they_end(known: date | None, age: str) -> None:
    register = Register([Document(1, "Đúc Lam", as_of=known)])
    today = date(2026, 8, 31)
    assert register(facets=("freshness",), today=today).facets == {"freshness": ((age, 1),)}
    for each in AGES:
        assert register(filters={"freshness": (each,)}, today=today).total == (each == age)


MANAGEMENT = "management-system-certificate"


@pytest.fixture(scope="module")
def register() -> Register:
    def one(number: int, *held: Certified, **more: str) -> Document:
        codes = tuple(dict.fromkeys(code for each in held for code in (each.code, MANAGEMENT)))
        return Document(number, f"Đúc {number}", concepts={"certificate": codes}, certificates=held, **more)

    return Register(
        [
            one(1, Certified("iso-9001", date(2024, 1, 1), date(2027, 1, 1)), province_34="24"),
            one(2, Certified("iso-9001", date(2021, 1, 1), date(2024, 1, 1)), Certified("iso-14001")),
            one(3, Certified("iso-9001"), province_34="31"),
            one(4, Certified("iso-9001", date(2026, 6, 1), None)),
            one(5, Certified("iso-9001"), Certified("iso-9001", None, date(2026, 3, 2))),
            one(6, Certified("iso-14001", date(2025, 1, 1), date(2028, 1, 1))),
            Document(7, "Đúc 7"),
        ]
    )


@pytest.mark.parametrize(
    ("on", "valid", "without_end"),
    [
        (date(2026, 12, 31), [1], 3),
        (date(2027, 1, 1), [], 3),
        (date(2026, 3, 1), [1, 5], 1),
        (date(2026, 3, 2), [1], 2),
        (date(2023, 12, 31), [2, 5], 1),
        (date(2024, 1, 1), [1, 5], 1),
        (date(1990, 1, 1), [5], 1),
    ],
)
def test_valid_on_a_day(register: Register, on: date, valid: list[int], without_end: int) -> None:
    found = register(filters={"certificate": ("iso-9001",)}, on=on, facets=("certificate", "validity"))
    assert [number for number, _ in found.hits] == valid
    assert (found.total, found.without_end) == (len(valid), without_end)
    told = (("valid", len(valid)), ("unknown", without_end))
    assert found.facets["validity"] == tuple(pair for pair in told if pair[1])
    same = register(filters={"certificate": ("iso-9001",), "validity": ("valid",)}, today=on)
    assert (same.hits, same.without_end) == (found.hits, without_end)


def test_facets_of_a_day_count_what_is_valid_then(register: Register) -> None:
    on = date(2026, 7, 1)
    found = register(on=on, facets=("certificate", "validity", "province"))
    assert ([number for number, _ in found.hits], found.without_end) == ([1, 6], 4)
    assert dict(found.facets["certificate"]) == {MANAGEMENT: 2, "iso-9001": 1, "iso-14001": 1}
    chosen = register(filters={"certificate": ("iso-14001",)}, on=on, facets=("certificate", "province"))
    assert [number for number, _ in chosen.hits] == [6]
    assert chosen.facets["certificate"] == found.facets["certificate"]
    either = register(filters={"certificate": (MANAGEMENT,), "validity": ("valid", "unknown")}, today=on)
    assert [number for number, _ in either.hits] == [1, 2, 3, 4, 5, 6]
    unknown = register(filters={"validity": ("unknown",)}, today=on, facets=("certificate", "validity"))
    assert [number for number, _ in unknown.hits] == [2, 3, 4, 5]
    assert dict(unknown.facets["certificate"]) == {"iso-9001": 3, "iso-14001": 1, MANAGEMENT: 4}
    assert dict(unknown.facets["validity"]) == {"valid": 2, "unknown": 4}


def test_without_a_day_nothing_is_judged(register: Register) -> None:
    assert register(facets=("freshness", "validity")).facets == {"freshness": (), "validity": ()}
    for name in ("freshness", "validity"):
        with pytest.raises(ValueError, match="without a day"):
            register(filters={name: ("unknown" if name == "freshness" else "valid",)})
