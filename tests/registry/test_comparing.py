"""Firms side by side: what differs, what nobody said, who may see what, and never a fifth."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matxich.kit.actor import ANONYMOUS
from matxich.registry import search
from matxich.registry.models import Enterprise
from matxich.registry.queries.comparing import comparison, firms_named
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW
from tests.registry.firm_world import AS_OF, PERSONAL_TEXTS, full_firm, told_by, whisper
from tests.registry.search_world import firm

pytestmark = pytest.mark.django_db
PUBLIC, DESK = "/nha-cung-ung/so-sanh/", "/doanh-nghiep/so-sanh/"


def address(path, firms):
    return path + "?" + "&".join(f"id={make_registry_id(one.pk)}" for one in firms)


def compared(firms, *, actor=ANONYMOUS, public=True, only_different=False):
    return comparison(firms, actor=actor, public=public, today=NOW.date(), only_different=only_different)


def states(page):
    return {row.code: row.state for block in page.blocks for row in block.rows}


@pytest.fixture
def pair(db):
    one = firm("Đúc Một", told={"processes": ["Đúc", "Phay CNC"], "workers": 80, "materials": ["Nhôm"]})
    other = firm("Đúc Hai", told={"processes": ["phay cnc", "đúc"], "workers": 120})
    return one, other


def test_what_differs_and_what_nobody_said(pair):
    page = compared(pair)
    said = states(page)
    assert (said["processes"], said["workers"], said["materials"], said["certificate"]) == ("same", "differ", "", "")
    assert (page.differing, page.same) == (1, 1)
    row = next(row for block in page.blocks for row in block.rows if row.code == "workers")
    assert [[(line.value, line.source, line.age) for line in cell.lines] for cell in row.cells] == [
        [("80", "Danh sách Sở Công Thương", line_age())],
        [("120", "Danh sách Sở Công Thương", line_age())],
    ]


def line_age():
    from django.utils import timezone

    from matxich.kit.templatetags.mx import age

    return age(AS_OF, timezone.localdate())


def test_only_what_differs_leaves_out_what_is_the_same(pair):
    assert "processes" not in states(compared(pair, only_different=True))
    assert "workers" in states(compared(pair, only_different=True))


def test_the_page_says_so(client, pair):
    page = client.get(address(PUBLIC, pair)).content.decode()
    assert "1 điều khác nhau, 1 điều giống nhau" in page
    assert page.count("chưa có</span>") >= 4
    assert client.get(address(PUBLIC, pair) + "&khac=1").status_code == 200


def test_a_fifth_is_refused_and_the_reader_chooses(client, db):
    firms = [firm(f"Đúc {n}") for n in range(5)]
    answer = client.get(address(PUBLIC, firms))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "So sánh được tối đa 4 doanh nghiệp một lần" in page
    assert (page.count('name="id"'), page.count(" checked")) == (5, 4)
    assert client.get(address(PUBLIC, firms[:4])).status_code == 200


def test_unknown_and_repeated_ids(client, pair):
    one = make_registry_id(pair[0].pk)
    page = client.get(f"{PUBLIC}?id={one}&id={one}&id=MX-999999-9&id=%3Cb%3E&id=").content.decode()
    assert "Không có hồ sơ nào mang mã MX-999999-9, &lt;b&gt;." in page
    assert page.count('scope="col"') == 1
    assert "Chưa chọn doanh nghiệp nào" in client.get(PUBLIC).content.decode()


def test_by_tax_code_and_through_a_merge(db):
    made, gone = full_firm(), firm("Cũ")
    Enterprise.objects.filter(pk=gone.pk).update(merged_into=made)
    found, unknown = firms_named(["9991274607", make_registry_id(gone.pk)], public=True)
    assert ([one.pk for one in found], unknown) == ([made.pk], [])


def test_the_public_sees_nothing_that_is_not_public(client, pair):
    made = full_firm()
    hidden = whisper(made)
    page = client.get(address(PUBLIC, [made, *pair])).content.decode()
    assert {code: text for code, text in hidden.items() if text in page} == {}
    household = firm("Hộ rèn", kind="household")
    answer = client.get(address(PUBLIC, [household, *pair])).content.decode()
    assert "Hộ rèn" not in answer
    assert "Không có hồ sơ nào mang mã" in answer


def test_officials_see_more_and_contacts_masked(world, sign_in, client, pair):
    made = full_firm()
    page = sign_in(world.owner).get(address(DESK, [made, *pair])).content.decode()
    assert "Điện gia dụng Kitano" in page
    assert [text for text in PERSONAL_TEXTS if text in page] == []
    assert client.get(address(DESK, pair)).status_code == 302
    assert sign_in(world.enterprise).get(address(DESK, pair)).status_code == 403


def test_numbers_of_queries_grow_with_firms_alone(client, pair):
    told_by()
    counts = []
    for firms in (pair[:1], pair):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(PUBLIC, firms)).status_code == 200
        counts.append(len(captured))
    assert counts == [1 + 5, 1 + 10]


def test_lists_offer_boxes_to_tick(client, world, sign_in, pair):
    search.rebuild()
    for path, reader, target in (("/nha-cung-ung/", client, PUBLIC), ("/doanh-nghiep/", sign_in(world.owner), DESK)):
        page = reader.get(path).content.decode()
        assert f'id="compare" action="{target}"' in page
        assert page.count('form="compare"') == 2
