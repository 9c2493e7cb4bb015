"""“Khai hộ”: an official or khuyến công viên fills in for a household or a cooperative."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request, sentence
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.registry import actions
from matxich.registry.forms.on_behalf import OnBehalfForm
from matxich.registry.models import Enterprise
from matxich.registry.permissions import may_state_on_behalf
from matxich.registry.views.firm import enterprise_of
from matxich.rulebook.identifiers import make_registry_id


@access(may_state_on_behalf, on=enterprise_of, methods=("GET", "POST"))
def on_behalf(request: Request, enterprise: Enterprise) -> HttpResponse:
    sent = request.method == "POST"
    initial = {"base_version": enterprise.version}
    form = OnBehalfForm(request.POST if sent else None, request.FILES if sent else None, initial=initial)
    registry_id = make_registry_id(enterprise.pk)
    if form.is_valid():
        try:
            actions.state_on_behalf(
                enterprise=enterprise,
                facts=form.facts,
                scan=form.cleaned_data["scan"],
                signed_on=form.cleaned_data["signed_on"],
                by=request.actor,
                at=timezone.now(),
                base_version=form.cleaned_data["base_version"],
            )
        except Denied:
            raise
        except Refusal as refusal:
            if isinstance(refusal, Stale):
                enterprise.refresh_from_db()
                form.data = dict(form.data.items()) | {"base_version": str(enterprise.version)}
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Đã ghi hộ, nguồn là bản khai có chữ ký của cơ sở."))
            return redirect("registry:passport", registry_id=registry_id)
    context = {
        "enterprise": enterprise,
        "form": form,
        "back_url": reverse("registry:passport", args=[registry_id]),
        "crumbs": [
            Link(_("Doanh nghiệp"), reverse("registry:enterprises")),
            Link(enterprise.name, reverse("registry:passport", args=[registry_id])),
        ],
    }
    return render(request, "registry/on_behalf.html", context, status=422 if form.errors else 200)
