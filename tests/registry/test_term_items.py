"""Items of processes and materials stated with their concept: by officers and by the firm, kept, shown and found."""

import pytest

from matxich.registry import search
from matxich.registry.actions.values import BadValue, stated
from matxich.registry.models import Statement
from matxich.registry.search import Query
from matxich.rulebook.identifiers import make_registry_id
from tests.registry.claim_world import managed, somebody
from tests.registry.firm_world import full_firm, page_of, passport_of

pytestmark = pytest.mark.django_db
MILLING = {"text": "Chạy máy 3 trục", "concept": "cnc-milling"}


@pytest.fixture
def firm(db):
    return full_firm()


def typed(firm, *rows, **more):
    told = {"as_of": "20/11/2026", "base_version": firm.version} | more
    for at, (words, concept) in enumerate(rows):
        told |= {f"words_{at}": words, f"concept_{at}": concept}
    return told


OFFICIAL = {"new_source": "Biên bản khảo sát 2026", "verification": "3", "reason": "Đọc trên máy"}


def test_an_officer_chooses_the_concept_beside_the_words(firm, world, sign_in):
    client, address = sign_in(world.owner), f"{passport_of(firm)}ghi/processes/"
    page = client.get(address).content.decode()
    assert page.count('data-suggest="/tu-ngu/process/goi-y/"') == 4
    assert 'name="value"' not in page
    rows = (MILLING["text"], "CNC milling"), ("Mài vô tâm; mài phẳng", ""), ("", "cắt dây")
    assert client.post(address, typed(firm, *rows, **OFFICIAL)).url == passport_of(firm)
    told = Statement.objects.get(verification=3)
    assert told.value == [MILLING, "Mài vô tâm", "mài phẳng", {"text": "Cắt dây EDM", "concept": "wire-edm"}]
    public = client.get(page_of(firm)).content.decode()
    assert "Chạy máy 3 trục" in public
    assert "Phay CNC" in public.partition("Cách hiểu theo danh mục chung")[2]
    search.rebuild()
    assert search.search(Query(filters={"process": ("cnc-milling",)})).total == 1
    assert "Chạy máy 3 trục" in client.get("/nha-cung-ung/", {"q": "chay may 3 truc"}).content.decode()


def test_what_no_one_concept_is_meant_by_is_asked_again_with_near_ones(firm, world, sign_in):
    client, address = sign_in(world.owner), f"{passport_of(firm)}ghi/materials/"
    answer = client.post(address, typed(firm, ("Thép tấm", "thép abcxyz"), **OFFICIAL))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Chưa rõ là khái niệm nào trong danh mục. Gần giống:" in page
    assert ('value="Thép tấm"' in page, 'value="thép abcxyz"' in page) == (True, True)
    none = client.post(address, typed(firm, ("Chất lạ", "qwxzv"), **OFFICIAL)).content.decode()
    assert "Danh mục chưa có khái niệm này" in none
    assert "Ghi ít nhất một mục" in client.post(address, typed(firm, **OFFICIAL)).content.decode()
    several = client.post(address, typed(firm, ("Thép; nhôm", "thép"), **OFFICIAL)).content.decode()
    assert "Mỗi mục một dòng khi chọn khái niệm" in several
    assert not Statement.objects.filter(field="materials").exists()


def test_a_row_beyond_the_most_or_of_a_wrong_name_does_no_harm(firm, world, sign_in):
    client, address = sign_in(world.owner), f"{passport_of(firm)}ghi/materials/"
    odd = {"words_9999999": "Thép", "words_x": "Nhôm", "words_²": "Đồng", "words_70": "Kẽm"}
    assert client.post(address, typed(firm, **OFFICIAL, **odd)).status_code == 422


def test_the_firm_finds_its_own_rows_and_their_concepts_again(firm, world, as_actor, sign_in):
    lan = somebody()
    managed(firm, lan, as_actor(world.owner))
    firm.refresh_from_db()
    client, address = sign_in(lan), f"/doanh-nghiep-cua-toi/{make_registry_id(firm.pk)}/ghi/processes/"
    assert 'value="tiện CNC"' in client.get(address).content.decode()
    assert client.post(address, typed(firm, (MILLING["text"], "Phay CNC"), ("Đúc", ""))).status_code == 302
    assert Statement.objects.get(verification=0).value == [MILLING, "Đúc"]
    page = client.get(address).content.decode()
    assert ('value="Chạy máy 3 trục"' in page, 'value="Phay CNC"' in page, 'value="Đúc"' in page) == (True, True, True)
    assert "tiện CNC</b>" in page


def test_what_is_offered_is_of_one_list_in_the_readers_language(client, world, sign_in):
    reader = sign_in(world.enterprise)
    first = reader.get("/tu-ngu/process/goi-y/", {"q": "wire edm"}).json()["suggestions"][0]
    assert first["text"] == "Cắt dây EDM"
    assert reader.get("/tu-ngu/process/goi-y/").json() == {"suggestions": []}
    assert reader.get("/tu-ngu/khong-co/goi-y/", {"q": "a"}).status_code == 404
    assert client.get("/tu-ngu/process/goi-y/", {"q": "wire edm"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "item"),
    [
        ("processes", {"text": "Phay", "concept": "khong-co"}),
        ("processes", {"text": "Phay", "concept": "sus304"}),
        ("processes", {"text": " ", "concept": "cnc-milling"}),
        ("processes", {"concept": "cnc-milling"}),
        ("products", MILLING),
    ],
)
def test_a_concept_that_is_none_of_the_field_is_refused(field, item):
    with pytest.raises(BadValue):
        stated(field, [item], latest_year=2026)
    assert stated("processes", [MILLING | {"more": 1}, "Mài"], latest_year=2026) == [MILLING, "Mài"]
