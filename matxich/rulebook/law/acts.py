"""What authorised agencies recorded of figures, laid over the law as it ships; what does not fit is told, never used.

confirm: a row that may be used from now on, with its figure where the row has none. add: a row of a layer, which ends
the open row before it. end: the day from which a row holds no more. A revoked act is left out by whoever lists them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from matxich.rulebook.law.answering import Law
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.figures import LARGEST, Figure, Rate
from matxich.rulebook.law.instruments import KINDS, Citation, Instrument, Library
from matxich.rulebook.law.parameters import LAYER, Parameter, Parameters, Setting
from matxich.rulebook.law.spans import Edge, Span
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.vietnamese.numbers import parse_number
from matxich.rulebook.vietnamese.text import fold, squeeze

ActKind = Literal["confirm", "add", "end"]
PartKind = Literal["share", "multiplier", "whole", "day", "text", "list"]
_PERCENT, _TIMES = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?"), re.compile(r"\d{1,2}(?:[.,]\d{1,4})?")
_DAY = re.compile(r"(\d{2})/(\d{2})")
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Act:
    """`row`: the start of the row meant, as written ("2018-05-11"), for confirm and end. `by`: agency and day."""

    id: str
    kind: ActKind
    parameter: str
    layer: str
    by: str
    article: Citation
    row: str = ""
    values: Mapping[str, Figure] = MappingProxyType({})
    start: date | None = None
    end: date | None = None
    instrument: Instrument | None = None


class BadAct(ValueError):
    """An act that does not fit the law it is laid over; `field` says where, `words` why."""

    def __init__(self, field: str, words: Words) -> None:
        super().__init__(f"{field}: {words.vi}")
        self.field, self.words = field, words


@dataclass(frozen=True, slots=True)
class Laid:
    """The law with all acts that fit; `unfit`: the others by id, with the reason."""

    law: Law
    unfit: tuple[tuple[str, Words], ...] = ()


def laid_over(law: Law, acts: Iterable[Act]) -> Laid:
    """Acts in the order in which they came into force. Each rests on those before it."""
    unfit: list[tuple[str, Words]] = []
    for act in acts:
        try:
            law = with_act(law, act)
        except BadAct as bad:
            unfit.append((act.id, bad.words))
    return Laid(law, tuple(unfit))


def with_act(law: Law, act: Act) -> Law:
    """BadAct where it does not fit. The version stays that of the law given."""
    if act.parameter not in law.parameters.by_id:
        raise BadAct("parameter", Words("Không có con số này.", "There is no such figure."))
    if not LAYER.fullmatch(act.layer):
        raise BadAct("layer", Words("Không có lớp này.", "There is no such layer."))
    library = _with_instrument(law.library, act)
    parameter = law.parameters[act.parameter]
    rows = {"confirm": _confirmed, "end": _ended, "add": _added}[act.kind](parameter, act)
    ordered = tuple(sorted(rows, key=lambda row: (row.layer, row.span.start)))
    changed = {**law.parameters.by_id, act.parameter: replace(parameter, rows=ordered)}
    return Law(library, Parameters(MappingProxyType(changed)), law.version, law.rules)


def row_of(parameter: Parameter, layer: str, start: str) -> Setting | None:
    return next((row for row in parameter.rows if row.layer == layer and str(row.span.start) == start), None)


def waiting(row: Setting) -> bool:
    """Does the row need somebody's word before it may be used?"""
    return not row.usable


def parts_of(parameter: Parameter) -> dict[str, PartKind]:
    """The parts a row of the parameter has, and those by which supports reckon; each with the kind of its value."""
    found: dict[str, PartKind] = {}
    for row in reversed(parameter.rows):
        for name, value in row.values.items():
            found.setdefault(name, _kind(value))
    for support in SUPPORTS.values():
        level = support.level
        for option in level.options if level else ():
            if option.parameter == parameter.id:
                found |= {name: _by_name(name) for name in (option.share, option.cap) if name and name not in found}
    return found


def read_part(kind: PartKind, typed: str) -> Figure:
    """A part as people type it: "50" or "50%", "1,5", "300 triệu", "20/05", "a, b". ValueError."""
    text = squeeze(typed)
    if not text or len(text) > LONGEST:
        raise ValueError(typed)
    if kind == "share":
        bare = text.rstrip("% ")
        return Rate.of(f"{_plain(bare, _PERCENT)}%")
    if kind == "multiplier":
        return Rate.of(f"{_plain(text.lower().removesuffix('lần').rstrip('x '), _TIMES)}x")
    if kind == "list":
        return tuple(squeeze(each) for each in text.split(",") if each.strip())
    if kind == "day":
        number, month = map(int, _shaped(text, _DAY).split("/"))
        return f"{date(2000, month, number):%d/%m}"
    return text if kind == "text" else _whole(text)


def _whole(text: str) -> int:
    found = parse_number(text)
    if found is None or found.comparator or found.unit not in ("", "đồng") or found.value != int(found.value):
        raise ValueError(text)
    if not 0 <= found.value <= LARGEST or text.startswith("-"):
        raise ValueError(text)
    return int(found.value)


def written(figure: Figure) -> str | int | list[str]:
    """A figure as JSON keeps it."""
    return str(figure) if isinstance(figure, Rate) else list(figure) if isinstance(figure, tuple) else figure


def figure_of(kept: object) -> Figure:
    """What `written` gave, read again. ValueError."""
    if isinstance(kept, list):
        return tuple(map(str, kept))
    if isinstance(kept, str):
        return Rate.of(kept) if kept[-1:] in ("%", "x") and kept[:1].isdigit() else kept
    if isinstance(kept, int) and not isinstance(kept, bool) and 0 <= kept <= LARGEST:
        return kept
    raise ValueError(kept)


def instrument_id(kind: str, number: str, place: str = "") -> str:
    """ "nq-12-2026-nq-hdnd-31": stable, fit for an address."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(number)).strip("-")
    return "-".join(part for part in (fold(KINDS[kind][2]), plain, place) if part)


def _with_instrument(library: Library, act: Act) -> Library:
    new = act.instrument
    if new and new.id not in library.by_id:
        library = Library(MappingProxyType({**library.by_id, new.id: new}))
    if act.article.instrument not in library.by_id:
        raise BadAct("instrument", Words("Thư viện không có văn bản này.", "The library has no such instrument."))
    return library


def _confirmed(parameter: Parameter, act: Act) -> list[Setting]:
    row = _meant(parameter, act)
    if row.usable:
        raise BadAct("row", Words("Dòng này đã dùng được, không chờ xác nhận.", "This row may be used already."))
    if row.values and act.values and dict(row.values) != dict(act.values):
        raise BadAct("values", Words(
            "Con số khác với dòng đang có: hãy ghi dòng mới từ ngày văn bản có hiệu lực.",
            "Another figure than the row has: add a row from the day of the new text.",
        ))  # fmt: skip
    values = row.values or MappingProxyType(dict(act.values))
    if not values and parts_of(parameter):
        raise BadAct("values", Words("Dòng này chưa có con số: ghi con số thấy trong văn bản.",
                                     "The row has no figure: give the one seen in the text."))  # fmt: skip
    article, also = (row.article, row.also) if row.values else (act.article, (*row.also, row.article))
    confirmed = replace(row, values=values, confirmed_by=act.by, article=article, also=also, needs_check=())
    return [confirmed if each is row else each for each in parameter.rows]


def _ended(parameter: Parameter, act: Act) -> list[Setting]:
    row = _meant(parameter, act)
    if act.end is None:
        raise BadAct("end", Words("Chưa ghi ngày hết hiệu lực.", "The day of the end is missing."))
    if act.end <= row.span.start.latest:
        raise BadAct("end", Words("Ngày hết không sau ngày bắt đầu.", "The end is not after the start."))
    if row.span.end and row.span.end.earliest <= act.end:
        raise BadAct("end", Words(f"Dòng này đã hết từ {row.span.end.spoken}.",
                                  f"The row ends on {row.span.end.spoken} already."))  # fmt: skip
    ended = replace(row, span=Span(row.span.start, Edge(act.end, act.end)), also=(*row.also, act.article))
    return [ended if each is row else each for each in parameter.rows]


def _added(parameter: Parameter, act: Act) -> list[Setting]:
    if act.start is None:
        raise BadAct("start", Words("Chưa ghi ngày bắt đầu.", "The day of the start is missing."))
    if not act.values:
        raise BadAct("values", Words("Chưa ghi con số nào.", "No figure is given."))
    if act.end is not None and act.end <= act.start:
        raise BadAct("end", Words("Ngày hết không sau ngày bắt đầu.", "The end is not after the start."))
    span = Span(Edge(act.start, act.start), Edge(act.end, act.end) if act.end else None)
    row = Setting(
        act.parameter, act.layer, span, act.article, MappingProxyType(dict(act.values)), "high", confirmed_by=act.by
    )
    kept = []
    for each in parameter.rows:
        if each.layer == act.layer and each.span.overlaps(span):
            each = _followed(each, row)
        kept.append(each)
    return [*kept, row]


def _followed(before: Setting, row: Setting) -> Setting:
    """The open row ends where the new one begins; any other overlap is a question for people."""
    if before.span.end is None and before.span.start.latest < row.span.start.earliest:
        return replace(before, span=Span(before.span.start, row.span.start))
    raise BadAct("start", Words(
        f"Chồng lên dòng từ {before.span.start.spoken} của cùng ngân sách.",
        f"Overlaps the row from {before.span.start.spoken} of the same budget.",
    ))  # fmt: skip


def _meant(parameter: Parameter, act: Act) -> Setting:
    row = row_of(parameter, act.layer, act.row)
    if row is None:
        raise BadAct("row", Words("Không có dòng nào bắt đầu như vậy.", "There is no row with that start."))
    return row


def _kind(value: Figure) -> PartKind:
    if isinstance(value, Rate):
        return "share" if value.kind == "share" else "multiplier"
    if isinstance(value, str):
        return "day" if _DAY.fullmatch(value) else "text"
    return "list" if isinstance(value, tuple) else "whole"


def _by_name(name: str) -> PartKind:
    return "share" if name.startswith("share") else "multiplier" if name.endswith("multiplier") else "whole"


def _plain(text: str, shape: re.Pattern[str]) -> str:
    return str(Decimal(_shaped(text, shape).replace(",", ".")))


def _shaped(text: str, shape: re.Pattern[str]) -> str:
    if not shape.fullmatch(text):
        raise ValueError(text)
    return text
