"""Which of several names in one text leads."""

import pytest

from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.taxonomy import Language, Scheme, map_text
from matxich.rulebook.taxonomy.vocabulary import CUES
from matxich.rulebook.taxonomy.weights import BY_SCHEME, OVER, OVER_VIETNAMESE, SAME


def code(text: str, language: Language) -> str:
    concept = map_text(taxonomy(), text, language=language).concept
    return concept.code if concept else ""


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("vi", "phay CNC", "cnc-milling"),
        ("vi", "phay nhôm A6061", "milling"),
        ("vi", "hàn inox 304", "welding"),
        ("vi", "thép SKD11 đã tôi HRC 60", "skd11"),
        ("vi", "bulong inox 304 M8", "bolt"),
        ("en", "laser cutting 304 stainless sheet", "laser-cutting"),
        ("en", "6061-T6 round bar", "a6061"),
        ("ja", "SUS304 レーザー切断加工", "laser-cutting"),
        ("ja", "SUS316シャフト", "shaft"),
        ("ko", "SUS304 레이저 절단", "laser-cutting"),
        ("ko", "SUS304 코일 2B", "sus304"),
    ],
)
def test_the_head_of_the_phrase_leads_over_what_it_is_made_of(language: Language, text: str, expected: str) -> None:
    assert code(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("vi", "máy mài phẳng", Scheme.MACHINES),
        ("vi", "mài phẳng", Scheme.PROCESSES),
        ("vi", "ngành da giày", Scheme.SECTORS),
        ("vi", "đế giày các loại", Scheme.PARTS),
        ("vi", "sản xuất đế giày", Scheme.PROCESSES),
        ("en", "ISO 9001:2015 certified", Scheme.CERTIFICATES),
        ("en", "Amada press brake 110T", Scheme.MACHINES),
        ("ja", "自動車業界", Scheme.SECTORS),
        ("ko", "사출기 180톤", Scheme.MACHINES),
    ],
)
def test_what_the_text_says_of_itself_decides_between_the_lists(
    language: Language, text: str, expected: Scheme
) -> None:
    concept = map_text(taxonomy(), text, language=language).concept
    assert concept is not None
    assert concept.scheme == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ko", "플라스틱 외장 도금", "plastic-plating"),
        ("ja", "ロボット自動溶接", "robot-welding"),
        ("vi", "dập kim loại liên hoàn", "progressive-stamping"),
    ],
)
def test_the_words_of_a_name_may_stand_apart(language: Language, text: str, expected: str) -> None:
    assert code(text, language) == expected


def test_a_kana_name_inside_another_word_is_no_name_of_it() -> None:
    assert code("에어 블라스트", "ko") != "shoe-last"


def test_a_name_is_found_without_the_brackets_of_its_label() -> None:
    assert code("画像測定機", "ja") == "vmm"


def test_every_weight_is_of_something_that_is_looked_at() -> None:
    assert set(BY_SCHEME) - set(CUES) == {"any", "head", "coded", "derived"}
    assert set(OVER) == set(OVER_VIETNAMESE) == set(SAME) == set(Scheme)
    assert {len(row) for table in (BY_SCHEME, OVER, OVER_VIETNAMESE, SAME) for row in table.values()} == {len(Scheme)}
