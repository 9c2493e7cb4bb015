"""What templates may say beyond Django's own tags: icons, figures, dates, ages, masks, sortable heads."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from matxich.kit.icons import ICONS

register = template.Library()

Number = int | float | Decimal
LANGUAGE_LABELS = {"vi": "VI", "en": "EN", "ja": "日本語", "ko": "한국어"}
COMMA_AND_POINT = str.maketrans(",.", ".,")
MILLION, BILLION = 10**6, 10**9


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A line drawing; with a label it speaks for itself, without one the word stands beside it."""
    drawing = mark_safe(ICONS[name])  # our own literals
    if label:
        return format_html('<svg class="mx-i" viewBox="0 0 16 16" role="img" aria-label="{}">{}</svg>', label, drawing)
    return format_html('<svg class="mx-i" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', drawing)


@register.filter
def language_label(code: str) -> str:
    return LANGUAGE_LABELS.get(code, code.upper())


@register.filter
def number(value: Number | None, places: int | None = None) -> str:
    """1.234.567,89 in Vietnamese, 1,234,567.89 elsewhere; a dash when there is no figure."""
    if value is None:
        return "–"
    if places is not None:
        value = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    written = f"{value:,}".replace("-", "−")
    return written.translate(COMMA_AND_POINT) if get_language() in {"vi", None} else written


@register.filter
def percent(value: Number | None, places: int = 0) -> str:
    """A share between 0 and 1 as a percentage."""
    return "–" if value is None else f"{number(Decimal(str(value)) * 100, places)}%"


@register.filter
def money(value: Number | None) -> str:
    """Đồng in words people use: 1,8 tỷ đồng; 210 triệu đồng; 950.000 đồng. Never rounds: odd sums stay whole."""
    if value is None:
        return "–"
    amount = Decimal(str(value))
    for step, words in ((BILLION, gettext("%(n)s tỷ đồng")), (MILLION, gettext("%(n)s triệu đồng"))):
        short = (amount / step).normalize()
        if abs(amount) >= step and -short.as_tuple().exponent <= 3:  # type: ignore[operator]
            return words % {"n": number(Decimal(f"{short:f}"))}
    return gettext("%(n)s đồng") % {"n": number(amount)}


@register.filter
def day(value: date | datetime | None) -> str:
    """20/11/2026, in Vietnam time when it is an instant."""
    if value is None:
        return "–"
    return f"{_local(value):%d/%m/%Y}"


@register.filter
def moment(value: datetime | None) -> str:
    """14:07 20/11/2026."""
    return "–" if value is None else f"{_local(value):%H:%M %d/%m/%Y}"


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def age(since: date | datetime | None, today: date) -> str:
    """How old a fact is on `today`, in one unit: hôm nay, 12 ngày, 4 tháng, 3 năm."""
    if since is None:
        return ""
    start = _local(since)
    start = start.date() if isinstance(start, datetime) else start
    days = (today - start).days
    months = (today.year - start.year) * 12 + today.month - start.month - (today.day < start.day)
    if days <= 0:
        return gettext("hôm nay")
    if months < 1:
        return ngettext("%(n)s ngày", "%(n)s ngày", days) % {"n": days}
    if months < 24:
        return ngettext("%(n)s tháng", "%(n)s tháng", months) % {"n": months}
    return ngettext("%(n)s năm", "%(n)s năm", months // 12) % {"n": months // 12}


@register.filter
def mask(value: str) -> str:
    """Personal text with its middle hidden: 09•• ••• 418, Ngô T•• H••, h••@so.gov.vn."""
    text = str(value).strip()
    if "@" in text:
        return f"{text[:1]}••@{text.rpartition('@')[2]}"
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 8:
        return f"{digits[:2]}•• ••• {digits[-3:]}"
    first, *rest = text.split() or [""]
    return " ".join([first if rest else f"{first[:1]}••", *(f"{word[:1]}••" for word in rest)])


@register.filter
def geometry(value: Number) -> str:
    """A number as SVG wants it, whatever the language."""
    return f"{float(value):g}"


@register.inclusion_tag("mx/sort.html", takes_context=True)
def sort_head(context: RequestContext, key: str, label: str, kind: str = "") -> dict[str, Any]:
    """A table head that sorts by `key`, then by its reverse. `kind="n"` for a column of figures."""
    current = context.request.GET.get("sort", "")
    state = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    return {
        "label": label,
        "kind": kind,
        "state": state,
        "next": f"-{key}" if state == "ascending" else key,
    }
