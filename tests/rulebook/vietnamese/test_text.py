"""Folding, squeezing, ordering and shortening of Vietnamese text."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.vietnamese.text import fold, nfc, sort_key, squeeze, truncate, words

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Công ty TNHH Cơ khí Đại Dương", "cong ty tnhh co khi dai duong"),
        (normalize("NFD", "KHUÔN ĐÚC ƯỚT"), "khuon duc uot"),
        ("ＡＢＣ １２３", "abc 123"),
        ("Société Générale – “Müller”", 'societe generale - "muller"'),
        ("Straße Ørsted", "strasse orsted"),
        ("精密加工 ガガ 한국", "精密加工 ガガ 한국"),
        ("ｶﾞ", "ガ"),
        ("a\u00a0b\u200bc\ufeffd\x00", "a b cd"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_vietnamese_letter_folds_to_ascii_in_both_normal_forms() -> None:
    for letter in VIETNAMESE + VIETNAMESE.upper():
        assert fold(letter) == fold(normalize("NFD", letter))
        assert fold(letter).isascii() and len(fold(letter)) == 1


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " -./0123456789"))
def test_fold_ignores_case_and_normal_form_and_keeps_length(text: str) -> None:
    assert fold(text) == fold(text.upper()) == fold(normalize("NFD", text))
    assert len(fold(text)) == len(text)


@given(st.text())
def test_fold_and_squeeze_are_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squeeze(squeeze(text)) == squeeze(text)


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        (" Công\u00a0 ty\u3000A\u200bB\r\n", "Công ty A B"),
        ("\ufeffMã\u00ad số\x00", "Mã số"),
        (normalize("NFD", "Đường"), "Đường"),
        ("\t\n", ""),
    ],
)
def test_squeeze(text: str, squeezed: str) -> None:
    assert squeeze(text) == squeezed


def test_nfc() -> None:
    assert nfc(normalize("NFD", "Hưng Yên")) == "Hưng Yên"


def test_words() -> None:
    assert words("Cty CP Cơ-khí số 2 (Đồng_Nai)") == ["cty", "cp", "co", "khi", "so", "2", "dong", "nai"]


@pytest.mark.parametrize(
    "ordered",
    [
        list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"),
        ["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mâ", "me"],
        ["ba hai", "ba kích", "bà con", "bá chủ", "ban"],
        ["An Giang", "Bà Rịa", "Bắc Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Đà Nẵng", "Đắk Lắk", "Hà Nội"],
        ["Lô 2", "Lô 10", "Lô 10A", "Lô A"],
        ["", "0", "7", "12345678", "123456789", "1234567890", "a", "zz", "株式"],
        ["dân", "dung", "đa", "đường", "e"],
    ],
)
def test_sort_key_follows_the_dictionary(ordered: list[str]) -> None:
    shuffled = ordered[::-1]
    assert sorted(shuffled, key=sort_key) == ordered


@given(st.text(alphabet=VIETNAMESE + " 0123456789-"))
def test_sort_key_is_ascii_and_blind_to_case_and_normal_form(text: str) -> None:
    key = sort_key(text)
    assert key == "" or (key.isascii() and key.isalnum() and key == key.lower())
    assert key == sort_key(text.upper()) == sort_key(normalize("NFD", text))


def test_tone_placement_ties() -> None:
    assert sort_key("Hòa Bình") == sort_key("Hoà Bình")


@pytest.mark.parametrize(
    ("text", "length", "cut"),
    [
        ("Đường", 5, "Đường"),
        ("Đường bộ", 6, "Đường…"),
        ("Đường bộ", 7, "Đường…"),
        ("x\u0323\u0335y", 3, "…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_truncate(text: str, length: int, cut: str) -> None:
    assert truncate(text, length) == cut


@given(st.text(), st.integers(0, 20))
def test_truncate_never_exceeds(text: str, length: int) -> None:
    assert len(truncate(text, length)) <= length
