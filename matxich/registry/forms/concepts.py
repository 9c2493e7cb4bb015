"""A box for one concept of the taxonomy: what is typed into it, offered beside it, said of what is not known."""

from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.registry.queries.concept_choices import concept_choices
from matxich.registry.queries.meaning import SCHEME_OF
from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.taxonomy import map_text

NEAR = 3
# Somebody chooses, so a name with words left over, or with two things in it, is asked again.
CERTAIN = 0.9


def concept_named(text: str, facet: str) -> str:
    """The code of the concept of one list that a person named, "" when no one concept is meant."""
    found = map_text(taxonomy(), text, language="vi", schemes=(SCHEME_OF[facet],))
    sure = found.verdict == "mapped" and found.confidence >= CERTAIN
    return found.concept.code if sure and found.concept else ""


def not_in_taxonomy(text: str, facet: str) -> str:
    near = [choice.label for choice in concept_choices(text, facet, limit=NEAR)]
    if near:
        said = _("Chưa rõ là khái niệm nào trong danh mục. Gần giống: %(names)s.")
        return said % {"names": "; ".join(near)}
    return _("Danh mục chưa có khái niệm này. Bỏ trống ô này thì hệ thống giữ nguyên chữ.")


def choosing(facet: str) -> dict[str, str]:
    """What a box needs for concepts to be offered while somebody types into it."""
    return {
        "data-suggest": reverse("registry:concept_offers", args=[facet]),
        "data-offers": _("Gợi ý"),
        "autocomplete": "off",
    }
