"""A visit: the form on a phone, kept in the browser and as a draft; and the visit that was sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from matxich.kit.access import access, open_personal
from matxich.kit.display import Link
from matxich.kit.doorway import Request, sentence
from matxich.kit.refusals import Denied, Refusal
from matxich.registry import actions
from matxich.registry.forms.firm import RevealForm
from matxich.registry.forms.visits import FOUND, SAYS, VisitForm
from matxich.registry.models import Enterprise, Visit
from matxich.registry.permissions import may_edit_officially, may_open_visit, may_see_contacts
from matxich.registry.queries import visits
from matxich.registry.states import Finding, VisitState
from matxich.registry.views.firm import enterprise_of
from matxich.rulebook.identifiers import make_registry_id


def visit_of(pk: int) -> Visit:
    return get_object_or_404(Visit.objects.select_related("enterprise"), pk=pk)


@access(may_edit_officially, on=enterprise_of, methods=("GET", "POST"))
def visit_firm(request: Request, enterprise: Enterprise) -> HttpResponse:
    """`step`: save keeps a draft, discard drops it, anything else sends the visit."""
    draft = visits.draft_of(enterprise, request.actor)
    sent = request.method == "POST"
    form = VisitForm(request.POST if sent else None, request.FILES if sent else None, initial=_initial(draft))
    step = request.POST.get("step", "")
    if sent and step == "discard" and draft is not None:
        actions.discard_visit(visit=draft, by=request.actor, at=timezone.now())
        messages.success(request, _("Đã bỏ bản nháp."))
        return redirect("registry:visit_firm", registry_id=make_registry_id(enterprise.pk))
    if form.is_valid():
        act = actions.save_visit if step == "save" else actions.submit_visit
        try:
            made = act(
                enterprise=enterprise,
                client_id=form.cleaned_data["client_id"],
                told=form.told(),
                by=request.actor,
                at=timezone.now(),
            )
        except Denied:
            raise
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            return _done(request, enterprise, made)
    context = {
        "enterprise": enterprise,
        "id": make_registry_id(enterprise.pk),
        "form": form,
        "items": _items(request, enterprise, draft),
        "findings": Finding.choices,
        "draft": draft,
        "earlier": visits.visits_of(enterprise),
        "crumbs": [
            Link(_("Doanh nghiệp"), reverse("registry:enterprises")),
            Link(enterprise.name, reverse("registry:passport", args=[make_registry_id(enterprise.pk)])),
        ],
    }
    response = render(request, "registry/visit_firm.html", context, status=422 if form.errors else 200)
    add_never_cache_headers(response)
    return response


def _done(request: Request, enterprise: Enterprise, made: Visit) -> HttpResponse:
    if made.state == VisitState.SUBMITTED:
        messages.success(request, _("Đã gửi kết quả khảo sát."))
        return redirect("registry:visit", pk=made.pk)
    if request.headers.get("X-Background"):
        return HttpResponse(status=204)
    messages.success(request, _("Đã lưu nháp trên máy chủ. Ảnh chọn lại khi gửi."))
    return redirect("registry:visit_firm", registry_id=make_registry_id(enterprise.pk))


def _initial(draft: Visit | None) -> dict[str, object]:
    if draft is None:
        return {"on": timezone.localdate()}
    told = {"client_id": draft.client_id, "on": draft.on, "people": visits.people_met(draft), "note": draft.note}
    return {name: value for name, value in told.items() if value}


def _items(request: Request, enterprise: Enterprise, draft: Visit | None) -> list[dict[str, object]]:
    """Each item with what was said of it so far: in this very form, else in the draft."""
    kept = draft.findings if draft else {}
    drawn: list[dict[str, object]] = []
    for item in visits.to_look_at(enterprise, request.actor, timezone.localdate()):
        saved = kept.get(item.key, {})
        found = request.POST.get(FOUND + item.key, saved.get("found", ""))
        says = request.POST.get(SAYS + item.key, saved.get("says", ""))
        drawn.append({"item": item, "found": found, "says": says})
    return drawn


@access(may_open_visit, on=visit_of, methods=("GET", "POST"))
def visit(request: Request, visit: Visit) -> HttpResponse:
    """A visit that was sent; whom the visitor met opens for a reason that is kept."""
    registry_id = make_registry_id(visit.enterprise_id)
    if visit.state != VisitState.SUBMITTED:
        return redirect("registry:visit_firm", registry_id=registry_id)
    may_reveal = bool(visit.people) and bool(may_see_contacts(request.actor, visit.enterprise))
    form = RevealForm(request.POST if request.method == "POST" else None)
    people = ""
    if may_reveal and form.is_valid():
        open_personal(
            by=request.actor,
            at=timezone.now(),
            subject=("enterprise", registry_id),
            fields=["visit_people"],
            reason=form.cleaned_data["reason"],
        )
        people = visits.people_met(visit)
    context = {
        "page": visits.visit_page(visit),
        "id": registry_id,
        "people": people,
        "may_reveal": may_reveal,
        "form": form,
        "crumbs": [
            Link(_("Doanh nghiệp"), reverse("registry:enterprises")),
            Link(visit.enterprise.name, reverse("registry:passport", args=[registry_id])),
        ],
    }
    response = render(request, "registry/visit.html", context)
    add_never_cache_headers(response)
    return response
