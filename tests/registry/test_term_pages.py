"""The pages about what phrases mean: asked, decided with a reason, seen on the firm's own words, taken back."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from matxich.registry import search
from matxich.registry.models import TermDecision
from matxich.registry.queries.meaning import meaning_of
from matxich.registry.queries.term_pages import understood
from tests.registry.firm_world import passport_of
from tests.registry.search_world import firm
from tests.registry.test_term_decisions import MOULDING, PRESSING, decide

pytestmark = pytest.mark.django_db
# The index hears only of what is committed.
committed = pytest.mark.django_db(transaction=True)
LIST = "/tu-ngu/"
DECIDED = "/tu-ngu/da-quyet-dinh/"


@pytest.fixture
def pressers(db):
    """Two firms of Hải Phòng and one of Đồng Nai say "Ép"."""
    made = [
        firm(f"Cơ khí Lam {n}", told={"processes": [text]}, province_34=place)
        for n, (text, place) in enumerate((("Ép", "31"), ("Ép; phay CNC; việc khác", "31"), ("ép", "75")))
    ]
    search.rebuild()
    return made


def term(phrase="Ép", facet="process", **more):
    return f"{LIST}{facet}/?{urlencode({'t': phrase} | more)}"


def of_firm(enterprise, text="Ép", field="processes", **more):
    return f"{passport_of(enterprise)}hieu/{field}/?{urlencode({'t': text} | more)}"


def text(response):
    return response.content.decode()


def typed(*concepts, **more):
    return {"concepts": list(concepts), "reason": "hỏi doanh nghiệp", "base": ""} | more


# What nobody knows


def test_the_commonest_phrases_with_what_they_may_mean(pressers, world, sign_in):
    client = sign_in(world.ministry)
    page = text(client.get(LIST))
    assert f'href="{term()}"' in page.replace("&amp;", "&") and "Ép phun nhựa" in page and "50%" in page
    assert page.index(">Ép<") < page.index("việc khác")
    assert "danh mục chưa có gì giống" in page
    assert "Ép phun nhựa" not in text(client.get(LIST, {"facet": "material"}))
    assert "Không còn từ nào cần hỏi" in text(client.get(LIST, {"facet": "material"}))
    for odd in ({"facet": "x"}, {"trang": "999"}, {"trang": "x"}):
        assert "Ép phun nhựa" in text(client.get(LIST, odd))


@committed
def test_many_phrases_go_over_several_pages_in_as_many_queries(world, sign_in):
    client = sign_in(world.ministry)
    firm("Một", told={"processes": ["chuyện riêng 0"]})
    search.rebuild()

    def asked(**params):
        with CaptureQueriesContext(connection) as captured:
            page = text(client.get(LIST, params))
        return page, len(captured)

    _, few = asked()
    firm("Nhiều", told={"processes": [f"chuyện riêng {n}" for n in range(30)]})
    search.catch_up()
    page, many = asked()
    assert many <= few + 1 and "trang=2" in page and "30 cụm từ" in page
    page, _ = asked(trang=2)
    assert page.count("chuyện riêng") >= 5 and "trang=1" in page


def test_without_an_index_the_page_says_so(pressers, world, sign_in):
    search.reset()
    client = sign_in(world.ministry)
    assert "đang được lập lại" in text(client.get(LIST))
    assert client.get(term()).status_code == 404


# Deciding for everybody


@committed
def test_a_national_officer_decides_for_everybody(pressers, world, sign_in):
    client = sign_in(world.ministry)
    page = text(client.get(term()))
    assert all(one.name in page for one in pressers) and "Ép; phay CNC; việc khác" in page
    assert f'value="{PRESSING}"' not in page
    assert f'value="{PRESSING}"' in text(client.get(term(q="dập")))
    assert "không có khái niệm nào khớp" in text(client.get(term(q="khongcogi")))
    done = client.post(term(q="dập"), typed(PRESSING))
    assert (done.status_code, done.headers["Location"]) == (302, LIST)
    assert meaning_of("ép", "process", pressers[2]).concepts == (PRESSING,)
    search.catch_up()
    assert "Ép phun nhựa" not in text(client.get(LIST))
    decided = text(client.get(DECIDED))
    assert "Ép" in decided and "mọi doanh nghiệp" in decided and "hỏi doanh nghiệp" in decided
    assert "Đã quyết định ngày" in text(client.get(term()))


def test_what_is_missing_or_contradictory_is_asked_again(pressers, world, sign_in):
    client = sign_in(world.ministry)
    for wrong in (typed(), typed(MOULDING, nothing="on"), typed(MOULDING, reason=" "), typed("no-such"), typed("abs")):
        answer = client.post(term(), wrong)
        assert answer.status_code == 422
    assert TermDecision.objects.count() == 0
    assert client.post(term(), typed(nothing="on")).status_code == 302
    assert TermDecision.objects.get().concepts == []


def test_a_stale_page_keeps_what_was_ticked(pressers, world, sign_in):
    client = sign_in(world.ministry)
    stands = decide("Ép", PRESSING)
    late = client.post(term(), typed(MOULDING))
    page = text(late)
    assert late.status_code == 422 and "vừa có quyết định khác" in page
    assert f'value="{MOULDING}" checked' in page and f'name="base" value="{stands.pk}"' in page
    assert client.post(term(), typed(MOULDING, base=stands.pk)).status_code == 302
    assert client.post(term(), typed(MOULDING, base=stands.pk)).status_code == 302
    assert TermDecision.objects.count() == 2


def test_addresses_that_lead_nowhere(pressers, world, sign_in):
    client = sign_in(world.ministry)
    assert client.get(f"{LIST}colour/?t=x").status_code == 404
    assert client.get(f"{LIST}process/").headers["Location"] == LIST
    assert "Hiện không doanh nghiệp nào" in text(client.get(term("khongaiviet")))
    assert client.get(f"{DECIDED}999/bo/").status_code == 404


# For one firm


def test_an_officer_decides_for_a_firm_of_the_territory(pressers, world, sign_in):
    mine, _other, far = pressers
    client = sign_in(world.owner)
    listed = text(client.get(term())).replace("&amp;", "&")
    assert of_firm(mine) in listed and of_firm(far, "ép") not in listed and "cấp quốc gia" in listed
    page = text(client.get(of_firm(mine)))
    assert "Ép phun nhựa" in page and "Chưa rõ" in page and "Cho mọi doanh nghiệp" not in page
    done = client.post(of_firm(mine), typed(MOULDING))
    assert (done.status_code, done.headers["Location"]) == (302, passport_of(mine))
    assert [meaning_of("Ép", "process", one).concepts for one in pressers] == [(MOULDING,), (), ()]
    assert client.post(of_firm(mine), typed(MOULDING, scope="all")).status_code == 302
    assert TermDecision.objects.filter(enterprise=None).count() == 0


def test_of_several_phrases_the_first_unknown_is_asked_about(pressers, world, sign_in):
    said, one = "Ép; phay CNC; việc khác", pressers[1]
    client = sign_in(world.owner)
    assert "“Ép” nghĩa là gì?" in text(client.get(of_firm(one, said)))
    page = text(client.get(of_firm(one, said, p="phay CNC")))
    assert "“phay CNC” nghĩa là gì?" in page and 'value="cnc-milling" checked' in page
    client.post(of_firm(one, said, p="việc khác"), typed(nothing="on"))
    assert [phrase.verdict for phrase in meaning_of(said, "process", one).phrases] == ["ambiguous", "mapped", "decided"]
    assert of_firm(one, said, p=said) in page.replace("&amp;", "&")
    client.post(of_firm(one, said, p=said), typed("welding"))
    assert meaning_of(said, "process", one).concepts == ("welding",)


def test_a_national_officer_chooses_how_far_it_reaches(pressers, world, sign_in):
    client = sign_in(world.ministry)
    assert "Cho mọi doanh nghiệp" in text(client.get(of_firm(pressers[0])))
    assert client.post(of_firm(pressers[0]), typed(MOULDING)).status_code == 422
    everybody = typed(MOULDING, scope="all", base_everywhere="")
    assert client.post(of_firm(pressers[0]), everybody).status_code == 302
    assert meaning_of("Ép", "process", pressers[2]).concepts == (MOULDING,)
    late = client.post(of_firm(pressers[0]), typed(PRESSING, scope="all", base_everywhere=""))
    stands = TermDecision.objects.get()
    assert late.status_code == 422 and f'name="base_everywhere" value="{stands.pk}"' in text(late)
    assert client.post(of_firm(pressers[0]), typed(PRESSING, scope="firm")).status_code == 302
    page = text(client.get(of_firm(pressers[0])))
    assert page.count("Bỏ quyết định") == 2


@pytest.mark.parametrize(
    ("who", "page", "own", "everywhere"),
    [
        ("owner", 200, 200, False),
        ("colleague", 200, 200, False),
        ("ministry", 200, 200, True),
        ("stranger", 200, 403, False),
        ("viewer", 403, 403, False),
        ("enterprise", 403, 403, False),
    ],
)
def test_owner_colleague_stranger(pressers, world, sign_in, who, page, own, everywhere):
    client = sign_in(getattr(world, who))
    assert [client.get(url).status_code for url in (LIST, term(), DECIDED)] == [page] * 3
    assert client.get(of_firm(pressers[0])).status_code == own
    assert client.post(of_firm(pressers[0]), typed(MOULDING, scope="firm")).status_code == (302 if own == 200 else 403)
    assert client.post(term(), typed(MOULDING)).status_code == (302 if everywhere else 403)
    assert TermDecision.objects.count() == (own == 200) + everywhere
    made = TermDecision.objects.filter(enterprise=pressers[0]).first() or decide("Ép", enterprise=pressers[0])
    assert client.get(f"{DECIDED}{made.pk}/bo/").status_code == own


def test_taken_back_with_a_reason(pressers, world, sign_in):
    client = sign_in(world.owner)
    made = decide("Ép", MOULDING, enterprise=pressers[0])
    undo = f"{DECIDED}{made.pk}/bo/"
    assert undo in text(client.get(DECIDED))
    assert "hỏi doanh nghiệp" in text(client.get(undo))
    assert client.post(undo, {"reason": ""}).status_code == 422
    for _click in range(2):
        assert client.post(undo, {"reason": "nhầm"}).headers["Location"] == DECIDED
    assert "Chưa có quyết định nào" in text(client.get(DECIDED))
    assert sign_in(world.ministry).post(undo, {"reason": "nhầm"}).status_code == 409
    everywhere = decide("Ép", MOULDING)
    assert client.get(f"{DECIDED}{everywhere.pk}/bo/").status_code == 403
    assert f"{DECIDED}{everywhere.pk}/bo/" not in text(client.get(DECIDED))


# On the firm's own page


def shown(enterprise, *texts, editing=True):
    items = understood(enterprise, "processes", texts, editing=editing)
    return [" ".join(render_to_string("registry/_understood.html", {"item": item}).split()) for item in items]


def test_each_item_says_what_it_is_understood_as(pressers):
    one = pressers[0]
    decide("việc khác", enterprise=one)
    doubtful, known, same, words = shown(one, "Ép", "SUS cắt dây", "Phay CNC", "việc khác")
    assert "Chưa rõ" in doubtful and "Ép phun nhựa hay" in doubtful and "Chọn" in doubtful
    assert "hiểu là" in known and "Cắt dây EDM" in known and "Sửa" in known
    assert "hiểu là" not in same and "Sửa" in same
    assert "giữ như chữ" in words
    assert f'href="{of_firm(one)}"' in doubtful.replace("&amp;", "&")


def test_who_may_not_correct_is_not_asked(pressers):
    doubtful, known, same = shown(pressers[0], "Ép", "EDM cắt dây", "Phay CNC", editing=False)
    assert (doubtful, same) == ("", "")
    assert "hiểu là" in known and "href" not in known


def test_as_many_queries_for_many_items(pressers, django_assert_num_queries):
    with django_assert_num_queries(2):
        understood(pressers[0], "processes", ["Ép", "phay", {"text": "x", "concept": MOULDING}] * 20, editing=True)
