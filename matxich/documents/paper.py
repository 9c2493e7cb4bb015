"""An official paper as a value: what it says, not how it looks. Every renderer reads the same one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from matxich.documents.letters import missing_letters
from matxich.kit.refusals import Refusal
from matxich.rulebook.vietnamese.text import nfc

LONGEST_TEXT = 20_000
"""Letters in one text: three pages. What is longer is a file put in by mistake."""
LONGEST_PAPER = 2_000_000
MOST_ROWS = 5_000

BREAK = "\u200b"
BROKEN_EVERY = 12
_ENDLESS = re.compile(r"\S{36,}")
WHOLE = frozenset({"check_url"})
"""An address is given away as it is."""

Align = Literal["left", "center", "right", "justify"]


class Unprintable(Refusal):
    """The paper holds more than a paper holds."""

    code = "unprintable"
    status = 422


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line in one face."""

    text: str
    bold: bool = False
    italic: bool = False


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Line
    align: Align = "justify"
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter (level 1: its label on a line of its own, the title in capitals, centred) or a part "I. …" (2)."""

    title: str
    level: int = 2
    label: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """Điều: the number and, where it has one, the title in bold; the text goes on in the same paragraph."""

    number: int
    title: str = ""
    runs: Line = ()


@dataclass(frozen=True, slots=True)
class Column:
    """`width`: its share of the table's width."""

    head: str
    width: int = 1
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[str, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""


Block = Paragraph | Heading | Article | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """`authority`: "TM. HỘI ĐỒNG", "KT. GIÁM ĐỐC", "" where the head signs; `position`: "PHÓ GIÁM ĐỐC"."""

    position: str
    name: str = ""
    authority: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Appendix:
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """`kind` "" is an official letter (công văn): its subject stands under the number, beside "V/v".

    `number` None: not given yet. `elsewhere`: number and symbol as another agency gave them. `is_numbered` False: a
    form that carries none. `year` serves where the day is not known. `authority` and `enacting` open a decision.
    `code`: what leads to the check of this paper, at `check_url`. `draft`: the foot says that it is none yet.
    """

    issuer: str
    parent: str = ""
    kind: str = ""
    subject: str = ""
    number: int | None = None
    elsewhere: str = ""
    symbol: str = ""
    is_numbered: bool = True
    place: str = ""
    on: date | None = None
    year: int = 0
    authority: str = ""
    enacting: str = ""
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    signatures: tuple[Signature, ...] = ()
    distribution: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    note: str = ""
    code: str = ""
    check_url: str = ""
    draft: bool = False


def plain(*texts: str) -> Line:
    return tuple(Run(text) for text in texts if text)


def cleaned(paper: Paper) -> Paper:
    """The same paper with every text in NFC and without what no file can hold. Raises Unprintable."""
    told: list[str] = []
    made: Paper = _cleaned(paper, told)
    if sum(map(len, told)) > LONGEST_PAPER:
        raise Unprintable(
            _("Văn bản dài hơn %(limit)s ký tự.") % {"limit": LONGEST_PAPER}, _("Tách thành phụ lục hoặc tệp riêng.")
        )
    if lacking := missing_letters("".join(told)):
        raise Unprintable(
            _("Phông chữ của văn bản không có ký tự “%(letters)s”.") % {"letters": lacking[:20]},
            _("Ghi phiên âm bằng chữ Latinh, hoặc bỏ ký tự đó."),
        )
    return made


def _cleaned(value: Any, told: list[str]) -> Any:
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise Unprintable(
                _("Một đoạn của văn bản dài %(length)s ký tự; nhiều nhất là %(limit)s.")
                % {"length": len(value), "limit": LONGEST_TEXT},
                _("Rút ngắn đoạn đó, hoặc đính kèm thành tệp riêng."),
            )
        told.append(printable(value))
        return breakable(told[-1])
    if isinstance(value, tuple):
        if len(value) > MOST_ROWS:
            raise Unprintable(
                _("Bảng của văn bản có hơn %(limit)s dòng.") % {"limit": MOST_ROWS}, _("Xuất danh sách ra xlsx.")
            )
        return tuple(_cleaned(each, told) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _cleaned(getattr(value, field.name), told) for field in fields(value) if field.name not in WHOLE
        }
        return replace(value, **changed)
    return value


def breakable(text: str) -> str:
    """A word no line holds may be broken every few letters, without a hyphen: it is a number or an address."""
    return _ENDLESS.sub(lambda word: BREAK.join(re.findall(f".{{1,{BROKEN_EVERY}}}", word[0])), text)


def printable(text: str) -> str:
    """NFC; line breaks and tabs become spaces, other controls, unpaired surrogates and private letters go."""
    return "".join(_letter(letter) for letter in nfc(text))


def _letter(letter: str) -> str:
    if letter in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    code = ord(letter)
    gone = (
        code < 0x20
        or 0x7F <= code < 0xA0
        or 0xD800 <= code < 0xF900
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
    )
    return "" if gone else letter


def tagged(value: Any) -> Any:
    """The value as JSON-like data, each block with its kind: what the typesetter reads."""
    if is_dataclass(value) and not isinstance(value, type):
        told = {field.name: tagged(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__.lower()} | told
    if isinstance(value, tuple):
        return [tagged(each) for each in value]
    if isinstance(value, Mapping):
        return {name: tagged(each) for name, each in value.items()}
    return value.isoformat() if isinstance(value, date) else value
