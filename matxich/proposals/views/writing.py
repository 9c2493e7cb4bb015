"""Writing, part by part. A script saves in the background and is answered without a page; no page needs one."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from matxich.kit.access import access
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, sentence
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.kit.verdict import Verdict
from matxich.policy.queries.showing import said
from matxich.proposals.actions import drafting
from matxich.proposals.forms import rows
from matxich.proposals.forms.answers import SectionForm
from matxich.proposals.models import Proposal
from matxich.proposals.packaged import forms
from matxich.proposals.packaged import results as result_kinds
from matxich.proposals.permissions import may_write
from matxich.proposals.queries.applicant import note_lines
from matxich.proposals.queries.entitlement import entitlement
from matxich.proposals.queries.readiness import why_closed
from matxich.proposals.states import OPEN_TO_WRITE, PartyRole
from matxich.proposals.views.doorway import proposal_of, version_sent
from matxich.rulebook.law.facts import Words
from matxich.rulebook.proposals.forms import BadAnswer, FormSection, read_figure, shown_sections

BACKGROUND = "X-Background"


def _in_background(request: Request) -> bool:
    return bool(request.headers.get(BACKGROUND))


def _guarded(save: Callable[[], HttpResponse]) -> HttpResponse:
    """What a script is told of a refusal: words to show, nothing lost."""
    try:
        return save()
    except Refusal as refusal:
        return JsonResponse({"say": sentence(refusal), "code": refusal.code}, status=refusal.status)


def _kept(proposal: Proposal, part: str, extra: Mapping[str, object] | None = None) -> JsonResponse:
    """Saved: the new version of the part; whether the call has closed meanwhile, which loses nothing."""
    closed = why_closed(proposal, timezone.now())
    return JsonResponse({"base": proposal.parts.get(part, 0), "closed": closed} | dict(extra or {}))


def section_of(proposal: Proposal, part: str) -> FormSection:
    found = {one.id: one for one in shown_sections(forms()[proposal.form_code], proposal.shape)}
    if part not in found:
        raise Http404
    return found[part]


def part_of(pk: int, part: str) -> tuple[Proposal, FormSection]:
    proposal = proposal_of(pk)
    return proposal, section_of(proposal, part)


def may_write_part(actor: Actor, asked: tuple[Proposal, FormSection]) -> Verdict:
    return may_write(actor, asked[0])


@access(may_write_part, on=part_of, methods=("GET", "POST"))
def section(request: Request, asked: tuple[Proposal, FormSection]) -> HttpResponse:
    proposal, part = asked
    if proposal.status not in OPEN_TO_WRITE:
        return redirect("proposals:proposal", pk=proposal.pk)
    told = request.POST if request.method == "POST" else None
    form = SectionForm(
        told, section=part, content=proposal.content, answers=proposal.answers,
        initial={"base": proposal.parts.get(part.id, 0)},
    )  # fmt: skip
    if told is not None:
        if _in_background(request):
            return _guarded(lambda: _section_kept(request, proposal, part, form))
        if answer := _section_saved(request, proposal, part, form):
            return answer
    notes = _notes(proposal, part.id)
    sections = shown_sections(forms()[proposal.form_code], proposal.shape)
    number = [one.id for one in sections].index(part.id)
    context = {
        "proposal": proposal,
        "part": part,
        "title": said(part.words),
        "help": said(part.help),
        "form": form,
        "rows": form.rows(proposal.filled, notes),
        "number": number + 1,
        "count": len(sections),
        "notes": notes.get("", ()),
        "closed": why_closed(proposal, timezone.now()),
        "crumbs": _crumbs(proposal),
    }
    return _page(request, "proposals/section.html", context, 422 if form.errors else 200)


def _save_section(
    request: Request, proposal: Proposal, part: FormSection, form: SectionForm
) -> tuple[Proposal, dict[str, Words]]:
    return drafting.save_answers(
        proposal=proposal, section=part.id, typed=form.typed, base=version_sent(form.data.get("base")),
        by=request.actor, at=timezone.now(),
    )  # fmt: skip


def _section_kept(request: Request, proposal: Proposal, part: FormSection, form: SectionForm) -> HttpResponse:
    saved, wrong = _save_section(request, proposal, part, form)
    return _kept(saved, part.id, {"faults": {field: said(words) for field, words in wrong.items()}})


def _section_saved(request: Request, proposal: Proposal, part: FormSection, form: SectionForm) -> HttpResponse | None:
    """None when something typed has to be mended first; all else was kept."""
    form.full_clean()
    form.errors.clear()
    try:
        saved, wrong = _save_section(request, proposal, part, form)
    except Denied:
        raise
    except Refusal as refusal:
        _let_try_again(form, proposal, part.id, refusal)
        return None
    if wrong:
        for field, words in wrong.items():
            form.add_error(field, said(words))
        form.opened_on(saved.parts.get(part.id, 0))
        return None
    return _onward(request, saved, part.id)


def _let_try_again(form: SectionForm, proposal: Proposal, part: str, refusal: Refusal) -> None:
    """A stale form keeps what was typed; sent again it is meant."""
    if isinstance(refusal, Stale):
        form.opened_on(proposal.parts.get(part, 0))
    form.add_error(None, sentence(refusal))


def _onward(request: Request, proposal: Proposal, part: str) -> HttpResponse:
    messages.success(request, _("Đã lưu."))
    sections = [one.id for one in shown_sections(forms()[proposal.form_code], proposal.shape)]
    if "next" in request.POST and part in sections:
        after = sections[sections.index(part) + 1 :]
        if after:
            return redirect("proposals:section", pk=proposal.pk, part=after[0])
        return redirect("proposals:costs", pk=proposal.pk)
    return redirect("proposals:proposal", pk=proposal.pk)


def _notes(proposal: Proposal, part: str) -> dict[str, tuple[str, ...]]:
    """Field → what officers want mended there, "" for the part as a whole."""
    found: dict[str, tuple[str, ...]] = {}
    if proposal.current_id:
        for one in note_lines(proposal):
            where, _dot, field = one.path.partition(".")
            if where == part and not one.mended:
                found[field] = (*found.get(field, ()), one.text)
    return found


def _crumbs(proposal: Proposal) -> list[Link]:
    return [
        Link(_("Đề án của tôi"), reverse("proposals:mine")),
        Link(proposal.title, reverse("proposals:proposal", args=[proposal.pk])),
    ]


def _page(request: Request, template: str, context: dict[str, object], status: int) -> HttpResponse:
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response


@access(may_write, on=proposal_of, methods=("GET", "POST"))
def costs(request: Request, proposal: Proposal) -> HttpResponse:
    if proposal.status not in OPEN_TO_WRITE:
        return redirect("proposals:proposal", pk=proposal.pk)
    sent = request.method == "POST"
    table = rows.read_costs(request.POST) if sent else rows.Table(rows.cost_rows(proposal.costs.all()))
    least, wrong_least = _least(request.POST.get("min_part", "")) if sent else (proposal.min_part, "")
    problem = ""
    if sent and not table.faults and not wrong_least:
        saving = lambda: drafting.save_costs(  # noqa: E731 - one call, made in the foreground or behind a script
            proposal=proposal, lines=table.rows, min_part=least, base=version_sent(request.POST.get("base")),
            by=request.actor, at=timezone.now(),
        )  # fmt: skip
        outcome = _rows_saved(request, table, saving, drafting.COSTS, _limits)
        if isinstance(outcome, HttpResponse):
            return outcome
        problem = outcome
    if sent and _in_background(request):
        return _rows_refused(table, wrong_least)
    context = {
        "proposal": proposal, "base": proposal.parts.get(drafting.COSTS, 0), "problem": problem,
        "rows": rows.drawn(table.raw, _said(table), rows.COSTS), "wrong": bool(table.faults or problem or wrong_least),
        "law": entitlement(proposal, request.actor),
        "min_part": request.POST.get("min_part", "") if sent else rows.shown_amount(least),
        "wrong_least": wrong_least, "notes": _notes(proposal, "costs"), "crumbs": _crumbs(proposal),
        "closed": why_closed(proposal, timezone.now()),
    }  # fmt: skip
    return _page(request, "proposals/costs.html", context, 422 if context["wrong"] else 200)


def _limits(request: Request, proposal: Proposal) -> dict[str, object]:
    """The totals and limits drawn anew, for the script to put in place."""
    law = entitlement(proposal, request.actor)
    return {"html": render(request, "proposals/_limits.html", {"law": law}).content.decode()}


def _least(text: str) -> tuple[int | None, str]:
    try:
        return (read_figure("money", text), "") if text.strip() else (None, "")
    except BadAnswer as bad:
        return None, said(bad.words)


@access(may_write, on=proposal_of, methods=("GET", "POST"))
def results(request: Request, proposal: Proposal) -> HttpResponse:
    if proposal.status not in OPEN_TO_WRITE:
        return redirect("proposals:proposal", pk=proposal.pk)
    sent = request.method == "POST"
    table = rows.read_results(request.POST) if sent else rows.Table(rows.result_rows(proposal.results.all()))
    problem = ""
    if sent and not table.faults:
        saving = lambda: drafting.save_results(  # noqa: E731 - as for the estimate
            proposal=proposal, rows=table.rows, base=version_sent(request.POST.get("base")), by=request.actor,
            at=timezone.now(),
        )  # fmt: skip
        outcome = _rows_saved(request, table, saving, drafting.RESULTS)
        if isinstance(outcome, HttpResponse):
            return outcome
        problem = outcome
    if sent and _in_background(request):
        return _rows_refused(table)
    context = {
        "proposal": proposal, "base": proposal.parts.get(drafting.RESULTS, 0), "problem": problem,
        "rows": rows.drawn(table.raw, _said(table), rows.RESULTS), "wrong": bool(table.faults or problem),
        "kinds": [(one.id, said(one.words), said(one.unit)) for one in result_kinds().values()],
        "notes": _notes(proposal, "results"), "crumbs": _crumbs(proposal),
        "closed": why_closed(proposal, timezone.now()),
    }  # fmt: skip
    return _page(request, "proposals/results.html", context, 422 if context["wrong"] else 200)


@access(may_write, on=proposal_of, methods=("GET", "POST"))
def parties(request: Request, proposal: Proposal) -> HttpResponse:
    if proposal.status not in OPEN_TO_WRITE:
        return redirect("proposals:proposal", pk=proposal.pk)
    sent = request.method == "POST"
    table = rows.read_parties(request.POST) if sent else rows.Table(rows.party_rows(proposal.parties.all()))
    problem = ""
    if sent and not table.faults:
        saving = lambda: drafting.save_parties(  # noqa: E731 - as for the estimate
            proposal=proposal, rows=table.rows, base=version_sent(request.POST.get("base")), by=request.actor,
            at=timezone.now(),
        )  # fmt: skip
        outcome = _rows_saved(request, table, saving, drafting.PARTIES)
        if isinstance(outcome, HttpResponse):
            return outcome
        problem = outcome
    if sent and _in_background(request):
        return _rows_refused(table)
    context = {
        "proposal": proposal, "base": proposal.parts.get(drafting.PARTIES, 0), "problem": problem,
        "rows": rows.drawn(table.raw, _said(table), rows.PARTIES), "wrong": bool(table.faults or problem),
        "roles": PartyRole.choices, "notes": _notes(proposal, "parties"), "crumbs": _crumbs(proposal),
        "closed": why_closed(proposal, timezone.now()),
    }  # fmt: skip
    return _page(request, "proposals/parties.html", context, 422 if context["wrong"] else 200)


def _rows_saved(
    request: Request,
    table: rows.Table,
    saving: Callable[[], Proposal],
    part: str,
    extra: Callable[[Request, Proposal], dict[str, object]] | None = None,
) -> HttpResponse | str:
    """The answer once saved, or what to say on the page; faults of rows go into the table."""
    try:
        saved = saving()
    except Denied:
        raise
    except drafting.BadRows as bad:
        table.told(bad.faults)
        return ""
    except Refusal as refusal:
        if _in_background(request):
            return JsonResponse({"say": sentence(refusal), "code": refusal.code}, status=refusal.status)
        return sentence(refusal)
    if _in_background(request):
        return _kept(saved, part, extra(request, saved) if extra else None)
    messages.success(request, _("Đã lưu."))
    route = {drafting.COSTS: "proposals:costs"}.get(part, "proposals:proposal")
    return redirect(route if "more" in request.POST else "proposals:proposal", pk=saved.pk)


def _said(table: rows.Table) -> dict[int, tuple[str, str]]:
    return {number: (where, said(words)) for number, (where, words) in table.faults.items()}


def _rows_refused(table: rows.Table, problem: str = "") -> JsonResponse:
    """Nothing was kept on the server yet; the browser keeps what was typed."""
    faults = {f"{where}-{number}": text for number, (where, text) in _said(table).items()}
    say = problem or _("Chưa lưu lên máy chủ: có dòng cần sửa. Phần bạn ghi còn trên máy này.")
    return JsonResponse({"say": say, "code": "bad_rows", "faults": faults}, status=422)
