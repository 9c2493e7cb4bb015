"""The officials' pages of zones: roll-up by province, one zone with its history, stating facts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request, sentence
from matxich.kit.refusals import Denied, Refusal
from matxich.places.models import Zone
from matxich.rulebook.zones.fields import GROUPS, fields_for
from matxich.zones.actions.facts import BadDay, BadFigures, NoSource, state_facts
from matxich.zones.forms import FactsForm
from matxich.zones.permissions import may_see_zones, may_state
from matxich.zones.queries.facts import known_of
from matxich.zones.queries.rollup_page import rollup_page
from matxich.zones.queries.showing import standing
from matxich.zones.queries.zone_page import desk_page
from matxich.zones.views.public import zone_of


@access(may_see_zones)
def rollup(request: Request) -> HttpResponse:
    page = rollup_page(request.GET.dict(), timezone.localdate(), request.actor)
    return render(request, "zones/rollup.html", {"page": page})


@access(may_see_zones, on=zone_of)
def zone(request: Request, zone: Zone) -> HttpResponse:
    context = {
        "page": desk_page(zone, timezone.localdate(), request.actor),
        "crumbs": [Link(_("Khu, cụm công nghiệp"), reverse("zones:rollup")), Link(str(zone))],
    }
    return render(request, "zones/desk_zone.html", context)


def zone_and_group(pk: int, group: str) -> tuple[Zone, str]:
    if group not in GROUPS:
        raise Http404
    return zone_of(pk), group


def may_state_group(actor: object, asked: tuple[Zone, str]) -> object:
    return may_state(actor, asked[0])  # type: ignore[arg-type]


@access(may_state_group, on=zone_and_group, methods=("GET", "POST"))  # type: ignore[arg-type]
def state(request: Request, asked: tuple[Zone, str]) -> HttpResponse:
    zone, group = asked
    fields = tuple(one for one in fields_for(zone.kind) if one.group == group)
    known = {code: standing(fact) for code, fact in known_of([zone], timezone.localdate())[0].facts.items()}
    form = FactsForm(request.POST or None, fields=fields, known=known)
    if form.is_valid() and _stated(request, zone, form):
        messages.success(request, _("Đã ghi số liệu."))
        return redirect("zones:desk_zone", pk=zone.pk)
    context = {
        "zone": zone,
        "form": form,
        "title": _(GROUPS[group]),
        "crumbs": [
            Link(_("Khu, cụm công nghiệp"), reverse("zones:rollup")),
            Link(str(zone), reverse("zones:desk_zone", args=[zone.pk])),
            Link(_(GROUPS[group])),
        ],
    }
    return render(request, "zones/state.html", context, status=422 if form.errors else 200)


def _stated(request: Request, zone: Zone, form: FactsForm) -> bool:
    told = form.cleaned_data
    try:
        state_facts(
            zone=zone,
            typed=form.typed,
            as_of=told["as_of"],
            source=told["source"],
            reason=told["reason"],
            by=request.actor,
            at=timezone.now(),
        )
    except Denied:
        raise
    except BadFigures as refusal:
        for code, text in refusal.faults.items():
            form.add_error(code, text)
        return False
    except Refusal as refusal:
        field = {BadDay: "as_of", NoSource: "source"}.get(type(refusal))
        form.add_error(field, sentence(refusal))
        return False
    return True
