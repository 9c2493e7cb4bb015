"""What this room shows on pages of the rooms below."""

from django.template.loader import render_to_string
from django.utils import timezone

from matxich.accounts.permissions import Person
from matxich.kit.doorway import Request
from matxich.kit.panels import panel
from matxich.programmes.models import Agreement
from matxich.programmes.queries.call_pages import card_of
from matxich.programmes.queries.calls import open_calls
from matxich.programmes.states import AgreementState
from matxich.registry.models import Enterprise
from matxich.rulebook.identifiers import parse_registry_id

MOST = 5


@panel("accounts.profile")
def own_agreements(request: Request) -> str:
    """Signed agreements an organisation of the reader's is a party of."""
    actor = request.actor
    if not isinstance(actor, Person) or not actor.agency_ids:
        return ""
    found = Agreement.objects.filter(parties__agency__in=actor.agency_ids).exclude(state=AgreementState.DRAFT)
    rows = list(found.distinct().order_by("-signed_on", "-pk")[:MOST])
    return render_to_string("programmes/own_agreements_panel.html", {"rows": rows}, request) if rows else ""


@panel("registry.own_firm")
def calls_for_firm(request: Request) -> str:
    """National calls and those of the firm's province that take proposals now; the page has said who may see it."""
    match = request.resolver_match
    pk = parse_registry_id(match.kwargs.get("registry_id", "")) if match else None
    firm = Enterprise.objects.filter(pk=pk).first() if pk else None
    if firm is None:
        return ""
    now = timezone.now()
    calls = [call for call in open_calls(now) if call.plan.programme.place in ("", firm.province_34)]
    cards = [card_of(call, now) for call in calls[:MOST]]
    return render_to_string("programmes/open_calls_panel.html", {"cards": cards}, request) if cards else ""
