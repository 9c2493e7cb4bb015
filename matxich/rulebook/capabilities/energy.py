"""Energy: electricity used a year, sources, solar power on the roof, an energy audit."""

import re

from matxich.rulebook.capabilities.figures import exact, figure, number_text
from matxich.rulebook.capabilities.model import Field, Found, Language, Part, Problem, Value
from matxich.rulebook.capabilities.scanning import NUMBER, Scan

SOURCES: dict[str, tuple[str, str]] = {
    "grid": ("điện lưới", "grid"),
    "solar": ("điện mặt trời", "solar"),
    "wind": ("điện gió", "wind"),
    "gas": ("khí đốt", "gas"),
    "diesel": ("dầu diesel", "diesel"),
    "coal": ("than", "coal"),
    "biomass": ("sinh khối", "biomass"),
}
_WORDS = {
    "solar": r"(?:dien |nang luong )?mat troi(?: ap mai)?|solar(?: power)?|pin mat troi",
    "grid": r"dien luoi(?: quoc gia)?|evn|grid",
    "wind": r"dien gio|wind",
    "gas": r"khi dot|lpg|cng|lng|gas",
    "diesel": r"dau (?:do|diesel)|diesel|dau",
    "coal": r"than(?: da)?|coal",
    "biomass": r"sinh khoi|biomass|trau|mun cua",
}
_SOURCE = {source: re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])") for source, words in _WORDS.items()}
_SCALE = r"(?:\s*(?:nghin|ngan|trieu|tr|ty|thousand|million)(?![a-z]))?"
_USE = re.compile(
    rf"(?<![\w.,])(?P<amount>{NUMBER}{_SCALE})\s*(?P<unit>kwh|mwh|gwh)\s*(?:/|moi|mot|per|a)\s*(?P<per>nam|year|thang|month)"
    r"(?![a-z0-9])"
)
_PEAK = re.compile(rf"(?<![\w.,])(?P<amount>{NUMBER})\s*(?P<unit>kwp|mwp)(?![a-z0-9])")
_NO_AUDIT = re.compile(
    r"(?<![a-z0-9])(?:chua|khong|not|no)\s+(?:duoc\s+)?(?:kiem toan(?: nang luong)?|(?:energy[ -])?audit(?:ed)?)"
)
_AUDIT = re.compile(
    r"(?<![a-z0-9])(?:(?:da|co|duoc)\s+)*(?:kiem toan(?: nang luong)?|(?:energy[ -])?audit(?:ed)?)(?![a-z0-9])"
)
_FILLERS = re.compile(
    r"(?<![a-z0-9])(?:su dung|dung|dien|tieu thu|nang luong|uses?|power|electricity|cong suat)(?![a-z0-9])"
)
_KWH = {"kwh": 1, "mwh": 1000, "gwh": 10**6, "kwp": 1, "mwp": 1000}


def _read(text: str, found: Found) -> None:
    scan = Scan(text)
    value: Value = {}
    if (match := scan.find(_USE)) and (amount := _amount(match, found)):
        yearly = amount if match["per"] in ("nam", "year") else None
        if yearly:
            scan.cut(*match.span())
            value["kwh_per_year"] = yearly
    if (match := scan.find(_PEAK)) and (amount := _amount(match, found)):
        scan.cut(*match.span())
        value["solar_kwp"] = amount
    if scan.take(_NO_AUDIT):
        value["audited"] = False
    elif scan.take(_AUDIT):
        value["audited"] = True
    places = sorted((match.start(), source) for source, one in _SOURCE.items() if (match := scan.take(one)))
    if places:
        value["sources"] = [source for _, source in places]
    found.keep(value if value else None, text, scan.left(_FILLERS))


def _amount(match: re.Match[str], found: Found) -> str | None:
    per = match.groupdict().get("per") or ""
    number = figure(match["amount"], "." if per in ("year", "month") else "," if per else None)
    if number is None:
        return None
    if number.ambiguous:
        found.warn("ambiguous_number", match[0])
    return exact(number.value * _KWH[match["unit"]])


def _plain(value: Value, language: Language) -> str:
    english = language == "en"
    words = [", ".join(SOURCES[source][english] for source in value["sources"])] if "sources" in value else []
    if "kwh_per_year" in value:
        words.append(f"{number_text(value['kwh_per_year'], language)} kWh/{'year' if english else 'năm'}")
    if "solar_kwp" in value:
        words.append(f"{number_text(value['solar_kwp'], language)} kWp")
    if "audited" in value:
        done, missing = (
            ("energy audited", "no energy audit")
            if english
            else ("đã kiểm toán năng lượng", "chưa kiểm toán năng lượng")
        )
        words.append(done if value["audited"] else missing)
    return ", ".join(words)


def _faults(value: Value, latest_year: int) -> list[Problem]:
    if not value:
        return [Problem("nothing_stated")]
    if not set(value.get("sources", ())) <= SOURCES.keys():
        return [Problem("not_a_choice", "sources")]
    return []


PARTS = (
    Part("sources", "Nguồn năng lượng", "Sources", "texts"),
    Part("kwh_per_year", "Điện dùng mỗi năm (kWh)", "Electricity a year (kWh)", "decimal"),
    Part("solar_kwp", "Điện mặt trời (kWp)", "Solar power (kWp)", "decimal", high=10**7),
    Part("audited", "Đã kiểm toán năng lượng", "Energy audited", "yes_no"),
)
FIELD = Field(
    "energy",
    "",
    False,
    "Năng lượng",
    "Energy",
    "scale",
    "officials",
    1,
    PARTS,
    _read,
    _plain,
    _faults,
    no_is_said=False,
)
