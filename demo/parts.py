"""What an officer notes on a visit, part by part: machines, certificates, sizes, customers, all of it invented."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from demo.firms import Firm
from matxich.rulebook.capabilities.reading import read

BODIES = ("Nordstern Cert (mẫu)", "Viện Chuẩn Á Đông (mẫu)", "Chứng nhận Hải Vân (mẫu)")
MARKETS = (("JP",), ("KR", "JP"), ("US",), ("DE", "FR"))
TIERS = (1, 2, 2, 3)

Told = tuple[str, dict[str, Any]]


def noted(firm: Firm, seen: date, chance: Random) -> Iterator[Told]:
    """Values of structured fields as of the day of a visit; the same ones for the same firm and chance."""
    for field, text in (("machine", firm.machines), ("tolerance", firm.tolerance), ("capacity", firm.capacity)):
        for value in read(field, text, latest_year=seen.year).values:
            yield field, value | (_in_use(seen, chance) if field == "machine" else {})
    for number, scheme in enumerate(firm.certificates, start=1):
        yield "certificate", _certificate(firm, scheme, number, seen, chance)
    largest = chance.choice((250, 400, 600, 1200))
    yield "size_range", {"max_mm": [str(largest), str(largest * 2 // 3)], "max_weight_kg": str(chance.randint(1, 40))}
    for name in firm.products[:2]:
        yield "product", {"name": name, "vsic": {"code": firm.trade.vsic, "edition": "2025"}}
    for name in firm.customers:
        yield "customer", {"name": name, "tier": chance.choice(TIERS), "since": chance.randint(2016, seen.year - 1)}
    if firm.workers > 60:
        percent = chance.choice((5, 12, 30, 65))
        markets = list(chance.choice(MARKETS))
        yield "exports", {"percent": str(percent), "markets": markets, "year": seen.year - 1}
    yield "energy", {"kwh_per_year": str(firm.workers * chance.randint(4, 18) * 1000), "audited": chance.random() < 0.3}


def _in_use(seen: date, chance: Random) -> dict[str, Any]:
    return {"year": chance.randint(2008, seen.year - 1), "hours_free_per_week": str(chance.randint(0, 40))}


def _certificate(firm: Firm, scheme: str, number: int, seen: date, chance: Random) -> dict[str, Any]:
    """Three years from a day up to three years before the visit: some are about to end, some have ended since."""
    start = seen - timedelta(days=chance.randint(30, 1060))
    end = date(start.year + 3, start.month, min(start.day, 28))
    return {
        "text": scheme,
        "number": f"MAU-{firm.number:04d}-{number}",
        "body": chance.choice(BODIES),
        "scope": f"{firm.trade.vi}: {firm.products[0][:1].lower()}{firm.products[0][1:]}",
        "valid_from": start.isoformat(),
        "valid_to": end.isoformat(),
    }
