"""What a firm's words are taken for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.taxonomy import LANGUAGES, Language, Mapping, Scheme, map_all, map_text
from tests.rulebook.taxonomy.world import small

TAXONOMY = small()


def mapped(text: str, language: Language = "vi", schemes: tuple[Scheme, ...] | None = None) -> Mapping:
    return map_text(TAXONOMY, text, language=language, schemes=schemes)


def code(text: str, language: Language = "vi") -> str:
    concept = mapped(text, language).concept
    return concept.code if concept else ""


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("vi", "phay CNC", "cnc-milling"),
        ("vi", "PHAY CNC", "cnc-milling"),
        ("vi", "gia công phay cnc chính xác cao", "cnc-milling"),
        ("vi", "dịch vụ phay CNC", "cnc-milling"),
        ("vi", "chuyên tiện các loại", "turning"),
        ("vi", "mai vo tam", "centerless-grinding"),
        ("vi", "MÀI VÔ TÂM", "centerless-grinding"),
        ("vi", "mài vô tâm".replace("ô", "o\u0302"), "centerless-grinding"),
        ("vi", "mài vô tân", "centerless-grinding"),
        ("vi", "taro", "tapping"),
        ("vi", "CNC", "cnc-machining"),
        ("vi", "đúc", "casting"),
        ("vi", "đúc áp lực", "die-casting"),
        ("vi", "mạ kẽm điện phân", "zinc-plating"),
        ("vi", "CNC milling", "cnc-milling"),
        ("vi", "thép không gỉ 304", "sus304"),
        ("vi", "inox304", "sus304"),
        ("vi", "thép SUS-304 tấm", "sus304"),
        ("vi", "ISO 9001 : 2015", "iso-9001"),
        ("vi", "có chứng chỉ iso9001:2015", "iso-9001"),
        ("vi", "TS16949", "iatf-16949"),
        ("vi", "ISO/TS 16949:2009", "iatf-16949"),
        ("vi", "BSCI đang còn hiệu lực đến năm sau", "bsci"),
        ("en", "high-precision CNC milling services", "cnc-milling"),
        ("en", "CNC milled parts", "cnc-milling"),
        ("en", "diecasting", "die-casting"),
        ("en", "die-casts", "die-casting"),
        ("en", "centreless ground pins", "centerless-grinding"),
        ("en", "centerles grinding", "centerless-grinding"),
        ("en", "injection molded parts", "injection"),
        ("en", "galvanised", "zinc-plating"),
        ("en", "304 stainless", "sus304"),
        ("en", "14001 environmental", "iso-14001"),
        ("ja", "CNCフライス加工", "cnc-milling"),
        ("ja", "ＣＮＣ ﾌﾗｲｽ 加工", "cnc-milling"),
        ("ja", "フライス", "milling"),
        ("ja", "ダイカスト製品", "die-casting"),
        ("ja", "ワイヤカット", "wire-edm"),
        ("ja", "射出成型", "injection"),
        ("ja", "ステンレス304", "sus304"),
        ("ko", "CNC 밀링 가공", "cnc-milling"),
        ("ko", "CNC밀링제작", "cnc-milling"),
        ("ko", "다이캐스팅 업체", "die-casting"),
        ("ko", "스텐 304 판재", "sus304"),
        ("ko", "ISO9001 인증", "iso-9001"),
        ("vi", "gia công tiện ren trục máy", "turning"),
    ],
)
def test_a_term_in_many_spellings(language: Language, text: str, expected: str) -> None:
    assert code(text, language) == expected


@pytest.mark.parametrize("text", ["", " ", "khác", "v.v.", "...", "xyzzy plugh", "Nguyễn Văn Tiện", "Trần Thị Hàn",
                                  "12345", "tôi thích ăn cá", "gia công", "dịch vụ", "công ty chúng tôi", "有限",
                                  "기타"])  # fmt: skip
def test_what_is_unknown_stays_unknown(text: str) -> None:
    found = mapped(text)
    assert (found.verdict, found.concept, found.confidence, found.span, found.alternatives) == (
        "unknown",
        None,
        0.0,
        None,
        (),
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hạn", "vi"),
        ("mã", "vi"),
        ("ma", "en"),
        ("a han of man", "en"),
        ("tiền", "vi"),
        ("Tôi là giám đốc công ty", "vi"),
    ],
)
def test_another_word_with_the_same_letters_is_not_taken(text: str, language: Language) -> None:
    assert code(text, language) == ""


def test_marks_break_ties() -> None:
    assert (code("mạ"), code("hàn"), code("tôi")) == ("plating", "welding", "quenching")
    assert mapped("mạ").how == "exact"
    assert (mapped("phay cnc").how, mapped("mai vo tam").how, mapped("CNC mills", "en").how) == (
        "exact",
        "folded",
        "inflected",
    )
    assert mapped("centerles grinding", "en").how == "fuzzy"


def test_a_doubtful_word_is_ambiguous_and_lists_what_it_may_be() -> None:
    found = mapped("ép")
    assert found.verdict == "ambiguous"
    assert found.concept is not None
    codes = {found.concept.code, *(other.concept.code for other in found.alternatives)}
    assert codes == {"die-casting", "injection"}
    assert found.confidence <= 0.5
    assert mapped("ép nhựa").verdict == "mapped"


def test_the_answer_explains_itself() -> None:
    found = mapped("Chúng tôi nhận gia công phay CNC")
    assert found.span is not None
    assert found.text[slice(*found.span)] == "gia công phay CNC"[9:]
    assert (found.phrase, found.language, found.how, found.version) == ("phay CNC", "vi", "exact", TAXONOMY.version)


def test_the_more_of_the_text_is_understood_the_surer() -> None:
    sure, less, least = (mapped(text).confidence for text in ("phay CNC", "phay CNC abc xyz", "phay cmc"))
    assert sure == 1.0
    assert 0 < less < sure
    assert 0 < least < sure


def test_only_the_asked_schemes_answer() -> None:
    assert mapped("hàn inox 304", schemes=(Scheme.MATERIALS,)).concept == TAXONOMY.concept("sus304")
    assert mapped("hàn inox 304", schemes=(Scheme.PROCESSES,)).concept == TAXONOMY.concept("welding")
    assert mapped("hàn inox 304").concept == TAXONOMY.concept("welding")
    assert mapped("hàn", schemes=(Scheme.MATERIALS,)).concept is None


def terms(text: str, language: Language = "vi") -> list[tuple[str, str]]:
    found = map_all(TAXONOMY, text, language=language)
    return [
        (each.concept.code if each.concept else "", each.text[slice(*each.span)] if each.span else each.text)
        for each in found
    ]


def test_a_cell_of_several_terms() -> None:
    assert terms("phay CNC, tiện, cắt dây EDM; ISO 9001:2015, IATF 16949") == [
        ("cnc-milling", "phay CNC"), ("turning", "tiện"), ("wire-edm", "cắt dây EDM"),
        ("iso-9001", "ISO 9001"), ("iatf-16949", "IATF 16949"),
    ]  # fmt: skip
    assert terms("ISO 9001/14001") == [("iso-9001", "ISO 9001"), ("iso-14001", "14001")]
    assert terms("hàn và mạ kẽm") == [("welding", "hàn"), ("zinc-plating", "mạ kẽm")]
    assert terms("phay CNC (CNC)") == [("cnc-milling", "phay CNC"), ("cnc-machining", "CNC")]
    assert terms("hàn inox 304") == [("welding", "hàn"), ("sus304", "inox 304")]
    assert terms("tiện, xyzzy, đúc") == [("turning", "tiện"), ("", "xyzzy"), ("casting", "đúc")]
    assert terms("フライス加工、旋盤加工・溶接", "ja") == [
        ("milling", "フライス加工"),
        ("turning", "旋盤加工"),
        ("welding", "溶接"),
    ]
    assert terms("용접, 도금 및 CNC 밀링", "ko") == [
        ("welding", "용접"),
        ("plating", "도금"),
        ("cnc-milling", "CNC 밀링"),
    ]
    assert terms("") == []
    assert terms(" ,; ") == []


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_any_text_has_an_answer_that_holds_together(text: str, language: Language) -> None:
    for found in (mapped(text, language), *map_all(TAXONOMY, text, language=language)):
        assert (found.concept is None) == (found.verdict == "unknown") == (found.confidence == 0.0)
        assert 0 <= found.confidence <= 1
        if found.span:
            assert found.text[slice(*found.span)].strip()
