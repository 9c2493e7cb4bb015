"""The packaged facts about places, read into plain rows.

Derived here, and held by tests: the ten communes that became wards when Đồng Nai became a city
(kinds of 01/07/2025 compared with those of July 2026), the old communes the succession table leaves
blank, one commune that carries two codes.
"""

import csv
import gzip
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from unicodedata import normalize

from matxich.kit.collecting import collecting_seldom
from matxich.rulebook.addresses import Gazetteer, SuccessionRow, UnitRow, ZoneRow
from matxich.rulebook.addresses.model import Edition, Point
from matxich.rulebook.vietnamese.text import fold

DATA = Path(__file__).parent / "data"
START_UNKNOWN = date(1900, 1, 1)
"""Old units are known as they stood before the change of 2025; their own beginnings are not recorded."""
HUE_CITY = date(2025, 1, 1)
TWO_LEVELS = date(2025, 7, 1)
DONG_NAI_CITY = date(2026, 4, 30)

PROVINCES_ACT = "Nghị quyết 202/2025/QH15"
COMMUNES_ACT = "Nghị quyết của Ủy ban Thường vụ Quốc hội ngày 16/6/2025"
DISTRICTS_CLOSED_ACT = "Luật 72/2025/QH15"
CHANGES = {HUE_CITY: "Nghị quyết 175/2024/QH15", DONG_NAI_CITY: "Nghị quyết 30/2026/QH16"}
"""Days on which units only changed their kind or name, and the act."""

MADE_OF = {
    "01": ("01",), "04": ("04",), "08": ("02", "08"), "11": ("11",), "12": ("12",), "14": ("14",),
    "15": ("10", "15"), "19": ("06", "19"), "20": ("20",), "22": ("22",), "24": ("24", "27"),
    "25": ("17", "25", "26"), "31": ("30", "31"), "33": ("33", "34"), "37": ("35", "36", "37"), "38": ("38",),
    "40": ("40",), "42": ("42",), "44": ("44", "45"), "46": ("46",), "48": ("48", "49"), "51": ("51", "62"),
    "52": ("52", "64"), "56": ("56", "58"), "66": ("54", "66"), "68": ("60", "67", "68"), "75": ("70", "75"),
    "79": ("74", "77", "79"), "80": ("72", "80"), "82": ("82", "87"), "86": ("83", "84", "86"),
    "91": ("89", "91"), "92": ("92", "93", "94"), "96": ("95", "96"),
}  # fmt: skip
"""New province to the old ones it was made of, by code (resolution 202/2025/QH15, decision 19/2025/QĐ-TTg)."""
PROVINCE_HEIRS = {old: new for new, olds in MADE_OF.items() for old in olds}

KINDS = frozenset({"phường", "xã", "thị trấn", "đặc khu", "quận", "huyện", "thị xã", "thành phố", "tỉnh"})
_UNITS_2026 = "vn_admin_units_2026.csv.gz"
_UNITS_2025 = "vn_2025_34_units_centroids.csv.gz"
_UNITS_63 = "vn_legacy_63_units.csv.gz"
_SUCCESSIONS = "vn_ward_old_to_new_2025.csv.gz"
_ZONES = "zones.csv"

Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Zone:
    """A row of our own list of zones, with its names; provinces by code on both maps."""

    row: ZoneRow
    name_en: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Succession:
    """Commune to commune on 01/07/2025; for island districts without communes, district to commune."""

    predecessor: str
    successor: str
    whole: bool


@cache
def data_version() -> str:
    """Changes whenever a packaged file or the way it is read changes."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for name in (_UNITS_2026, _UNITS_2025, _UNITS_63, _SUCCESSIONS, _ZONES):
        digest.update((DATA / name).read_bytes())
    return digest.hexdigest()[:16]


@cache
def _read(name: str) -> list[Record]:
    content = (DATA / name).read_bytes()
    if name.endswith(".gz"):
        content = gzip.decompress(content)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def split_kind(full_name: str) -> tuple[str, str]:
    """ "Thị trấn Nếnh" is ("thị trấn", "Nếnh")."""
    words = full_name.split()
    for length in (1, 2):
        kind = " ".join(words[:length]).lower()
        if kind in KINDS:
            return kind, " ".join(words[length:])
    return "", full_name


def _point(record: Record) -> Point | None:
    return (float(record["lat"]), float(record["lon"])) if record["lat"] else None


def _english(name: str) -> str:
    """A name without its marks, capitals kept."""
    bare = normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return bare.encode("ascii", "ignore").decode()


@cache
def units() -> tuple[UnitRow, ...]:
    """Every unit in every period of its kind and name, provinces first."""
    return (*provinces(), *_old_districts(), *_old_communes(), *_new_communes())


@cache
def provinces() -> tuple[UnitRow, ...]:
    """The provinces among them: what every page's filters need, without the fourteen thousand others."""
    return tuple(_provinces())


def _provinces() -> Iterator[UnitRow]:
    new = {r["code"]: r for r in _read(_UNITS_2026) if r["level"] == "province"}
    old = {r["province_code"]: split_kind(r["province"]) for r in _read(_UNITS_63)}
    for code, (kind, name) in sorted(old.items()):
        if code == "46":
            yield _province("63", code, "tỉnh", "Thừa Thiên Huế", START_UNKNOWN, HUE_CITY)
        start = START_UNKNOWN if code != "46" else HUE_CITY
        yield _province("63", code, kind, name, start, TWO_LEVELS)
    names = {r["province_code"]: split_kind(r["province"]) for r in _read(_UNITS_2025)}
    for code, record in sorted(new.items()):
        kind, name = names[code]
        now = split_kind(record["full_name"])[0]
        english = record["name_en"]
        end = DONG_NAI_CITY if now != kind else None
        yield _province("34", code, kind, name, TWO_LEVELS, end, english)
        if end:
            yield _province("34", code, now, name, end, None, english)


def _province(
    edition: Edition,
    code: str,
    kind: str,
    name: str,
    valid_from: date,
    valid_to: date | None,
    english: str = "",
) -> UnitRow:
    return UnitRow(code, "province", edition, kind, name, english or _english(name), "VN", valid_from, valid_to)


def _old_districts() -> Iterator[UnitRow]:
    seen: dict[str, Record] = {}
    for record in _read(_UNITS_63):
        seen.setdefault(record["district_code"], record)
    for code, record in sorted(seen.items()):
        kind, name = split_kind(record["district"])
        yield UnitRow(
            code, "district", "63", kind, name, _english(name), record["province_code"],
            START_UNKNOWN, TWO_LEVELS,
        )  # fmt: skip


def _old_communes() -> Iterator[UnitRow]:
    for record in _read(_UNITS_63):
        if record["ward_code"]:
            kind, name = split_kind(record["ward"])
            yield UnitRow(
                record["ward_code"], "commune", "63", kind, name, _english(name),
                record["district_code"], START_UNKNOWN, TWO_LEVELS, _point(record),
            )  # fmt: skip


def _new_communes() -> Iterator[UnitRow]:
    before = _new_by_code()
    for record in _read(_UNITS_2026):
        if record["level"] == "province":
            continue
        code, parent, english = record["code"], record["province_code"], record["name_en"]
        then = before[code]
        kind, name = split_kind(then["ward"])
        now = split_kind(record["full_name"])[0]
        point, area = _point(then), float(then["area_km2"]) if then["area_km2"] else None
        end = DONG_NAI_CITY if now != kind else None
        yield UnitRow(code, "commune", "34", kind, name, english, parent, TWO_LEVELS, end, point, area)
        if end:
            yield UnitRow(code, "commune", "34", now, name, english, parent, end, None, point, area)


@cache
def _recoded() -> dict[str, str]:
    """Codes of the 2025 files that the list of 2026 carries under another code: same name, same province."""
    listed = {r["code"]: r for r in _read(_UNITS_2026) if r["level"] != "province"}
    fresh = {(r["province_code"], fold(r["full_name"])): code for code, r in listed.items()}
    return {
        r["ward_code"]: fresh[r["province_code"], fold(r["ward"])]
        for r in _read(_UNITS_2025)
        if r["ward_code"] not in listed
    }


def _new_by_code() -> dict[str, Record]:
    return {_recoded().get(r["ward_code"], r["ward_code"]): r for r in _read(_UNITS_2025)}


@cache
def successions() -> tuple[Succession, ...]:
    """What every old commune became. An old commune with several successors was divided."""
    heirs: dict[str, set[str]] = defaultdict(set)
    blanks: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in _read(_SUCCESSIONS):
        new = _recoded().get(record["new_ward_code"], record["new_ward_code"])
        if record["old_ward_code"] and new:
            heirs[record["old_ward_code"]].add(new)
        elif not record["old_ward_code"]:
            blanks[record["old_province"], record["old_district"]].append(record)
    _fill_blanks(heirs, blanks)
    return tuple(Succession(old, new, len(found) == 1) for old, found in sorted(heirs.items()) for new in sorted(found))


def _fill_blanks(heirs: dict[str, set[str]], blanks: dict[tuple[str, str], list[Record]]) -> None:
    """Pairs that differ only by a mark lost their codes in the source.

    Within the district, the blank rows name the successors: one for all, or the one that keeps the
    code, or the one of the same name in the province; otherwise every one of them stays possible.
    """
    missing: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in _read(_UNITS_63):
        code = record["ward_code"] or record["district_code"]
        if code not in heirs and (record["ward_code"] or _alone(record)):
            missing[record["province"], record["district"]].append(record)
    for key, records in missing.items():
        found = {r["new_ward_code"] for r in blanks.get(key, []) if r["new_ward_code"]}
        province = blanks[key][0]["new_province"] if key in blanks else ""
        _settle(heirs, records, found or _namesakes(records, province))


def _alone(record: Record) -> bool:
    return not record["ward_code"]


def _namesakes(records: list[Record], province: str) -> set[str]:
    wanted = {fold(split_kind(r["ward"])[1]) for r in records}
    return {
        r["ward_code"]
        for r in _read(_UNITS_2025)
        if r["province"] == province and fold(split_kind(r["ward"])[1]) in wanted
    }


@cache
def _names_of_2025() -> dict[str, str]:
    return {r["ward_code"]: split_kind(r["ward"])[1] for r in _read(_UNITS_2025)}


def _settle(heirs: dict[str, set[str]], records: list[Record], found: set[str]) -> None:
    names = _names_of_2025()
    left, open_codes = [], set(found)
    for record in records:
        code = record["ward_code"] or record["district_code"]
        name = split_kind(record["ward"])[1]
        same = {new for new in found if new == code or (name and names[new] == name)}
        if len(same) == 1 and len(found) > 1:
            heirs[code] |= same
            open_codes -= same if len(found) == len(records) else set()
        else:
            left.append(code)
    for code in left:
        heirs[code] |= open_codes or found


@cache
def zones() -> tuple[Zone, ...]:
    """Our own list of zones and clusters; district and provinces by name become codes."""
    above = {(u.edition, fold(u.name)): u.code for u in provinces()}
    districts = {(u.parent, fold(f"{u.kind} {u.name}")): u.code for u in units() if u.level == "district"}
    return tuple(_zone(record, above, districts) for record in _read(_ZONES))


def _zone(
    record: Record,
    provinces: dict[tuple[Edition, str], str],
    districts: dict[tuple[str, str], str],
) -> Zone:
    old = provinces["63", fold(record["province_63"])]
    new = provinces["34", fold(record["province_34"])]
    district = districts[old, fold(record["district_63"])] if record["district_63"] else None
    aliases = tuple(filter(None, record["aliases"].split("|")))
    row = ZoneRow(record["kind"], record["name"], old, new, aliases, district)
    return Zone(row, record["name_en"], record["source"], record["confidence"])


def gazetteer(more: Iterable[ZoneRow] = ()) -> Gazetteer:
    """Everything above and `more` zones, indexed for the resolver.

    Half a million small objects that all stay: the collector would only go round them again and again.
    """
    with collecting_seldom():
        pairs = [SuccessionRow(s.predecessor, s.successor, s.whole) for s in successions()]
        return Gazetteer(units(), pairs, [*(zone.row for zone in zones()), *more])
