"""Needs sheets: written by whoever knows, checked by somebody else, sent up, taken into a call or closed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.accounts.permissions import Person
from matxich.accounts.queries import place_chain
from matxich.accounts.states import AgencyKind
from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied, Refusal, Stale, demand
from matxich.ledger import keys
from matxich.ledger.actions import Subject, record
from matxich.places.queries import chain
from matxich.programmes.models import Call
from matxich.proposals.models import Need
from matxich.proposals.permissions import (
    may_change_need,
    may_check_need,
    may_record_need_in,
    may_record_need_of,
    may_take_need,
)
from matxich.proposals.states import NEED_TRANSITIONS, NeedKind, NeedLevel, NeedState, ProductTitle, Urgency
from matxich.registry.models import Enterprise
from matxich.registry.permissions import firms_of
from matxich.rulebook.law.facts import Words
from matxich.rulebook.proposals.needs import UP, faults
from matxich.rulebook.proposals.wording import SAID
from matxich.rulebook.vietnamese.text import squeeze

AGENCIES = {
    NeedLevel.CENTRE: AgencyKind.PROMOTION_CENTRE,
    NeedLevel.DEPARTMENT: AgencyKind.PROVINCIAL_DEPARTMENT,
}
LARGEST = 10**15


class BadNeed(Refusal):
    """A sheet that cannot be kept or sent: field → what to do."""

    code = "bad_need"
    status = 422

    def __init__(self, found: dict[str, Words]) -> None:
        super().__init__(_("Phiếu còn chỗ cần sửa."))
        self.faults = found


class WrongNeedState(Refusal):
    """What is asked does not happen in the state the sheet is in."""

    code = "wrong_need_state"


class NoReason(Refusal):
    code = "no_reason"
    status = 422


class WrongAgency(Refusal):
    """A need goes up to an agency of the next level in its own province."""

    code = "wrong_agency"
    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is typed on a needs sheet; money in đồng. `name`, `commune`: where no firm of the register is meant."""

    kind: str
    title: str
    year: int
    cost: int = 0
    own_funds: int = 0
    urgency: str = Urgency.NEXT
    product: str = ""
    product_title: str = ""
    land_ready: bool = False
    papers_ready: bool = False
    note: str = ""
    name: str = ""
    commune: str = ""
    phone: str = ""


def subject_of(need: Need) -> Subject:
    """Named by its kind and number: whose need it is may be a person."""
    return Subject("need", str(need.pk), f"{need.get_kind_display()} {need.pk}", need.commune or need.province)


@transaction.atomic
def save_need(
    *, client_id: UUID, sheet: Sheet, by: Actor, at: datetime, enterprise: Enterprise | None = None,
    base_version: int | None = None, is_demo: bool = False,
) -> Need:  # fmt: skip
    """Keep a draft, over and over; the same `client_id` is the same sheet. Writes no history until it is sent.

    Raises Denied, BadNeed, WrongNeedState, Stale.
    """
    known = Need.objects.select_for_update().filter(client_id=client_id).first()
    if known is None:
        _demand_place(by, enterprise, sheet.commune)
        need = Need(client_id=client_id, created_by=by.id, created_at=at, enterprise=enterprise, is_demo=is_demo)
    else:
        demand(may_change_need(by, known))
        if base_version is not None and known.version != base_version:
            raise _stale()
        need = known
        need.version += 1
    _move(need, "save")
    _fill(need, sheet, at)
    need.save()
    return need


def _demand_place(by: Actor, enterprise: Enterprise | None, commune: str) -> None:
    if enterprise is not None:
        demand(may_record_need_of(by, enterprise))
        return
    if not commune:
        raise BadNeed({"commune": SAID["commune"]})
    demand(may_record_need_in(by, commune))


def _fill(need: Need, sheet: Sheet, at: datetime) -> None:
    firm = need.enterprise
    wrong: dict[str, Words] = {}
    for field, value, choices in (
        ("kind", sheet.kind, NeedKind.values), ("urgency", sheet.urgency, Urgency.values),
        ("product_title", sheet.product_title, ProductTitle.values),
    ):  # fmt: skip
        if value not in choices:
            wrong[field] = SAID["listed"]
    name = squeeze(firm.name if firm else sheet.name)[:300]
    if not name:
        wrong["name"] = SAID["name"]
    for field, amount in (("cost", sheet.cost), ("own_funds", sheet.own_funds)):
        if not 0 <= amount <= LARGEST:
            wrong[field] = SAID["amount"]
    if not 2000 <= sheet.year <= 2100:
        wrong["year"] = SAID["year"]
    if wrong:
        raise BadNeed(wrong)
    need.name = name
    need.commune = firm.commune_34 if firm else sheet.commune
    need.province = (firm.province_34 if firm else chain(sheet.commune)[-1]) or ""
    need.kind, need.urgency, need.product_title = sheet.kind, sheet.urgency, sheet.product_title
    need.title, need.product = squeeze(sheet.title)[:300], squeeze(sheet.product)[:300]
    need.year, need.cost, need.own_funds = sheet.year, sheet.cost, sheet.own_funds
    need.land_ready, need.papers_ready = sheet.land_ready, sheet.papers_ready
    need.note = sheet.note.strip()[:4000]
    need.phone = _sealed(need, squeeze(sheet.phone), at)


def _sealed(need: Need, phone: str, at: datetime) -> str:
    """Under the firm's key where there is one, else under the sheet's own."""
    if not phone:
        return ""
    subject = f"enterprise:{need.enterprise_id}" if need.enterprise_id else f"need:{need.client_id}"
    return keys.seal_text(phone[:40], subject=subject, key=keys.subject_keys([subject], at)[subject])


@transaction.atomic
def send_need(*, need: Need, by: Actor, at: datetime, base_version: int | None = None) -> Need:
    """To whoever checks it: a firm's own to the commune, an official's one level up. Sending twice sends once.

    Raises Denied, BadNeed, WrongNeedState, Stale.
    """
    current = Need.objects.select_for_update(of=("self",)).select_related("enterprise").get(pk=need.pk)
    demand(may_change_need(by, current))
    if current.state == NeedState.SENT:
        return current
    _demand_version(current, base_version)
    today = timezone.localdate(at)
    wrong = faults(
        title=current.title, year=current.year, this_year=today.year, cost=current.cost, own=current.own_funds
    )
    if wrong:
        raise BadNeed({{"own": "own_funds"}.get(field, field): words for field, words in wrong.items()})
    _move(current, "send")
    current.level, current.agency = _first_desk(by, current)
    current.sent_at = at
    current.version += 1
    current.save()
    after = {"kind": current.kind, "year": current.year, "cost": current.cost, "level": current.level}
    record(by=by, at=at, action="need.send", on=subject_of(current), after=after)
    return current


def _first_desk(by: Actor, need: Need) -> tuple[NeedLevel, Agency | None]:
    """A firm's own sheet lies with the commune; one an official wrote on the desk above the official's own."""
    if not isinstance(by, Person) or (need.enterprise_id and need.enterprise_id in firms_of(by)):
        return NeedLevel.COMMUNE, None
    kinds = set(Agency.objects.filter(pk__in=by.agency_ids).values_list("kind", flat=True))
    if AgencyKind.PROVINCIAL_DEPARTMENT in kinds or AgencyKind.PROMOTION_CENTRE in kinds:
        wanted = NeedLevel.DEPARTMENT
    else:
        wanted = NeedLevel.CENTRE
    found = agencies_above(need, wanted)
    return wanted, found[0] if len(found) == 1 else None


def agencies_above(need: Need, level: str) -> list[Agency]:
    """The desks of a level in the need's own province."""
    kind = AGENCIES.get(NeedLevel(level))
    around = place_chain(need.commune or need.province)
    return list(Agency.objects.filter(kind=kind, place__in=around, valid_to=None).order_by("pk")) if kind else []


@transaction.atomic
def check_need(*, need: Need, note: str, by: Actor, at: datetime, base_version: int | None = None) -> Need:
    """Somebody else looked at it and it holds. Raises Denied, WrongNeedState, Stale."""
    current = _locked(need, by, base_version)
    _move(current, "check")
    current.check_note = squeeze(note)[:500]
    current.checked_by, current.checked_at = by.id, at
    _keep(current)
    record(by=by, at=at, action="need.check", on=subject_of(current), after={"note": current.check_note})
    return current


@transaction.atomic
def forward_need(*, need: Need, to: Agency, by: Actor, at: datetime, base_version: int | None = None) -> Need:
    """One level up. Raises Denied, WrongNeedState, WrongAgency, Stale."""
    current = _locked(need, by, base_version)
    _move(current, "forward")
    above = UP.get(current.level)
    if above is None or to not in agencies_above(current, above):
        raise WrongAgency(_("Nhu cầu chuyển lên cơ quan cấp trên của chính địa bàn đó."), _("Chọn lại cơ quan nhận."))
    before = current.level
    current.level, current.agency = NeedLevel(above), to
    _keep(current)
    after = {"level": current.level, "agency": to.pk}
    record(by=by, at=at, action="need.forward", on=subject_of(current), before={"level": before}, after=after)
    return current


@transaction.atomic
def take_need(*, need: Need, call: Call, by: Actor, at: datetime, base_version: int | None = None) -> Need:
    """A call will serve it. Raises Denied, WrongNeedState, Stale."""
    current = _locked(need, by, base_version)
    demand(may_take_need(by, current, call))
    _move(current, "take")
    current.call = call
    _keep(current)
    record(by=by, at=at, action="need.take", on=subject_of(current), after={"call": call.code})
    return current


@transaction.atomic
def close_need(*, need: Need, reason: str, by: Actor, at: datetime, base_version: int | None = None) -> Need:
    """It goes no further, for a reason; its writer closes a draft. Raises Denied, WrongNeedState, NoReason, Stale."""
    current = Need.objects.select_for_update(of=("self",)).select_related("enterprise", "agency").get(pk=need.pk)
    may = may_change_need(by, current) if current.state == NeedState.DRAFT else may_check_need(by, current)
    demand(may)
    _demand_version(current, base_version)
    if not (why := squeeze(reason)[:500]):
        raise NoReason(_("Chưa ghi lý do."), _("Ghi vì sao phiếu này không đi tiếp."))
    before = current.state
    _move(current, "close")
    current.closed_reason, current.closed_at = why, at
    _keep(current)
    record(by=by, at=at, action="need.close", on=subject_of(current), before={"state": before}, reason=why)
    return current


def _locked(need: Need, by: Actor, base_version: int | None) -> Need:
    current = Need.objects.select_for_update(of=("self",)).select_related("enterprise", "agency").get(pk=need.pk)
    if not (may := may_check_need(by, current)):
        raise Denied(may.reason)
    _demand_version(current, base_version)
    return current


def _demand_version(need: Need, base_version: int | None) -> None:
    if base_version is not None and need.version != base_version:
        raise _stale()


def _stale() -> Stale:
    return Stale(
        _("Phiếu đã được người khác cập nhật sau khi bạn mở trang."),
        _("Tải lại trang, xem thay đổi rồi làm lại phần của bạn."),
    )


def _move(need: Need, event: str) -> None:
    target = NEED_TRANSITIONS.get((NeedState(need.state), event))
    if target is None:
        raise WrongNeedState(
            _("Phiếu đang ở trạng thái “%(state)s” nên không làm được việc này.") % {"state": need.get_state_display()},
            _("Tải lại trang để xem trạng thái hiện tại."),
        )
    need.state = target


def _keep(need: Need) -> None:
    need.version += 1
    need.save()
