"""Invented firms: the same ones for a seed, where the texts say they stand, and never anybody's."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.synthetic.firms import UNIT_EVERY, Series
from demo.synthetic.lines import certificates, lines
from demo.synthetic.owners import TODAY
from demo.synthetic.sources import AUDIT, DECLARED, DOCUMENT, VISIT, sources
from matxich.places.queries import resolver
from matxich.registry.actions.generating import MOST_STATEMENTS
from matxich.registry.states import Kind, SourceKind, Verification
from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.capabilities.checking import check
from matxich.rulebook.capabilities.fields import FIELDS
from matxich.rulebook.taxonomy import Scheme

MANY = 1_500
DIGEST = """
import django
django.setup()
from tests.demo.test_synthetic import digest
print(digest(), end="")
"""


def digest():
    told = repr([firm for full in (False, True) for firm in Series(11, full).firms(50, 30)])
    return hashlib.sha256(told.encode()).hexdigest()


@pytest.fixture(scope="module")
def full():
    return list(Series(3, True).firms(1, MANY))


@given(st.integers(0, 2**63 - 1), st.integers(1, 10**7), st.integers(0, 40), st.booleans())
def test_a_firm_depends_on_its_seed_and_number_alone(seed, first, skipped, full):
    alone = next(iter(Series(seed, full).firms(first + skipped, 1)))
    assert alone == next(islice(Series(seed, full).firms(first, skipped + 1), skipped, None))


def test_the_hash_seed_changes_nothing():
    """This process has a hash seed of its own."""
    environment = os.environ | {"PYTHONHASHSEED": "7", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    other = subprocess.run([sys.executable, "-c", DIGEST], env=environment, capture_output=True, check=True, text=True)
    assert other.stdout == digest()


def test_a_full_passport_begins_like_the_modest_one(full):
    for modest, more in zip(Series(3, False).firms(1, 200), full, strict=False):
        assert (modest.kind, modest.facts) == (more.kind, more.facts[: len(modest.facts)])


def test_seeds_give_different_firms():
    assert [firm.facts[0].value for firm in Series(1, False).firms(1, 50)] != [
        firm.facts[0].value for firm in Series(2, False).firms(1, 50)
    ]


def test_structured_values_may_be_stored(full):
    stated = [fact for firm in full for fact in firm.facts if fact.field in FIELDS and isinstance(fact.value, dict)]
    assert {fact.field for fact in stated} == FIELDS.keys()
    assert [(fact, found) for fact in stated if (found := check(fact.field, fact.value, latest_year=TODAY.year))] == []
    named = {fact.value[part] for fact in stated for part in ("concept", "process") if part in fact.value}
    assert [code for code in named if code not in taxonomy()] == []


def test_addresses_lead_where_their_codes_say(full):
    """Codes are what the look-up makes of the text: of few it makes less or other."""
    places = [firm.facts[1].value for firm in full[:400]]
    codes = ("province_34", "province_63", "commune_34", "commune_63", "zone", "lot")
    found = [resolver().resolve(place["text"]) for place in places]
    wrong = [
        place for place, at in zip(places, found, strict=True) for code in codes if place.get(code) != getattr(at, code)
    ]
    assert len(wrong) <= 4
    assert {"commune_63" in place for place in places} == {True, False}
    assert len({place["province_34"] for place in places}) == 34


def test_everything_was_told_by_the_same_day_and_over_years(full):
    days = [fact.as_of for firm in full for fact in firm.facts]
    assert max(days) <= TODAY
    assert {2021, 2022, 2023, 2024, 2025, 2026} <= {day.year for day in days}
    ends = [fact.value["valid_to"] for firm in full for fact in firm.facts if fact.field == "certificate"]
    assert min(ends) < TODAY.isoformat() < max(ends)


def test_who_says_what(full):
    kinds = [kind for _name, kind in sources()]
    assert len(kinds) == len({name for name, _kind in sources()}) == AUDIT + 1
    assert [kinds[number] for number in (DECLARED, DOCUMENT, VISIT)] == [
        SourceKind.SELF_DECLARED,
        SourceKind.DOCUMENT,
        SourceKind.VISIT,
    ]
    facts = [fact for firm in full for fact in firm.facts]
    assert {fact.verification for fact in facts} == set(Verification)
    assert {fact.verification for fact in facts if fact.source == DECLARED} == {Verification.DECLARED}
    differing = [firm for firm in full if len({fact.value for fact in firm.facts if fact.field == "workers"}) > 1]
    assert len(differing) > MANY / 3


def test_shares_are_those_of_life(full):
    forms = Counter(firm.kind for firm in full)
    assert forms[Kind.UNIT] == MANY // UNIT_EVERY
    assert forms[Kind.ENTERPRISE] > MANY * 0.8
    assert forms.keys() == {*Kind} - {Kind.ARTISAN}
    trades = Counter(fact.value[0] for firm in full for fact in firm.facts if fact.field == "sectors")
    assert len(trades) == 6
    assert trades.most_common()[0][1] > 10 * trades.most_common()[-1][1]
    assert max(len(firm.facts) for firm in full) < MOST_STATEMENTS[True]


def test_people_and_addresses_of_the_net_are_nobodys(full):
    told = [fact for firm in full for fact in firm.facts]
    people = [fact.value["name"] for fact in told if fact.field == "contact"]
    people += [fact.value for fact in told if fact.field == "contact_person"]
    assert {name.split()[-1] for name in people} <= {"Mẫu", "Thử", "Giả", "Ví", "Dụ", "Phỏng", "Mô", "Nháp"}
    assert all(fact.value["email"].endswith(".example") for fact in told if fact.field == "contact")
    assert all(fact.value[0].endswith(".example") for fact in told if fact.field == "website")


def test_nearly_everything_of_the_taxonomy_is_done_by_somebody():
    pools = {
        "processes": Scheme.PROCESSES,
        "materials": Scheme.MATERIALS,
        "machines": Scheme.MACHINES,
        "products": Scheme.PARTS,
    }
    for pool, scheme in pools.items():
        used = {named.code for line in lines() for named in getattr(line, pool)}
        assert {taxonomy().concept(code).scheme for code in used} == {scheme}
        assert len(used) > 0.9 * len(taxonomy().of(scheme)), pool
    assert len(certificates()) > 30
    assert all(named.names for line in lines() for named in line.processes)
