"""Invented firms, the same ones every time: places are real, everything else is made up."""

from dataclasses import dataclass, field
from random import Random

from demo import trades
from demo.trades import TRADES, Trade
from matxich.rulebook.vietnamese.text import fold

FORMS = (
    ("Công ty TNHH {}", "{} Co., Ltd."),
    ("Công ty Cổ phần {}", "{} JSC"),
    ("Công ty TNHH MTV {}", "{} One Member Co., Ltd."),
)
WEIGHTS = {
    "79": 34,
    "24": 30,
    "75": 28,
    "01": 27,
    "31": 25,
    "33": 16,
    "25": 14,
    "37": 12,
    "80": 12,
    "48": 10,
    "19": 10,
    "22": 7,
}
LOWEST = 3
# The walk in the readme looks for precision engineering in old Bắc Giang: there is some.
PRECISION = next(trade for trade in TRADES if trade.en == "Precision Engineering")


@dataclass(frozen=True)
class Site:
    """A place a firm can stand: a commune of the new map, the old names of the same ground, a zone or none."""

    province_34: str
    province_name: str
    commune_name: str
    old_address: str
    zone: str = ""


@dataclass(frozen=True)
class Firm:
    """What its owner would answer if asked everything."""

    number: int
    name: str
    name_en: str
    tax_code: str
    trade: Trade
    site: Site
    lot: str
    workers: int
    revenue_billion: int
    capital_billion: int
    foreign_percent: int
    founded: int
    contact: str
    phone: str
    processes: tuple[str, ...]
    materials: tuple[str, ...]
    machines: str
    products: tuple[str, ...]
    tolerance: str
    capacity: str
    certificates: tuple[str, ...]
    customers: tuple[str, ...] = field(default=())

    @property
    def slug(self) -> str:
        return fold(self.name_en).replace(" ", "").replace(",", "").replace(".", "")[:24]

    @property
    def address(self) -> str:
        parts = (
            f"Lô {self.lot}" if self.site.zone else f"Số {self.number}",
            self.site.zone,
            self.site.commune_name,
            self.site.province_name,
        )
        return ", ".join(part for part in parts if part)

    @property
    def old_address(self) -> str:
        parts = (f"Lô {self.lot}" if self.site.zone else f"Số {self.number}", self.site.zone, self.site.old_address)
        return ", ".join(part for part in parts if part)


def tax_code(number: int) -> str:
    """A ten-digit number under the unissued prefix 99 whose check digit is right; the next one where none is."""
    while True:
        nine = f"99{number:07d}"
        rest = 10 - sum(int(d) * w for d, w in zip(nine, (31, 29, 23, 19, 17, 13, 7, 5, 3), strict=True)) % 11
        if rest != 10:
            return f"{nine}{rest}"
        number += 5_000_000


def invent(sites: dict[str, list[Site]], seed: int = 34) -> list[Firm]:
    """About three hundred firms over every province of `sites`."""
    chance, taken, firms = Random(seed), set[str](), list[Firm]()
    for province in sorted(sites):
        for _ in range(WEIGHTS.get(province, chance.randint(LOWEST, LOWEST + 3))):
            firms.append(_firm(len(firms) + 1, chance.choice(sites[province]), chance, taken))
    return firms


def _firm(number: int, site: Site, chance: Random, taken: set[str]) -> Firm:
    trade = chance.choice(TRADES)
    if "Bắc Giang" in site.old_address and number % 2:
        trade = PRECISION
    core = _core(chance, taken)
    vi, en = chance.choices(FORMS, weights=(6, 3, 1))[0]
    workers = int(chance.triangular(*trade.size, trade.size[0] * 1.6))
    revenue = max(1, round(workers * chance.uniform(0.35, 1.6)))
    return Firm(
        number=number,
        name=vi.format(f"{trade.vi} {core}"),
        name_en=en.format(f"{_ascii_title(core)} {trade.en}"),
        tax_code=tax_code(1000 + number * 7),
        trade=trade,
        site=site,
        lot=f"{chance.choice(('CN', 'A', 'B', 'D', 'XN'))}-{chance.randint(1, 48)}",
        workers=workers,
        revenue_billion=revenue,
        capital_billion=max(1, round(revenue * chance.uniform(0.1, 0.4))),
        foreign_percent=chance.choices((0, 30, 49, 100), weights=(12, 1, 1, 2))[0],
        founded=chance.randint(1994, 2022),
        contact=f"{chance.choice(trades.SURNAMES)} {chance.choice(trades.MIDDLES)} {chance.choice(trades.GIVEN)}",
        phone=f"0900{number:06d}",
        processes=_some(trade.processes, chance, 1),
        materials=_some(trade.materials, chance, 1),
        machines=chance.choice(trade.machines),
        products=_some(trade.products, chance, 1),
        tolerance=chance.choice(trade.tolerance),
        capacity=chance.choice(trade.capacity),
        certificates=_some(trades.CERTIFICATES, chance, 0, most=3),
        customers=_some(trades.CUSTOMERS, chance, 0, most=2),
    )


def _core(chance: Random, taken: set[str]) -> str:
    while True:
        words = [chance.choice(trades.FIRST), chance.choice(trades.SECOND)]
        core = " ".join(words + ([chance.choice(trades.THIRD)] if chance.random() < 0.75 else []))
        if core not in taken:
            taken.add(core)
            return core


def _ascii_title(text: str) -> str:
    return fold(text).title()


def _some(options: tuple[str, ...], chance: Random, least: int, most: int = 9) -> tuple[str, ...]:
    count = chance.randint(least, min(most, len(options)))
    return tuple(sorted(chance.sample(options, count), key=options.index))
