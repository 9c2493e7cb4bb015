"""A list beside the sender's last one, and what is followed up of those it no longer names."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, after_link, after_of, number_of, sentence
from matxich.kit.verdict import Verdict
from matxich.registry.actions import following
from matxich.registry.models import Import, NoLongerListed
from matxich.registry.permissions import may_change_import, may_open_import
from matxich.registry.queries import comparison_pages
from matxich.registry.queries.list_changes import Comparison, comparison
from matxich.registry.states import ImportState
from matxich.registry.views.imports import CHECKING, RESULT, import_of, import_page


def note_of(pk: int, note: int) -> NoLongerListed:
    return get_object_or_404(NoLongerListed.objects.select_related("batch"), batch=pk, pk=note)


def may_follow_up(actor: Actor, note: NoLongerListed) -> Verdict:
    return may_change_import(actor, note.batch)


@access(may_open_import, on=import_of)
def import_compare(request: Request, batch: Import) -> HttpResponse:
    return _compared(request, batch)


@access(may_change_import, on=import_of, methods=("POST",))
def note_no_longer_listed(request: Request, batch: Import) -> HttpResponse:
    chosen = [number for text in request.POST.getlist("firm") if (number := number_of(text))]
    reason = request.POST.get("reason", "")
    try:
        noted = following.note_no_longer_listed(
            batch=batch, enterprises=chosen, reason=reason, by=request.actor, at=timezone.now()
        )
    except (following.NothingChosen, following.WithoutReason) as refusal:
        return _compared(request, batch, group="khong-con", problem=sentence(refusal), chosen=chosen, reason=reason)
    told = ngettext("Đã ghi theo dõi %(n)s doanh nghiệp.", "Đã ghi theo dõi %(n)s doanh nghiệp.", len(noted))
    messages.success(request, told % {"n": len(noted)})
    return redirect(_address(batch, "khong-con"))


@access(may_follow_up, on=note_of, methods=("POST",))
def close_follow_up(request: Request, note: NoLongerListed) -> HttpResponse:
    finding = request.POST.get("finding", "")
    try:
        following.close_follow_up(note=note, finding=finding, by=request.actor, at=timezone.now())
    except following.WithoutReason as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Đã ghi kết quả theo dõi."))
    return redirect(_address(note.batch, comparison_pages.FOLLOWED))


def _address(batch: Import, group: str) -> str:
    return f"{reverse('registry:import_compare', kwargs={'pk': batch.pk})}?{urlencode({'nhom': group})}"


def _compared(
    request: Request,
    batch: Import,
    *,
    group: str = "",
    problem: str = "",
    chosen: list[int] | None = None,
    reason: str = "",
) -> HttpResponse:
    if batch.state not in (*CHECKING, *RESULT) or batch.state == ImportState.STAGING:
        return redirect("registry:import", pk=batch.pk)
    compared = comparison(batch)
    group, after = group or request.GET.get("nhom", ""), after_of(request) or 0
    followed = comparison_pages.notes_of(batch).count()
    page: Any = None
    if group == comparison_pages.FOLLOWED:
        page = comparison_pages.followed_page(batch, after)
    elif compared:
        group = group if group in comparison_pages.GROUPS else _first(compared)
        page = comparison_pages.firms_page(batch, compared, group, after)
    context = {
        "compared": compared,
        "group": group,
        "page": page,
        "followed": followed,
        "tabs": _tabs(batch, compared, group, followed),
        "here": _address(batch, group),
        "next": after_link(request, page.next) if page else "",
        "asked": bool(after),
        "problem": problem,
        "chosen": chosen or [],
        "reason": reason,
    }
    step = "result" if batch.state in RESULT else "check"
    return import_page(request, batch, "import_compare", step, status=422 if problem else 200, **context)


def _first(compared: Comparison) -> str:
    """The first group with somebody in it, those that ask for attention first."""
    order = ("khong-con", "thay-doi", "moi")
    return next((g for g in order if getattr(compared, comparison_pages.GROUPS[g])), "nguyen")


def _tabs(batch: Import, compared: Comparison | None, group: str, followed: int) -> list[Link]:
    named = []
    if compared:
        named = [
            ("moi", _("Mới"), compared.new),
            ("khong-con", _("Không còn"), compared.gone),
            ("thay-doi", _("Thay đổi"), compared.changed),
            ("nguyen", _("Như cũ"), compared.unchanged),
        ]
    if followed:
        named.append((comparison_pages.FOLLOWED, _("Đang theo dõi"), followed))
    return [Link(label, _address(batch, code), count, code == group) for code, label, count in named]
