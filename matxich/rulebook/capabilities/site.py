"""Sites: what stands where. The commune is filled in by whoever resolves the address."""

import re
from decimal import Decimal

from matxich.rulebook.capabilities.figures import bare_number, exact, figure
from matxich.rulebook.capabilities.model import Field, Found, Language, Part, Value
from matxich.rulebook.capabilities.scanning import NUMBER, Scan, trimmed

KINDS: dict[str, tuple[str, str]] = {
    "factory": ("nhà máy", "factory"),
    "office": ("văn phòng", "office"),
    "warehouse": ("kho", "warehouse"),
}
_KIND_WORDS = {
    "factory": r"nha may|nha xuong|xuong(?: san xuat)?|phan xuong|co so san xuat|factory|plant|workshop",
    "office": r"van phong(?: dai dien)?|tru so(?: chinh)?|vpdd|(?:head )?office",
    "warehouse": r"nha kho|kho(?: hang)?|warehouse",
}
_KIND = {kind: re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])") for kind, words in _KIND_WORDS.items()}
_AREA = re.compile(
    rf"[(,]?\s*(?:(?:dien tich|area)\s*[:.]?\s*)?(?<![\w.,])(?P<area>{NUMBER})\s*"
    r"(?P<unit>m2|m²|met vuong|sqm|ha|hecta)(?![a-z0-9])\s*\)?"
)
_ZONE = re.compile(
    r"(?<![a-z0-9])(?:(?:kcn|ccn|kcx|kcnc|kkt|khu cong nghiep|cum cong nghiep|khu che xuat"
    r"|khu cong nghe cao|khu kinh te) [^,;()\x1f·-]+"
    r"|[a-z][a-z ]{1,40} (?:industrial (?:park|zone|cluster)|ip|iz)(?![a-z]))"
)
_NAME = re.compile(r"^(?P<name>[^:,]{2,80}):\s*(?=\S)")


def _read(text: str, found: Found) -> None:
    scan = Scan(text)
    value: Value = {}
    if match := scan.find(_AREA):
        area = figure(match["area"])
        if area:
            if area.ambiguous and match["unit"] in ("ha", "hecta"):
                found.warn("ambiguous_number", scan.written(match))
            scale = 10_000 if match["unit"] in ("ha", "hecta") else 1
            scan.cut(*match.span())
            value["area_m2"] = exact(area.value * Decimal(scale))
    if name := scan.take_written(_NAME, "name"):
        value["name"] = name
    if match := scan.find(_ZONE):
        value["zone"] = trimmed(scan.written(match))
    said = Scan(value.get("name", ""))
    kinds = [kind for kind, pattern in _KIND.items() if said.find(pattern)]
    if kinds:
        value["kind"] = kinds[0]
    address = ", ".join(scan.rest())
    if not address:
        found.warn("not_understood", text)
        return
    value["address"] = address
    found.values.append(dict(sorted(value.items())))


def _plain(value: Value, language: Language) -> str:
    name = f"{value['name']}: " if "name" in value else ""
    area = f" ({bare_number(value['area_m2'], language)} m2)" if "area_m2" in value else ""
    return f"{name}{value['address']}{area}"


PARTS = (
    Part("name", "Tên cơ sở", "Site", "text"),
    Part("address", "Địa chỉ", "Address", "text", required=True),
    Part("zone", "Khu, cụm công nghiệp", "Industrial zone", "text"),
    Part("area_m2", "Diện tích (m²)", "Floor area (m²)", "decimal", high=10**9),
    Part("kind", "Loại cơ sở", "Kind of site", "choice", choices=KINDS),
    Part("commune", "Mã xã", "Commune code", "code", silent=True),
)
FIELD = Field("site", "site_address", True, "Cơ sở sản xuất", "Sites", "place", "public", 4, PARTS, _read, _plain)
