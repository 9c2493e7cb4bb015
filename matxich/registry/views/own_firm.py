"""“Hồ sơ của doanh nghiệp tôi”: the firm's own side of its record, on a phone first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, sentence
from matxich.kit.refusals import Refusal, Stale
from matxich.kit.verdict import Verdict, no
from matxich.registry import actions
from matxich.registry.models import Enterprise
from matxich.registry.own_forms import OwnFactForm
from matxich.registry.permissions import may_claim, may_edit_field, may_open_own_firm
from matxich.registry.queries import claims
from matxich.registry.queries.own_firm import own_firm as own_firm_page
from matxich.registry.queries.own_firm import own_firm_cards, told_of_field
from matxich.registry.views.firm import enterprise_of, field_statement
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
    field, registry_id = request.GET.get("field", ""), make_registry_id(enterprise.pk)
    if field not in FIELDS:
        return redirect("registry:own_firm", registry_id=registry_id)
    return redirect("registry:own_fact", registry_id=registry_id, field=field)


@access(may_state_own_field, on=field_statement, methods=("GET", "POST"))
def own_fact(request: Request, asked: tuple[Enterprise, str]) -> HttpResponse:
    """The firm's own word on one field: self-declared, in place of its own earlier word alone."""
    enterprise, field = asked
    told = told_of_field(enterprise, field, request.actor, timezone.localdate())
    initial = {"value": told.typed, "as_of": timezone.localdate(), "base_version": enterprise.version}
    form = OwnFactForm(request.POST or None, initial=initial)
    if form.is_valid():
        now = timezone.now()
        try:
            source = actions.own_word(by=request.actor, at=now)
            actions.state_fact(
                enterprise=enterprise,
                field=field,
                source=source,
                by=request.actor,
                at=now,
                replaces=True,
                **form.cleaned_data,
            )
        except Stale as refusal:
            enterprise.refresh_from_db()
            form.begin_again(enterprise.version, sentence(refusal))
        except Refusal as refusal:
            form.add_error("value" if refusal.status == 422 else None, sentence(refusal))
        else:
            messages.success(request, _("Đã ghi, nguồn là doanh nghiệp tự khai."))
            return redirect("registry:own_firm", registry_id=make_registry_id(enterprise.pk))
    context = {
        "form": form,
        "told": told,
        "label": _(FIELDS[field].label),
        "id": make_registry_id(enterprise.pk),
        "crumbs": own_crumbs(enterprise),
    }
    return render(request, "registry/own_fact.html", context, status=422 if form.errors else 200)


def own_crumbs(enterprise: Enterprise) -> list[Link]:
    return [Link(enterprise.name, reverse("registry:own_firm", args=[make_registry_id(enterprise.pk)]))]
