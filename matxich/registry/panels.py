"""What this room shows on pages of the rooms below."""

from django.template.loader import render_to_string

from matxich.kit.doorway import Request
from matxich.kit.panels import panel
from matxich.registry.permissions import may_claim
from matxich.registry.queries import claims
from matxich.registry.queries.own_firm import own_firm_cards


@panel("accounts.profile")
def my_firms(request: Request) -> str:
    """The firms somebody manages, their requests, which lists mention the firms; nothing for officials."""
    if not may_claim(request.actor):
        return ""
    context = {"cards": own_firm_cards(request.actor), "claims": claims.own_claims(request.actor)[: claims.PAGE]}
    return render_to_string("registry/my_firms_panel.html", context, request)
