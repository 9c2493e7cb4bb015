"""The ranked list with its advisory view and allocation; the decision of two people; both taken away as a table."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.appraisal.actions import decisions as actions
from matxich.appraisal.actions.ranking import BadQuota, run_ranking
from matxich.appraisal.actions.reserve import end_reserve, promote
from matxich.appraisal.forms.work import DecisionForm, QuotaForm, ReserveForm
from matxich.appraisal.models import Batch, Case, Decision
from matxich.appraisal.permissions import (
    may_approve,
    may_lead,
    may_open_batch,
    may_open_decision,
    may_prepare_decision,
    shut_out,
)
from matxich.appraisal.queries.decision_page import DecisionPage, decision_page, page_of, placed, rows_for
from matxich.appraisal.queries.ranking_page import amounts, ranking_page
from matxich.appraisal.queries.snapshot import snapshot_of, waiting_reserve
from matxich.appraisal.states import BatchState, DecisionState
from matxich.appraisal.views.batches import to_batch
from matxich.appraisal.views.finding import batch_of, decision_of, version
from matxich.documents.spreadsheets import Cell, xlsx_pieces
from matxich.kit.access import access, record_export
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, download, number_of, sentence
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.kit.verdict import Verdict, no
from matxich.places.queries import name_of

WAITING_SHOWN = 20


def may_see_ranking(actor: Actor, batch: Batch) -> Verdict:
    """Whoever may open the batch, once it is ranked."""
    if not (opening := may_open_batch(actor, batch)):
        return opening
    if batch.state in (BatchState.RANKED, BatchState.DECIDED):
        return opening
    return no(_("Đợt chưa được xếp hạng: xếp hạng khi mọi hồ sơ đã có kết luận."))


@access(may_see_ranking, on=batch_of, methods=("GET", "POST"))
def ranking(request: Request, batch: Batch) -> HttpResponse:
    """POST works the allocation out anew under the quotas given."""
    page = ranking_page(batch, request.actor, number_of(request.GET.get("trang")) or 1)
    quotas = page.run.problem["quotas"] if page.run else []
    form = QuotaForm(request.POST or None, quotas=quotas)
    if form.is_valid():
        try:
            run_ranking(batch=batch, quotas=form.quotas(), by=request.actor, at=timezone.now())
            return redirect("appraisal:ranking", pk=batch.pk)
        except Denied:
            raise
        except BadQuota as refusal:
            form.add_error(None, sentence(refusal))
    address = reverse("appraisal:ranking", args=[batch.pk])
    context = {
        "page": page,
        "batch": batch,
        "form": form,
        "may_lead": may_lead(request.actor, batch),
        "previous": f"{address}?trang={page.page - 1}" if page.page > 1 else "",
        "next": f"{address}?trang={page.page + 1}" if page.page < page.pages else "",
        "crumbs": [*to_batch(batch), Link(_("Xếp hạng"))],
    }
    return render(request, "appraisal/ranking.html", context, status=422 if form.errors else 200)


@access(may_see_ranking, on=batch_of, methods=("POST",))
def ranking_file(request: Request, batch: Batch) -> HttpResponseBase:
    """The whole list as a table; cases shut to the reader are not in it."""
    run = batch.rankings.order_by("-id").first()
    ranks = run.problem["ranks"] if run else []
    shut = set(shut_out(request.actor).filter(case__batch=batch).values_list("case_id", flat=True))
    seen = [each for each in ranks if each["case"] not in shut]
    record_export(
        by=request.actor, at=timezone.now(), what="appraisal_ranking", fields=[], rows=len(seen), reason=batch.name
    )
    heads = [
        _("Hạng"), _("Mã"), _("Đề án"), _("Chủ trì"), _("Tỉnh, thành"), _("Điểm trung bình"), _("Đề nghị thực hiện"),
        _("Xin, đồng"), _("Sau thẩm định, đồng"), _("Theo thứ hạng, đồng"), _("Tối ưu, đồng"),
    ]  # fmt: skip

    def rows() -> Iterator[list[Cell]]:
        cases = Case.objects.in_bulk([each["case"] for each in seen])
        cut, optimum = (amounts(run, "ranked_cut"), amounts(run, "optimal")) if run else ({}, {})
        for each in seen:
            case = cases[each["case"]]
            yield [
                each["rank"], case.reference, case.title, case.organisation,
                name_of(case.province) if case.province else "", each["mean"],
                _("có") if each["recommended"] == "met" else _("không"), each["asked"], each["amount"],
                cut.get(case.pk, 0), optimum.get(case.pk, 0),
            ]  # fmt: skip

    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return download(xlsx_pieces([(_("Xếp hạng"), heads, rows())]), f"xep-hang-{batch.pk}.xlsx", media)


@access(may_lead, on=batch_of, methods=("POST",))
def draft(request: Request, batch: Batch) -> HttpResponse:
    made = actions.draft_decision(batch=batch, by=request.actor, at=timezone.now())
    return redirect("appraisal:decision", pk=made.pk)


def may_read_decision(actor: Actor, decision: Decision) -> Verdict:
    return may_open_decision(actor, decision)


@access(may_read_decision, on=decision_of, methods=("GET", "POST"))
def decision(request: Request, decision: Decision) -> HttpResponse:
    """Chosen case by case, page by page, while it is prepared; frozen afterwards. What is not on the page that is saved
    stays as it was chosen."""
    editable = decision.state in (DecisionState.DRAFTED, DecisionState.RETURNED)
    snapshot = snapshot_of(decision.batch, decision.run, decision.choices) if editable else decision.snapshot
    may_prepare = may_prepare_decision(request.actor, decision)
    kind, number = request.GET.get("xem", ""), number_of(request.GET.get("trang")) or 1
    page = decision_page(decision, snapshot, request.actor, kind=kind, page=number)
    rows = page.rows
    if request.method == "POST":
        seen = rows_for(decision, snapshot, request.actor)
        rows = tuple(placed(row) for row in seen if f"why-{row['case']}" in request.POST)
    form = DecisionForm(request.POST or None, rows=rows, initial={"base_version": decision.version})
    if request.method == "POST" and form.is_valid() and (address := _saved(request, decision, form, page)):
        return redirect(reverse("appraisal:decision", args=[decision.pk]) + address)
    context = {
        "decision": decision,
        "batch": decision.batch,
        "snapshot": snapshot,
        "page": page,
        "lines": form.lines(),
        "form": form,
        "editable": editable and bool(may_prepare),
        "may_prepare": may_prepare,
        "may_approve": may_approve(request.actor, decision),
        "waiting": _waiting(request.actor, decision),
        "may_keep_reserve": may_keep_reserve(request.actor, decision),
        "crumbs": [*to_batch(decision.batch), Link(_("Phương án hỗ trợ"))],
    }
    return render(request, "appraisal/decision.html", context, status=422 if form.errors else 200)


def _saved(request: Request, decision: Decision, form: DecisionForm, page: DecisionPage) -> str:
    """Where to go on; empty when what was typed is not allowed and comes back with what is wrong."""
    by, at = request.actor, timezone.now()
    base, choices = form.cleaned_data["base_version"], form.choices(decision.choices)
    try:
        saved = actions.save_choices(decision=decision, choices=choices, by=by, at=at, base_version=base)
    except (Denied, Stale):
        raise
    except actions.BadChoice as refusal:
        key = f"amount-{refusal.case}"
        form.add_error(key if key in form.fields else None, sentence(refusal))
        return ""
    except Refusal as refusal:
        form.add_error(None, sentence(refusal))
        return ""
    if "submit" not in request.POST:
        messages.success(request, _("Đã lưu."))
        return page.next if request.POST.get("go") == "next" and page.next else page.address
    try:
        actions.submit_decision(decision=saved, by=by, at=at, base_version=saved.version)
    except (Denied, Stale):
        raise
    except Refusal as refusal:  # what was typed is saved: the page is drawn anew from it, where the case is
        messages.warning(request, sentence(refusal))
        case = refusal.case if isinstance(refusal, actions.BadChoice) else None
        snapshot = snapshot_of(saved.batch, saved.run, saved.choices)
        return page_of(rows_for(saved, snapshot, by), case) or page.address
    messages.success(request, _("Đã trình. Phương án được khóa cho đến khi duyệt hoặc trả lại."))
    return page.address


def _waiting(actor: Actor, decision: Decision) -> list[dict[str, Any]]:
    """The next ones of the reserve list that the reader may know of."""
    rows = waiting_reserve(decision) if decision.state == DecisionState.ISSUED else []
    shut = set(shut_out(actor).filter(case__in=[row["case"] for row in rows]).values_list("case_id", flat=True))
    return [row for row in rows if row["case"] not in shut][:WAITING_SHOWN]


def may_keep_reserve(actor: Actor, decision: Decision) -> Verdict:
    return may_approve(actor, decision) or may_lead(actor, decision.batch)


@access(may_keep_reserve, on=decision_of, methods=("POST",))
def reserve(request: Request, decision: Decision) -> HttpResponse:
    """`step`: promote supports a case that waits; anything else ends its waiting."""
    form = ReserveForm(request.POST)
    by, at, base = request.actor, timezone.now(), version(request)
    if not form.is_valid():
        messages.warning(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("appraisal:decision", pk=decision.pk)
    told = form.cleaned_data
    try:
        if request.POST.get("step") == "promote":
            promote(
                decision=decision, case=told["case"], amount=told["amount"] or 0, number=told["number"],
                on=told["on"] or timezone.localdate(at), reason=told["reason"], by=by, at=at, base_version=base,
            )  # fmt: skip
            messages.success(request, _("Đã bổ sung hỗ trợ; kinh phí đã được cam kết và chủ trì được báo."))
        else:
            end_reserve(decision=decision, case=told["case"], reason=told["reason"], by=by, at=at, base_version=base)
            messages.success(request, _("Đã khép lại; chủ trì được báo."))
    except (Denied, Stale):
        raise
    except Refusal as refusal:
        messages.warning(request, sentence(refusal))
    return redirect("appraisal:decision", pk=decision.pk)


@access(may_approve, on=decision_of, methods=("POST",))
def approve(request: Request, decision: Decision) -> HttpResponse:
    """`step`: approve commits the money; return sends it back with a reason."""
    by, at, base = request.actor, timezone.now(), version(request)
    try:
        if request.POST.get("step") == "return":
            actions.return_decision(
                decision=decision, by=by, at=at, base_version=base, reason=request.POST.get("reason", "")
            )
            messages.success(request, _("Đã trả lại."))
        else:
            actions.approve_decision(decision=decision, by=by, at=at, base_version=base)
            messages.success(request, _("Đã duyệt; kinh phí đã được cam kết. Chờ ban hành quyết định."))
    except (Denied, Stale):
        raise
    except Refusal as refusal:
        messages.warning(request, sentence(refusal))
    return redirect("appraisal:decision", pk=decision.pk)
