"""What a stored passport says, as the index wants it: words that may be searched, concepts, certificates with days.

A field holds texts of lists, or structured values stated by people and documents (`rulebook.capabilities.fields`), or
texts for which a person chose the concept. Contacts, notes and figures are not searched and never read here.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from matxich.registry.queries.meaning import Item, words_of
from matxich.registry.search.concepts import SCHEMES, is_undecided, meant_of
from matxich.registry.search.days import Certified, certified
from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.capabilities.joining import JOINED_BY_LIST, words_key
from matxich.rulebook.capabilities.model import Value
from matxich.rulebook.capabilities.reading import read
from matxich.rulebook.meaning import Decisions
from matxich.rulebook.projection import PLACED, ZONE_LENGTH, zone_of
from matxich.rulebook.taxonomy import Scheme
from matxich.rulebook.vietnamese.text import truncate

TEXT_KEPT = 2_000
NAMES = ("name_en", "name_short", "name_former", "name_ja", "name_ko")
PUBLIC = (
    "address", "site_address", "zone", "lot", "sectors", "industries", "vsic", "products", "hs",
    "processes", "materials", "machines", "tolerance", "capacity", "certificates", "markets",
)  # fmt: skip
OFFICE = ("customers",)
# Structured fields and the parts of them that are words.
STRUCTURED: Mapping[str, tuple[str, ...]] = {
    "site": ("name", "address", "zone"),
    "product": ("name", "hs", "priority_product"),
    "machine": ("kind", "maker", "model"),
    "certificate": ("text", "number", "body", "scope"),
}
OFFICE_STRUCTURED: Mapping[str, tuple[str, ...]] = {"customer": ("name", "product")}
_ANY_YEAR = 2100
# One certificate and nothing else but its last day, of this century.
_UNTIL_DAY = re.compile(r"([^(),;|·\n]*\w) \(hiệu lực đến ([0-9]{2})/([0-9]{2})/(20[0-9]{2})\)")
_SEARCHED = {*NAMES, *PUBLIC, *OFFICE, *STRUCTURED, *OFFICE_STRUCTURED}
PROCESS, CERTIFICATE = Scheme.PROCESSES.one, Scheme.CERTIFICATES.one
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Told:
    """`names`, `text` and `sectors` are public, `office` is for officials. `concepts` are codes of the taxonomy by
    filter, with everything broader: chosen by a person, or else read from the words; `unsure` are phrases whose meaning
    a person has to say, as "facet:key".
    """

    names: list[str]
    text: list[str]
    sectors: list[str]
    office: list[str]
    concepts: dict[str, tuple[str, ...]]
    unsure: list[str]
    certificates: tuple[Certified, ...]


def told(passport: Mapping[str, Any], hidden: Collection[int], decisions: Decisions) -> Told:
    """All of it in one pass, without what hidden statements say."""
    values = {code: _values(passport, code, hidden) for code in passport if code in _SEARCHED}
    flat = {code: _texts(values[code]) for code in (*NAMES, *PUBLIC, *OFFICE) if code in values}
    names = [name for code in NAMES if code in flat for name in flat[code]]
    text = [text for code in PUBLIC if code in flat for text in flat[code]]
    office = [text for code in OFFICE if code in flat for text in flat[code]]
    for parts, found in ((STRUCTURED, text), (OFFICE_STRUCTURED, office)):
        for code in parts:
            if code in values:
                found += _parts(values[code], parts[code])
    concepts: dict[str, tuple[str, ...]] = {}
    unsure: list[str] = []
    for facet in SCHEMES:
        concepts[facet], asked = meant_of(_items(values, facet), facet, decisions)
        unsure += asked
    certificates = _certificates(values, decisions)
    return Told(names, text, flat.get("sectors", []), office, concepts, unsure, certificates)


def zone_told(passport: Mapping[str, Any], hidden: Collection[int]) -> str:
    """The zone a firm goes by, where a statement that is not hidden tells it."""
    told = {code: passport[code] for code in PLACED if "v" in passport.get(code, _NOTHING)}
    shown = {code: one for code, one in told.items() if one["s"] not in hidden}
    return truncate(zone_of(shown), ZONE_LENGTH)


def terms(passport: Mapping[str, Any], facet: str) -> list[Item]:
    """What a firm says under one list of the taxonomy, in words or with a concept that a person stated."""
    return _items({code: _values(passport, code, ()) for code in passport}, facet)


def _items(values: Mapping[str, list[Any]], facet: str) -> list[Item]:
    found: list[Item] = values.get(SCHEMES[facet], [])
    if facet == CERTIFICATE and facet in values:
        found = found + values[facet]
    if facet == PROCESS and "machine" in values:
        machines = (one for one in values["machine"] if isinstance(one, dict))
        found = found + [{"concept": one["process"]} for one in machines if one.get("process")]
    return found


def _certificates(values: Mapping[str, list[Any]], decisions: Decisions) -> tuple[Certified, ...]:
    """Each certificate and the days it counts. A list's words tell nothing beside a stated value of the concept.

    Only the narrowest concepts: a question for a broader one asks for all of them.
    """

    def codes_of(value: Value) -> tuple[str, ...]:
        return _narrowest(meant_of([value], CERTIFICATE, decisions)[0])

    structured = (value for value in values.get(CERTIFICATE, ()) if isinstance(value, dict))
    stated = [(codes_of(value), value) for value in structured]
    known = {code for codes, _value in stated for code in codes}
    found = [one for codes, value in stated for one in certified(codes, value)]
    for text in _texts(values.get("certificates", ())):
        read = _read(text)
        if not known and all(is_undecided(words_of(value), CERTIFICATE, decisions) for value in read):
            found += _certified(text)
            continue
        for value in read:
            found += certified([code for code in codes_of(value) if code not in known or "valid_to" in value], value)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65_536)
def _certified(text: str) -> tuple[Certified, ...]:
    """The certificates that the words of a list name, where nobody stated or decided anything about them."""
    values = ((_narrowest(meant_of([value], CERTIFICATE)[0]), value) for value in _read(text))
    return tuple(one for codes, value in values for one in certified(codes, value))


@lru_cache(maxsize=65_536)
def _read(text: str) -> tuple[Value, ...]:
    """The certificates that the words of a list name. Thousands of cells differ by their last day alone."""
    if until := _UNTIL_DAY.fullmatch(text):
        named, day = _read_words(until[1]), _day_after(*until.group(4, 3, 2))
        if day and len(named) == 1 and named[0].keys() == {"text"}:
            return ({**named[0], "valid_to": day},)
    return _read_words(text)


@lru_cache(maxsize=16_384)
def _read_words(text: str) -> tuple[Value, ...]:
    return read(CERTIFICATE, text, latest_year=_ANY_YEAR).values


def _day_after(year: str, month: str, day: str) -> str:
    """ "" where there is no such day."""
    try:
        return (date(int(year), int(month), int(day)) + timedelta(days=1)).isoformat()
    except ValueError:
        return ""


@lru_cache(maxsize=4_096)
def _narrowest(codes: tuple[str, ...]) -> tuple[str, ...]:
    broader = {above for code in codes for above in taxonomy().ancestors(code)}
    return tuple(code for code in codes if code not in broader)


def _values(passport: Mapping[str, Any], code: str, hidden: Collection[int]) -> list[Any]:
    """The values of one field, those inside a list one by one; without words of lists that somebody read or denied."""
    found = [value for value, statement in _pairs(passport[code]) if statement not in hidden]
    if list in map(type, found):
        found = [one for value in found for one in (value if isinstance(value, list) else [value])]
    if settled := passport.get(JOINED_BY_LIST.get(code, ""), _NOTHING).get("r"):
        found = [one for one in found if isinstance(one, dict) or words_key(str(one)) not in settled]
    return found


def _pairs(current: Mapping[str, Any]) -> list[list[Any]]:
    """Each current value of a field with the statement it comes from."""
    return current["m"] if "m" in current else [[current["v"], current["s"]]] if "v" in current else []


def _texts(values: Iterable[Any]) -> list[str]:
    told = [value.get("text") if isinstance(value, dict) else value for value in values]
    return [str(text)[:TEXT_KEPT] for text in told if text]


def _parts(values: Iterable[Any], parts: tuple[str, ...]) -> list[str]:
    told = [value for value in values if isinstance(value, dict)]
    return [str(value[part])[:TEXT_KEPT] for value in told for part in parts if value.get(part)]
