"""Texts as the index has them: folded words, the parts of words, abbreviations spelt out, marks, the order of names.

The same few words stand in a million firms: a text is cut at its spaces, and what stands between two of them is worked
out the first time it is met. No word, part or mark reaches across a space, so this gives what the whole text would.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matxich.rulebook.vietnamese.names import company_key, expand
from matxich.rulebook.vietnamese.text import fold, nfc, sort_key, words

TOKEN_LENGTH = 40
KEPT = 200_000
# Legal forms as officials shorten them; the words of a name itself are spelt out by the rulebook.
_FORMS = {
    "cty": "cong ty",
    "tnhh": "trach nhiem huu han",
    "cp": "co phan",
    "ctcp": "cong ty co phan",
    "mtv": "mot thanh vien",
    "htx": "hop tac xa",
    "dntn": "doanh nghiep tu nhan",
    "hkd": "ho kinh doanh",
}
_LONG_FORMS = tuple((short, f" {form} ") for short, form in _FORMS.items())
_RAW_TOKEN = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"\b([^\W\d_])\.\s?(?=[^\W\d_]\b)")
_GLUED = re.compile(r"(?:cty|ctcp|tnhh|mtv|htx|dntn|cp|xnk|sx|tm|dv|dt|pt|xd|ck|kt){2,}")
_GLUED_PART = re.compile(r"cty|ctcp|tnhh|mtv|htx|dntn|cp|xnk|sx|tm|dv|dt|pt|xd|ck|kt")
_PARTS = re.compile(r"\d+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as written, as keys may have it (folded, or spelt out), and its place in the alphabet."""

    written: str
    folded: str
    spelt: list[str]
    order: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What stands between two spaces. `more`: how many words spelling it out adds."""

    plain: str
    parts: str
    long: str
    more: int
    marks: str
    words: tuple[_Word, ...]


class _Met(dict[str, _Stretch]):
    """Every stretch met so far; forgotten all at once when they become too many to keep."""

    def __missing__(self, written: str) -> _Stretch:
        if len(self) >= KEPT:
            self.clear()
        self[written] = stretch = _stretch(written)
        return stretch


def _stretch(written: str) -> _Stretch:
    plain, raw = words(written), _RAW_TOKEN.findall(written)
    long = [part for word in plain for part in spelt_out(word) or (word,)]
    return _Stretch(
        " ".join(plain),
        " ".join(part for word in plain for part in with_parts(word)),
        " ".join(long),
        len(long) - len(plain),
        " ".join(mark for word in raw if (mark := _mark(word))),
        tuple(_Word(word, folded := fold(word), list(spelt_out(folded)), sort_key(word)) for word in raw),
    )


_met = _Met()


@lru_cache(maxsize=65_536)
def indexed(text: str) -> str:
    """The text in words, and again with its abbreviations spelt out. Sectors, processes and products repeat a lot."""
    return " ".join(_spellings([_met[each] for each in joined_initials(text).split()]))


def _spellings(stretches: Sequence[_Stretch]) -> Iterator[str]:
    if parts := " ".join([each.parts for each in stretches if each.parts]):
        yield parts
    if [each for each in stretches if each.more]:
        yield " ".join([each.long for each in stretches if each.long])


class Name:
    """One name, cut once. `key`: its company key, "" to have it worked out when it is needed."""

    __slots__ = ("_key", "_name", "_said", "_written")

    def __init__(self, name: str, key: str = "") -> None:
        composed = nfc(name)
        self._name, self._key = name, key
        self._said = self._written = [_met[each] for each in composed.split()]
        if "." in composed:
            self._said = [_met[each] for each in joined_initials(composed).split()]

    def spellings(self) -> Iterator[str]:
        """The name in words, and again with its abbreviations spelt out."""
        return _spellings(self._said)

    def short_forms(self) -> list[str]:
        """Abbreviations of the legal form that the name spells out."""
        whole = f" {' '.join([each.plain for each in self._said if each.plain])} "
        return [short for short, form in _LONG_FORMS if form in whole]

    def marks(self) -> Iterable[str]:
        """The words that carry marks, one spelling for "hòa" and "hoà"; they lift the order and find nothing."""
        return [each.marks for each in self._written if each.marks]

    def own(self) -> str:
        """The name without its legal form, marks kept: a list by name is none by legal form."""
        own = self._own_words()
        return " ".join(word.written for word in own) if own else self._name

    def order(self) -> str:
        """`sort_key` of what the name is without its legal form."""
        own = self._own_words()
        return "".join([word.order for word in own]) if own else sort_key(self._name)

    def _own_words(self) -> list[_Word]:
        """Empty where the words of the key are not those of the name."""
        left, kept = (self._key or company_key(self._name)).split(), []
        for word in reversed([word for each in self._written for word in each.words]):
            if not left:
                break
            if left[-1] == word.folded:
                left.pop()
                kept.append(word)
            elif word.spelt and left[-len(word.spelt) :] == word.spelt:
                del left[-len(word.spelt) :]
                kept.append(word)
        return [] if left else kept[::-1]


def own_name(name: str, key: str = "") -> str:
    """The name without its legal form, marks kept. `key`: its company key."""
    return Name(name, key).own()


def joined_initials(text: str) -> str:
    """ "X.N.K" and "T. N. H. H." as one word each."""
    return _INITIALS.sub(r"\1", nfc(text)) if "." in text else nfc(text)


@lru_cache(maxsize=65_536)
def spelt_out(word: str) -> tuple[str, ...]:
    """What an abbreviation stands for, as words; empty for any other word."""
    if _GLUED.fullmatch(word):
        return tuple(long for part in _GLUED_PART.findall(word) for long in spelt_out(part))
    long = _FORMS.get(word) or expand(word)
    return tuple(long.split()) if long != word else ()


@lru_cache(maxsize=65_536)
def with_parts(word: str) -> tuple[str, ...]:
    """ "iso9001" is found as "iso" and as "9001" too."""
    parts = _PARTS.findall(word)
    found = [word, *parts] if len(parts) > 1 else [word]
    return tuple(part[:TOKEN_LENGTH] for part in found)


def marked_words(text: str) -> list[str]:
    """The words that carry marks, one spelling for "hòa" and "hoà"; they lift the order and find nothing."""
    return [mark for word in _RAW_TOKEN.findall(nfc(text)) if (mark := _mark(word))]


def _mark(word: str) -> str:
    return sort_key(word)[:TOKEN_LENGTH] if fold(word) != word.lower() else ""


def code_words(codes: Iterable[str]) -> dict[str, None]:
    """A code as typed with separators and without."""
    found: dict[str, None] = {}
    for code in codes:
        parts = words(code)
        found["".join(parts)] = None
        found.update(dict.fromkeys(parts))
    found.pop("", None)
    return found
