"""What a stored passport says, as the index wants it: words that may be searched, concepts, certificates with days.

A field holds texts of lists, or structured values stated by people and documents (`rulebook.capabilities.fields`), or
texts for which a person chose the concept. Contacts, notes and figures are not searched and never read here.
"""

from collections.abc import Collection, Mapping
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

TEXT_KEPT = 2_000
NAMES = ("name_former", "name_ja", "name_ko")
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
_FLAT = (*NAMES, *PUBLIC)
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def texts(passport: Mapping[str, Any], hidden: Collection[int]) -> dict[str, list[str]]:
    """The words of each public field that says anything, without those of hidden statements."""
    found = {code: _texts(passport, code, hidden) for code in _FLAT if code in passport}
    for code, parts in STRUCTURED.items():
        if code in passport:
            found[code] = _parts(passport, code, parts, hidden)
    return found


def office_texts(passport: Mapping[str, Any]) -> tuple[str, ...]:
    flat = [text for code in OFFICE for text in _texts(passport, code, ())]
    parts = [text for code, parts in OFFICE_STRUCTURED.items() for text in _parts(passport, code, parts, ())]
    return (*flat, *parts)


def terms(passport: Mapping[str, Any], facet: str, hidden: Collection[int] = ()) -> list[Item]:
    """What a firm says under one list of the taxonomy, in words or with a concept that a person stated."""
    found = _values(passport, SCHEMES[facet], hidden)
    if facet == "certificate":
        found += _values(passport, facet, hidden)
    if facet == "process":
        machines = (one for one in _values(passport, "machine", hidden) if isinstance(one, dict))
        found += [{"concept": one["process"]} for one in machines if one.get("process")]
    return found


def meant(
    passport: Mapping[str, Any], hidden: Collection[int], decisions: Decisions
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Codes of the taxonomy by filter, with everything broader: chosen by a person, or else read from the words; and
    phrases whose meaning a person has to say, as "facet:key"."""
    codes: dict[str, tuple[str, ...]] = {}
    unsure: list[str] = []
    for facet in SCHEMES:
        codes[facet], asked = meant_of(terms(passport, facet, hidden), facet, decisions)
        unsure += asked
    return codes, tuple(unsure)


def certificates(passport: Mapping[str, Any], hidden: Collection[int], decisions: Decisions) -> tuple[Certified, ...]:
    """Each certificate and the days it counts. A list's words tell nothing beside a stated value of the concept.

    Only the narrowest concepts: a question for a broader one asks for all of them.
    """

    def codes_of(value: Value) -> tuple[str, ...]:
        return _narrowest(meant_of([value], "certificate", decisions)[0])

    structured = (value for value in _values(passport, "certificate", hidden) if isinstance(value, dict))
    stated = [(codes_of(value), value) for value in structured]
    known = {code for codes, _value in stated for code in codes}
    found = [one for codes, value in stated for one in certified(codes, value)]
    for text in _texts(passport, "certificates", hidden):
        values = _read(text)
        if not known and all(is_undecided(words_of(value), "certificate", decisions) for value in values):
            found += _certified(text)
            continue
        for value in values:
            found += certified([code for code in codes_of(value) if code not in known or "valid_to" in value], value)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65_536)
def _certified(text: str) -> tuple[Certified, ...]:
    """The certificates that the words of a list name, where nobody stated or decided anything about them."""
    values = ((_narrowest(meant_of([value], "certificate")[0]), value) for value in _read(text))
    return tuple(one for codes, value in values for one in certified(codes, value))


@lru_cache(maxsize=16_384)
def _read(text: str) -> tuple[Value, ...]:
    """The certificates that the words of a list name."""
    return read("certificate", text, latest_year=_ANY_YEAR).values


@lru_cache(maxsize=4_096)
def _narrowest(codes: tuple[str, ...]) -> tuple[str, ...]:
    broader = {above for code in codes for above in taxonomy().ancestors(code)}
    return tuple(code for code in codes if code not in broader)


def _values(passport: Mapping[str, Any], code: str, hidden: Collection[int]) -> list[Any]:
    """The values of one field, those inside a list one by one; without words of lists that somebody read or denied."""
    if not (current := passport.get(code)):
        return []
    pairs = current["m"] if "m" in current else [[current["v"], current["s"]]] if "v" in current else []
    found: list[Any] = []
    for value, statement in pairs:
        if statement not in hidden:
            if isinstance(value, list):
                found += value
            else:
                found.append(value)
    if settled := passport.get(JOINED_BY_LIST.get(code, ""), _NOTHING).get("r"):
        found = [one for one in found if isinstance(one, dict) or words_key(str(one)) not in settled]
    return found


def _texts(passport: Mapping[str, Any], code: str, hidden: Collection[int]) -> list[str]:
    told = (value.get("text") if isinstance(value, dict) else value for value in _values(passport, code, hidden))
    return [str(text)[:TEXT_KEPT] for text in told if text]


def _parts(passport: Mapping[str, Any], code: str, parts: tuple[str, ...], hidden: Collection[int]) -> list[str]:
    values = [value for value in _values(passport, code, hidden) if isinstance(value, dict)]
    return [str(value[part])[:TEXT_KEPT] for value in values for part in parts if value.get(part)]
