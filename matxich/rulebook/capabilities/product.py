"""Products with their HS and VSIC codes and the place on the list of priority supporting products.

The list: annex of NĐ 111/2015/NĐ-CP as amended by NĐ 205/2025/NĐ-CP; its codes are filled in by the caller.
"""

import re

from matxich.rulebook.capabilities import codes
from matxich.rulebook.capabilities.figures import exact, figure, number_text
from matxich.rulebook.capabilities.model import SEPARATOR, Field, Found, Language, Part, Problem, Value
from matxich.rulebook.capabilities.scanning import NUMBER, Scan
from matxich.rulebook.lists.splitting import items

_HS = re.compile(r"(?<![a-z0-9])(?:ma )?hs(?: code)?\s*[:.]?\s*(?P<code>[0-9][0-9. ]*[0-9])(?![0-9])")
_BARE_HS = re.compile(r"(?<![\w.,])(?P<code>[0-9]{4}\.[0-9]{2}(?:\.[0-9]{2})?)(?![\w.,]*[0-9])")
_VSIC = re.compile(
    r"(?<![a-z0-9])(?:ma )?(?:vsic|nganh)\s*[:.]?\s*(?P<code>[a-v]?[0-9]{2,5}(?![0-9])"
    r"(?:\s*[(,/]?\s*(?:ban\s*)?(?:2007|2018|2025)\s*\)?(?![0-9]))?)"
)
_PRIORITY = re.compile(
    r"(?<![a-z0-9])(?:san pham uu tien|uu tien|priority(?: product)?)\s*[:.]\s*(?P<code>[^\s,;()\x1f·]+)"
)
_YEARLY = re.compile(
    rf"(?<![\w.,])(?P<amount>{NUMBER}(?:\s*(?:nghin|ngan|trieu|ty|thousand|million)(?![a-z]))?)\s*"
    r"(?P<unit>[a-z][^\d/,;()\x1f·:+]{0,40}?[23]?)\s*/\s*(?:1\s*)?(?P<per>nam|year)(?![a-z0-9])"
)


def _read(text: str, found: Found) -> None:
    if SEPARATOR in text:
        _one(text, found)
        return
    for item in items("products", text):
        _one(item, found, found.values[-1] if found.values else None)


def _one(text: str, found: Found, before: Value | None = None) -> None:
    """Read one product; codes that stand alone belong to the product before."""
    scan = Scan(text)
    value: Value = {}
    if (match := scan.find(_VSIC)) and (vsic := codes.parse_vsic(scan.written(match, "code"))):
        value["vsic"] = vsic
        if "edition" not in vsic:
            found.warn("edition_unknown", scan.written(match))
        scan.cut(*match.span())
    if match := scan.find(_HS) or scan.find(_BARE_HS):
        hs = codes.parse_hs(match["code"])
        if hs and codes.has_chapter(hs):
            value["hs"] = hs
        else:
            found.warn("code_shape", scan.written(match))
        scan.cut(*match.span())
    if priority := scan.take_written(_PRIORITY, "code"):
        value["priority_product"] = priority
    if match := scan.find(_YEARLY):
        amount = figure(match["amount"], "." if match["per"] == "year" else ",")
        if amount and amount.value >= 0:
            value |= {"yearly": exact(amount.value), "unit": scan.written(match, "unit")}
            scan.cut(*match.span())
    rest = [part for piece in scan.rest("()") for part in piece.split(SEPARATOR)]
    if rest:
        value["name"] = rest[0]
        found.leave(rest[1:])
        found.values.append(dict(sorted(value.items())))
    elif before and value and not before.keys() & value.keys():
        before |= value
    else:
        found.warn("not_understood", text)


def _plain(value: Value, language: Language) -> str:
    vi = language == "vi"
    details = [value["name"]]
    if "hs" in value:
        details.append(f"HS {codes.format_hs(value['hs'])}")
    if vsic := value.get("vsic"):
        edition = f" ({vsic['edition']})" if "edition" in vsic else ""
        details.append(f"VSIC {vsic['code']}{edition}")
    if "priority_product" in value:
        details.append(f"{'sản phẩm ưu tiên' if vi else 'priority product'}: {value['priority_product']}")
    if "yearly" in value:
        details.append(f"{number_text(value['yearly'], language)} {value.get('unit', '')}/{'năm' if vi else 'year'}")
    elif "unit" in value:
        details.append(value["unit"])
    return SEPARATOR.join(details)


def _faults(value: Value, latest_year: int) -> list[Problem]:
    return [Problem("missing", "unit")] if "yearly" in value and "unit" not in value else []


PARTS = (
    Part("name", "Sản phẩm", "Product", "text", required=True),
    Part("hs", "Mã HS", "HS code", "hs"),
    Part("vsic", "Mã ngành", "Industry code", "vsic"),
    Part("priority_product", "Sản phẩm ưu tiên", "Priority product", "text"),
    Part("unit", "Đơn vị tính", "Unit", "text"),
    Part("yearly", "Sản lượng mỗi năm", "Made a year", "decimal"),
)
FIELD = Field(
    "product", "products", True, "Sản phẩm", "Products", "activity", "public", 8, PARTS, _read, _plain, _faults
)
