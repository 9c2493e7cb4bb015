"""Roles are given and taken back; rights have no other source."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.models import Agency, Membership, User
from matxich.accounts.permissions import may_grant
from matxich.accounts.queries import place_chain, subject_of_user
from matxich.accounts.states import FITTING, Role
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record


class RoleDoesNotFit(Refusal):
    code = "role_does_not_fit"


class AlreadyHolds(Refusal):
    code = "already_holds"


class UnknownPlace(Refusal):
    code = "unknown_place"


class UserInactive(Refusal):
    code = "user_inactive"


class LastAdministrator(Refusal):
    code = "last_administrator"


class ReasonMissing(Refusal):
    code = "reason_missing"


@transaction.atomic
def grant(
    *, by: Actor, at: datetime, user: User, agency: Agency, role: str, scope: str = "", reason: str = ""
) -> Membership:
    """Give a role in an agency over the subtree of `scope` ("" = the whole country), from the day of `at`."""
    demand(may_grant(by, agency, role, place_chain(scope)))
    demand_place(scope)
    demand_fitting(agency, role, timezone.localdate(at))
    if not user.is_active:
        raise UserInactive(_("Tài khoản này đã ngừng hoạt động."), _("Mở lại tài khoản trước khi giao vai trò."))
    return give(by=by, at=at, user=user, agency=agency, role=role, scope=scope, reason=reason)


def give(*, by: Actor, at: datetime, user: User, agency: Agency, role: str, scope: str, reason: str = "") -> Membership:
    """The granting itself, for callers that have asked whether it may happen. Inside a transaction."""
    if Membership.objects.filter(user=user, agency=agency, role=role, scope=scope, valid_to__isnull=True).exists():
        raise AlreadyHolds(_("Người này đã giữ vai trò đó trong cơ quan và phạm vi đã chọn."))
    held = Membership.objects.create(
        user=user, agency=agency, role=role, scope=scope, valid_from=timezone.localdate(at)
    )
    record(by=by, at=at, action="accounts.role_granted", on=subject_of_user(user), after=facts_of(held), reason=reason)
    return held


@transaction.atomic
def revoke(*, by: Actor, at: datetime, membership: Membership, reason: str) -> Membership:
    """Take a role back from the day of `at`. Refused for the last active administrator."""
    demand(may_grant(by, membership.agency, membership.role, place_chain(membership.scope)))
    demand_reason(reason)
    today = timezone.localdate(at)
    lock_administrators()
    held = Membership.objects.select_for_update().select_related("user", "agency").get(pk=membership.pk)
    if held.valid_to is not None and held.valid_to <= today:
        return held
    if last_administrator_among([held], today):
        raise LastAdministrator(
            _("Đây là quản trị hệ thống cuối cùng."), _("Giao vai trò quản trị cho người khác trước khi thu hồi.")
        )
    before = facts_of(held)
    held.valid_to = max(today, held.valid_from)
    held.save(update_fields=["valid_to"])
    record(
        by=by,
        at=at,
        action="accounts.role_revoked",
        on=subject_of_user(held.user),
        before=before,
        after=facts_of(held),
        reason=reason,
    )
    return held


def demand_fitting(agency: Agency, role: str, on: date) -> None:
    if role not in FITTING.get(agency.kind, frozenset()):
        raise RoleDoesNotFit(
            _("Vai trò “%(role)s” không dùng cho loại cơ quan “%(kind)s”.")
            % {"role": Role(role).label, "kind": agency.get_kind_display()},
            _("Chọn vai trò khác hoặc cơ quan khác."),
        )
    if agency.valid_to and agency.valid_to <= on:
        raise RoleDoesNotFit(_("%(name)s đã kết thúc hoạt động.") % {"name": agency.name}, _("Chọn cơ quan kế thừa."))


def demand_place(scope: str) -> None:
    if scope and not place_chain(scope):
        raise UnknownPlace(_("Không có địa bàn mã %(code)s.") % {"code": scope}, _("Chọn tỉnh hoặc xã hiện có."))


def demand_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("Việc này cần ghi lý do."), _("Nhập lý do ngắn gọn, ví dụ số quyết định."))


def last_administrator_among(ending: Iterable[Membership], on: date) -> bool:
    """Would ending these memberships leave no active administrator?"""
    ids = [held.pk for held in ending if held.role == Role.ADMINISTRATOR]
    return bool(ids) and not administrators(on).exclude(pk__in=ids).exists()


def lock_administrators() -> None:
    """Two administrators who remove each other at once wait here, so that one of them is refused."""
    list(Membership.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("id").values_list("pk"))


def administrators(on: date) -> QuerySet[Membership]:
    """Memberships of active administrators in force on a date."""
    return Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        role=Role.ADMINISTRATOR,
        user__is_active=True,
        valid_from__lte=on,
    )


def facts_of(held: Membership) -> dict[str, object]:
    return {
        "agency": held.agency_id,
        "agency_name": held.agency.name,
        "role": held.role,
        "scope": held.scope,
        "from": held.valid_from,
        "to": held.valid_to,
    }
