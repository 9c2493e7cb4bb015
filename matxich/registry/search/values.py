"""What people call the values of filters, and what to call them on a screen."""

from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from urllib.parse import quote_plus

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz, process

from matxich.kit.refusals import Refusal
from matxich.places import reference
from matxich.places.queries import match_province
from matxich.registry.models import Source
from matxich.registry.search import enterprises, store
from matxich.registry.search.concepts import SCHEMES
from matxich.registry.search.counting import stored_values
from matxich.registry.search.days import OLDER, UNKNOWN, VALID
from matxich.registry.search.document import FRESHNESS, VALIDITY
from matxich.registry.search.query import Boundaries
from matxich.registry.search.store import Unavailable
from matxich.registry.states import Size, Verification
from matxich.registry.taxonomy import spoken, taxonomy
from matxich.rulebook.taxonomy import LANGUAGES, Scheme, map_text
from matxich.rulebook.vietnamese.text import sort_key, words


class UnknownValue(Refusal):
    """A filter was given a value nothing is called by."""

    code = "unknown_value"


_SIZES = {
    "micro": ("siêu nhỏ", "micro"),
    "small": ("nhỏ", "small"),
    "medium": ("vừa", "medium"),
    "large": ("lớn", "large", "big"),
    "unknown": ("chưa xác định", "unknown"),
}
_LEVELS = {
    "0": ("tự khai", "declared", "self-declared"),
    "1": ("theo danh sách", "danh sách", "list"),
    "2": ("có giấy tờ", "giấy tờ", "document"),
    "3": ("đã khảo sát", "khảo sát", "visit"),
    "4": ("đã kiểm tra, đánh giá", "kiểm tra", "audit"),
}
_YES_NO = {
    "1": ("có", "yes", "true", "in", "trong danh mục", "trong danh mục CNHT"),
    "0": ("không", "no", "false", "out", "ngoài danh mục", "không thuộc danh mục CNHT"),
}
_COMMUNE_KINDS = ("phuong ", "xa ", "thi tran ", "dac khu ")
_TITLES = {
    "province": gettext_lazy("Tỉnh, thành phố"),
    "commune": gettext_lazy("Xã, phường"),
    "zone": gettext_lazy("Khu, cụm công nghiệp"),
    "size": gettext_lazy("Quy mô"),
    "sector": gettext_lazy("Lĩnh vực"),
    "process": gettext_lazy("Công đoạn"),
    "material": gettext_lazy("Vật liệu"),
    "certificate": gettext_lazy("Chứng chỉ"),
    "source": gettext_lazy("Nguồn thông tin"),
    "in_programme": gettext_lazy("Danh mục CNHT"),
    "verified": gettext_lazy("Mức kiểm chứng"),
    VALIDITY: gettext_lazy("Hiệu lực chứng chỉ"),
    FRESHNESS: gettext_lazy("Độ mới của thông tin"),
}
_EVERYTHING = {"tat ca", "all", "everything"}
_AGES = {
    "6": ("trong 6 tháng", "6 tháng", "6 months"),
    "12": ("12 tháng", "từ 6 đến 12 tháng", "12 months"),
    "24": ("24 tháng", "từ 12 đến 24 tháng", "24 months"),
    OLDER: ("trên 24 tháng", "cũ hơn", "older"),
    UNKNOWN: ("chưa rõ ngày", "chưa rõ", "unknown"),
}
_VALIDITY = {
    VALID: ("còn hiệu lực", "valid"),
    UNKNOWN: ("chưa rõ thời hạn", "không rõ thời hạn", "unknown"),
}
_TABLES: dict[str, Mapping[str, tuple[str, ...]]] = {
    "size": _SIZES,
    "verified": _LEVELS,
    FRESHNESS: _AGES,
    VALIDITY: _VALIDITY,
}
SURE = 0.7
NEAR, NEARLY = 5, 75
EXAMPLES = 20


def resolve(name: str, given: str, boundaries: Boundaries = "34") -> tuple[str, ...]:
    """The codes that one given value of a filter stands for: an id, a code, a label or a synonym, in any spelling.

    Raises UnknownValue, naming what would be understood.
    """
    found = _find(name, given, boundaries)
    if found:
        return found
    message = _("Không có giá trị “%(value)s” cho bộ lọc %(name)s.") % {"value": given[:80], "name": title(name)}
    if near := _near(name, given, boundaries):
        raise UnknownValue(message, _("Gần giống: %(values)s.") % {"values": ", ".join(near)})
    known = ", ".join(_examples(name, boundaries)[:EXAMPLES])
    raise UnknownValue(message, _("Có thể dùng: %(values)s.") % {"values": known} if known else "")


def labels(name: str, values: Collection[str], boundaries: Boundaries = "34") -> dict[str, str]:
    """What to show for each code; a code nobody knows is shown as it is."""
    known: dict[str, str] = {}
    match name:
        case "province" | "commune":
            known = {code: label for code in values if (label := _units(name, boundaries).get(code))}
        case "size":
            known = {value: str(label) for value, label in Size.choices}
        case _ if name in SCHEMES:
            concepts, language = taxonomy(), spoken()
            known = {code: capfirst(concepts.concept(code).label(language)) for code in values if code in concepts}
        case "verified":
            known = {str(value): str(label) for value, label in Verification.choices}
        case "freshness":
            known = {
                "6": _("Trong 6 tháng"),
                "12": _("Từ 6 đến 12 tháng"),
                "24": _("Từ 12 đến 24 tháng"),
                OLDER: _("Trên 24 tháng"),
                UNKNOWN: _("Chưa rõ ngày"),
            }
        case "validity":
            known = {VALID: _("Còn hiệu lực"), UNKNOWN: _("Chưa rõ thời hạn")}
        case "in_programme":
            known = {"1": _("Trong danh mục CNHT"), "0": _("Không thuộc danh mục CNHT")}
        case "source":
            ids = [int(value) for value in values if value.isdecimal() and len(value) < 19]
            known = {
                str(source): label for source, label in Source.objects.filter(id__in=ids).values_list("id", "name")
            }
    return {value: known.get(value, value) for value in values}


def title(name: str) -> str:
    """What the filter is called."""
    return str(_TITLES[name])


@lru_cache(maxsize=4_096)
def in_address(name: str, value: str) -> str:
    """One value as a parameter of an address."""
    return f"{name}={quote_plus(value)}"


def _find(name: str, given: str, boundaries: Boundaries) -> tuple[str, ...]:
    key = _key(given)
    match name:
        case "province":
            return (given,) if given in _units("province", boundaries) else match_province(given, boundaries)
        case "commune":
            return _communes(key, boundaries)
        case "size":
            return _synonym(_SIZES, key.removeprefix("doanh nghiep ").removeprefix("dn "))
        case "verified" | "freshness" | "validity":
            return _synonym(_TABLES[name], key)
        case "in_programme":
            return ("1", "0") if key in _EVERYTHING else _synonym(_YES_NO, key)
        case "source":
            return tuple(str(source) for source, spelt in _sources() if key in (str(source), spelt))
        case "sector":
            return _sectors(key, given)
        case "zone":
            return tuple(value for value in _all_stored("zone") if _key(value) == key)
        case _ if name in SCHEMES:
            return _concepts(name, given)
    return ()


def _concepts(name: str, given: str) -> tuple[str, ...]:
    """By code or by any name in four languages; a name of several concepts stands for all of them."""
    concepts, scheme = taxonomy(), SCHEMES[name]
    if given in concepts:
        return (given,) if concepts.concept(given).scheme == scheme else ()
    found = map_text(concepts, given, language=spoken(), schemes=(scheme,))
    if found.span and _digits(found.text[: found.span[0]] + found.text[found.span[1] :]):
        # Another number is another standard or grade: "ISO 99999" is not ISO in general.
        return ()
    others = [other.concept.code for other in found.alternatives] if found.verdict == "ambiguous" else []
    return (found.concept.code, *others) if found.concept else ()


def _digits(text: str) -> bool:
    return any(map(str.isdecimal, text))


def _sectors(key: str, given: str) -> tuple[str, ...]:
    """Sectors as lists write them: those spelt so, and all that the taxonomy reads as the sector or a part of it."""
    asked = given if given in taxonomy() else _sector(given)
    wide = {asked, *(taxonomy().descendants(asked) if asked else ())} - {""}
    return tuple(value for value in _all_stored("sector") if _key(value) == key or _sector(value) in wide)


@lru_cache(maxsize=4_096)
def _sector(text: str) -> str:
    """The sector of the taxonomy that a text names in any language, "" where that is not sure."""
    found = map_text(taxonomy(), text, language="vi", schemes=(Scheme.SECTORS,))
    return found.concept.code if found.concept and found.verdict == "mapped" and found.confidence >= SURE else ""


def _synonym(table: Mapping[str, tuple[str, ...]], key: str) -> tuple[str, ...]:
    return tuple(code for code, names in table.items() if key == code or key in (_key(name) for name in names))


def _key(text: str) -> str:
    return " ".join(words(text))


def _communes(key: str, boundaries: Boundaries) -> tuple[str, ...]:
    """By code, or by name with or without its kind; every commune of that name."""
    units = _units("commune", boundaries)
    if key in units:
        return (key,)
    bare = next((key.removeprefix(kind) for kind in _COMMUNE_KINDS if key.startswith(kind)), key)
    return tuple(code for code, label in units.items() if _key(label) in (key, bare))


@cache
def _units(level: str, boundaries: Boundaries) -> dict[str, str]:
    """Code → name on one map; the latest name where it changed."""
    chosen = [unit for unit in reference.units() if unit.level == level and unit.edition == boundaries]
    return {unit.code: unit.name for unit in sorted(chosen, key=lambda unit: (unit.code, unit.valid_from))}


def _sources() -> list[tuple[int, str]]:
    return [(source, _key(name)) for source, name in Source.objects.order_by("id").values_list("id", "name")]


def _all_stored(name: str) -> list[str]:
    try:
        opened = store.opened()
    except Unavailable:
        visible = enterprises.visible().exclude(**{name: ""})
        return list(visible.order_by(name).values_list(name, flat=True).distinct())
    known: list[str] | None = opened.answers.get(("stored", name))
    if known is None:
        known = opened.answers[("stored", name)] = stored_values(opened.searcher, name)
    return known


def _near(name: str, given: str, boundaries: Boundaries) -> list[str]:
    """Values whose names share a word with it, or else are written nearly so."""
    if name in SCHEMES:
        language = spoken()
        named = {
            _key(also): capfirst(concept.label(language))
            for concept in taxonomy().of(SCHEMES[name])
            for tongue in LANGUAGES
            for also in concept.names(tongue)
        }
    else:
        named = {_key(label): label for label in _examples(name, boundaries)}
    key = _key(given)
    akin = [spelt for spelt in named if not set(key.split()).isdisjoint(spelt.split())]
    cutoff = 0 if akin else NEARLY
    found = process.extract(key, akin or named.keys(), scorer=fuzz.ratio, score_cutoff=cutoff, limit=4 * NEAR)
    return list(dict.fromkeys(named[spelt] for spelt, _score, _at in found))[:NEAR]


def _examples(name: str, boundaries: Boundaries) -> list[str]:
    match name:
        case "province":
            return sorted(_units(name, boundaries).values(), key=sort_key)
        case _ if name in _TABLES:
            return [names[0] for names in _TABLES[name].values()]
        case "in_programme":
            return [_("có"), _("không"), _("tất cả")]
        case "source":
            return list(Source.objects.order_by("key").values_list("name", flat=True))
        case "sector" | "zone":
            return _all_stored(name)
        case _ if name in SCHEMES:
            concepts, language = taxonomy().of(SCHEMES[name]), spoken()
            return [capfirst(concept.label(language)) for concept in concepts if not concept.broader]
    return []
