"""Agencies: the list, one agency over time, and what may happen to it."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts import actions, queries
from matxich.accounts.forms import (
    AgencyChangeForm,
    AgencyForm,
    CloseForm,
    FormerNameForm,
    MergeForm,
    RenameForm,
    SplitForm,
    parsed_day,
)
from matxich.accounts.models import Agency
from matxich.accounts.permissions import may_administer, may_use_desk
from matxich.accounts.states import AgencyKind
from matxich.accounts.views.doorway import agency_of, form_page, tried
from matxich.kit.access import access
from matxich.kit.doorway import Request, after_of


@access(may_use_desk)
def agencies(request: Request) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("q", "loai", "dia-ban")}
    page = queries.agencies(
        on=timezone.localdate(),
        text=asked["q"],
        kind=asked["loai"] if asked["loai"] in AgencyKind.values else "",
        place=queries.place_named(asked["dia-ban"], timezone.localdate())[0] if asked["dia-ban"] else "",
        after=after_of(request),
    )
    context = {
        "page": page,
        "text": asked["q"],
        "kind": asked["loai"],
        "place": asked["dia-ban"],
        "kinds": AgencyKind.choices,
        "may_change": may_administer(request.actor),
    }
    return render(request, "accounts/agencies.html", context)


@access(may_use_desk, on=agency_of)
def agency(request: Request, agency: Agency) -> HttpResponse:
    today = timezone.localdate()
    on = parsed_day(request.GET.get("ngay", ""), today)
    page = queries.agency_page(request.actor, agency, on)
    return render(request, "accounts/agency.html", {"page": page, "on": on, "today": today})


@access(may_administer, methods=("GET", "POST"))
def create(request: Request) -> HttpResponse:
    form = AgencyForm(request.POST or None)
    made: list[Agency] = []
    if form.is_valid() and tried(
        form,
        lambda: made.append(actions.create_agency(by=request.actor, at=timezone.now(), **form.cleaned_data)),
    ):
        messages.success(request, _("Đã thêm cơ quan."))
        return redirect("accounts:agency", pk=made[0].pk)
    return form_page(
        request, form, title=_("Thêm cơ quan"), submit=_("Thêm cơ quan"), back_url=reverse("accounts:agencies")
    )


@access(may_administer, on=agency_of, methods=("GET", "POST"))
def change(request: Request, agency: Agency) -> HttpResponse:
    initial = {"kind": agency.kind, "place": agency.place, "parent": agency.parent_id, "version": agency.version}
    form = AgencyChangeForm(request.POST or None, initial=initial)
    return _act(request, agency, form, actions.change_agency, title=_("Sửa %(name)s"), submit=_("Lưu"))


@access(may_administer, on=agency_of, methods=("GET", "POST"))
def rename(request: Request, agency: Agency) -> HttpResponse:
    form = RenameForm(request.POST or None, initial={"version": agency.version, "name": agency.name})
    return _act(
        request,
        agency,
        form,
        actions.rename_agency,
        title=_("Đổi tên %(name)s"),
        intro=_("Tên đang dùng vẫn đúng cho mọi ngày trước đó: văn bản cũ giữ nguyên tên cũ."),
        submit=_("Đổi tên"),
    )


@access(may_administer, on=agency_of, methods=("GET", "POST"))
def former_name(request: Request, agency: Agency) -> HttpResponse:
    form = FormerNameForm(request.POST or None, initial={"version": agency.version})
    return _act(
        request,
        agency,
        form,
        actions.add_former_name,
        title=_("Thêm tên trước đây của %(name)s"),
        submit=_("Thêm tên"),
    )


@access(may_administer, on=agency_of, methods=("GET", "POST"))
@reauthentication_required
def close(request: Request, agency: Agency) -> HttpResponse:
    form = CloseForm(request.POST or None, agency=agency, initial={"version": agency.version})
    return _act(
        request,
        agency,
        form,
        actions.close_agency,
        title=_("Kết thúc hoạt động của %(name)s"),
        intro=_("Dùng khi không có cơ quan kế thừa. Vai trò của những người sau đây cũng kết thúc."),
        preview=queries.members_of(agency, timezone.localdate()),
        submit=_("Kết thúc"),
        danger=True,
    )


@access(may_administer, on=agency_of, methods=("GET", "POST"))
@reauthentication_required
def merge(request: Request, agency: Agency) -> HttpResponse:
    form = MergeForm(request.POST or None, agency=agency)
    if form.is_valid() and tried(
        form,
        lambda: actions.merge_agencies(by=request.actor, at=timezone.now(), predecessors=[agency], **form.cleaned_data),
    ):
        messages.success(request, _("Đã nhập cơ quan. Vai trò được chuyển sang cơ quan mới."))
        return redirect("accounts:agency", pk=form.cleaned_data["successor"].pk)
    return _page(
        request,
        agency,
        form,
        title=_("Nhập %(name)s vào cơ quan khác"),
        intro=_("Cơ quan tiếp nhận kế thừa hồ sơ đang mở. Những người sau đây giữ vai trò ở cơ quan tiếp nhận."),
        preview=queries.members_of(agency, timezone.localdate()),
        submit=_("Nhập cơ quan"),
    )


@access(may_administer, on=agency_of, methods=("GET", "POST"))
@reauthentication_required
def split(request: Request, agency: Agency) -> HttpResponse:
    form = SplitForm(request.POST or None, agency=agency)
    if form.is_valid() and tried(
        form,
        lambda: actions.split_agency(by=request.actor, at=timezone.now(), predecessor=agency, **form.cleaned_data),
    ):
        messages.success(request, _("Đã tách cơ quan. Hãy giao lại vai trò ở các cơ quan mới."))
        return redirect("accounts:agency", pk=agency.pk)
    return _page(
        request,
        agency,
        form,
        title=_("Tách %(name)s"),
        intro=_("Khi cơ quan này kết thúc, vai trò của những người sau đây cũng kết thúc và cần giao lại."),
        preview=queries.members_of(agency, timezone.localdate()),
        submit=_("Tách cơ quan"),
    )


def _act(request: Request, agency: Agency, form: Form, action: Any, **texts: Any) -> HttpResponse:
    if form.is_valid() and tried(
        form, lambda: action(by=request.actor, at=timezone.now(), agency=agency, **form.cleaned_data)
    ):
        messages.success(request, _("Đã lưu."))
        return redirect("accounts:agency", pk=agency.pk)
    return _page(request, agency, form, **texts)


def _page(request: Request, agency: Agency, form: Form, *, title: str, **texts: Any) -> HttpResponse:
    back = reverse("accounts:agency", kwargs={"pk": agency.pk})
    return form_page(request, form, title=title % {"name": agency.name}, back_url=back, **texts)
