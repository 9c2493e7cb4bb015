"""What this room shows on pages of the rooms below."""

from django.template.loader import render_to_string

from matxich.coaching.models import Participant
from matxich.kit.doorway import Request
from matxich.kit.panels import panel
from matxich.rulebook.identifiers import parse_registry_id


@panel("registry.own_firm")
def rounds_of_firm(request: Request) -> str:
    """Rounds of coaching the firm is or was in; the page has said who may see it."""
    match = request.resolver_match
    pk = parse_registry_id(match.kwargs.get("registry_id", "")) if match else None
    rows = list(Participant.objects.filter(enterprise=pk).select_related("cohort").order_by("-pk")) if pk else []
    return render_to_string("coaching/own_rounds_panel.html", {"rows": rows}, request) if rows else ""
