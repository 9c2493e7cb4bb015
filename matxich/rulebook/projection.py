"""What the statements about one enterprise add up to. The same statements give the same passport, in any order."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from matxich.rulebook.capabilities.joining import DENIED, agrees, identity, words_key
from matxich.rulebook.enterprise_size import enterprise_size
from matxich.rulebook.freshness import completeness
from matxich.rulebook.identifiers import parse_tax_code
from matxich.rulebook.passport import ADDRESSES, field_of
from matxich.rulebook.vietnamese.names import company_key
from matxich.rulebook.vietnamese.text import fold, truncate

VERSION = "projection-3"
NAMES = ("name", "name_en", "name_short")
# Fields that tell the zone of a firm, and how many letters of it are kept.
PLACED, ZONE_LENGTH = (*ADDRESSES, "zone"), 80
PLACES = ("province_34", "province_63", "commune_34", "commune_63")


class Told(NamedTuple):
    """One statement, as far as the fold cares. Only statements of published or own sources are passed in.

    `raw`: of one stated in parts, the words of a list that it reads.
    """

    id: int
    field: str
    value: Any
    verification: int
    as_of: date
    trust: int
    recorded_at: datetime
    in_programme: bool
    superseded_by: int | None = None
    raw: str = ""

    @property
    def rank(self) -> tuple[int, date, int, datetime, int]:
        """Better backed, then newer, then the more trusted source, then told last."""
        return (self.verification, self.as_of, self.trust, self.recorded_at, self.id)


def project(statements: Iterable[Told]) -> dict[str, Any]:
    """The columns of the projection, `passport` among them. No statements give an empty, nameless one."""
    told = in_force(statements)
    by_field: dict[str, list[Told]] = {}
    for statement in told:
        by_field.setdefault(statement.field, []).append(statement)
    chosen = {code: ranked(group) for code, group in sorted(by_field.items())}
    passport = {code: _current(code, group) for code, group in chosen.items()}
    return _columns(passport, chosen, told) | {"passport": passport}


def in_force(statements: Iterable[Told]) -> list[Told]:
    """Without those superseded by another of the statements: withdraw the newer one, and the older counts again."""
    told = list(statements)
    if all(statement.superseded_by is None for statement in told):
        return told
    present = {statement.id for statement in told}
    return [statement for statement in told if statement.superseded_by not in present]


def ranked(statements: Sequence[Told]) -> list[Told]:
    """Best first."""
    return sorted(statements, key=lambda told: told.rank, reverse=True) if len(statements) > 1 else list(statements)


def same_value(one: Any, other: Any) -> bool:
    """Do two values say the same to a reader? Marks and case of texts matter, spacing and typography do not.

    A figure told as "about" (≈ 120) says the same as the equal figure told flatly (120), of the same year and in
    the same currency: either may be the rounder way of telling one count. A bound does not: > 120 is no 120, nor ≥ 120.
    """
    return bool(one == other or comparable(one) == comparable(other))


def comparable(value: Any) -> Any:
    """Values that say the same have equal forms; the form itself is for nobody to read."""
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, dict):
        return comparable(value["text"]) if "text" in value else _figure_told(value)
    return value


def _figure_told(value: dict[str, Any]) -> Any:
    """Without an "about"; a figure that nothing else qualifies is the bare number."""
    told = {key: part for key, part in value.items() if (key, part) != ("comparator", "≈")}
    return told["value"] if told.keys() == {"value"} else sorted(told.items())


def _current(code: str, best_first: list[Told]) -> dict[str, Any]:
    field = field_of(code)
    if field.structured:
        return _in_parts(code, field.united, best_first)
    if field.united:
        return {"m": _items(best_first)}
    best = best_first[0]
    current = {"v": best.value, "s": best.id}
    others = [told.id for told in best_first[1:] if not same_value(told.value, best.value)]
    return current | {"o": others} if others else current


def _in_parts(code: str, united: bool, best_first: list[Told]) -> dict[str, Any]:
    """Of several statements of one thing the best; "r": words of lists that somebody read, or denied."""
    settled = sorted({words_key(told.raw) for told in best_first if told.raw})
    current: dict[str, Any] = {"r": settled} if settled else {}
    if united:
        seen: dict[Any, list[Any]] = {}
        for told in best_first:
            for item in told.value if isinstance(told.value, list) else [told.value]:
                key = identity(code, item) if isinstance(item, dict) else words_key(str(item))
                seen.setdefault(key, [item, told.id])
        return {"m": [pair for pair in seen.values() if pair[0] != DENIED]} | current
    best = best_first[0]
    if best.value == DENIED:
        return current
    others = [told.id for told in best_first[1:] if not agrees(told.value, best.value)]
    return {"v": best.value, "s": best.id} | ({"o": others} if others else {}) | current


def _items(best_first: list[Told]) -> list[list[Any]]:
    """The items of every source, each once, with the statement that says it best.

    Words for which somebody chose the concept keep it, whoever else says the same words.
    """
    if len(best_first) == 1 and isinstance(best_first[0].value, list) and len(best_first[0].value) == 1:
        return [[best_first[0].value[0], best_first[0].id]]
    seen: dict[str, list[Any]] = {}
    for told in best_first:
        for item in told.value if isinstance(told.value, list) else [told.value]:
            kept = seen.setdefault(_item_key(str(item["text"] if isinstance(item, dict) else item)), [item, told.id])
            if isinstance(item, dict) and not isinstance(kept[0], dict):
                kept[0] = item
    return list(seen.values())


@lru_cache(maxsize=65_536)
def _item_key(item: str) -> str:
    """Items of lists repeat a lot."""
    return fold(item).strip()


def _columns(passport: dict[str, Any], chosen: dict[str, list[Told]], told: list[Told]) -> dict[str, Any]:
    name = str(next((value for code in NAMES if (value := _value(passport, code))), ""))
    place: dict[str, Any] = next((value for code in ADDRESSES if (value := _value(passport, code))), {})
    workers = figure(_value(passport, "workers"))
    return {
        "name": truncate(name, 300),
        "name_en": truncate(_value(passport, "name_en") or "", 300),
        "short_name": truncate(_value(passport, "name_short") or "", 150),
        "company_key": company_key(name)[:300],
        "tax_code": _tax_code(passport),
        "person_hash": (_value(passport, "person_id") or {}).get("hash"),
        **{code: place.get(code) or "" for code in PLACES},
        "zone": truncate(zone_of(passport), ZONE_LENGTH),
        "size": _size(passport, chosen),
        "workers": workers if workers is not None and 0 <= workers < 2**31 else None,
        "sector": truncate(_first(passport, "sectors"), 60),
        "in_programme": any(statement.in_programme for statement in told),
        "verification": max((statement.verification for statement in told), default=0),
        "as_of": max((statement.as_of for statement in told), default=None),
        "completeness": completeness(code for code, current in passport.items() if current.get("m") or "v" in current),
    }


def _value(passport: Mapping[str, Any], code: str) -> Any:
    current = passport.get(code)
    return current["v"] if current else None


def _first(passport: dict[str, Any], code: str) -> str:
    items = passport.get(code, {}).get("m")
    return str(items[0][0]) if items else ""


def _tax_code(passport: dict[str, Any]) -> str | None:
    """Only a valid code is a key; a person's number is no key anybody may see."""
    code = parse_tax_code(_value(passport, "tax_code"))
    return code.text if code.valid and code.kind != "person" else None


def zone_of(passport: Mapping[str, Any]) -> str:
    """The zone of the first address that has one, else the zone that was told apart; "" where neither is."""
    addresses = (_value(passport, code) or {} for code in reversed(ADDRESSES))
    located = next((str(place["zone"]) for place in addresses if place.get("zone")), None)
    return located or str(_value(passport, "zone") or "")


def _size(passport: dict[str, Any], chosen: dict[str, list[Told]]) -> str:
    """As of the day the headcount was told: the law in force then."""
    if "workers" not in chosen:
        return "unknown"
    return enterprise_size(
        on=chosen["workers"][0].as_of,
        workers=_whole(passport, "workers"),
        revenue=_whole(passport, "revenue"),
        capital=_whole(passport, "assets"),
    ).size


def _whole(passport: dict[str, Any], code: str) -> int | None:
    return whole(_value(passport, code))


def whole(value: Any) -> int | None:
    """A figure good enough for a threshold: exact or "about", money in đồng; None for "over 200" and the like."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        if value.get("comparator", "") not in ("", "≈") or value.get("currency", "VND") != "VND":
            return None
        value = value.get("amount", value.get("value"))
    return value if isinstance(value, int) else None


def figure(value: Any) -> int | None:
    """The bare number of a figure, whatever qualifies it."""
    if isinstance(value, dict):
        value = value.get("value", value.get("amount"))
    return value if isinstance(value, int) else None
