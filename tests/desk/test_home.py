"""The officials' home: what waits for whom, exact numbers of queries, and nothing for strangers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matxich.accounts.models import Membership
from matxich.accounts.states import Role
from matxich.desk.queries import day_of
from matxich.registry.models import ImportRow
from matxich.registry.states import ImportState
from tests.conftest import NOW
from tests.registry.search_world import batch, source

pytestmark = pytest.mark.django_db
HOME = "/viec-cua-toi/"


def waiting(name, user, agency, state=ImportState.READ, **counts):
    one = batch(source(name), state)
    one.started_by, one.agency, one.file_name, one.counts = f"user:{user.pk}", agency, f"{name}.xlsx", counts
    one.save()
    return one


def works(actor):
    return [(work.title, work.note, work.amount, work.action) for work in day_of(actor, NOW).works]


def test_only_officials_have_a_desk(client, world, sign_in):
    assert client.get(HOME).status_code == 302
    statuses = {name: sign_in(user).get(HOME).status_code for name, user in world.people.items()}
    assert statuses.pop("enterprise") == 403
    assert set(statuses.values()) == {200}


def test_whoever_may_give_roles_finds_the_people_in_the_frame(world, sign_in):
    Membership.objects.filter(user=world.colleague).update(role=Role.LEADER)
    people = reverse("accounts:users")
    shown = {
        name: f'href="{people}"' in sign_in(user).get(HOME).content.decode() for name, user in world.people.items()
    }
    assert {name for name, seen in shown.items() if seen} == {"colleague", "administrator"}


def test_an_empty_desk_says_what_to_do(world, sign_in):
    page = sign_in(world.owner).get(HOME).content.decode()
    assert "Không có việc nào đang chờ bạn." in page
    assert "Nhập một danh sách" in page


def test_my_lists_wait_for_me_alone(world, as_actor):
    waiting("Danh sách A", world.owner, world.agency)
    waiting("Danh sách B", world.owner, world.agency, ImportState.STAGED, rows=12)
    assert works(as_actor(world.owner)) == [
        ("Công bố danh sách đã kiểm tra", "Danh sách B.xlsx", "12 dòng", "Xem lại"),
        ("Ghép cột của danh sách", "Danh sách A.xlsx", "", "Ghép cột"),
    ]
    for other in (world.colleague, world.stranger, world.viewer, world.ministry):
        assert works(as_actor(other)) == []


def test_rows_in_doubt_wait_for_those_in_charge(world, as_actor):
    published = waiting("Danh sách C", world.colleague, world.agency, ImportState.PUBLISHED)
    published.published_at = NOW
    published.save()
    ImportRow.objects.bulk_create(
        ImportRow(batch=published, row=n, outcome="queued", candidates=[], values={}) for n in (2, 3)
    )
    title = "Quyết định các dòng chưa rõ là ai"
    assert works(as_actor(world.colleague)) == [(title, "Danh sách C.xlsx", "2 dòng", "Xem")]
    assert works(as_actor(world.stranger)) == []


def test_numbers_of_queries_do_not_grow(world, sign_in):
    official = sign_in(world.owner)

    def asked():
        official.get(HOME)
        with CaptureQueriesContext(connection) as captured:
            assert official.get(HOME).status_code == 200
        return len(captured)

    waiting("Danh sách 0", world.owner, world.agency)
    one = asked()
    for number in (1, 2):
        waiting(f"Danh sách {number}", world.owner, world.agency)
    assert asked() == one
    assert one <= 22  # nine rooms tell what waits, most of them in one query
