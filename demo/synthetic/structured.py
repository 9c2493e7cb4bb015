"""Everything else a full passport holds: one structured value a statement, told by the firm, its papers or a visit."""

from collections.abc import Iterator
from typing import Any

from demo.synthetic import sources as told_by
from demo.synthetic import words
from demo.synthetic.chance import Chance
from demo.synthetic.naming import person
from demo.synthetic.owners import Owner, ago
from matxich.registry.actions.inventing import Fact
from matxich.registry.states import Kind, Verification

LEVELS = {
    told_by.DECLARED: Verification.DECLARED,
    told_by.DOCUMENT: Verification.DOCUMENT,
    told_by.VISIT: Verification.VISIT,
    told_by.AUDIT: Verification.AUDIT,
}
OWNERSHIP = {Kind.HOUSEHOLD: "household", Kind.COOPERATIVE_GROUP: "household", Kind.COOPERATIVE: "cooperative",
             Kind.UNION: "cooperative"}  # fmt: skip


REACHED = (45, 75, 95, 100)
"""Of a hundred firms: those nobody checked, those that sent papers at most, those visited, those audited; added up."""


def structured(owner: Owner, chance: Chance) -> Iterator[Fact]:
    """A firm nobody went to see tells itself what a visit would have found."""
    reached = chance.choices(tuple(LEVELS), cum_weights=REACHED)[0]
    days = {source: ago(chance) for source in LEVELS}
    for best, field, value in _told(owner, chance):
        source = min(best, reached)
        yield Fact(source, field, value, LEVELS[source], days[source])


def _told(owner: Owner, chance: Chance) -> Iterator[tuple[int, str, Any]]:
    yield from _made(owner, chance)
    yield from _able(owner, chance)
    yield from _sold(owner, chance)
    yield from _run(owner, chance)
    for number in range(chance.between(1, 2)):
        yield told_by.DECLARED, "contact", _contact(owner, number, chance)
    # The visit found another headcount and the papers another turnover than the list says.
    yield told_by.VISIT, "workers", max(1, round(owner.workers * chance.one((0.7, 0.9, 1, 1.2))))
    yield told_by.DOCUMENT, "revenue", max(1, round(owner.revenue * chance.one((0.6, 1, 1.1)) / 10**6)) * 10**6
    yield told_by.DECLARED, "workers_women", owner.workers // chance.between(2, 5)
    yield told_by.DECLARED, "workers_skilled", owner.workers // chance.between(3, 8)
    yield told_by.DOCUMENT, "assets", max(1, owner.revenue // chance.between(1, 4))


def _made(owner: Owner, chance: Chance) -> Iterator[tuple[int, str, Any]]:
    """What it makes, where, and with what."""
    place = owner.place
    site: dict[str, Any] = {"name": "Nhà máy 1", "address": place["text"], "kind": "factory"}
    site |= {"area_m2": str(100 * chance.between(2, 400)), "commune": place["commune_34"]}
    yield told_by.VISIT, "site", site | ({"zone": place["zone"]} if "zone" in place else {})
    for product in owner.products:
        value = {"name": chance.often(product.names), "hs": owner.line.hs}
        value |= {"vsic": {"code": owner.line.vsic, "edition": "2018"}}
        yield told_by.DECLARED, "product", value | {"yearly": str(1_000 * chance.between(1, 900)), "unit": "chiếc"}
    for machine in owner.machines:
        process = chance.one(owner.processes)
        value = {"kind": chance.often(machine.names), "concept": machine.code, "process": process.code}
        value |= {"year": chance.between(1998, 2025), "quantity": chance.between(1, 24)}
        value |= {"maker": chance.often(words.MAKERS), "origin": chance.often(words.ORIGINS)}
        value |= {"hours_free_per_week": str(chance.between(0, 80))} if chance.happens(0.5) else {}
        value |= {"tonnage_t": str(5 * chance.between(6, 400))} if "press" in machine.code else {}
        value |= {"axes": chance.between(3, 5)} if "mill" in machine.code or "centre" in machine.code else {}
        yield told_by.VISIT, "machine", value


def _able(owner: Owner, chance: Chance) -> Iterator[tuple[int, str, Any]]:
    """How finely, how big, how much, and who certifies it."""
    finest = 1_000 * chance.between(*owner.line.tolerance)
    yield told_by.AUDIT, "tolerance", {"plus_nm": finest, "minus_nm": finest}
    size = 10 * chance.between(2, 150)
    yield told_by.DECLARED, "size_range", {"max_mm": [str(size), str(size // 2), str(max(1, size // 4))]}
    unit, usual = owner.line.output
    amount = str(max(1, int(usual * chance.uniform(0.1, 3))))
    yield told_by.DECLARED, "capacity", {"amount": amount, "unit": unit, "per": "month"}
    for named, start, end in owner.certificates:
        number = f"MX{chance.below(10**6):06d}"
        value = {"text": chance.often(named.names), "concept": named.code, "number": number}
        value |= {"body": chance.often(words.BODIES), "valid_from": start.isoformat(), "valid_to": end.isoformat()}
        yield told_by.DOCUMENT, "certificate", value


def _sold(owner: Owner, chance: Chance) -> Iterator[tuple[int, str, Any]]:
    for customer, country in chance.some(words.CUSTOMERS, 1, 3):
        value = {"name": customer, "country": country, "tier": chance.between(1, 3)}
        value |= {"share_percent": str(chance.between(5, 60)), "since": chance.between(2008, 2025)}
        yield told_by.DECLARED, "customer", value
    markets = [code for _market, code in chance.some(words.MARKETS, 1, 3)]
    share = str(chance.between(1, 19) * 5)
    exports = {"percent": share, "markets": markets, "year": 2025} if chance.happens(0.45) else {"percent": "0"}
    yield told_by.DECLARED, "exports", exports


def _run(owner: Owner, chance: Chance) -> Iterator[tuple[int, str, Any]]:
    """Who owns it, on what it runs, what it needs."""
    owned: dict[str, Any] = {"kind": OWNERSHIP.get(Kind(owner.form.kind), "private")}
    if owner.foreign:
        owned = {"kind": "fdi", "country": owner.foreign[1], "foreign_percent": str(chance.one((51, 70, 100, 100)))}
    yield told_by.DOCUMENT, "ownership", owned
    energy: dict[str, Any] = {"sources": ["grid"], "kwh_per_year": str(owner.workers * 100 * chance.between(8, 90))}
    solar = {"sources": ["grid", "solar"], "solar_kwp": str(10 * chance.between(5, 90))}
    yield told_by.DECLARED, "energy", energy | (solar if chance.happens(0.2) else {})
    yield (
        told_by.DECLARED,
        "digital",
        {"level": chance.often((1, 2, 3)), "cad": [chance.often(("AutoCAD", "SolidWorks", "NX"))]},
    )
    need = {"need": "yes", "amount": chance.between(1, 40) * 10**9, "purpose": "mua máy"}
    yield told_by.DECLARED, "credit_need", need if chance.happens(0.4) else {"need": "no"}


def _contact(owner: Owner, number: int, chance: Chance) -> dict[str, Any]:
    value = {"name": person(chance), "role": chance.often(words.ROLES), "phone": f"0900 {chance.below(10**6):06d}"}
    value |= {"email": f"lienhe{number + 1}@{owner.domain}", "language": "vi"}
    return value | {"visibility": "officials", "legal_basis": chance.one(("contract", "consent"))}
