"""Ownership: private, foreign, state and so on, the foreign share and where it comes from."""

import re
from decimal import Decimal

from matxich.rulebook.capabilities.countries import countries_in, country_name
from matxich.rulebook.capabilities.figures import exact, figure, number_text
from matxich.rulebook.capabilities.model import Field, Found, Language, Part, Problem, Value
from matxich.rulebook.capabilities.scanning import NUMBER, Scan

KINDS: dict[str, tuple[str, str]] = {
    "private": ("tư nhân trong nước", "domestic private"),
    "fdi": ("vốn đầu tư nước ngoài", "foreign-invested"),
    "state": ("nhà nước", "state-owned"),
    "joint_venture": ("liên doanh", "joint venture"),
    "cooperative": ("hợp tác xã", "cooperative"),
    "household": ("hộ kinh doanh", "household business"),
}
# In the order they are tried: a joint venture also names foreign capital.
_WORDS = {
    "joint_venture": r"lien doanh|joint[ -]venture|jv",
    "household": r"ho kinh doanh(?: ca the)?|hkd|household(?: business)?",
    "cooperative": r"lien hiep hop tac xa|hop tac xa|htx|cooperative",
    "fdi": r"(?:von )?(?:dau tu )?nuoc ngoai|von dau tu nuoc ngoai|fdi|foreign(?:[ -](?:owned|invested))?|fie",
    "state": r"(?:von )?nha nuoc|quoc doanh|state(?:[ -]owned)?|soe|dnnn",
    # A legal form (TNHH, cổ phần) or "trong nước" does not say who owns it.
    "private": r"tu nhan(?: trong nuoc)?|dntn|dan doanh|ngoai nha nuoc|domestic private|private",
}
_KIND = {
    kind: re.compile(rf"(?<![a-z0-9])(?:doanh nghiep\s+|cong ty\s+|dn\s+)?(?:{words})(?![a-z0-9])")
    for kind, words in _WORDS.items()
}
_SHARE = re.compile(rf"(?<![\w.,])(?P<share>{NUMBER})\s*(?:%|phan tram)")
_VIET = re.compile(r"(?<![a-z0-9])viet(?![a-z0-9])")
_FILLERS = re.compile(
    r"(?<![a-z0-9])(?:von|cua|tu|dau tu|so huu|nuoc|doanh nghiep|cong ty|voi|owned|by|capital|from)(?![a-z0-9])"
)


def _read(text: str, found: Found) -> None:
    scan = Scan(text)
    value: Value = {}
    share = None
    if match := scan.find(_SHARE):
        share = figure(match["share"])
        if share and not share.ambiguous and share.value <= 100:
            scan.cut(*match.span())
        else:
            share = None
    for kind, pattern in _KIND.items():
        if scan.take(pattern):
            value["kind"] = kind
            break
    abroad = [one for one in countries_in(scan.folded, scan.original) if one[2] != "VN"]
    if abroad and value.get("kind") in (None, "fdi", "joint_venture"):
        start, end, code = abroad[0]
        if len(code) == 2 and code != "EU":
            scan.cut(start, end)
            value["country"] = code
            value.setdefault("kind", "fdi")
    if value.get("kind") == "joint_venture":
        for start, end, code in countries_in(scan.folded, scan.original):
            if code in ("VN", value.get("country")):
                scan.cut(start, end)
        scan.take(_VIET)
    if share is not None:
        if value.get("kind") in ("fdi", "joint_venture"):
            value["foreign_percent"] = exact(share.value)
        elif share.value != 100 or "kind" not in value:
            # Who holds the rest is not said.
            found.warn("not_understood", f"{exact(share.value)}%")
    found.keep(value if "kind" in value else None, text, scan.left(_FILLERS))


def _plain(value: Value, language: Language) -> str:
    words = [KINDS[value["kind"]][language == "en"]]
    if "foreign_percent" in value and value["kind"] in ("fdi", "joint_venture"):
        words.append(f"{number_text(value['foreign_percent'], language)}%")
    if "country" in value:
        words.append(country_name(value["country"], language))
    return " ".join(words[:1]) + (f" ({', '.join(words[1:])})" if words[1:] else "")


def _faults(value: Value, latest_year: int) -> list[Problem]:
    foreign = Decimal(value.get("foreign_percent", "0"))
    if value["kind"] == "fdi" and "foreign_percent" in value and not foreign:
        return [Problem("does_not_fit_kind", "foreign_percent")]
    if value["kind"] in ("cooperative", "household") and foreign:
        return [Problem("does_not_fit_kind", "foreign_percent")]
    if value["kind"] == "joint_venture" and foreign == 100:
        return [Problem("does_not_fit_kind", "foreign_percent")]
    return [Problem("does_not_fit_kind", "country")] if value["kind"] == "fdi" and value.get("country") == "VN" else []


PARTS = (
    Part("kind", "Loại sở hữu", "Ownership", "choice", required=True, choices=KINDS),
    Part("foreign_percent", "Tỷ lệ vốn nước ngoài", "Foreign share", "percent"),
    Part("country", "Nước đầu tư", "Investor's country", "country"),
)
FIELD = Field(
    "ownership", "legal_form", False, "Sở hữu", "Ownership", "identity", "public", 4, PARTS, _read, _plain, _faults
)
