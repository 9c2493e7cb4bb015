"""Dated figures of the law, each with article, layer, and how sure it is: none is ever chosen by "today".

A layer is "national", "province:24" (the province of now), "province63:27" (an old province whose resolution still
runs) or "programme:<code>". Money of one layer follows the figures of that layer only.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from matxich.rulebook.law.faults import BadValue, Gap, NoArticle, Overlap, Repeated, UnknownInstrument
from matxich.rulebook.law.figures import Figure, figure
from matxich.rulebook.law.instruments import CONFIDENCE, Citation, Instrument, citation
from matxich.rulebook.law.reading import Read, parsed, span
from matxich.rulebook.law.spans import Edge, Span
from matxich.rulebook.law.truth import Truth

NATIONAL = "national"
LAYER = re.compile(r"national|province:\d{2}|province63:\d{2}|programme:[A-Za-z0-9-]{1,40}")
UNITS = ("dong", "share", "days", "working_days", "persons", "points", "other")
_KEYS = ("id", "vi", "en", "unit", "rows", "gaps", "note_vi", "note_en")
_ROW = (
    "layer", "from", "to", "article", "also", "values", "value_confidence", "confirmed_until", "needs_check",
    "note_vi", "note_en",
)  # fmt: skip

Standing = Literal["high", "confirmed", "proposed", "medium", "low", "unsure_day", "absent"]
"""`high`, `confirmed` and, in a simulation, `proposed` may be used.

`unsure_day`: the day lies inside a start or an end known only to the month.
"""
USABLE = ("high", "confirmed", "proposed")


@dataclass(frozen=True, slots=True)
class Setting:
    """One row: what a parameter is over a span in a layer. `values` are its parts, kept apart; a row may have none.

    `confirmed_until`: the last day on which it was seen applied. `needs_check`: instruments that may have changed it.
    `proposed`: not law; somebody asks what it would do (`reform`).
    """

    parameter: str
    layer: str
    span: Span
    article: Citation
    values: Mapping[str, Figure]
    value_confidence: str
    confirmed_until: date | None = None
    needs_check: tuple[str, ...] = ()
    also: tuple[Citation, ...] = ()
    note_vi: str = ""
    note_en: str = ""
    confirmed_by: str = ""
    proposed: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.parameter, self.layer, str(self.span.start)

    @property
    def usable(self) -> bool:
        return self.standing in USABLE

    @property
    def standing(self) -> Standing:
        if self.proposed:
            return "proposed"
        return "confirmed" if self.confirmed_by else self.value_confidence  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Pause:
    """Days between rows for which there is no figure, and why."""

    span: Span
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """Everything known of one figure: rows of a layer in order of time, superseded ones included."""

    id: str
    vi: str
    en: str
    unit: str
    rows: tuple[Setting, ...]
    pauses: tuple[Pause, ...] = ()
    note_vi: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A figure on a day in a layer: the row, or why there is none that may be used."""

    parameter: str
    standing: Standing
    setting: Setting | None = None
    pause: Pause | None = None

    @property
    def usable(self) -> bool:
        return self.standing in USABLE


@dataclass(frozen=True, slots=True)
class Parameters:
    by_id: Mapping[str, Parameter]
    _kept: dict[tuple[str, date, str], Found] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, code: str) -> Parameter:
        return self.by_id[code]

    def at(self, code: str, on: date, layer: str = NATIONAL) -> Found:
        """KeyError for a parameter nobody wrote down."""
        key = code, on, layer
        if key not in self._kept:
            self._kept[key] = self._at(code, on, layer)
        return self._kept[key]

    def _at(self, code: str, on: date, layer: str) -> Found:
        parameter = self.by_id[code]
        held = [(row, row.span.holds(on)) for row in parameter.rows if row.layer == layer]
        for row, truth in held:
            if truth is Truth.YES:
                return Found(code, row.standing, row)
        if unsure := [row for row, truth in held if truth is Truth.UNKNOWN]:
            return Found(code, "unsure_day", unsure[-1])
        pause = next((each for each in parameter.pauses if each.span.holds(on) is Truth.YES), None)
        return Found(code, "absent", None, pause)

    def layers(self, code: str) -> frozenset[str]:
        return frozenset(row.layer for row in self.by_id[code].rows)

    def changed(self, change: Callable[[Setting], Setting]) -> "Parameters":
        """The same with each row passed through `change`, as when an agency confirmed one."""
        return Parameters(
            {code: replace(each, rows=tuple(map(change, each.rows))) for code, each in self.by_id.items()}
        )

    def replaced(self, code: str, rows: Iterable[Setting]) -> "Parameters":
        """With other rows of one parameter; they must not overlap."""
        return Parameters({**self.by_id, code: replace(self.by_id[code], rows=_ordered(rows))})

    def with_rows(self, rows: Iterable[Setting]) -> "Parameters":
        """With rows more, as a province's own. ValueError where one overlaps another of its layer."""
        added: dict[str, list[Setting]] = defaultdict(list)
        for row in rows:
            added[row.parameter].append(row)
        changed = dict(self.by_id)
        for code, more in added.items():
            every = _ordered((*changed[code].rows, *more))
            for one, other in _neighbours(every):
                if one.span.overlaps(other.span):
                    raise ValueError(f"{code}: {one.span.start} and {other.span.start} overlap in {one.layer}")
            changed[code] = replace(changed[code], rows=every)
        return Parameters(changed)


def parameters(files: Iterable[tuple[str, str]], instruments: Mapping[str, Instrument] | None) -> Parameters:
    """From (file name, text). LawFault subclasses say what is wrong and where.

    Refused: overlaps, gaps without a reason, a figure without an article, an article of an instrument that the
    library does not hold (`instruments` None: not looked at).
    """
    found: dict[str, Parameter] = {}
    for file, text in files:
        for place in parsed(file, text).items():
            one = _parameter(place, instruments)
            if one.id in found:
                raise place.fault(Repeated, f"“{one.id}” có hai lần.", f"“{one.id}” stands twice.")
            found[one.id] = one
    return Parameters(MappingProxyType(found))


def setting(parameter: str, place: Read, instruments: Mapping[str, Instrument] | None) -> Setting:
    """One row of a parameter. LawFault."""
    keys = place.keys(_ROW, needed=("from", "value_confidence"))
    if "article" not in keys:
        raise place.fault(NoArticle, "Con số không có điều, khoản làm căn cứ.", "A figure without an article.")
    confidence = keys["value_confidence"].choice(CONFIDENCE)
    values = {name: figure(each) for name, each in keys["values"].keys(()).items()} if "values" in keys else {}
    if not values and confidence == "high":
        raise place.fault(BadValue, "Dòng “high” phải có con số.", "A row marked high needs its figure.")
    layer = keys["layer"].text() if "layer" in keys else NATIONAL
    if not LAYER.fullmatch(layer):
        raise keys["layer"].fault(BadValue, f"“{layer}” không phải là lớp nào.", f"“{layer}” is no layer.")
    checks = keys["needs_check"].items() if "needs_check" in keys else ()
    return Setting(
        parameter, layer, span(keys), citation(keys["article"], instruments), MappingProxyType(values), confidence,
        keys["confirmed_until"].day() if "confirmed_until" in keys else None,
        tuple(_instrument(each, instruments) for each in checks),
        tuple(citation(each, instruments) for each in keys["also"].items()) if "also" in keys else (),
        keys["note_vi"].text() if "note_vi" in keys else "",
        keys["note_en"].text() if "note_en" in keys else "",
    )  # fmt: skip


def _parameter(place: Read, instruments: Mapping[str, Instrument] | None) -> Parameter:
    keys = place.keys(_KEYS, needed=("id", "vi", "en", "unit", "rows"))
    code = keys["id"].text()
    placed = [(setting(code, each, instruments), each) for each in keys["rows"].items()]
    pauses = tuple(map(_pause, keys["gaps"].items())) if "gaps" in keys else ()
    rows = _ordered(row for row, _place in placed)
    lines = {row.key: where for row, where in placed}
    for one, other in _neighbours(rows):
        where = lines[other.key]
        if one.span.overlaps(other.span):
            raise where.fault(
                Overlap, f"{code}: dòng này chồng lên dòng từ {one.span.start}.", f"{code}: overlaps {one.span.start}."
            )
        if not _covered(one.span.end, other.span.start, pauses):
            raise where.fault(
                Gap, f"{code}: từ {one.span.end} đến {other.span.start} không có dòng nào và không nói vì sao (gaps).",
                f"{code}: nothing from {one.span.end} to {other.span.start}, and no reason (gaps).",
            )  # fmt: skip
    return Parameter(
        code, keys["vi"].text(), keys["en"].text(), keys["unit"].choice(UNITS), rows, pauses,
        keys["note_vi"].text() if "note_vi" in keys else "", keys["note_en"].text() if "note_en" in keys else "",
    )  # fmt: skip


def _pause(place: Read) -> Pause:
    keys = place.keys(("from", "to", "vi", "en"), needed=("from", "to", "vi", "en"))
    return Pause(span(keys), keys["vi"].text(), keys["en"].text())


def _covered(end: Edge | None, start: Edge, pauses: Collection[Pause]) -> bool:
    if end is None or end.latest >= start.earliest:
        return True
    return any(each.span.start <= end and each.span.end is not None and each.span.end >= start for each in pauses)


def _ordered(rows: Iterable[Setting]) -> tuple[Setting, ...]:
    return tuple(sorted(rows, key=lambda row: (row.layer, row.span.start)))


def _neighbours(rows: Iterable[Setting]) -> Iterable[tuple[Setting, Setting]]:
    return ((one, other) for one, other in pairwise(rows) if one.layer == other.layer)


def _instrument(place: Read, known: Mapping[str, Instrument] | None) -> str:
    code = place.text()
    if known is not None and code not in known:
        raise place.fault(UnknownInstrument, f"Thư viện không có văn bản “{code}”.", f"No instrument “{code}”.")
    return code
