"""What is offered while somebody types: their firms, concepts in their language, never what they may not see."""

import pytest
from django.test import Client
from django.utils import translation

from matxich.registry import search
from matxich.registry.models import Enterprise
from matxich.registry.search import Suggestion, suggest
from matxich.registry.states import Kind
from matxich.rulebook.identifiers import make_registry_id
from tests.registry.search_world import firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms() -> dict[str, Enterprise]:
    made = {
        "duc": firm("Công ty TNHH Đúc Lam Sơn"),
        "dap": firm("Công ty Cổ phần Dập Lam Kiều"),
        "house": firm("Hộ kinh doanh Lam Vân", kind=Kind.HOUSEHOLD),
        "out": firm("Công ty Cổ phần Lam Ngoài", in_programme=False),
    }
    for n in range(40):
        firm(f"Công ty TNHH Khuôn mẫu {n}", hear=False)
    search.rebuild()
    return made


def firms_of(text: str, **asked: object) -> set[str]:
    return {one.text for one in suggest(text, **asked) if one.kind == "enterprise"}  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["lam", "Lam ", "công ty lam", "cty tnhh lam", "LAM S", "l"])
def test_firms_by_the_words_of_their_names(firms: dict[str, Enterprise], text: str) -> None:
    found = firms_of(text)
    assert firms["duc"].name in found
    assert not found & {firms["house"].name, firms["out"].name}


def test_officials_are_offered_households_too(firms: dict[str, Enterprise]) -> None:
    assert firms["house"].name in firms_of("lam v", audience="officials")
    assert firms_of("lam v") == set()


def test_every_word_counts_and_nothing_breaks_it(firms: dict[str, Enterprise]) -> None:
    assert firms_of("dap lam") == {firms["dap"].name}
    assert firms_of("lam qqq") == set()
    for text in ("", " ", "\x00", "😀", ".*", "x" * 10_000, "機械", "'; DROP"):
        assert firms_of(text) == set()


def test_concepts_in_the_readers_language_whatever_was_typed() -> None:
    search.rebuild()
    assert suggest("wire ed")[0] == Suggestion("process", "Cắt dây EDM", "wire-edm")
    assert suggest("ワイヤーカ")[0].code == "wire-edm"
    with translation.override("en"):
        assert suggest("cat day ed")[0].text == "Wire EDM"
    assert Suggestion("certificate", "ISO 9001", "iso-9001") in suggest("9001")


def test_without_an_index_the_database_offers_names(firms: dict[str, Enterprise]) -> None:
    search.reset()
    assert firms_of("dap lam") == {firms["dap"].name}
    assert firms_of("lam v") == set()


def test_the_page_s_box_works_without_and_with_a_script(firms: dict[str, Enterprise], client: Client) -> None:
    page = client.get("/nha-cung-ung/").content.decode()
    assert 'data-suggest="/nha-cung-ung/goi-y/"' in page
    told = client.get("/nha-cung-ung/goi-y/", {"q": "dap lam"}).json()
    assert told == {
        "suggestions": [
            {
                "kind": "enterprise",
                "text": firms["dap"].name,
                "of": "Doanh nghiệp",
                "url": f"/nha-cung-ung/{make_registry_id(firms['dap'].pk)}/",
            }
        ]
    }
    concept = client.get("/nha-cung-ung/goi-y/", {"q": "wire edm"}).json()["suggestions"][0]
    assert concept == {
        "kind": "process",
        "text": "Cắt dây EDM",
        "of": "Công đoạn",
        "url": "/nha-cung-ung/?process=wire-edm",
    }
    assert client.get("/nha-cung-ung/goi-y/").json() == {"suggestions": []}
