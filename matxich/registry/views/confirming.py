"""“Vẫn đúng?”: by the firm's representative, by a one-time link without an account, and asking for it."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matxich.kit.access import access, anyone
from matxich.kit.display import Link
from matxich.kit.doorway import Request, after_link, after_of, sentence
from matxich.kit.limiting import limit
from matxich.kit.refusals import Refusal, Stale
from matxich.registry import actions
from matxich.registry.forms.confirmations import HOLDS, SAYS, ConfirmForm, DueForm, SendLinkForm
from matxich.registry.models import Enterprise
from matxich.registry.permissions import (
    may_confirm,
    may_edit_officially,
    may_open_own_firm,
    may_send_confirmations,
)
from matxich.registry.queries import confirming
from matxich.registry.queries.confirming import ConfirmableSection
from matxich.registry.queries.own_firm import own_form_url
from matxich.registry.views.firm import enterprise_of
from matxich.rulebook.identifiers import make_registry_id

TRIES_AN_HOUR = 60


@access(may_open_own_firm, on=enterprise_of, methods=("GET", "POST"))
def confirm(request: Request, enterprise: Enterprise) -> HttpResponse:
    """With an account: section by section or all at once. Preparers see it; the representative sends it."""
    sections = confirming.confirmable_sections(enterprise, request.actor, timezone.localdate())
    form = _form(request, enterprise, sections)
    if form.is_valid():
        codes = [row.code for one in sections if form.cleaned_data["section"] in ("", one.code) for row in one.rows]
        try:
            actions.confirm_facts(
                enterprise=enterprise,
                confirmed=form.confirmed(codes),
                corrected=form.corrected(codes),
                by=request.actor,
                at=timezone.now(),
                base_version=form.cleaned_data["base_version"],
            )
        except Refusal as refusal:
            form = _again(request, enterprise, sections, form, refusal)
        else:
            messages.success(request, _("Đã ghi nhận. Cảm ơn bạn."))
            here = "registry:confirm" if form.cleaned_data["section"] else "registry:own_firm"
            return redirect(here, registry_id=make_registry_id(enterprise.pk))
    context = {
        "enterprise": enterprise,
        "sections": drawn(sections, form, enterprise),
        "form": form,
        "may": may_confirm(request.actor, enterprise),
        "last": confirming.last_confirmation(enterprise),
        "by_section": True,
        "crumbs": [Link(enterprise.name, reverse("registry:own_firm", args=[make_registry_id(enterprise.pk)]))],
        "back_url": reverse("registry:own_firm", args=[make_registry_id(enterprise.pk)]),
    }
    return render(request, "registry/confirm.html", context, status=422 if form.errors else 200)


@access(anyone, methods=("GET", "POST"))
def confirm_by_link(request: Request, token: str) -> HttpResponse:
    """Opening uses nothing up; sending does, once."""
    limit(request, "confirm", TRIES_AN_HOUR)
    link = actions.open_link(token=token, at=timezone.now())
    enterprise = enterprise_of(make_registry_id(link.enterprise_id))
    sections = confirming.confirmable_sections(enterprise, None, timezone.localdate())
    form = _form(request, enterprise, sections)
    sent = False
    if form.is_valid():
        codes = form.codes
        try:
            actions.confirm_by_link(
                token=token,
                confirmed=form.confirmed(codes),
                corrected=form.corrected(codes),
                at=timezone.now(),
                base_version=form.cleaned_data["base_version"],
            )
            sent = True
        except (Stale, actions.BadValue, actions.NothingConfirmed) as refusal:
            form = _again(request, enterprise, sections, form, refusal)
    context = {"enterprise": enterprise, "sections": drawn(sections, form), "form": form, "link": link, "sent": sent}
    response = render(request, "registry/confirm_by_link.html", context, status=422 if form.errors else 200)
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _form(request: Request, enterprise: Enterprise, sections: Sequence[ConfirmableSection]) -> ConfirmForm:
    rows = [row for section in sections for row in section.rows]
    data = request.POST if request.method == "POST" else None
    return ConfirmForm(data, rows=rows, initial={"base_version": enterprise.version})


def _again(
    request: Request,
    enterprise: Enterprise,
    sections: Sequence[ConfirmableSection],
    form: ConfirmForm,
    refusal: Refusal,
) -> ConfirmForm:
    """What was typed stays; the record is taken as it stands now."""
    enterprise.refresh_from_db()
    typed = dict(request.POST.items()) | {"base_version": str(enterprise.version)}
    rows = [row for section in sections for row in section.rows]
    again = ConfirmForm(typed, rows=rows)
    again.add_error(None, sentence(refusal))
    return again


def drawn(
    sections: Sequence[ConfirmableSection], form: ConfirmForm, enterprise: Enterprise | None = None
) -> list[dict[str, object]]:
    """Each section with its rows and the controls of each row; with the firm, forms of what has parts."""
    return [
        {
            "code": section.code,
            "label": section.label,
            "rows": [
                {
                    "row": row,
                    "holds": form[HOLDS + row.code],
                    "says": form[SAYS + row.code] if row.editable else None,
                    "url": own_form_url(enterprise, row.code) if enterprise and not row.editable else "",
                }
                for row in section.rows
            ],
        }
        for section in sections
    ]


@access(may_edit_officially, on=enterprise_of, methods=("GET", "POST"))
def ask_firm(request: Request, enterprise: Enterprise) -> HttpResponse:
    """How one firm's confirmation stands, and a link by mail."""
    form = SendLinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.send_link(
                enterprise=enterprise, by=request.actor, at=timezone.now(), email=form.cleaned_data["email"]
            )
        except actions.NoAddress as refusal:
            form.add_error("email", sentence(refusal))
        else:
            messages.success(request, _("Đã gửi liên kết, dùng được một lần trong 60 ngày."))
            return redirect("registry:ask_firm", registry_id=make_registry_id(enterprise.pk))
    context = {
        "enterprise": enterprise,
        "id": make_registry_id(enterprise.pk),
        "form": form,
        "email": confirming.known_email(enterprise),
        "last": confirming.last_confirmation(enterprise),
        "links": confirming.open_links(enterprise, timezone.now()),
        "crumbs": [
            Link(_("Doanh nghiệp"), reverse("registry:enterprises")),
            Link(enterprise.name, reverse("registry:passport", args=[make_registry_id(enterprise.pk)])),
        ],
    }
    return render(request, "registry/ask_firm.html", context, status=422 if form.errors else 200)


@access(may_send_confirmations, methods=("GET", "POST"))
def due(request: Request) -> HttpResponse:
    """Firms that have not confirmed for a year, by place; one press asks all of them that have an address."""
    form = DueForm(request.POST if request.method == "POST" else request.GET)
    place = form.cleaned_data["noi"] if form.is_valid() else ""
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        firms = confirming.due_firms(request.actor, now, place=place, reachable=True)
        sent = actions.send_links(enterprises=firms.iterator(chunk_size=200), by=request.actor, at=now)
        messages.success(request, ngettext("Đã gửi %(n)s liên kết.", "Đã gửi %(n)s liên kết.", sent) % {"n": sent})
        return redirect("registry:due")
    page = confirming.due_page(request.actor, now, place=place, after=after_of(request))
    context = {"form": form, "page": page, "place": place, "next": after_link(request, page.next)}
    return render(request, "registry/due.html", context | {"at_once": actions.AT_ONCE})
