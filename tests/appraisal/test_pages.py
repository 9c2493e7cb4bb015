"""Lists cost the same whether a batch has three pages of cases or one, and stay light."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.council_pages import judged
from matxich.appraisal.actions.ranking import run_ranking
from matxich.appraisal.models import Case
from tests.appraisal import samples
from tests.appraisal.conftest import actor
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
HEAVIEST = 120_000


def more(batch, count, **told):
    """So many cases beside those there are, as the tables hold them."""
    Case.objects.bulk_create(
        Case(
            batch=batch, owner_kind="more", owner_id=number, reference=f"M-{number:05d}", title=f"Đề án thêm {number}",
            organisation=f"Công ty Thêm {number}", asked=300_000_000, dossier_sha256=f"{number:064d}", province="31",
            submitted_at=NOW + timedelta(minutes=number), opened_by="os:x", opened_at=NOW, **told,
        )
        for number in range(count)
    )  # fmt: skip


def asked(client, address):
    """How many queries the page takes once its words are known, and its weight in bytes."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        page = client.get(address)
    assert page.status_code == 200, address
    return len(seen), len(page.content)


def test_the_list_of_cases_costs_the_same(world, sign_in):
    batch, client = samples.batch(world), sign_in(world.owner)
    address = f"/tham-dinh/{batch.pk}/"
    few, _weight = asked(client, address)
    more(batch, 60, state="voting")
    many, weight = asked(client, address)
    assert (Case.objects.filter(batch=batch).count(), many) == (62, few)
    assert few <= 15
    assert weight <= HEAVIEST


def test_a_members_own_list_costs_the_same(world, sign_in):
    batch = samples.batch(world)
    client = sign_in(batch.council.members.order_by("id")[2].user)
    few, _weight = asked(client, "/ho-so-cham/")
    more(batch, 60, state="voting")
    many, weight = asked(client, "/ho-so-cham/")
    assert many == few <= 15
    assert weight <= HEAVIEST


def test_the_ranking_costs_the_same(world, sign_in):
    batch, client = samples.ranked(world), sign_in(world.owner)
    address = f"/tham-dinh/{batch.pk}/xep-hang/"
    few, _weight = asked(client, address)
    voters = [seat for seat in batch.council.members.order_by("id") if seat.votes]
    judged(batch, voters, 70)
    run = run_ranking(batch=batch, quotas=[], by=actor(world.owner), at=NOW + timedelta(days=1))
    many, weight = asked(client, address)
    assert (len(run.problem["ranks"]), many) == (72, few)
    assert few <= 20
    assert weight <= HEAVIEST
    first, second = client.get(address).content.decode(), client.get(f"{address}?trang=2").content.decode()
    shown = [{n for n in range(1, 71) if f">Đề án mẫu {n}<" in text} for text in (first, second)]
    assert shown[0] | shown[1] == set(range(1, 71))
    assert shown[0] & shown[1] <= {11, 12}  # two cases of the sample bear these names too
    assert (first.count("<tr"), second.count("<tr")) >= (51, 23)


@pytest.mark.parametrize("address", ["/tham-dinh/", "/hoi-dong/", "/tieu-chi/", "/ke-hoach-hoi-dong/"])
def test_lists_of_the_room_are_light(world, sign_in, address):
    samples.batch(world), samples.ranked(world), samples.plan(world), samples.criteria(world)
    queries, weight = asked(sign_in(world.owner), address)
    assert queries <= 15
    assert weight <= HEAVIEST
