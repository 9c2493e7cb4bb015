"""Exact numbers of criteria and rules on a page."""

from fractions import Fraction

from django import template

from matxich.appraisal.queries.case_page import shown

register = template.Library()


@register.filter
def points(value: Fraction | None) -> str:
    """76,33; a share that has no short decimal stays a fraction: 2/3."""
    if value is not None and value.denominator != 1 and value < 1:
        return f"{value.numerator}/{value.denominator}"
    return shown(value)


@register.filter
def millions(value: int | None) -> str:
    """Đồng in millions without the unit, which stands in the table's head: 332,5."""
    return shown(None if value is None else Fraction(value, 10**6))
