"""How rooms above give their cases a page here: whoever owns a kind of case registers where its dossier is read.

`dossiers.register("proposal", "proposals:proposal", panel)` in the `ready` of the owning room.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from matxich.appraisal.models import Case
from matxich.kit.doorway import Request

Panel = Callable[[Request, Case], str]


@dataclass(frozen=True, slots=True)
class Dossier:
    """`url_name`: the owner's own page of what is judged, taking `pk`; `panel`: its part of the case's page, as HTML.

    Both are only asked once `permissions.may_open_case` has said yes; the owner's page asks it again.
    """

    url_name: str
    panel: Panel


_KINDS: dict[str, Dossier] = {}


def register(owner_kind: str, url_name: str, panel: Panel) -> None:
    """Registering again replaces."""
    _KINDS[owner_kind] = Dossier(url_name, panel)


def url_of(case: Case) -> str:
    """ "" for a kind that nobody registered."""
    kind = _KINDS.get(case.owner_kind)
    return reverse(kind.url_name, kwargs={"pk": case.owner_id}) if kind else ""


def drawn(request: Request, case: Case) -> str:
    kind = _KINDS.get(case.owner_kind)
    return kind.panel(request, case) if kind else ""
