"""Tolerances: "±0,01mm", "+0.02/-0.01 mm", '±.0005"', "IT7"; kept in whole nanometres, so inches stay exact.

Grades: ISO 286-1, IT01, IT0, IT1 to IT18.
"""

import re
from decimal import Decimal

from matxich.rulebook.capabilities.figures import exact, number_text, small
from matxich.rulebook.capabilities.lengths import IMPERIAL, UNIT, nanometres, unit_of
from matxich.rulebook.capabilities.model import Field, Found, Language, Part, Problem, Value
from matxich.rulebook.capabilities.scanning import DASH, Scan, by_commas

_N = r"(?:[0-9]{1,6}/[0-9]{1,6}|[0-9]{0,9}[.,][0-9]{1,12}|[0-9]{1,9})(?![0-9])"
_PLUS_MINUS = r"(?:±|\+\s*/\s*-|\+\s*-|-\s*/\s*\+|\(\+-\))"
_SYMMETRIC = re.compile(
    rf"{_PLUS_MINUS}\s*(?P<a>{_N})\s*(?P<ua>{UNIT})?(?:\s*{DASH}\s*{_PLUS_MINUS}?\s*(?P<b>{_N})\s*(?P<ub>{UNIT})?)?"
)
_TWO_SIDED = re.compile(
    rf"(?:\+\s*(?P<a>{_N})\s*(?P<ua>{UNIT})?\s*[/;,]?\s*-\s*(?P<b>{_N})\s*(?P<ub>{UNIT})?"
    rf"|\+\s*(?P<c>{_N})\s*(?P<uc>{UNIT})?\s*[/;,]\s*[+-]?\s*(?P<z>0)(?![0-9.,])\s*(?P<uz>{UNIT})?"
    rf"|(?<![0-9.,])\+?\s*(?P<y>0)\s*(?P<uy>{UNIT})?\s*[/;,]\s*-\s*(?P<d>{_N})\s*(?P<ud>{UNIT})?)"
)
_UNSIGNED = re.compile(
    rf"(?<![\w.,/+-])(?P<a>{_N})\s*(?P<ua>{UNIT})?(?:\s*{DASH}\s*(?P<b>{_N})\s*(?P<ub>{UNIT})?)?(?![\w/])"
)
_GRADE = re.compile(
    rf"(?<![a-z0-9])(?:it\s*-?\s*|cap(?: chinh xac)?\s*(?:it)?\s*)(?P<a>01|[0-9]|1[0-8])(?![0-9])"
    rf"(?:\s*{DASH}\s*(?:it\s*)?(?P<b>01|[0-9]|1[0-8])(?![0-9]))?"
)
_STATED = re.compile(rf"{_PLUS_MINUS}\s*{_N}|(?<![\w.,/]){_N}\s*{UNIT}|(?<![a-z0-9])it\s?[0-9]")
_OTHER_UNIT = re.compile(r"[°%º]")
_LABEL = re.compile(
    r"(?<![a-z0-9])(?:dung sai|do chinh xac|chinh xac|cap chinh xac|tolerances?|accuracy|dat(?: duoc)?|gia cong dat"
    r"|toi|len den|den|tu|<=|≤|up to|grade|of)(?![a-z0-9])\s*[:=]?|[<≤]=?"
)
_UNIT_NOTE = re.compile(rf"[(\[]\s*(?:don vi|dvt|unit)?\s*[:.]?\s*(?P<unit>{UNIT})\s*[)\]]")
_RESTATED = re.compile(r"\((?P<inner>[^()\x1f]*[0-9][^()\x1f]*)\)\s*$")
_ORDER = ("IT01", *(f"IT{n}" for n in range(19)))


def _read(text: str, found: Found) -> None:
    whole = Scan(text)
    parts: list[str] = []
    for part in [text] if whole.find(_TWO_SIDED) else by_commas(text):
        if parts and _STATED.search(Scan(part).folded) and _STATED.search(Scan(parts[-1]).folded):
            parts.append(part)
        else:
            parts[-1:] = [f"{parts[-1]}, {part}" if parts else part]
    for part in parts or [text]:
        _one(part, found)


def _one(text: str, found: Found) -> None:
    scan = Scan(text)
    outer = scan.take(_UNIT_NOTE)
    default = unit_of(outer["unit"]) if outer else None
    restated = scan.find(_RESTATED)
    inner = scan.written(restated, "inner") if restated else ""
    first = _figures(Scan(inner), default) if inner else None
    if restated and first:
        scan.cut(*restated.span())
    said = _figures(scan, default)
    if said is None:
        found.warn("not_understood", text)
        return
    applies_to = _applies_to(scan)
    if first and not _say_the_same(said, first):
        found.warn("restated_differently", inner)
    _conclude(said, applies_to, text, found)


type _Said = tuple[Value, list[tuple[str, Decimal]], str | None, str, bool]  # grades, amounts, unit, as written, signed


def _figures(scan: Scan, default: str | None) -> _Said | None:
    """Take one statement of tolerance out of a text."""
    if match := scan.take(_GRADE):
        grades = {"it": f"IT{match['a']}"}
        return (grades | ({"it_to": f"IT{match['b']}"} if match["b"] else {}), [], None, "", True)
    for pattern in (_TWO_SIDED, _SYMMETRIC, _UNSIGNED):
        match = scan.find(pattern)
        if match is None:
            continue
        written = scan.written(match)
        scan.cut(*match.span())
        named = [unit_of(found) for name, found in match.groupdict().items() if name[0] == "u" and found]
        unit = named[-1] if named else default
        if len(set(named)) > 1:
            return None
        return ({}, _amounts(match, pattern is _TWO_SIDED), unit, written, pattern is not _UNSIGNED)
    return None


def _amounts(match: re.Match[str], two_sided: bool) -> list[tuple[str, Decimal]]:
    groups = match.groupdict()
    if not two_sided:
        first = small(groups["a"])
        sides = [("plus_nm", first), ("minus_nm", first)]
        return [*sides, ("coarsest_nm", small(groups["b"]))] if groups["b"] else sides
    plus = groups["a"] or groups["c"] or groups["y"]
    minus = groups["b"] or groups["d"] or groups["z"]
    return [("plus_nm", small(plus)), ("minus_nm", small(minus))]


def _conclude(said: _Said, applies_to: str, text: str, found: Found) -> None:
    grades, amounts, unit, written, signed = said
    about: Value = {"applies_to": applies_to} if applies_to else {}
    if grades:
        found.values.append(grades | about)
        return
    if unit is None and _OTHER_UNIT.search(text):
        found.warn("not_understood", text)
        return
    if unit is None:
        sensible = ("mm", "in") if amounts[0][1] < 1 and amounts[1][1] < 1 else ("um", "mm")
        readings = [reading | about for one in sensible if (reading := _in_nanometres(amounts, one, written))]
        if readings:
            found.ask("unit_missing", text, *readings)
        else:
            found.warn("not_understood", text)
        return
    value = _in_nanometres(amounts, unit, written)
    if value is None:
        found.warn("not_understood", text)
        return
    if not signed:
        found.warn("sign_assumed", written)
    found.values.append(value | about)


def _in_nanometres(amounts: list[tuple[str, Decimal]], unit: str, written: str) -> Value | None:
    """None when an amount is no whole number of nanometres, or beyond a metre, or nothing at all."""
    exactly = {side: nanometres(amount, unit) for side, amount in amounts}
    if any(amount != amount.to_integral_value() or amount > HIGHEST for amount in exactly.values()):
        return None
    if not any(exactly.values()):
        return None
    value: Value = {side: int(amount) for side, amount in exactly.items()}
    if "coarsest_nm" in value and value["coarsest_nm"] <= value["plus_nm"]:
        return None
    return value | ({"stated": written} if unit in IMPERIAL else {})


def _say_the_same(one: _Said, other: _Said) -> bool:
    if one[0] or other[0]:
        return one[0] == other[0]
    if one[2] is None or other[2] is None:
        return False
    return [(side, nanometres(n, one[2])) for side, n in one[1]] == [
        (side, nanometres(n, other[2])) for side, n in other[1]
    ]


def _applies_to(scan: Scan) -> str:
    while scan.take(_LABEL):
        pass
    return ", ".join(scan.rest("()"))


def _plain(value: Value, language: Language) -> str:
    if "it" in value:
        words = value["it"] + (f"–{value['it_to']}" if "it_to" in value else "")
    elif "stated" in value:
        words = f"{value['stated']} ({_metric(value, language)})"
    else:
        words = _metric(value, language)
    return f"{value['applies_to']}: {words}" if "applies_to" in value else words


def _metric(value: Value, language: Language) -> str:
    plus, minus = (_mm(value[side], language) for side in ("plus_nm", "minus_nm"))
    if value["plus_nm"] != value["minus_nm"]:
        return f"+{plus}/-{minus} mm"
    coarsest = f"–{_mm(value['coarsest_nm'], language)}" if "coarsest_nm" in value else ""
    return f"±{plus}{coarsest} mm"


def _mm(amount: int, language: Language) -> str:
    return number_text(exact(Decimal(amount) / 10**6), language)


def _faults(value: Value, latest_year: int) -> list[Problem]:
    graded = "it" in value
    sides = [side in value for side in ("plus_nm", "minus_nm")]
    if graded and (any(sides) or "coarsest_nm" in value):
        return [Problem("not_together", "it")]
    if not graded and not any(sides):
        return [Problem("nothing_stated")]
    if not graded and not all(sides):
        return [Problem("missing", "minus_nm" if sides[0] else "plus_nm")]
    if not graded and not value["plus_nm"] + value["minus_nm"]:
        return [Problem("out_of_range", "plus_nm", {"low": 1, "high": HIGHEST})]
    if "coarsest_nm" in value:
        if value["plus_nm"] != value["minus_nm"]:
            return [Problem("not_together", "coarsest_nm")]
        if value["coarsest_nm"] <= value["plus_nm"]:
            return [Problem("reversed", "coarsest_nm")]
    if "it_to" in value and not graded:
        return [Problem("missing", "it")]
    if "it_to" in value and _ORDER.index(value["it_to"]) < _ORDER.index(value["it"]):
        return [Problem("reversed", "it_to")]
    return []


HIGHEST = 10**9  # a metre
_GRADES = {grade: (grade, grade) for grade in _ORDER}
PARTS = (
    Part("plus_nm", "Sai lệch trên (nm)", "Upper deviation (nm)", "integer", high=HIGHEST),
    Part("minus_nm", "Sai lệch dưới (nm)", "Lower deviation (nm)", "integer", high=HIGHEST),
    Part("coarsest_nm", "Mức thô nhất (nm)", "Coarsest (nm)", "integer", high=HIGHEST),
    Part("it", "Cấp chính xác", "Grade", "choice", choices=_GRADES),
    Part("it_to", "Đến cấp", "Grade, coarsest", "choice", choices=_GRADES),
    Part("applies_to", "Áp dụng cho", "Applies to", "text"),
    Part("stated", "Như đã viết", "As written", "text"),
)
FIELD = Field(
    "tolerance", "tolerance", True, "Dung sai", "Tolerance", "capability", "public", 4, PARTS, _read, _plain, _faults
)
