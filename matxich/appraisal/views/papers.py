"""Buttons that draft a paper and lead to it in the correspondence room."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import ngettext

from matxich.appraisal.actions import papers as actions
from matxich.appraisal.models import Council, Decision, Session
from matxich.appraisal.permissions import may_keep_council, may_lead, may_run_session
from matxich.appraisal.queries.council_page import plan_of
from matxich.appraisal.views.councils import council_year, may_plan
from matxich.appraisal.views.finding import council_of, decision_of, session_of
from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.doorway import Request
from matxich.kit.verdict import Verdict


@access(may_run_session, on=session_of, methods=("POST",))
def minutes(request: Request, session: Session) -> HttpResponse:
    paper = actions.draft_minutes(session=session, by=request.actor, at=timezone.now())
    return redirect("correspondence:paper", pk=paper.pk)


def may_lead_decision(actor: Actor, decision: Decision) -> Verdict:
    return may_lead(actor, decision.batch)


@access(may_lead_decision, on=decision_of, methods=("POST",))
def approval(request: Request, decision: Decision) -> HttpResponse:
    paper = actions.draft_approval(decision=decision, by=request.actor, at=timezone.now())
    return redirect("correspondence:paper", pk=paper.pk)


@access(may_lead_decision, on=decision_of, methods=("POST",))
def refusals(request: Request, decision: Decision) -> HttpResponse:
    made = actions.draft_refusals(decision=decision, by=request.actor, at=timezone.now())
    told = ngettext("Đã soạn %(n)s công văn có lý do.", "Đã soạn %(n)s công văn có lý do.", len(made)) % {
        "n": len(made)
    }
    messages.success(request, told)
    return redirect("appraisal:decision", pk=decision.pk)


@access(may_keep_council, on=council_of, methods=("POST",))
def founding(request: Request, council: Council) -> HttpResponse:
    paper = actions.draft_founding(council=council, by=request.actor, at=timezone.now())
    return redirect("correspondence:paper", pk=paper.pk)


@access(may_plan, on=council_year, methods=("POST",))
def plan(request: Request, asked: tuple[Council, int]) -> HttpResponse:
    known = plan_of(*asked)
    if known is None:
        raise Http404
    paper = actions.draft_plan(plan=known, by=request.actor, at=timezone.now())
    return redirect("correspondence:paper", pk=paper.pk)
