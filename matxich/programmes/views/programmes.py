"""The officials' pages of programmes: list, one programme, begun, cloned, changed, moved; lines and lessons."""

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
from matxich.places.queries import province_choices
from matxich.programmes.actions import programmes as actions
from matxich.programmes.actions.cloning import clone_programme
from matxich.programmes.actions.plans import create_plan
from matxich.programmes.forms.fields import EndingForm
from matxich.programmes.forms.plans import NewPlanForm
from matxich.programmes.forms.programmes import (
    LessonForm,
    LineForm,
    ProgrammeChangeForm,
    ProgrammeForm,
    a_year,
    initial_of,
)
from matxich.programmes.models import Programme
from matxich.programmes.permissions import (
    agencies_to_run_for,
    may_create_programme,
    may_direct,
    may_manage,
    may_open_programme,
    may_see_programmes,
)
from matxich.programmes.queries.listing import list_page
from matxich.programmes.queries.programme_page import programme_page
from matxich.programmes.states import ProgrammeKind
from matxich.programmes.views.doorway import tried, version_of
from matxich.rulebook.programmes.content_groups import PROGRAMMES


def programme_of(pk: int) -> Programme:
    return get_object_or_404(Programme.objects.select_related("agency", "cloned_from__agency"), pk=pk)


def crumbs(programme: Programme, *rest: Link) -> list[Link]:
    first = Link(_("Chương trình"), reverse("programmes:programmes"))
    if not rest:
        return [first, Link(programme.code)]
    return [first, Link(programme.code, reverse("programmes:programme", args=[programme.pk])), *rest]


@access(may_see_programmes)
def programmes(request: Request) -> HttpResponse:
    context = {
        "page": list_page(request.GET.dict(), timezone.now(), request.actor),
        "kinds": ProgrammeKind.choices,
        "provinces": province_choices("34"),
    }
    return render(request, "programmes/programmes.html", context)


@access(may_open_programme, on=programme_of)
def programme(request: Request, programme: Programme) -> HttpResponse:
    context = {"page": programme_page(programme, timezone.now(), request.actor), "crumbs": crumbs(programme)}
    return render(request, "programmes/programme.html", context)


@access(may_create_programme, methods=("GET", "POST"))
def create(request: Request) -> HttpResponse:
    agencies = agencies_to_run_for(request.actor)
    initial = {"agency": str(agencies[0].pk), "place": agencies[0].place} if agencies else {}
    form = ProgrammeForm(request.POST or None, agencies=agencies, initial=initial)
    if form.is_valid():
        made = tried(
            form,
            lambda: actions.create_programme(
                draft=form.draft, agency=form.chosen_agency, by=request.actor, at=timezone.now()
            ),
        )
        if made:
            return redirect("programmes:programme", pk=made.pk)
    context = {"form": form, "crumbs": [Link(_("Chương trình"), reverse("programmes:programmes")), Link(_("Lập mới"))]}
    return render(request, "programmes/create.html", context, status=422 if form.errors else 200)


@access(may_manage, on=programme_of, methods=("GET", "POST"))
def change(request: Request, programme: Programme) -> HttpResponse:
    form = ProgrammeChangeForm(request.POST or None, programme=programme, initial=initial_of(programme))
    if form.is_valid():
        changed = tried(
            form,
            lambda: actions.change_programme(
                programme=programme, draft=form.draft, by=request.actor, at=timezone.now(),
                base_version=form.cleaned_data["base_version"],
            ),
        )  # fmt: skip
        if changed:
            messages.success(request, _("Đã ghi chương trình."))
            return redirect("programmes:programme", pk=programme.pk)
    context = {"form": form, "programme": programme, "crumbs": crumbs(programme, Link(_("Sửa")))}
    return render(request, "programmes/change.html", context, status=422 if form.errors else 200)


def may_clone(actor: object, programme: Programme) -> object:
    return may_open_programme(actor, programme) and may_create_programme(actor)  # type: ignore[arg-type]


@access(may_clone, on=programme_of, methods=("GET", "POST"))  # type: ignore[arg-type]
def clone(request: Request, programme: Programme) -> HttpResponse:
    agencies = agencies_to_run_for(request.actor)
    kinds = [kind for kind, whose in PROGRAMMES.items() if whose == PROGRAMMES[programme.kind]]
    place = agencies[0].place if agencies else ""
    initial = {
        "agency": str(agencies[0].pk) if agencies else "", "place": place, "name": programme.name,
        "kind": _local_kind(programme.kind) if place else programme.kind,
    }  # fmt: skip
    form = ProgrammeForm(request.POST or None, agencies=agencies, kinds=kinds, initial=initial)
    if form.is_valid():
        made = tried(
            form,
            lambda: clone_programme(
                programme=programme, draft=form.draft, agency=form.chosen_agency, by=request.actor, at=timezone.now()
            ),
        )
        if made:
            messages.success(request, _("Đã lập bản nháp theo chương trình gốc, kèm mọi bài học."))
            return redirect("programmes:programme", pk=made.pk)
    page = programme_page(programme, timezone.now(), request.actor)
    context = {"form": form, "page": page, "crumbs": crumbs(programme, Link(_("Nhân rộng")))}
    return render(request, "programmes/clone.html", context, status=422 if form.errors else 200)


def _local_kind(kind: str) -> str:
    national = {ProgrammeKind.CNHT_NATIONAL: ProgrammeKind.CNHT_CITY, ProgrammeKind.KC_NATIONAL: ProgrammeKind.KC_LOCAL}
    return national.get(kind, kind)  # type: ignore[call-overload]


@access(may_direct, on=programme_of, methods=("POST",))
def start(request: Request, programme: Programme) -> HttpResponse:
    actions.start_programme(programme=programme, by=request.actor, at=timezone.now(), base_version=version_of(request))
    messages.success(request, _("Chương trình đã bắt đầu: giao được kinh phí, công bố được đợt nhận hồ sơ."))
    return redirect("programmes:programme", pk=programme.pk)


@access(may_direct, on=programme_of, methods=("GET", "POST"))
def close(request: Request, programme: Programme) -> HttpResponse:
    text = _("Khoản đã cam kết vẫn chi tiếp được; không giao thêm kinh phí, không cam kết mới, không mở đợt mới.")
    return _ended(request, programme, actions.close_programme, _("Kết thúc chương trình"), text)


@access(may_direct, on=programme_of, methods=("GET", "POST"))
def cancel(request: Request, programme: Programme) -> HttpResponse:
    text = _("Chỉ hủy được khi chưa cam kết kinh phí. Bài học và lịch sử vẫn giữ.")
    return _ended(request, programme, actions.cancel_programme, _("Hủy chương trình"), text)


def _ended(
    request: Request, programme: Programme, action: Callable[..., Programme], title: str, text: str
) -> HttpResponse:
    form = EndingForm(request.POST or None, initial={"base_version": programme.version})
    if form.is_valid():
        told = form.cleaned_data
        if tried(form, lambda: action(programme=programme, by=request.actor, at=timezone.now(), **told)):
            return redirect("programmes:programme", pk=programme.pk)
    context = {
        "form": form, "title": title, "text": text, "submit": title, "danger": True,
        "back_url": reverse("programmes:programme", args=[programme.pk]), "crumbs": crumbs(programme, Link(title)),
    }  # fmt: skip
    return render(request, "programmes/confirm.html", context, status=422 if form.errors else 200)


@access(may_manage, on=programme_of, methods=("GET", "POST"))
def open_line(request: Request, programme: Programme) -> HttpResponse:
    form = LineForm(
        request.POST or None, programme=programme, initial={"year": a_year(programme, timezone.localdate())}
    )
    if form.is_valid():
        told = form.cleaned_data
        made = tried(
            form,
            lambda: actions.open_line(
                programme=programme, layer=form.layer, by=request.actor, at=timezone.now(), **told
            ),
        )
        if made:
            messages.success(request, _("Đã mở nguồn kinh phí; ghi số được giao theo quyết định."))
            return redirect("programmes:line", pk=made.pk)
    context = {
        "form": form, "title": _("Mở nguồn kinh phí"), "submit": _("Mở nguồn"),
        "text": _("Nguồn mới chưa có tiền: mỗi lần được giao là một khoản ghi theo quyết định."),
        "back_url": reverse("programmes:programme", args=[programme.pk]),
        "crumbs": crumbs(programme, Link(_("Mở nguồn kinh phí"))),
    }  # fmt: skip
    return render(request, "programmes/form.html", context, status=422 if form.errors else 200)


@access(may_manage, on=programme_of, methods=("GET", "POST"))
def add_lesson(request: Request, programme: Programme) -> HttpResponse:
    form = LessonForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        if tried(form, lambda: actions.add_lesson(programme=programme, by=request.actor, at=timezone.now(), **told)):
            messages.success(request, _("Đã ghi bài học."))
            return redirect("programmes:programme", pk=programme.pk)
    context = {
        "form": form, "title": _("Ghi bài học"), "submit": _("Ghi bài học"),
        "text": _("Bài học đi theo chương trình khi nơi khác nhân rộng, cả điều không thành."),
        "back_url": reverse("programmes:programme", args=[programme.pk]),
        "crumbs": crumbs(programme, Link(_("Ghi bài học"))),
    }  # fmt: skip
    return render(request, "programmes/form.html", context, status=422 if form.errors else 200)


@access(may_manage, on=programme_of, methods=("GET", "POST"))
def new_plan(request: Request, programme: Programme) -> HttpResponse:
    form = NewPlanForm(request.POST or None, initial={"year": a_year(programme, timezone.localdate())})
    if form.is_valid():
        year = form.cleaned_data["year"]
        made = tried(form, lambda: create_plan(programme=programme, year=year, by=request.actor, at=timezone.now()))
        if made:
            return redirect("programmes:edit_plan", pk=made.pk)
    context = {
        "form": form, "title": _("Lập kế hoạch năm"), "submit": _("Lập kế hoạch"),
        "text": _("Một năm một kế hoạch; kế hoạch được phê duyệt rồi mới công bố được đợt nhận hồ sơ."),
        "back_url": reverse("programmes:programme", args=[programme.pk]),
        "crumbs": crumbs(programme, Link(_("Lập kế hoạch năm"))),
    }  # fmt: skip
    return render(request, "programmes/form.html", context, status=422 if form.errors else 200)
