"""Cutting a text of any of the four languages into atoms that can be compared.

An atom is a run of Latin letters, a run of digits, or one Chinese, Japanese or Korean letter: so spaces,
hyphens and width do not matter ("SUS304", "SUS 304"; "ﾌﾗｲｽ加工", "フライス 加工").
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from matxich.rulebook.vietnamese.text import fold

LONGEST = 2_000
"""Letters of a text that are read; a cell of terms is never longer."""
_EAST = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3々〆"
_ATOM = re.compile(rf"\d+|[\uff66-\uff9d][\uff9e\uff9f]?|[{_EAST}]|[^\W\d_{_EAST}\uff66-\uff9f]+")
_EAST_LETTER = re.compile(f"[{_EAST}]")
_SILENT = frozenset("ーｰのノ゛゜")
"""The long vowel is written or not ("レーザ", "レーザー"), and "の" only joins."""
_STRONG = re.compile(r"[,;、，；。\n\r\t|•…★●■]|\.(?=\s)|(?<=\s)[-–—](?=\s)")
_WEAK = re.compile(r"[/+&()\[\]（）［］「」／＋＆・·]|[:：](?!\s*\d)|(?<!\w)(?:và|and|hoặc|or|및|또는)(?!\w)|及び|および|または", re.IGNORECASE)
_SPELLINGS = {
    "mould": "mold", "aluminium": "aluminum", "colour": "color", "centre": "center", "fibre": "fiber",
    "tyre": "tire", "aluminums": "aluminum", "grey": "gray", "programme": "program", "sulphur": "sulfur",
    "jewellery": "jewelry", "plough": "plow", "vapour": "vapor", "catalogue": "catalog", "laze": "laser",
}  # fmt: skip
_TWICE = re.compile(r"([b-df-hj-np-tv-z])\1$")


@dataclass(slots=True)
class Words:
    """Parallel lists over the atoms of one text.

    `stem` compares, `plain` is folded, `marked` lower case with marks; `start` and `end` are places in `text`
    (NFC); `strong` and `weak` count the separators before the atom; `accented` says that any atom has marks.
    """

    text: str
    stem: list[str]
    plain: list[str]
    marked: list[str]
    start: list[int]
    end: list[int]
    strong: list[int]
    weak: list[int]
    accented: bool


@lru_cache(maxsize=65_536)
def forms(raw: str) -> tuple[str, str, str]:
    """(stem, plain, marked) of an atom: "Milling" is ("mil", "milling", "milling")."""
    marked = normalize("NFKC", raw).casefold()
    plain = fold(marked)
    return (stem(plain) if plain.isascii() else plain), plain, marked


@lru_cache(maxsize=65_536)
def stem(plain: str) -> str:
    """An English word without plural, -ing, -ed and a silent -e, in American spelling; others hardly change.

    No Vietnamese syllable ends in what is cut here. Both sides are cut alike, so it need not be a word.
    """
    if len(plain) < 4 or not plain.isalpha():
        return plain
    word = plain
    for british, american in _SPELLINGS.items():
        if word.startswith(british):
            word = american + word[len(british) :]
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ing") and len(word) > 5:
        word = word[:-3]
    elif word.endswith("ed") and len(word) > 4:
        word = word[:-2] if len(word) > 5 else word[:-1]
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    if len(word) > 5 and word.endswith("is"):
        word = word[:-2] + "iz"
    if len(word) > 6 and word.endswith("y"):
        word = word[:-1]
    return _TWICE.sub(r"\1", word) if len(word) > 3 else word


@lru_cache(maxsize=65_536)
def letters(marked: str) -> str:
    """The same for both ways of placing a tone (hoá, hóa), different for different marks."""
    return "".join(sorted(normalize("NFD", marked)))


def is_east(atom: str) -> bool:
    """Whether an atom is a Chinese, Japanese or Korean letter."""
    return atom >= "\u3040"


def split(text: str) -> Words:
    """The atoms of a text, where they stand and what parts them."""
    text = text[:LONGEST]
    if not text.isascii():
        text = normalize("NFC", text)
    found = Words(text, [], [], [], [], [], [], [], accented=False)
    strong = [match.start() for match in _STRONG.finditer(text)]
    weak = [match.span() for match in _WEAK.finditer(text)]
    at_strong = at_weak = 0
    for match in _ATOM.finditer(text):
        raw, start, end = match.group(), match.start(), match.end()
        while at_strong < len(strong) and strong[at_strong] < start:
            at_strong += 1
        while at_weak < len(weak) and weak[at_weak][1] <= start:
            at_weak += 1
        inside = at_weak < len(weak) and weak[at_weak][0] <= start
        if raw in _SILENT or inside:
            continue
        stemmed, plain, marked = forms(raw)
        if not plain:
            continue
        found.stem.append(stemmed)
        found.plain.append(plain)
        found.marked.append(marked)
        found.start.append(start)
        found.end.append(end)
        found.strong.append(at_strong)
        found.weak.append(at_weak)
        if plain != marked:
            found.accented = True
    return found


@lru_cache(maxsize=4_096)
def atoms(phrase: str) -> tuple[tuple[str, str, str], ...]:
    """(stem, plain, marked) of every atom of a name of the taxonomy, joining words left out as in texts."""
    cut = _WEAK.sub(" ", phrase) if not phrase.isascii() or " " in phrase else phrase
    found = (forms(raw) for raw in _ATOM.findall(normalize("NFC", cut)) if raw not in _SILENT)
    return tuple(form for form in found if form[1])
