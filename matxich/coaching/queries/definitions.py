"""Definitions of indicators as the rulebook reads them, and readings as its values."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from matxich.coaching.instruments import kpi_sheet
from matxich.coaching.models import KpiDefinition, KpiReading
from matxich.rulebook.coaching.kpi import Value
from matxich.rulebook.coaching.loading import Kpi


def kpi_of(definition: KpiDefinition) -> Kpi:
    """The stored version, whatever the sheet says today."""
    told: dict[str, Any] = definition.formula
    return Kpi(
        code=definition.code, version=definition.version, names=definition.names, shape=told["shape"],
        scale=told["scale"], unit=told["unit"], decimals=definition.decimals, better=told["better"],
        numerator=told["numerator"], denominator=told["denominator"], most=told["most"], parts=tuple(told["parts"]),
        indicator=definition.indicator,
    )  # fmt: skip


def value_of(reading: KpiReading | None) -> Value:
    """Exact again from what was entered; no reading is no value."""
    if reading is None:
        return Value(None, "not_measured")
    if reading.value is None:
        return Value(None, reading.no_value)
    told: dict[str, Any] = reading.measured.definition.formula
    if told["shape"] == "ratio" and reading.denominator:
        return Value(Fraction(reading.numerator) / Fraction(reading.denominator) * told["scale"])
    return Value(Fraction(reading.numerator) * told["scale"])


def stored(exact: Fraction | None) -> Decimal | None:
    """For sorting and sums in the database; the exact value is computed anew from what was entered."""
    if exact is None:
        return None
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.000000001"))


def definition_choices() -> list[tuple[str, str]]:
    """(key, name) of the newest version of each indicator, the sheet's own and those agencies wrote."""
    newest: dict[str, tuple[int, str]] = {one.code: (one.version, one.names["vi"]) for one in kpi_sheet().values()}
    for code, version, names in KpiDefinition.objects.values_list("code", "version", "names"):
        if version > newest.get(code, (0, ""))[0]:
            newest[code] = (version, names["vi"])
    return [(f"{code}@{version}", name) for code, (version, name) in newest.items()]


def standing(readings: Iterable[KpiReading]) -> list[KpiReading]:
    return [reading for reading in readings if reading.replaced_at is None]
