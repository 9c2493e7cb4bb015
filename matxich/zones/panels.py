"""What this room shows on pages of the rooms below."""

from django.template.loader import render_to_string
from django.utils import timezone

from matxich.kit.doorway import Request
from matxich.kit.panels import panel
from matxich.registry.models import Enterprise
from matxich.rulebook.identifiers import parse_registry_id
from matxich.zones.queries.due import due_of_tenant
from matxich.zones.queries.reports_page import days_text


@panel("registry.own_firm")
def forms_due(request: Request) -> str:
    """The forms a tenant of clusters owes, with the days left; the page itself has said who may see it."""
    match = request.resolver_match
    pk = parse_registry_id(match.kwargs.get("registry_id", "")) if match else None
    enterprise = Enterprise.objects.filter(pk=pk).first() if pk else None
    due = due_of_tenant(enterprise, timezone.localdate()) if enterprise else []
    if not due:
        return ""
    lines = [(one, days_text(one.days_left)) for one in due]
    return render_to_string("zones/forms_due_panel.html", {"lines": lines}, request)
