"""The mark of verification in long lists: drawn once for each look it can have, not once a row."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def verified(level: int, stale: bool = False) -> SafeString:
    """The chain and its words; amber when older than twelve months."""
    return _drawn(level, stale, get_language())


@cache
def _drawn(level: int, stale: bool, language: str | None) -> SafeString:
    return render_to_string("mx/v.html", {"level": level, "stale": stale})
