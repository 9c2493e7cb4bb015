"""Results on a map of either boundary set: counted once, each province a link that keeps the question."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matxich.registry import search
from tests.registry.search_world import firm

pytestmark = pytest.mark.django_db
PAGE = "/nha-cung-ung/"


@pytest.fixture
def firms(db):
    places = [("31", "31"), ("31", "30"), ("24", "24"), ("24", "27"), ("31", "31"), ("", "")]
    for number, (new, old) in enumerate(places):
        firm(f"Đúc {number}", province_34=new, province_63=old)
    search.rebuild()


def figure(client, **asked):
    page = client.get(PAGE, {"view": "map", **asked}).content.decode()
    found = re.search(r'<figure class="mx-fig mx-plate mx-resmap">.*?</figure>', page, re.S)
    assert found, page
    return found[0]


def test_the_title_says_what_the_map_shows(client, firms):
    new = figure(client, q="duc")
    assert "<h2>Hải Phòng có nhiều nhất: 3 trong 5 doanh nghiệp</h2>" in new
    assert "1 doanh nghiệp chưa rõ tỉnh, thành." in new
    assert "32 tỉnh, thành không có ai khớp." in new
    assert "Địa giới 34 tỉnh" in new
    assert "Nguồn: danh bạ Mắt Xích" in new
    assert new.count("<a href") - new.count("Xem bản đồ") == 34 + 2
    old = figure(client, q="duc", map="63")
    assert "<h2>Hải Phòng có nhiều nhất: 2 trong 5 doanh nghiệp</h2>" in old
    assert old.count("<a href") - old.count("Xem bản đồ") == 63 + 4


def test_a_click_narrows_the_question_and_a_second_opens_it(client, firms):
    drawn = figure(client, q="duc", sort="name")
    kept = "/nha-cung-ung/?q=duc&amp;sort=name&amp;view=map"
    assert f'<a href="{kept}&amp;province=31" aria-label="Hải Phòng: 3 doanh nghiệp">' in drawn
    assert 'aria-label="Cà Mau: 0 doanh nghiệp"' in drawn
    chosen = figure(client, q="duc", sort="name", province="31")
    assert f'<a href="{kept}" aria-label="Hải Phòng: 3 doanh nghiệp" aria-current="true">' in chosen
    assert 'aria-label="Bắc Ninh: 2 doanh nghiệp"' in chosen
    assert "chưa rõ tỉnh" not in chosen


def test_no_query_for_each_province(client, firms):
    counts = []
    for asked in ({"q": "duc"}, {"q": "duc", "view": "map"}):
        client.get(PAGE, asked)
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE, asked)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_without_counts_the_list_still_stands(client, firms):
    search.reset()
    page = client.get(PAGE, {"q": "duc", "view": "map"}).content.decode()
    assert "Chưa có số đếm theo tỉnh" in page
    assert "Đúc 0" in page


def test_several_that_have_the_most(client, db):
    for province in ("31", "24"):
        firm(f"Đúc {province}", province_34=province)
    search.rebuild()
    assert "<h2>2 tỉnh, thành cùng có nhiều nhất: mỗi nơi 1 trong 2 doanh nghiệp</h2>" in figure(client)


def test_a_hostile_question_stays_a_question(client, firms):
    drawn = figure(client, q='duc "><')
    assert "q=duc+%22%3E%3C&amp;" in drawn
