"""What this room shows on pages of the rooms below."""

from django.template.loader import render_to_string

from matxich.kit.doorway import Request
from matxich.kit.panels import panel
from matxich.policy.permissions import may_simulate


@panel("registry.passport_buttons")
def support_button(request: Request) -> str:
    """From a passport to what the law gives the firm, in one click; whoever sees the passport may ask."""
    match = request.resolver_match
    registry_id = match.kwargs.get("registry_id") if match else None
    return render_to_string("policy/_button.html", {"id": registry_id}, request) if registry_id else ""


@panel("registry.list_buttons")
def list_button(request: Request) -> str:
    """From the officials' list to what the law gives every firm of it."""
    match = request.resolver_match
    if match is None or match.view_name != "registry:enterprises" or not may_simulate(request.actor):
        return ""
    return render_to_string("policy/_list_button.html", {"question": request.META["QUERY_STRING"]}, request)
