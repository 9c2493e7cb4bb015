"""Lists of zones: upload, look at what becomes of each row, publish, undo."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.forms import ReasonForm
from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request, on_disk, sentence
from matxich.kit.refusals import Denied, Refusal
from matxich.zones.actions import lists as actions
from matxich.zones.actions.facts import BadDay, NoSource
from matxich.zones.forms import ZoneListForm
from matxich.zones.models import ZoneList
from matxich.zones.permissions import may_bring_lists, may_open_list
from matxich.zones.queries.list_pages import LISTS_SHOWN, list_page, lists_of


def list_of(pk: int) -> ZoneList:
    return get_object_or_404(ZoneList, pk=pk)


@access(may_bring_lists, methods=("GET", "POST"))
def lists(request: Request) -> HttpResponse:
    form = ZoneListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (batch := _read(request, form)):
        return redirect("zones:list", pk=batch.pk)
    context = {
        "form": form,
        "lists": list(lists_of(request.actor)[:LISTS_SHOWN]),
        "crumbs": [Link(_("Khu, cụm công nghiệp"), reverse("zones:rollup")), Link(_("Nhập danh sách"))],
    }
    return render(request, "zones/lists.html", context, status=422 if form.errors else 200)


def _read(request: Request, form: ZoneListForm) -> ZoneList | None:
    told = form.cleaned_data
    try:
        with on_disk(told["file"]) as path:
            return actions.read_list(
                path=path,
                name=told["file"].name,
                source=told["source"],
                as_of=told["as_of"],
                by=request.actor,
                at=timezone.now(),
            )
    except Denied:
        raise
    except actions.AlreadyBrought as refusal:
        messages.warning(request, sentence(refusal))
        return refusal.existing
    except Refusal as refusal:
        field = {BadDay: "as_of", NoSource: "source"}.get(type(refusal), "file")
        form.add_error(field, sentence(refusal))
        return None


@access(may_open_list, on=list_of)
def list_(request: Request, batch: ZoneList) -> HttpResponse:
    return _shown(request, batch, ReasonForm())


def _shown(request: Request, batch: ZoneList, undo: ReasonForm) -> HttpResponse:
    context = {
        "page": list_page(batch),
        "batch": batch,
        "undo": undo,
        "crumbs": [
            Link(_("Khu, cụm công nghiệp"), reverse("zones:rollup")),
            Link(_("Nhập danh sách"), reverse("zones:lists")),
            Link(batch.file_name),
        ],
    }
    return render(request, "zones/list.html", context, status=422 if undo.errors else 200)


@access(may_open_list, on=list_of, methods=("POST",))
def publish(request: Request, batch: ZoneList) -> HttpResponse:
    actions.publish_list(batch=batch, by=request.actor, at=timezone.now())
    messages.success(request, _("Đã công bố danh sách."))
    return redirect("zones:list", pk=batch.pk)


@access(may_open_list, on=list_of, methods=("POST",))
def cancel(request: Request, batch: ZoneList) -> HttpResponse:
    actions.cancel_list(batch=batch, by=request.actor, at=timezone.now())
    messages.success(request, _("Đã hủy danh sách; không có gì thay đổi."))
    return redirect("zones:lists")


@access(may_open_list, on=list_of, methods=("POST",))
def undo(request: Request, batch: ZoneList) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _shown(request, batch, form)
    actions.undo_list(batch=batch, by=request.actor, at=timezone.now(), reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã hoàn tác danh sách; số liệu của danh sách không còn được tính."))
    return redirect("zones:list", pk=batch.pk)
