"""What firms do is found by what it is called: four languages, slang, former names, broader words; never by guess."""

import pytest
from django.http import QueryDict
from django.utils import translation

from matxich.registry import search
from matxich.registry.search import ListRequest, Query, UnknownValue, resolve
from matxich.registry.search.concepts import concepts_of, meant_by
from matxich.rulebook.vietnamese.text import fold
from tests.registry.search_world import firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms() -> dict[str, int]:
    """Three firms, by what they are known for here."""
    told = {
        "cut": {"processes": ["Cắt dây", "mài phẳng"], "materials": ["inox 304"], "certificates": ["ISO 9001:2015"]},
        "mould": {"processes": ["ép phun nhựa"], "materials": ["ABS"], "certificates": ["TS 16949"]},
        "other": {"products": ["Dây điện, dao cắt"], "processes": ["việc khác"]},
    }
    names = {"cut": "Lam Sơn Hạ", "mould": "Thạch Kiều", "other": "Nguyệt Viên"}
    place = {"cut": "31", "mould": "24", "other": "31"}
    made = {
        code: firm(f"Công ty TNHH {names[code]}", told=facts, province_34=place[code], sector="Cơ khí").pk
        for code, facts in told.items()
    }
    search.rebuild()
    return made


def found(text: str, firms: dict[str, int], **filters: str) -> set[str]:
    asked = {name: resolve(name, given) for name, given in filters.items()}
    ids = {number for number, _score in search.search(Query(text, asked)).hits}
    return {code for code, number in firms.items() if number in ids}


@pytest.mark.parametrize(
    "text",
    ["wire EDM", "wire cutting", "ワイヤーカット", "와이어 커팅", "EDM cắt dây"],
)
def test_a_process_in_four_languages(firms: dict[str, int], text: str) -> None:
    assert found(text, firms) == {"cut"}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("injection molding", {"mould"}),
        ("SUS304", {"cut"}),
        ("stainless steel", {"cut"}),
        ("IATF 16949", {"mould"}),
        ("machining", {"cut"}),
        ("electroplating", set()),
    ],
)
def test_materials_certificates_and_broader_words(firms: dict[str, int], text: str, codes: set[str]) -> None:
    results = search.search(Query(text))
    assert results.relaxed is False or not codes
    assert (found(text, firms) if results.total else set()) == codes


def test_words_with_and_without_marks_find_the_same(firms: dict[str, int]) -> None:
    for text in ("cắt dây", "ép nhựa", "thép không gỉ", "mài"):
        bare = fold(text)
        assert meant_by(text) == meant_by(bare)
        assert found(text, firms) == found(bare, firms)


def test_the_words_beside_a_concept_must_match_too(firms: dict[str, int]) -> None:
    assert found("wire EDM Lam Sơn Hạ", firms) == {"cut"}
    results = search.search(Query("wire EDM Thạch Kiều"))
    assert results.total == 0


@pytest.mark.parametrize(
    ("text", "first", "total"),
    [
        ("cắt dây Hải Phòng ISO 9001", "cut", 1),
        ("iso 9001 hai phong cat day", "cut", 1),
        ("wire cutting supplier in Hai Phong with ISO 9001", "cut", 1),
        ("ワイヤーカット メーカー", "cut", 1),
        ("wire EDM Bắc Ninh", "cut", 1),
        ("ép phun nhựa ở Bắc Giang có TS 16949", "mould", 1),
        ("TS 16949 ABS", "mould", 1),
    ],
)
def test_a_mixed_question_is_understood_part_by_part(firms: dict[str, int], text: str, first: str, total: int) -> None:
    results = search.search(Query(text))
    assert (results.total, results.hits[0][0]) == (total, firms[first])


def test_a_place_lifts_and_does_not_hide(firms: dict[str, int]) -> None:
    far = firm("Công ty TNHH Vân Đài", told={"processes": ["cắt dây"]}, province_34="24", province_63="27")
    search.rebuild()
    hits = [number for number, _ in search.search(Query("cắt dây Bắc Ninh")).hits]
    assert hits == [far.pk, firms["cut"], firms["other"]]
    assert search.search(Query("cắt dây Hải Phòng")).hits[0][0] == firms["cut"]


def test_a_place_alone_is_what_is_asked_for(firms: dict[str, int]) -> None:
    for text in ("công ty Hải Phòng", "hai phong", "doanh nghiệp ở Hải Phòng"):
        assert search.search(Query(text)).total == 2, text


def test_parts_are_found_by_their_other_names(firms: dict[str, int]) -> None:
    made = firm("Công ty TNHH Vân Đài", told={"products": ["Bánh răng côn"], "machines": ["Máy phay CNC"]})
    search.rebuild()
    for text in ("gear", "기어", "歯車", "milling machine", "フライス盤"):
        assert [number for number, _ in search.search(Query(text)).hits] == [made.pk], text


def test_filters_take_a_code_or_any_name_and_what_is_narrower(firms: dict[str, int]) -> None:
    assert found("", firms, process="machining") == {"cut"}
    assert found("", firms, process="surface grinding") == {"cut"}
    assert found("", firms, process="gia công cơ khí", certificate="iso9001") == {"cut"}
    assert found("", firms, certificate="iso 9001", material="ABS") == set()
    with pytest.raises(UnknownValue) as refused:
        resolve("process", "không có gì như thế")
    assert "Công đoạn" in str(refused.value)
    with pytest.raises(UnknownValue):
        resolve("material", "wire-edm")


def test_facets_count_every_level_and_speak_the_readers_language(firms: dict[str, int]) -> None:
    for language, label in (("vi", "Cắt dây EDM"), ("en", "Wire EDM")):
        with translation.override(language):
            page = ListRequest.from_params(QueryDict("process=wire-edm")).answer()
            process = next(facet for facet in page.facets if facet.name == "process")
            told = {option.value: (option.label, option.count, option.checked) for option in process.options}
            assert told["wire-edm"] == (label, 1, True)
            assert told["machining"][1] == 1
            assert page.chips[0].text == label


def test_what_is_unknown_or_unsure_is_no_concept() -> None:
    assert concepts_of(["việc khác", "Nguyễn Văn A", ""], "process") == ()
    assert meant_by("") == meant_by("công ty Lam Sơn") == meant_by("Đức Tiến") == meant_by("ma") == ()
    assert [(meant.code, meant.beside) for meant in meant_by("sơn")] == [("painting", ()), ("paint", ())]
    assert [(meant.code, meant.beside) for meant in meant_by("anodizing Bắc Ninh")] == [("anodizing", ("bac", "ninh"))]
