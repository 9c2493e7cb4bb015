"""The import wizard: file, columns, check, result; and one row of a list."""

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from matxich.documents.spreadsheets import write_xlsx
from matxich.files.states import XLSX
from matxich.kit.access import access, record_export
from matxich.kit.display import Link, Step
from matxich.kit.doorway import Request, after_link, number_of, on_disk, sentence
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.registry import actions
from matxich.registry.actions import wizard
from matxich.registry.forms.lists import ListForm, UndoForm
from matxich.registry.models import Import, ImportRow
from matxich.registry.permissions import may_change_import, may_import, may_open_import, may_undo
from matxich.registry.queries import column_pages, import_pages, queue_pages, rejected
from matxich.registry.queries.list_changes import comparison
from matxich.registry.states import ImportState
from matxich.rulebook.passport import PERSONAL_FIELDS

BEFORE_CHECK = (ImportState.READ, ImportState.MAPPED)
CHECKING = (ImportState.STAGING, ImportState.STAGED)
RESULT = (ImportState.PUBLISHED, ImportState.UNDONE)
OPEN = (ImportState.UPLOADED, *BEFORE_CHECK, *CHECKING)


def import_of(pk: int) -> Import:
    return get_object_or_404(Import.objects.select_related("source", "agency", "repeats", "corrects"), pk=pk)


def row_of(pk: int, row: int) -> ImportRow:
    rows = ImportRow.objects.select_related("batch__source", "batch__agency", "batch__repeats", "enterprise")
    return get_object_or_404(rows, batch=pk, pk=row)


def may_open_row(actor: Any, row: ImportRow) -> Any:
    return may_open_import(actor, row.batch)


@access(may_import, methods=("GET", "POST"))
def imports(request: Request) -> HttpResponse:
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (batch := _brought_in(request, form)):
        return redirect("registry:import", pk=batch.pk)
    page = import_pages.imports_page(request.actor, number_of(request.GET.get("sau")))
    context = {
        "form": form,
        "page": page,
        "sources": import_pages.source_names(),
        "next": after_link(request, page.next),
    }
    return render(request, "registry/imports.html", context, status=422 if form.errors else 200)


def _brought_in(request: Request, form: ListForm) -> Import | None:
    """The list is kept and, unless it is large, read; a refusal stands beside the field it is about."""
    told, by, at = form.cleaned_data, request.actor, timezone.now()
    try:
        source = actions.source_named(name=told["source"], kind=told["kind"], by=by, at=at)
    except actions.NamelessSource as refusal:
        form.add_error("source", sentence(refusal))
        return None
    try:
        with on_disk(told["file"]) as path:
            batch = actions.upload_list(
                source=source, path=path, name=told["file"].name, as_of=told["as_of"], by=by, at=at
            )
        return wizard.begin_reading(batch=batch, by=by, at=at)
    except Denied:
        raise
    except Refusal as refusal:
        form.add_error("file", sentence(refusal))
        return None


@access(may_open_import, on=import_of)
def import_(request: Request, batch: Import) -> HttpResponse:
    """To the step the import is at; a file being read, failed or cancelled has its own page."""
    if batch.state in BEFORE_CHECK:
        return redirect("registry:import_columns", pk=batch.pk)
    if batch.state in CHECKING:
        return redirect("registry:import_check", pk=batch.pk)
    if batch.state in RESULT:
        return redirect("registry:import_result", pk=batch.pk)
    return import_page(request, batch, "import_file", "file", standing=import_pages.standing(batch))


@access(may_open_import, on=import_of, methods=("GET", "POST"))
def import_columns(request: Request, batch: Import) -> HttpResponse:
    if "tables" not in batch.mapping:
        return redirect("registry:import", pk=batch.pk)
    if request.method == "POST":
        return _settle(request, batch)
    return _columns(request, batch)


def _settle(request: Request, batch: Import) -> HttpResponse:
    """Keep the choices; go on to the check, or show what they would yield."""
    chosen = request.POST.dict()
    page = column_pages.columns_page(batch, today=timezone.localdate(), chosen=chosen)
    if page.to_choose:
        return _columns(request, batch, chosen, _("Chọn điều ghi cho các cột màu hổ phách, hoặc chọn “Bỏ qua”."))
    if chosen.get("go") != "look" and page.confirmation and chosen.get("confirm") != page.confirmation:
        return _columns(request, batch, chosen, _("Có cột ghép khác lần trước của nơi gửi này; xác nhận rồi đi tiếp."))
    by, at = request.actor, timezone.now()
    choices = {
        t.number: {_index(c.name): None if c.chosen == "-" else c.chosen for c in t.columns} for t in page.tables
    }
    left_out = [table.number for table in page.tables if not table.included]
    try:
        moved = wizard.settle_columns(
            batch=batch, choices=choices, left_out=left_out, mark=chosen.get("mark", ""), by=by, at=at
        )
    except wizard.NothingToImport as refusal:
        return _columns(request, batch, chosen, sentence(refusal))
    if chosen.get("go") == "look":
        wizard.look_again(batch=moved, at=at)
        return redirect("registry:import_columns", pk=batch.pk)
    wizard.begin_staging(batch=moved, by=by, at=at)
    return redirect("registry:import_check", pk=batch.pk)


def _index(control: str) -> int:
    return int(control.rpartition("-")[2])


def _columns(request: Request, batch: Import, chosen: dict[str, str] | None = None, problem: str = "") -> HttpResponse:
    page = column_pages.columns_page(batch, today=timezone.localdate(), chosen=chosen)
    context = {"page": page, "problem": problem, "mark": wizard.mark_of(batch)}
    return import_page(request, batch, "import_columns", "columns", status=422 if problem else 200, **context)


@access(may_open_import, on=import_of)
def import_check(request: Request, batch: Import) -> HttpResponse:
    if batch.state in BEFORE_CHECK:
        return redirect("registry:import_columns", pk=batch.pk)
    if batch.state not in CHECKING:
        return redirect("registry:import", pk=batch.pk)
    if batch.state == ImportState.STAGING:
        return import_page(request, batch, "import_staging", "check", standing=import_pages.standing(batch))
    firms = import_pages.updated_firms(batch)
    return _rows_page(request, batch, "import_check", "check", firms=firms, compared=comparison(batch))


@access(may_change_import, on=import_of, methods=("POST",))
def import_stage(request: Request, batch: Import) -> HttpResponse:
    """Begin, or go on with, the taking in of rows; asked twice it changes nothing."""
    if batch.state in (ImportState.MAPPED, ImportState.STAGING):
        wizard.begin_staging(batch=batch, by=request.actor, at=timezone.now())
    return redirect("registry:import", pk=batch.pk)


@access(may_change_import, on=import_of, methods=("POST",))
def import_publish(request: Request, batch: Import) -> HttpResponse:
    if batch.state not in RESULT:
        try:
            actions.publish(batch=batch, by=request.actor, at=timezone.now())
            messages.success(request, _("Đã công bố danh sách. Có thể hoàn tác bất cứ lúc nào."))
        except Stale:
            if not Import.objects.filter(pk=batch.pk, state=ImportState.PUBLISHED).exists():
                raise
    return redirect("registry:import_result", pk=batch.pk)


@access(may_open_import, on=import_of)
def import_result(request: Request, batch: Import) -> HttpResponse:
    if batch.state not in RESULT:
        return redirect("registry:import", pk=batch.pk)
    reach = import_pages.reach(batch)
    undo = may_undo(request.actor, batch)
    context = {"reach": reach, "undo": undo, "compared": comparison(batch)}
    return _rows_page(request, batch, "import_result", "result", **context)


@access(may_undo, on=import_of, methods=("GET", "POST"))
def import_undo(request: Request, batch: Import) -> HttpResponse:
    form = UndoForm(request.POST or None)
    if form.is_valid():
        if batch.state != ImportState.UNDONE:
            actions.undo_import(batch=batch, by=request.actor, at=timezone.now(), reason=form.cleaned_data["reason"])
            messages.success(request, _("Đã hoàn tác. Sổ trở về như khi chưa có danh sách này."))
        return redirect("registry:import_result", pk=batch.pk)
    if batch.state != ImportState.PUBLISHED:
        return redirect("registry:import", pk=batch.pk)
    context = {"form": form, "reach": import_pages.reach(batch)}
    return import_page(request, batch, "import_undo", "result", status=422 if form.errors else 200, **context)


@access(may_change_import, on=import_of, methods=("GET", "POST"))
def import_cancel(request: Request, batch: Import) -> HttpResponse:
    if request.method == "POST":
        if batch.state != ImportState.CANCELLED:
            actions.cancel_import(batch=batch, by=request.actor, at=timezone.now())
            messages.success(request, _("Đã hủy lần nhập này. Không dòng nào được ghi vào hồ sơ."))
        return redirect("registry:imports")
    if batch.state not in OPEN:
        return redirect("registry:import", pk=batch.pk)
    return import_page(request, batch, "import_cancel", "file")


@access(may_change_import, on=import_of, methods=("POST",))
def import_again(request: Request, batch: Import) -> HttpResponse:
    """The same file once more, as a new import."""
    if batch.state in OPEN:
        actions.cancel_import(batch=batch, by=request.actor, at=timezone.now())
    fresh = wizard.begin_again(batch=batch, by=request.actor, at=timezone.now())
    return redirect("registry:import", pk=fresh.pk)


@access(may_open_import, on=import_of)
def import_rejected(request: Request, batch: Import) -> HttpResponse:
    """The rows not taken, to be corrected and sent again."""
    sheets = rejected.rejected_sheets(batch)
    if not sheets:
        messages.info(request, _("Danh sách này không có dòng nào bị từ chối."))
        return redirect("registry:import", pk=batch.pk)
    with tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR, suffix=".xlsx") as made:
        write_xlsx(Path(made.name), [(sheet.name, sheet.headers, sheet.rows) for sheet in sheets])
        content = Path(made.name).read_bytes()
    rows = sum(len(sheet.rows) for sheet in sheets)
    record_export(
        by=request.actor,
        at=timezone.now(),
        what="import",
        fields=sorted(PERSONAL_FIELDS),
        rows=rows,
        reason=_("Sửa các dòng không nhận của %(name)s để gửi lại") % {"name": batch.file_name},
    )
    name = _("%(name)s - dòng không nhận.xlsx") % {"name": Path(batch.file_name).stem}
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


@access(may_open_row, on=row_of)
def import_row(request: Request, row: ImportRow) -> HttpResponse:
    step = "result" if row.batch.state in RESULT else "check"
    return import_page(request, row.batch, "import_row", step, page=queue_pages.row_page(row))


def _rows_page(request: Request, batch: Import, template: str, step: str, **context: Any) -> HttpResponse:
    """Totals, and the rows of one outcome."""
    group = request.GET.get("nhom", "tat-ca")
    group = group if group in import_pages.GROUPS else "tat-ca"
    reason, after = request.GET.get("ly-do", ""), number_of(request.GET.get("sau"))
    totals = import_pages.totals(batch)
    if group == "bo-qua":
        page: Any = import_pages.skipped_page(batch, after or 0)
    else:
        page = import_pages.rows_page(batch, group=group, reason=reason, after=after)
    here = reverse(f"registry:{template}", kwargs={"pk": batch.pk})
    context |= {"corrected": rejected.corrected_since(batch)}
    context |= {"totals": totals, "group": group, "reason": reason, "rows": page, "here": here}
    context |= {"tabs": _tabs(totals, group, here), "next": after_link(request, page.next), "asked": bool(after)}
    return import_page(request, batch, template, step, **context)


def _tabs(totals: import_pages.Totals, group: str, here: str) -> list[Link]:
    named = [
        ("tat-ca", _("Tất cả"), totals.rows),
        ("noi", _("Nối với hồ sơ đã có"), totals.linked),
        ("moi", _("Hồ sơ mới"), totals.new),
        ("cho-xu-ly", _("Chờ xử lý"), totals.queued),
        ("khong-nhan", _("Không nhận"), totals.rejected),
        ("canh-bao", _("Có cảnh báo"), totals.warned),
        ("bo-qua", _("Không phải dữ liệu"), totals.skipped),
    ]
    return [Link(label, f"{here}?{urlencode({'nhom': code})}", count, code == group) for code, label, count in named]


def import_page(
    request: Request, batch: Import, template: str, step: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of one import, under its steps and its name."""
    own = {
        "batch": batch,
        "steps": _steps(batch, step),
        "crumbs": [Link(_("Nhập liệu"), reverse("registry:imports")), Link(batch.file_name)],
        "may_change": may_change_import(request.actor, batch),
    }
    return render(request, f"registry/{template}.html", {**own, **context}, status=status)


_ORDER = ("file", "columns", "check", "result")


def _steps(batch: Import, now: str) -> list[Step]:
    labels = (_("Tệp"), _("Cột"), _("Kiểm tra"), _("Kết quả"))
    done = _ORDER.index(now)
    link = reverse("registry:import_columns", kwargs={"pk": batch.pk}) if "tables" in batch.mapping else ""
    urls = ("", link, "", "")
    states = ["done" if at < done else "now" if at == done else "" for at in range(4)]
    return [
        Step(label, state, url if state == "done" else "")
        for label, state, url in zip(labels, states, urls, strict=True)
    ]
