"""Names of the parts of figures and of the words that figures are written with, in Vietnamese and English."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from types import MappingProxyType

from matxich.rulebook.law.conditions import spoken
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.figures import Figure
from matxich.rulebook.law.parameters import Parameters

PASSED = {
    "amends": Words("được sửa đổi bởi", "amended by"),
    "replaces": Words("bị thay thế bởi", "replaced by"),
    "guides": Words("được hướng dẫn bởi", "guided by"),
}
_HEAD = ["kind", "code", "vi", "en"]
_CODED = re.compile(r"[a-z]+(?:_[a-z]+)*")
"""Values such as "don_vi" stand for a word; "20/05", "A4" and "3a" are shown as they are."""


@dataclass(frozen=True, slots=True)
class PartNames:
    """`parts`: "cap_region" → its name; `words`: "don_vi" → its word."""

    parts: Mapping[str, Words]
    words: Mapping[str, Words]

    def part(self, name: str) -> Words:
        """The name of a part; what nobody has named yet shows its code with spaces."""
        plain = name.replace("_", " ")
        return self.parts.get(name) or Words(plain, plain)

    def value(self, figure: Figure, language: str) -> str:
        """A figure as people read it: "300.000.000", "50%", "lần"."""
        if isinstance(figure, tuple):
            return ", ".join(self._word(each, language) for each in figure)
        return self._word(figure, language) if isinstance(figure, str) else spoken(figure, language)

    def _word(self, text: str, language: str) -> str:
        found = self.words.get(text)
        return text if found is None else found.vi if language == "vi" else found.en


def part_names(text: str) -> PartNames:
    """From the text of parts.csv. ValueError for another head, an empty cell, a code that stands twice."""
    rows = list(csv.reader(StringIO(text)))
    if not rows or rows[0] != _HEAD:
        raise ValueError(f"parts.csv begins with {','.join(_HEAD)}")
    found: dict[str, dict[str, Words]] = {"part": {}, "word": {}}
    for line, row in enumerate(rows[1:], start=2):
        if len(row) != len(_HEAD) or not all(row) or row[0] not in found or row[1] in found[row[0]]:
            raise ValueError(f"parts.csv:{line}: {','.join(row)}")
        found[row[0]][row[1]] = Words(row[2], row[3])
    return PartNames(MappingProxyType(found["part"]), MappingProxyType(found["word"]))


def unnamed(parameters: Parameters, names: PartNames) -> Iterator[str]:
    """Parts and coded values of figures that have no name yet."""
    for parameter in parameters.by_id.values():
        for row in parameter.rows:
            for part, figure in row.values.items():
                if part not in names.parts:
                    yield f"{parameter.id}: {part}"
                coded = figure if isinstance(figure, tuple) else (figure,) if isinstance(figure, str) else ()
                yield from (f"{parameter.id}: {each}" for each in coded
                            if _CODED.fullmatch(each) and each not in names.words)  # fmt: skip
