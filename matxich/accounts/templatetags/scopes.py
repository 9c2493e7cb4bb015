"""Scopes as people read them."""

from django import template
from django.utils.translation import gettext

from matxich.accounts.queries import place_label

register = template.Library()


@register.filter
def scope_name(code: str) -> str:
    """ "cả nước", or the place with what it lies in."""
    return place_label(code) if code else gettext("cả nước")
