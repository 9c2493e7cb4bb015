"""Everybody reads their own messages and nobody else's."""

from datetime import UTC, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from matxich.notices.actions import queue_inapp
from matxich.notices.models import Notice

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def tell(user, count: int = 1, link: str = "") -> None:
    for number in range(count):
        queue_inapp(user_id=user.pk, subject=f"Việc {number}", body="Hạn hôm nay", link=link, at=AT, due_at=AT)
    Notice.objects.update(due_at=datetime(2020, 1, 1, tzinfo=UTC))


def test_each_sees_their_own(world, sign_in, client):
    tell(world.owner, 2)
    assert sign_in(world.owner).get("/thong-bao/").content.decode().count("Hạn hôm nay") == 2
    assert "Chưa có thông báo nào" in sign_in(world.stranger).get("/thong-bao/").content.decode()
    assert client.get("/thong-bao/").status_code == 302


def test_a_message_is_read_once_and_leads_on(world, sign_in):
    tell(world.owner, 1, link="/doanh-nghiep/")
    notice = Notice.objects.get()
    assert sign_in(world.stranger).post("/thong-bao/da-doc/", {"notice": notice.pk})["Location"] == "/thong-bao/"
    assert Notice.objects.get().read_at is None
    assert sign_in(world.owner).post("/thong-bao/da-doc/", {"notice": notice.pk})["Location"] == "/doanh-nghiep/"
    assert Notice.objects.get().read_at is not None


def test_a_message_never_leads_out_of_the_house(world, sign_in):
    tell(world.owner, 1, link="https://elsewhere.test/")
    answer = sign_in(world.owner).post("/thong-bao/da-doc/", {"notice": Notice.objects.get().pk})
    assert answer["Location"] == "/thong-bao/"


def test_nonsense_marks_nothing_and_all_marks_all(world, sign_in):
    tell(world.owner, 3)
    page = sign_in(world.owner)
    page.post("/thong-bao/da-doc/", {"notice": "x"})
    assert Notice.objects.filter(read_at=None).count() == 3
    page.post("/thong-bao/da-doc/")
    assert Notice.objects.filter(read_at=None).count() == 0


def test_the_page_asks_the_same_whatever_its_length(world, sign_in):
    page, asked = sign_in(world.owner), []
    page.get("/thong-bao/")
    for more in (1, 2):
        tell(world.owner, more)
        with CaptureQueriesContext(connection) as queries_made:
            page.get("/thong-bao/")
        asked.append(len(queries_made))
    assert asked[0] == asked[1] <= 15
