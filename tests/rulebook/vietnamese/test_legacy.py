"""Text typed for TCVN3 and VNI fonts comes back as Unicode; everything else comes back untouched."""

import re
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.vietnamese.legacy import _TCVN3, _VNI, Encoding, Repaired, repair, repair_column
from matxich.rulebook.vietnamese.syllables import is_syllable

TO_TCVN3 = {ord(letter): chr(code) for code, letter in _TCVN3.items()}
TO_VNI = {ord(letter): unit for unit, letter in _VNI.items() if unit.islower() or unit.isupper()}
VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
ONSETS = re.findall(r"\w+", "b c ch d đ g gh h k kh l m n ng ngh nh ph r s t th tr v x")
CODAS = ["", *re.findall(r"\w+", "c ch i m n ng nh o p t u y")]
SYLLABLES = sorted(
    {
        o + m + v + c
        for o in ONSETS
        for m in ["", *"uiươoiê"]
        for v in VOWELS
        for c in CODAS
        if is_syllable(o + m + v + c)
    }
)
syllables = st.sampled_from(SYLLABLES)
words = st.tuples(syllables, st.booleans()).map(lambda pair: pair[0].capitalize() if pair[1] else pair[0])
PROOF = "công ty trách nhiệm hữu hạn"


def in_tcvn3(text: str) -> str:
    return text.translate(TO_TCVN3)


def in_vni(text: str) -> str:
    return text.translate(TO_VNI)


def expressible_in_tcvn3(text: str) -> bool:
    return all(letter in _TCVN3.values() or letter.isascii() for letter in text)


@pytest.mark.parametrize(
    ("typed", "meant", "encoding"),
    [
        ("C«ng ty TNHH C¬ khÝ ViÖt Nam", "Công ty TNHH Cơ khí Việt Nam", "TCVN3"),
        ("C¤NG TY Cæ PHÇN §ÇU T¦", "CÔNG TY CỔ PHẦN ĐẦU TƯ", "TCVN3"),
        ("C«ng ty TNHH SX CæNG TR×NH Hµ An", "Công ty TNHH SX CỔNG TRÌNH Hà An", "TCVN3"),
        ("B×nh D­¬ng", "Bình Dương", "TCVN3"),
        ("HuÕ", "Huế", "TCVN3"),
        ("P.§, §T: 0913", "P.§, §T: 0913", None),
        ("Phßng §T, Q§ sè 5", "Phòng ĐT, QĐ số 5", "TCVN3"),
        ("Coâng ty TNHH Cô khí Vieät Nam", "Công ty TNHH Cơ khí Việt Nam", "VNI"),
        ("ÑOÀNG NAI", "ĐỒNG NAI", "VNI"),
        ("Caàn Thô", "Cần Thơ", "VNI"),
        ("Aùnh Döông", "Ánh Dương", "VNI"),
        ("Haø Noäi", "Hà Nội", "VNI"),
    ],
)
def test_repair(typed: str, meant: str, encoding: Encoding | None) -> None:
    assert repair(typed) == Repaired(meant, encoding)


@pytest.mark.parametrize(
    "text",
    [
        "", "Công ty", "Nhà máy", "Công ty cổ phần Đầu tư", "Cô", "TNHH ABC", "KHÝ", "Bà Rịa", "ÔTÔ", "Hà Nam",
        "Société Générale", "Müller GmbH", "Công ty TNHH Müller Việt Nam", "Công ty Müller", "São Paulo", "José Peña",
        "Citroën", "Muay Thaï", "Hanoï", "Où est août", "Löwenbräu Köln Düsseldorf", "Ångström", "Nestlé S.A.",
        "Électricité de France à Hué", "Crédit Agricole", "Señor Iñigo", "Škoda", "Łódź", "Besançon",
        "10 µm ± 5 µm", "©2020 ABC® §5 «Bonjour»", "½ × 3 µ", "25 °C", "Ø12 ± 0,5", "12 × 30 × 45 mm", "£5 ¥100",
        "精密機械", "株式会社タマ", "삼성전자", "北京", normalize("NFD", "Công ty Cơ khí Đại Dương"),
    ],
)  # fmt: skip
def test_correct_text_is_unchanged(text: str) -> None:
    assert repair(text) == Repaired(text, None)


@given(st.lists(words, min_size=1, max_size=8))
def test_tcvn3_round_trip(parts: list[str]) -> None:
    text = " ".join([PROOF, *(part if expressible_in_tcvn3(part) else part.lower() for part in parts)])
    assert repair(in_tcvn3(text)) == Repaired(text, "TCVN3")


@given(st.lists(words, min_size=1, max_size=8))
def test_vni_round_trip(parts: list[str]) -> None:
    text = " ".join([PROOF, *parts])
    assert repair(in_vni(text)) == Repaired(text, "VNI")
    assert repair(in_vni(text.upper())) == Repaired(text.upper(), "VNI")


@given(st.lists(words, min_size=1, max_size=8))
def test_unicode_vietnamese_is_never_touched(parts: list[str]) -> None:
    text = " ".join(parts)
    assert repair(text) == Repaired(text, None)


@given(st.lists(syllables, min_size=1, max_size=20))
def test_a_column_decides_for_its_short_cells(cells: list[str]) -> None:
    column = [PROOF] * max(2, 10 * len(cells)) + cells
    for encode in (in_tcvn3, in_vni):
        assert [cell.text for cell in repair_column([encode(cell) for cell in column])] == column


def test_a_column_of_unicode_keeps_its_doubtful_cells() -> None:
    column = ["Công ty Cổ phần", "Cô", "Hà Nội", "Bö", "C«ng ty C¬ khÝ"]
    assert [cell.text for cell in repair_column(column)] == ["Công ty Cổ phần", "Cô", "Hà Nội", "Bö", "Công ty Cơ khí"]
    assert repair_column([]) == []
