"""The steps of a plan year as they ship, read once in a process, with the days that the law sets."""

from datetime import date
from functools import cache
from pathlib import Path

from matxich.policy.law import law
from matxich.rulebook import programmes as rulebook
from matxich.rulebook.law.answering import term
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.supports.model import Clock
from matxich.rulebook.programmes.schedule import LegalDate, Steps, month_and_day, steps_of

FILE = Path(rulebook.__file__).parent / "data" / "schedule.yaml"
OTHER = "other"


@cache
def steps() -> Steps:
    """A LawFault where the file is wrong."""
    return steps_of(FILE.name, FILE.read_text(encoding="utf-8"))


def day_of_law(legal: LegalDate, year: int) -> date | None:
    """The day the law in force sets in a plan year; None where it sets none or was not seen: never guessed."""
    if legal.figure is None:
        return None
    figure = figure_of(legal.figure, date(year + legal.year, 1, 1))
    return date(year + legal.year, *month_and_day(figure)) if isinstance(figure, str) else None


def law_durations(year: int) -> dict[str, int]:
    """Step → days, for steps whose term the law of the year sets."""
    found = {step.id: figure_of(step.figure, date(year, 1, 1)) for step in steps().steps if step.figure is not None}
    return {code: days for code, days in found.items() if isinstance(days, int)}


def figure_of(figure: tuple[str, str], on: date) -> object:
    parameter, part = figure
    found = term(law().parameters, Clock(parameter, part, Words("", "")), on)
    return found[0] if found else None
