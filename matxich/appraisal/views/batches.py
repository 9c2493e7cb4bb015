"""Batches: the list, one with its cases, preparing and starting it; interests; assignments; criteria."""

from typing import Any

import yaml
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.appraisal.actions import assignment as assigning
from matxich.appraisal.actions import batches as actions
from matxich.appraisal.actions import criteria as criteria_actions
from matxich.appraisal.actions import interests as interest_actions
from matxich.appraisal.criteria import data_of, read, said
from matxich.appraisal.forms.work import AssignForm, BatchForm, CriteriaForm, InterestForm, OverrideForm
from matxich.appraisal.models import AssignmentRun, Batch, Case, Council, CriteriaSet, Interest
from matxich.appraisal.packaged import packaged_sets
from matxich.appraisal.permissions import (
    in_charge_of,
    may_decide_interest,
    may_feed,
    may_keep_criteria,
    may_lead,
    may_open_batch,
    may_prepare_council,
    may_see_councils,
    may_see_interests,
    seat_in,
    shut_out,
)
from matxich.appraisal.queries.assignment import run_page, standing_assignments
from matxich.appraisal.queries.batch_page import batches_for, case_list, interests_of
from matxich.appraisal.queries.my_cases import own_interests, undeclared
from matxich.appraisal.queries.people import in_office
from matxich.appraisal.states import CouncilState, CriteriaState
from matxich.appraisal.views.councils import own_agencies
from matxich.appraisal.views.finding import batch_of, case_of, criteria_of, interest_of, run_of, version
from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, after_link, after_of, sentence
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.kit.verdict import YES, Verdict, no
from matxich.programmes.models import FundingLine


def to_batches() -> Link:
    return Link(_("Thẩm định"), reverse("appraisal:batches"))


def to_batch(batch: Batch) -> list[Link]:
    return [to_batches(), Link(batch.name, reverse("appraisal:batch", args=[batch.pk]))]


@access(may_see_councils)
def batches(request: Request) -> HttpResponse:
    rows = batches_for(request.actor)
    context = {
        "batches": list(rows[:100]),
        "may_prepare": may_prepare_council(request.actor),
        "crumbs": [Link(_("Thẩm định"))],
    }
    return render(request, "appraisal/batches.html", context)


def _choices(actor: Actor, batch: Batch | None) -> dict[str, Any]:
    own = in_charge_of(actor)
    councils = Council.objects.filter(own).exclude(state=CouncilState.DISSOLVED)
    sets = CriteriaSet.objects.filter(state=CriteriaState.IN_USE)
    lines = FundingLine.objects.filter(in_charge_of(actor, prefix="programme__")).order_by("-year", "id")
    return {"council": councils, "criteria": sets, "funding_line": lines, "agency": own_agencies(actor)}


@access(may_prepare_council, methods=("GET", "POST"))
def create(request: Request) -> HttpResponse:
    first = own_agencies(request.actor).first()
    initial = {"agency": first.pk if first else None, "year": timezone.localdate().year}
    form = BatchForm(request.POST or None, choices=_choices(request.actor, None), batch=None, initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.create_batch(
                agency=told["agency"], year=told["year"], place=told["agency"].place, facts=form.facts({}),
                by=request.actor, at=timezone.now(),
            )  # fmt: skip
            return redirect("appraisal:batch", pk=made.pk)
        except Denied:
            raise
        except actions.BadBatch as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, sentence(refusal))
    context = {"form": form, "title": _("Lập đợt thẩm định"), "crumbs": [to_batches(), Link(_("Lập đợt"))]}
    return render(request, "appraisal/form.html", context, status=422 if form.errors else 200)


@access(may_open_batch, on=batch_of)
def batch(request: Request, batch: Batch) -> HttpResponse:
    page = case_list(batch, request.actor, request.GET.dict(), after_of(request))
    context = {
        "page": page,
        "batch": batch,
        "criteria": read(batch.criteria),
        "may_lead": may_lead(request.actor, batch),
        "may_feed": may_feed(request.actor, batch),
        "may_see_interests": may_see_interests(request.actor, batch),
        "is_member": seat_in(request.actor, batch.council_id) is not None,
        "next_url": after_link(request, page.following),
        "q": request.GET.get("q", ""),
        "crumbs": [to_batches(), Link(batch.name)],
    }
    return render(request, "appraisal/batch.html", context)


@access(may_feed, on=batch_of, methods=("GET", "POST"))
def change(request: Request, batch: Batch) -> HttpResponse:
    form = BatchForm(request.POST or None, choices=_without_agency(request.actor, batch), batch=batch)
    if form.is_valid():
        try:
            actions.change_batch(
                batch=batch, facts=form.facts(batch.rank_rule), by=request.actor, at=timezone.now(),
                base_version=form.cleaned_data["base_version"],
            )  # fmt: skip
            messages.success(request, _("Đã lưu."))
            return redirect("appraisal:batch", pk=batch.pk)
        except (Denied, Stale):
            raise
        except actions.BadBatch as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, sentence(refusal))
    context = {"form": form, "title": batch.name, "crumbs": [*to_batch(batch), Link(_("Sửa"))]}
    return render(request, "appraisal/form.html", context, status=422 if form.errors else 200)


def _without_agency(actor: Actor, batch: Batch) -> dict[str, Any]:
    """What was chosen stays to be chosen, also by somebody who could not have chosen it."""
    found = _choices(actor, batch)
    if batch.funding_line_id:
        found["funding_line"] = found["funding_line"] | FundingLine.objects.filter(pk=batch.funding_line_id)
    found["criteria"] = found["criteria"] | CriteriaSet.objects.filter(pk=batch.criteria_id)
    return {key: rows for key, rows in found.items() if key != "agency"}


@access(may_lead, on=batch_of, methods=("POST",))
def start(request: Request, batch: Batch) -> HttpResponse:
    actions.start_batch(batch=batch, by=request.actor, at=timezone.now(), base_version=version(request))
    messages.success(request, _("Đã bắt đầu thẩm định; lợi ích liên quan đã được rà từ dữ liệu."))
    return redirect("appraisal:batch", pk=batch.pk)


@access(may_lead, on=batch_of, methods=("POST",))
def rank(request: Request, batch: Batch) -> HttpResponse:
    actions.rank_batch(batch=batch, by=request.actor, at=timezone.now(), base_version=version(request))
    return redirect("appraisal:ranking", pk=batch.pk)


@access(may_lead, on=batch_of, methods=("POST",))
def reopen(request: Request, batch: Batch) -> HttpResponse:
    actions.reopen_batch(
        batch=batch, by=request.actor, at=timezone.now(), base_version=version(request),
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    messages.success(request, _("Đã mở lại việc thẩm định."))
    return redirect("appraisal:batch", pk=batch.pk)


# Interests.


def may_declare_in(actor: Actor, batch: Batch) -> Verdict:
    if seat_in(actor, batch.council_id):
        return YES
    return no(_("Chỉ thành viên hội đồng của đợt khai được lợi ích liên quan."))


@access(may_declare_in, on=batch_of, methods=("GET", "POST"))
def declare(request: Request, batch: Batch) -> HttpResponse:
    """A member answers: none for the cases ticked, or an interest in one of them."""
    open_ones = undeclared(request.actor, batch)
    every = Case.objects.filter(batch=batch).exclude(state="withdrawn").order_by("reference")
    every = every.exclude(pk__in=shut_out(request.actor).values("case"))
    form = InterestForm(request.POST if "interest" in request.POST else None, cases=every)
    if request.method == "POST" and "none" in request.POST:
        ticked = {int(each) for each in request.POST.getlist("cases") if each.isascii() and each.isdecimal()}
        chosen = [case for case in open_ones if case.pk in ticked]
        count = interest_actions.declare_none(cases=chosen, by=request.actor, at=timezone.now())
        messages.success(request, _("Đã ghi: không có lợi ích liên quan ở %(n)s hồ sơ.") % {"n": count})
        return redirect("appraisal:declare", pk=batch.pk)
    if form.is_valid() and _declared(request, form):
        return redirect("appraisal:declare", pk=batch.pk)
    context = {
        "batch": batch,
        "cases": open_ones,
        "form": form,
        "interests": own_interests(request.actor, batch),
        "crumbs": [Link(_("Hồ sơ tôi chấm"), reverse("appraisal:my_cases")), Link(_("Lợi ích liên quan"))],
    }
    return render(request, "appraisal/declare.html", context, status=422 if form.errors else 200)


def _declared(request: Request, form: InterestForm) -> bool:
    told = form.cleaned_data
    try:
        interest_actions.declare_interest(
            case=told["case"], category=told["category"], detail=told["detail"], steps_back=told["steps_back"] == "yes",
            by=request.actor, at=timezone.now(),
        )  # fmt: skip
    except Denied:
        raise
    except Refusal as refusal:
        form.add_error("detail", sentence(refusal))
        return False
    messages.success(request, _("Đã ghi lợi ích liên quan; hồ sơ này đóng với bạn cho đến khi được kết luận."))
    return True


@access(may_see_interests, on=batch_of, methods=("GET", "POST"))
def interests(request: Request, batch: Batch) -> HttpResponse:
    """For whoever decides about them; POST looks for signs anew."""
    if request.method == "POST":
        found = interest_actions.detect(batch=batch, by=request.actor, at=timezone.now())
        messages.success(request, _("Đã rà lại: %(n)s dấu hiệu mới.") % {"n": found})
        return redirect("appraisal:interests", pk=batch.pk)
    context = {
        "batch": batch,
        "interests": interests_of(batch, request.actor),
        "crumbs": [*to_batch(batch), Link(_("Lợi ích liên quan"))],
    }
    return render(request, "appraisal/interests.html", context)


@access(may_decide_interest, on=interest_of, methods=("POST",))
def decide_interest(request: Request, interest: Interest) -> HttpResponse:
    act = interest_actions.confirm_interest if "confirm" in request.POST else interest_actions.clear_interest
    act(interest=interest, by=request.actor, at=timezone.now(), reason=request.POST.get("reason", ""))
    messages.success(request, _("Đã ghi kết luận."))
    return redirect("appraisal:interests", pk=interest.case.batch_id)


# Assignments.


@access(may_lead, on=batch_of, methods=("GET", "POST"))
def assignment(request: Request, batch: Batch) -> HttpResponse:
    form = AssignForm(request.POST or None)
    if form.is_valid():
        try:
            assigning.run_assignment(batch=batch, wanted=form.wanted(), by=request.actor, at=timezone.now())
            return redirect("appraisal:assignment", pk=batch.pk)
        except Denied:
            raise
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
    hidden = set(shut_out(request.actor).filter(case__batch=batch).values_list("case_id", flat=True))
    latest = batch.runs.order_by("-id").first()
    context = {
        "batch": batch,
        "form": form,
        "page": run_page(latest, hidden) if latest else None,
        "standing": standing_assignments(batch, hidden),
        "members": in_office(batch.council_id),
        "earlier": list(batch.runs.order_by("-id")[1:10]),
        "override": OverrideForm(members=batch.council.members.filter(valid_to=None).select_related("user"))
        if batch.council
        else None,
        "crumbs": [*to_batch(batch), Link(_("Phân công"))],
    }
    return render(request, "appraisal/assignment.html", context, status=422 if form.errors else 200)


def may_lead_run(actor: Actor, run: AssignmentRun) -> Verdict:
    return may_lead(actor, run.batch)


@access(may_lead_run, on=run_of, methods=("POST",))
def adopt(request: Request, run: AssignmentRun) -> HttpResponse:
    if "drop" in request.POST:
        assigning.drop_run(run=run, by=request.actor, at=timezone.now())
        messages.success(request, _("Đã bỏ phương án."))
    else:
        assigning.adopt_run(run=run, by=request.actor, at=timezone.now())
        messages.success(request, _("Đã giao theo phương án; từng người được báo."))
    return redirect("appraisal:assignment", pk=run.batch_id)


def may_lead_case(actor: Actor, case: Case) -> Verdict:
    if shut_out(actor).filter(case_id=case.pk).exists():
        return no(_("Bạn có lợi ích liên quan đến hồ sơ này."))
    return may_lead(actor, case.batch)


@access(may_lead_case, on=case_of, methods=("POST",))
def override(request: Request, case: Case) -> HttpResponse:
    members = case.batch.council.members.filter(valid_to=None) if case.batch.council else None
    form = OverrideForm(request.POST, members=members)
    if form.is_valid():
        told = form.cleaned_data
        cost = assigning.override(
            case=case, gone=told["gone"], come=told["come"], by=request.actor, at=timezone.now(), reason=told["reason"]
        )
        messages.success(request, _("Đã đổi phân công; mức phù hợp thay đổi %(cost)s.") % {"cost": cost})
    else:
        messages.warning(request, _("Ghi lý do và chọn người."))
    return redirect("appraisal:assignment", pk=case.batch_id)


# Criteria.


@access(may_see_councils)
def criteria(request: Request) -> HttpResponse:
    own = CriteriaSet.objects.select_related("agency").order_by("code", "-id")
    known = {(each.code, each.number) for each in own if each.agency_id is None}
    context = {
        "sets": [(each, said(read(each).name)) for each in own[:100]],
        "shipped": [data for code, data in packaged_sets().items() if (code, data["version"]) not in known],
        "may_write": may_prepare_council(request.actor),
        "crumbs": [Link(_("Bộ tiêu chí"))],
    }
    return render(request, "appraisal/criteria_list.html", context)


def may_see_set(actor: Actor, one: CriteriaSet) -> Verdict:
    return may_see_councils(actor)


@access(may_see_set, on=criteria_of)
def criteria_set(request: Request, one: CriteriaSet) -> HttpResponse:
    context = {
        "one": one,
        "criteria": read(one),
        "may_keep": may_keep_criteria(request.actor, one.agency),
        "used": one.batches.count(),
        "crumbs": [Link(_("Bộ tiêu chí"), reverse("appraisal:criteria")), Link(f"{one} {one.number}")],
    }
    return render(request, "appraisal/criteria_set.html", context)


@access(may_prepare_council, methods=("GET", "POST"))
def write_criteria(request: Request) -> HttpResponse:
    """A version of an agency's own, begun from another set (`tu`, its code) or from the default one."""
    agencies = own_agencies(request.actor)
    start_from = packaged_sets().get(request.GET.get("tu", ""), packaged_sets()[actions.DEFAULT_SET])
    first = agencies.first()
    initial = {"text": as_text(dict(start_from)), "agency": first.pk if first else None}
    form = CriteriaForm(request.POST or None, agencies=agencies, initial=initial)
    if form.is_valid() and (data := _data(form)) is not None:
        try:
            made = criteria_actions.write_set(
                agency=form.cleaned_data["agency"], data=data, by=request.actor, at=timezone.now()
            )
            return redirect("appraisal:criteria_set", pk=made.pk)
        except Denied:
            raise
        except Refusal as refusal:
            _add_faults(form, refusal)
    crumbs = [Link(_("Bộ tiêu chí"), reverse("appraisal:criteria")), Link(_("Soạn"))]
    context = {"form": form, "title": _("Soạn bộ tiêu chí của cơ quan"), "crumbs": crumbs}
    return render(request, "appraisal/form.html", context, status=422 if form.errors else 200)


def may_keep_set(actor: Actor, one: CriteriaSet) -> Verdict:
    return may_keep_criteria(actor, one.agency)


@access(may_keep_set, on=criteria_of, methods=("GET", "POST"))
def rewrite_criteria(request: Request, one: CriteriaSet) -> HttpResponse:
    initial = {"text": as_text(one.data), "base_version": one.version}
    form = CriteriaForm(request.POST or None, agencies=own_agencies(request.actor), own=True, initial=initial)
    if form.is_valid() and (data := _data(form)) is not None:
        try:
            criteria_actions.rewrite_set(
                one=one, data=data, by=request.actor, at=timezone.now(), base_version=form.cleaned_data["base_version"]
            )
            return redirect("appraisal:criteria_set", pk=one.pk)
        except (Denied, Stale):
            raise
        except Refusal as refusal:
            _add_faults(form, refusal)
    crumbs = [Link(_("Bộ tiêu chí"), reverse("appraisal:criteria")), Link(f"{one} {one.number}")]
    context = {"form": form, "title": f"{one} {one.number}", "crumbs": crumbs}
    return render(request, "appraisal/form.html", context, status=422 if form.errors else 200)


def _data(form: CriteriaForm) -> dict[str, Any] | None:
    try:
        return data_of(form.cleaned_data["text"])
    except ValueError as error:
        form.add_error("text", _("Không đọc được bộ tiêu chí: %(why)s") % {"why": error})
        return None


def _add_faults(form: CriteriaForm, refusal: Refusal) -> None:
    faults = getattr(refusal, "faults", ())
    for each in faults:
        form.add_error("text", f"{each.path}: {said(each.words)}")
    if not faults:
        form.add_error("text", sentence(refusal))


def as_text(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)


@access(may_keep_set, on=criteria_of, methods=("POST",))
def use_criteria(request: Request, one: CriteriaSet) -> HttpResponse:
    act = criteria_actions.retire_set if "retire" in request.POST else criteria_actions.use_set
    act(one=one, by=request.actor, at=timezone.now(), base_version=version(request))
    messages.success(request, _("Đã lưu."))
    return redirect("appraisal:criteria_set", pk=one.pk)
