"""An invented firm as lists, papers and visits tell of it: who wrote down which part, and when."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from demo.synthetic import sources as told_by
from demo.synthetic import words
from demo.synthetic.chance import Chance, stream
from demo.synthetic.lines import Named
from demo.synthetic.naming import person
from demo.synthetic.owners import Owner, ago, owner_of
from demo.synthetic.places import address, country
from demo.synthetic.structured import structured
from matxich.registry.actions.inventing import Fact, Firm
from matxich.registry.states import Kind, Verification
from matxich.rulebook.vietnamese.numbers import format_date

UNIT_EVERY = 60


@dataclass(frozen=True, slots=True)
class Series:
    """The firms of a seed, numbered from 1. `full`: with everything a passport can hold."""

    seed: int
    full: bool

    def firms(self, first: int, count: int) -> Iterator[Firm]:
        for number in range(first, first + count):
            yield _firm(self, number)


def _firm(series: Series, number: int) -> Firm:
    chance = stream(series.seed, number)
    if number % UNIT_EVERY == 0:
        return _unit(series, number, chance)
    owner = owner_of(number, chance, company=number % UNIT_EVERY == UNIT_EVERY - 1)
    facts = _listed(owner, chance)
    facts += _seen(owner, chance)
    if series.full:
        facts += structured(owner, chance)
    return Firm(owner.form.kind, facts)


def _unit(series: Series, number: int, chance: Chance) -> Firm:
    """A branch of the firm before it, somewhere else, doing the same."""
    head = owner_of(number - 1, stream(series.seed, number - 1), company=True)
    source, as_of = _list_of(head.place, chance)
    place = address(chance)
    facts = [
        ("name", f"Chi nhánh {head.name.full}"),
        ("address", place),
        ("legal_form", "Chi nhánh"),
        ("sectors", list(head.line.sectors[:1])),
        ("processes", _texts(head.processes[:2], chance)),
        ("workers", max(2, head.workers // 3)),
    ]
    level = _level(source)
    return Firm(Kind.UNIT, [Fact(source, field, value, level, as_of) for field, value in facts])


def _list_of(place: dict[str, Any], chance: Chance) -> tuple[int, date]:
    """Who tells most of the firm, and on which day: lists are drawn up at the ends of quarters."""
    drawn = chance.random()
    on = ago(chance)
    as_of = date(on.year, 3 * ((on.month - 1) // 3) + 1, 1) - timedelta(days=1)
    if drawn < 0.07:
        return told_by.OUTSIDE, as_of
    if drawn < 0.2:
        return told_by.ASSOCIATION, as_of
    if drawn < 0.28:
        return told_by.BUYER, as_of
    if drawn < 0.36:
        return told_by.DECLARED, on
    if "zone" in place and drawn < 0.65:
        return told_by.ZONES, as_of
    return told_by.DEPARTMENTS + country().provinces.index(place["province_34"]), as_of


def _level(source: int) -> Verification:
    return Verification.DECLARED if source == told_by.DECLARED else Verification.LIST


def _texts(named: Iterable[Named], chance: Chance) -> list[str]:
    drawn = chance.random
    return [one.names[int((len(one.names) + 1) ** drawn()) - 1] for one in named]


def _listed(owner: Owner, chance: Chance) -> list[Fact]:
    """One row of a list, or of a form the firm filled in: some of its cells are empty."""
    source, as_of = _list_of(owner.place, chance)
    level = _level(source)
    facts: list[Fact] = []
    happens = chance.happens

    def tell(field: str, value: Any) -> None:
        facts.append(Fact(source, field, value, level, as_of))

    tell("name", owner.name.full)
    tell("address", owner.place)
    _list_identity(owner, chance, tell)
    if happens(0.95):
        tell("products", _texts(owner.products, chance))
    if happens(0.92):
        tell("processes", _texts(owner.processes, chance))
    if happens(0.7):
        tell("materials", _texts(owner.materials, chance))
    if happens(0.45):
        tell("machines", [_machines(text, chance) for text in _texts(owner.machines, chance)])
    if happens(0.2):
        tell("tolerance", f"±{_microns(chance.between(*owner.line.tolerance))} mm")
    if owner.certificates and happens(0.95):
        tell("certificates", [_certificate(one, chance) for one in owner.certificates])
    if happens(0.2):
        tell("customers", [customer for customer, _country in chance.some(words.CUSTOMERS, 1, 3)])
    if happens(0.2):
        tell("markets", [market for market, _code in chance.some(words.MARKETS, 1, 3)])
    _list_figures(owner, chance, tell)
    return facts


def _list_identity(owner: Owner, chance: Chance, tell: Callable[[str, Any], None]) -> None:
    if owner.name.english and chance.happens(0.5):
        tell("name_en", owner.name.english)
    if chance.happens(0.12):
        tell("name_short", owner.name.short)
    if chance.happens(0.6):
        tell("legal_form", owner.form.listed)
    if owner.foreign and chance.happens(0.9):
        tell("investor_country", [owner.foreign[0]])
    if chance.happens(0.75):
        tell("year_founded", owner.founded)
    tell("sectors", list(owner.line.sectors[: 1 + chance.happens(0.2)]))
    if chance.happens(0.4):
        tell("vsic", [owner.line.vsic])


def _list_figures(owner: Owner, chance: Chance, tell: Callable[[str, Any], None]) -> None:
    if chance.happens(0.9):
        tell("workers", owner.workers)
    if chance.happens(0.85):
        tell("revenue", owner.revenue)
    if chance.happens(0.25):
        tell("charter_capital", max(1, owner.revenue // 4 // 10**9) * 10**9)
    if chance.happens(0.25):
        tell("website", [f"https://www.{owner.domain}"])
    if chance.happens(0.5):
        tell("phone", f"0900{chance.below(10**6):06d}")
    if chance.happens(0.35):
        tell("contact_person", person(chance))


def _machines(text: str, chance: Chance) -> str:
    return f"{chance.between(1, 24)} {text[:1].lower()}{text[1:]}" if chance.happens(0.7) else text


def _certificate(held: tuple[Named, date, date], chance: Chance) -> str:
    named, _start, end = held
    text = chance.often(named.names)
    return f"{text} (hiệu lực đến {_last_day(end)})" if chance.happens(0.6) else text


@cache
def _last_day(end: date) -> str:
    return format_date(end - timedelta(days=1))


def _microns(amount: int) -> str:
    return f"{amount / 1000:.3f}".rstrip("0").rstrip(".").replace(".", ",")


def _seen(owner: Owner, chance: Chance) -> Iterator[Fact]:
    """What others say besides the list; the better backed it is, the rarer, and figures differ a little."""
    if chance.happens(0.16):
        on = ago(chance)
        yield Fact(told_by.DECLARED, "workers", _about(owner.workers, chance), Verification.DECLARED, on)
        yield Fact(told_by.DECLARED, "products", _texts(owner.products, chance), Verification.DECLARED, on)
    if owner.certificates and chance.happens(0.2):
        papers = [_certificate(one, chance) for one in owner.certificates]
        yield Fact(told_by.DOCUMENT, "certificates", papers, Verification.DOCUMENT, ago(chance))
    if chance.happens(0.12):
        on = ago(chance)
        yield Fact(told_by.VISIT, "workers", _about(owner.workers, chance), Verification.VISIT, on)
        yield Fact(told_by.VISIT, "processes", _texts(owner.processes, chance), Verification.VISIT, on)
        yield Fact(told_by.VISIT, "machines", _texts(owner.machines, chance), Verification.VISIT, on)
    if chance.happens(0.025):
        on = ago(chance)
        yield Fact(told_by.AUDIT, "processes", _texts(owner.processes, chance), Verification.AUDIT, on)


def _about(figure: int, chance: Chance) -> int:
    return max(1, round(figure * chance.one((0.8, 0.95, 1, 1, 1.1, 1.3))))
