"""What a kind of support is made of. The figures are parameters; here stands how they are put together."""

from dataclasses import dataclass
from datetime import date

from matxich.rulebook.law.conditions import Condition, Era
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.instruments import Citation
from matxich.rulebook.law.spans import Span


@dataclass(frozen=True, slots=True)
class Option:
    """min(share of the eligible cost, cap) for whom `when` holds; parts of the parameter by name, "" for none."""

    parameter: str
    share: str = "share"
    cap: str = "cap"
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """How much: the best option that may apply. Multipliers raise the cap, never the share.

    `line`: a part of the option's parameter that counts for whole production lines. `priority`: a parameter of its own.
    """

    options: tuple[Option, ...]
    line: str = ""
    priority: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A term of a procedure: working days of a parameter's part after filing, or a day of the year ("20/05")."""

    parameter: str
    part: str
    words: Words
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class Support:
    """`eras`: what has to hold, over time; `ended`: by which article it ended after the last of them.

    `born`: the day from which a text without it is known, so that until it began it is a no; days before any known text
    are unknown. `layered`: money of a province follows the province's own figures. `prove`: what the file has to show
    besides.
    """

    id: str
    group: str
    words: Words
    eras: tuple[Era, ...]
    level: Level | None = None
    figure: str = ""
    born: date | None = None
    ended: Citation | None = None
    layered: bool = False
    prove: tuple[Words, ...] = ()
    papers: tuple[Words, ...] = ()
    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme that may pay for a group of supports over a span, or a stretch of which nothing is known."""

    group: str
    span: Span
    words: Words
    article: Citation | None
    known: bool = True
