"""The history of support: who got what, entered, brought in as lists, taken away; an agency's word that a year is
complete."""

from collections.abc import Sequence
from datetime import date
from itertools import batched

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.forms import ReasonForm
from matxich.accounts.permissions import holds
from matxich.documents.spreadsheets import xlsx_pieces
from matxich.files.states import XLSX
from matxich.kit.access import access, record_export
from matxich.kit.display import Link
from matxich.kit.doorway import Request, download, number_of, on_disk, sentence
from matxich.kit.refusals import Denied, Refusal
from matxich.places.queries import name_of, province_choices
from matxich.policy.actions import beneficiaries as linking
from matxich.policy.actions import support as actions
from matxich.policy.actions import support_lists as list_actions
from matxich.policy.forms.support import CompleteForm, EntryForm, LinkForm, SupportListForm
from matxich.policy.law import law
from matxich.policy.models import CompleteYear, SupportGiven, SupportList
from matxich.policy.permissions import (
    RECORDING,
    agency_of_complete_year,
    may_open_given,
    may_open_support_list,
    may_record_any_support,
    may_record_support,
    may_see_support,
    may_see_support_of,
    may_withdraw_complete,
)
from matxich.policy.queries import support as queries
from matxich.policy.queries.beneficiaries import Record, beneficiary_page, record_named, records_for
from matxich.policy.queries.showing import cite
from matxich.policy.queries.support_pages import Line, lines_of, row_lines
from matxich.policy.views.finder import firm_of, in_law_language
from matxich.registry.models import Enterprise
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.law.duplicates import ARTICLES
from matxich.rulebook.law.given import HEAD

TOGETHER = 1_000
"""Entries of a file whose doubles are looked for at once."""


def given_of(pk: int) -> SupportGiven:
    return get_object_or_404(SupportGiven, pk=pk)


def list_of(pk: int) -> SupportList:
    return get_object_or_404(SupportList, pk=pk)


@access(may_see_support)
def given(request: Request) -> HttpResponse:
    with in_law_language():
        text, year = request.GET.get("q", "")[:80].strip(), number_of(request.GET.get("nam"))
        province = request.GET.get("tinh", "") if request.GET.get("tinh", "").isdecimal() else ""
        found = queries.support_given(text=text, year=year, province=province)
        context = {
            "lines": lines_of(found[: queries.SHOWN]),
            "sums": queries.sums_of(found),
            "shown": queries.SHOWN,
            "text": text,
            "year": year,
            "province": province,
            "years": queries.years_of(queries.counting()),
            "provinces": province_choices("34"),
            "complete": list(CompleteYear.objects.filter(withdrawn_at=None)[:20]),
            "may_record": may_record_any_support(request.actor),
            "asked": request.GET.urlencode(),
        }
        return render(request, "policy/given.html", context)


@access(may_see_support, writes_on_get=True)
def export(request: Request) -> StreamingHttpResponse:
    """What is found, to the last row; who took it away is noted, for a beneficiary may be a person."""
    text, year = request.GET.get("q", "")[:80].strip(), number_of(request.GET.get("nam"))
    found = queries.support_given(text=text, year=year, province=request.GET.get("tinh", ""))
    record_export(
        by=request.actor, at=timezone.now(), what="support", fields=["name", "tax_code"], rows=found.count(),
        reason=_("Tải sổ hỗ trợ"),
    )  # fmt: skip
    rows = (_cells(line) for some in batched(found.iterator(), TOGETHER, strict=False) for line in lines_of(some))
    return download(xlsx_pieces([(_("Hỗ trợ đã cấp"), HEAD, rows)]), "ho-tro-da-cap.xlsx", XLSX)


def _cells(line: Line) -> tuple[str | int | date | None, ...]:
    return (
        line.name, line.tax_code, line.province, line.content, line.title, line.programme, line.agency, line.budget,
        line.year, line.decision_no, line.decided_on, line.amount, line.counterpart, line.status, line.source,
    )  # fmt: skip


@access(may_see_support_of, on=firm_of)
def received(request: Request, firm: Enterprise) -> HttpResponse:
    """All a firm got, across programmes, agencies and years."""
    with in_law_language():
        found = queries.of_firm(firm)
        code = make_registry_id(firm.pk)
        years = queries.years_of(found)
        complete = [(year, queries.complete_for(firm.province_34 or "", year)) for year in years[:5]]
        context = {
            "firm": firm,
            "registry_id": code,
            "lines": lines_of(found[: queries.SHOWN]),
            "sums": queries.sums_of(found),
            "complete": [(year, word) for year, word in complete if word],
            "crumbs": [
                Link(_("Doanh nghiệp"), reverse("registry:enterprises")),
                Link(firm.name, reverse("registry:passport", args=[code])),
                Link(_("Đã được hỗ trợ")),
            ],
        }
        return render(request, "policy/received.html", context)


@access(may_record_any_support, methods=("GET", "POST"))
def enter(request: Request) -> HttpResponse:
    with in_law_language():
        mine = [(code, name) for code, name in province_choices("34") if may_record_support(request.actor, code)]
        form = EntryForm(request.POST or None, provinces=mine, initial={"year": timezone.localdate().year})
        if request.method == "POST" and form.is_valid() and (made := _recorded(request, form)):
            messages.success(request, _("Đã ghi vào sổ."))
            return redirect(f"{reverse('policy:given')}?nam={made.year}")
        laws = [cite(law(), article) for article in ARTICLES]
        context = {
            "form": form,
            "groups": form.groups(),
            "laws": laws,
            "crumbs": [_root(), Link(_("Ghi một khoản hỗ trợ"))],
        }
        return render(request, "policy/given_enter.html", context, status=422 if form.errors else 200)


def _recorded(request: Request, form: EntryForm) -> SupportGiven | None:
    knowing = form.cleaned_data["knowing"]
    try:
        return actions.record_support(entry=form.entry(), by=request.actor, at=timezone.now(), knowing=knowing)
    except Denied:
        raise
    except actions.BadSupport as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, sentence(refusal))
    except Refusal as refusal:
        form.add_error("content", sentence(refusal))
    return None


@access(may_open_given, on=given_of, methods=("POST",))
def withdraw(request: Request, one: SupportGiven) -> HttpResponse:
    if reason := _reason_told(request):
        actions.withdraw_support(given=one, by=request.actor, at=timezone.now(), reason=reason)
        messages.success(request, _("Đã gỡ khỏi sổ; lịch sử vẫn giữ."))
    return redirect("policy:given")


def _reason_told(request: Request) -> str:
    """Why, from a form that stands in a line of a list; where it is empty that is said there."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        return str(form.cleaned_data["reason"])
    messages.warning(request, _("Chưa ghi lý do."))
    return ""


@access(may_see_support, on=given_of)
def beneficiary(request: Request, one: SupportGiven) -> HttpResponse:
    """All that whoever an entry names got, and which record of the register that is."""
    return _beneficiary(request, one)


def _beneficiary(
    request: Request, one: SupportGiven, form: LinkForm | None = None, undo: ReasonForm | None = None
) -> HttpResponse:
    with in_law_language():
        page = beneficiary_page(one)
        text = request.GET.get("q", one.tax_code or one.name)[:200].replace("\x00", "")
        records, nearest = records_for(one, text) if page.record is None else ((), False)
        context = {
            "page": page,
            "q": text,
            "records": records,
            "nearest": nearest,
            "may_link": may_open_given(request.actor, one),
            "form": form or LinkForm(initial={"record": request.GET.get("ho-so", "")[:40] or _same(records)}),
            "undo": undo or ReasonForm(),
            "crumbs": [_root(), Link(page.name)],
        }
        status = 422 if (form and form.errors) or (undo and undo.errors) else 200
        return render(request, "policy/beneficiary.html", context, status=status)


def _same(records: Sequence[Record]) -> str:
    """The one record with the beneficiary's own tax code."""
    same = [one.registry_id for one in records if one.same_code]
    return same[0] if len(same) == 1 else ""


@access(may_open_given, on=given_of, methods=("POST",))
def link(request: Request, one: SupportGiven) -> HttpResponse:
    form = LinkForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        firm = record_named(told["record"])
        if firm is None:
            form.add_error("record", _("Không có hồ sơ nào mang mã này."))
        else:
            try:
                linking.link_beneficiary(
                    given=one, enterprise=firm, by=request.actor, at=timezone.now(), reason=told["reason"]
                )
            except Denied:
                raise
            except Refusal as refusal:
                form.add_error("record", sentence(refusal))
    if form.errors:
        return _beneficiary(request, one, form=form)
    messages.success(request, _("Đã nối; mọi khoản của đơn vị này nay thuộc hồ sơ."))
    return redirect("policy:beneficiary", pk=one.pk)


@access(may_open_given, on=given_of, methods=("POST",))
def unlink(request: Request, one: SupportGiven) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _beneficiary(request, one, undo=form)
    linking.unlink_beneficiary(given=one, by=request.actor, at=timezone.now(), reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã bỏ nối; lịch sử vẫn giữ."))
    return redirect("policy:beneficiary", pk=one.pk)


@access(may_record_any_support, methods=("GET", "POST"))
def complete(request: Request) -> HttpResponse:
    """An agency's word counts for its own place alone."""
    places = [(code, name) for code, name in province_choices("34") if agency_of_complete_year(request.actor, code)]
    if agency_of_complete_year(request.actor, ""):
        places.insert(0, ("VN", _("Cả nước")))
    form = CompleteForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid() and _declared(request, form):
        messages.success(request, _("Đã ghi tuyên bố."))
        return redirect("policy:given")
    words = [
        (
            word,
            name_of(word.province) if word.province else _("Cả nước"),
            bool(may_withdraw_complete(request.actor, word)),
        )
        for word in CompleteYear.objects.filter(withdrawn_at=None)
    ]
    context = {"form": form, "may": bool(places), "words": words, "crumbs": [_root(), Link(_("Năm đã đầy đủ"))]}
    return render(request, "policy/complete.html", context, status=422 if form.errors else 200)


def word_of(pk: int) -> CompleteYear:
    return get_object_or_404(CompleteYear, pk=pk)


@access(may_withdraw_complete, on=word_of, methods=("POST",))
def withdraw_complete(request: Request, word: CompleteYear) -> HttpResponse:
    if reason := _reason_told(request):
        actions.withdraw_complete(word=word, by=request.actor, at=timezone.now(), reason=reason)
        messages.success(request, _("Đã rút tuyên bố; lịch sử vẫn giữ."))
    return redirect("policy:complete")


def _declared(request: Request, form: CompleteForm) -> bool:
    told = form.cleaned_data
    province = "" if told["place"] == "VN" else told["place"]
    try:
        actions.declare_complete(
            province=province, year=told["year"], by=request.actor, at=timezone.now(), reason=told["reason"]
        )
    except Denied:
        raise
    except Refusal as refusal:
        form.add_error("year", sentence(refusal))
        return False
    return True


@access(may_record_any_support, methods=("GET", "POST"))
def lists(request: Request) -> HttpResponse:
    form = SupportListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (batch := _read(request, form)):
        return redirect("policy:support_list", pk=batch.pk)
    found = SupportList.objects.all()
    if not holds(request.actor, RECORDING, places=()):
        found = found.filter(started_by=request.actor.id)
    context = {"form": form, "lists": list(found[:50]), "crumbs": [_root(), Link(_("Nhập danh sách"))]}
    return render(request, "policy/support_lists.html", context, status=422 if form.errors else 200)


def _read(request: Request, form: SupportListForm) -> SupportList | None:
    told = form.cleaned_data
    try:
        with on_disk(told["file"]) as path:
            return list_actions.read_list(
                path=path, name=told["file"].name, source=told["source"], by=request.actor, at=timezone.now()
            )
    except Denied:
        raise
    except list_actions.AlreadyBrought as refusal:
        messages.warning(request, sentence(refusal))
        return refusal.existing
    except Refusal as refusal:
        form.add_error("source" if isinstance(refusal, actions.BadSupport) else "file", sentence(refusal))
        return None


@access(may_open_support_list, on=list_of)
def list_(request: Request, batch: SupportList) -> HttpResponse:
    return _list(request, batch, ReasonForm())


def _list(request: Request, batch: SupportList, undo_form: ReasonForm) -> HttpResponse:
    with in_law_language():
        crumbs = [_root(), Link(_("Nhập danh sách"), reverse("policy:support_lists")), Link(batch.file_name)]
        context = {"batch": batch, "rows": row_lines(batch), "undo": undo_form, "crumbs": crumbs}
        return render(request, "policy/support_list.html", context, status=422 if undo_form.errors else 200)


@access(may_open_support_list, on=list_of, methods=("POST",))
def publish(request: Request, batch: SupportList) -> HttpResponse:
    list_actions.publish_list(batch=batch, by=request.actor, at=timezone.now())
    messages.success(request, _("Đã công bố danh sách."))
    return redirect("policy:support_list", pk=batch.pk)


@access(may_open_support_list, on=list_of, methods=("POST",))
def cancel(request: Request, batch: SupportList) -> HttpResponse:
    list_actions.cancel_list(batch=batch, by=request.actor, at=timezone.now())
    messages.success(request, _("Đã hủy danh sách; không có gì thay đổi."))
    return redirect("policy:support_lists")


@access(may_open_support_list, on=list_of, methods=("POST",))
def undo(request: Request, batch: SupportList) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _list(request, batch, form)
    list_actions.undo_list(batch=batch, by=request.actor, at=timezone.now(), reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã hoàn tác danh sách; các mục của danh sách không còn được tính."))
    return redirect("policy:support_list", pk=batch.pk)


def _root() -> Link:
    return Link(_("Hỗ trợ đã cấp"), reverse("policy:given"))
