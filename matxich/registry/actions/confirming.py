"""“Vẫn đúng?”: once a year a firm says that its facts still hold, with an account or by a one-time link."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.kit.templatetags.mx import day
from matxich.ledger.actions import record
from matxich.notices.actions import queue_mail
from matxich.registry.actions.declaring import own_statements, own_word
from matxich.registry.actions.facts import is_visible, kept_record, locked_for_stating, put_statement, subject_of
from matxich.registry.actions.projecting import refold
from matxich.registry.actions.values import stated
from matxich.registry.models import Confirmation, ConfirmationLink, Enterprise, Statement
from matxich.registry.permissions import may_confirm, may_edit_officially
from matxich.registry.queries.confirming import confirmable, known_email
from matxich.registry.states import Verification

LIFETIME = timedelta(days=60)
AT_ONCE = 500


class LinkUnknown(Refusal):
    code = "link_unknown"
    status = 404


class LinkUsed(Refusal):
    code = "link_used"
    status = 410


class LinkExpired(Refusal):
    code = "link_expired"
    status = 410


class LinkReplaced(Refusal):
    code = "link_replaced"
    status = 410


class NoAddress(Refusal):
    """The record knows no e-mail address to send the link to."""

    code = "no_address"
    status = 422


class NothingConfirmed(Refusal):
    code = "nothing_confirmed"
    status = 422


@transaction.atomic
def confirm_facts(
    *,
    enterprise: Enterprise,
    confirmed: Collection[str],
    corrected: Mapping[str, str],
    by: Actor,
    at: datetime,
    base_version: int,
) -> Confirmation:
    """The representative says of these fields that they hold today, or what holds instead.

    A statement of the same value with today's date and the firm as its source is written for each, so that the record
    is fresh again; what others told stays as it is. Raises Denied, Stale, BadValue, NothingConfirmed.
    """
    demand(may_confirm(by, kept_record(enterprise)))
    return _confirm(enterprise, confirmed, corrected, by, by, at, base_version, None)


@transaction.atomic
def confirm_by_link(
    *, token: str, confirmed: Collection[str], corrected: Mapping[str, str], at: datetime, base_version: int
) -> Confirmation:
    """The same without an account: of public facts alone, and once.

    Raises LinkUnknown, LinkUsed, LinkExpired, LinkReplaced, Stale, BadValue, NothingConfirmed; refused, it still works.
    """
    link = ConfirmationLink.objects.select_for_update(of=("self",)).get(pk=open_link(token=token, at=at).pk)
    _demand_open(link, at)
    bearer = bearer_of(link)
    made = _confirm(link.enterprise, confirmed, corrected, bearer, None, at, base_version, link)
    link.used_at = at
    link.save(update_fields=["used_at"])
    return made


def open_link(*, token: str, at: datetime) -> ConfirmationLink:
    """The link behind a token, or a refusal that says why it does not work and what to do."""
    link = ConfirmationLink.objects.select_related("enterprise").filter(token_hash=_hash(token)).first()
    if link is None or not is_visible(link.enterprise):
        raise LinkUnknown(
            _("Liên kết xác nhận không đúng."), _("Mở lại liên kết trong thư, hoặc nhờ cán bộ Sở Công Thương gửi lại.")
        )
    _demand_open(link, at)
    return link


def bearer_of(link: ConfirmationLink) -> Actor:
    """Whoever holds the link: known by nothing but that."""
    return Actor(kind="anonymous", id=f"link:{link.pk}", name="")


@transaction.atomic
def send_link(*, enterprise: Enterprise, by: Actor, at: datetime, email: str = "") -> ConfirmationLink:
    """Mail a one-time link to the address the record knows, or to one the firm gave by other means.

    Links sent before stop working. Raises Denied, NoAddress.
    """
    enterprise = Enterprise.objects.select_for_update().get(pk=kept_record(enterprise).pk)
    demand(may_edit_officially(by, enterprise))
    address = email.strip().lower() or known_email(enterprise)
    if not address:
        raise NoAddress(
            _("Hồ sơ %(name)s chưa có e-mail.") % {"name": enterprise.name}, _("Nhập e-mail doanh nghiệp đã cho.")
        )
    _open_ones(enterprise, at).update(replaced_at=at)
    token = token_urlsafe(32)
    link = ConfirmationLink.objects.create(
        enterprise=enterprise,
        token_hash=_hash(token),
        email=address,
        created_at=at,
        created_by=by.id,
        expires_at=at + LIFETIME,
    )
    _mail(link, token, by, at)
    record(
        by=by,
        at=at,
        action="confirmation.send",
        on=subject_of(enterprise),
        after={"link": link.pk, "expires_at": link.expires_at},
        personal={"email": address},
    )
    return link


def send_links(*, enterprises: Iterable[Enterprise], by: Actor, at: datetime) -> int:
    """One link for each of these, each in a transaction of its own, AT_ONCE at most; how many were sent.

    Those without an address are left out: the caller's list says which.
    """
    sent = 0
    for enterprise in enterprises:
        if sent < AT_ONCE and known_email(enterprise):
            send_link(enterprise=enterprise, by=by, at=at)
            sent += 1
    return sent


def _confirm(
    enterprise: Enterprise,
    confirmed: Collection[str],
    corrected: Mapping[str, str],
    by: Actor,
    reader: Actor | None,
    at: datetime,
    base_version: int,
    link: ConfirmationLink | None,
) -> Confirmation:
    current = locked_for_stating(kept_record(enterprise), base_version)
    known = {row.code: row for row in confirmable(current, reader)}
    said = {code: text for code, text in corrected.items() if text.strip() and code in known and known[code].editable}
    held = [code for code in known if code in confirmed and code not in said]
    if not said and not held:
        raise NothingConfirmed(
            _("Chưa có mục nào được xác nhận."), _("Chọn ít nhất một mục còn đúng, hoặc sửa mục sai.")
        )
    source, today = own_word(by=by, at=at), timezone.localdate(at)
    told: dict[str, list[Any]] = {}
    for code, value in (pair for one in held for pair in known[one].told):
        told.setdefault(code, []).append(value)
    told |= {code: [stated(code, text, latest_year=at.year)] for code, text in said.items()}
    for code, values in told.items():
        former = list(own_statements(current, code, source).values_list("pk", flat=True))
        new = [put_statement(current, code, one, source, today, Verification.DECLARED, by, at) for one in values]
        Statement.objects.filter(pk__in=former).update(superseded_by=new[0])
    refold([current.pk])
    after = {"confirmed": held, "corrected": sorted(said)} | ({"link": link.pk} if link else {})
    record(by=by, at=at, action="enterprise.confirm", on=subject_of(current), after=after)
    return Confirmation.objects.create(enterprise=current, link=link, fields=[*held, *sorted(said)], at=at, by=by.id)


def _open_ones(enterprise: Enterprise, at: datetime) -> Any:
    return ConfirmationLink.objects.filter(
        enterprise=enterprise, used_at__isnull=True, replaced_at__isnull=True, expires_at__gt=at
    )


def _hash(token: str) -> str:
    """Keyed with the installation's secret, so a copied table opens nothing."""
    return salted_hmac("matxich.registry.confirmation", token, algorithm="sha256").hexdigest()


def _demand_open(link: ConfirmationLink, at: datetime) -> None:
    again = _("Cần sửa thêm: nhờ cán bộ Sở Công Thương gửi liên kết mới, hoặc đăng nhập để tự quản lý hồ sơ.")
    if link.used_at:
        raise LinkUsed(_("Liên kết này đã được dùng ngày %(day)s.") % {"day": day(link.used_at)}, again)
    if link.replaced_at:
        raise LinkReplaced(
            _("Đã có liên kết mới hơn thay liên kết này."), _("Mở thư gửi sau cùng trong hộp thư của bạn.")
        )
    if link.expires_at <= at:
        raise LinkExpired(_("Liên kết này đã hết hạn ngày %(day)s.") % {"day": day(link.expires_at)}, again)


def _mail(link: ConfirmationLink, token: str, by: Actor, at: datetime) -> None:
    with override("vi"):
        values = {
            "firm": link.enterprise.name,
            "by": by.organisation or by.name,
            "link": settings.BASE_URL.rstrip("/") + reverse("registry:confirm_by_link", args=[token]),
            "day": day(link.expires_at),
        }
        body = _(
            "Kính gửi %(firm)s,\n\n"
            "%(by)s mời doanh nghiệp xem lại hồ sơ trong danh bạ công nghiệp hỗ trợ và cho biết thông tin có còn đúng. "
            "Việc này mất khoảng hai phút, không cần tài khoản:\n%(link)s\n\n"
            "Liên kết dùng được một lần, đến hết ngày %(day)s. Ai có liên kết đều mở được; "
            "xin đừng chuyển tiếp ra ngoài."
        )
        queue_mail(to=link.email, subject=_("Hồ sơ doanh nghiệp: thông tin còn đúng không?"), body=body % values, at=at)
