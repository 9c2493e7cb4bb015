"""Up to four firms beside each other; the address alone says which, so that it can be sent on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.permissions import may_use_desk
from matxich.kit.access import access, anyone
from matxich.kit.actor import ANONYMOUS
from matxich.kit.doorway import Request
from matxich.registry.queries.comparing import MOST, comparison, comparison_url, firms_named
from matxich.rulebook.identifiers import make_registry_id


@access(anyone)
def directory_compare(request: Request) -> HttpResponse:
    return _compare(request, "registry/directory_compare.html", "registry:directory", public=True)


@access(may_use_desk)
def register_compare(request: Request) -> HttpResponse:
    return _compare(request, "registry/register_compare.html", "registry:enterprises", public=False)


def _compare(request: Request, template: str, back: str, *, public: bool) -> HttpResponse:
    """Five or more are refused: the page asks which four."""
    firms, unknown = firms_named(request.GET.getlist("id"), public=public)
    chosen = [(make_registry_id(firm.pk), firm.name) for firm in firms]
    context = {
        "title": _("So sánh doanh nghiệp"),
        "back_url": reverse(back),
        "here": request.path,
        "chosen": chosen,
        "most": MOST,
        "too_many": len(firms) > MOST,
        "problem": _("Không có hồ sơ nào mang mã %(codes)s.") % {"codes": ", ".join(unknown)} if unknown else "",
    }
    if firms and len(firms) <= MOST:
        actor, different = (ANONYMOUS if public else request.actor), request.GET.get("khac") == "1"
        today = timezone.localdate()
        context["page"] = comparison(firms, actor=actor, public=public, today=today, only_different=different)
        context["all_url"] = comparison_url(registry_id for registry_id, _name in chosen)
    return render(request, template, context, status=422 if context["too_many"] else 200)
