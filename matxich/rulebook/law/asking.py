"""From a case as programs and forms write it to facts, with the synonyms people use and what follows from what.

{"enterprise": {fact: value}, "project": {"content", "budget", fact: value}, "on": "2026-03-01"}; a fact may also be
{"value", "source", "as_of", "verification"}, or a list of such where sources differ.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rapidfuzz import process

from matxich.rulebook.law.answering import Case
from matxich.rulebook.law.facts import BadFact, Fact, Known, Words, agreed, checked
from matxich.rulebook.law.parameters import LAYER, NATIONAL
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.law.vocabulary import FACTS, PROJECT
from matxich.rulebook.vietnamese.text import fold

PROVINCES = (
    "01", "04", "08", "11", "12", "14", "15", "19", "20", "22", "24", "25", "31", "33", "37", "38", "40", "42", "44",
    "46", "48", "51", "52", "56", "66", "68", "75", "79", "80", "82", "86", "91", "92", "96",
)  # fmt: skip
"""Codes of the 34 provinces; others are codes of old provinces only (decision 19/2025/QĐ-TTg)."""
_TWO_LEVELS = date(2025, 7, 1)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHOWN = 60
"""Characters of a slip that are said again."""
_IDENTITY = ("tax_code", "name", "site_commune")
_SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "legal_form": {
        "tnhh": "enterprise", "trach nhiem huu han": "enterprise", "cong ty tnhh": "enterprise", "cp": "enterprise",
        "co phan": "enterprise", "cong ty co phan": "enterprise", "dntn": "enterprise", "company": "enterprise",
        "doanh nghiep": "enterprise", "doanh nghiep tu nhan": "enterprise", "cong ty": "enterprise",
        "llc": "enterprise", "limited": "enterprise", "jsc": "enterprise", "joint stock": "enterprise",
        "htx": "cooperative", "hop tac xa": "cooperative", "lhhtx": "cooperative_union", "union": "cooperative_union",
        "lien hiep hop tac xa": "cooperative_union", "to hop tac": "cooperative_group",
        "ho kinh doanh": "household", "hkd": "household", "household business": "household",
        "nghe nhan": "artisan", "hiep hoi": "association", "hoi": "association",
    },
    "site_commune_kind": {
        "xa": "commune", "phuong": "ward", "dac khu": "special_zone", "thi tran": "township",
        "special zone": "special_zone", "town": "township",
    },
    "sector": {
        "co khi": "supporting", "mechanical": "mechanical_electronic", "dien tu": "supporting", "o to": "supporting",
        "det may": "supporting", "da giay": "supporting", "cnc": "supporting", "cnht": "supporting",
        "cong nghiep ho tro": "supporting", "supporting industries": "supporting",
        "electronics": "mechanical_electronic",
        "thuong mai": "trade_services", "dich vu": "trade_services", "services": "trade_services",
        "trade": "trade_services", "tieu thu cong nghiep": "handicraft", "ttcn": "handicraft",
        "thuc pham": "agro_processing", "food": "agro_processing", "industry": "mechanical_electronic",
        "manufacturing": "mechanical_electronic",
    },
}  # fmt: skip


class BadCase(ValueError):
    """A case that cannot be asked: `field` says where, `words` what to do."""

    def __init__(self, field: str, words: Words) -> None:
        super().__init__(f"{field}: {words.vi}")
        self.field, self.words = field, words


def case_of(document: object, *, told: Mapping[str, list[Known]] | None = None) -> Case:
    """The case, with what the register says of the enterprise (`told`) beside what the case says. BadCase."""
    parts = _mapping(document, "", ("enterprise", "project", "on"))
    on = _day(parts.get("on"), "on")
    enterprise = _mapping(_given(parts, "enterprise"), "enterprise", (*_IDENTITY, *FACTS))
    project = _mapping(_given(parts, "project"), "project", ("content", "budget", *PROJECT))
    found: dict[str, list[Known]] = {fact: list(known) for fact, known in (told or {}).items()}
    for where, given in (("enterprise", enterprise), ("project", project)):
        for name, value in given.items():
            if name in FACTS and value is not None:
                found.setdefault(name, [])[:0] = _known(FACTS[name], value, where)
    facts = settled(found)
    _existing(facts, on)
    content, budget = project.get("content"), project.get("budget")
    content, budget = "" if content is None else content, NATIONAL if budget is None else budget
    if content != "" and (not isinstance(content, str) or content not in SUPPORTS):
        raise BadCase("project.content", _nearest(str(content), SUPPORTS))
    if not isinstance(budget, str) or not LAYER.fullmatch(budget) or budget.startswith("province63"):
        raise BadCase(
            "project.budget", Words("Viết “national” hoặc “province:24”.", "Write “national” or “province:24”.")
        )
    if budget.startswith("province:") and budget.removeprefix("province:") not in PROVINCES:
        raise BadCase("project.budget", _province(budget.removeprefix("province:")))
    return Case(facts, on, content, budget)


def settled(told: Mapping[str, Iterable[Known]]) -> dict[str, Known]:
    """Of what several sources say of each fact the best, and what follows from it."""
    facts = {name: best for name, known in told.items() if (best := agreed(known))}
    return {**facts, **derived(facts)}


def day_of(document: object) -> date:
    """The day of a case before anything else of it is read. BadCase."""
    return _day(_mapping(document, "", ("enterprise", "project", "on")).get("on"), "on")


def derived(facts: Mapping[str, Known]) -> dict[str, Known]:
    """What follows from other facts where it was not told itself: branch and line of production."""
    found: dict[str, Known] = {}
    sector = facts.get("sector")
    if not sector and _yes(facts, "is_cnht"):
        found["sector"] = sector = Known("supporting", "is_cnht")
    if "branch" not in facts:
        if sector and sector.value != "other":
            value = "services" if sector.value == "trade_services" else "industry"
            found["branch"] = Known(value, sector.source or "sector", sector.as_of, sector.verification)
        elif made := next((facts[name] for name in ("production", "is_cnnt", "is_cnht") if _yes(facts, name)), None):
            found["branch"] = Known("industry", made.source or "production", made.as_of, made.verification)
    return found


def _given(parts: Mapping[str, Any], name: str) -> object:
    return {} if parts.get(name) is None else parts[name]


def _yes(facts: Mapping[str, Known], name: str) -> bool:
    return name in facts and facts[name].value is True


def _known(fact: Fact, given: object, where: str) -> list[Known]:
    if isinstance(given, list):
        if any(isinstance(each, list) for each in given):
            raise BadCase(f"{where}.{fact.id}", Words("Không lồng danh sách.", "Lists do not nest."))
        return [one for each in given for one in _known(fact, each, where)]
    if not isinstance(given, Mapping):
        return _one(fact, given, where)
    parts = _mapping(given, f"{where}.{fact.id}", ("value", "source", "as_of", "verification"))
    day = _day(parts["as_of"], f"{where}.{fact.id}.as_of") if parts.get("as_of") else None
    level = parts.get("verification") or 0
    if not isinstance(level, int) or isinstance(level, bool) or level not in range(5):
        raise BadCase(
            f"{where}.{fact.id}.verification", Words("Phải là 0, 1, 2, 3 hoặc 4.", "It has to be 0, 1, 2, 3 or 4.")
        )
    source = str(parts.get("source") or "")
    return [Known(one.value, source, day, level) for one in _one(fact, parts.get("value"), where)]


def _one(fact: Fact, value: object, where: str) -> list[Known]:
    """Nothing where the value is missing, or a line of production that nobody knows."""
    if value is None:
        return []
    if fact.choices and isinstance(value, str):
        plain = fold(value).replace("_", " ").strip()
        value = _SYNONYMS.get(fact.id, {}).get(plain, value if value in fact.choices else plain.replace(" ", "_"))
        if fact.id == "sector" and value not in fact.choices:
            return []
    if fact.id == "production" and isinstance(value, str):
        if not value.strip():
            return []
        value = fold(value) not in ("no", "none", "khong", "false")
    try:
        return [Known(checked(fact, value))]
    except BadFact as error:
        raise BadCase(f"{where}.{fact.id}", error.words) from error


def _existing(facts: Mapping[str, Known], on: date) -> None:
    """BadCase for a place that is none on the day."""
    province, kind = facts.get("site_province"), facts.get("site_commune_kind")
    if province and province.value not in PROVINCES:
        raise BadCase("enterprise.site_province", _province(str(province.value)))
    if kind and kind.value == "township" and on >= _TWO_LEVELS:
        raise BadCase(
            "enterprise.site_commune_kind",
            Words("Từ 01/07/2025 không còn thị trấn: ghi xã hoặc phường hiện nay.",
                  "There are no townships from 1 July 2025: give the commune or ward of now."),
        )  # fmt: skip


def _province(code: str) -> Words:
    return Words(
        f"“{code}” không phải là mã của 34 tỉnh, thành phố: ghi mã sau 01/07/2025.",
        f"“{code}” is no code of the 34 provinces: give the code after 1 July 2025.",
    )


def _day(value: object, where: str) -> date:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else _none()
    except ValueError as error:
        raise BadCase(
            where, Words("Phải là ngày, viết 2026-03-01.", "It has to be a day, written 2026-03-01.")
        ) from error


def _none() -> date:
    raise ValueError


def _mapping(given: object, where: str, known: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise BadCase(where or "case", Words("Phải là một đối tượng JSON.", "It has to be a JSON object."))
    for name in given:
        if name not in known:
            raise BadCase(f"{where}.{str(name)[:_SHOWN]}".strip("."), _nearest(str(name), known))
    return dict(given)


def _nearest(said: str, known: Mapping[str, object] | tuple[str, ...]) -> Words:
    said = said[:_SHOWN]
    near = process.extractOne(said, list(known), score_cutoff=60)
    vi, en = (f" Có phải là “{near[0]}”?", f" Did you mean “{near[0]}”?") if near else ("", "")
    return Words(f"Không có “{said}”.{vi}", f"There is no “{said}”.{en}")
