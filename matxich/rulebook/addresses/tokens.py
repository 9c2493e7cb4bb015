"""Cutting an address into words, each with its marks and without."""

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from matxich.rulebook.vietnamese.text import fold

_WORD = re.compile(r"[^\W_]+(?:['’‘`ʼ´][^\W_]+)*|[,;|()\n\r\t:]")
_QUOTES = str.maketrans("", "", "'’‘`ʼ´")
_GLUED = re.compile(r"(p|q|f)(\d{1,2})$")
_BREAKS = frozenset(",;|()\n\r\t:")
LONGEST = 2_000
"""Letters of a text that are read; an address is never longer."""


@dataclass(slots=True)
class Words:
    """Parallel lists over the words of one text.

    `plain` is folded, `marked` lower case with marks, `part` counts the commas before the word,
    `start` and `end` are its place in `text` (NFC). `accented` says that any word carries marks.
    """

    text: str
    plain: list[str]
    marked: list[str]
    part: list[int]
    start: list[int]
    end: list[int]
    accented: bool


@lru_cache(maxsize=65_536)
def word_forms(raw: str) -> tuple[str, str]:
    """(plain, marked) of one word: "Hoà" is ("hoa", "hoà"), "05" is ("5", "5")."""
    marked = raw.translate(_QUOTES).lower()
    plain = fold(marked)
    if plain.isdecimal():
        plain = marked = plain.lstrip("0") or "0"
    return plain, marked


@lru_cache(maxsize=65_536)
def letters(marked: str) -> str:
    """The same for both ways of placing a tone (hoà, hòa), different for different marks."""
    return "".join(sorted(normalize("NFD", marked)))


def split(text: str) -> Words:
    """Words of an address. "P5" and "Q12" are two words each; commas and brackets part the text."""
    text = normalize("NFC", text[:LONGEST])
    found = Words(text, [], [], [], [], [], accented=False)
    part = 0
    for match in _WORD.finditer(text):
        raw = match.group()
        if raw in _BREAKS:
            part += 1
            continue
        _add(found, raw, part, match.start(), match.end())
    return found


def _add(found: Words, raw: str, part: int, start: int, end: int) -> None:
    plain, marked = word_forms(raw)
    if not plain:
        return
    glued = _GLUED.match(plain) if plain[0] in "pqf" else None
    pieces = [(plain, marked)]
    if glued:
        number = glued[2].lstrip("0") or "0"
        pieces = [(glued[1], glued[1]), (number, number)]
    for plain, marked in pieces:
        found.plain.append(plain)
        found.marked.append(marked)
        found.part.append(part)
        found.start.append(start)
        found.end.append(end)
    if plain != marked:
        found.accented = True
