"""The directory: what everybody and officials see, hostile addresses, exact numbers of queries."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matxich.registry import search
from matxich.registry.models import SearchChange, Statement
from matxich.registry.queries.directory import cards
from matxich.registry.search import ListRequest
from matxich.registry.states import Visibility
from tests.conftest import NOW
from tests.registry.firm_world import full_firm, page_of, say, whisper
from tests.registry.search_world import firm

pytestmark = pytest.mark.django_db
DIRECTORY, REGISTER = "/nha-cung-ung/", "/doanh-nghiep/"
PARAMETERS = ("q", "province", "commune", "zone", "size", "sector", "source", "verified", "in_programme", "map", "sort")
PARAMETERS += ("page", "more", "view", "on", "unheard")


def heard():
    search.rebuild()


def queries_of(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def card_of(one, **asked):
    heard()
    request = ListRequest.from_params(QueryDict(asked.pop("query", "")))
    found = cards(request.answer(), route="registry:firm", public=True, query=request.query, today=NOW.date())
    return next(card for card in found if card.name == one.name)


def test_the_same_set_with_and_without_marks(client):
    full_firm()
    heard()
    for text in ("co khi chinh xac", "cơ khí chính xác", "CO KHI CHINH XAC"):
        assert "Cơ khí chính xác Bình Minh" in client.get(DIRECTORY, {"q": text}).content.decode()


def test_a_card_says_what_the_question_names_first(client):
    card = card_of(full_firm(), query="q=tien+cnc")
    assert card.hits == ("Phay CNC", "tiện CNC")
    assert card.others == "Khuôn dập · đồ gá"
    assert card.certificates == ("ISO 9001:2015",)
    assert card.figures == ()
    assert card.unknown == "máy, dung sai, công suất, vật liệu"
    assert card.dated == "số liệu 09/2026"
    assert card.scale == "80 người"


def test_many_items_are_counted_and_long_figures_cut(client):
    made = firm(
        "Cơ khí Nhiều Việc", told={"processes": [f"Việc {n}" for n in range(9)], "machines": ["Máy " + "x" * 80]}
    )
    card = card_of(made)
    assert card.others == "Việc 0 · Việc 1 · Việc 2 · Việc 3 · thêm 5"
    assert card.figures == (("Máy", "Máy " + "x" * 37 + "…"),)


def test_numbers_of_queries_do_not_grow(client, world, sign_in):
    """The public pays for the sources' names, the rows and the ribbon; officials also for who they are."""
    full_firm()
    heard()
    official = sign_in(world.owner)
    queries_of(official, REGISTER)
    one = queries_of(client, DIRECTORY), queries_of(official, REGISTER)
    for number in range(3):
        firm(f"Cơ khí Thêm {number}", told={"processes": ["Tiện"]})
    heard()
    assert (queries_of(client, DIRECTORY), queries_of(official, REGISTER)) == one
    assert one[0] == 4
    assert one[1] <= 15


def test_nobody_finds_what_is_not_public(client):
    """Each field of the catalogue that is not public: neither on the page, nor in a list, nor found by its words."""
    made = full_firm()
    hidden = whisper(made)
    SearchChange.objects.create(enterprise=made)
    heard()
    assert len(hidden) > 12
    assert {code: text for code, text in hidden.items() if text in client.get(page_of(made)).content.decode()} == {}
    assert {code: text for code, text in hidden.items() if text in client.get(DIRECTORY).content.decode()} == {}
    found = {
        code for code, text in hidden.items() if page_of(made) in client.get(DIRECTORY, {"q": text}).content.decode()
    }
    assert found == set()


def test_households_and_artisans_are_not_public(client, world, sign_in):
    for kind in ("household", "artisan"):
        made = firm(f"Cơ sở rèn {kind}", kind=kind)
        heard()
        assert client.get(page_of(made)).status_code == 404
        assert f"rèn {kind}" not in client.get(DIRECTORY, {"q": "cơ sở rèn"}).content.decode()
        assert f"rèn {kind}" not in client.get("/").content.decode()
        assert f"rèn {kind}" in sign_in(world.owner).get(REGISTER, {"q": "cơ sở rèn"}).content.decode()
        passport = sign_in(world.owner).get(page_of(made).replace(DIRECTORY, REGISTER)).content.decode()
        assert page_of(made) not in passport


def test_the_register_is_for_officials(client, world, sign_in):
    assert client.get(REGISTER).status_code == 302
    statuses = {name: sign_in(user).get(REGISTER).status_code for name, user in world.people.items()}
    assert statuses.pop("enterprise") == 403
    assert set(statuses.values()) == {200}


BROKEN = (
    *("q=" + "x" * 10_240, "q=%00%00", "q=%ff%fe", "q=%22((", "q=&q=&q=", "&&&===", "view=%00", "view=map&map=63"),
    *("page=99999999999999999999", "page=-1", "page=٣", "province=ZZ&map=63", "map=9", "sort=;drop", "more=%00"),
    *("verified=abc", "source=99999999999999999999", "in_programme=maybe", "size=", "province=01&" * 400),
)


@pytest.mark.parametrize("without_index", [False, True], ids=["index", "database"])
@pytest.mark.parametrize("asked", BROKEN, ids=range(len(BROKEN)))
def test_broken_addresses_are_answered(client, asked, without_index):
    full_firm()
    if not without_index:
        heard()
    assert client.get(f"{DIRECTORY}?{asked}").status_code == 200


@pytest.fixture
def listed(db):
    full_firm()
    heard()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(PARAMETERS), st.text(max_size=60)), max_size=6))
def test_any_address_is_answered(client, listed, asked):
    assert client.get(f"{DIRECTORY}?{urlencode(asked, errors='replace')}").status_code == 200


def test_nothing_found_says_what_to_do(client):
    full_firm()
    heard()
    page = client.get(DIRECTORY, {"q": "qwxzvvkp"}).content.decode()
    assert "Không có doanh nghiệp nào khớp" in page
    assert "Thử bớt chữ" in page


def test_old_and_new_provinces_filter(client):
    made = firm("Đúc Bắc Giang", province_63="24", province_34="24", commune_63="", commune_34="")
    heard()
    old = client.get(DIRECTORY, {"province": "24", "map": "63"}).content.decode()
    assert page_of(made) in old
    assert "Bắc Giang" in old
    new = client.get(DIRECTORY, {"province": "24"}).content.decode()
    assert page_of(made) in new
    assert "Bắc Ninh" in new


@pytest.fixture
def certified(db):
    """Certified until the end of 2027, certified without an end, and not certified at all."""
    known = firm("Đúc Có Hạn", told={"certificate": [{"text": "ISO 9001:2015", "valid_to": "2028-01-01"}]})
    firm("Đúc Chưa Rõ Hạn", told={"certificates": ["ISO 9001"]})
    firm("Đúc Không Có")
    heard()
    return known


def listed_on(client, day, **more):
    return client.get(DIRECTORY, {"on": day, **more})


def test_a_day_asks_for_certificates_that_count_on_it(client, certified):
    page = listed_on(client, "2027-12-31").content.decode()
    assert page.count('class="mx-res"') == 1
    assert page_of(certified) in page
    assert "Chứng chỉ còn hiệu lực vào 31/12/2027" in page
    assert page.count('name="on" value="31/12/2027"') == 2
    assert "Thêm 1 doanh nghiệp có chứng chỉ này nhưng chưa rõ thời hạn." in page
    assert listed_on(client, "01/01/2028").content.decode().count('class="mx-res"') == 0
    assert listed_on(client, "").content.decode().count('class="mx-res"') == 3


def test_a_card_names_the_certificates_of_the_day_asked(client, certified):
    assert "<b>ISO 9001:2015</b>" in listed_on(client, "2027-12-31").content.decode()
    later = listed_on(client, "2028-01-01", validity="unknown").content.decode()
    assert "Đúc Chưa Rõ Hạn" in later
    assert "Chứng chỉ tính đến 01/01/2028" in later


@pytest.mark.parametrize("wrong", ["31/02/2027", "mai", "12/2027", "2027", "0001-01-01"])
def test_a_wrong_day_is_told_and_asks_for_nothing(client, certified, wrong):
    page = listed_on(client, wrong).content.decode()
    assert f"“{wrong}” không phải là một ngày, nên chưa lọc theo ngày" in page
    assert page.count(f'name="on" value="{wrong}"') == page.count('aria-invalid="true"') == 2
    assert page.count('class="mx-res"') == 3


def test_without_an_index_the_day_is_told_as_not_applied(client):
    full_firm()
    assert "Chưa áp dụng được bộ lọc: Hiệu lực chứng chỉ." in listed_on(client, "2027-12-31").content.decode()


HIDDEN = {
    "processes": "Mài vô tâm kín",
    "products": "Trục kín",
    "materials": "Thép kín",
    "machines": "Máy kín",
    "tolerance": "±0,0137 mm",
    "certificates": "ISO 14001:2015",
}


def test_a_statement_that_is_not_public_shows_nowhere(client, sign_in, world):
    """Neither on a card, nor on the page, in words that are searched, in what is offered, or in a file; each statement
    by its own visibility, though its field is public."""
    made = full_firm(workers="87", site_address="Lô 9, CCN Kín, Hải Phòng")
    told = [say(made, field, text) for field, text in HIDDEN.items()]
    told += [say(made, "machine", {"kind": "Máy kín", "maker": "Kinmaker"}), say(made, "name_en", "Hidden Name Ltd")]
    told += Statement.objects.filter(enterprise=made, field__in=("workers", "site_address"))
    Statement.objects.filter(pk__in=[one.pk for one in told]).update(visibility=Visibility.OFFICIALS)
    SearchChange.objects.create(enterprise=made)
    heard()
    secrets = [*HIDDEN.values(), "0,0137", "Kinmaker", "Hidden Name", "87 người", "CCN Kín"]
    answers = {
        "card": client.get(DIRECTORY),
        "page": client.get(page_of(made)),
        "compared": client.get(f"{DIRECTORY}so-sanh/?id={page_of(made).split('/')[2]}"),
        "file": client.post(f"{DIRECTORY}tai-ve/", {"form": "csv", "purpose": ""}),
    }
    texts = {
        name: (b"".join(a.streaming_content) if a.streaming else a.content).decode() for name, a in answers.items()
    }
    texts["card"] = texts["card"].partition('<ol class="mx-results">')[2]
    assert "Phay CNC" in texts["card"]
    shown = {name: [one for one in secrets if one in text] for name, text in texts.items()}
    assert shown == {"card": [], "page": [], "compared": [], "file": []}
    # The index still knows a firm by its English name, whoever may read the statement of it.
    secrets.remove("Hidden Name")
    assert [one for one in secrets if search.search(search.Query(one)).total] == []
    for one in ("kinmaker", "may kin"):
        offered = client.get(f"{DIRECTORY}goi-y/", {"q": one}).json()["suggestions"]
        assert [each for each in offered if each["kind"] == "enterprise"] == []
    official = sign_in(world.owner).get(REGISTER).content.decode()
    assert ("Mài vô tâm kín" in official, "87 người" in official) == (True, True)
