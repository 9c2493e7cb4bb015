"""The public home: figures of the index in one question, a map of both editions, an honest page without an index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matxich.portal.queries import home
from matxich.registry import search
from tests.conftest import NOW
from tests.registry.search_world import firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms(db):
    places = [("31", "31", 3), ("31", "30", 1), ("24", "24", 1), ("24", "27", 4), ("75", "75", 0)]
    for number, (new, old, level) in enumerate(places):
        told = {"sectors": ["Cơ khí chế tạo" if number % 2 else "Điện tử"]}
        firm(f"Công ty {number}", told=told, province_34=new, province_63=old, verification=level)
    firm("Hộ rèn Bà Lan", kind="household", province_34="31", verification=1)
    firm("Ngoài danh mục", in_programme=False, province_34="31")
    search.rebuild()


def test_the_figures_are_those_of_the_public_list(firms):
    shown = home("34", NOW.date())
    assert (shown.total, shown.seen, shown.provinces, shown.sector_count, shown.degraded) == (5, 2, 3, 2, False)
    assert [(level.level, level.count) for level in shown.levels] == [(3, 2), (2, 0), (1, 2), (0, 1)]
    assert shown.levels[0].url == "/nha-cung-ung/?verified=3&verified=4&map=34"
    assert {province.name: province.count for province in shown.map.ranked[:3]} == {
        "Bắc Ninh": 2, "Hải Phòng": 2, "Đồng Nai": 1,
    }  # fmt: skip
    assert sum(province.count or 0 for province in home("63", NOW.date()).map.provinces) == 5


def test_each_figure_opens_its_list(firms, client):
    for level in home("34", NOW.date()).levels:
        assert f"{level.count} doanh nghiệp" in client.get(level.url).content.decode()


def test_the_page_asks_little_however_many_there_are(firms, client):
    def asked():
        client.get("/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    before = asked()
    for number in range(8):
        firm(f"Công ty thêm {number}", province_34="31", province_63="31", verification=1)
    search.rebuild()
    assert asked() == before
    assert before <= 4


def test_newcomers_are_of_the_programme_and_public(firms):
    names = [newcomer.name for newcomer in home("34", NOW.date()).newcomers]
    assert names == ["Công ty 4", "Công ty 3", "Công ty 2", "Công ty 1", "Công ty 0"]


def test_without_an_index_the_page_says_what_it_cannot_count(firms, client, settings, tmp_path):
    settings.INDEX_ROOT = tmp_path / "none"
    page = client.get("/").content.decode()
    assert "Chỉ mục tìm kiếm đang được lập lại." in page
    assert "chưa đếm được" in page
    assert '<dd class="v">5</dd>' in page
    assert '<dd class="v">0</dd>' not in page


@pytest.mark.parametrize("edition", ["34", "63", "", "x", "\x00"])
def test_both_maps_and_an_empty_register(client, edition):
    search.rebuild()
    page = client.get("/", {"map": edition})
    assert page.status_code == 200
    text = page.content.decode()
    assert "Quần đảo Hoàng Sa" in text
    assert "Quần đảo Trường Sa" in text
    assert "chưa có hồ sơ nào" in text
