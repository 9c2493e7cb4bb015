"""What is kept between questions is what asking anew would give."""

from dataclasses import replace

import pytest

from matxich.registry.search import Query, catch_up, search
from matxich.registry.search.engine import ask
from matxich.registry.search.store import opened
from tests.conftest import World
from tests.samples import enterprise

FACETS = ("province", "size", "verified", "sector")


@pytest.mark.django_db(transaction=True)
def test_pages_and_orders_of_one_question_share_counts_that_are_right(world: World) -> None:
    enterprise(world)
    assert catch_up()
    first = Query("duc", {"province": ("31",)}, facets=FACETS)
    for query in (first, replace(first, page=2), replace(first, sort="name"), replace(first, limit=1), first):
        anew = ask(opened().searcher, opened().schema, query)
        found = search(query)
        assert (found.total, found.hits, found.facets) == (anew.total, anew.hits, anew.facets)
    other = search(replace(first, filters={}))
    assert other.facets["province"] == (("31", 1),)
