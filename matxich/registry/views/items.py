"""One item of a firm told in parts: a new one, a corrected one, or one that is not so."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access
from matxich.kit.doorway import Request, number_of, sentence
from matxich.kit.refusals import Refusal, Stale
from matxich.registry import actions
from matxich.registry.forms.items import ItemForm, first_parts
from matxich.registry.models import Enterprise
from matxich.registry.permissions import may_edit_field, may_edit_officially
from matxich.registry.queries.firm_history import said_now
from matxich.registry.queries.items import Corrected, corrected
from matxich.registry.views.firm import enterprise_of, source_of
from matxich.rulebook.capabilities.fields import FIELDS
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.passport import field_of


def structured_field(registry_id: str, field: str) -> tuple[Enterprise, str]:
    if field not in FIELDS:
        raise Http404
    return enterprise_of(registry_id), field


@access(may_edit_field, on=structured_field, methods=("GET", "POST"))
def item(request: Request, asked: tuple[Enterprise, str]) -> HttpResponse:
    """`?theo=` names the statement an item stands in, `chu=` the words of a list it was read from."""
    enterprise, field = asked
    if not may_edit_officially(request.actor, enterprise):
        return redirect("registry:own_item", registry_id=make_registry_id(enterprise.pk), field=field)
    given = request.POST if request.method == "POST" else request.GET
    names = ("instead_of", "words") if request.method == "POST" else ("theo", "chu")
    target = corrected(enterprise, field, number_of(given.get(names[0])), given.get(names[1], ""))
    form = ItemForm(
        request.POST or None,
        initial=_first_values(enterprise, field, target),
        field=field,
        latest_year=timezone.localdate().year,
        corrects=target is not None,
    )
    if form.is_valid():
        try:
            return _state(request, enterprise, field, form, target)
        except Stale:
            enterprise.refresh_from_db()
            form.begin_again(enterprise.version)
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
    context = {
        "form": form,
        "enterprise": enterprise,
        "id": make_registry_id(enterprise.pk),
        "label": _(field_of(field).label),
        "target": target,
        "rows": said_now(enterprise, field, request.actor),
    }
    return render(request, "registry/item.html", context, status=422 if form.errors else 200)


def _first_values(enterprise: Enterprise, field: str, target: Corrected | None) -> dict[str, Any]:
    initial: dict[str, Any] = {"as_of": timezone.localdate(), "verification": 2, "base_version": enterprise.version}
    if target is None:
        return initial
    return initial | {"instead_of": target.statement, "words": target.words} | first_parts(field, target.value)


@transaction.atomic
def _state(
    request: Request, enterprise: Enterprise, field: str, form: ItemForm, target: Corrected | None
) -> HttpResponse:
    typed, now = form.cleaned_data, timezone.now()
    source = source_of(typed["source"], typed["new_source"], typed["verification"], request.actor, now)
    actions.state_fact(
        enterprise=enterprise,
        field=field,
        value=form.parts,
        source=source,
        as_of=typed["as_of"],
        by=request.actor,
        at=now,
        base_version=typed["base_version"],
        verification=typed["verification"],
        reason=typed["reason"],
        instead_of=target.statement if target and not target.words else None,
        raw=target.words if target else "",
    )
    messages.success(request, _("Đã ghi vào hồ sơ, kèm nguồn và lý do."))
    return redirect("registry:passport", registry_id=make_registry_id(enterprise.pk))
