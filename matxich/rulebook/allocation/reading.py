"""An allocation problem from JSON; every slip is a BadDocument with its place.

{"budget", "cases": [{"id", "score", "asked", "floor", "passed", …}],
 "quotas": [{"by", "value", "min", "max"}], "objective": "score_times_amount" | "score" | "count"}

Money is whole đồng below 10^15. Needed: budget, cases with id, score, asked and passed. Without a floor a case gets
all it asks for or nothing. Other keys of a case (province, sector, sme …) are what quotas may look at.
"""

import math
from fractions import Fraction
from typing import Any

from rapidfuzz import process

from matxich.rulebook.allocation.model import OBJECTIVES, Case, Problem, Quota, Value
from matxich.rulebook.json_values import Place, unique
from matxich.rulebook.vietnamese.text import nfc

LARGEST_MONEY = 10**15
LARGEST_SCORE = 10**6
MOST_CASES, MOST_QUOTAS = 20_000, 500
_CASE = ("id", "score", "asked", "floor", "passed")
_QUOTA = ("by", "value", "min", "max")
_LONGEST = 60

# Message keys: Vietnamese source texts that screens translate, then fill with the parameters.
REFUSED: dict[str, str] = {
    "floor_above_asked": "“floor” (%(floor)s) lớn hơn “asked” (%(asked)s).",
    "min_above_max": "“min” (%(least)s) lớn hơn “max” (%(most)s).",
    "no_limit": "Hạn mức cần “min” hoặc “max”.",
    "no_such_field": "Không đề án nào có trường “%(by)s”.",
    "no_such_field_near": "Không đề án nào có trường “%(by)s”; có phải là “%(near)s”?",
    "not_a_value": "Phải là chữ, số, true hoặc false.",
    "repeated_quota": "Hạn mức này đã có ở %(first)s; gộp thành một.",
    "too_many": "Có %(number)s mục, nhiều hơn mức %(most)s.",
}


def read_problem(document: Any) -> Problem:
    keys = Place(document).keys(("budget", "cases", "quotas", "objective"), needed=("budget", "cases"))
    budget = keys["budget"].whole(0, LARGEST_MONEY)
    seen: dict[str, str] = {}
    cases = tuple(_case(place, seen) for place in keys["cases"].items(some=True))
    known = {name for case in cases for name in case.fields}
    quotas: dict[tuple[str, str], str] = {}
    given = tuple(_quota(place, known, quotas) for place in (keys["quotas"].items() if "quotas" in keys else ()))
    for name, number, most in (("cases", len(cases), MOST_CASES), ("quotas", len(given), MOST_QUOTAS)):
        if number > most:
            raise keys[name].fault("too_many", REFUSED, number=number, most=most)
    objective = keys["objective"].choice(OBJECTIVES) if "objective" in keys else OBJECTIVES[0]
    return Problem(budget, cases, given, objective)  # type: ignore[arg-type]


def _case(place: Place, seen: dict[str, str]) -> Case:
    keys = place.keys(_CASE, needed=("id", "score", "asked", "passed"), more=True)
    asked = keys["asked"].whole(1, LARGEST_MONEY)
    floor = keys["floor"].whole(0, LARGEST_MONEY) if "floor" in keys else asked
    if floor > asked:
        raise keys["floor"].fault("floor_above_asked", REFUSED, floor=floor, asked=asked)
    score = keys["score"]
    score.number(0, LARGEST_SCORE)
    return Case(
        unique(keys["id"], keys["id"].text(), seen),
        Fraction(repr(score.value)),
        asked,
        floor,
        keys["passed"].yes_no(),
        {name: _value(part) for name, part in keys.items() if name not in _CASE},
    )


def _value(place: Place) -> Value:
    value = place.value
    if isinstance(value, str):
        return nfc(value).strip()
    if not isinstance(value, bool | int | float) or (isinstance(value, float) and not math.isfinite(value)):
        raise place.fault("not_a_value", REFUSED)
    return value


def _quota(place: Place, known: set[str], seen: dict[tuple[str, str], str]) -> Quota:
    keys = place.keys(_QUOTA, needed=("by", "value"))
    by, value = keys["by"].text(), _value(keys["value"])
    if by not in known:
        near = process.extractOne(by, sorted(known), score_cutoff=_LONGEST)
        if near:
            raise keys["by"].fault("no_such_field_near", REFUSED, by=by[:_LONGEST], near=near[0])
        raise keys["by"].fault("no_such_field", REFUSED, by=by[:_LONGEST])
    least, most = (keys[name].whole(0, LARGEST_MONEY) if name in keys else None for name in ("min", "max"))
    if least is None and most is None:
        raise place.fault("no_limit", REFUSED)
    if least is not None and most is not None and least > most:
        raise keys["min"].fault("min_above_max", REFUSED, least=least, most=most)
    key = (by, repr(value))
    if key in seen:
        raise place.fault("repeated_quota", REFUSED, first=seen[key])
    seen[key] = place.path
    return Quota(by, value, least, most)
