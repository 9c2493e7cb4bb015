"""Digital tools: planning, shop floor, design software, and a level from 0 to 5 in words of our own."""

import re

from matxich.rulebook.capabilities.model import Field, Found, Language, Part, Problem, Value
from matxich.rulebook.capabilities.scanning import Scan, words_only
from matxich.rulebook.vietnamese.text import fold

LEVELS: dict[str, tuple[str, str]] = {
    "0": ("làm trên giấy", "on paper"),
    "1": ("có ghi lại", "recorded"),
    "2": ("thấy được trong ngày", "visible the same day"),
    "3": ("các khâu nối với nhau", "linked"),
    "4": ("dự báo được", "predicts"),
    "5": ("tự điều chỉnh", "adjusts itself"),
}
_CAD = (
    *("AutoCAD", "SolidWorks", "Inventor", "CATIA", "Creo", "Pro/E", "NX", "Unigraphics", "Solid Edge", "Fusion 360"),
    *("Mastercam", "PowerMill", "Cimatron", "TopSolid", "Edgecam", "GibbsCAM", "Esprit", "hyperMILL", "SolidCAM"),
    *("Moldflow", "Moldex3D", "Ansys", "Abaqus", "Rhino", "SketchUp", "Altium Designer", "OrCAD", "EPLAN", "Zuken"),
)
_ERP = (
    *("SAP Business One", "SAP B1", "SAP", "Oracle NetSuite", "Oracle", "Odoo", "Microsoft Dynamics", "Dynamics 365"),
    *("Infor", "Bravo", "Fast", "MISA AMIS", "MISA", "Epicor", "IFS", "LinkQ", "1C"),
)
_NAMES = {fold(name): name for name in (*_CAD, *_ERP)}
_CAD_NAME = words_only(*(re.escape(fold(name)) for name in _CAD))
_ERP_NAME = words_only(*(re.escape(fold(name)) for name in _ERP))
_LABEL = {
    "erp": re.compile(r"(?<![a-z0-9])(?:erp)\s*[:=]?\s*(?P<name>(?<=[:= ])[^,;·\x1f()]+)?"),
    "mes": re.compile(r"(?<![a-z0-9])(?:mes)\s*[:=]?\s*(?P<name>(?<=[:= ])[^,;·\x1f()]+)?"),
}
_CAD_LABEL = re.compile(r"(?<![a-z0-9])(?:cad ?/ ?cam|cad|cam|phan mem thiet ke)\s*[:=]\s*(?P<names>[^;·\x1f()]+)")
_LEVEL = re.compile(r"(?<![a-z0-9])(?:muc(?: do)?|cap(?: do)?|level)\s*[:=]?\s*(?P<level>[0-5])(?![0-9.,])")
_FILLERS = re.compile(
    r"(?<![a-z0-9])(?:co|dung|su dung|da|phan mem|he thong|cad ?/ ?cam|cad|cam|uses?|software|va|and)(?![a-z0-9])"
)


def _read(text: str, found: Found) -> None:
    scan = Scan(text)
    value: Value = {}
    if match := scan.take(_LEVEL):
        value["level"] = int(match["level"])
    for code, words in LEVELS.items():
        if value.get("level", int(code)) == int(code) and scan.take(
            re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(fold, words))})(?![a-z0-9])")
        ):
            value["level"] = int(code)
    for part, pattern in _LABEL.items():
        if match := scan.find(pattern):
            value[part] = scan.written(match, "name").strip(" .") or part.upper()
            scan.cut(*match.span())
    cad: list[str] = []
    if match := scan.find(_CAD_LABEL):
        cad = [name for one in scan.written(match, "names").split(",") if (name := one.strip(" ."))]
        scan.cut(*match.span())
    while match := scan.take(_CAD_NAME):
        cad.append(_NAMES[match[0]])
    if cad:
        value["cad"] = list(dict.fromkeys(cad))
    if "erp" not in value and (match := scan.take(_ERP_NAME)):
        value["erp"] = _NAMES[match[0]]
    found.keep(value if value else None, text, scan.left(_FILLERS))


def _plain(value: Value, language: Language) -> str:
    english = language == "en"
    words = [
        part.upper() + (f": {value[part]}" if value[part] != part.upper() else "")
        for part in ("erp", "mes")
        if part in value
    ]
    if "cad" in value:
        words.append(f"CAD/CAM: {', '.join(value['cad'])}")
    if "level" in value:
        words.append(f"{'level' if english else 'mức'} {value['level']} ({LEVELS[str(value['level'])][english]})")
    return "; ".join(words)


def _faults(value: Value, latest_year: int) -> list[Problem]:
    return [] if value else [Problem("nothing_stated")]


PARTS = (
    Part("erp", "Phần mềm quản trị (ERP)", "Planning software (ERP)", "text"),
    Part("mes", "Điều hành sản xuất (MES)", "Shop-floor software (MES)", "text"),
    Part("cad", "Phần mềm thiết kế, gia công (CAD/CAM)", "Design software (CAD/CAM)", "texts"),
    Part("level", "Mức chuyển đổi số", "Digital level", "choice", choices=LEVELS),
)
FIELD = Field(
    "digital", "", False, "Công cụ số", "Digital tools", "capability", "officials", 2, PARTS, _read, _plain, _faults
)
