"""Pages of the history."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from matxich.ledger.actions import Subject, erase_subject, publish_digests, record, seal
from matxich.ledger.models import Digest, Entry
from tests.ledger.conftest import AT, PERSON


def write(count: int, place: str = "31", by=PERSON) -> None:
    for number in range(count):
        on = Subject("enterprise", str(number), f"Công ty {number}", place)
        record(
            by=by, at=AT, action="registry.rename", on=on, before={"name": "A"}, after={"name": "B"}, reason="Vì sao"
        )


def test_who_may_open_the_history(world, sign_in, client):
    write(1)
    entry = Entry.objects.get()
    answers = {
        name: [
            sign_in(user).get(url).status_code for url in ("/nhat-ky/", f"/nhat-ky/{entry.pk}/", "/nhat-ky/kiem-tra/")
        ]
        for name, user in world.people.items()
    }
    assert answers == {
        "owner": [200, 200, 403],
        "colleague": [200, 200, 403],
        "stranger": [200, 403, 403],
        "administrator": [200, 200, 200],
        "ministry": [200, 200, 200],
        "viewer": [403, 403, 403],
        "enterprise": [403, 403, 403],
    }
    assert client.get("/nhat-ky/").status_code == 302
    assert client.get("/nhat-ky/ma-bam/").status_code == 200
    assert sign_in(world.owner).get("/nhat-ky/999999/").status_code == 404


def test_the_list_pages_by_key_and_filters(world, sign_in):
    write(30)
    page = sign_in(world.owner)
    first = page.get("/nhat-ky/")
    assert (len(first.context["rows"]), first.context["more"] is not None) == (25, True)
    rest = page.get("/nhat-ky/", {"before": first.context["more"]})
    assert (len(rest.context["rows"]), rest.context["more"]) == (5, None)
    assert len(page.get("/nhat-ky/", {"object_id": "7", "object_kind": "enterprise"}).context["rows"]) == 1
    assert len(page.get("/nhat-ky/", {"action": "accounts"}).context["rows"]) == 0
    assert len(page.get("/nhat-ky/", {"since": "2026-11-21"}).context["rows"]) == 0
    assert len(page.get("/nhat-ky/", {"since": "2026-11-20", "until": "2026-11-20"}).context["rows"]) == 25
    wrong = page.get("/nhat-ky/", {"since": "hôm qua"})
    assert (wrong.status_code, len(wrong.context["rows"])) == (200, 0)


def test_the_list_asks_the_same_whatever_its_length(world, sign_in):
    page, asked = sign_in(world.owner), []
    page.get("/nhat-ky/")
    for more in (1, 2):
        write(more)
        with CaptureQueriesContext(connection) as queries_made:
            page.get("/nhat-ky/")
        asked.append(len(queries_made))
    assert asked[0] == asked[1] <= 15


def test_an_entry_shows_who_before_after_and_its_place_in_the_chain(world, sign_in):
    with transaction.atomic():
        on = Subject("user", "5", "Ngô Thị Chủ", "31", person="user:5")
        record(by=PERSON, at=AT, action="a", on=on, after={"role": "head"}, personal={"phone": "0912345418"})
    entry = Entry.objects.get()
    page = sign_in(world.colleague)
    html = page.get(f"/nhat-ky/{entry.pk}/").content.decode()
    assert "Ngô Thị Chủ" in html and "đang chờ niêm phong" in html and "0912345418" not in html
    erase_subject(by=PERSON, at=AT, subject="user:5", reason="Theo yêu cầu")
    html = page.get(f"/nhat-ky/{entry.pk}/").content.decode()
    assert "Ngô Thị Chủ" not in html and html.count("đã xóa theo yêu cầu") == 3


@pytest.mark.django_db(transaction=True)
def test_the_chain_is_checked_on_the_page(world, sign_in):
    with transaction.atomic():
        write(3)
    page = sign_in(world.administrator)
    good = page.post("/nhat-ky/kiem-tra/", {"expected_digest": ""})
    assert "Chuỗi nguyên vẹn." in good.content.decode()
    bad = page.post("/nhat-ky/kiem-tra/", {"expected_digest": "3:" + "0" * 64})
    assert "Chuỗi có chỗ không đúng." in bad.content.decode()
    assert "64 chữ số" in page.post("/nhat-ky/kiem-tra/", {"expected_digest": "abc"}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_heads_of_past_days_are_public(client):
    with transaction.atomic():
        write(2)
    seal(at=AT)
    publish_digests(at=AT + timedelta(days=1))
    html = client.get("/nhat-ky/ma-bam/").content.decode()
    assert "20/11/2026" in html and Digest.objects.get(date=date(2026, 11, 20)).code in html


def test_days_beyond_any_calendar_are_a_mistake_in_the_form(world, sign_in):
    page = sign_in(world.administrator)
    for asked in ({"until": "9999-12-31"}, {"since": "0001-01-01"}):
        assert page.get("/nhat-ky/", asked).status_code == 200
