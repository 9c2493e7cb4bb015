"""Customers and the tier supplied at: "Cấp 1 của Samsung (60%)", "Tier 2 Toyota", "Canon VN, Brother VN"."""

import re

from matxich.rulebook.capabilities.countries import country_code, country_name
from matxich.rulebook.capabilities.figures import exact, figure, number_text
from matxich.rulebook.capabilities.model import EARLIEST_YEAR, SEPARATOR, Field, Found, Language, Part, Value
from matxich.rulebook.capabilities.scanning import NUMBER, Scan
from matxich.rulebook.lists.splitting import items

TIERS: dict[str, tuple[str, str]] = {"1": ("Cấp 1", "Tier 1"), "2": ("Cấp 2", "Tier 2"), "3": ("Cấp 3", "Tier 3")}
_TIER = re.compile(
    r"(?<![a-z0-9])(?:(?:nha cung (?:cap|ung)|ncc|vendor|supplier)\s+)?(?:cap|tier|lop|vendor cap)\s*-?\s*"
    r"(?P<tier>[123]|iii|ii|i)(?![a-z0-9%.,])(?:\s*(?:cua|cho|of|for|to)(?![a-z0-9]))?\s*[:\-]?"
)
_SHARE = re.compile(rf"(?<![\w.,])(?:chiem\s*)?(?P<share>{NUMBER})\s*(?:%|phan tram)(?:\s*doanh thu|\s*of sales)?")
_SINCE = re.compile(r"(?<![a-z0-9])(?:tu(?: nam)?|since|from)\s*[:.]?\s*(?P<since>[0-9]{4})(?![0-9])")
_PRODUCT = re.compile(r"(?<![a-z0-9])(?:cung cap|san pham|products?|supplying)\s*[:.]?\s*(?P<product>[^\x1f·;()]+)")
_ROMAN = {"i": 1, "ii": 2, "iii": 3}
_TAIL = re.compile(r"(?:[\s(-]+)(?P<country>[^()\s-]+(?: [^()\s-]+)?)\)?$")


def _read(text: str, found: Found) -> None:
    if SEPARATOR in text:
        _one(text, found)
        return
    tier: int | None = None
    for item in items("customers", text):
        tier = _one(item, found, tier)


def _one(text: str, found: Found, tier: int | None = None) -> int | None:
    """Read one customer; "Cấp 1: A, B" gives its tier to those that follow."""
    scan = Scan(text)
    value: Value = {}
    stated = scan.find(_TIER)
    leads = bool(stated and stated[0].rstrip().endswith(":"))
    if stated:
        scan.cut(*stated.span())
        tier_read = stated["tier"]
        value["tier"] = _ROMAN.get(tier_read) or int(tier_read)
    elif tier:
        value["tier"] = tier
    if match := scan.find(_SHARE):
        share = figure(match["share"])
        if share and not share.ambiguous and share.value <= 100:
            scan.cut(*match.span())
            value["share_percent"] = exact(share.value)
    if match := scan.find(_SINCE):
        year = int(match["since"])
        kept = scan.written(match)
        scan.cut(*match.span())
        if EARLIEST_YEAR <= year <= found.latest_year:
            value["since"] = year
        else:
            found.warn("year_out_of_range", kept, earliest=EARLIEST_YEAR, latest=found.latest_year)
    if product := scan.take_written(_PRODUCT, "product"):
        value["product"] = product.strip(" .,")
    rest = [part for piece in scan.rest("()") for part in piece.split(SEPARATOR)]
    if not rest:
        before = found.values[-1] if found.values and not leads else {}
        details = value.keys() - {"tier"}
        if before and details and not before.keys() & details:
            before |= {part: value[part] for part in details}
        else:
            found.warn("not_understood", text)
        return int(value["tier"]) if leads else tier
    value["name"] = rest[0]
    for extra in rest[1:]:
        code = country_code(extra)
        if code and len(code) == 2 and code != "EU" and "country" not in value:
            value["country"] = code
        else:
            found.warn("not_understood", extra)
    if "country" not in value and (code := _country_of(rest[0])):
        value["country"] = code
    found.values.append(dict(sorted(value.items())))
    return int(value["tier"]) if leads else tier


def _country_of(name: str) -> str | None:
    """The country a name ends on: "Canon VN", "Samsung Việt Nam". The name keeps it."""
    tail = _TAIL.search(name)
    words = tail["country"].split() if tail else []
    for candidate in (" ".join(words), words[-1] if words else ""):
        code = country_code(candidate) if candidate else None
        if code and len(code) == 2 and code != "EU":
            return code
    return None


def _plain(value: Value, language: Language) -> str:
    vi = language == "vi"
    tier = f"{TIERS[str(value['tier'])][not vi]} {'của' if vi else 'of'} " if "tier" in value else ""
    share = f" ({number_text(value['share_percent'], language)}%)" if "share_percent" in value else ""
    details = [f"{tier}{value['name']}{share}"]
    if "country" in value:
        details.append(country_name(value["country"], language))
    if "since" in value:
        details.append(f"{'từ' if vi else 'since'} {value['since']}")
    if "product" in value:
        details.append(f"{'cung cấp' if vi else 'supplying'} {value['product']}")
    return SEPARATOR.join(details)


PARTS = (
    Part("name", "Khách hàng", "Customer", "text", required=True),
    Part("country", "Nước", "Country", "country"),
    Part("tier", "Cấp cung ứng", "Tier", "choice", choices=TIERS),
    Part("share_percent", "Tỷ trọng doanh thu", "Share of sales", "percent"),
    Part("since", "Từ năm", "Since", "year"),
    Part("product", "Sản phẩm cung cấp", "Product supplied", "text"),
)
FIELD = Field("customer", "customers", True, "Khách hàng", "Customers", "market", "officials", 5, PARTS, _read, _plain)
