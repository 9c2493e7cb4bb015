"""Exports: a share of sales or an amount, and the markets by country or region."""

import re
from decimal import Decimal

from matxich.rulebook.capabilities.capacity import COMPARATORS
from matxich.rulebook.capabilities.countries import countries_in, country_name
from matxich.rulebook.capabilities.figures import exact, figure, money_text, number_text, take_money
from matxich.rulebook.capabilities.model import Field, Found, Language, Part, Problem, Value
from matxich.rulebook.capabilities.scanning import COMPARATOR, NUMBER, Scan

CURRENCIES = {code: (code, code) for code in ("VND", "USD", "EUR", "JPY", "KRW", "CNY")}
_SHARE = re.compile(
    rf"(?<![\w.,])(?:(?P<comparator>{COMPARATOR})\s*)?(?P<share>{NUMBER})\s*(?:%|phan tram)"
    r"(?:\s*(?:doanh thu|san luong|san pham|of sales))?"
)
_HOME = re.compile(
    rf"(?<![a-z0-9])(?:noi dia|trong nuoc|domestic)(?: market| sales)?\s*[:=]?\s*(?P<share>{NUMBER})\s*(?:%|phan tram)"
    rf"|(?<![\w.,])(?P<before>{NUMBER})\s*%\s*(?:noi dia|trong nuoc|domestic)"
)
_NONE = re.compile(r"(?<![a-z0-9])(?:khong|chua)(?: co)? xuat khau|no exports?(?![a-z])")
_YEAR = re.compile(r"(?<![a-z0-9])(?:nam|year|in)\s*(?P<year>(?:19|20)[0-9]{2})(?![0-9])")
_WORDS = re.compile(
    r"(?<![a-z0-9])(?:(?:ty le |kim ngach |gia tri |doanh thu )?xuat khau(?: chinh)?|xk|exports?|exported|exporting"
    r"|thi truong|markets?|sang(?: cac)?(?: nuoc)?|di|vao|toi|to|cac nuoc|nuoc|va|and|the|dat|cho|khoi)(?![a-z0-9])"
)


def _read(text: str, found: Found) -> None:
    scan = Scan(text)
    value: Value = {}
    at_home = _take_home_share(scan)
    if match := scan.find(_SHARE):
        share = figure(f"{match['comparator'] or ''} {match['share']}")
        if share and not share.ambiguous and share.value <= 100:
            scan.cut(*match.span())
            value["percent"] = exact(share.value)
            if share.comparator:
                value["comparator"] = share.comparator
    elif at_home is not None:
        value["percent"] = exact(100 - at_home)
    elif scan.take(_NONE):
        value["percent"] = "0"
    if at_home is not None and value.get("percent") != exact(100 - at_home):
        found.warn("not_understood", f"{exact(at_home)}%")
    if "percent" not in value and (money := take_money(scan, found)):
        value |= {"amount": money.amount, "currency": money.currency}
        if money.comparator:
            value["comparator"] = money.comparator
    if (match := scan.find(_YEAR)) and int(match["year"]) <= found.latest_year:
        scan.cut(*match.span())
        value["year"] = int(match["year"])
    markets: list[str] = []
    for start, end, code in countries_in(scan.folded, scan.original):
        scan.cut(start, end)
        if code not in markets:
            markets.append(code)
    if markets:
        value["markets"] = markets
    found.keep(value if value else None, text, scan.left(_WORDS))


def _take_home_share(scan: Scan) -> Decimal | None:
    """The share sold in the country is not the share exported."""
    match = scan.find(_HOME)
    share = figure(match["share"] or match["before"]) if match else None
    if match is None or share is None or share.ambiguous or share.value > 100:
        return None
    scan.cut(*match.span())
    return share.value


def _plain(value: Value, language: Language) -> str:
    vi = language == "vi"
    comparator = f"{COMPARATORS[value['comparator']][not vi]} " if "comparator" in value else ""
    words = ["xuất khẩu" if vi else "exports"]
    if "percent" in value:
        words.append(f"{comparator}{number_text(value['percent'], language)}%")
    if "amount" in value:
        words.append(f"{comparator}{money_text(value['amount'], value.get('currency', 'VND'), language)}")
    if "markets" in value:
        names = ", ".join(country_name(code, language) for code in value["markets"])
        words.append(f"{'sang' if vi else 'to'} {names}")
    if "year" in value:
        words.append(f"({'năm' if vi else 'year'} {value['year']})")
    return " ".join(words)


def _faults(value: Value, latest_year: int) -> list[Problem]:
    if not value.keys() & {"percent", "amount", "markets"}:
        return [Problem("nothing_stated", "percent")]
    if "percent" in value and "amount" in value:
        return [Problem("not_together", "amount")]
    if ("currency" in value) != ("amount" in value):
        return [Problem("missing", "amount" if "currency" in value else "currency")]
    if "comparator" in value and not value.keys() & {"percent", "amount"}:
        return [Problem("missing", "percent")]
    return []


PARTS = (
    Part("comparator", "Mức", "Comparator", "choice", choices=COMPARATORS),
    Part("percent", "Tỷ lệ xuất khẩu", "Share exported", "percent"),
    Part("amount", "Giá trị xuất khẩu", "Value exported", "integer", high=10**15),
    Part("currency", "Loại tiền", "Currency", "choice", choices=CURRENCIES),
    Part("markets", "Thị trường", "Markets", "markets"),
    Part("year", "Năm", "Year", "year"),
)
FIELD = Field(
    "exports", "markets", False, "Xuất khẩu", "Exports", "market", "officials", 3, PARTS, _read, _plain, _faults
)
