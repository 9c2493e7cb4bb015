"""The support finder, open to everyone, and the answers of one firm of the register."""

from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from matxich.accounts.forms import DayField
from matxich.kit.access import access, anyone
from matxich.kit.display import Link
from matxich.kit.doorway import Request
from matxich.places.queries import province_choices
from matxich.policy.forms.finder import FinderForm
from matxich.policy.law import law
from matxich.policy.permissions import may_ask_for_firm
from matxich.policy.queries.answering import firm_answers, firm_case
from matxich.policy.queries.funding import with_funding
from matxich.policy.queries.showing import grouped
from matxich.registry.models import Enterprise
from matxich.registry.queries import enterprise_by_registry_id
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.law.answering import Case, answers

SPOKEN = ("vi", "en")


@access(anyone)
def finder(request: HttpRequest) -> HttpResponse:
    """Nothing asked is stored."""
    with in_law_language():
        today, now = timezone.localdate(), law()
        form = FinderForm(request.GET or None, provinces=province_choices("34"))
        context = {"form": form, "today": today, "groups": (), "asked": bool(request.GET)}
        if request.GET and form.is_valid():
            case = Case(form.facts(), form.day(today), form.cleaned_data["content"])
            context |= {
                "groups": grouped(now, case, with_funding(answers(now, case), case)),
                "on": case.on,
                "told": form.told(),
            }
        context["version"] = now.version
        return render(request, "policy/finder.html", context)


def day_asked(request: HttpRequest) -> tuple[date, str]:
    """The day in the address; today, with a sentence, where that is no day."""
    today, asked = timezone.localdate(), request.GET.get("ngay", "")
    try:
        return (DayField().to_python(asked) if asked else None) or today, ""
    except ValidationError:
        return today, _("“%(day)s” không phải là ngày; đang xem theo hôm nay.") % {"day": asked[:20]}


def in_law_language() -> override:
    """Law is told in Vietnamese and English; readers of other languages get English."""
    language = (get_language() or "vi")[:2]
    return override(language if language in SPOKEN else "en")


def firm_of(registry_id: str) -> Enterprise:
    found = enterprise_by_registry_id(registry_id)
    if found is None:
        raise Http404
    return found


@access(may_ask_for_firm, on=firm_of)
def firm(request: Request, enterprise: Enterprise) -> HttpResponse:
    """What the law gives the firm on a day, from what its record says."""
    on, problem = day_asked(request)
    now = law()
    case = firm_case(enterprise, on=on, actor=request.actor)
    code = make_registry_id(enterprise.pk)
    context = {
        "firm": enterprise,
        "groups": grouped(now, case, with_funding(firm_answers(now, case, enterprise), case)),
        "on": on,
        "today": timezone.localdate(),
        "problem": problem,
        "version": now.version,
        "crumbs": [
            Link(_("Doanh nghiệp"), reverse("registry:enterprises")),
            Link(enterprise.name, reverse("registry:passport", args=[code])),
            Link(_("Hỗ trợ theo luật")),
        ],
    }
    return render(request, "policy/firm.html", context)
