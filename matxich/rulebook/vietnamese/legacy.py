"""Vietnamese typed for the old TCVN3 (ABC) and VNI-Windows fonts and then read as Windows-1252.

Run this on raw cells, before any squeezing: TCVN3 writes ư as the soft hyphen, which squeezing drops.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from unicodedata import normalize

from matxich.rulebook.vietnamese.syllables import is_syllable
from matxich.rulebook.vietnamese.text import fold

Encoding = Literal["TCVN3", "VNI"]

# TCVN 5712:1993, VN3: one code for each lower-case letter, capitals only without a tone.
_TCVN3_LETTERS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_TCVN3 = {start + i: letter for start, row in _TCVN3_LETTERS.items() for i, letter in enumerate(row)}

# VNI-Windows: a plain letter followed by a mark; ơ ư đ and the toned i and ỵ have codes of their own.
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_CIRCUMFLEX = dict(zip("âáàåãä", ("", *_VNI_TONES.values()), strict=True))
_VNI_BREVE = dict(zip("êéèúüë", ("", *_VNI_TONES.values()), strict=True))
_VNI_SINGLES = dict(zip("ôöñíìæóòîÔÖÑÍÌÆÓÒÎ", "ơưđíìỉĩịỵƠƯĐÍÌỈĨỊỴ", strict=True))


def _vni_pairs() -> dict[str, str]:
    marks = {letter: dict(_VNI_TONES) for letter in "aeouyôö"}
    for letter in "aeo":
        marks[letter] |= {mark: "\u0302" + tone for mark, tone in _VNI_CIRCUMFLEX.items()}
    marks["a"] |= {mark: "\u0306" + tone for mark, tone in _VNI_BREVE.items()}
    pairs = {}
    for letter, by_mark in marks.items():
        for mark, combining in by_mark.items():
            plain = normalize("NFC", _VNI_SINGLES.get(letter, letter) + combining)
            pairs[letter + mark] = plain
            pairs[letter.upper() + mark] = pairs[letter.upper() + mark.upper()] = plain.upper()
    return pairs


_VNI_PAIRS = _vni_pairs()
_VNI = _VNI_PAIRS | _VNI_SINGLES
_VNI_UNIT = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
# Pairs that French, Dutch or German spelling also writes ("Thaï", "où", "août").
_ALSO_WESTERN = frozenset(("aï", "eï", "oï", "uï", "où", "aû", "oû", "eû", "uû", "uù"))

_TOKEN = re.compile("[^\\s\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\u2010-\u2026\u20ac]+")
_BEYOND_LATIN1 = re.compile("[^\\W\\d_\u0000-\u00ff]")
_VOWEL = re.compile("[aeiouy]")
_SMALL = re.compile("[a-z]")
_WORD = re.compile(r"[^\x00-@\[-`{-\x7f]+")
_UNITS = frozenset(("µm", "µl", "µg", "µs", "µf", "µa", "µv", "µw", "µh", "µmol"))
_TCVN3_SYMBOL = re.compile("[¡-¹»-¾×÷]")
# A capital among small letters, or ß after no vowel: TCVN3 ("ViÖt", "Phßng"), not German.
_MISPLACED = re.compile("[A-Za-z][À-ÖØ-Þ]+[a-z]|[a-z][À-ÖØ-Þ]|(?:^|[^aeiouyäöü])ß")
_SURE = 2
# Verdicts on one token below any proof: no syllable either way, no vowel to judge by,
# a syllable as it stands that the old reading would spoil.
_MISFIT, _NEUTRAL, _CONTRADICTION = -1, -2, -3


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text in Unicode and the encoding it was repaired from; None when it came back unchanged."""

    text: str
    encoding: Encoding | None


@dataclass(frozen=True, slots=True)
class _Evidence:
    """How one reading fares: `weight` is proof for it, `fits` says that nothing speaks against it."""

    weight: int
    fits: bool


def repair(text: str) -> Repaired:
    """One cell, judged alone. Repaired only when the old reading makes Vietnamese syllables of letters
    that are none as they stand; anything doubtful, and every correct text in any language, is unchanged.
    """
    encoding = _sure_encoding(text)
    return Repaired(_DECODERS[encoding](text), encoding) if encoding else Repaired(text, None)


def repair_column(values: Sequence[str]) -> list[Repaired]:
    """All cells of one column, in order: a doubtful cell ("Cô", TCVN3 for "Cụ") follows its column.

    The column speaks when at least two cells are sure, nine in ten of the sure cells agree on one
    encoding and no more than one in ten is plainly Unicode Vietnamese.
    """
    repaired = [repair(value) for value in values]
    encoding = _column_encoding(repaired)
    if encoding is None:
        return repaired
    return [
        Repaired(_DECODERS[encoding](value), encoding)
        if cell.encoding != encoding and _may_be_legacy(value) and _weigh(value, encoding).fits
        else cell
        for value, cell in zip(values, repaired, strict=True)
    ]


def _column_encoding(cells: list[Repaired]) -> Encoding | None:
    votes = Counter(cell.encoding for cell in cells if cell.encoding)
    if not votes:
        return None
    encoding, count = votes.most_common(1)[0]
    unicode_cells = sum(cell.encoding is None and _is_unicode_vietnamese(cell.text) for cell in cells)
    sure = votes.total() + unicode_cells
    return encoding if count >= 2 and count * 10 >= sure * 9 else None


def _sure_encoding(text: str) -> Encoding | None:
    if not _may_be_legacy(text):
        return None
    tcvn3, vni = _weigh(text, "TCVN3"), _weigh(text, "VNI")
    if tcvn3.fits and tcvn3.weight >= _SURE and not (vni.fits and vni.weight >= tcvn3.weight):
        return "TCVN3"
    if vni.fits and vni.weight >= _SURE and not (tcvn3.fits and tcvn3.weight >= vni.weight):
        return "VNI"
    return None


def _may_be_legacy(text: str) -> bool:
    """Only Latin-1 letters, and some of them not ASCII: the only shape a misread byte can take."""
    return not text.isascii() and not _BEYOND_LATIN1.search(text)


def _is_unicode_vietnamese(text: str) -> bool:
    return any(is_syllable(token) for token in _TOKEN.findall(text) if _BEYOND_LATIN1.search(token))


def _weigh(text: str, encoding: Encoding) -> _Evidence:
    weight = fitting = misfits = 0
    for token in _TOKEN.findall(text):
        if token.isascii() or len(token) == 1:
            continue
        proof = _proof(token, encoding)
        if proof == _CONTRADICTION:
            return _Evidence(0, fits=False)
        fitting += proof >= 0
        misfits += proof == _MISFIT
        weight += max(proof, 0)
    return _Evidence(weight, fits=fitting > 0 and fitting >= misfits)


@lru_cache(maxsize=32768)
def _proof(token: str, encoding: Encoding) -> int:
    """What one token with marked letters says for the old reading: a strength or a verdict below 0."""
    decoded = _DECODERS[encoding](token)
    if not _VOWEL.search(fold(decoded)):
        return _NEUTRAL
    legacy, plain = is_syllable(decoded), _stands_as_it_is(token)
    if plain:
        return 0 if legacy else _CONTRADICTION
    return _strength(token, encoding) if legacy else _MISFIT


def _stands_as_it_is(token: str) -> bool:
    return is_syllable(token) or token.lower() in _UNITS


def _strength(token: str, encoding: Encoding) -> int:
    """2 for what no Western spelling writes, else one for each marked letter."""
    marked = sum(not letter.isascii() for letter in token)
    if encoding == "TCVN3":
        telling = bool(_TCVN3_SYMBOL.search(token) or _MISPLACED.search(token))
    else:
        pairs = (unit.lower() for unit in _VNI_UNIT.findall(token) if len(unit) == 2)
        telling = any(pair not in _ALSO_WESTERN for pair in pairs)
    return max(marked, 2 if telling else 1)


def _from_tcvn3(text: str) -> str:
    """Capitals with a tone existed only as a font: a word typed in capitals gets them back."""
    decoded = text.translate(_TCVN3)
    if decoded == text:
        return text
    words = _WORD.findall(text)
    shouting = not _SMALL.search(text) and any(_capitals(word) > 1 and not word.isascii() for word in words)
    return decoded.upper() if shouting else _WORD.sub(_raise_word, decoded)


def _raise_word(match: re.Match[str]) -> str:
    word = match[0]
    return word if _SMALL.search(word) or _capitals(word) < 2 else word.upper()


def _capitals(text: str) -> int:
    return sum("A" <= letter <= "Z" for letter in text)


def _from_vni(text: str) -> str:
    return _VNI_UNIT.sub(lambda match: _VNI[match[0]], text)


_DECODERS: dict[Encoding, Callable[[str], str]] = {"TCVN3": _from_tcvn3, "VNI": _from_vni}
