"""Sittings: planned, convened, held. The room shows quorum and turnout as they stand; every button asks again."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from matxich.appraisal.actions import sessions as actions
from matxich.appraisal.forms.work import ConcludeForm, SessionForm
from matxich.appraisal.models import AgendaItem, Case, Council, CouncilMember, Session
from matxich.appraisal.permissions import may_conclude, may_open_session, may_run, may_run_session, shut_out
from matxich.appraisal.queries.session_page import session_page
from matxich.appraisal.states import CaseState
from matxich.appraisal.views.councils import _to
from matxich.appraisal.views.finding import council_of, item_of, session_of, version
from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, sentence
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.kit.verdict import Verdict


def _open_cases(council: Council, actor: Actor) -> QuerySet[Case]:
    """What may be put on an agenda: not yet concluded; cases shut to the reader are not named."""
    rows = Case.objects.filter(
        batch__council=council, state__in=(CaseState.COLLECTED, CaseState.VOTING, CaseState.OPENED)
    )
    return rows.exclude(pk__in=shut_out(actor).values("case")).select_related("batch").order_by("reference", "id")


@access(may_run, on=council_of, methods=("GET", "POST"))
def plan(request: Request, council: Council) -> HttpResponse:
    form = SessionForm(request.POST or None, cases=_open_cases(council, request.actor))
    if form.is_valid():
        told = form.cleaned_data
        cases = list(told["cases"])
        try:
            made = actions.plan_session(
                council=council, batch=cases[0].batch if cases else None, starts_at=told["starts_at"],
                venue=told["venue"], online_url=told["online_url"], cases=cases, by=request.actor, at=timezone.now(),
            )  # fmt: skip
            return redirect("appraisal:session", pk=made.pk)
        except Denied:
            raise
        except actions.BadSession as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, sentence(refusal))
    context = {"form": form, "title": _("Dự kiến phiên họp"), "crumbs": [*_to(council), Link(_("Phiên họp mới"))]}
    return render(request, "appraisal/form.html", context, status=422 if form.errors else 200)


@access(may_open_session, on=session_of)
def session(request: Request, session: Session) -> HttpResponse:
    page = session_page(session, request.actor)
    context = {
        "page": page,
        "session": session,
        "conclude": ConcludeForm(),
        "crumbs": [*_to(session.council), Link(_("Phiên %(no)s") % {"no": session.no})],
    }
    response = render(request, "appraisal/session.html", context)
    add_never_cache_headers(response)
    return response


@access(may_run_session, on=session_of, methods=("GET", "POST"))
def change(request: Request, session: Session) -> HttpResponse:
    form = SessionForm(request.POST or None, cases=_open_cases(session.council, request.actor), session=session)
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.change_session(
                session=session, starts_at=told["starts_at"], venue=told["venue"], online_url=told["online_url"],
                cases=list(told["cases"]), by=request.actor, at=timezone.now(), base_version=told["base_version"],
            )  # fmt: skip
            messages.success(request, _("Đã lưu."))
            return redirect("appraisal:session", pk=session.pk)
        except (Denied, Stale):
            raise
        except actions.BadSession as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, sentence(refusal))
    context = {"form": form, "title": str(session), "crumbs": [*_to(session.council), Link(_("Sửa phiên họp"))]}
    return render(request, "appraisal/form.html", context, status=422 if form.errors else 200)


@access(may_run_session, on=session_of, methods=("POST",))
def move(request: Request, session: Session) -> HttpResponse:
    """`step`: convene, open, adjourn, close, cancel."""
    by, at, base, text = request.actor, timezone.now(), version(request), request.POST.get("reason", "")
    match request.POST.get("step", ""):
        case "convene":
            actions.convene(session=session, by=by, at=at, base_version=base)
            messages.success(request, _("Đã triệu tập; từng thành viên được báo."))
        case "open":
            actions.open_session(session=session, by=by, at=at, base_version=base)
        case "adjourn":
            actions.adjourn(session=session, by=by, at=at, base_version=base, reason=text)
        case "close":
            actions.close_session(
                session=session, conclusion=request.POST.get("conclusion", ""), by=by, at=at, base_version=base
            )
        case "cancel":
            actions.cancel_session(session=session, by=by, at=at, base_version=base, reason=text)
    return redirect("appraisal:session", pk=session.pk)


@access(may_run_session, on=session_of, methods=("POST",))
def attendance(request: Request, session: Session) -> HttpResponse:
    """`member` and `step`: arrive, leave, absent (with `reason`)."""
    key = request.POST.get("member", "")
    rows = CouncilMember.objects.filter(council=session.council_id)
    member = get_object_or_404(rows, pk=int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0)
    by, at = request.actor, timezone.now()
    match request.POST.get("step", ""):
        case "arrive":
            actions.arrive(session=session, member=member, by=by, at=at)
        case "leave":
            actions.leave(session=session, member=member, by=by, at=at)
        case "absent":
            actions.absent(session=session, member=member, by=by, at=at, reason=request.POST.get("reason", ""))
    return redirect("appraisal:session", pk=session.pk)


def may_move_item(actor: Actor, item: AgendaItem) -> Verdict:
    running = may_run_session(actor, item.session)
    return running and may_conclude(actor, item.case)


@access(may_move_item, on=item_of, methods=("POST",))
def item(request: Request, item: AgendaItem) -> HttpResponse:
    """`step`: present, vote, open, postpone, conclude."""
    step, by, at = request.POST.get("step", ""), request.actor, timezone.now()
    try:
        if step == "conclude":
            actions.conclude_item(item=item, conditions=request.POST.get("conditions", ""), by=by, at=at)
        elif step in ("present", "vote", "open", "postpone"):
            actions.move_item(item=item, event=step, by=by, at=at, reason=request.POST.get("reason", ""))
    except Denied:
        raise
    except Refusal as refusal:
        messages.warning(request, sentence(refusal))
    return redirect("appraisal:session", pk=item.session_id)
