"""A whole list of firms under one question of the law, from the officials' directory with the same filters."""

from dataclasses import dataclass
from math import ceil

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.files.states import XLSX
from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request, download, number_of
from matxich.kit.templatetags.mx import day, number
from matxich.places.queries import province_choices
from matxich.policy.actions.lists import take_list
from matxich.policy.forms.proposals import ListForm, PurposeForm
from matxich.policy.permissions import may_simulate
from matxich.policy.queries.lists import MOST, PAGE, Asked, Judgement, judged, rows_of
from matxich.policy.queries.showing import said
from matxich.policy.queries.simulating import verdict_words
from matxich.policy.views.finder import in_law_language
from matxich.registry.queries.exports import about_list, about_question
from matxich.registry.search import ListRequest, Unavailable, search
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.parameters import NATIONAL
from matxich.rulebook.law.supports.kinds import SUPPORTS

FORM = "hoi-"
"""How the parameters of the form begin; every other but verdict and page belongs to the list."""


@dataclass(frozen=True, slots=True)
class _Question:
    """The list, what is asked of it, and the outcome; `problem` says why there is none."""

    asked: ListRequest
    form: ListForm
    total: int
    judgement: Judgement | None
    problem: str


@access(may_simulate)
def listed(request: Request) -> HttpResponse:
    with in_law_language():
        told = _question(request)
        context = {
            "form": told.form,
            "total": told.total,
            "problem": told.problem,
            "about": about_question(told.asked.query),
            "kept": _kept(request),
            "crumbs": [Link(_("Doanh nghiệp"), _back(request)), Link(_("Hỗ trợ theo luật"))],
            "back_url": _back(request),
        }
        if told.judgement:
            context |= _outcome(request, told.judgement)
        return render(request, "policy/listed.html", context)


@access(may_simulate, methods=("POST",))
def listed_file(request: Request) -> HttpResponseBase:
    with in_law_language():
        told, form = _question(request), PurposeForm(request.POST)
        if told.judgement is None:
            return redirect(f"{reverse('policy:listed')}?{request.META['QUERY_STRING']}")
        purpose = form.cleaned_data["purpose"] if form.is_valid() else ""
        now, verdict = timezone.now(), request.GET.get("ket-luan", "")
        asked = told.judgement.asked
        about = [
            (_("Nội dung hỗ trợ"), said(SUPPORTS[asked.content].words)),
            (_("Theo luật của ngày"), day(asked.on)),
            *about_list(told.asked.query, rows=len(told.judgement.places(verdict)), purpose=purpose,
                        day=timezone.localdate(now)),
        ]  # fmt: skip
        pieces = take_list(
            judgement=told.judgement, query=told.asked.query, verdict=verdict, purpose=purpose, about=about,
            by=request.actor, at=now,
        )  # fmt: skip
        return download(pieces, _("ho-tro.xlsx"), XLSX)


def _question(request: Request) -> _Question:
    asked = ListRequest.from_params(request.GET, audience="officials", facets=())
    found = search(asked.query)
    given = any(name.startswith(FORM) for name in request.GET)
    form = ListForm(request.GET if given else None, prefix=FORM.rstrip("-"), provinces=province_choices("34"))
    if not given or not form.is_valid():
        return _Question(asked, form, found.total, None, "")
    if found.total > MOST:
        said = _("Danh sách có %(all)s doanh nghiệp; xét một lần nhiều nhất %(most)s. Thêm bộ lọc rồi xem lại.")
        problem = said % {"all": number(found.total), "most": number(MOST)}
        return _Question(asked, form, found.total, None, problem)
    told = form.cleaned_data
    project = {"eligible_cost": Known(told["cost"])} if told["cost"] is not None else {}
    if told["committed"]:
        project |= {"counterpart_committed": Known(True), "other_state_support_same_content": Known(False)}
    on = told["on"] or timezone.localdate()
    try:
        outcome = judged(asked.query, Asked(told["content"], told["budget"] or NATIONAL, on, project))
    except Unavailable:
        problem = _("Chỉ mục tìm kiếm đang được lập lại nên chưa xét được cả danh sách. Hãy thử lại sau vài phút.")
        return _Question(asked, form, found.total, None, problem)
    return _Question(asked, form, found.total, outcome, "")


def _outcome(request: Request, judgement: Judgement) -> dict[str, object]:
    verdict, words, counts = request.GET.get("ket-luan", ""), verdict_words(), judgement.counts
    verdict = verdict if verdict in words else ""
    places = judgement.places(verdict)
    pages = max(1, ceil(len(places) / PAGE))
    page = min(max(number_of(request.GET.get("trang")) or 1, 1), pages)
    choices = [Link(_("Tất cả"), _address(request), judgement.firms.size, current=not verdict)]
    choices += [
        Link(word.capitalize(), _address(request, **{"ket-luan": code}), counts[code], current=code == verdict)
        for code, word in words.items()
    ]
    first = (page - 1) * PAGE
    told = {"first": number(first + 1), "last": number(min(first + PAGE, len(places))), "all": number(len(places))}
    kept = {"ket-luan": verdict} if verdict else {}
    return {
        "judgement": judgement,
        "name": f"{judgement.asked.content} {said(SUPPORTS[judgement.asked.content].words)}",
        "choices": choices,
        "rows": rows_of(judgement, places[first : first + PAGE], request.actor),
        "words": words,
        "shown": _("%(first)s đến %(last)s trong %(all)s") % told if places else "",
        "first": _address(request, **kept) if page > 2 else "",
        "previous": _address(request, **kept, trang=str(page - 1)) if page > 1 else "",
        "next": _address(request, **kept, trang=str(page + 1)) if page < pages else "",
        "file_url": f"{reverse('policy:listed_file')}{_address(request, **kept)}",
        "purpose": PurposeForm(),
    }


def _address(request: Request, **own: str) -> str:
    query = request.GET.copy()
    for name in ("ket-luan", "trang"):
        query.pop(name, None)
    query.update(own)
    return f"?{query.urlencode()}"


def _kept(request: Request) -> list[tuple[str, str]]:
    """What the list was asked, carried along by the form."""
    own = ("ket-luan", "trang", "page", "view")
    return [
        (name, value)
        for name, values in request.GET.lists()
        if name not in own and not name.startswith(FORM)
        for value in values
    ]


def _back(request: Request) -> str:
    query = request.GET.copy()
    for name in list(query):
        if name.startswith(FORM) or name in ("ket-luan", "trang"):
            del query[name]
    return f"{reverse('registry:enterprises')}?{query.urlencode()}" if query else reverse("registry:enterprises")
