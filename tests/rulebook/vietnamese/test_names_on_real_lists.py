"""Keys measured on the listed companies: different enterprises keep different keys."""

import csv
import os
from collections import defaultdict
from pathlib import Path

import pytest

from matxich.rulebook.vietnamese.names import company_key, legal_form
from matxich.rulebook.vietnamese.text import fold

DATA = Path(os.environ.get("MATXICH_PRIVATE_DATA", Path(__file__).parents[4] / "shared" / "data"))
LISTED = DATA / "lists" / "listed_companies_2023_vi.csv"
pytestmark = pytest.mark.skipif(not LISTED.is_file(), reason=f"private data is not at {LISTED}")


def names() -> list[str]:
    with LISTED.open(encoding="utf-8-sig", newline="") as lines:
        return [row["organName"] for row in csv.DictReader(lines)]


def test_no_two_listed_names_share_a_key() -> None:
    spellings = defaultdict(set)
    for name in names():
        spellings[company_key(name)].add(fold(name))
    assert [shared for shared in spellings.values() if len(shared) > 1] == []


def test_nearly_every_listed_name_states_its_form() -> None:
    silent = [name for name in names() if not legal_form(name)]
    assert len(silent) <= 22
    assert all(fold(name).startswith(("quy ", "tap doan ", "tong cong ty ")) for name in silent)
