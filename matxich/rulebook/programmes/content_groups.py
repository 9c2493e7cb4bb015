"""Groups of contents a programme pays for: five of the supporting-industries programme, nine of industrial promotion.

Industrial promotion: NĐ 45/2012/NĐ-CP Đ4. The five: as the national council named them in 2025, their article not seen.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from matxich.rulebook.law.faults import BadValue, Repeated
from matxich.rulebook.law.instruments import CONFIDENCE, Citation, Instrument, citation
from matxich.rulebook.law.reading import Read, parsed

PROGRAMMES: Mapping[str, str] = {
    "cnht_national": "cnht",
    "cnht_city": "cnht",
    "kc_national": "kc",
    "kc_local": "kc",
    "sponsor": "",
}
"""Kind of programme → whose groups it may use; a sponsor's programme may use all."""
_NEEDED = ("id", "programme", "vi", "en", "article", "confidence", "supports")
_KEYS = (*_NEEDED, "needs_check", "note_vi", "note_en")


@dataclass(frozen=True, slots=True)
class ContentGroup:
    """`supports`: ids of the law's supports that belong here; empty where the law gives no level of its own."""

    id: str
    programme: str
    vi: str
    en: str
    article: Citation
    confidence: str
    supports: tuple[str, ...]
    needs_check: tuple[str, ...] = ()
    note_vi: str = ""
    note_en: str = ""

    def name(self, language: str) -> str:
        """Vietnamese for "vi", English for every other language: the law has no names in more."""
        return self.vi if language == "vi" else self.en


def content_groups(
    file: str, text: str, supports: Collection[str], instruments: Mapping[str, Instrument]
) -> Mapping[str, ContentGroup]:
    """By id, in the order of the file. LawFault subclasses name what is wrong and where."""
    found: dict[str, ContentGroup] = {}
    for place in parsed(file, text).items():
        group = _group(place, supports, instruments)
        if group.id in found:
            raise place.fault(Repeated, f"“{group.id}” có hai lần.", f"“{group.id}” stands twice.")
        found[group.id] = group
    return MappingProxyType(found)


def _group(place: Read, supports: Collection[str], instruments: Mapping[str, Instrument]) -> ContentGroup:
    keys = place.keys(_KEYS, needed=_NEEDED)
    return ContentGroup(
        id=_code(keys["id"]),
        programme=keys["programme"].choice(("cnht", "kc")),
        vi=keys["vi"].text(),
        en=keys["en"].text(),
        article=citation(keys["article"], instruments),
        confidence=keys["confidence"].choice(CONFIDENCE),
        supports=tuple(each.choice(supports) for each in keys["supports"].items()),
        needs_check=tuple(each.choice(instruments) for each in keys["needs_check"].items())
        if "needs_check" in keys
        else (),
        note_vi=keys["note_vi"].text() if "note_vi" in keys else "",
        note_en=keys["note_en"].text() if "note_en" in keys else "",
    )


def _code(place: Read) -> str:
    if not 0 < len(said := place.text()) <= 20:
        raise place.fault(BadValue, "Mã từ 1 đến 20 ký tự.", "A code has 1 to 20 letters.")
    return said


def groups_for(groups: Mapping[str, ContentGroup], kind: str) -> tuple[ContentGroup, ...]:
    """Those a kind of programme may use."""
    whose = PROGRAMMES[kind]
    return tuple(group for group in groups.values() if not whose or group.programme == whose)


def supports_of(groups: Mapping[str, ContentGroup], chosen: Iterable[str]) -> tuple[str, ...]:
    """Ids of the law's supports that the chosen groups pay for, each once."""
    return tuple(dict.fromkeys(each for code in chosen if code in groups for each in groups[code].supports))


def unknown_groups(groups: Mapping[str, ContentGroup], chosen: Iterable[str], kind: str) -> list[str]:
    """Those chosen that a kind of programme may not use; nothing when all fit."""
    allowed = {group.id for group in groups_for(groups, kind)}
    return [code for code in chosen if code not in allowed]
