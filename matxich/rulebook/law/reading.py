"""YAML with the line of every value, read strictly: keys nobody knows are named, with the ones that were meant."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from matxich.rulebook.law.faults import BadValue, LawFault, MissingKey, NotYaml, Repeated, UnknownKey
from matxich.rulebook.law.spans import Edge, Span

LONGEST = 2_000_000
_DIGITS = re.compile(r"-?(?:0|[1-9][0-9_]*)")
"""YAML reads 0300000 as 98304 and 1:30 as 90; nobody who writes a law down means that."""


@dataclass(frozen=True, slots=True)
class Read:
    """A value with its place. Dates stay text, so that a month is told from a day."""

    file: str
    line: int
    node: yaml.Node

    def fault(self, kind: type[LawFault], message: str, message_en: str) -> LawFault:
        return kind(self.file, self.line, message, message_en)

    def keys(self, known: Collection[str], *, needed: Collection[str] = ()) -> dict[str, "Read"]:
        """The parts of a mapping. UnknownKey, MissingKey, Repeated, NotYaml."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault(NotYaml, "Chỗ này phải là các cặp “khóa: giá trị”.", "This has to be keys with values.")
        found: dict[str, Read] = {}
        for key, value in self.node.value:
            name, line = str(key.value), key.start_mark.line + 1
            place = Read(self.file, line, value)
            if known and name not in known:
                raise place.fault(UnknownKey, *unknown(name, known))
            if name in found:
                raise place.fault(Repeated, f"Khóa “{name}” có hai lần.", f"The key “{name}” stands twice.")
            found[name] = place
        for name in needed:
            if name not in found:
                raise self.fault(MissingKey, f"Thiếu khóa “{name}”.", f"The key “{name}” is missing.")
        return found

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_empty(self) -> bool:
        """Nothing was written there, or null."""
        return self.node.tag == "tag:yaml.org,2002:null" or self.node.value == []

    def items(self) -> Iterator["Read"]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fault(NotYaml, "Chỗ này phải là danh sách, mỗi dòng “- …”.", "This has to be a list.")
        for each in self.node.value:
            yield Read(self.file, each.start_mark.line + 1, each)

    def text(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.fault(BadValue, "Chỗ này phải là chữ.", "This has to be text.")
        return cast(str, self.node.value).strip()

    def choice(self, choices: Collection[str]) -> str:
        if (said := self.text()) not in choices:
            raise self.fault(BadValue, *unknown(said, choices))
        return said

    def value(self) -> Any:
        """A scalar as YAML understands it: number, yes or no, text, None."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.fault(BadValue, "Chỗ này phải là một giá trị.", "This has to be one value.")
        if self.node.tag == "tag:yaml.org,2002:timestamp":
            return self.node.value
        try:
            return yaml.constructor.SafeConstructor().construct_object(self.node)
        except (ValueError, yaml.YAMLError) as error:
            raise self.fault(BadValue, f"Không đọc được “{self.node.value}”.", f"{self.node.value}: {error}") from error

    def whole(self) -> int:
        """A whole number: đồng, persons, days. BadValue for a fraction, text, or yes and no."""
        number = self.value()
        if not isinstance(number, int) or isinstance(number, bool) or not _DIGITS.fullmatch(self.text()):
            raise self.fault(BadValue, f"“{self.text()}” phải là số nguyên.", f"“{self.text()}” has to be whole.")
        return number

    def day(self) -> date:
        """A whole day: a month or a year alone is a BadValue."""
        edge = self.edge()
        if not edge.exact:
            raise self.fault(BadValue, "Phải đủ ngày, tháng, năm.", "This has to be a day.")
        return edge.earliest

    def edge(self) -> Edge:
        try:
            return Edge.of(self.text())
        except ValueError as error:
            raise self.fault(
                BadValue, f"“{self.text()}” không phải là ngày (viết 2018-05-11, 2018-05 hoặc 2018).", str(error)
            ) from error


def parsed(file: str, text: str) -> Read:
    """The document of a YAML file. NotYaml for anything else, aliases and very long texts included."""
    if len(text) > LONGEST:
        raise NotYaml(file, 1, "Tệp quá dài (trên 2 triệu ký tự).", "The file is longer than two million characters.")
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise NotYaml(file, line, "Không dùng bí danh (*) của YAML.", "Aliases (*) are not read.")
        node = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, UnicodeError) as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", "") or str(error)
        line = mark.line + 1 if mark else 1
        raise NotYaml(file, line, f"Không đúng YAML: {problem}.", f"Not YAML: {problem}.") from error
    if node is None:
        raise NotYaml(file, 1, "Tệp trống.", "The file is empty.")
    return Read(file, node.start_mark.line + 1, node)


def span(keys: dict[str, Read], start: str = "from", end: str = "to") -> Span:
    """The days that a mapping gives as `from` and `to` (absent or null: no end is known)."""
    last = keys.get(end)
    until = None if last is None or last.value() is None else last.edge()
    begun = keys[start].edge()
    if until and until.earliest <= begun.earliest:
        raise cast(Read, last).fault(
            BadValue, "Ngày hết hiệu lực không sau ngày bắt đầu.", "The end is not after the start."
        )
    return Span(begun, until)


def unknown(said: str, known: Collection[str]) -> tuple[str, str]:
    """That there is no such thing, in Vietnamese and English, with what was probably meant."""
    near = process.extractOne(said, sorted(known), scorer=OSA.normalized_similarity, score_cutoff=0.5)
    meant_vi, meant_en = (f" Có phải là “{near[0]}”?", f" Did you mean “{near[0]}”?") if near else ("", "")
    return f"Không có “{said}”.{meant_vi}", f"There is no “{said}”.{meant_en}"


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
