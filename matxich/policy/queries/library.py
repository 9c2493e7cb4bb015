"""The library of instruments and figures as pages show it: what was in force on a day, and what changed when."""

import re
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matxich.kit.display import Link
from matxich.kit.templatetags.mx import money
from matxich.places.queries import name_of
from matxich.policy.law import law, names_of_parts
from matxich.policy.queries.showing import cite, said
from matxich.rulebook.law.answering import Law
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.figures import Figure as Amount
from matxich.rulebook.law.instruments import KINDS, RELATIONS, Instrument
from matxich.rulebook.law.parameters import NATIONAL, Parameter, Setting
from matxich.rulebook.law.parts import PASSED
from matxich.rulebook.law.spans import Span
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Line:
    """An instrument in the list. `state`: in_force, ended, not_yet, unknown, on the day asked."""

    code: str
    name: str
    subject: str
    kind: str
    issuer: str
    period: str
    state: str
    state_label: str


@dataclass(frozen=True, slots=True)
class Listing:
    on: date
    lines: tuple[Line, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Row:
    """A figure over one period. `trust`: what may be done with it. `now`: it holds on the day asked. `layer`: whose
    money, "" for national figures."""

    layer: str
    values: tuple[str, ...]
    period: str
    article: Link
    trust: str
    usable: bool
    note: str
    caveat: str
    now: bool


@dataclass(frozen=True, slots=True)
class Figure:
    code: str
    name: str
    note: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One instrument: what it did to others, what was done to it, the figures that cite it."""

    line: Line
    issued: date | None
    note: str
    relations: tuple[tuple[str, Link], ...]
    figures: tuple[Figure, ...]


def listing(*, on: date, text: str = "", state: str = "") -> Listing:
    """All instruments, newest first; `text` in number or subject, with or without marks."""
    known, wanted = law().library, fold(text).split()
    lines = [_line(each, on) for each in sorted(known.by_id.values(), key=_newest)]
    found = [
        line
        for line in lines
        if (not state or line.state == state)
        and all(word in fold(f"{line.name} {line.subject} {line.code}") for word in wanted)
    ]
    return Listing(on, tuple(found), len(lines))


def instrument_page(code: str, *, on: date) -> Page | None:
    now = law()
    if code not in now.library.by_id:
        return None
    one = now.library[code]
    relations = [(said(Words(*RELATIONS[how])), _link(now.library[target])) for how, target in one.relations] + [
        (said(PASSED[how]), _link(other)) for how, other in now.library.related(code)
    ]
    citing = [each for each in now.parameters.by_id.values() if any(_cites(row, code) for row in each.rows)]
    figures = tuple(_figure(now, each, on) for each in citing)
    return Page(_line(one, on), one.issued, said(Words(one.note_vi, one.note_en)), tuple(relations), figures)


def figure_page(code: str, *, on: date) -> Figure | None:
    now = law()
    found = now.parameters.by_id.get(code)
    return _figure(now, found, on) if found else None


def _figure(now: Law, parameter: Parameter, on: date) -> Figure:
    note = said(Words(parameter.note_vi, parameter.note_en))
    newest_first = reversed(parameter.rows)
    return Figure(
        parameter.id, said(Words(parameter.vi, parameter.en)), note, tuple(_row(now, row, on) for row in newest_first)
    )


def _row(now: Law, row: Setting, on: date) -> Row:
    trust = {
        "high": _("đã thấy trong văn bản"),
        "medium": _("chưa xác nhận, không dùng để tính"),
        "low": _("chưa thấy con số"),
    }[row.value_confidence]
    if row.confirmed_by:
        trust = _("đã được xác nhận: %(agency)s") % {"agency": row.confirmed_by}
    checks = ", ".join(now.library[code].short for code in row.needs_check)
    caveat = _("đối chiếu %(names)s") % {"names": checks} if checks else ""
    return Row(
        "" if row.layer == NATIONAL else layer_label(row.layer),
        tuple(part_text(name, value) for name, value in row.values.items()),
        period(row.span),
        cite(now, row.article),
        trust,
        row.usable,
        said(Words(row.note_vi, row.note_en)),
        caveat,
        row.span.holds(on) is Truth.YES,
    )


_MONEY = re.compile(r"(cap|reward)(_\w+)?")
"""Parts that are amounts of đồng."""


def part_text(name: str, value: Amount) -> str:
    """ "không quá 300 triệu đồng", in the reader's language."""
    names, language = names_of_parts(), "vi" if (get_language() or "vi").startswith("vi") else "en"
    told = money(value) if isinstance(value, int) and _MONEY.fullmatch(name) else names.value(value, language)
    return f"{said(names.part(name))} {told}"


def layer_label(layer: str) -> str:
    """Whose money: "ngân sách quốc gia", "Hải Phòng", "Hải Dương (tỉnh cũ)"."""
    kind, _colon, code = layer.rpartition(":")
    if kind == "province":
        return name_of(code)
    if kind == "province63":
        return _("%(name)s (tỉnh cũ)") % {"name": name_of(code)}
    return _("chương trình %(code)s") % {"code": code} if kind else _("ngân sách quốc gia")


def period(span: Span | None) -> str:
    """ "từ 11/05/2018", "08/04/2014 đến trước 11/05/2018", or that nothing is known."""
    if span is None:
        return _("chưa rõ ngày hiệu lực")
    if span.end is None:
        return _("từ %(start)s") % {"start": span.start.spoken}
    return _("từ %(start)s đến trước %(end)s") % {"start": span.start.spoken, "end": span.end.spoken}


def _line(one: Instrument, on: date) -> Line:
    truth = one.in_force(on)
    state = "in_force" if truth is Truth.YES else "unknown"
    if truth is Truth.NO and one.span:
        state = "not_yet" if one.span.start.passed(on) is Truth.NO else "ended"
    label = {
        "in_force": _("còn hiệu lực"),
        "ended": _("hết hiệu lực"),
        "not_yet": _("chưa có hiệu lực"),
        "unknown": _("chưa rõ"),
    }[state]
    kind = said(Words(*KINDS[one.kind][:2]))
    return Line(
        one.id, f"{kind} {one.number}", said(Words(one.vi, one.en)), kind, one.issuer, period(one.span), state, label
    )


def _newest(one: Instrument) -> tuple[int, str]:
    day = one.issued or (one.span.start.earliest if one.span else None)
    return (-day.toordinal() if day else 0, one.id)


def _link(one: Instrument) -> Link:
    return Link(one.short, reverse("policy:instrument", args=[one.id]))


def _cites(row: Setting, code: str) -> bool:
    return code in (row.article.instrument, *(each.instrument for each in row.also), *row.needs_check)
