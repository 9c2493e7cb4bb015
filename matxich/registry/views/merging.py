"""Two records are one: looking for the other, both side by side, the decision, and taking it back."""

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
from matxich.kit.verdict import Verdict
from matxich.registry import actions, queries
from matxich.registry.forms.firm import MergeForm, UnmergeForm
from matxich.registry.models import Enterprise, Merge
from matxich.registry.permissions import may_merge, may_merge_here
from matxich.registry.queries.merge_pages import merge_page, records_like
from matxich.registry.views.firm import enterprise_of
from matxich.rulebook.identifiers import make_registry_id, parse_registry_id

Pair = tuple[Enterprise, Enterprise]


def pair_of(registry_id: str, other: str) -> Pair:
    return enterprise_of(registry_id), enterprise_of(other)


def merged_pair_of(registry_id: str, other: str) -> Merge:
    """The merge that stands, of the record `other` was given to."""
    number = parse_registry_id(other)
    merged = Enterprise.objects.filter(pk=number).first() if number else None
    found = queries.merge_of(merged) if merged else None
    if found is None or found.kept_id != parse_registry_id(registry_id):
        raise Http404(_("Hai hồ sơ này không gộp với nhau."))
    return found


def may_unmerge(actor: object, merge: Merge) -> Verdict:
    return may_merge(actor, (merge.kept, merge.merged))  # type: ignore[arg-type]


@access(may_merge_here, on=enterprise_of)
def merge_find(request: Request, enterprise: Enterprise) -> HttpResponse:
    """Begins with the record's own name: the other one is most often called alike."""
    text = request.GET.get("q", enterprise.name)[:200].replace("\x00", "")
    found, nearest = records_like(enterprise, text, request.actor)
    context = {
        "enterprise": enterprise,
        "id": make_registry_id(enterprise.pk),
        "q": text,
        "found": found,
        "nearest": nearest,
        "crumbs": _crumbs(enterprise),
    }
    return render(request, "registry/merge_find.html", context)


@access(may_merge, on=pair_of, methods=("GET", "POST"))
def merge_two(request: Request, pair: Pair) -> HttpResponse:
    """Both side by side; the first is the one that is kept."""
    kept, merged = pair
    if kept.pk == merged.pk:
        messages.info(request, _("Hai mã này đã dẫn đến cùng một hồ sơ."))
        return redirect("registry:passport", registry_id=make_registry_id(kept.pk))
    versions = {"kept_version": kept.version, "merged_version": merged.version}
    form = MergeForm(request.POST or None, initial=versions)
    if form.is_valid():
        try:
            actions.merge_enterprises(
                kept=kept, merged=merged, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except Denied:
            raise
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
            form.begin_again(versions)
        else:
            messages.success(request, _("Đã gộp. Mã cũ dẫn đến hồ sơ này; có thể tách lại ở cột bên."))
            return redirect("registry:passport", registry_id=make_registry_id(kept.pk))
    page = merge_page(kept, merged, request.actor)
    context = {
        "page": page,
        "sides": (page.kept, page.merged),
        "form": form,
        "crumbs": [*_crumbs(kept), Link(_("Tìm hồ sơ kia"), reverse("registry:merge_find", args=[_id(kept)]))],
    }
    return render(request, "registry/merge_two.html", context, status=422 if form.errors else 200)


@access(may_unmerge, on=merged_pair_of, methods=("GET", "POST"))
def unmerge(request: Request, merge: Merge) -> HttpResponse:
    form = UnmergeForm(request.POST or None, initial={"kept_version": merge.kept.version})
    if form.is_valid():
        merged = actions.unmerge_enterprises(merge=merge, by=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Đã tách. Hai hồ sơ trở lại như trước khi gộp."))
        return redirect("registry:passport", registry_id=_id(merged))
    context = {"merge": merge, "id": _id(merge.kept), "form": form, "crumbs": _crumbs(merge.kept)}
    return render(request, "registry/unmerge.html", context, status=422 if form.errors else 200)


def _id(enterprise: Enterprise) -> str:
    return make_registry_id(enterprise.pk)


def _crumbs(enterprise: Enterprise) -> list[Link]:
    return [
        Link(_("Doanh nghiệp"), reverse("registry:enterprises")),
        Link(enterprise.name, reverse("registry:passport", args=[_id(enterprise)])),
    ]
