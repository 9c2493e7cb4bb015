"""Templates an agency writes: Liquid, made for text from outside. It runs no code, reaches no object, has limits.

What a field says is quoted on its way in and can become no heading, no row and no section of the paper.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from liquid import Environment, StrictUndefined, Token
from liquid.ast import Node
from liquid.builtin.expressions import Path
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.for_tag import ForNode
from liquid.context import RenderContext
from liquid.exceptions import (
    LiquidError,
    LiquidSyntaxError,
    ResourceLimitError,
    UndefinedError,
    UnknownFilterError,
)
from liquid.expression import Expression

from matxich.documents.paper import printable
from matxich.kit.refusals import Refusal
from matxich.rulebook.papers import decree30
from matxich.rulebook.papers import sections as words
from matxich.rulebook.vietnamese.numbers import format_number
from matxich.rulebook.vietnamese.spelling import money_in_words

Shape = Mapping[str, Any]
"""Names a template may use: name → None for a single value, or the shape of each row of a list."""

TAGS = frozenset({"content", "output", "illegal", "if", "unless", "case", "for", "break", "continue", "comment", "#"})
FILTERS = frozenset({"default", "size", "join", "upcase", "downcase", "capitalize", "first", "last"})
LOOP = dict.fromkeys(("index", "index0", "rindex", "rindex0", "first", "last", "length"))
LONGEST_TEMPLATE = 100_000
MARK = "\ue0ff"
"""Stands before every value: a line that begins with one begins with no word of ours."""
QUOTED = {letter: chr(0xE000 + at) for at, letter in enumerate("*|[]#><-:")}
_QUOTE = str.maketrans(QUOTED)
_UNQUOTE = str.maketrans({mark: letter for letter, mark in QUOTED.items()} | {MARK: ""})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template, on which line (0: of the whole), as a code and as a sentence."""

    line: int
    code: str
    message: str


class TemplateFault(Refusal):
    """A template that cannot be filled; `faults` says everything that is wrong with it."""

    code = "template_fault"
    status = 422

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            _("Dòng %(line)s: %(what)s") % {"line": first.line, "what": first.message} if first.line else first.message
        )


class _QuotedNode(OutputNode):
    """Puts a value out as text that the paper's own marks cannot be mistaken for."""

    def render_to_output(self, context: RenderContext, buffer: Any) -> int:
        return int(buffer.write(quoted(self.expression.evaluate(context))))


class _QuotedOutput(Output):
    node_class = _QuotedNode


class _Templates(Environment):
    loop_iteration_limit = 20_000
    output_stream_limit = 4_000_000
    local_namespace_limit = 100_000
    block_nesting_limit = 12
    context_depth_limit = 12

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=False)
        self.tags = {name: tag for name, tag in self.tags.items() if name in TAGS}
        self.filters = {name: each for name, each in self.filters.items() if name in FILTERS}
        self.add_tag(_QuotedOutput)
        self.filters |= _own_filters()


@cache
def _environment() -> _Templates:
    return _Templates(undefined=StrictUndefined)


def quoted(value: object) -> str:
    """A value as it goes into a line of the template."""
    if value is None or isinstance(value, StrictUndefined):
        return MARK + str("" if value is None else value)
    if isinstance(value, bool):
        return MARK + (decree30.YES if value else decree30.NO)
    if isinstance(value, list | tuple):
        value = ", ".join(str(each) for each in value)
    if isinstance(value, date):
        value = f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        value = format_number(value)
    return MARK + printable(str(value)).translate(_QUOTE)


def unquoted(text: str) -> str:
    """The value again, once lines and cells are told apart."""
    return text.translate(_UNQUOTE)


def filled(text: str, values: Mapping[str, object], shape: Shape) -> str:
    """The template with its fields, values still quoted. Raises TemplateFault."""
    if faults := faults_of(text, shape):
        raise TemplateFault(faults)
    try:
        return _environment().from_string(_bare(text)).render(**_plain(values))
    except LiquidError as error:
        raise TemplateFault([_fault(error)]) from error


def faults_of(text: str, shape: Shape) -> list[Fault]:
    """Everything wrong that shows without values: syntax, unknown sections, fields, filters; in order of lines."""
    if len(text) > LONGEST_TEMPLATE:
        return [Fault(0, "too_long", _("Mẫu dài hơn %(limit)s ký tự.") % {"limit": LONGEST_TEMPLATE})]
    bare = _bare(text)
    found = list(_section_faults(bare))
    try:
        nodes = _environment().from_string(bare).nodes
    except LiquidError as error:
        return sorted([*found, _fault(error)], key=lambda fault: fault.line)
    found += _field_faults(nodes, shape, bare)
    return sorted(dict.fromkeys(found), key=lambda fault: fault.line)


def _bare(text: str) -> str:
    """Lines as they are, without controls and without the marks kept for values."""
    return "\n".join(printable(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _section_faults(text: str) -> Iterator[Fault]:
    names = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not (found := words.SECTION.fullmatch(line.strip())):
            continue
        name = found[1].strip().lower()
        if name not in words.SECTIONS:
            told = {"name": found[1], "known": ", ".join(words.SECTIONS)}
            yield Fault(number, "unknown_section", _("Không có phần “%(name)s”. Các phần: %(known)s.") % told)
        elif name in names and name not in words.APPENDICES:
            yield Fault(number, "section_twice", _("Phần “%(name)s” có hai lần.") % {"name": name})
        names.append(name)
    if words.BODY not in names:
        yield Fault(0, "no_body", _("Mẫu thiếu phần [%(name)s].") % {"name": words.BODY})


def _field_faults(nodes: Iterable[Node], shape: Shape, source: str) -> Iterator[Fault]:
    """Walks every branch, taken or not, with what each loop adds to the names."""
    for node in nodes:
        for expression in node.expressions():
            yield from _unknown(expression, shape, source)
        inner = dict(shape)
        if isinstance(node, ForNode):
            inner["forloop"] = LOOP
            inner[node.expression.identifier] = _rows_of(node.expression.iterable, shape)
        yield from _field_faults(node.children(_static()), inner, source)


@cache
def _static() -> RenderContext:
    return RenderContext(_environment().from_string(""))


def _rows_of(iterable: Expression, shape: Shape) -> Any:
    if isinstance(iterable, Path):
        return _reached(iterable, shape)[0]
    return None


def _unknown(expression: Expression, shape: Shape, source: str) -> Iterator[Fault]:
    if isinstance(expression, Path):
        _last, missing, known = _reached(expression, shape)
        if missing:
            line = _line(expression.token, source)
            near = get_close_matches(missing, list(known), n=1)
            if near:
                told = {"name": missing, "near": near[0]}
                message = _("Không có trường “%(name)s”. Có phải “%(near)s”?") % told
            else:
                message = _("Không có trường “%(name)s”.") % {"name": missing}
            yield Fault(line, "unknown_field", message)
        return
    for filtered in getattr(expression, "filters", None) or ():
        if filtered.name not in _environment().filters:
            message = _("Không có phép “%(name)s”.") % {"name": filtered.name}
            yield Fault(_line(filtered.token, source), "unknown_filter", message)
    for child in expression.children():
        yield from _unknown(child, shape, source)


def _reached(path: Path, shape: Shape) -> tuple[Any, str, Iterable[str]]:
    """What a path leads to; the name that is not there and the names that are, "" when all are."""
    here: Any = shape
    for step in path.path:
        name = str(step)
        if isinstance(here, Mapping) and isinstance(step, str) and name in here:
            here = here[name]
        elif isinstance(here, Mapping) and here is not shape and (isinstance(step, int) or name in {"first", "last"}):
            continue
        elif name == "size" and here is not shape:
            here = None
        else:
            return None, name, here if isinstance(here, Mapping) else ()
    return here, "", ()


def _fault(error: LiquidError) -> Fault:
    line = _line(error.token, error.token.source) if error.token else 0
    said = str(error.message or "")
    match error:
        case UndefinedError():
            return Fault(line, "unknown_field", _("Không có trường này: %(what)s.") % {"what": said})
        case UnknownFilterError():
            return Fault(line, "unknown_filter", _("Không có phép này: %(what)s.") % {"what": said})
        case ResourceLimitError():
            return Fault(line, "too_much", _("Mẫu lặp quá nhiều lần hoặc viết ra quá dài."))
        case LiquidSyntaxError():
            return Fault(line, "syntax", _("Viết sai cú pháp của mẫu: %(what)s.") % {"what": said})
    return Fault(line, "wrong_value", _("Không dùng được giá trị ở đây: %(what)s.") % {"what": said})


def _line(token: Token | None, source: str) -> int:
    if token is None or token.start_index < 0:
        return 0
    return (token.source or source).count("\n", 0, token.start_index) + 1


def _plain(value: Any) -> Any:
    """Only plain values reach a template: nothing that has methods worth calling."""
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, str | int | Decimal | date | bool):
        return value
    return str(value)


def _own_filters() -> dict[str, Callable[..., object]]:
    def amount(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise LiquidSyntaxError(_("“%(value)s” không phải số nguyên") % {"value": value}, token=None)
        return value

    def day(value: object) -> date:
        if not isinstance(value, date):
            raise LiquidSyntaxError(_("“%(value)s” không phải ngày") % {"value": value}, token=None)
        return value

    def figure(value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise LiquidSyntaxError(_("“%(value)s” không phải số") % {"value": value}, token=None)
        return format_number(value)

    return {
        words.MONEY: lambda value: format_number(amount(value)),
        words.NUMBER: lambda value: f"{amount(value):02d}",
        words.DECIMAL: figure,
        words.WORDS: lambda value: money_in_words(amount(value)),
        words.DAY: lambda value: decree30.day_of(day(value)),
        words.SHORT_DAY: lambda value: f"{day(value):%d/%m/%Y}",
        words.CAPITALS: lambda value: str(value).upper(),
    }
