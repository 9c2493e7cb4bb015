"""What the values of a split are called."""

from django.utils.translation import get_language, gettext

from matxich.coaching.instruments import regions
from matxich.coaching.states import Sex
from matxich.places.queries import name_of, provinces
from matxich.programmes.contents import groups
from matxich.programmes.states import MoneySource
from matxich.proposals.states import NeedKind
from matxich.registry.states import Size
from matxich.rulebook.addresses.model import Edition
from matxich.rulebook.coaching.loading import said
from matxich.rulebook.law.supports.kinds import SUPPORTS

_NAMED = {"size": dict(Size.choices), "sex": dict(Sex.choices), "line": dict(MoneySource.choices)}


def key_name(by: str, key: str, edition: Edition, region_set: str) -> str:
    """In the reader's language; words for what is not known."""
    if not key:
        return gettext("chưa rõ")
    if by == "province":
        return place_name(key, edition)
    if by == "region":
        found = next((one for one in regions()[region_set].regions if one.code == key), None)
        return said(found.names, _language()) if found else key
    if by == "kind":
        group, support = groups().get(key), SUPPORTS.get(key)
        if group:
            return group.name(_language())
        if support:
            return support.words.vi if _language() == "vi" else support.words.en
        kinds: dict[str, object] = dict(NeedKind.choices)
        return str(kinds.get(key, key))
    return str(_NAMED.get(by, {}).get(key, key))


def place_name(code: str, edition: Edition) -> str:
    """A province by its name on a map; "" for the whole country."""
    if not code:
        return ""
    return next((one.name for one in provinces(edition) if one.code == code), name_of(code))


def _language() -> str:
    return get_language() or "vi"
