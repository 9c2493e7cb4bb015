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
_SILENT = frozenset(("ー", "ｰ", "の", "ノ", "゛", "゜", "and", "And", "AND"))
"""The long vowel is written or not ("レーザ", "レーザー"), and "の" and "and" only join."""
_STRONG = re.compile(r"[,;、，；。\n\r\t|•…★●■]|\.(?=\s)")
_WEAK = re.compile(
    r"[/+&()\[\]（）［］「」／＋＆・·]|[:：](?!\s*\d)|(?<=\s)[-–—](?=\s)|(?<!\w)(?:và|and|hoặc|or|및|또는)(?!\w)|及び|および|または",
    re.IGNORECASE,
)
_SPELLINGS = {
    "mould": "mold", "aluminium": "aluminum", "colour": "color", "centre": "center", "fibre": "fiber",
    "tyre": "tire", "aluminums": "aluminum", "grey": "gray", "programme": "program", "sulphur": "sulfur",
    "jewellery": "jewelry", "vapour": "vapor",
}  # fmt: skip
_WHOLE = {
    "ground": "grind", "bent": "bend", "drawn": "draw", "wound": "wind", "spun": "spin", "woven": "weav", "sewn": "sew",
    "hone": "hon", "bore": "bor", "dyed": "dye", "weave": "weav", "laze": "laser", "lazer": "laser", "lase": "laser",
    "nc": "cnc", "extrusion": "extrud", "extruder": "extrud", "weldment": "weld", "plate": "plate",
    "plates": "plate", "molding": "molding", "moulding": "molding", "moldings": "molding", "mouldings": "molding",
    "molded": "molding", "moulded": "molding",
}  # fmt: skip
"""Words whose stem no rule gives, and two that mean the same here."""
_EASTERN = (
    ("成型", "成形"), ("五軸", "5軸"), ("三軸", "3軸"), ("三次元", "3次元"), ("二色", "2色"),
    ("삼차원", "3차원"), ("오축", "5축"),
)  # fmt: skip
"""Spellings of the same length that are read alike."""
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
    if plain in _WHOLE:
        return _WHOLE[plain]
    if len(plain) < 4 or not plain.isalpha():
        return plain
    word = plain.removesuffix("ally") if len(plain) > 9 else plain
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
    if word.endswith(("isation", "ization")):
        word = word[:-7] + "iz"
    elif word.endswith("ion") and len(word) > 7:
        word = word[:-3]
    if len(word) > 5 and word.endswith("is"):
        word = word[:-2] + "iz"
    if len(word) > 6 and word.endswith("y"):
        word = word[:-1]
    return _TWICE.sub(r"\1", word) if len(word) > 3 else word


@lru_cache(maxsize=65_536)
def letters(marked: str) -> str:
    """The same for both ways of placing a tone (hoá, hóa), different for different marks."""
    return "".join(sorted(normalize("NFD", marked)))


def _read_alike(text: str) -> str:
    for one, other in _EASTERN:
        if one in text:
            text = text.replace(one, other)
    return text


def is_east(atom: str) -> bool:
    """Whether an atom is a Chinese, Japanese or Korean letter."""
    return atom >= "\u3040"


def split(text: str) -> Words:
    """The atoms of a text, where they stand and what parts them."""
    text = text[:LONGEST]
    if not text.isascii():
        text = normalize("NFC", text)
    read = text if text.isascii() else _read_alike(text)
    found = Words(text, [], [], [], [], [], [], [], accented=False)
    strong = [match.start() for match in _STRONG.finditer(read)]
    weak = [match.end() for match in _WEAK.finditer(read)]
    at_strong = at_weak = 0
    for match in _ATOM.finditer(read):
        raw, start, end = match.group(), match.start(), match.end()
        while at_strong < len(strong) and strong[at_strong] < start:
            at_strong += 1
        while at_weak < len(weak) and weak[at_weak] <= start:
            at_weak += 1
        if raw in _SILENT:
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
    """(stem, plain, marked) of every atom of a name of the taxonomy."""
    found = (forms(raw) for raw in _ATOM.findall(_read_alike(phrase)) if raw not in _SILENT)
    return tuple(form for form in found if form[1])
