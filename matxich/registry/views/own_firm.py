"""“Hồ sơ của doanh nghiệp tôi”: the firm's own side of its record, on a phone first."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, number_of, sentence
from matxich.kit.refusals import Refusal, Stale
from matxich.kit.verdict import Verdict, no
from matxich.registry import actions
from matxich.registry.forms.firm import FactForm
from matxich.registry.forms.items import first_parts
from matxich.registry.forms.own_firm import OwnItemForm
from matxich.registry.forms.term_items import FACETS as TERM_FIELDS
from matxich.registry.forms.term_items import fact_form
from matxich.registry.models import Enterprise
from matxich.registry.permissions import may_claim, may_edit_field, may_open_own_firm
from matxich.registry.queries import claims
from matxich.registry.queries.items import corrected
from matxich.registry.queries.own_firm import own_firm as own_firm_page
from matxich.registry.queries.own_firm import own_firm_cards, own_form_url, told_of_field
from matxich.registry.views.firm import enterprise_of, field_statement
from matxich.registry.views.items import structured_field
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.passport import FIELDS


def may_state_own_field(actor: Actor, asked: tuple[Enterprise, str]) -> Verdict:
    """The firm's own form: for the firm alone; officials have theirs."""
    own = may_open_own_firm(actor, asked[0])
    return may_edit_field(actor, asked) if own else no(own.reason)


@access(may_claim)
def own_firms(request: Request) -> HttpResponse:
    """Straight to the firm when it is the only one."""
    cards = own_firm_cards(request.actor)
    if len(cards) == 1:
        return redirect("registry:own_firm", registry_id=cards[0].id)
    context = {"cards": cards, "claims": claims.own_claims(request.actor)[: claims.PAGE]}
    return render(request, "registry/own_firms.html", context)


@access(may_open_own_firm, on=enterprise_of)
def own_firm(request: Request, enterprise: Enterprise) -> HttpResponse:
    page = own_firm_page(enterprise, actor=request.actor, today=timezone.localdate())
    return render(request, "registry/own_firm.html", {"page": page})


@access(may_open_own_firm, on=enterprise_of)
def choose_own_field(request: Request, enterprise: Enterprise) -> HttpResponse:
    """From the select box to the form of that field."""
    field = request.GET.get("field", "")
    if field not in FIELDS:
        return redirect("registry:own_firm", registry_id=make_registry_id(enterprise.pk))
    return redirect(own_form_url(enterprise, field))


@access(may_state_own_field, on=field_statement, methods=("GET", "POST"))
def own_fact(request: Request, asked: tuple[Enterprise, str]) -> HttpResponse:
    """The firm's own word on one field: self-declared, in place of its own earlier word alone."""
    enterprise, field = asked
    told = told_of_field(enterprise, field, request.actor, timezone.localdate())
    initial = {"value": told.typed, "as_of": timezone.localdate(), "base_version": enterprise.version}
    initial["items"], more = told.items, {"field": field} if field in TERM_FIELDS else {}
    form = fact_form(field, own=True)(request.POST if request.method == "POST" else None, initial=initial, **more)
    if form.is_valid() and _stated(request, enterprise, field, form, form.cleaned_data["value"], replaces=True):
        return redirect("registry:own_firm", registry_id=make_registry_id(enterprise.pk))
    context = _context(enterprise, field) | {"form": form, "told": told, "terms": field in TERM_FIELDS, "two": False}
    return render(request, "registry/own_fact.html", context, status=422 if form.errors else 200)


@access(may_state_own_field, on=structured_field, methods=("GET", "POST"))
def own_item(request: Request, asked: tuple[Enterprise, str]) -> HttpResponse:
    """One item with parts. `?theo=` and `chu=` as on the officials' form: what the form begins with."""
    enterprise, field = asked
    told = told_of_field(enterprise, field, request.actor, timezone.localdate())
    given = request.POST if request.method == "POST" else request.GET
    names = ("instead_of", "words") if request.method == "POST" else ("theo", "chu")
    number = number_of(given.get(names[0]))
    seen = number if number in told.statements else None
    target = corrected(enterprise, field, seen, given.get(names[1], ""))
    initial = {"as_of": timezone.localdate(), "base_version": enterprise.version}
    if target:
        initial |= {"instead_of": target.statement, "words": target.words} | first_parts(field, target.value)
    form = OwnItemForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        field=field,
        latest_year=timezone.localdate().year,
        corrects=target is not None and not target.words,
    )
    instead_of = target.statement if target and not target.words else None
    if form.is_valid() and _stated(request, enterprise, field, form, form.parts, instead_of=instead_of):
        return redirect("registry:own_firm", registry_id=make_registry_id(enterprise.pk))
    context = _context(enterprise, field) | {"form": form, "told": told, "terms": False, "two": True}
    return render(request, "registry/own_fact.html", context, status=422 if form.errors else 200)


def _stated(request: Request, enterprise: Enterprise, field: str, form: FactForm, value: Any, **more: Any) -> bool:
    """Was it written? If not, the form says why and keeps what was typed."""
    now = timezone.now()
    try:
        actions.state_fact(
            enterprise=enterprise,
            field=field,
            value=value,
            source=actions.own_word(by=request.actor, at=now),
            as_of=form.cleaned_data["as_of"],
            by=request.actor,
            at=now,
            base_version=form.cleaned_data["base_version"],
            **more,
        )
    except Stale:
        enterprise.refresh_from_db()
        form.begin_again(enterprise.version)
        return False
    except Refusal as refusal:
        form.add_error("value" if refusal.status == 422 and "value" in form.fields else None, sentence(refusal))
        return False
    messages.success(request, _("Đã ghi, nguồn là doanh nghiệp tự khai."))
    return True


def _context(enterprise: Enterprise, field: str) -> dict[str, Any]:
    return {
        "label": _(FIELDS[field].label),
        "id": make_registry_id(enterprise.pk),
        "crumbs": [Link(enterprise.name, reverse("registry:own_firm", args=[make_registry_id(enterprise.pk)]))],
    }
