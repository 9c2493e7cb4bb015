"""Pages of the request desk: asking, following, handling, and who opened what."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.accounts.permissions import may_administer
from matxich.accounts.personal_data import actions, queries
from matxich.accounts.personal_data.forms import (
    AcceptForm,
    AskForm,
    FollowForm,
    ListForm,
    LooksForm,
    MoveForm,
    shown_subject,
)
from matxich.accounts.personal_data.models import PersonalDataRequest
from matxich.accounts.personal_data.states import Move
from matxich.accounts.views.doorway import tried
from matxich.kit.access import access, anyone
from matxich.kit.limiting import limit


def request_of(pk: int) -> PersonalDataRequest:
    if found := PersonalDataRequest.objects.filter(pk=pk).first():
        return found
    raise Http404


@access(anyone, methods=("GET", "POST"))
def ask(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST or None)
    if form.is_valid():
        limit(request, "ask", 5)
        made = actions.submit(by=request.actor, at=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]
        row = queries.row_of(made, timezone.localdate())
        return render(request, "accounts/personal_data/receipt.html", {"row": row, "fresh": True})
    status = 422 if form.is_bound else 200
    return render(request, "accounts/personal_data/ask.html", {"form": form, "follow": FollowForm()}, status=status)


@access(anyone, methods=("GET", "POST"))
def follow(request: HttpRequest) -> HttpResponse:
    """The code is sent in the body, so that it stands in no address, log or history."""
    form = FollowForm(request.POST or None)
    if form.is_valid():
        limit(request, "follow", 30)
        if found := queries.by_code(form.cleaned_data["code"]):
            row = queries.row_of(found, timezone.localdate())
            return render(request, "accounts/personal_data/receipt.html", {"row": row, "fresh": False})
        form.add_error("code", _("Không có yêu cầu nào mang mã này. Xem lại mã trên biên nhận."))
    status = 422 if form.is_bound else 200
    return render(request, "accounts/personal_data/follow.html", {"form": form}, status=status)


@access(may_administer)
def requests(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = asked.get("page") or 1
    rows, pages = queries.requests_page(timezone.localdate(), state=asked.get("state", ""), page=page)
    context = {"form": form, "rows": rows, "previous": page - 1, "next": page + 1 if page < pages else 0}
    return render(request, "accounts/personal_data/requests.html", context)


@access(may_administer, on=request_of)
def request_page(request: HttpRequest, asked: PersonalDataRequest) -> HttpResponse:
    return _page(request, asked, opened=False)


@access(may_administer, on=request_of, methods=("POST",))
def reveal(request: HttpRequest, asked: PersonalDataRequest) -> HttpResponse:
    actions.open_request(by=request.actor, at=timezone.now(), request=asked, reason=request.POST.get("reason", ""))  # type: ignore[attr-defined]
    return _page(request, asked, opened=True)


@access(may_administer, on=request_of, methods=("POST",))
def move(request: HttpRequest, asked: PersonalDataRequest) -> HttpResponse:
    form = AcceptForm(request.POST)
    chosen = request.POST.get("move", "")
    if chosen not in Move.values:
        raise Http404
    if form.is_valid() and tried(form, lambda: _act(request, asked, Move(chosen), form)):
        messages.success(request, _("Đã ghi nhận."))
        return redirect("accounts:personal_data_request", pk=asked.pk)
    return _page(request, request_of(asked.pk), opened=False, form=form, status=422)


def _act(request: HttpRequest, asked: PersonalDataRequest, chosen: Move, form: AcceptForm) -> None:
    common = {"by": request.actor, "at": timezone.now(), "request": asked}  # type: ignore[attr-defined]
    reason = form.cleaned_data["reason"]
    match chosen:
        case Move.ACKNOWLEDGE:
            actions.acknowledge(**common)
        case Move.EXTEND:
            actions.extend(**common, reason=reason)
        case Move.ACCEPT | Move.REFUSE:
            accept = chosen is Move.ACCEPT
            actions.decide(**common, accept=accept, reason=reason, subject=form.cleaned_data["subject"])
        case Move.COMPLETE:
            actions.complete(**common, reason=reason, subject=form.cleaned_data["subject"])


def _page(
    request: HttpRequest, asked: PersonalDataRequest, *, opened: bool, form: MoveForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "row": queries.row_of(asked, timezone.localdate()),
        "opened": opened,
        "moves": queries.moves(asked),
        "form": form or AcceptForm(initial={"subject": shown_subject(asked.subject)}),
    }
    return render(request, "accounts/personal_data/request.html", context, status=status)


@access(may_administer)
def looks(request: HttpRequest) -> HttpResponse:
    form = LooksForm(request.GET)
    rows, more = queries.looks_page(**form.cleaned_data) if form.is_valid() else ([], None)
    return render(request, "accounts/personal_data/looks.html", {"form": form, "rows": rows, "more": more})
