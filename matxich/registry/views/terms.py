"""What phrases mean: those nobody knows, the decision about one, what was decided, and the words of one firm."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.permissions import signed_in
from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, after_link, after_of, number_of, sentence
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.kit.verdict import Verdict
from matxich.registry.actions.terms import decide_term, undo_term_decision
from matxich.registry.forms.terms import EVERYWHERE, FirmTermForm, TermForm, UndoTermForm
from matxich.registry.models import Enterprise, TermDecision
from matxich.registry.permissions import may_decide_everywhere, may_decide_term, may_see_terms, may_undo_term
from matxich.registry.queries import term_pages
from matxich.registry.queries.concept_choices import Choice, choice_of, concept_choices
from matxich.registry.queries.meaning import FACET_OF
from matxich.registry.search.concepts import SCHEMES
from matxich.registry.search.store import Unavailable
from matxich.registry.states import Facet
from matxich.registry.taxonomy import taxonomy
from matxich.registry.views.firm import enterprise_of
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.meaning import PHRASE_LENGTH
from matxich.rulebook.taxonomy.words import LONGEST
from matxich.rulebook.vietnamese.text import squeeze

OFFERED = 8


def decision_of(pk: int) -> TermDecision:
    return get_object_or_404(TermDecision.objects.select_related("enterprise"), pk=pk)


def firm_field(registry_id: str, field: str) -> tuple[Enterprise, str]:
    if field not in FACET_OF:
        raise Http404
    return enterprise_of(registry_id), field


@access(may_see_terms)
def terms(request: Request) -> HttpResponse:
    """The commonest phrases nobody knows the meaning of."""
    facet = _facet(request)
    try:
        page = term_pages.unsure_page(facet, number_of(request.GET.get("trang")) or 1)
    except Unavailable:
        page = None
    context = {
        "page": page,
        "facets": _facets(request, facet, list(SCHEMES)),
        "may_decide": may_decide_everywhere(request.actor),
        "tabs": _tabs("terms"),
        "next": _page_url(request, page.next if page else 0),
        "previous": _page_url(request, page.previous if page else 0),
    }
    return render(request, "registry/terms.html", context)


@access(may_see_terms)
def decided_terms(request: Request) -> HttpResponse:
    facet = _facet(request)
    page = term_pages.decided_page(facet, request.actor, after_of(request))
    context = {
        "page": page,
        "facets": _facets(request, facet, term_pages.decided_facets()),
        "tabs": _tabs("decided_terms"),
        "next": after_link(request, page.next),
    }
    return render(request, "registry/decided_terms.html", context)


@access(may_see_terms, methods=("GET", "POST"))
def term(request: Request, facet: str) -> HttpResponse:
    """One phrase: who says it, what it may mean, and the decision for everybody."""
    phrase = _given(request, "t", PHRASE_LENGTH)
    if facet not in Facet:
        raise Http404
    if not phrase:
        return redirect("registry:terms")
    try:
        page = term_pages.term_page(facet, phrase, request.actor)
    except Unavailable as error:
        raise Http404(_("Chỉ mục tìm kiếm đang được lập lại; hãy thử lại sau ít phút.")) from error
    found, choices = _choices(request, facet, page.guesses, page.meant)
    initial = _initial(page.decision, page.meant)
    form = TermForm(request.POST or None, initial=initial, codes=[choice.code for choice in choices])
    if form.is_valid() and _decide(request, form, facet, phrase, None):
        return redirect("registry:terms")
    context = {
        "page": page,
        "form": form,
        "choices": choices,
        "found": found,
        "q": _given(request, "q", 200),
        "may_decide": may_decide_everywhere(request.actor),
        "crumbs": [Link(_("Từ ngữ cần hỏi"), reverse("registry:terms")), Link(page.facet_label)],
    }
    return render(request, "registry/term.html", context, status=422 if form.errors else 200)


@access(signed_in)
def concept_offers(request: Request, facet: str) -> HttpResponse:
    """What a box for a concept offers while somebody types: [{"text", "of"}], `of` what it lies under."""
    if facet not in SCHEMES:
        raise Http404
    query = _given(request, "q", 200)
    found = concept_choices(query, facet, limit=OFFERED) if query else ()
    return JsonResponse({"suggestions": [{"text": choice.label, "of": choice.path} for choice in found]})


def may_decide_for_firm(actor: Actor, asked: tuple[Enterprise, str]) -> Verdict:
    return may_decide_term(actor, asked[0])


@access(may_decide_for_firm, on=firm_field, methods=("GET", "POST"))
def firm_term(request: Request, asked: tuple[Enterprise, str]) -> HttpResponse:
    """What a phrase means in the words of one firm, or wherever it is said."""
    enterprise, field = asked
    registry_id = make_registry_id(enterprise.pk)
    page = term_pages.firm_term_page(
        enterprise, field, _given(request, "t", LONGEST), _given(request, "p", PHRASE_LENGTH)
    )
    if page is None:
        return redirect("registry:passport", registry_id=registry_id)
    found, choices = _choices(request, page.facet, page.guesses, page.meant)
    initial = _initial(page.own or page.everywhere, page.meant) | {
        "base": page.own.pk if page.own else None,
        "base_everywhere": page.everywhere.pk if page.everywhere else None,
    }
    form = FirmTermForm(request.POST or None, initial=initial, codes=[choice.code for choice in choices])
    may_everywhere = may_decide_everywhere(request.actor)
    if not may_everywhere:
        del form.fields["scope"]
    if form.is_valid():
        everywhere = form.cleaned_data.get("scope") == EVERYWHERE
        if _decide(request, form, page.facet, page.phrase.text, None if everywhere else enterprise):
            return redirect("registry:passport", registry_id=registry_id)
    context = {
        "page": page,
        "form": form,
        "choices": choices,
        "found": found,
        "q": _given(request, "q", 200),
        "may_everywhere": may_everywhere,
        "enterprise": enterprise,
        "id": registry_id,
        "undo": [term_pages.decided_line(each, request.actor) for each in (page.own, page.everywhere) if each],
        "crumbs": [
            Link(_("Doanh nghiệp"), reverse("registry:enterprises")),
            Link(enterprise.name, reverse("registry:passport", args=[registry_id])),
        ],
    }
    return render(request, "registry/firm_term.html", context, status=422 if form.errors else 200)


@access(may_undo_term, on=decision_of, methods=("GET", "POST"))
def undo_term(request: Request, decision: TermDecision) -> HttpResponse:
    form = UndoTermForm(request.POST or None)
    if form.is_valid():
        undo_term_decision(decision=decision, by=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Đã bỏ quyết định. Cụm từ lại được hiểu theo danh mục."))
        return redirect("registry:decided_terms")
    context = {
        "line": term_pages.decided_line(decision, request.actor),
        "form": form,
        "crumbs": [Link(_("Từ ngữ cần hỏi"), reverse("registry:terms")),
                   Link(_("Đã quyết định"), reverse("registry:decided_terms"))],
    }  # fmt: skip
    return render(request, "registry/undo_term.html", context, status=422 if form.errors else 200)


def _decide(request: Request, form: TermForm, facet: str, phrase: str, enterprise: Enterprise | None) -> bool:
    told = form.cleaned_data
    at_firm = isinstance(form, FirmTermForm)
    try:
        decide_term(
            facet=facet,
            phrase=phrase,
            concepts=told["concepts"],
            by=request.actor,
            at=timezone.now(),
            reason=told["reason"],
            enterprise=enterprise,
            base=told["base_everywhere"] if at_firm and enterprise is None else told["base"],
        )
    except Denied:
        raise
    except Stale as refusal:
        form.add_error(None, sentence(refusal))
        stands = term_pages.standing_decision(facet, phrase, enterprise)
        if isinstance(form, FirmTermForm) and enterprise is None:
            form.begin_again_everywhere(stands)
        else:
            form.begin_again(stands)
        return False
    except Refusal as refusal:
        form.add_error(None, sentence(refusal))
        return False
    said = (
        _("Đã ghi: “%(phrase)s” ở doanh nghiệp này.") if enterprise else _("Đã ghi: “%(phrase)s” ở mọi doanh nghiệp.")
    )
    messages.success(request, said % {"phrase": phrase})
    return True


def _initial(decision: TermDecision | None, meant: Iterable[Choice]) -> dict[str, object]:
    """What it means now is ticked, whoever says so."""
    if decision is None:
        return {"concepts": [choice.code for choice in meant]}
    return {"concepts": decision.concepts, "nothing": not decision.concepts, "base": decision.pk}


def _choices(
    request: Request, facet: str, guesses: Iterable[Choice], meant: Iterable[Choice]
) -> tuple[tuple[Choice, ...], list[Choice]]:
    """What was found by the words typed, and all there is to tick: that first, what it means now, guesses, what was
    ticked before."""
    query, known = _given(request, "q", 200), taxonomy()
    found = concept_choices(query, facet) if query else ()
    ticked = [choice_of(code) for code in request.POST.getlist("concepts")[:50] if code in known]
    return found, list({each.code: each for each in (*ticked, *meant, *found, *guesses)}.values())


def _given(request: Request, name: str, length: int) -> str:
    return squeeze(request.GET.get(name, "")[: length * 2])[:length]


def _facet(request: Request) -> str:
    given = request.GET.get("facet", "")
    return given if given in Facet else ""


def _facets(request: Request, chosen: str, codes: list[str]) -> list[Link]:
    return [
        Link(_("Tất cả"), request.path, current=not chosen),
        *(Link(Facet(code).label, f"?facet={code}", current=code == chosen) for code in codes),
    ]


def _tabs(current: str) -> list[Link]:
    names = {"terms": _("Cần hỏi"), "decided_terms": _("Đã quyết định")}
    return [Link(label, reverse(f"registry:{name}"), current=name == current) for name, label in names.items()]


def _page_url(request: Request, number: int) -> str:
    if not number:
        return ""
    asked = request.GET.copy()
    asked["trang"] = str(number)
    return f"?{asked.urlencode()}"
