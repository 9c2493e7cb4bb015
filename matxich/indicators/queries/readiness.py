"""Which province is ready for what, as of a day, with the source of every answer (Q15)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from matxich.indicators.models import Readiness
from matxich.indicators.queries.showing import language
from matxich.places.queries import provinces
from matxich.rulebook.indicators.readiness import CRITERIA, Score, score


@dataclass(frozen=True, slots=True)
class Cell:
    """`met` None: nobody answered; unknown is not no."""

    criterion: str
    name: str
    met: bool | None
    source: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    name: str
    cells: list[Cell]
    score: Score | None


@dataclass(frozen=True, slots=True)
class Board:
    """`gaps`: criterion → provinces that say it is not met, most first."""

    on: date
    heads: list[str]
    rows: list[Row]
    answered: int
    met: dict[str, int]
    gaps: list[tuple[str, int]]


def board(on: date) -> Board:
    """Every province of today's map. One query."""
    latest: dict[str, dict[str, Readiness]] = defaultdict(dict)
    for one in Readiness.objects.filter(as_of__lte=on).order_by("as_of", "pk"):
        latest[one.place][one.criterion] = one
    names = {code: said[0 if language() == "vi" else 1] for code, said in CRITERIA.items()}
    rows = [
        Row(province.code, province.name,
            [_cell(code, names[code], latest[province.code].get(code)) for code in CRITERIA],
            score({code: one.met for code, one in latest[province.code].items()}))
        for province in provinces("34")
    ]  # fmt: skip
    met = {code: sum(row.cells[at].met is True for row in rows) for at, code in enumerate(CRITERIA)}
    unmet = {code: sum(row.cells[at].met is False for row in rows) for at, code in enumerate(CRITERIA)}
    gaps = sorted(((names[code], count) for code, count in unmet.items() if count), key=lambda one: (-one[1], one[0]))
    return Board(on, list(names.values()), rows, sum(row.score is not None for row in rows), met, gaps)


def _cell(code: str, name: str, one: Readiness | None) -> Cell:
    return Cell(code, name, one.met, one.source, one.as_of) if one else Cell(code, name, None)
