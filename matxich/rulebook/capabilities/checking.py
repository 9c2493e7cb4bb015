"""Whether a structured value may be stored: named problems, each with the part it concerns."""

from typing import Any

from matxich.rulebook.capabilities.fields import FIELDS
from matxich.rulebook.capabilities.model import Problem
from matxich.rulebook.capabilities.parts import fault


def check(field: str, value: Any, *, latest_year: int) -> list[Problem]:
    """The problems of a value of a field (a code of FIELDS), parts in their order; empty when it may be stored.

    Rules between parts are asked only of values whose parts are each well shaped.
    """
    known = FIELDS[field]
    if not isinstance(value, dict):
        return [Problem("not_an_object")]
    codes = {part.code for part in known.parts}
    problems = [Problem("unknown_part", str(code)) for code in value if code not in codes]
    for part in known.parts:
        if part.code not in value:
            if part.required:
                missing = "legal_basis_missing" if part.code == "legal_basis" else "missing"
                problems.append(Problem(missing, part.code))
        elif found := fault(part, value[part.code], latest_year):
            problems.append(found)
    return problems or known.faults(value, latest_year)
