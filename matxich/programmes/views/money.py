"""One funding line and one commitment: every movement, and the forms that record the next."""

import secrets
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request
from matxich.programmes.actions import money as actions
from matxich.programmes.forms.money import MovementForm, ReleaseForm
from matxich.programmes.models import Commitment, FundingLine, MoneyEntry
from matxich.programmes.permissions import (
    may_handle_commitment,
    may_handle_money,
    may_open_commitment,
    may_open_money,
)
from matxich.programmes.queries.money_pages import commitment_page, line_page
from matxich.programmes.views.doorway import tried
from matxich.programmes.views.programmes import crumbs


def line_of(pk: int) -> FundingLine:
    return get_object_or_404(FundingLine.objects.select_related("programme__agency", "sponsor"), pk=pk)


def commitment_of(pk: int) -> Commitment:
    return get_object_or_404(Commitment.objects.select_related("line__programme__agency", "line__sponsor"), pk=pk)


@access(may_open_money, on=line_of)
def line(request: Request, line: FundingLine) -> HttpResponse:
    context = {
        "page": line_page(line, request.GET.dict(), request.actor),
        "line": line,
        "crumbs": crumbs(line.programme, Link(f"{line.name} {line.year}")),
    }
    return render(request, "programmes/line.html", context)


@access(may_handle_money, on=line_of, methods=("GET", "POST"))
def allot(request: Request, line: FundingLine) -> HttpResponse:
    text = _("Theo quyết định giao dự toán; số này cộng vào kinh phí của nguồn.")
    return _of_line(request, line, actions.allot, _("Giao kinh phí"), text)


@access(may_handle_money, on=line_of, methods=("GET", "POST"))
def withdraw(request: Request, line: FundingLine) -> HttpResponse:
    text = _("Chỉ thu hồi được phần chưa cam kết.")
    return _of_line(request, line, actions.withdraw_allotment, _("Thu hồi kinh phí đã giao"), text)


def _of_line(
    request: Request, line: FundingLine, action: Callable[..., MoneyEntry], title: str, text: str
) -> HttpResponse:
    form = MovementForm(request.POST or None, initial={"key": f"form:{secrets.token_hex(16)}"})
    here = reverse("programmes:line", args=[line.pk])
    if form.is_valid():
        told = form.cleaned_data
        if tried(form, lambda: action(line=line, by=request.actor, at=timezone.now(), **told)):
            messages.success(request, _("Đã ghi khoản tiền."))
            return redirect(here)
    trail = crumbs(line.programme, Link(line.name, here), Link(title))
    return _asked(request, form, line, None, title, text, here, trail)


@access(may_open_commitment, on=commitment_of)
def commitment(request: Request, commitment: Commitment) -> HttpResponse:
    line = commitment.line
    trail = crumbs(line.programme, Link(line.name, reverse("programmes:line", args=[line.pk])), Link(commitment.label))
    context = {"page": commitment_page(commitment, request.actor), "commitment": commitment, "crumbs": trail}
    return render(request, "programmes/commitment.html", context)


@access(may_handle_commitment, on=commitment_of, methods=("GET", "POST"))
def pay(request: Request, commitment: Commitment) -> HttpResponse:
    text = _("Theo chứng từ của Kho bạc hoặc của đơn vị chi.")
    return _of_commitment(request, commitment, actions.pay, MovementForm, _("Ghi khoản chi"), text)


@access(may_handle_commitment, on=commitment_of, methods=("GET", "POST"))
def release(request: Request, commitment: Commitment) -> HttpResponse:
    text = _("Phần chưa chi trở lại nguồn và cam kết được cho việc khác.")
    return _of_commitment(request, commitment, actions.release, ReleaseForm, _("Hủy phần cam kết"), text)


@access(may_handle_commitment, on=commitment_of, methods=("GET", "POST"))
def repay(request: Request, commitment: Commitment) -> HttpResponse:
    text = _("Tiền đã chi được nộp trả; phần đó vẫn là cam kết cho đến khi được hủy.")
    return _of_commitment(request, commitment, actions.repay, MovementForm, _("Ghi khoản thu hồi"), text)


def _of_commitment(
    request: Request, commitment: Commitment, action: Callable[..., MoneyEntry], kind: type[MovementForm], title: str,
    text: str,
) -> HttpResponse:  # fmt: skip
    form = kind(request.POST or None, initial={"key": f"form:{secrets.token_hex(16)}"})
    here, line = reverse("programmes:commitment", args=[commitment.pk]), commitment.line
    if form.is_valid():
        told = form.cleaned_data
        if tried(form, lambda: action(commitment=commitment, by=request.actor, at=timezone.now(), **told)):
            messages.success(request, _("Đã ghi khoản tiền."))
            return redirect(here)
    trail = crumbs(
        line.programme, Link(line.name, reverse("programmes:line", args=[line.pk])), Link(commitment.label, here),
        Link(title),
    )  # fmt: skip
    return _asked(request, form, line, commitment, title, text, here, trail)


def _asked(
    request: Request, form: MovementForm, line: FundingLine, commitment: Commitment | None, title: str, text: str,
    back_url: str, trail: list[Link],
) -> HttpResponse:  # fmt: skip
    context = {
        "form": form, "line": line, "commitment": commitment, "title": title, "text": text, "back_url": back_url,
        "crumbs": trail,
    }  # fmt: skip
    return render(request, "programmes/movement.html", context, status=422 if form.errors else 200)
