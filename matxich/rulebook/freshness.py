"""How complete a passport is, how fresh, and what to add next. Figures are whole numbers, so every machine agrees.

Three answers from the same weights (LINES, 100 points in all, by section as in SECTION_POINTS):

- completeness: points of the fields that are known, per cent of all;
- freshness: of the known fields, each point counting as much as its newest backing is still worth, per cent;
- strength: points × freshness × backing, in basis points (10,000 = everything audited today). "What to add next" is
  ordered by what one step would add to it.

Ageing: a fact is worth half after each half-life of its line, falling evenly in between (1000 at once, 500 after
one, 250 after two). What carries an end of validity does not age: it is worth all until then and nothing after.
Weights, half-lives and backings are the register's own choice, not law; change them here and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from matxich.rulebook.capabilities.fields import FIELDS as STRUCTURED
from matxich.rulebook.lists.fields import BY_CODE as LISTED
from matxich.rulebook.passport import FIELDS as FLAT
from matxich.rulebook.sections import Section

VERSION = "freshness-1"
DECLARED, LIST, DOCUMENT, VISIT, AUDIT = range(5)
# What a statement of a level is worth, per mille: a later level always more.
BACKING = {DECLARED: 400, LIST: 550, DOCUMENT: 700, VISIT: 900, AUDIT: 1000}
STALE = 500
WHOLE = 1000

Why = Literal["missing", "expired", "stale", "undocumented", "unvisited"]
WHYS: dict[Why, tuple[str, str]] = {
    "missing": ("chưa có thông tin", "nothing is known"),
    "expired": ("đã hết hiệu lực", "no longer valid"),
    "stale": ("thông tin đã cũ", "out of date"),
    "undocumented": ("chưa có tài liệu chứng minh", "not backed by a document"),
    "unvisited": ("chưa được kiểm tra tại chỗ", "not seen on site"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a passport should say. Any of `codes` says it; the first is the one to ask for.

    `points`: of 100. `half_life`: months, None when it does not age.
    """

    codes: tuple[str, ...]
    points: int
    half_life: int | None

    @property
    def code(self) -> str:
        return self.codes[0]

    @property
    def section(self) -> Section:
        return STRUCTURED[self.code].section if self.code in STRUCTURED else FLAT[self.code].section

    @property
    def labels(self) -> tuple[str, str]:
        """Vietnamese and English."""
        if self.code in STRUCTURED:
            return STRUCTURED[self.code].label_vi, STRUCTURED[self.code].label_en
        return LISTED[self.code].label, LISTED[self.code].label_en


def _line(codes: str, half_life: int | None, points: int | None = None) -> Line:
    """The points of a structured field stand in its own catalogue."""
    names = tuple(codes.split())
    return Line(names, STRUCTURED[names[0]].weight if points is None else points, half_life)


SECTION_POINTS: dict[Section, int] = {
    "identity": 16,
    "place": 8,
    "activity": 12,
    "capability": 39,
    "market": 8,
    "scale": 11,
    "contact": 6,
}
LINES: tuple[Line, ...] = (
    _line("name", None, 5),
    _line("tax_code person_id", None, 5),
    _line("legal_form", 60, 1),
    _line("year_founded", None, 1),
    _line("ownership foreign_share investor_country", 36),
    _line("address", 36, 4),
    _line("site site_address", 36),
    _line("sectors industries vsic", 36, 4),
    _line("product products hs", 24),
    _line("processes", 36, 7),
    _line("materials", 36, 2),
    _line("machine machines", 36),
    _line("size_range", 36),
    _line("tolerance", 36),
    _line("capacity", 24),
    _line("certificate certificates", 36),
    _line("digital", 24),
    _line("customer customers", 18),
    _line("exports export_share export_value markets", 12),
    _line("workers", 12, 5),
    _line("revenue", 12, 3),
    _line("energy", 24),
    _line("credit_need", 6),
    _line("contact contact_person phone email", 18),
)
_WHOLE_PASSPORT = sum(line.points for line in LINES)
_BY_CODE = {line.code: line for line in LINES}


def line_of(code: str) -> Line:
    """The line a step speaks of."""
    return _BY_CODE[code]


@dataclass(frozen=True, slots=True)
class Held:
    """What a passport holds: a field's code, as of which day, at which level, and the first day it no longer counts."""

    field: str
    as_of: date
    verification: int
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to add. `gain`: what it adds to `strength`, in basis points."""

    field: str
    why: Why
    gain: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """`completeness` and `freshness` per cent, `strength` in basis points; `steps` by gain, the greatest first.

    `sections`: per cent complete. `freshness` is 0 when nothing is known.
    """

    completeness: int
    freshness: int
    strength: int
    sections: dict[Section, int]
    steps: tuple[Step, ...]


def completeness(codes: Iterable[str]) -> int:
    """The completeness of a passport that holds the fields of these codes, per cent."""
    known = set(codes)
    return _percent(sum(line.points for line in LINES if not known.isdisjoint(line.codes)), _WHOLE_PASSPORT)


def assess(held: Iterable[Held], on: date) -> Assessment:
    """A passport as it stood on a day: what was told later is left out; levels outside BACKING raise KeyError.

    A field told several times counts as its best: by worth (freshness × backing), then the newer.
    """
    by_code: dict[str, list[Held]] = {}
    for one in held:
        if one.as_of <= on:
            by_code.setdefault(one.field, []).append(one)
    best = {line.code: _best(line, [one for code in line.codes for one in by_code.get(code, ())], on) for line in LINES}
    known = [line for line in LINES if best[line.code]]
    fresh = sum(line.points * worth.fresh for line in known if (worth := best[line.code]))
    points = sum(line.points for line in known)
    steps = [step for line in LINES if (step := _step(line, best[line.code]))]
    return Assessment(
        completeness=_percent(points, _WHOLE_PASSPORT),
        freshness=_percent(fresh, points * WHOLE),
        strength=sum(_points(line, worth.fresh * worth.backing) for line in known if (worth := best[line.code])),
        sections={section: _complete(section, known) for section in SECTION_POINTS},
        # Sorting keeps the order of LINES among equals.
        steps=tuple(sorted(steps, key=lambda step: -step.gain)),
    )


@dataclass(frozen=True, slots=True)
class _Worth:
    fresh: int
    backing: int
    verification: int
    expired: bool


def freshness(age_days: int, half_life: int | None) -> int:
    """What a fact of an age is still worth, per mille; `half_life` in months of 365/12 days."""
    if half_life is None or age_days <= 0:
        return WHOLE
    days = half_life * 365 // 12
    halvings, rest = divmod(age_days, days)
    return WHOLE * (2 * days - rest) // (2 * days << halvings) if halvings < 20 else 0


def _best(line: Line, told: list[Held], on: date) -> _Worth | None:
    ranked = [(_worth(line, one, on), one.as_of) for one in told]
    return (
        max(ranked, key=lambda pair: (pair[0].fresh * pair[0].backing, pair[1], pair[0].verification))[0]
        if ranked
        else None
    )


def _worth(line: Line, one: Held, on: date) -> _Worth:
    backing = BACKING[one.verification]
    if one.until is not None:
        expired = one.until <= on
        return _Worth(0 if expired else WHOLE, backing, one.verification, expired)
    return _Worth(freshness((on - one.as_of).days, line.half_life), backing, one.verification, expired=False)


def _step(line: Line, worth: _Worth | None) -> Step | None:
    """The one step that would help a line next, None when it has been visited and is fresh."""
    if worth is None:
        return Step(line.code, "missing", _points(line, WHOLE * BACKING[DECLARED]))
    now = _points(line, worth.fresh * worth.backing)
    if worth.fresh < STALE:
        why: Why = "expired" if worth.expired else "stale"
        return Step(line.code, why, _points(line, WHOLE * worth.backing) - now)
    if worth.verification < VISIT:
        documented = worth.verification >= DOCUMENT
        after = BACKING[VISIT if documented else DOCUMENT]
        return Step(line.code, "unvisited" if documented else "undocumented", _points(line, worth.fresh * after) - now)
    return None


def _points(line: Line, millionths: int) -> int:
    """Basis points of strength: 100 for each whole point."""
    return line.points * 100 * millionths // (WHOLE * WHOLE)


def _complete(section: Section, known: list[Line]) -> int:
    return _percent(sum(line.points for line in known if line.section == section), SECTION_POINTS[section])


def _percent(part: int, whole: int) -> int:
    """Rounded, halves up; 100 only when nothing is lacking."""
    if part < whole:
        return min((200 * part + whole) // (2 * whole), 99)
    return 100 if whole else 0
