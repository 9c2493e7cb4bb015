"""Twenty people number at once: no double, no gap, on SQLite and on PostgreSQL alike."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from matxich.correspondence.actions import numbering
from matxich.correspondence.models import OfficialPaper, Register, RegisterEntry
from matxich.kit.refusals import Stale
from tests.conftest import NOW
from tests.correspondence.conftest import Hands, brought

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 20


def _numbered(hands: Hands, pk: int, version: int) -> int | str:
    try:
        paper = OfficialPaper.objects.get(pk=pk)
        return numbering.number(paper=paper, by=hands.clerk, at=NOW, base_version=version).number or 0
    except Stale as refusal:
        return refusal.code
    finally:
        connection.close()


def test_twenty_clerks_get_twenty_numbers(hands: Hands) -> None:
    papers = [brought(hands, "signed") for _ in range(THREADS)]
    assert not Register.objects.exists()
    with ThreadPoolExecutor(THREADS) as pool:
        given = list(pool.map(lambda paper: _numbered(hands, paper.pk, paper.version), papers))
    assert sorted(given) == list(range(1, THREADS + 1))  # type: ignore[type-var]
    entries = list(RegisterEntry.objects.order_by("number").values_list("number", "paper__number"))
    assert entries == [(number, number) for number in range(1, THREADS + 1)]
    assert Register.objects.get().next == THREADS + 1


def test_one_paper_numbered_by_twenty_gets_one_number(hands: Hands) -> None:
    paper = brought(hands, "signed")
    with ThreadPoolExecutor(THREADS) as pool:
        given = list(pool.map(lambda _each: _numbered(hands, paper.pk, paper.version), range(THREADS)))
    assert sorted(map(str, given)) == ["1", *["stale"] * (THREADS - 1)]
    assert Register.objects.get().next == 2
