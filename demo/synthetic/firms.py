"""An invented firm as lists, papers and visits tell of it: who wrote down which part, and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
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
    facts = list(_listed(owner, chance))
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
    return Firm(Kind.UNIT, [Fact(source, field, value, Verification.LIST, as_of) for field, value in facts])


def _list_of(place: dict[str, Any], chance: Chance) -> tuple[int, date]:
    """Which list the firm stands in, and its day: lists are drawn up at the ends of quarters."""
    drawn = chance.random()
    on = ago(chance)
    as_of = date(on.year, 3 * ((on.month - 1) // 3) + 1, 1) - timedelta(days=1)
    if drawn < 0.07:
        return told_by.OUTSIDE, as_of
    if drawn < 0.2:
        return told_by.ASSOCIATION, as_of
    if drawn < 0.28:
        return told_by.BUYER, as_of
    if "zone" in place and drawn < 0.6:
        return told_by.ZONES, as_of
    return told_by.DEPARTMENTS + country().provinces.index(place["province_34"]), as_of


def _texts(named: Iterable[Named], chance: Chance) -> list[str]:
    return [chance.often(one.names) for one in named]


def _listed(owner: Owner, chance: Chance) -> Iterator[Fact]:
    """One row of a list: some of its cells are empty."""
    source, as_of = _list_of(owner.place, chance)
    for field, share, value in _cells(owner, chance):
        if share == 1 or chance.happens(share):
            yield Fact(source, field, value, Verification.LIST, as_of)


def _cells(owner: Owner, chance: Chance) -> Iterator[tuple[str, float, Any]]:
    line = owner.line
    yield "name", 1, owner.name.full
    yield "address", 1, owner.place
    if owner.name.english:
        yield "name_en", 0.5, owner.name.english
        yield "name_short", 0.15, owner.name.short
    yield "legal_form", 0.6, owner.form.listed
    if owner.foreign:
        yield "investor_country", 0.9, [owner.foreign[0]]
    yield "year_founded", 0.75, owner.founded
    yield "sectors", 1, list(line.sectors[: 1 + chance.happens(0.2)])
    yield "vsic", 0.4, [line.vsic]
    yield "products", 0.95, _texts(owner.products, chance)
    yield "processes", 0.92, _texts(owner.processes, chance)
    yield "materials", 0.7, _texts(owner.materials, chance)
    yield "machines", 0.45, [_machines(text, chance) for text in _texts(owner.machines, chance)]
    yield "tolerance", 0.2, f"±{_microns(chance.between(*line.tolerance))} mm"
    if owner.certificates:
        yield "certificates", 0.95, [_certificate(one, chance) for one in owner.certificates]
    yield "customers", 0.2, [customer for customer, _country in chance.some(words.CUSTOMERS, 1, 3)]
    yield "markets", 0.2, [market for market, _code in chance.some(words.MARKETS, 1, 3)]
    yield "workers", 0.9, owner.workers
    yield "revenue", 0.6, owner.revenue
    yield "charter_capital", 0.25, max(1, owner.revenue // 4 // 10**9) * 10**9
    yield "website", 0.25, [f"https://www.{owner.domain}"]
    yield "phone", 0.5, f"0900{chance.below(10**6):06d}"
    yield "contact_person", 0.35, person(chance)


def _machines(text: str, chance: Chance) -> str:
    return f"{chance.between(1, 24)} {text[:1].lower()}{text[1:]}" if chance.happens(0.7) else text


def _certificate(held: tuple[Named, date, date], chance: Chance) -> str:
    named, _start, end = held
    text = chance.often(named.names)
    return f"{text} (hiệu lực đến {format_date(end - timedelta(days=1))})" if chance.happens(0.6) else text


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
