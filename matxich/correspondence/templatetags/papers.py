"""What a kind of paper is called on screen."""

from django import template
from django.utils.translation import gettext

from matxich.rulebook.papers.kinds import KINDS

register = template.Library()


@register.filter
def kind_name(code: str) -> str:
    return gettext(KINDS[code].name)
