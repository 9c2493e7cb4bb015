"""Which letters make a Vietnamese syllable."""

import pytest

from matxich.rulebook.vietnamese.syllables import is_syllable


@pytest.mark.parametrize(
    "text",
    ["Công ty khuôn đúc nghiêng gì giếng quý quả khuya thuở uỷ ủy ĐẮK yêu ý Vy hoàn hoạch chuyên xoong ăn ơ"],
)
def test_syllables(text: str) -> None:
    assert [word for word in text.split() if not is_syllable(word)] == []


@pytest.mark.parametrize("word", ["", "Müller", "Générale", "TNHH", "càt", "tấḿ", "ơng", "fa", "công1", "精", "zoé"])
def test_everything_else(word: str) -> None:
    assert not is_syllable(word)
