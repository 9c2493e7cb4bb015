"""Units of length and exact conversion: one inch is 25.4 mm by definition, so nothing is rounded."""

import re
from decimal import Decimal

# Nanometres in one of each.
_NANOMETRES = {
    "nm": 1, "um": 10**3, "mm": 10**6, "cm": 10**7, "dm": 10**8, "m": 10**9, "in": 25_400_000, "ft": 304_800_000,
    "mil": 25_400,
}  # fmt: skip
_FORMS = {
    "nm": "nm nanomet nanometer nanometre", "um": "um μm micron microns micromet micrometer micrometre",
    "mm": "mm milimet millimeter millimetre ly", "cm": "cm", "dm": "dm", "m": "m met meter metre meters metres",
    "in": "in inch inches inc \" '' in.", "ft": "ft feet foot", "mil": "mil mils thou",
}  # fmt: skip
_BY_FORM = {form: unit for unit, forms in _FORMS.items() for form in forms.split()}
UNIT = "(?:" + "|".join(re.escape(form) for form in sorted(_BY_FORM, key=len, reverse=True)) + ")(?![a-z0-9])"
IMPERIAL = frozenset(("in", "ft", "mil"))


def unit_of(text: str) -> str | None:
    """The unit a folded word means: "micron" is "um", a double quote "in"."""
    return _BY_FORM.get(text.strip())


def nanometres(amount: Decimal, unit: str) -> Decimal:
    return amount * _NANOMETRES[unit]


def millimetres(amount: Decimal, unit: str) -> Decimal:
    return nanometres(amount, unit) / _NANOMETRES["mm"]
