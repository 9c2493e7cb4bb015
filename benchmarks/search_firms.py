"""Invented firms in any number, as documents of the index."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from demo import trades
from demo.firms import FORMS
from matxich.places import reference
from matxich.registry.search.concepts import concepts_of
from matxich.registry.search.days import Certified
from matxich.registry.search.document import Document

TODAY = date(2026, 11, 20)
SIZES = ("micro", "small", "medium", "large", "unknown")


def firms(count: int, seed: int = 34) -> Iterator[Document]:
    """Places are real and weighted to few provinces, names repeat as they do in life."""
    chance = Random(seed)
    communes = [unit for unit in reference.units() if unit.level == "commune" and unit.edition == "34"]
    provinces = {unit.code: unit.name for unit in reference.units() if unit.level == "province"}
    chance.shuffle(communes)
    zones = [f"KCN {chance.choice(trades.FIRST)} {chance.choice(trades.SECOND)} {n}" for n in range(1, 300)]
    for number in range(1, count + 1):
        commune = communes[min(int(chance.expovariate(1 / 600)), len(communes) - 1)]
        yield _firm(number, commune.code, commune.name, commune.parent, provinces[commune.parent], zones, chance)


def _firm(
    number: int, commune: str, commune_name: str, province: str, province_name: str, zones: list[str], chance: Random
) -> Document:
    trade = chance.choice(trades.TRADES)
    syllables = [chance.choice(trades.FIRST), chance.choice(trades.SECOND)]
    core = " ".join(syllables + ([chance.choice(trades.THIRD)] if chance.random() < 0.75 else []))
    vietnamese, english = chance.choices(FORMS, weights=(6, 3, 1))[0]
    zone = chance.choice(zones) if chance.random() < 0.4 else ""
    processes, materials = chance.sample(trade.processes, 2), chance.sample(trade.materials, 2)
    certificates = chance.sample(trades.CERTIFICATES, chance.randint(0, 3))
    return Document(
        id=number,
        name=vietnamese.format(f"{trade.vi} {core}"),
        names=(english.format(f"{core} {trade.en}"),),
        codes=(f"99{number:08d}", f"MX-{number:06d}-0"),
        text=(
            f"{commune_name}, {province_name}",
            zone,
            trade.sector,
            *chance.sample(trade.products, 2),
            *processes,
            *materials,
            chance.choice(trade.machines),
            *certificates,
        ),
        province_34=province,
        province_63=province,
        commune_34=commune,
        zone=zone,
        size=chance.choice(SIZES),
        sectors=(trade.sector,),
        concepts={
            "process": concepts_of(processes, "process"),
            "material": concepts_of(materials, "material"),
            "certificate": concepts_of(certificates, "certificate"),
        },
        certificates=tuple(_held(text, chance) for text in certificates),
        sources=tuple(chance.sample(range(1, 13), chance.choice((1, 1, 2)))),
        in_programme=chance.random() < 0.9,
        verified=chance.choice((0, 1, 1, 1, 2, 3)),
        listed=TODAY - timedelta(days=chance.randrange(2000)),
        as_of=TODAY - timedelta(days=chance.randrange(700)),
    )


def _held(text: str, chance: Random) -> Certified:
    """A third say no end, the rest are given for three years."""
    start = TODAY - timedelta(days=chance.randrange(1_600))
    end = start + timedelta(days=1_095) if chance.random() < 0.67 else None
    return Certified(concepts_of([text], "certificate")[0], start, end)
