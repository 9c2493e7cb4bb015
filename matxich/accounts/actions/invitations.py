"""One-time links: how anybody comes to have an account."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from matxich.accounts.actions.agencies import create_agency
from matxich.accounts.actions.people import demand_free, make_user
from matxich.accounts.actions.roles import administrators, demand_fitting, demand_place, give
from matxich.accounts.models import Agency, Invitation, User
from matxich.accounts.permissions import Person, may_administer, may_grant, may_open_invitation
from matxich.accounts.queries import person, place_chain, subject_of_agency
from matxich.accounts.states import Role
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.kit.templatetags.mx import moment
from matxich.ledger.actions import Subject, record
from matxich.notices.actions import queue_mail

LIFETIME = timedelta(days=7)


class InvitationInvalid(Refusal):
    code = "invitation_invalid"
    status = 404


class InvitationExpired(Refusal):
    code = "invitation_expired"
    status = 410


class InvitationAccepted(Refusal):
    code = "invitation_accepted"
    status = 410


class InvitationRevoked(Refusal):
    code = "invitation_revoked"
    status = 410


class WrongAccount(Refusal):
    code = "wrong_account"
    status = 403


class AdministratorExists(Refusal):
    code = "administrator_exists"


def token_hash(token: str) -> str:
    """What is stored of a token. Keyed with the installation's secret, so a copied table opens nothing."""
    return salted_hmac("matxich.accounts.invitation", token, algorithm="sha256").hexdigest()


@transaction.atomic
def invite(
    *, by: Actor, at: datetime, email: str, role: str, agency: Agency, scope: str = "", language: str = "vi"
) -> tuple[Invitation, str]:
    """Invite an address to a role; the invitation and the link that was mailed, good for seven days and one use."""
    demand(may_grant(by, agency, role, place_chain(scope)))
    return make_invitation(by=by, at=at, email=email, role=role, agency=agency, scope=scope, language=language)


def make_invitation(
    *, by: Actor, at: datetime, email: str, role: str, agency: Agency, scope: str = "", language: str = "vi"
) -> tuple[Invitation, str]:
    """The same for a decision that has asked already whether the role may be given; in its transaction."""
    demand_place(scope)
    demand_fitting(agency, role, timezone.localdate(at))
    token = token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_hash=token_hash(token),
        email=email.strip().lower(),
        role=role,
        agency=agency,
        scope=scope,
        invited_by=User.objects.get(pk=by.user_id) if isinstance(by, Person) else None,
        created_at=at,
        expires_at=at + LIFETIME,
    )
    _mail(invitation, token, by, at, language)
    record(by=by, at=at, action="accounts.invited", on=_subject(invitation), after=_facts(invitation))
    return invitation, link(token)


@transaction.atomic
def renew_invitation(*, by: Actor, at: datetime, invitation: Invitation, language: str = "vi") -> str:
    """A new link for the same invitation; the former one stops working."""
    demand(may_open_invitation(by, invitation))
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _demand_pending(fresh)
    token = token_urlsafe(32)
    fresh.token_hash, fresh.expires_at = token_hash(token), at + LIFETIME
    fresh.save(update_fields=["token_hash", "expires_at"])
    if fresh.email:
        _mail(fresh, token, by, at, language)
    record(by=by, at=at, action="accounts.invitation_renewed", on=_subject(fresh))
    return link(token)


@transaction.atomic
def revoke_invitation(*, by: Actor, at: datetime, invitation: Invitation) -> Invitation:
    demand(may_open_invitation(by, invitation))
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _demand_pending(fresh)
    fresh.revoked_at = at
    fresh.save(update_fields=["revoked_at"])
    record(by=by, at=at, action="accounts.invitation_revoked", on=_subject(fresh))
    return fresh


@transaction.atomic
def first_administrator_link(*, by: Actor, at: datetime) -> str:
    """A link that makes whoever opens it first the administrator of an installation that has none.

    Links made before it stop working. Refused once an administrator exists.
    """
    demand(may_administer(by))
    if administrators(timezone.localdate(at)).exists():
        raise AdministratorExists(
            _("Hệ thống đã có quản trị."), _("Người quản trị mời người khác ở trang Lời mời, trong mục Người dùng.")
        )
    pending = Invitation.objects.filter(agency__isnull=True, accepted_at__isnull=True, revoked_at__isnull=True)
    pending.update(revoked_at=at)
    token = token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_hash=token_hash(token), role=Role.ADMINISTRATOR, created_at=at, expires_at=at + LIFETIME
    )
    record(by=by, at=at, action="accounts.first_administrator_invited", on=_subject(invitation))
    return link(token)


def open_invitation(token: str, at: datetime) -> Invitation:
    """The invitation behind a link, or a refusal that says why the link does not work."""
    invitation = Invitation.objects.select_related("agency", "invited_by").filter(token_hash=token_hash(token)).first()
    if invitation is None:
        raise InvitationInvalid(
            _("Đường dẫn mời không đúng."), _("Mở lại đường dẫn trong thư, hoặc nhờ người mời gửi lại.")
        )
    _demand_pending(invitation)
    if invitation.expires_at <= at:
        raise InvitationExpired(
            _("Lời mời đã hết hạn từ %(when)s.") % {"when": moment(invitation.expires_at)},
            _("Nhờ người mời gửi lại lời mời."),
        )
    return invitation


@transaction.atomic
def accept_invitation(
    *,
    at: datetime,
    token: str,
    name: str,
    password: str,
    email: str = "",
    agency_name: str = "",
    agency_kind: str = "",
    language: str = "vi",
) -> User:
    """A new account with the invited role. The first administrator also names address and agency."""
    invitation = _lock(token, at)
    address = invitation.email or email
    demand_free(address)
    user = make_user(by=None, at=at, email=address, name=name, password=password, language=language)
    agency = invitation.agency or create_agency(
        by=Actor(kind="system", id="first-administrator", name=name),
        at=at,
        kind=agency_kind,
        name=agency_name,
        valid_from=timezone.localdate(at),
    )
    _close(invitation, user, agency, at)
    return user


@transaction.atomic
def accept_with_account(*, by: Actor, at: datetime, token: str, user: User) -> User:
    """The invited address already has an account: its owner, signed in, takes the role."""
    invitation = _lock(token, at)
    if invitation.agency is None or invitation.email != user.email:
        raise WrongAccount(
            _("Lời mời này gửi cho một địa chỉ e-mail khác."), _("Đăng xuất, rồi đăng nhập bằng địa chỉ được mời.")
        )
    _close(invitation, user, invitation.agency, at)
    return user


def link(token: str) -> str:
    return settings.BASE_URL.rstrip("/") + reverse("accounts:accept", kwargs={"token": token})


def _lock(token: str, at: datetime) -> Invitation:
    found = open_invitation(token, at)
    fresh = Invitation.objects.select_for_update(of=("self",)).select_related("agency").get(pk=found.pk)
    _demand_pending(fresh)
    return fresh


def _close(invitation: Invitation, user: User, agency: Agency, at: datetime) -> None:
    demand_fitting(agency, invitation.role, timezone.localdate(at))
    EmailAddress.objects.filter(user=user, email=user.email).update(verified=True)
    invitation.accepted_at, invitation.accepted_by = at, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    accepter = person(user, timezone.localdate(at))
    record(by=accepter, at=at, action="accounts.invitation_accepted", on=_subject(invitation))
    give(by=accepter, at=at, user=user, agency=agency, role=invitation.role, scope=invitation.scope)


def _demand_pending(invitation: Invitation) -> None:
    if invitation.accepted_at:
        raise InvitationAccepted(_("Lời mời này đã được dùng."), _("Nếu đó là bạn, hãy đăng nhập."))
    if invitation.revoked_at:
        raise InvitationRevoked(_("Lời mời này đã bị thu hồi."), _("Hỏi người mời nếu bạn vẫn cần tài khoản."))


def _mail(invitation: Invitation, token: str, by: Actor, at: datetime, language: str) -> None:
    with override(language):
        values = {
            "by": by.name,
            "agency": str(invitation.agency),
            "role": invitation.get_role_display(),
            "link": link(token),
        }
        queue_mail(
            to=invitation.email,
            subject=_("Lời mời dùng Mắt Xích"),
            body=_(
                "%(by)s mời bạn dùng Mắt Xích với vai trò %(role)s tại %(agency)s.\n\n"
                "Mở đường dẫn sau trong 7 ngày để đặt mật khẩu và bắt đầu:\n%(link)s\n\n"
                "Đường dẫn chỉ dùng được một lần. Nếu bạn không biết về lời mời này, hãy bỏ qua thư."
            )
            % values,
            at=at,
        )


def _subject(invitation: Invitation) -> Subject:
    if invitation.agency:
        return Subject("invitation", str(invitation.pk), place=subject_of_agency(invitation.agency).place)
    return Subject("invitation", str(invitation.pk))


def _facts(invitation: Invitation) -> dict[str, object]:
    return {
        "role": invitation.role,
        "agency": invitation.agency_id,
        "scope": invitation.scope,
        "expires_at": invitation.expires_at,
    }
