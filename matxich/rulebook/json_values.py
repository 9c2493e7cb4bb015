"""JSON that people and programs hand in, read value by value; every slip is told with its place in the document."""

import json
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process

from matxich.rulebook.vietnamese.text import nfc

LONGEST_ID = 200
_SHOWN = 60
"""Characters of a slip that are said again."""
_SLIP, _GUESS = 80, 60
"""How alike two keys are: a slip in a row that may carry more keys, a suggestion where it may not."""

# Message keys: Vietnamese source texts that screens translate, then fill with the parameters.
REFUSED: dict[str, str] = {
    "not_json": "Tệp không phải là JSON: %(reason)s.",
    "too_long_file": "Tệp dài quá %(most)s byte.",
    "repeated_key": "Khóa “%(key)s” đứng hai lần trong cùng một đối tượng; giữ lại một.",
    "not_an_object": "Phải là một đối tượng JSON, viết trong { }.",
    "not_a_list": "Phải là một danh sách JSON, viết trong [ ].",
    "empty_list": "Danh sách trống; ghi ít nhất một mục.",
    "unknown_key": "Không có khóa “%(key)s”.",
    "unknown_key_near": "Không có khóa “%(key)s”; có phải là “%(near)s”?",
    "missing_key": "Thiếu khóa “%(key)s”.",
    "not_text": "Phải là chữ, viết trong ngoặc kép.",
    "empty_text": "Không được để trống.",
    "too_long_text": "Dài quá %(most)s ký tự.",
    "not_yes_no": "Phải là true hoặc false.",
    "not_whole": "Phải là số nguyên, không ngoặc kép, không phần lẻ.",
    "not_a_number": "Phải là một số, không ngoặc kép.",
    "not_finite": "Phải là một số hữu hạn; không nhận NaN, Infinity.",
    "too_small": "Phải từ %(least)s trở lên.",
    "too_large": "Phải nhỏ hơn %(most)s; kiểm tra lại đơn vị.",
    "not_a_choice": "Phải là một trong: %(known)s.",
    "repeated_id": "Mã “%(id)s” đã có ở %(first)s; mỗi mã chỉ đứng một lần.",
    "unknown_id": "Không có mã “%(id)s” trong %(list)s.",
    "unknown_id_near": "Không có mã “%(id)s” trong %(list)s; có phải là “%(near)s”?",
}


class BadDocument(ValueError):
    """A document that cannot be used. `place` is a path such as cases[3].asked, "" for the whole; `code` a message key.

    `words` holds the Vietnamese text of each code, filled with `params`; REFUSED where it is not given.
    """

    def __init__(self, place: str, code: str, words: Mapping[str, str] | None = None, **params: object) -> None:
        self.place, self.code, self.params = place, code, params
        self.message = (words or REFUSED)[code] % params
        super().__init__(f"{place}: {self.message}" if place else self.message)


def parse(raw: bytes, *, longest: int) -> Any:
    """The document in UTF-8, numbers with a point as float. BadDocument for what is no JSON, or says a key twice."""
    if len(raw) > longest:
        raise BadDocument("", "too_long_file", most=longest)
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except BadDocument:
        raise
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadDocument("", "not_json", reason=str(error)[:200]) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise BadDocument("", "repeated_key", key=next(n for n in names if names.count(n) > 1)[:_SHOWN])
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """A value and where it stands. Every reading method raises BadDocument naming that place."""

    value: Any
    path: str = ""

    def fault(self, code: str, words: Mapping[str, str] | None = None, **params: object) -> BadDocument:
        return BadDocument(self.path, code, words, **params)

    @property
    def is_null(self) -> bool:
        return self.value is None

    def at(self, key: str | int) -> "Place":
        """A part of the value, which is known to be there."""
        inside = f"[{key}]" if isinstance(key, int) else f".{key}" if self.path else key
        return Place(self.value[key], self.path + inside)

    def keys(self, known: Collection[str], *, needed: Collection[str] = (), more: bool = False) -> dict[str, "Place"]:
        """Parts by key, those that are null left out.

        With `more`, keys nobody reads may stand beside them, unless one looks like a slip of a key that is missing.
        """
        if not isinstance(self.value, dict):
            raise self.fault("not_an_object")
        absent = [key for key in known if key not in self.value]
        for key in self.value:
            if key not in known:
                near = process.extractOne(key, absent if more else list(known), score_cutoff=_SLIP if more else _GUESS)
                if near:
                    raise self.fault("unknown_key_near", key=key[:_SHOWN], near=near[0])
                if not more:
                    raise self.fault("unknown_key", key=key[:_SHOWN])
        found = {key: self.at(key) for key in self.value if self.value[key] is not None}
        for key in needed:
            if key not in found:
                raise self.fault("missing_key", key=key)
        return found

    def items(self, *, some: bool = False) -> Iterator["Place"]:
        """Parts of a list in order; with `some` there has to be one."""
        if not isinstance(self.value, list):
            raise self.fault("not_a_list")
        if some and not self.value:
            raise self.fault("empty_list")
        return (self.at(index) for index in range(len(self.value)))

    def text(self) -> str:
        """NFC, trimmed, not empty."""
        if not isinstance(self.value, str):
            raise self.fault("not_text")
        text = nfc(self.value).strip()
        if not text:
            raise self.fault("empty_text")
        if len(text) > LONGEST_ID:
            raise self.fault("too_long_text", most=LONGEST_ID)
        return text

    def yes_no(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.fault("not_yes_no")
        return self.value

    def whole(self, least: int, below: int) -> int:
        """A whole number from `least` to `below`, the last one not included."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.fault("not_whole")
        return self._between(self.value, least, below)

    def number(self, least: float, below: float) -> float:
        """A finite number; a whole one becomes the float nearest to it."""
        if not isinstance(self.value, int | float) or isinstance(self.value, bool):
            raise self.fault("not_a_number")
        if isinstance(self.value, float) and not math.isfinite(self.value):
            raise self.fault("not_finite")
        return float(self._between(self.value, least, below))

    def choice(self, known: Collection[str]) -> str:
        if self.value not in known:
            raise self.fault("not_a_choice", known=", ".join(known))
        return str(self.value)

    def reference(self, known: Collection[str], among: str) -> str:
        """An id that stands in the list named `among`."""
        identity = self.text()
        if identity not in known:
            near = process.extractOne(identity, list(known), score_cutoff=_GUESS)
            if near:
                raise self.fault("unknown_id_near", id=identity[:_SHOWN], list=among, near=near[0])
            raise self.fault("unknown_id", id=identity[:_SHOWN], list=among)
        return identity

    def _between[N: (int, float)](self, value: N, least: float, below: float) -> N:
        if value < least:
            raise self.fault("too_small", least=least)
        if value >= below:
            raise self.fault("too_large", most=below)
        return value


def unique(place: Place, identity: str, seen: dict[str, str]) -> str:
    """The id, noted in `seen`. BadDocument where it stands there already."""
    if identity in seen:
        raise place.fault("repeated_id", id=identity[:_SHOWN], first=seen[identity])
    seen[identity] = place.path
    return identity
