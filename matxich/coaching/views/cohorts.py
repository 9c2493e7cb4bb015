"""Rounds: the list, the board, the longlist, selection, a week, sessions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matxich.accounts.models import Agency
from matxich.coaching.actions import cohorts as actions
from matxich.coaching.actions import longlist, papers, selecting, working
from matxich.coaching.forms.cohorts import CohortForm, FindForm, ListForm, SelectionForm, initial_of
from matxich.coaching.forms.measuring import HoldForm, SessionForm, session_initial
from matxich.coaching.models import Cohort, Session
from matxich.coaching.permissions import (
    may_change_session,
    may_create_cohort,
    may_decide,
    may_open_cohort,
    may_run,
    may_see_cohorts,
)
from matxich.coaching.queries.board import board
from matxich.coaching.queries.finding import found_firms
from matxich.coaching.queries.listing import list_page
from matxich.coaching.queries.ranking import ranking_page
from matxich.coaching.queries.weeks import week_page
from matxich.coaching.views.doorway import asked, cohort_crumbs, cohort_of, session_of, tried, version_of
from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request
from matxich.programmes.forms.fields import EndingForm
from matxich.programmes.permissions import agencies_to_run_for
from matxich.registry.models import Enterprise

MOVES = frozenset({"screen", "select", "run", "finish", "close"})


@access(may_see_cohorts)
def cohorts(request: Request) -> HttpResponse:
    page = list_page(request.GET, request.actor, timezone.localdate())
    return render(request, "coaching/cohorts.html", {"page": page, "crumbs": cohort_crumbs()})


@access(may_open_cohort, on=cohort_of)
def cohort(request: Request, cohort: Cohort) -> HttpResponse:
    page = board(cohort, request.actor, timezone.localdate())
    return render(request, "coaching/cohort.html", {"page": page, "cohort": cohort, "crumbs": cohort_crumbs(cohort)})


@access(may_create_cohort, methods=("GET", "POST"))
def create(request: Request) -> HttpResponse:
    agencies = agencies_to_run_for(request.actor)
    initial = {"agency": str(agencies[0].pk) if agencies else "", "base_version": 0}
    return _edited(request, None, agencies, initial)


@access(may_run, on=cohort_of, methods=("GET", "POST"))
def edit(request: Request, cohort: Cohort) -> HttpResponse:
    return _edited(request, cohort, [cohort.agency], initial_of(cohort))


def _edited(request: Request, cohort: Cohort | None, agencies: list[Agency], initial: dict[str, Any]) -> HttpResponse:
    form = CohortForm(request.POST or None, agencies=agencies, cohort=cohort, initial=initial)
    by, at = request.actor, timezone.now()
    if form.is_valid():
        draft, told = form.draft(), form.cleaned_data
        made = tried(
            form,
            lambda: (
                actions.save_cohort(cohort=cohort, draft=draft, by=by, at=at, base_version=told["base_version"])
                if cohort
                else actions.create_cohort(
                    agreement=told["agreement"], agency=form.chosen_agency, draft=draft, by=by, at=at
                )
            ),
        )
        if made:
            messages.success(request, _("Đã ghi đợt tư vấn."))
            return redirect("coaching:cohort", pk=made.pk)
    title = _("Sửa đợt tư vấn") if cohort else _("Lập đợt tư vấn")
    context = {
        "form": form, "title": title, "submit": _("Ghi đợt tư vấn"), "sheet": None,
        "text": _("Số tuần lý thuyết và tại nhà máy là dữ liệu của đợt, không cố định."),
        "back_url": reverse("coaching:cohort", args=[cohort.pk]) if cohort else reverse("coaching:cohorts"),
        "crumbs": cohort_crumbs(cohort, Link(title)),
    }  # fmt: skip
    return render(request, "coaching/form.html", context, status=422 if form.errors else 200)


@access(may_run, on=cohort_of, methods=("POST",))
def move(request: Request, cohort: Cohort) -> HttpResponse:
    event = request.POST.get("event", "")
    if event not in MOVES:
        raise Http404
    actions.move_cohort(
        cohort=cohort, event=event, by=request.actor, at=timezone.now(), base_version=version_of(request)
    )
    return redirect("coaching:cohort", pk=cohort.pk)


@access(may_run, on=cohort_of, methods=("POST",))
def letters(request: Request, cohort: Cohort) -> HttpResponse:
    made = papers.draft_letters(cohort=cohort, by=request.actor, at=timezone.now())
    told = ngettext("Đã soạn %(n)s thư kết quả.", "Đã soạn %(n)s thư kết quả.", len(made)) % {"n": len(made)}
    messages.success(request, told)
    return redirect("coaching:cohort", pk=cohort.pk)


@access(may_decide, on=cohort_of, methods=("GET", "POST"))
def cancel(request: Request, cohort: Cohort) -> HttpResponse:
    form = EndingForm(request.POST or None, initial={"base_version": cohort.version})
    back = reverse("coaching:cohort", args=[cohort.pk])
    return asked(
        request, form,
        lambda told: actions.cancel_cohort(cohort=cohort, by=request.actor, at=timezone.now(), **told),
        title=_("Hủy đợt tư vấn"), text=_("Danh sách dài và các phiếu vẫn được giữ."), back=back, danger=True,
        said=_("Đã hủy đợt tư vấn."), crumbs=cohort_crumbs(cohort, Link(_("Hủy"))), template="coaching/confirm.html",
    )  # fmt: skip


@access(may_run, on=cohort_of, methods=("GET", "POST"))
def add_firms(request: Request, cohort: Cohort) -> HttpResponse:
    """Search above, one button a firm; a refusal stands on top."""
    find = FindForm(request.GET or None)
    text = find.cleaned_data["q"] if find.is_valid() else ""
    form = ListForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        firm = Enterprise.objects.filter(pk=told["enterprise"]).first()
        if firm is None:
            raise Http404
        site = longlist.Site(text=told["site"], province_63=told["province_63"])
        own = site if told["province_63"] else None
        if tried(
            form,
            lambda: longlist.add_to_longlist(
                cohort=cohort, enterprise=firm, site=own, by=request.actor, at=timezone.now()
            ),
        ):
            messages.success(request, _("Đã thêm %(firm)s vào danh sách dài.") % {"firm": firm.name})
            return redirect(request.get_full_path())
    context = {
        "cohort": cohort, "find": find, "text": text, "form": form, "rows": found_firms(text, cohort),
        "crumbs": cohort_crumbs(cohort, Link(_("Thêm doanh nghiệp"))),
    }  # fmt: skip
    return render(request, "coaching/add_firms.html", context, status=422 if form.errors else 200)


@access(may_decide, on=cohort_of, methods=("GET", "POST"))
def select(request: Request, cohort: Cohort) -> HttpResponse:
    """The order of the marks; every firm gets its outcome at once."""
    page = ranking_page(cohort)
    form = SelectionForm(
        request.POST or None, participants=[row.participant for row in page.rows], suggested=page.suggested,
        initial={"digest": page.digest},
    )  # fmt: skip
    if form.is_valid() and tried(
        form,
        lambda: bool(selecting.decide_selection(
            cohort=cohort, outcomes=form.outcomes(), reasons=form.reasons(), by=request.actor, at=timezone.now(),
            digest=form.cleaned_data["digest"],
        )),
    ):  # fmt: skip
        messages.success(request, _("Đã ghi quyết định lựa chọn."))
        return redirect("coaching:cohort", pk=cohort.pk)
    rows = [(row, form[f"outcome-{row.participant.pk}"], form[f"reason-{row.participant.pk}"]) for row in page.rows]
    context = {
        "cohort": cohort, "page": page, "form": form, "rows": rows,
        "crumbs": cohort_crumbs(cohort, Link(_("Lựa chọn"))),
    }  # fmt: skip
    return render(request, "coaching/select.html", context, status=422 if form.errors else 200)


def week_key(pk: int, week: int) -> Cohort:
    found = cohort_of(pk)
    if not 1 <= week <= found.weeks:
        raise Http404
    found.asked_week = week  # type: ignore[attr-defined]
    return found


@access(may_open_cohort, on=week_key)
def week(request: Request, cohort: Cohort) -> HttpResponse:
    number: int = cohort.asked_week  # type: ignore[attr-defined]
    links = {each: reverse("coaching:week", args=[cohort.pk, each]) for each in range(1, cohort.weeks + 1)}
    context = {
        "page": week_page(cohort, number, request.actor, timezone.now(), links), "cohort": cohort,
        "crumbs": cohort_crumbs(cohort, Link(_("Tuần %(week)s") % {"week": number})),
    }  # fmt: skip
    return render(request, "coaching/week.html", context)


@access(may_run, on=cohort_of, methods=("GET", "POST"))
def add_session(request: Request, cohort: Cohort) -> HttpResponse:
    told = request.GET.get("tuan", "")
    initial = {"base_version": 0, "week": int(told) if told.isdecimal() and len(told) < 3 else 1}
    return _session(request, cohort, None, initial)


@access(may_change_session, on=session_of, methods=("GET", "POST"))
def edit_session(request: Request, session: Session) -> HttpResponse:
    return _session(request, session.cohort, session, session_initial(session))


def _session(request: Request, cohort: Cohort, session: Session | None, initial: dict[str, Any]) -> HttpResponse:
    form = SessionForm(request.POST or None, cohort=cohort, initial=initial)
    number = session.week if session else initial["week"]
    back = reverse("coaching:week", args=[cohort.pk, min(max(number, 1), cohort.weeks)])
    title = _("Sửa buổi làm việc") if session else _("Thêm buổi làm việc")
    return asked(
        request, form,
        lambda told: working.save_session(
            cohort=cohort, participant=told["participant"], draft=form.draft(), session=session, by=request.actor,
            at=timezone.now(), base_version=told["base_version"],
        ),
        title=title, back=back, said=_("Đã ghi buổi làm việc."), submit=_("Ghi buổi làm việc"),
        text=_("Chuyên gia đã có buổi khác cùng giờ thì hệ thống không nhận."),
        crumbs=cohort_crumbs(cohort, Link(title)),
    )  # fmt: skip


@access(may_change_session, on=session_of, methods=("GET", "POST"))
def hold_session(request: Request, session: Session) -> HttpResponse:
    cohort = session.cohort
    firms = cohort.participants.filter(selected_on__isnull=False, left_on=None).select_related("enterprise")
    if session.participant_id:
        firms = firms.filter(pk=session.participant_id)
    form = HoldForm(request.POST or None, participants=list(firms), initial={"base_version": session.version})
    return asked(
        request, form,
        lambda told: working.hold_session(
            session=session, attendance=form.attendance(), by=request.actor, at=timezone.now(),
            base_version=told["base_version"],
        ),
        title=_("Ghi buổi đã làm"), text=session.topic, submit=_("Ghi có mặt"), said=_("Đã ghi buổi làm việc."),
        back=reverse("coaching:week", args=[cohort.pk, session.week]), crumbs=cohort_crumbs(cohort, Link(_("Có mặt"))),
    )  # fmt: skip


@access(may_change_session, on=session_of, methods=("GET", "POST"))
def cancel_session(request: Request, session: Session) -> HttpResponse:
    form = EndingForm(request.POST or None, initial={"base_version": session.version})
    return asked(
        request, form,
        lambda told: working.cancel_session(session=session, by=request.actor, at=timezone.now(), **told),
        title=_("Hủy buổi làm việc"), text=session.topic, danger=True, said=_("Đã hủy buổi làm việc."),
        back=reverse("coaching:week", args=[session.cohort_id, session.week]), template="coaching/confirm.html",
        crumbs=cohort_crumbs(session.cohort, Link(_("Hủy buổi"))),
    )  # fmt: skip
