"""A firm's people ask to manage its record; an officer decides; the two are joined, and parted again."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from matxich.accounts.actions.agencies import make_agency
from matxich.accounts.actions.invitations import make_invitation
from matxich.accounts.actions.roles import give
from matxich.accounts.models import Agency, Membership, User
from matxich.accounts.permissions import Person
from matxich.accounts.states import AgencyKind, Role
from matxich.kit.actor import ANONYMOUS, Actor
from matxich.kit.display import Text
from matxich.kit.refusals import Denied, Refusal, demand
from matxich.ledger.actions import record
from matxich.notices.actions import queue_inapp, queue_mail
from matxich.registry.actions.attachments import Upload, attach
from matxich.registry.actions.facts import kept_record, subject_of
from matxich.registry.models import Claim, Enterprise
from matxich.registry.permissions import manages_firm, may_claim, may_decide_claim, may_open_claim
from matxich.registry.queries.families import families
from matxich.registry.states import CLAIM_TRANSITIONS, AttachmentKind, ClaimState
from matxich.rulebook.vietnamese.text import squeeze


class AlreadyClaimed(Refusal):
    """This person's own earlier request for the same record still waits; `claim` is that one."""

    code = "already_claimed"

    def __init__(self, claim: Claim) -> None:
        super().__init__(
            _("Bạn đã gửi yêu cầu nhận quản lý hồ sơ này rồi."), _("Chờ cán bộ duyệt, hoặc rút yêu cầu cũ để gửi lại.")
        )
        self.claim = claim


class AlreadyManaged(Refusal):
    """The person manages this record already."""

    code = "already_managed"


class ClaimMoved(Refusal):
    """The request was decided or withdrawn meanwhile."""

    code = "claim_moved"


class ReasonNeeded(Refusal):
    """A refusal or an end is explained to the person it touches."""

    code = "reason_needed"
    status = 422


@transaction.atomic
def submit_claim(
    *,
    enterprise: Enterprise,
    by: Person,
    at: datetime,
    registration: Upload,
    authorisation: Upload | None = None,
    note: str = "",
    agency: Agency | None = None,
) -> Claim:
    """Ask to manage a record, with papers that show who asks. Others' requests for it do not matter here.

    `agency`: an organisation the person represents already; None makes one of the firm's own on approval.
    Raises Denied, AlreadyManaged, AlreadyClaimed and what the file store refuses; then nothing is written.
    """
    demand(may_claim(by))
    enterprise = Enterprise.objects.select_for_update().get(pk=kept_record(enterprise).pk)
    if manages_firm(by, enterprise):
        raise AlreadyManaged(_("Bạn đang quản lý hồ sơ này rồi."), _("Mở trang Doanh nghiệp của tôi."))
    waiting = Claim.objects.filter(enterprise=enterprise, claimant=by.user_id, state=ClaimState.SUBMITTED).first()
    if waiting:
        raise AlreadyClaimed(waiting)
    if agency is not None and not _represents(by, agency):
        raise Denied(_("Chỉ người đại diện của tổ chức mới gửi được yêu cầu cho tổ chức đó."))
    claim = Claim.objects.create(
        enterprise=enterprise, claimant_id=by.user_id, agency=agency, note=note[:500], submitted_at=at
    )
    papers = {AttachmentKind.REGISTRATION: registration, AttachmentKind.AUTHORISATION: authorisation}
    for kind, upload in papers.items():
        if upload is not None:
            attach(enterprise=enterprise, kind=kind, upload=upload, by=by, at=at, claim=claim)
    _record(claim, by, at, {"claim": claim.pk}, action="claim.submit")
    return claim


@transaction.atomic
def submit_claim_without_account(
    *,
    enterprise: Enterprise,
    name: str,
    email: str,
    at: datetime,
    registration: Upload,
    authorisation: Upload | None = None,
    note: str = "",
) -> Claim:
    """The same by somebody who has no account yet, or does not use it: what is decided is told to the address.

    A second request from the address for the same record changes nothing while the first waits: the one that waits is
    returned, and nobody learns whether the address has an account. Raises what the file store refuses.
    """
    enterprise = Enterprise.objects.select_for_update().get(pk=kept_record(enterprise).pk)
    asker = {"claimant": None, "claimant_email": email.strip().lower()}
    if waiting := Claim.objects.filter(enterprise=enterprise, state=ClaimState.SUBMITTED, **asker).first():
        return waiting
    claim = Claim.objects.create(
        enterprise=enterprise, claimant_name=squeeze(name)[:150], note=note[:500], submitted_at=at, **asker
    )
    papers = {AttachmentKind.REGISTRATION: registration, AttachmentKind.AUTHORISATION: authorisation}
    for kind, upload in papers.items():
        if upload is not None:
            attach(enterprise=enterprise, kind=kind, upload=upload, by=ANONYMOUS, at=at, claim=claim)
    _record(claim, ANONYMOUS, at, {"claim": claim.pk}, action="claim.submit")
    return claim


@transaction.atomic
def approve_claim(*, claim: Claim, by: Actor, at: datetime, reason: str = "") -> Claim:
    """The claimant represents the firm from now on. Other requests for the record stand as they are.

    Whoever asked without an account is invited to one with that role; an account of the same address takes it at once.
    The organisation is the one named in the request, else the one that manages the record already, else a new one.
    Raises Denied, ClaimMoved.
    """
    fresh = _locked(claim)
    demand(may_decide_claim(by, fresh))
    fresh.agency = fresh.agency or _organisation_of(fresh.enterprise) or _new_organisation(fresh, by, at)
    fresh.approved_at = at
    _know_account(fresh)
    _move(fresh, "approve", by, at, reason)
    scope = fresh.enterprise.province_34
    held = Membership.objects.filter(
        user=fresh.claimant, agency=fresh.agency, role=Role.REPRESENTATIVE, valid_to__isnull=True
    )
    if fresh.claimant is None:
        make_invitation(
            by=by, at=at, email=fresh.claimant_email, role=Role.REPRESENTATIVE, agency=fresh.agency, scope=scope
        )
    elif not held.exists():
        give(
            by=by, at=at, user=fresh.claimant, agency=fresh.agency, role=Role.REPRESENTATIVE, scope=scope, reason=reason
        )
    _record(fresh, by, at, {"claim": fresh.pk, "agency": fresh.agency.pk}, action="claim.approve", reason=reason)
    _tell(fresh, _("Bạn đã được duyệt quản lý hồ sơ %(firm)s"), at)
    return fresh


@transaction.atomic
def refuse_claim(*, claim: Claim, by: Actor, at: datetime, reason: str) -> Claim:
    """Raises Denied, ReasonNeeded, ClaimMoved."""
    fresh = _locked(claim)
    demand(may_decide_claim(by, fresh))
    _demand_reason(reason)
    _move(fresh, "refuse", by, at, reason)
    _record(fresh, by, at, {"claim": fresh.pk}, action="claim.refuse", reason=reason)
    _tell(fresh, _("Yêu cầu quản lý hồ sơ %(firm)s không được duyệt"), at)
    return fresh


@transaction.atomic
def withdraw_claim(*, claim: Claim, by: Actor, at: datetime) -> Claim:
    """The claimant takes the request back. Raises Denied, ClaimMoved."""
    demand(may_open_claim(by, claim))
    fresh = _locked(claim)
    _move(fresh, "withdraw", by, at, "")
    _record(fresh, by, at, {"claim": fresh.pk}, action="claim.withdraw")
    return fresh


@transaction.atomic
def end_claim(*, claim: Claim, by: Actor, at: datetime, reason: str) -> Claim:
    """The organisation manages the record no longer: all its approved claims to it end. What it stated stays.

    By an officer, or by the claimant leaving. Raises Denied, ReasonNeeded, ClaimMoved.
    """
    fresh = _locked(claim)
    if not may_open_claim(by, fresh):
        demand(may_decide_claim(by, fresh))
    _demand_reason(reason)
    _move(fresh, "end", by, at, reason)
    _record(fresh, by, at, {"claim": fresh.pk, "agency": fresh.agency_id}, action="claim.end", reason=reason)
    _tell(fresh, _("Bạn thôi quản lý hồ sơ %(firm)s"), at)
    joined = Claim.objects.filter(enterprise=fresh.enterprise, agency=fresh.agency, state=ClaimState.APPROVED)
    for other in joined.exclude(pk=fresh.pk).select_for_update(of=("self",)).select_related("enterprise", "claimant"):
        _move(other, "end", by, at, reason)
        _record(other, by, at, {"claim": other.pk, "agency": other.agency_id}, action="claim.end", reason=reason)
        _tell(other, _("Bạn thôi quản lý hồ sơ %(firm)s"), at)
    return fresh


def _represents(by: Person, agency: Agency) -> bool:
    return any(one.agency_id == agency.pk and one.role == Role.REPRESENTATIVE for one in by.standings)


def _locked(claim: Claim) -> Claim:
    """Two requests for one record are decided one after the other."""
    Enterprise.objects.select_for_update().get(pk=claim.enterprise_id)
    claims = Claim.objects.select_for_update(of=("self",)).select_related("enterprise", "claimant", "agency")
    return claims.get(pk=claim.pk)


def _know_account(claim: Claim) -> None:
    """An address that has an account by now is that person: nobody is invited twice."""
    if claim.claimant is None and (user := User.objects.filter(email=claim.claimant_email, is_active=True).first()):
        claim.claimant, claim.claimant_name, claim.claimant_email = user, "", ""


def _move(claim: Claim, event: str, by: Actor, at: datetime, reason: str) -> None:
    following = CLAIM_TRANSITIONS.get((ClaimState(claim.state), event))
    if following is None:
        raise ClaimMoved(
            _("Yêu cầu này đã chuyển trạng thái: %(state)s.") % {"state": claim.get_state_display()},
            _("Tải lại trang để xem tình trạng hiện tại."),
        )
    claim.state, claim.decided_at, claim.decided_by, claim.reason = following, at, by.id, reason[:500]
    claim.save()


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonNeeded(_("Chưa có lý do."), _("Ghi lý do; người gửi yêu cầu đọc được lý do này."))


def _organisation_of(enterprise: Enterprise) -> Agency | None:
    family = families([enterprise.pk])[enterprise.pk]
    approved = Claim.objects.filter(enterprise__in=family, state=ClaimState.APPROVED).select_related("agency")
    first = approved.order_by("approved_at", "id").first()
    return first.agency if first else None


def _new_organisation(claim: Claim, by: Actor, at: datetime) -> Agency:
    return make_agency(
        by=by,
        at=at,
        kind=AgencyKind.ENTERPRISE,
        name=claim.enterprise.name,
        valid_from=timezone.localdate(at),
        place=claim.enterprise.province_34,
        is_demo=claim.enterprise.is_demo,
    )


def _record(claim: Claim, by: Actor, at: datetime, after: dict[str, object], *, action: str, reason: str = "") -> None:
    record(by=by, at=at, action=action, on=subject_of(claim.enterprise), after=after, reason=reason)


def _tell(claim: Claim, subject: Text, at: datetime) -> None:
    """Behind the bell and by letter, in the claimant's own language, with the reason that was given."""
    if claim.claimant is None:
        _tell_address(claim, subject, at)
        return
    page = reverse("registry:claim", args=[claim.pk])
    with override(claim.claimant.language):
        said = str(subject) % {"firm": claim.enterprise.name}
        why = _("Lý do: %(reason)s") % {"reason": claim.reason} if claim.reason else ""
        queue_inapp(user_id=claim.claimant.pk, subject=said, body=str(why), link=page, at=at)
        if claim.claimant.is_active:
            body = "\n\n".join(filter(None, [said, str(why), settings.BASE_URL.rstrip("/") + page]))
            queue_mail(to=claim.claimant.email, subject=said, body=body, at=at)


def _tell_address(claim: Claim, subject: Text, at: datetime) -> None:
    """By letter alone: there is no bell and no page of one's own without an account. The invitation is a letter too."""
    said = str(subject) % {"firm": claim.enterprise.name}
    why = str(_("Lý do: %(reason)s") % {"reason": claim.reason}) if claim.reason else ""
    queue_mail(to=claim.claimant_email, subject=said, body="\n\n".join(filter(None, [said, why])), at=at)
