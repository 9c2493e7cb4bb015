"""Members at work: their cases, one case with its dossier, their ballot; after opening the cuts and the conclusion."""

from django.contrib import messages
from django.forms import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from matxich.accounts.permissions import signed_in
from matxich.appraisal import dossiers
from matxich.appraisal.actions import ballots as actions
from matxich.appraisal.actions import concluding
from matxich.appraisal.criteria import said
from matxich.appraisal.forms.work import ConcludeForm, RemarkForm, dong
from matxich.appraisal.models import Ballot, Case
from matxich.appraisal.permissions import may_conclude, may_open_case, may_vote, seat_in, seats_of
from matxich.appraisal.queries.ballot_page import ballot_page
from matxich.appraisal.queries.case_page import case_page
from matxich.appraisal.queries.my_cases import my_list, year_of
from matxich.appraisal.states import WRITING, RemarkKind, Route
from matxich.appraisal.views.batches import to_batch
from matxich.appraisal.views.finding import case_of
from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, number_of, sentence
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.kit.verdict import Verdict
from matxich.rulebook.appraisal.criteria import Fault


@access(signed_in)
def my_cases(request: Request) -> HttpResponse:
    """A member's space: what to declare, what to judge, and one's own year."""
    today = timezone.localdate()
    seats = list(seats_of(request.actor).select_related("council"))
    years = year_of(seats, today.year)
    page = min(max(number_of(request.GET.get("trang")) or 1, 1), 10_000)
    found = my_list(seats, page)
    context = {
        "list": found,
        "first": "?" if page > 1 else "",
        "next": f"?trang={found.following}" if found.following else "",
        "years": [(seat, years[seat.pk]) for seat in seats],
        "year": today.year,
        "crumbs": [Link(_("Hồ sơ tôi chấm"))],
    }
    return render(request, "appraisal/my_cases.html", context)


@access(may_open_case, on=case_of)
def case(request: Request, case: Case) -> HttpResponse:
    return _case(request, case)


def _case(
    request: Request, case: Case, *, remark: RemarkForm | None = None, conclude: ConcludeForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    page = case_page(case, request.actor)
    context = {
        "page": page,
        "case": case,
        "dossier_url": dossiers.url_of(case),
        "dossier": dossiers.drawn(request, case),
        "remark": remark or RemarkForm(),
        "conclude": conclude or ConcludeForm(initial={"conditions": page.outcome.conditions if page.outcome else ""}),
        "opens_here": page.may_conclude and case.batch.route == Route.STAFF and case.state == "voting",
        "concludes_here": page.may_conclude
        and case.state in ("opened", "concluded")
        and case.batch.state == "appraising",
        "trims_here": page.may_conclude and case.state in ("opened", "concluded") and case.batch.state == "appraising",
        "handed_in": page.ballot is not None and page.ballot.state not in WRITING,
        "crumbs": [*_to(request.actor, case), Link(case.reference)],
    }
    response = render(request, "appraisal/case.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _to(actor: Actor, case: Case) -> list[Link]:
    if seat_in(actor, case.batch.council_id):
        return [Link(_("Hồ sơ tôi chấm"), reverse("appraisal:my_cases"))]
    return to_batch(case.batch)


@access(may_open_case, on=case_of, methods=("POST",))
def remark(request: Request, case: Case) -> HttpResponse:
    form = RemarkForm(request.POST)
    if form.is_valid():
        kind = RemarkKind.REVIEW if "review" in request.POST else RemarkKind.DISCUSSION
        try:
            concluding.remark(case=case, kind=kind, text=form.cleaned_data["text"], by=request.actor, at=timezone.now())
            return redirect(f"{reverse('appraisal:case', args=[case.pk])}#y-kien")
        except Denied:
            raise
        except Refusal as refusal:
            form.add_error("text", sentence(refusal))
    return _case(request, case, remark=form, status=422)


@access(may_conclude, on=case_of, methods=("POST",))
def open_ballots(request: Request, case: Case) -> HttpResponse:
    """Of a staff unit; a council opens in its session."""
    actions.open_ballots(case=case, by=request.actor, at=timezone.now(), reason=request.POST.get("reason", ""))
    messages.success(request, _("Đã mở phiếu cùng một lúc."))
    return redirect("appraisal:case", pk=case.pk)


@access(may_conclude, on=case_of, methods=("POST",))
def trim(request: Request, case: Case) -> HttpResponse:
    try:
        proposed = dong(request.POST.get("proposed", ""))
    except ValidationError as error:
        raise concluding.BadTrim(error.messages[0]) from error
    concluding.set_trim(
        case=case, line=request.POST.get("line", ""), proposed=proposed, reason=request.POST.get("reason", ""),
        by=request.actor, at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Đã ghi mức sau thẩm định của dòng chi."))
    return redirect(f"{reverse('appraisal:case', args=[case.pk])}#du-toan")


@access(may_conclude, on=case_of, methods=("POST",))
def conclude(request: Request, case: Case) -> HttpResponse:
    form = ConcludeForm(request.POST)
    if form.is_valid():
        concluding.conclude_case(
            case=case, conditions=form.cleaned_data["conditions"], by=request.actor, at=timezone.now()
        )
        messages.success(request, _("Đã kết luận theo quy tắc của bộ tiêu chí."))
        return redirect("appraisal:case", pk=case.pk)
    return _case(request, case, conclude=form, status=422)


def may_fill_in(actor: Actor, case: Case) -> Verdict:
    return may_vote(actor, case)


@access(may_fill_in, on=case_of, methods=("GET", "POST"))
def ballot(request: Request, case: Case) -> HttpResponse:
    """`step`: save keeps the draft, take_back brings a ballot back, anything else hands it in.

    A save from the background answers with the new version, or with why not: the page goes on keeping every keystroke.
    """
    if request.method != "POST":
        return _ballot(request, case)
    step, background = request.POST.get("step", ""), bool(request.headers.get("X-Background"))
    told = {key: request.POST.get(key, "") for key in request.POST if key not in ("csrfmiddlewaretoken", "step")}
    base = _version(request)
    try:
        if step == "take_back":
            actions.take_back(ballot=_own(request.actor, case), by=request.actor, at=timezone.now())
            messages.success(request, _("Đã rút phiếu về để sửa."))
            return redirect("appraisal:ballot", pk=case.pk)
        if step == "save":
            saved = actions.save_ballot(case=case, told=told, by=request.actor, at=timezone.now(), base_version=base)
            return _saved(request, case, saved, told, background=background)
        actions.submit_ballot(case=case, told=told, by=request.actor, at=timezone.now(), base_version=base)
    except actions.BadBallot as refusal:
        return _ballot(request, case, typed=told, faults=refusal.faults, status=422)
    except (Stale, actions.BallotClosed) as refusal:
        if background:
            return JsonResponse({"stale": True, "message": sentence(refusal)}, status=409)
        raise
    messages.success(request, _("Đã nộp phiếu. Có thể rút về để sửa cho đến khi mở phiếu."))
    return redirect(f"{reverse('appraisal:case', args=[case.pk])}?nop=1")


def _saved(
    request: Request, case: Case, saved: actions.Saved, told: dict[str, str], *, background: bool
) -> HttpResponse:
    if background:
        faults = {each.path: said(each.words) for each in saved.faults}
        at = timezone.localtime(saved.ballot.saved_at)
        return JsonResponse({"version": saved.ballot.version, "at": f"{at:%H:%M}", "faults": faults})
    if saved.faults:
        return _ballot(request, case, typed=told, faults=saved.faults, status=422)
    messages.success(request, _("Đã lưu nháp."))
    return redirect("appraisal:ballot", pk=case.pk)


def _ballot(
    request: Request,
    case: Case,
    *,
    typed: dict[str, str] | None = None,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "page": ballot_page(case, request.actor, typed=typed, faults=faults),
        "case": case,
        "faults": faults or [],
        "dossier_url": dossiers.url_of(case),
        "dossier": dossiers.drawn(request, case),
        "crumbs": [Link(_("Hồ sơ tôi chấm"), reverse("appraisal:my_cases")), Link(case.reference)],
    }
    response = render(request, "appraisal/ballot.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _own(actor: Actor, case: Case) -> Ballot:
    found = Ballot.objects.filter(case=case, member=seat_in(actor, case.batch.council_id)).first()
    if found is None:
        raise actions.BallotClosed(_("Bạn chưa nộp phiếu cho hồ sơ này."))
    return found


def _version(request: Request) -> int:
    told = request.POST.get("base_version", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else -1
