"""Needs sheets: a phone's form kept in the browser, the list up the tree, checking and sending up, a file of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from matxich.accounts.models import Agency
from matxich.accounts.permissions import holds
from matxich.documents.spreadsheets import Cell, xlsx_pieces
from matxich.files.states import XLSX
from matxich.kit.access import access, open_personal, record_export
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, after_link, after_of, download, number_of, sentence
from matxich.kit.refusals import Denied, Refusal
from matxich.kit.verdict import Verdict
from matxich.places.queries import name_of
from matxich.policy.queries.showing import said
from matxich.programmes.models import Call
from matxich.programmes.queries.calls import visible_calls
from matxich.proposals.actions import needs as actions
from matxich.proposals.forms.needs import NeedForm, initial_of
from matxich.proposals.models import Need
from matxich.proposals.permissions import (
    may_change_need,
    may_check_need,
    may_export_needs,
    may_open_need,
    may_record_needs,
    may_see_needs,
    may_take_need,
)
from matxich.proposals.queries import needs as queries
from matxich.proposals.queries.applicant import firms_to_start_for
from matxich.proposals.states import NeedKind, NeedLevel, NeedState
from matxich.proposals.views.doorway import need_of, version_sent
from matxich.registry.forms.firm import RevealForm
from matxich.registry.models import Enterprise
from matxich.registry.permissions import EDITING
from matxich.registry.queries import enterprise_by_registry_id
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.proposals.needs import KINDS, UP

STEPS = ("check", "forward", "take", "close")


def need_step(pk: int, step: str) -> tuple[Need, str]:
    if step not in STEPS:
        raise Http404
    return need_of(pk), step


def may_act(actor: Actor, asked: tuple[Need, str]) -> Verdict:
    need, step = asked
    if step == "close" and need.state == NeedState.DRAFT:
        return may_change_need(actor, need)
    return may_check_need(actor, need)


def asked_of(request: Request) -> queries.Asked:
    told = request.GET
    kind, state, level = told.get("loai", ""), told.get("trang-thai", ""), told.get("cap", "")
    return queries.Asked(
        text=told.get("q", "")[:80].strip(), kind=kind if kind in NeedKind.values else "",
        state=state if state in NeedState.values else "", year=number_of(told.get("nam")),
        level=level if level in NeedLevel.values else "", after=after_of(request),
    )  # fmt: skip


@access(may_see_needs)
def needs(request: Request) -> HttpResponse:
    asked = asked_of(request)
    page = queries.listed(request.actor, asked)
    choices = [Link(_("Tất cả"), _with(request, ""), sum(n for _v, _l, n in page.counts), not asked.state)]
    choices += [
        Link(label, _with(request, value), count, asked.state == value) for value, label, count in page.counts if count
    ]
    context = {
        "page": page, "asked": asked, "choices": choices, "kinds": NeedKind.choices, "levels": NeedLevel.choices,
        "years": queries.years_of(request.actor), "may_record": may_record_needs(request.actor),
        "may_export": may_export_needs(request.actor), "next": after_link(request, page.following),
        "first": reverse("proposals:needs") if asked.after else "", "query": request.GET.urlencode(),
        "lines": [(one, queries.place_of(one)) for one in page.needs],
    }  # fmt: skip
    return render(request, "proposals/needs.html", context)


def _with(request: Request, state: str) -> str:
    told = request.GET.copy()
    for name in ("sau", "trang-thai"):
        told.pop(name, None)
    if state:
        told["trang-thai"] = state
    return f"?{told.urlencode()}" if told else reverse("proposals:needs")


@access(may_record_needs, methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    form = _form(request, initial={"year": timezone.localdate().year + 1, "urgency": "next",
                                   "registry_id": request.GET.get("co-so", "")})  # fmt: skip
    return _saving(request, form, None) or _form_page(request, form, None)


@access(may_change_need, on=need_of, methods=("GET", "POST"))
def edit(request: Request, need: Need) -> HttpResponse:
    if need.state != NeedState.DRAFT:
        return redirect("proposals:need", pk=need.pk)
    form = _form(request, initial=initial_of(need, queries.phone_of(need)))
    return _saving(request, form, need) or _form_page(request, form, need)


def _form(request: Request, initial: dict[str, object]) -> NeedForm:
    firms = [(str(one.pk), one.name) for one in firms_to_start_for(request.actor)]
    return NeedForm(request.POST or None, firms=firms, official=holds(request.actor, EDITING), initial=initial)


def _saving(request: Request, form: NeedForm, need: Need | None) -> HttpResponse | None:
    """`step` send sends it; anything else keeps a draft. None when the page has to be shown."""
    if request.method != "POST":
        return None
    background = bool(request.headers.get("X-Background"))
    if not form.is_valid():
        return JsonResponse({"say": _("Chưa lưu lên máy chủ: còn mục cần sửa. Phần bạn ghi còn trên máy này.")},
                            status=422) if background else None  # fmt: skip
    told, at = form.cleaned_data, timezone.now()
    firm = need.enterprise if need else _firm_of(form, request)
    if form.errors:
        return None
    try:
        kept = actions.save_need(
            client_id=need.client_id if need else told["client_id"], sheet=form.sheet(), enterprise=firm,
            by=request.actor, at=at, base_version=told.get("base_version"),
        )  # fmt: skip
        if background:
            return JsonResponse({"base": kept.version})
        if request.POST.get("step") == "send":
            actions.send_need(need=kept, by=request.actor, at=at)
            messages.success(request, _("Đã gửi phiếu nhu cầu."))
        else:
            messages.success(request, _("Đã lưu nháp."))
        return redirect("proposals:need", pk=kept.pk)
    except Denied:
        raise
    except actions.BadNeed as bad:
        for field, words in bad.faults.items():
            form.add_error(field if field in form.fields else None, said(words))
    except Refusal as refusal:
        if background:
            return JsonResponse({"say": sentence(refusal), "code": refusal.code}, status=refusal.status)
        form.add_error(None, sentence(refusal))
    return JsonResponse({"say": _("Chưa lưu lên máy chủ.")}, status=422) if background else None


def _firm_of(form: NeedForm, request: Request) -> Enterprise | None:
    told = form.cleaned_data
    if code := told.get("registry_id", "").strip():
        found = enterprise_by_registry_id(code)
        if found is None:
            form.add_error("registry_id", _("Sổ đăng ký không có mã này."))
        return found
    chosen = number_of(told.get("enterprise"))
    if chosen and not told.get("name"):
        return next((one for one in firms_to_start_for(request.actor) if one.pk == chosen), None)
    return None


def _form_page(request: Request, form: NeedForm, need: Need | None) -> HttpResponse:
    context = {
        "form": form, "need": need,
        "crumbs": [Link(_("Nhu cầu hỗ trợ"), reverse("proposals:needs")), Link(_("Phiếu nhu cầu"))],
    }  # fmt: skip
    response = render(request, "proposals/need_form.html", context, status=422 if form.errors else 200)
    add_never_cache_headers(response)
    return response


@access(may_open_need, on=need_of, methods=("GET", "POST"))
def need(request: Request, need: Need) -> HttpResponse:
    """The sheet; the telephone number opens for a reason that is kept."""
    may_check = may_check_need(request.actor, need)
    own = bool(may_change_need(request.actor, need))
    form = RevealForm(request.POST if request.method == "POST" and not own else None)
    phone = queries.phone_of(need) if own else ""
    if need.phone and not own and may_check and form.is_valid():
        open_personal(
            by=request.actor, at=timezone.now(), subject=("need", str(need.pk)), fields=["phone"],
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        phone = queries.phone_of(need)
    context = {
        "need": need, "place": queries.place_of(need), "phone": phone, "own": own, "may_check": may_check,
        "reveal": form, "may_reveal": bool(need.phone) and not own and bool(may_check),
        "upward": _upward(need), "calls": _calls(request.actor, need) if may_check else [],
        "supports": _supports(need),
        "crumbs": [Link(_("Nhu cầu hỗ trợ"), reverse("proposals:needs")), Link(f"{need.get_kind_display()} {need.pk}")],
    }  # fmt: skip
    response = render(request, "proposals/need.html", context)
    add_never_cache_headers(response)
    return response


def _upward(need: Need) -> list[Agency]:
    above = UP.get(need.level)
    return actions.agencies_above(need, above) if above else []


def _calls(actor: Actor, need: Need) -> list[Call]:
    """Calls that may serve it: published or still a draft, of programmes the actor speaks for."""
    found = visible_calls(actor).exclude(state__in=["closed", "cancelled"]).order_by("-id")[:50]
    return [one for one in found if may_take_need(actor, need, one)]


def _supports(need: Need) -> list[tuple[str, str]]:
    return [(code, said(SUPPORTS[code].words)) for code in KINDS[need.kind].supports]


@access(may_act, on=need_step, methods=("POST",))
def act(request: Request, asked: tuple[Need, str]) -> HttpResponse:
    need, step = asked
    by, at, base = request.actor, timezone.now(), version_sent(request.POST.get("base_version"))
    if step == "check":
        actions.check_need(need=need, note=request.POST.get("note", ""), by=by, at=at, base_version=base)
    elif step == "forward":
        actions.forward_need(need=need, to=_agency(request), by=by, at=at, base_version=base)
    elif step == "take":
        actions.take_need(need=need, call=_call(request), by=by, at=at, base_version=base)
    else:
        actions.close_need(need=need, reason=request.POST.get("reason", ""), by=by, at=at, base_version=base)
    done = {
        "check": _("Đã ghi kết quả kiểm tra."), "forward": _("Đã chuyển lên."), "take": _("Đã đưa vào đợt hỗ trợ."),
        "close": _("Đã khép phiếu."),
    }  # fmt: skip
    messages.success(request, done[step])
    return redirect("proposals:need", pk=need.pk)


def _agency(request: Request) -> Agency:
    found = Agency.objects.filter(pk=number_of(request.POST.get("to")) or 0).first()
    if found is None:
        raise actions.WrongAgency(_("Chọn cơ quan nhận."))
    return found


def _call(request: Request) -> Call:
    found = visible_calls(request.actor).filter(pk=number_of(request.POST.get("call")) or 0).first()
    if found is None:
        raise actions.WrongAgency(_("Chọn đợt hỗ trợ."))
    return found


@access(may_export_needs, writes_on_get=True)
def export(request: Request) -> StreamingHttpResponse:
    """What is found, to the last row, telephone numbers left out; who took it away is noted."""
    asked, at = asked_of(request), timezone.now()
    found = queries.narrowed(request.actor, asked)
    count = (found.filter(state=asked.state) if asked.state else found).count()
    record_export(by=request.actor, at=at, what="need", fields=["name"], rows=count, reason=_("Tải danh sách nhu cầu"))
    head = [
        _("Cơ sở"), _("Xã, phường"), _("Tỉnh, thành"), _("Loại nhu cầu"), _("Việc cụ thể"), _("Sản phẩm"),
        _("Danh hiệu"), _("Năm"), _("Tổng chi phí, đồng"), _("Vốn tự có, đồng"), _("Cấp bách"), _("Mặt bằng"),
        _("Giấy tờ"), _("Trạng thái"), _("Đang ở cấp"), _("Kết quả kiểm tra"),
    ]  # fmt: skip
    rows = map(_cells, queries.every_need(request.actor, asked))
    return download(xlsx_pieces([(_("Nhu cầu"), head, rows)]), "nhu-cau.xlsx", XLSX)


def _cells(one: Need) -> tuple[Cell, ...]:
    return (
        one.name, name_of(one.commune) if one.commune else "", name_of(one.province), str(one.get_kind_display()),
        one.title, one.product, str(one.get_product_title_display()), one.year, one.cost, one.own_funds,
        str(one.get_urgency_display()), _("có") if one.land_ready else "", _("có") if one.papers_ready else "",
        str(one.get_state_display()), str(one.get_level_display()), one.check_note,
    )  # fmt: skip
