"""Questions people keep: saving the one at hand, what is new in each, the link that stops letters."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from matxich.accounts.permissions import may_use_desk, signed_in
from matxich.kit.access import access, anyone
from matxich.kit.doorway import Request, sentence
from matxich.kit.refusals import Refusal
from matxich.registry.actions import saved_searches as actions
from matxich.registry.forms.lookups import SaveForm
from matxich.registry.models import SavedSearch
from matxich.registry.permissions import may_change_saved_search, may_open_saved_search
from matxich.registry.queries.saved_searches import fresh_cards, row_of_saved, rows_of_saved
from matxich.registry.search import ListRequest
from matxich.registry.views.drawing import drawn_cards


def saved_search_of(pk: int) -> SavedSearch:
    if found := SavedSearch.objects.select_related("user").filter(pk=pk).first():
        return found
    raise Http404


@access(signed_in)
def saved_searches(request: Request) -> HttpResponse:
    return render(request, "registry/saved_searches.html", {"rows": rows_of_saved(request.actor)})  # type: ignore[arg-type]


@access(signed_in, methods=("GET", "POST"))
def directory_save(request: Request) -> HttpResponse:
    return _save(request, "registry:directory", public=True)


@access(may_use_desk, methods=("GET", "POST"))
def register_save(request: Request) -> HttpResponse:
    return _save(request, "registry:enterprises", public=False)


def _save(request: Request, back: str, *, public: bool) -> HttpResponse:
    """The question is that of the address; what the page would leave out of it is left out here too."""
    asked = ListRequest.from_params(request.GET, audience="public" if public else "officials", facets=())
    page = asked.answer()
    question = urlencode({name: given for name, given in asked.params.items() if name != "view"}, doseq=True)
    form = SaveForm(request.POST or None, initial={"name": page.text[:100]})
    if form.is_valid():
        try:
            saved = actions.save_search(
                by=request.actor,  # type: ignore[arg-type]
                at=timezone.now(),
                question=question,
                public=public,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Đã lưu “%(name)s”.") % {"name": saved.name})
            return redirect("registry:saved_searches")
    back_url = f"{reverse(back)}?{question}" if question else reverse(back)
    context = {"form": form, "page": page, "back_url": back_url}
    return render(request, "registry/save_search.html", context, status=422 if form.errors else 200)


@access(may_open_saved_search, on=saved_search_of)
def saved_search(request: Request, saved: SavedSearch) -> HttpResponse:
    """What was new at the last look."""
    context = {
        "row": row_of_saved(saved, request.actor),  # type: ignore[arg-type]
        "cards": drawn_cards(fresh_cards(saved, timezone.localdate())),
        "compare_url": reverse("registry:directory_compare" if saved.public else "registry:register_compare"),
    }
    return render(request, "registry/saved_search.html", context)


@access(may_change_saved_search, on=saved_search_of, methods=("GET", "POST"))
def change_saved_search(request: Request, saved: SavedSearch) -> HttpResponse:
    form = SaveForm(request.POST or None, initial={"name": saved.name, "cadence": saved.cadence})
    if form.is_valid():
        try:
            actions.change_search(by=request.actor, at=timezone.now(), saved=saved, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Đã lưu thay đổi."))
            return redirect("registry:saved_searches")
    context = {"form": form, "row": row_of_saved(saved, request.actor)}  # type: ignore[arg-type]
    return render(request, "registry/change_search.html", context, status=422 if form.errors else 200)


@access(may_change_saved_search, on=saved_search_of, methods=("GET", "POST"))
def forget_saved_search(request: Request, saved: SavedSearch) -> HttpResponse:
    if request.method == "POST":
        actions.forget_search(by=request.actor, at=timezone.now(), saved=saved)
        messages.success(request, _("Đã xóa “%(name)s”.") % {"name": saved.name})
        return redirect("registry:saved_searches")
    return render(request, "registry/forget_search.html", {"name": saved.name})


@access(anyone, methods=("GET", "POST"))
def stop_letters(request: Request, token: str) -> HttpResponse:
    """From a letter, without signing in: one click, which a program that merely follows links does not make."""
    name = actions.watched_by(token).name
    stopped = request.method == "POST"
    if stopped:
        actions.stop_letters(at=timezone.now(), token=token)
    return render(request, "registry/stop_letters.html", {"name": name, "stopped": stopped})
