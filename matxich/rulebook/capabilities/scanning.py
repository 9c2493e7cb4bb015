"""Taking known things out of a text one by one, so that what is left is known too."""

import re
from functools import lru_cache

from matxich.rulebook.lists.splitting import outside_parentheses
from matxich.rulebook.vietnamese.text import fold, squeeze

GAP = "\x1f"  # where something was taken; no squeezed text holds it
NUMBER = r"(?:[0-9]{1,3}(?:[.,][0-9]{3})+(?:[.,][0-9]+)?|[0-9]{1,15}(?:[.,][0-9]{1,15})?|[.,][0-9]{1,15})(?![0-9])"
COMPARATOR = (
    r"(?:khoang|xap xi|tren|hon|duoi|toi thieu|toi da|it nhat|khong qua|den|<=|>=|≤|≥|~|≈|<|>"
    r"|about|approx\.?|over|more than|up to|at least|under|less than)"
)
DASH = r"(?:-|~|÷|den|to)"
_WORDLESS = re.compile(r"[\W_]+")
_OPEN = re.compile(r"[\s,;:()\[\]{}·|/+*&.\-–—]+")
_PIECES = re.compile(rf"[;|•●▪■◦{GAP}]+")
_COMMA = re.compile(r",(?![0-9])|(?<![0-9]),")
_BULLET = re.compile(r"^\s*(?:[-–+*•](?=\s)|\d{1,2}[.)](?=\s))\s*")
_EDGES = re.compile(r"^[\s,;:)\]}·|+*&.\-–—]+|[\s,;:(\[{·|+*&\-–—]+$")


@lru_cache(maxsize=4096)
def aligned(text: str) -> str:
    """`fold`, letter by letter and as long as the text, so that places in the one are places in the other."""
    whole = fold(text)
    if len(whole) == len(text):
        return whole
    return "".join(folded if len(folded := fold(letter)) == 1 else folded[:1] or " " for letter in text)


class Scan:
    """A text from which matches are taken. Patterns see it folded; groups are given as written."""

    __slots__ = ("_folded", "_text")

    def __init__(self, text: str) -> None:
        self._text = squeeze(text)
        self._folded = aligned(self._text)

    @property
    def folded(self) -> str:
        return self._folded

    @property
    def original(self) -> str:
        """What is left as written; places in it are places in `folded`."""
        return self._text

    def find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.search(self._folded)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match, in folded letters; it is gone from the text."""
        match = pattern.search(self._folded)
        if match:
            self.cut(*match.span())
        return match

    def written(self, match: re.Match[str], group: int | str = 0) -> str:
        """A group of a match that is still in the text."""
        start, end = match.span(group)
        return self._text[start:end].strip() if start >= 0 else ""

    def cut(self, start: int, end: int) -> str:
        """Take what stands between two places, as written."""
        gone = self._text[start:end]
        self._text = self._text[:start] + GAP * (end - start) + self._text[end:]
        self._folded = self._folded[:start] + GAP * (end - start) + self._folded[end:]
        return gone

    def take_written(self, pattern: re.Pattern[str], group: int | str = 1) -> str:
        """One group as written, "" when nothing matches; the whole match is gone."""
        match = pattern.search(self._folded)
        if not match:
            return ""
        text = self.written(match, group)
        self.cut(*match.span())
        return text

    def left(self, fillers: re.Pattern[str]) -> list[str]:
        """What is left once words that say nothing by themselves are gone, apart at commas and parentheses too."""
        while self.take(fillers):
            pass
        return self.rest("(),")

    def rest(self, mark: str = "") -> list[str]:
        """What is left, in order, apart where something was taken or at `mark` (a class of characters)."""
        parts = re.split(f"[{GAP}{re.escape(mark)}]+", self._text)
        return [tidied for part in parts if any(map(str.isalnum, part)) and (tidied := trimmed(part))]


def trimmed(text: str) -> str:
    """Without the marks that held it to its neighbours; a lone parenthesis goes, a pair stays."""
    cleaned = _EDGES.sub("", text).strip()
    if cleaned.count("(") != cleaned.count(")"):
        cleaned = cleaned.replace("(", " ").replace(")", " ")
    return " ".join(cleaned.split())


def pieces(text: str) -> list[str]:
    """The items of a line, apart at ; | and bullets, not between parentheses."""
    return [part for piece in outside_parentheses(text, _PIECES) if (part := _BULLET.sub("", piece).strip())]


def by_commas(text: str) -> list[str]:
    """The parts of an item between commas; "0,5 mm" and what stands between parentheses stay whole."""
    return [part.strip() for part in outside_parentheses(text, _COMMA) if any(map(str.isalnum, part))]


def words_only(*words: str) -> re.Pattern[str]:
    """A pattern for any of the folded words, whole, longest first."""
    ordered = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![a-z0-9])(?:{ordered})(?![a-z0-9])")


class Known:
    """Names known by their spellings, from a table of one name a line: the name kept, then others after a colon."""

    __slots__ = ("_by_form", "names", "pattern")

    def __init__(self, table: str) -> None:
        self._by_form: dict[str, str] = {}
        for line in table.strip().splitlines():
            name, _, others = line.partition(":")
            for form in (name, *others.split(",")):
                if form.strip():
                    self._by_form[fold(form).strip()] = name
        self.names = tuple(dict.fromkeys(self._by_form.values()))
        self.pattern = words_only(*map(re.escape, self._by_form))

    def name(self, text: str) -> str | None:
        """The kept name of what is the whole text; None when it is not known."""
        return self._by_form.get(" ".join(fold(text).split()))
