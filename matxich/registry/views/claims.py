"""“Nhận quản lý hồ sơ”: finding one's firm, asking for it, and the officer's decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access
from matxich.kit.actor import ANONYMOUS, Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, sentence
from matxich.kit.limiting import limit
from matxich.kit.refusals import Refusal
from matxich.kit.verdict import YES, Verdict
from matxich.registry import actions
from matxich.registry.forms.claims import ClaimDecisionForm, ClaimForm, EndClaimForm, StrangersClaimForm, TaxCodeForm
from matxich.registry.models import Claim, Enterprise
from matxich.registry.permissions import may_ask_to_manage, may_decide_claim, may_decide_claims, may_open_claim
from matxich.registry.queries import claims
from matxich.registry.queries.firm_page import firm_page
from matxich.registry.states import ClaimState
from matxich.registry.views.firm import enterprise_of
from matxich.rulebook.identifiers import make_registry_id

TRIES_AN_HOUR = 5
FRAMES = {True: "desk.html", False: "public.html"}


def claim_of(pk: int) -> Claim:
    return get_object_or_404(Claim.objects.select_related("enterprise", "claimant", "agency"), pk=pk)


def may_end_claim(actor: Actor, claim: Claim) -> Verdict:
    return YES if may_open_claim(actor, claim) else may_decide_claim(actor, claim)


@access(may_ask_to_manage)
def claim_find(request: Request) -> HttpResponse:
    """The firm by its tax code; a code nobody has says what to do."""
    form = TaxCodeForm(request.GET if "mst" in request.GET else None)
    missing = ""
    if form.is_valid():
        if found := claims.firm_of_tax_code(form.cleaned_data["mst"]):
            return redirect("registry:claim_new", registry_id=make_registry_id(found.pk))
        missing = form.cleaned_data["mst"]
    known = request.actor.kind != "anonymous"
    own = claims.own_claims(request.actor)[: claims.PAGE] if known else ()
    context = {"frame": FRAMES[known], "form": form, "missing": missing, "claims": own}
    return render(request, "registry/claim_find.html", context)


@access(may_ask_to_manage, on=enterprise_of, methods=("GET", "POST"))
def claim_new(request: Request, enterprise: Enterprise) -> HttpResponse:
    agencies = claims.represented(request.actor)
    sent = request.method == "POST"
    known = request.actor.kind != "anonymous"
    asked = ClaimForm if known else StrangersClaimForm
    form = asked(request.POST if sent else None, request.FILES if sent else None, agencies=agencies)
    if form.is_valid():
        try:
            if not known:
                return _sent_by_stranger(request, enterprise, form)
            claim = actions.submit_claim(
                enterprise=enterprise,
                by=request.actor,  # type: ignore[arg-type]  # `may_claim` lets persons alone through
                at=timezone.now(),
                **form.cleaned_data,
            )
        except actions.AlreadyClaimed as refusal:
            messages.info(request, sentence(refusal))
            return redirect("registry:claim", pk=refusal.claim.pk)
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Đã gửi yêu cầu. Bạn nhận thông báo khi cán bộ duyệt."))
            return redirect("registry:claim", pk=claim.pk)
    context = {
        "frame": FRAMES[known],
        "firm": claims.claimed_firm(enterprise),
        "public": _public_view(enterprise),
        "form": form,
        "crumbs": [Link(_("Nhận quản lý hồ sơ"), reverse("registry:claim_find"))],
    }
    return render(request, "registry/claim_new.html", context, status=422 if form.errors else 200)


def _sent_by_stranger(request: Request, enterprise: Enterprise, form: ClaimForm) -> HttpResponse:
    """Whoever asks without an account has no page of the request: this answer is all there is before the letter."""
    limit(request, "claim", TRIES_AN_HOUR)
    told = {name: given for name, given in form.cleaned_data.items() if name != "agency"}
    actions.submit_claim_without_account(enterprise=enterprise, at=timezone.now(), **told)
    context = {"firm": claims.claimed_firm(enterprise), "email": told["email"]}
    return render(request, "registry/claim_sent.html", context)


@access(may_open_claim, on=claim_of)
def claim(request: Request, claim: Claim) -> HttpResponse:
    """The claimant's page: how it stands, which lists mention the firm, what others see of it."""
    enterprise = enterprise_of(make_registry_id(claim.enterprise_id))
    context = {
        "claim": claim,
        "firm": claims.claimed_firm(enterprise),
        "public": _public_view(enterprise),
        "papers": claims.papers_of(claim),
        "crumbs": [Link(_("Nhận quản lý hồ sơ"), reverse("registry:claim_find"))],
    }
    return render(request, "registry/claim.html", context)


def _public_view(enterprise: Enterprise) -> object:
    if not claims.claimed_firm(enterprise).is_public:
        return None
    return firm_page(enterprise, actor=ANONYMOUS, today=timezone.localdate(), on=None, public=True)


@access(may_open_claim, on=claim_of, methods=("GET", "POST"))
def claim_withdraw(request: Request, claim: Claim) -> HttpResponse:
    if request.method == "POST":
        actions.withdraw_claim(claim=claim, by=request.actor, at=timezone.now())
        messages.success(request, _("Đã rút yêu cầu."))
        return redirect("registry:claim", pk=claim.pk)
    context = {"claim": claim, "back_url": reverse("registry:claim", args=[claim.pk])}
    return render(request, "registry/claim_withdraw.html", context)


@access(may_end_claim, on=claim_of, methods=("GET", "POST"))
def claim_end(request: Request, claim: Claim) -> HttpResponse:
    """Leaving, by the claimant; or an officer parts the organisation and the record."""
    own = bool(may_open_claim(request.actor, claim))
    back = reverse("registry:claim" if own else "registry:claim_decide", args=[claim.pk])
    if claim.state != ClaimState.APPROVED:
        messages.info(request, _("Yêu cầu này không còn, hoặc chưa, cho quản lý hồ sơ."))
        return redirect(back)
    form = EndClaimForm(request.POST or None)
    if form.is_valid():
        actions.end_claim(claim=claim, by=request.actor, at=timezone.now(), reason=form.cleaned_data["reason"])
        messages.success(request, _("Đã thôi quản lý hồ sơ."))
        return redirect(back)
    context = {"claim": claim, "form": form, "back_url": back}
    return render(request, "registry/claim_end.html", context, status=422 if form.errors else 200)


@access(may_decide_claims)
def claims_waiting(request: Request) -> HttpResponse:
    waiting = claims.waiting_claims(request.actor)
    return render(request, "registry/claims_waiting.html", {"claims": waiting[:100], "total": waiting.count()})


@access(may_decide_claim, on=claim_of, methods=("GET", "POST"))
def claim_decide(request: Request, claim: Claim) -> HttpResponse:
    form = ClaimDecisionForm(request.POST or None)
    if form.is_valid():
        step, reason = form.cleaned_data["step"], form.cleaned_data["reason"]
        act = actions.approve_claim if step == "approve" else actions.refuse_claim
        try:
            act(claim=claim, by=request.actor, at=timezone.now(), reason=reason)
        except actions.ClaimMoved as refusal:
            messages.warning(request, sentence(refusal))
        else:
            said = _("Đã duyệt: người gửi quản lý được hồ sơ.") if step == "approve" else _("Đã từ chối, kèm lý do.")
            messages.success(request, said)
        return redirect("registry:claim_decide", pk=claim.pk)
    context = {
        "page": claims.decision(claim),
        "form": form,
        "is_open": claim.state == ClaimState.SUBMITTED,
        "is_managing": claim.state == ClaimState.APPROVED,
        "crumbs": [Link(_("Yêu cầu quản lý hồ sơ"), reverse("registry:claims_waiting"))],
    }
    return render(request, "registry/claim_decide.html", context, status=422 if form.errors else 200)
