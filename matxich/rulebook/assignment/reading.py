"""An assignment problem from JSON; every slip is a BadDocument with its place.

{"cases": [{"id", "needs", "expertise", "province"}],
 "reviewers": [{"id", "min", "max", "expertise", "organisation", "province", "finance"}],
 "conflicts": [[case, reviewer]], "affinity": {case: {reviewer: number}} | null,
 "rules": {"one_per_organisation", "min_finance", "ban_same_province", "fair"}}

Needed: cases with id and needs, reviewers with id and max. A pair that affinity leaves out has 0.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from matxich.rulebook.assignment.model import Case, Floats, Problem, Reviewer, Rules
from matxich.rulebook.json_values import Place, unique
from matxich.rulebook.vietnamese.text import nfc

MOST_CASES, MOST_REVIEWERS, MOST_PAIRS = 20_000, 5_000, 4_000_000
LARGEST_AFFINITY = 1e9
_MOST_COUNT = 100_000
_CASE = ("id", "needs", "expertise", "province")
_REVIEWER = ("id", "min", "max", "expertise", "organisation", "province", "finance")
_RULES = ("one_per_organisation", "min_finance", "ban_same_province", "fair")

# Message keys: Vietnamese source texts that screens translate, then fill with the parameters.
REFUSED: dict[str, str] = {
    "min_above_max": "“min” (%(least)s) lớn hơn “max” (%(most)s).",
    "not_a_pair": "Phải là một cặp [mã đề án, mã thành viên].",
    "too_many": "Có %(number)s mục, nhiều hơn mức %(most)s; chia thành nhiều đợt.",
}


def read_problem(document: Any) -> Problem:
    keys = Place(document).keys(("cases", "reviewers", "conflicts", "affinity", "rules"), needed=("cases", "reviewers"))
    seen_cases: dict[str, str] = {}
    seen_reviewers: dict[str, str] = {}
    cases = tuple(_case(place, seen_cases) for place in keys["cases"].items(some=True))
    reviewers = tuple(_reviewer(place, seen_reviewers) for place in keys["reviewers"].items(some=True))
    for name, number, most in (
        ("cases", len(cases), MOST_CASES),
        ("reviewers", len(reviewers), MOST_REVIEWERS),
        ("cases", len(cases) * len(reviewers), MOST_PAIRS),
    ):
        if number > most:
            raise keys[name].fault("too_many", REFUSED, number=number, most=most)
    rows = {case.id: row for row, case in enumerate(cases)}
    columns = {reviewer.id: column for column, reviewer in enumerate(reviewers)}
    conflicts = frozenset(
        _pair(place, rows, columns) for place in (keys["conflicts"].items() if "conflicts" in keys else ())
    )
    affinity = _affinity(keys["affinity"], rows, columns) if "affinity" in keys else None
    return Problem(cases, reviewers, conflicts, affinity, _rules(keys["rules"]) if "rules" in keys else Rules())


def _case(place: Place, seen: dict[str, str]) -> Case:
    keys = place.keys(_CASE, needed=("id", "needs"), more=True)
    return Case(
        unique(keys["id"], keys["id"].text(), seen),
        keys["needs"].whole(1, _MOST_COUNT),
        _words(keys.get("expertise")),
        keys["province"].text() if "province" in keys else "",
    )


def _reviewer(place: Place, seen: dict[str, str]) -> Reviewer:
    keys = place.keys(_REVIEWER, needed=("id", "max"), more=True)
    least = keys["min"].whole(0, _MOST_COUNT) if "min" in keys else 0
    most = keys["max"].whole(0, _MOST_COUNT)
    if least > most:
        raise keys["min"].fault("min_above_max", REFUSED, least=least, most=most)
    return Reviewer(
        unique(keys["id"], keys["id"].text(), seen),
        least,
        most,
        _words(keys.get("expertise")),
        keys["organisation"].text() if "organisation" in keys else "",
        keys["province"].text() if "province" in keys else "",
        keys["finance"].yes_no() if "finance" in keys else False,
    )


def _words(place: Place | None) -> frozenset[str]:
    return frozenset(each.text() for each in place.items()) if place else frozenset()


def _rules(place: Place) -> Rules:
    keys = place.keys(_RULES)
    flags = {name: keys[name].yes_no() for name in _RULES if name in keys and name != "min_finance"}
    return Rules(min_finance=keys["min_finance"].whole(0, _MOST_COUNT) if "min_finance" in keys else 0, **flags)


def _pair(place: Place, rows: Mapping[str, int], columns: Mapping[str, int]) -> tuple[int, int]:
    if not isinstance(place.value, list) or len(place.value) != 2:
        raise place.fault("not_a_pair", REFUSED)
    case, reviewer = place.at(0).reference(rows, "cases"), place.at(1).reference(columns, "reviewers")
    return rows[case], columns[reviewer]


def _affinity(place: Place, rows: Mapping[str, int], columns: Mapping[str, int]) -> Floats:
    """Read a row at a time: half a million numbers are not half a million places."""
    found = np.zeros((len(rows), len(columns)))
    if not isinstance(place.value, dict):
        raise place.fault("not_an_object")
    for case in place.value:
        row = place.at(case)
        if not isinstance(row.value, dict):
            raise row.fault("not_an_object")
        number = rows.get(nfc(case).strip(), -1)
        try:
            where = [columns[reviewer] for reviewer in row.value]
            values = list(row.value.values())
            plain = number >= 0 and all(type(value) in (int, float) for value in values)
            plain = plain and all(map(math.isfinite, values)) and all(abs(v) < LARGEST_AFFINITY for v in values)
        except (KeyError, OverflowError):
            plain = False
        if plain:
            found[number, where] = values
        else:
            found[rows[_known(row, case, rows, "cases")]] = _slow_row(row, columns)
    return found


def _slow_row(row: Place, columns: Mapping[str, int]) -> Floats:
    """Value by value, so that the slip is told with its place."""
    found = np.zeros(len(columns))
    for reviewer in row.value:
        column = columns[_known(row.at(reviewer), reviewer, columns, "reviewers")]
        found[column] = row.at(reviewer).number(-LARGEST_AFFINITY, LARGEST_AFFINITY)
    return found


def _known(place: Place, key: str, known: Mapping[str, int], among: str) -> str:
    return Place(key, place.path).reference(known, among)
