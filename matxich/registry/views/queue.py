"""What waits for an officer: rows the rules could not link, and the problems of the newest lists."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request, after_link, number_of, sentence
from matxich.registry import actions
from matxich.registry.forms.lists import DecideForm
from matxich.registry.models import Enterprise, ImportRow
from matxich.registry.permissions import may_change_import, may_import
from matxich.registry.queries import import_pages, queue_pages, visible_enterprises
from matxich.registry.states import Outcome
from matxich.rulebook.identifiers import parse_registry_id, parse_tax_code


def waiting_of(pk: int) -> ImportRow:
    rows = ImportRow.objects.select_related("batch__source", "batch__agency", "batch__repeats", "enterprise")
    return get_object_or_404(rows, pk=pk, outcome=Outcome.QUEUED)


def may_decide(actor: Any, row: ImportRow) -> Any:
    return may_change_import(actor, row.batch)


@access(may_import)
def queue(request: Request) -> HttpResponse:
    page, total = queue_pages.queue_page(request.actor, number_of(request.GET.get("sau")))
    context = {"page": page, "total": total, "next": after_link(request, page.next)}
    return render(request, "registry/queue.html", context)


@access(may_decide, on=waiting_of, methods=("GET", "POST"))
def queue_row(request: Request, row: ImportRow) -> HttpResponse:
    form = DecideForm(request.POST or None)
    if form.is_valid() and _decided(request, row, form):
        following = queue_pages.next_waiting(request.actor, row.pk)
        return redirect("registry:queue_row", pk=following) if following else redirect("registry:queue")
    if row.decided_as and not form.is_bound:
        return redirect("registry:import_row", pk=row.batch_id, row=row.pk)
    context = {
        "page": queue_pages.waiting_row(request.actor, row),
        "form": form,
        "following": queue_pages.next_waiting(request.actor, row.pk),
        "crumbs": [Link(_("Chờ xử lý"), reverse("registry:queue")), Link(row.batch.source.name)],
    }
    return render(request, "registry/queue_row.html", context, status=422 if form.errors else 200)


def _decided(request: Request, row: ImportRow, form: DecideForm) -> bool:
    told = form.cleaned_data
    enterprise = None
    if told["choice"] != "new":
        enterprise = _chosen(told["choice"], told["other"])
        if enterprise is None:
            field = "other" if told["choice"] == "other" else None
            form.add_error(field, _("Không có hồ sơ nào mang mã này. Kiểm tra lại mã hồ sơ hoặc mã số thuế."))
            return False
    try:
        made = actions.decide_queued(
            row=row, enterprise=enterprise, by=request.actor, at=timezone.now(), reason=told["reason"]
        )
    except actions.NoSuchEnterprise as refusal:
        form.add_error(None, sentence(refusal))
        return False
    said = _("Đã nối vào hồ sơ %(name)s.") if enterprise else _("Đã tạo hồ sơ mới: %(name)s.")
    messages.success(request, said % {"name": made.name})
    return True


def _chosen(choice: str, other: str) -> Enterprise | None:
    """The record beside the row, or the one typed by its id or tax code."""
    known = visible_enterprises()
    if choice == "other":
        number, code = parse_registry_id(other), parse_tax_code(other)
        if number:
            return known.filter(pk=number).first()
        return known.filter(tax_code=code.text).first() if code.valid else None
    return known.filter(pk=int(choice)).first() if choice.isdecimal() else None


@access(may_import)
def problems(request: Request) -> HttpResponse:
    context = {"kinds": import_pages.problem_kinds(request.actor), "newest": import_pages.NEWEST}
    return render(request, "registry/queue_problems.html", context)
