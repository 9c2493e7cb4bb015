"""What this room shows on pages of the rooms below."""

from django.db.models import Count, Sum
from django.template.loader import render_to_string
from django.utils import timezone

from matxich.accounts.permissions import holds
from matxich.appraisal.models import Case
from matxich.kit.doorway import Request
from matxich.kit.panels import panel
from matxich.programmes.models import Call
from matxich.proposals.models import Proposal
from matxich.proposals.permissions import may_see_proposals
from matxich.proposals.queries.applicant import cards_of
from matxich.proposals.queries.listing import visible_proposals
from matxich.proposals.states import Status
from matxich.registry.permissions import EDITING
from matxich.rulebook.identifiers import parse_registry_id

MOST = 5


@panel("programmes.public_call")
def begin(request: Request) -> str:
    """From a call to a draft; whoever is not signed in is asked to sign in first."""
    match = request.resolver_match
    call = Call.objects.filter(code=match.kwargs.get("code", "")).first() if match else None
    if call is None or not call.is_open(timezone.now()):
        return ""
    context = {"call": call, "files_for": holds(request.actor, EDITING)}
    return render_to_string("proposals/begin_panel.html", context, request)


@panel("programmes.call")
def came_in(request: Request) -> str:
    """How many proposals of a call stand where, for officials who may see them."""
    match = request.resolver_match
    pk = match.kwargs.get("pk") if match else None
    if pk is None or not may_see_proposals(request.actor):
        return ""
    found = visible_proposals(request.actor).filter(call=pk).order_by().values("status")
    rows = {row["status"]: row for row in found.annotate(n=Count("pk"), asked=Sum("asked"))}
    lines = [(one.value, one.label, rows[one]["n"], rows[one]["asked"]) for one in Status if one in rows]
    return render_to_string("proposals/call_panel.html", {"lines": lines, "call": pk}, request)


@panel("registry.own_firm")
def own_proposals(request: Request) -> str:
    """A firm's latest proposals on its own page, and the way to a needs sheet; the page has said who may see it."""
    match = request.resolver_match
    pk = parse_registry_id(match.kwargs.get("registry_id", "")) if match else None
    if not pk:
        return ""
    found = Proposal.objects.filter(enterprise=pk).select_related("call__plan__programme").order_by("-id")[:MOST]
    context = {"cards": cards_of(found, timezone.now())}
    return render_to_string("proposals/own_firm_panel.html", context, request)


def case_panel(request: Request, case: Case) -> str:
    """On the page of a case: its frozen dossier. That page has asked its own door."""
    proposal = Proposal.objects.filter(pk=case.owner_id).select_related("current").first()
    if proposal is None or proposal.current is None:
        return ""
    return render_to_string("proposals/case_panel.html", {"proposal": proposal, "version": proposal.current}, request)
