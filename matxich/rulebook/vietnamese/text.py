"""Vietnamese text: normal form, folding for search, alphabetical order, tokens, shortening."""

import re
from functools import lru_cache
from unicodedata import category, combining, normalize

# Letters and marks that Unicode does not decompose, as a person without them would type them.
_PLAIN = {
    **dict.fromkeys("đð", "d"),
    **{"ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"},
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’‚‛′ʼ", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
}
_LATIN_MARKS = range(0x300, 0x370)
_ZERO_WIDTH_SPACE = "\u200b"


class _Folding(dict[int, str]):
    """Folded form of each code point, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_letter(chr(code))
        return folded


def _fold_letter(letter: str) -> str:
    if letter == _ZERO_WIDTH_SPACE or letter.isspace():
        return " "
    if category(letter) in ("Cc", "Cf"):
        return ""
    if letter in _PLAIN:
        return _PLAIN[letter]
    parts = normalize("NFKD", normalize("NFKD", letter).casefold())
    kept = (_PLAIN.get(part, part) for part in parts if ord(part) not in _LATIN_MARKS)
    return normalize("NFC", "".join(kept))


class _Visible(dict[int, str]):
    """Code points of stored text: controls and invisible joiners go, a zero-width space is a space."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter == _ZERO_WIDTH_SPACE or letter.isspace():
            letter = " "
        elif category(letter) in ("Cc", "Cf", "Cs"):
            letter = ""
        self[code] = letter
        return letter


_FOLDING = _Folding()
# A plain dict translates twice as fast as one with a method: it serves all text that folds to ASCII.
_LATIN = {code: _FOLDING[code] for code in (*range(0x370), *range(0x1E00, 0x1F00), *range(0x2000, 0x2070))}
_VISIBLE = _Visible()
_TOKEN = re.compile(r"[^\W_]+")


def nfc(text: str) -> str:
    """The stored form of any text: Unicode NFC."""
    return normalize("NFC", text)


def fold(text: str) -> str:
    """Text as typed without marks: lower case, no diacritics, đ as d, full-width and compatibility
    forms as plain ones, curly quotes and long dashes as ASCII. Length may change; spaces are not squeezed.

    NFC and NFD input fold alike. Chinese, Japanese and Korean letters keep their identity.
    """
    if text.isascii() and text.isprintable():
        return text.lower()
    folded = text.translate(_LATIN)
    return folded if folded.isascii() else normalize("NFC", text.translate(_FOLDING))


def squeeze(text: str) -> str:
    """NFC with every run of spaces (no-break, ideographic, zero-width, line ends) as one space, trimmed.

    Control characters and invisible joiners are dropped, so the text is safe to store anywhere.
    """
    return normalize("NFC", " ".join(text.translate(_VISIBLE).split()))


def words(text: str) -> list[str]:
    """Folded runs of letters and digits, in order: "Cty Cơ-khí 2" is ["cty", "co", "khi", "2"]."""
    return _TOKEN.findall(fold(text))


def truncate(text: str, length: int) -> str:
    """At most `length` code points of NFC text, "…" included when cut; marks stay with their letter."""
    text = normalize("NFC", text)
    if len(text) <= length:
        return text
    cut = max(length - 1, 0)
    while cut and (combining(text[cut]) or category(text[cut]) in ("Mn", "Me", "Cf")):
        cut -= 1
    return text[:cut].rstrip() + "…" if length > 0 else ""


# The alphabet is a ă â b c d đ e ê … o ô ơ … u ư …; dictionaries order syllable by syllable,
# letters first, then the tone: level, huyền, hỏi, ngã, sắc, nặng.
_LETTER_MARKS = {"\u0306": "2", "\u0302": "3", "\u031b": "4"}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_FAMILIES = frozenset("adeou")
_RUN = re.compile(r"\d+|\D")


def sort_key(text: str) -> str:
    """A key of ASCII digits and lower-case letters that sorts as a Vietnamese dictionary does.

    Works under any database collation. Syllables compare one by one: letters, then tone
    ("hòa" and "hoà" tie). Runs of digits compare as numbers, so "Lô 2" precedes "Lô 10".
    """
    marked = normalize("NFD", normalize("NFKC", text).lower())
    return "".join(map(_syllable_key, re.split(r"[^\w\u0300-\u036f]+|_+", marked)))


@lru_cache(maxsize=8192)
def _syllable_key(syllable: str) -> str:
    """Letters, then "0" (below every letter and number), then the tone; "" for no syllable."""
    if not syllable:
        return ""
    tone = next((_TONES[mark] for mark in syllable if mark in _TONES), "0")
    letters = [_letter_key(run) for run in _with_letter_marks(syllable)]
    return "".join(letters) + "0" + tone


def _with_letter_marks(syllable: str) -> list[str]:
    runs: list[str] = []
    for run in _RUN.findall(syllable):
        if run in _LETTER_MARKS and runs:
            runs[-1] += run
        elif not combining(run[0]):
            runs.append(run)
    return runs


def _letter_key(run: str) -> str:
    letter, marks = run[0], run[1:]
    if letter.isdecimal():
        return _number_key(run)
    if letter == "đ":
        return "d2"
    if letter in _FAMILIES:
        return letter + next((_LETTER_MARKS[m] for m in marks if m in _LETTER_MARKS), "1")
    if "a" <= letter < "z":
        return letter
    return "z0" if letter == "z" else f"z1{ord(letter):06x}"


def _number_key(run: str) -> str:
    digits = "".join(str(int(digit)) for digit in run).lstrip("0") or "0"
    size = len(digits)
    return f"{size}{digits}" if size < 9 else f"9{min(size, 999):03d}{digits}"
