"""What templates may say beyond Django's own tags: icons, figures, dates, ages, masks, sortable heads."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from matxich.kit.icons import ICONS
from matxich.kit.panels import drawn
from matxich.kit.personal import mask_text
from matxich.rulebook.vietnamese import numbers
from matxich.rulebook.vietnamese.numbers import PartialDate

register = template.Library()

Number = int | float | Decimal
LANGUAGE_LABELS = {"vi": "VI", "en": "EN", "ja": "日本語", "ko": "한국어"}
NOTHING = "–"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A line drawing; with a label it speaks for itself, without one the word stands beside it."""
    drawing = mark_safe(ICONS[name])  # our own literals
    if label:
        return format_html('<svg class="mx-i" viewBox="0 0 16 16" role="img" aria-label="{}">{}</svg>', label, drawing)
    return format_html('<svg class="mx-i" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', drawing)


@register.simple_tag(takes_context=True)
def panels(context: RequestContext, slot: str) -> SafeString:
    """What the rooms above show at this place of the page."""
    return mark_safe("".join(drawn(slot, context["request"])))  # each was rendered by a template of its own


@register.filter
def language_label(code: str) -> str:
    return LANGUAGE_LABELS.get(code, code.upper())


LOCALES: dict[str | None, numbers.Locale] = {None: "vi", "vi": "vi", "ja": "ja", "ko": "ko"}
LONG_DAYS = {"en": "l, j F, Y", "ja": "Y年n月j日 l", "ko": "Y년 n월 j일 l"}


def locale() -> numbers.Locale:
    return LOCALES.get(get_language(), "en")


@register.filter
def number(value: Number | None, places: int | None = None) -> str:
    """1.234.567,89 in Vietnamese, 1,234,567.89 elsewhere; a dash when there is no figure."""
    if value is None:
        return NOTHING
    exact = Decimal(str(value)) if isinstance(value, float) else value
    return numbers.format_number(exact, places, locale()).replace("-", "−")


@register.filter
def percent(value: Number | None, places: int = 0) -> str:
    """A share between 0 and 1 as a percentage."""
    return NOTHING if value is None else f"{number(Decimal(str(value)) * 100, places)}%"


@register.filter
def money(value: int | Decimal | None) -> str:
    """Whole đồng in short words when they lose nothing (1,8 tỷ đồng), else to the last đồng."""
    return NOTHING if value is None else _dong(int(value), exact=int(value) % _step(int(value)) != 0)


@register.filter
def money_round(value: int | Decimal | None) -> str:
    """Whole đồng in short words, at most two decimals: for lists where the exact sum stands one click away."""
    return NOTHING if value is None else _dong(int(value), exact=False)


def _dong(value: int, *, exact: bool) -> str:
    return numbers.format_money(value, locale(), exact=exact).replace("-", "−")


def _step(value: int) -> int:
    """The smallest amount that short words can show beside a sum of this size."""
    return 10**7 if abs(value) >= 10**9 else 10**4 if abs(value) >= 10**6 else 1


@register.filter
def day(value: date | datetime | PartialDate | None) -> str:
    """20/11/2026, 20 Nov 2026, 2026年11月20日 or 2026. 11. 20., in Vietnam time when it is an instant."""
    return NOTHING if value is None else numbers.format_date(_local(value), locale())


@register.filter
def long_day(value: date) -> str:
    """Thứ Sáu, 20 tháng 11, 2026: the framework's own Vietnamese says “Thứ 6” and “Tháng 11”."""
    if written := LONG_DAYS.get(locale()):
        return date_format(value, written)
    return f"{WEEKDAYS[value.weekday()]}, {value.day} tháng {value.month}, {value.year}"


@register.filter
def moment(value: datetime | None) -> str:
    """14:07 20/11/2026."""
    return NOTHING if value is None else f"{timezone.localtime(value):%H:%M} {day(value)}"


def _local[D: (date | PartialDate)](value: D) -> D | date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def age(since: date | datetime | None, today: date) -> str:
    """How old a fact is on `today`, in one unit: hôm nay, 12 ngày, 4 tháng, 3 năm."""
    if since is None:
        return ""
    start = _local(since)
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
    """Personal text as lists show it: 09•• ••• 418, N•• T•• H••, h••@so.gov.vn."""
    return mask_text(str(value))


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
