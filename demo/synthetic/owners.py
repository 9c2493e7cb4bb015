"""What the owner of an invented firm knows of it; lists, papers and visits each tell a part."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from demo.synthetic import words
from demo.synthetic.chance import Chance
from demo.synthetic.lines import Line, Named, certificates, lines
from demo.synthetic.naming import FOREIGN, FORMS, WEIGHTS, Form, Name, name
from demo.synthetic.places import address, country
from matxich.registry.states import Kind
from matxich.rulebook.vietnamese.text import fold

TODAY = date(2026, 6, 30)
"""The day all this was told by; facts do not grow younger when they are made later."""
MIDDLE_AGE, OLDEST = 420, 2_700
"""In days."""


@dataclass(slots=True)
class Owner:
    """What the owner would answer if asked."""

    number: int
    form: Form
    line: Line
    name: Name
    place: dict[str, Any]
    foreign: tuple[str, str] | None
    workers: int
    revenue: int
    founded: int
    processes: list[Named]
    materials: list[Named]
    machines: list[Named]
    products: list[Named]
    certificates: list[tuple[Named, date, date]]

    @property
    def domain(self) -> str:
        letters = "".join(letter for letter in fold(self.name.short) if letter.isalnum())
        return f"{letters}{self.number}.example"


def owner_of(number: int, chance: Chance, *, company: bool) -> Owner:
    form = FORMS[chance.below(3)] if company else chance.choices(FORMS, cum_weights=WEIGHTS)[0]
    line = chance.often(lines())
    place = address(chance)
    foreign = chance.often(words.INVESTORS) if form.kind == Kind.ENTERPRISE and chance.happens(FOREIGN) else None
    workers = _headcount(chance, form, line, foreign is not None)
    return Owner(
        number=number,
        form=form,
        line=line,
        name=name(chance, form, line, country().names[place["province_34"]]),
        place=place,
        foreign=foreign,
        workers=workers,
        revenue=max(1, round(workers * chance.uniform(0.25, 1.8))) * 10**9,
        founded=TODAY.year - 1 - min(35, int(chance.expovariate(1 / 9))),
        processes=chance.some(line.processes, 1, 5),
        materials=chance.some(line.materials, 1, 4),
        machines=chance.some(line.machines, 1, 4),
        products=chance.some(line.products, 1, 4),
        certificates=[(named, *_validity(chance)) for named in chance.some(certificates(), 0, 3)],
    )


def _headcount(chance: Chance, form: Form, line: Line, foreign: bool) -> int:
    if form.kind in (Kind.HOUSEHOLD, Kind.COOPERATIVE_GROUP):
        return chance.between(1, 12)
    middle = line.workers * (4 if foreign else 1)
    return max(1, min(25_000, int(middle * chance.lognormvariate(-0.3, 1.1))))


def _validity(chance: Chance) -> tuple[date, date]:
    """Three years from the first of a month; the end is the first day it no longer counts."""
    month = 12 * 2021 + chance.below(66)
    start = date(month // 12, month % 12 + 1, 1)
    return start, start.replace(year=start.year + 3)


def ago(chance: Chance) -> date:
    return TODAY - timedelta(days=min(OLDEST, int(chance.expovariate(1 / MIDDLE_AGE))))
