"""Councils: the list, one with its members and sittings, preparing, founding, dissolving; a member's seat; plans."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.forms import ReasonForm
from matxich.accounts.models import Agency
from matxich.appraisal.actions import councils as actions
from matxich.appraisal.actions import plans as plan_actions
from matxich.appraisal.forms.councils import AnnounceForm, CouncilForm, FoundForm, KnownForm, PlanForm, SeatForm, words
from matxich.appraisal.models import Council, CouncilMember, CouncilPlan
from matxich.appraisal.permissions import (
    HEADING,
    RUNNING,
    charges,
    may_change_member,
    may_found,
    may_keep_council,
    may_open_council,
    may_prepare_council,
    may_run,
    may_see_councils,
)
from matxich.appraisal.queries.council_page import announced_plans, council_page, councils_for, plan_of
from matxich.appraisal.states import CouncilState
from matxich.appraisal.views.finding import council_of, member_of, version
from matxich.kit.access import access, anyone
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, sentence
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.kit.verdict import Verdict


def _root() -> Link:
    return Link(_("Hội đồng"), reverse("appraisal:councils"))


def _to(council: Council) -> list[Link]:
    return [_root(), Link(council.name, reverse("appraisal:council", args=[council.pk]))]


def own_agencies(actor: Actor) -> QuerySet[Agency]:
    """Agencies the actor may prepare councils and batches for."""
    if actor.is_system:
        return Agency.objects.filter(valid_to=None)
    held = {agency for agencies, _scope in charges(actor, RUNNING | HEADING) for agency in agencies}
    return Agency.objects.filter(pk__in=held, valid_to=None)


@access(may_see_councils)
def councils(request: Request) -> HttpResponse:
    context = {
        "councils": list(councils_for(request.actor)[:100]),
        "may_prepare": may_prepare_council(request.actor),
        "crumbs": [Link(_("Hội đồng"))],
    }
    return render(request, "appraisal/councils.html", context)


@access(may_prepare_council, methods=("GET", "POST"))
def create(request: Request) -> HttpResponse:
    agencies = own_agencies(request.actor)
    first = agencies.first()
    form = CouncilForm(request.POST or None, agencies=agencies, initial={"agency": first.pk if first else None})
    if form.is_valid():
        agency = form.cleaned_data["agency"]
        try:
            made = actions.create_council(
                agency=agency, place=agency.place, facts=form.facts(), by=request.actor, at=timezone.now()
            )
            messages.success(request, _("Đã lập. Thêm thành viên rồi ghi quyết định thành lập."))
            return redirect("appraisal:council", pk=made.pk)
        except Denied:
            raise
        except actions.BadCouncil as refusal:
            form.add_error(_field(form, refusal), sentence(refusal))
    context = {"form": form, "title": _("Lập hội đồng, bộ phận thẩm định"), "crumbs": [_root(), Link(_("Lập"))]}
    return render(request, "appraisal/form.html", context, status=422 if form.errors else 200)


@access(may_open_council, on=council_of)
def council(request: Request, council: Council) -> HttpResponse:
    today = timezone.localdate()
    page = council_page(council, today.year)
    context = {
        "page": page,
        "council": council,
        "may_keep": may_keep_council(request.actor, council),
        "may_found": may_found(request.actor, council),
        "may_run": may_run(request.actor, council),
        "found": FoundForm(initial={"base_version": council.version, "on": today}, auto_id="found_%s"),
        "reason": ReasonForm(auto_id="end_%s"),
        "crumbs": [_root(), Link(council.name)],
    }
    return render(request, "appraisal/council.html", context)


@access(may_keep_council, on=council_of, methods=("GET", "POST"))
def change(request: Request, council: Council) -> HttpResponse:
    form = CouncilForm(request.POST or None, agencies=Agency.objects.none(), council=council)
    if form.is_valid():
        try:
            actions.change_council(
                council=council, facts=form.facts(), by=request.actor, at=timezone.now(),
                base_version=form.cleaned_data["base_version"],
            )  # fmt: skip
            messages.success(request, _("Đã lưu."))
            return redirect("appraisal:council", pk=council.pk)
        except (Denied, Stale):
            raise
        except actions.BadCouncil as refusal:
            form.add_error(_field(form, refusal), sentence(refusal))
    context = {"form": form, "title": council.name, "crumbs": [*_to(council), Link(_("Sửa"))]}
    return render(request, "appraisal/form.html", context, status=422 if form.errors else 200)


def _field(form: CouncilForm, refusal: actions.BadCouncil) -> str | None:
    where = "share" if refusal.field == "quorum" else refusal.field
    return where if where in form.fields else None


@access(may_found, on=council_of, methods=("POST",))
def found(request: Request, council: Council) -> HttpResponse:
    form = FoundForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        actions.found_council(
            council=council, number=told["number"], on=told["on"], by=request.actor, at=timezone.now(),
            base_version=told["base_version"],
        )  # fmt: skip
        messages.success(request, _("Đã ghi việc thành lập."))
    else:
        messages.warning(request, _("Ngày chưa đúng."))
    return redirect("appraisal:council", pk=council.pk)


@access(may_found, on=council_of, methods=("POST",))
def dissolve(request: Request, council: Council) -> HttpResponse:
    actions.dissolve_council(
        council=council, by=request.actor, at=timezone.now(), base_version=version(request),
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    messages.success(request, _("Đã ghi việc giải thể."))
    return redirect("appraisal:council", pk=council.pk)


@access(may_keep_council, on=council_of, methods=("GET", "POST"))
def seat(request: Request, council: Council) -> HttpResponse:
    form = SeatForm(request.POST or None)
    if form.is_valid():
        try:
            actions.seat_member(
                council=council,
                user=form.cleaned_data["email"],
                facts=form.facts(),
                by=request.actor,
                at=timezone.now(),
            )
            messages.success(request, _("Đã thêm thành viên."))
            return redirect("appraisal:council", pk=council.pk)
        except Denied:
            raise
        except Refusal as refusal:
            where = getattr(refusal, "field", "")
            form.add_error(where if where in form.fields else "email" if where == "user" else None, sentence(refusal))
    context = {"form": form, "title": _("Thêm thành viên"), "crumbs": [*_to(council), Link(_("Thêm thành viên"))]}
    return render(request, "appraisal/form.html", context, status=422 if form.errors else 200)


@access(may_change_member, on=member_of, methods=("GET", "POST"))
def member(request: Request, member: CouncilMember) -> HttpResponse:
    """What is known of a member for conflicts of interest; the member and the secretariat alone."""
    form = KnownForm(request.POST or None, member=member)
    if form.is_valid():
        told = form.cleaned_data
        actions.change_member(
            member=member, known=form.known(), expertise=words(told["expertise"]), by=request.actor,
            at=timezone.now(), base_version=told["base_version"],
        )  # fmt: skip
        messages.success(request, _("Đã lưu. Lợi ích liên quan được rà lại ở lần rà tiếp theo."))
        return redirect("appraisal:member", pk=member.pk)
    context = {
        "form": form,
        "member": member,
        "may_keep": may_keep_council(request.actor, member.council),
        "reason": ReasonForm(auto_id="end_%s"),
        "crumbs": [*_to(member.council), Link(member.user.name)],
    }
    return render(request, "appraisal/member.html", context, status=422 if form.errors else 200)


def may_unseat(actor: Actor, member: CouncilMember) -> Verdict:
    return may_keep_council(actor, member.council)


@access(may_unseat, on=member_of, methods=("POST",))
def unseat(request: Request, member: CouncilMember) -> HttpResponse:
    actions.unseat_member(member=member, by=request.actor, at=timezone.now(), reason=request.POST.get("reason", ""))
    messages.success(request, _("Đã ghi thành viên thôi tham gia."))
    return redirect("appraisal:council", pk=member.council_id)


def council_year(pk: int, year: int) -> tuple[Council, int]:
    if not plan_actions.FIRST <= year <= plan_actions.LAST:
        raise Http404
    return council_of(pk), year


def may_plan(actor: Actor, asked: tuple[Council, int]) -> Verdict:
    return may_run(actor, asked[0])


@access(may_plan, on=council_year, methods=("GET", "POST"))
def plan(request: Request, asked: tuple[Council, int]) -> HttpResponse:
    council, year = asked
    known = plan_of(council, year)
    form = PlanForm(request.POST or None, plan=known)
    if form.is_valid():
        try:
            plan_actions.save_plan(
                council=council, year=year, facts=form.facts(), by=request.actor, at=timezone.now(),
                base_version=form.cleaned_data["base_version"],
            )  # fmt: skip
            messages.success(request, _("Đã lưu kế hoạch. Công khai khi bấm Thông báo."))
            return redirect("appraisal:plan", pk=council.pk, year=year)
        except (Denied, Stale):
            raise
        except actions.BadCouncil as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, sentence(refusal))
    context = {
        "form": form,
        "plan": known,
        "council": council,
        "year": year,
        "announce": AnnounceForm(initial={"base_version": known.version if known else 0}, auto_id="tell_%s"),
        "may_announce": may_found(request.actor, council),
        "crumbs": [*_to(council), Link(_("Kế hoạch %(year)s") % {"year": year})],
    }
    return render(request, "appraisal/plan.html", context, status=422 if form.errors else 200)


def may_announce(actor: Actor, asked: tuple[Council, int]) -> Verdict:
    return may_found(actor, asked[0])


@access(may_announce, on=council_year, methods=("POST",))
def announce(request: Request, asked: tuple[Council, int]) -> HttpResponse:
    council, year = asked
    known = plan_of(council, year)
    if known is None:
        raise Http404
    plan_actions.announce_plan(
        plan=known, by=request.actor, at=timezone.now(), base_version=version(request),
        paper_no=request.POST.get("paper_no", ""),
    )  # fmt: skip
    messages.success(request, _("Đã thông báo; ai cũng đọc được kế hoạch này."))
    return redirect("appraisal:plan", pk=council.pk, year=year)


@access(anyone)
def public_plans(request: Request) -> HttpResponse:
    """For everybody: what councils mean to do."""
    plans = list(announced_plans()[:50])
    return render(request, "appraisal/public_plans.html", {"plans": plans})


def announced_plan(pk: int) -> CouncilPlan:
    found = announced_plans().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@access(anyone, on=announced_plan)
def public_plan(request: Request, plan: CouncilPlan) -> HttpResponse:
    context = {"plan": plan, "dissolved": plan.council.state == CouncilState.DISSOLVED}
    return render(request, "appraisal/public_plan.html", context)
