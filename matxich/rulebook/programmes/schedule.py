"""When each step of a plan year has to happen at the latest, counted back from the end of the budget year.

How long a step takes is experience, written as data and changed plan by plan; only terms of the law carry a figure
(TT 36/2013/TT-BCT Đ12–19, KC-46). Working days are those of rulebook.calendar. Where the holidays of a year are not
known yet, weekends alone are counted and the day is marked `exact=False`: the true one is then not later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from matxich.rulebook.calendar import Calendar, YearMissing
from matxich.rulebook.law.faults import BadValue, MissingKey, Repeated
from matxich.rulebook.law.reading import Read, parsed

Unit = Literal["working_days", "days"]
PLAN_STEPS = ("plan_approved", "money_allotted")
"""Steps of the whole plan; the others are of each call."""
LONGEST = 400
_STEP = ("id", "vi", "en", "days", "unit")
_DATE = ("programme", "id", "vi", "en")


@dataclass(frozen=True, slots=True)
class Step:
    """`days`: after the step before it. `figure`: (parameter, part) of the law that sets them, where one does."""

    id: str
    vi: str
    en: str
    days: int
    unit: Unit
    firm: bool = False
    figure: tuple[str, str] | None = None

    def name(self, language: str) -> str:
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True, slots=True)
class LegalDate:
    """A day the law sets each year for a kind of programme. `unseen`: the parameter that says it was not seen."""

    programme: str
    id: str
    vi: str
    en: str
    figure: tuple[str, str] | None = None
    year: int = 0
    unseen: str = ""

    def name(self, language: str) -> str:
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps in order and the legal dates. `year_end`: (month, day) of the last day money can be paid."""

    steps: tuple[Step, ...]
    dates: tuple[LegalDate, ...]
    year_end: tuple[int, int]

    @property
    def by_id(self) -> Mapping[str, Step]:
        return MappingProxyType({step.id: step for step in self.steps})

    def named(self, code: str) -> Step | LegalDate | None:
        return self.by_id.get(code) or next((each for each in self.dates if each.id == code), None)

    def dates_for(self, programme: str) -> tuple[LegalDate, ...]:
        return tuple(each for each in self.dates if each.programme == programme)


@dataclass(frozen=True, slots=True)
class Latest:
    """The last day a step may happen. `exact` is False when holidays of a year on the way are not known."""

    step: Step
    on: date
    exact: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """One step against its latest day.

    `done`: the day it happened. `expected`: that day, the planned one, or when it can happen at the earliest.
    `late_by`: working days from the latest to the expected day, negative when there is room.
    """

    step: Step
    latest: Latest
    done: date | None
    planned: date | None
    expected: date
    late_by: int

    @property
    def is_late(self) -> bool:
        return self.late_by > 0

    @property
    def is_done(self) -> bool:
        return self.done is not None


@dataclass(frozen=True, slots=True)
class Schedule:
    """`firm_days`: working days left for the firm to carry out, of the `firm_wanted` it usually needs.

    `squeezed_by`: the first step whose lateness takes days from the firm; None while it has what it needs.
    `missing_years`: years whose holidays are not known.
    """

    lines: tuple[Standing, ...]
    firm_days: int
    firm_wanted: int
    squeezed_by: Standing | None
    missing_years: tuple[int, ...]

    @property
    def is_tight(self) -> bool:
        return self.firm_days < self.firm_wanted

    @property
    def late(self) -> tuple[Standing, ...]:
        return tuple(line for line in self.lines if line.is_late)


def steps_of(file: str, text: str) -> Steps:
    """From the YAML of the steps. LawFault subclasses name what is wrong and where."""
    keys = parsed(file, text).keys(("fiscal_year_end", "steps", "dates"), needed=("fiscal_year_end", "steps", "dates"))
    steps = tuple(_step(each) for each in keys["steps"].items())
    if len({step.id for step in steps}) != len(steps):
        raise keys["steps"].fault(Repeated, "Có bước ghi hai lần.", "A step stands twice.")
    if [step.id for step in steps if step.firm] != ["carried_out"] or steps[0].days:
        raise keys["steps"].fault(
            BadValue,
            "Cần đúng một bước của đơn vị (carried_out), và bước đầu mất 0 ngày.",
            "Exactly one step is the firm's (carried_out), and the first takes 0 days.",
        )
    return Steps(steps, tuple(_legal(each) for each in keys["dates"].items()), _day_of_year(keys["fiscal_year_end"]))


def _step(place: Read) -> Step:
    keys = place.keys((*_STEP, "firm", "figure"), needed=_STEP)
    days, unit = keys["days"].whole(), keys["unit"].choice(("working_days", "days"))
    if not 0 <= days <= LONGEST:
        raise keys["days"].fault(BadValue, "Số ngày từ 0 đến 400.", "Days run from 0 to 400.")
    return Step(
        keys["id"].text(), keys["vi"].text(), keys["en"].text(), days, unit,  # type: ignore[arg-type]
        "firm" in keys and keys["firm"].value() is True, _figure(keys["figure"]) if "figure" in keys else None,
    )  # fmt: skip


def _legal(place: Read) -> LegalDate:
    keys = place.keys((*_DATE, "figure", "year", "unseen"), needed=_DATE)
    if ("figure" in keys) == ("unseen" in keys):
        raise place.fault(MissingKey, "Cần đúng một trong “figure”, “unseen”.", "Exactly one of figure, unseen.")
    return LegalDate(
        keys["programme"].text(), keys["id"].text(), keys["vi"].text(), keys["en"].text(),
        _figure(keys["figure"]) if "figure" in keys else None, int(keys["year"].value()) if "year" in keys else 0,
        keys["unseen"].text() if "unseen" in keys else "",
    )  # fmt: skip


def _figure(place: Read) -> tuple[str, str]:
    parameter, _space, part = place.text().partition(" ")
    if not part:
        raise place.fault(BadValue, "Viết “tham-số phần”.", "Write “parameter part”.")
    return parameter, part


def _day_of_year(place: Read) -> tuple[int, int]:
    """ "31/12" → (12, 31)."""
    try:
        return month_and_day(place.text())
    except ValueError as error:
        raise place.fault(BadValue, "Viết ngày/tháng: “31/12”.", "Write day/month: “31/12”.") from error


def month_and_day(written: str) -> tuple[int, int]:
    """ "20/05" → (5, 20), as the law's figures write a day of the year. ValueError for anything else."""
    day, _slash, month = written.partition("/")
    found = date(2001, int(month), int(day))
    return found.month, found.day


def year_end(steps: Steps, year: int) -> date:
    """The last day money of a budget year can be paid."""
    return date(year, *steps.year_end)


class Counting:
    """Working days that go on counting where holidays are not known, and remember so."""

    def __init__(self, calendar: Calendar) -> None:
        self._known = calendar
        self._weekends: dict[frozenset[int], Calendar] = {}
        self.missing: set[int] = set()

    def add(self, day: date, count: int, unit: Unit) -> tuple[date, bool]:
        """`count` days after `day` (before, when negative), and whether that is exact."""
        if unit == "days":
            return day + timedelta(days=count), True
        try:
            return self._known.add_working_days(day, count), True
        except YearMissing as error:
            self.missing.add(error.year)
            return self._without_holidays(day.year).add_working_days(day, count), False

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` comes first."""
        try:
            return self._known.working_days_between(start, end)
        except YearMissing as error:
            self.missing.add(error.year)
            return self._without_holidays(start.year).working_days_between(start, end)

    def _without_holidays(self, year: int) -> Calendar:
        return Calendar((), (), range(year - 5, year + 6))


def latest_days(
    steps: Sequence[Step], end: date, counting: Counting, durations: Mapping[str, int] = MappingProxyType({})
) -> tuple[Latest, ...]:
    """Each step's last day so that the last one still happens by `end`. `durations`: other days for some steps."""
    found: list[Latest] = []
    on, exact = end, True
    for step in reversed(steps):
        found.append(Latest(step, on, exact))
        on, sure = counting.add(on, -_days(step, durations), step.unit)
        exact = exact and sure
    return tuple(reversed(found))


def schedule(
    steps: Steps,
    *,
    year: int,
    today: date,
    calendar: Calendar,
    done: Mapping[str, date] = MappingProxyType({}),
    planned: Mapping[str, date] = MappingProxyType({}),
    durations: Mapping[str, int] = MappingProxyType({}),
) -> Schedule:
    """Every step of a plan year against its latest day, and what is left for the firm.

    `done`, `planned`: step → day. A step neither done nor planned is expected its usual time after the one before it,
    not before `today`; a planned day that has passed undone is expected `today`.
    """
    counting = Counting(calendar)
    latest = latest_days(steps.steps, year_end(steps, year), counting, durations)
    lines: list[Standing] = []
    before: date | None = None
    for one in latest:
        step = one.step
        expected = _expected(step, before, today, done, planned, counting, durations)
        late = counting.between(one.on, expected) if expected > one.on else -counting.between(expected, one.on)
        lines.append(Standing(step, one, done.get(step.id), planned.get(step.id), expected, late))
        before = max(expected, before) if before else expected
    return _told(lines, counting, durations)


def _told(lines: list[Standing], counting: Counting, durations: Mapping[str, int]) -> Schedule:
    at = next(number for number, line in enumerate(lines) if line.step.firm)
    firm, before = lines[at], lines[at - 1]
    begun = max(line.expected for line in lines[:at])
    until = firm.done or firm.latest.on
    left = counting.between(begun, until)
    wanted = _days(firm.step, durations)
    squeezing = next((line for line in lines[:at] if line.is_late), before) if left < wanted else None
    return Schedule(tuple(lines), left, wanted, squeezing, tuple(sorted(counting.missing)))


def _expected(
    step: Step, before: date | None, today: date, done: Mapping[str, date], planned: Mapping[str, date],
    counting: Counting, durations: Mapping[str, int],
) -> date:  # fmt: skip
    if step.id in done:
        return done[step.id]
    if step.id in planned:
        return max(planned[step.id], today)
    if before is None:
        return today
    return max(counting.add(before, _days(step, durations), step.unit)[0], today)


def _days(step: Step, durations: Mapping[str, int]) -> int:
    return durations.get(step.id, step.days)


def bad_durations(steps: Iterable[Step], durations: Mapping[str, int]) -> list[str]:
    """Steps whose days cannot be: no step of that name, or not from 0 to LONGEST days."""
    known = {step.id for step in steps}
    return [code for code, days in durations.items() if code not in known or not 0 <= days <= LONGEST]
